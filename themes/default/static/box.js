/* The search box in the banner of every page. What suggests titles as one types is large (search.js), and comes when
   someone goes to the box. Without this script the box leads to the search page all the same. */
(function () {
  "use strict";

  const here = document.currentScript;

  function load() {
    const script = document.createElement("script");
    script.src = here.dataset.search;
    script.dataset.root = here.dataset.root;
    document.head.appendChild(script);
  }

  for (const form of document.querySelectorAll("form[data-gk-search]")) {
    if (form.contains(document.activeElement)) load();
    else form.addEventListener("focusin", load, { once: true });
  }
})();
