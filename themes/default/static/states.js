/* States that dates decide, as on the day on which the page is read: whether a document is in force, how far a
   consultation has come. A page says them as on the day it was made, and when they change; without this script it
   stays at that. An element with data-gk-turns holds first days, codes and words, oldest first; where it has
   <template> elements, the one of the state is shown, else the word (no word: nothing). */
(function () {
  "use strict";

  const HOURS = 8; // China's time is eight hours ahead of UTC all year
  const today = new Date(Date.now() + HOURS * 3600000).toISOString().slice(0, 10);

  function turnOf(turns) {
    return turns.filter(([since]) => since <= today).pop();
  }

  function showWord(element, state, word) {
    element.className = state && state !== "valid" ? `gk-mark gk-mark-${state}` : "";
    element.textContent = word;
    element.hidden = !word;
  }

  function showTemplate(element, templates, state) {
    const chosen = templates.find((template) => template.dataset.gkState === state);
    element.replaceChildren(...(chosen ? [chosen.content.cloneNode(true)] : []), ...templates);
  }

  function show(element) {
    const turn = turnOf(JSON.parse(element.dataset.gkTurns));
    if (!turn || turn[1] === element.dataset.gkState) return;
    const [, state, word] = turn;
    const templates = Array.from(element.querySelectorAll(":scope > template"));
    element.dataset.gkState = state;
    if (templates.length) showTemplate(element, templates, state);
    else showWord(element, state, word);
  }

  document.querySelectorAll("[data-gk-turns]").forEach(show);
})();
