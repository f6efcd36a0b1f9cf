/* The address of a page and its citation: buttons that copy them, and the day of citing, which is that of reading. */
(function () {
  "use strict";

  const HOURS = 8; // China's time is eight hours ahead of UTC all year
  const SHOWN = 3000; // milliseconds for which it says that it copied
  const today = new Date(Date.now() + HOURS * 3600000).toISOString().slice(0, 10);

  function select(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // Only pages of https hosts may write to the clipboard themselves; on others, what is selected is copied.
  async function copy(element) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch (trouble) {
      select(element);
      return document.execCommand("copy");
    }
  }

  async function answer(button) {
    const said = button.nextElementSibling;
    if (!(await copy(document.getElementById(button.dataset.gkCopy)))) return; // it is selected at least
    said.textContent = said.dataset.gkCopied;
    setTimeout(() => { said.textContent = ""; }, SHOWN);
  }

  for (const day of document.querySelectorAll("[data-gk-cited]")) day.textContent = `[${today}]`;
  for (const button of document.querySelectorAll("[data-gk-copy]")) {
    button.addEventListener("click", () => answer(button));
  }
})();
