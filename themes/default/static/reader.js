/* How a reader wants to read: larger type, more contrast, a plain layout for old people, aloud. What was chosen is
   remembered on this device alone. This script stands in the head, so that no page is drawn in one way first and then
   in another; reader.css says what each choice looks like. */
(function () {
  "use strict";

  const KEY = "gkssg-reader";
  const CHOICES = ["size", "contrast", "layout"];
  const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, figcaption";
  const root = document.documentElement;
  const here = document.currentScript.src;
  const chosen = recalled();

  function recalled() {
    try {
      return { ...JSON.parse(localStorage.getItem(KEY)) };
    } catch (trouble) {
      return {}; // A reader who forbids pages to remember anything chooses anew on each.
    }
  }

  function remember() {
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch (trouble) {
      // As above.
    }
  }

  function apply() {
    for (const name of CHOICES) {
      if (chosen[name]) root.setAttribute(`data-gk-${name}`, chosen[name]);
      else root.removeAttribute(`data-gk-${name}`);
    }
    for (const button of document.querySelectorAll("[data-gk-choose]")) {
      const now = chosen[button.dataset.gkChoose] || "";
      button.setAttribute("aria-pressed", String(now === button.value));
    }
  }

  function choose(button) {
    const name = button.dataset.gkChoose;
    // The sizes exclude each other; what is on is switched off by the same button.
    chosen[name] = name !== "size" && chosen[name] === button.value ? "" : button.value;
    remember();
    apply();
  }

  // ---- Aloud, in the browser's own voice -------------------------------------------------------------------------

  const voice = window.speechSynthesis;

  /** The innermost blocks of the page's own matter that can be seen, in their order. */
  function blocks() {
    const all = Array.from(document.querySelectorAll("#gk-main *")).filter((element) => element.matches(BLOCKS));
    return all.filter((element) => !element.querySelector(BLOCKS) && element.innerText.trim() && element.offsetHeight);
  }

  function show(block) {
    for (const shown of document.querySelectorAll(".gk-spoken")) shown.classList.remove("gk-spoken");
    if (block) {
      block.classList.add("gk-spoken");
      block.scrollIntoView({ block: "nearest" });
    }
  }

  function speakFrom(rest, button) {
    const [block, ...after] = rest;
    show(block);
    if (!block) {
      name(button, false);
      return;
    }
    const words = new SpeechSynthesisUtterance(block.innerText);
    words.lang = (block.closest("[lang]") || root).lang;
    words.onend = () => {
      if (block.classList.contains("gk-spoken")) speakFrom(after, button);
    };
    words.onerror = words.onend;
    voice.speak(words);
  }

  function name(button, speaking) {
    button.setAttribute("aria-pressed", String(speaking));
    button.textContent = speaking ? button.dataset.gkStop : button.dataset.gkAloud;
  }

  function aloud(button) {
    const speaking = button.getAttribute("aria-pressed") === "true";
    show(null);
    voice.cancel();
    name(button, !speaking);
    if (!speaking) speakFrom(blocks(), button);
  }

  // ---- The query machine of a service hall goes along, once it was begun in this tab (kiosk.js) --------------------

  /** Tells whether this tab is one; its start, kiosk.html, brings the script itself. */
  function isKiosk() {
    try {
      return Boolean(sessionStorage.getItem("gkssg-kiosk")) && !location.pathname.endsWith("/kiosk.html");
    } catch (trouble) {
      return false;
    }
  }

  function goAlong() {
    const style = document.createElement("link");
    const script = document.createElement("script");
    root.setAttribute("data-gk-kiosk", "");
    style.rel = "stylesheet";
    style.setAttribute("blocking", "render");
    style.href = new URL("kiosk.css", here).href;
    script.src = new URL("kiosk.js", here).href;
    document.head.append(style, script);
  }

  if (isKiosk()) goAlong();
  apply();
  root.setAttribute("data-gk-scripts", voice ? "voice" : "");
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button && button.dataset.gkChoose) choose(button);
    else if (button && button.dataset.gkAloud) aloud(button);
  });
  window.addEventListener("pagehide", () => { if (voice) voice.cancel(); });
})();
