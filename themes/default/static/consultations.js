/* Consultations as on the day on which the page is read: how many days are left, and in the list by state, each entry
   in the group of its state (states.js, which runs before, has told it). Days are those of China's time. */
(function () {
  "use strict";

  const DAY = 86400000;
  const HOURS = 8; // China's time is eight hours ahead of UTC all year
  const today = new Date(Date.now() + HOURS * 3600000).toISOString().slice(0, 10);

  function between(from, to) {
    return (Date.parse(to) - Date.parse(from)) / DAY;
  }

  function countDays(element) {
    const told = JSON.parse(element.dataset.gkDays);
    if (today > told.ends) return;
    const comes = today < told.starts;
    const days = between(today, comes ? told.starts : told.ends);
    const words = comes ? told.before : days ? told.left : told.last;
    element.textContent = words.replace("{days}", days);
    element.hidden = false;
  }

  function regroup(groups) {
    groups.forEach((group) => {
      group.querySelectorAll("li").forEach((row) => {
        const state = row.querySelector("[data-gk-state]");
        const other = state && groups.find((one) => one.dataset.gkGroup === state.dataset.gkState);
        if (other && other !== group) other.querySelector("ul").append(row);
      });
    });
    groups.forEach((group) => {
      const count = group.querySelectorAll("li").length;
      group.querySelector(".gk-nothing").hidden = count > 0;
      document.querySelector(`[data-gk-count="${group.dataset.gkGroup}"]`).textContent = count;
    });
  }

  document.querySelectorAll("[data-gk-days]").forEach(countDays);
  regroup(Array.from(document.querySelectorAll("[data-gk-group]")));
})();
