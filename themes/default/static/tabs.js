/* Parts of a page as tabs (WAI-ARIA Authoring Practices, tabs with automatic activation). Without this script the bar
   is a list of links and all parts are shown, one below the other; on paper they are in any case (participation.css).
   A part that is not shown is still found by the browser's own search where it knows hidden="until-found". */
(function () {
  "use strict";

  const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

  // Screen readers know a part that may still be found: only the one that is shown is a tab's panel.
  function setAll(panel, wanted) {
    for (const name of ["role", "aria-labelledby", "hidden"]) {
      if (name in wanted) panel.setAttribute(name, wanted[name]);
      else panel.removeAttribute(name);
    }
  }

  function setUp(box) {
    const bar = box.querySelector("nav");
    const tabs = Array.from(bar.querySelectorAll("a"));
    const panels = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
    const list = bar.querySelector("ul");

    function show(number) {
      tabs.forEach((tab, other) => {
        const chosen = other === number;
        tab.setAttribute("aria-selected", String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        setAll(panels[other], chosen ? { role: "tabpanel", "aria-labelledby": tab.id } : { hidden: "until-found" });
      });
    }

    function follow() {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const number = target ? panels.findIndex((panel) => panel.contains(target)) : -1;
      if (number < 0) return;
      show(number);
      (target === panels[number] ? box : target).scrollIntoView();
    }

    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", bar.getAttribute("aria-label"));
    bar.removeAttribute("aria-label");
    bar.setAttribute("role", "presentation");
    tabs.forEach((tab, number) => {
      tab.id = `${panels[number].id}-tab`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panels[number].id);
      tab.parentElement.setAttribute("role", "presentation");
      panels[number].addEventListener("beforematch", () => show(number));
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        show(number);
        history.replaceState(null, "", tab.hash);
      });
      tab.addEventListener("keydown", (event) => {
        const ends = { Home: 0, End: tabs.length - 1 };
        const step = STEPS[event.key];
        const next = step ? (number + step + tabs.length) % tabs.length : ends[event.key];
        if (next === undefined) return;
        event.preventDefault();
        tabs[next].focus();
        tabs[next].click();
      });
    });
    box.dataset.gkTabs = "shown";
    show(0);
    follow();
    addEventListener("hashchange", follow);
  }

  document.querySelectorAll("[data-gk-tabs]").forEach(setUp);
})();
