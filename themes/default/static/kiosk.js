/* The query machine of a service hall. It begins with kiosk.html and holds in this tab until it is closed: reader.js
   brings this script to every page. Nothing leads out of the column and nothing is downloaded; when nobody has touched
   the screen for a while, it is back at the start, and what the last reader chose is forgotten.
   kiosk.html?idle=180 waits 180 seconds. */
(function () {
  "use strict";

  const KEY = "gkssg-kiosk";
  const IDLE = 120; // seconds
  const WARNING = 15; // of these, how many are counted down
  const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll", "input"];
  const words = document.getElementById("gk-kiosk-words");
  const kiosk = words ? begin(JSON.parse(words.textContent)) : JSON.parse(sessionStorage.getItem(KEY));
  const root = new URL(".", kiosk.start).href;
  let last = Date.now();
  let notice = null; // what is said over the page
  let counted = null; // the line of it that counts the seconds

  /** This page is the start: the machine is on from now. */
  function begin(said) {
    const idle = Number(new URLSearchParams(location.search).get("idle"));
    const begun = { start: location.href.split("#")[0], idle: Math.max(idle || IDLE, 2 * WARNING), words: said };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(begun));
    } catch (trouble) {
      // A browser that may not remember anything has the start alone.
    }
    document.documentElement.setAttribute("data-gk-kiosk", "");
    return begun;
  }

  function toStart() {
    try {
      localStorage.removeItem("gkssg-reader");
    } catch (trouble) {
      // Nothing was remembered.
    }
    location.replace(kiosk.start);
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function scroll(pages) {
    window.scrollBy({ top: pages * window.innerHeight * 0.8 });
  }

  function bar() {
    const made = document.createElement("nav");
    const inside = document.createElement("div");
    made.className = "gk-kiosk-bar";
    made.setAttribute("aria-label", kiosk.words.bar);
    inside.className = "gk-width";
    inside.append(
      button(kiosk.words.start, toStart),
      button(kiosk.words.back, () => (words ? scroll(-100) : history.back())),
      button(kiosk.words.up, () => scroll(-1)),
      button(kiosk.words.down, () => scroll(1)),
    );
    made.append(inside);
    document.body.append(made);
  }

  /** Says something over the page, until the reader answers; gives the line that holds it. */
  function say(text, answer) {
    const box = document.createElement("dialog");
    const line = document.createElement("p");
    if (notice) notice.close();
    notice = box;
    line.textContent = text;
    box.className = "gk-kiosk-notice";
    box.append(line, button(answer, () => box.close()));
    box.addEventListener("close", () => {
      box.remove();
      if (notice === box) notice = counted = null;
      last = Date.now();
    });
    document.body.append(box);
    box.showModal();
    return line;
  }

  /** Whether an address is a page of this column. */
  function isPage(address) {
    const path = address.href.split(/[?#]/)[0];
    return path.startsWith(root) && (path.endsWith("/") || path.endsWith(".html"));
  }

  function follow(event) {
    const link = event.target.closest("a[href], area[href]");
    if (!link) return;
    const address = new URL(link.href, location.href);
    if (isPage(address) && !link.hasAttribute("download")) {
      link.removeAttribute("target");
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    say(kiosk.words.barred.replace("{address}", address.href), kiosk.words.close);
  }

  function send(event) {
    const form = event.target;
    if (!isPage(new URL(form.action, location.href))) event.preventDefault();
    form.removeAttribute("target");
  }

  /** Counts the seconds in which nobody touched the screen; at the start with nothing typed there is no need to. */
  function watch() {
    const left = Math.ceil(kiosk.idle - (Date.now() - last) / 1000);
    const field = document.getElementById("gk-q");
    const isFresh = words && !notice && !window.scrollY && !(field && field.value);
    if (isFresh) return;
    if (left <= 0) {
      toStart();
    } else if (left <= WARNING) {
      if (!counted) counted = say("", kiosk.words.stay);
      counted.textContent = kiosk.words.leaving.replace("{seconds}", left);
    }
  }

  /** While seconds are counted, only the answer counts: a touch must not fall on what lies below. */
  function touched() {
    if (!counted) last = Date.now();
  }

  document.addEventListener("click", follow, true);
  document.addEventListener("auxclick", (event) => event.preventDefault(), true);
  document.addEventListener("submit", send, true);
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("dragstart", (event) => event.preventDefault());
  for (const sign of SIGNS) window.addEventListener(sign, touched, { passive: true, capture: true });
  if (document.body) bar();
  else document.addEventListener("DOMContentLoaded", bar);
  window.setInterval(watch, 1000);
})();
