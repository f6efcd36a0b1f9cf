/* Keeps a page of "gkssg serve" current: loads it again when it or something it uses has changed, and shows over it
   what is wrong with the column. Listens only while the page is seen: browsers allow few connections to one host. */
(function () {
  "use strict";

  let state = document.currentScript.dataset.state;
  let source = null;

  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; }
    @media print { details { display: none; } }
    details { position: fixed; z-index: 2147483647; right: 0; bottom: 0; max-width: 100vw; box-sizing: border-box;
      max-height: 70vh; overflow: auto; background: #fff; color: #1f2328; border-top: 4px solid #8a5a00;
      box-shadow: 0 0 12px #0006; font: 15px/1.6 sans-serif; overflow-wrap: anywhere; }
    details[open] { left: 0; }
    details.failed { border-color: #a3231d; }
    summary { padding: .4em 1em; cursor: pointer; font-weight: bold; }
    .failed summary { color: #a3231d; }
    p, ol { margin: 0 1em .8em; }
    ol { padding: 0; list-style: none; }
    li { padding: .5em 0; border-top: 1px solid #d6dde6; }
    code { font: 13px/1.6 monospace; color: #17497f; }
    b { margin: 0 .5em; } .error b { color: #a3231d; } .warning b { color: #8a5a00; }
    small { display: block; font-size: 14px; color: #566070; }`);

  function fileOf(address) {
    const { origin, pathname } = new URL(address, location.href);
    if (origin !== location.origin) return "";
    let path = pathname.slice(1);
    try {
      path = decodeURIComponent(path);
    } catch {
      return "";
    }
    return path === "" || path.endsWith("/") ? `${path}index.html` : path;
  }

  function concerned(changed) {
    if (!changed) return true;
    if (changed.length && "gkUnbuilt" in document.body.dataset) return true;
    const used = new Set(performance.getEntriesByType("resource").map((entry) => fileOf(entry.name)));
    used.add(fileOf(location.href));
    return changed.some((path) => used.has(path));
  }

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function row(problem) {
    const item = element("li", "", problem.severity);
    item.append(element("code", `${problem.path}:${problem.line}:${problem.column}`));
    item.append(element("b", problem.word), `${problem.message} [${problem.rule}]`);
    if (problem.hint) item.append(element("small", problem.hint));
    return item;
  }

  function show(news) {
    document.querySelectorAll("gkssg-problems").forEach((old) => old.remove());
    if (!news.problems) return;
    const panel = element("details", "", news.failed ? "failed" : "");
    const list = element("ol");
    list.append(...news.problems.map(row));
    panel.open = news.failed;
    panel.append(element("summary", news.head));
    if (news.note) panel.append(element("p", news.note));
    panel.append(list);
    const host = element("gkssg-problems");
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [style]; // which a strict policy allows, as it does not a <style> element
    shadow.append(panel);
    document.body.append(host);
  }

  function hear(event) {
    const news = JSON.parse(event.data);
    state = event.lastEventId;
    if (concerned(news.changed)) location.reload(); // browsers keep the place on the page
    else show(news);
  }

  function listen() {
    if (document.hidden || source) return;
    source = new EventSource(`/.gkssg/events?${state}`);
    source.addEventListener("message", hear);
  }

  function rest() {
    if (source) source.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
