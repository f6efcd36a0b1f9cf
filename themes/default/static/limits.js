/* Working days as gkssg/workdays.py counts them: the day of the event is not counted, the day after it is day 1. */
(() => {
  "use strict";

  const calendar = JSON.parse(document.getElementById("gk-calendar").textContent);
  const known = new Set(calendar.years);
  const exceptions = new Set(calendar.exceptions);
  const since = document.getElementById("gk-since");
  const limit = document.getElementById("gk-limit");
  const output = document.getElementById("gk-due");
  const written = (day) => day.toISOString().slice(0, 10);

  const isWorkingDay = (day) => {
    const isWeekday = day.getUTCDay() % 6 !== 0;
    return isWeekday !== exceptions.has(written(day));
  };

  const add = (event, count) => {
    const day = new Date(event);
    const years = new Set();
    for (let left = count; left > 0; left -= isWorkingDay(day) ? 1 : 0) {
      day.setUTCDate(day.getUTCDate() + 1);
      years.add(day.getUTCFullYear());
    }
    return { day, unknown: [...years].filter((year) => !known.has(year)) };
  };

  const show = () => {
    const event = since.valueAsDate;
    output.textContent = "";
    delete output.dataset.due;
    delete output.dataset.unknown;
    if (!event || event.getUTCFullYear() < 1900 || event.getUTCFullYear() > 2200) return;
    const due = add(event, Number(limit.value));
    output.dataset.due = written(due.day);
    output.dataset.unknown = due.unknown.join(" ");
    output.textContent = calendar.due
      .replace("{day}", written(due.day))
      .replace("{weekday}", calendar.weekdays[due.day.getUTCDay()]);
    if (due.unknown.length) {
      output.textContent += ` ${calendar.unknown.replace("{years}", due.unknown.join("、"))}`;
    }
  };

  since.addEventListener("input", show);
  limit.addEventListener("input", show);
  show(); // a browser that comes back to the page may have kept what was typed
})();
