/* The application form: filled from what stands behind the # of the address, printed, cleared. Nothing is sent. */
(() => {
  "use strict";

  const field = (name) => document.getElementById(`gk-${name}`);
  const fields = [...document.querySelectorAll(".gk-form input, .gk-form textarea")];

  const fill = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (asked.get("title")) field("title").value = asked.get("title");
    if (asked.get("organ")) field("organ").value = asked.get("organ");
    const number = [asked.get("number"), asked.get("index")].filter(Boolean).join("；");
    if (number) field("number").value = number;
  };

  field("print").addEventListener("click", () => window.print());
  field("clear").addEventListener("click", () => {
    for (const input of fields) {
      input.value = input.defaultValue;
      input.checked = false;
    }
  });
  window.addEventListener("hashchange", fill);
  fill();
})();
