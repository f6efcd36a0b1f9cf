"""How good, how small and how fast the search is: ``python benchmarks/search.py [N …] [--queries Q] [--no-pagefind]``.

For every N, a column of N documents is made from ``../shared/corpus`` and built; then, in one run:

- building the index alone, and then what an edit of one old and of one recent document takes: CPU, wall clock, peak
  memory of one process, size (raw and gzip, texts apart);
- Q queries cut at random out of the texts (2 to 12 characters, across digits, Latin and brackets), each in a new page
  of a headless Chromium from disk: time to the hits, gzip bytes of the files read, recall and precision at 10 against a
  plain scan of the texts; titles pasted whole;
- the same queries over HTTP with 10 Mbit/s and 40 ms, beside Pagefind on the same pages, where Pagefind survives
  (it is not run above 10,000 documents, where it needs tens of gigabytes).

Needs ``pip install 'pagefind[extended]'`` for the comparison.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
import datetime
import functools
import gzip
import http.server
import json
from pathlib import Path
import pickle
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Browser, Page, Request, sync_playwright

from gkssg.archive.load import load
from gkssg.build import build
from gkssg.digest import Digester
from gkssg.disclose import disclose
from gkssg.output.search.index import write_index
from gkssg.output.search.tokens import canonical
from gkssg.site.model import FileCopy, SearchSegment
from gkssg.site.plan import plan
from gkssg.store import open_store

from corpus import write_column

TODAY = datetime.date(2026, 1, 1)
MOST_FOR_PAGEFIND = 10_000
MOST_FOR_SCAN = 10_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
_SHORT = 6
WATCH = (
    "new MutationObserver((_, watch) => {"
    "if (!document.querySelector('[data-hit], [data-no-hits]')) return;"
    "window.hitsAt = performance.now(); watch.disconnect()"
    "}).observe(document, {childList: true, subtree: true})"
)
TIMED = WATCH.replace(
    "window.hitsAt = performance.now()",
    "const [page] = performance.getEntriesByType('navigation');"
    "document.title = `timed ${performance.now()} ${page.domContentLoadedEventStart}`",
)
_MIXED = re.compile(r"[^\u3400-\u9fff]")


@dataclass(frozen=True)
class Text:
    """What a plain scan looks through: canonical lines of one document."""

    address: str
    title: str
    lines: tuple[str, ...]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--no-pagefind", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder for the columns, kept for the next run")
    parser.add_argument("--index-only", action="store_true", help="measure the building of the index and nothing else")
    parser.add_argument("--segments", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--edited", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.segments:
        index_alone(options.segments, options.edited)
        return 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for count in options.counts:
            root = (options.keep or Path(folder)) / str(count)
            if options.index_only:
                prepare(root, count)
                index(root)
            else:
                measure(root, count, options.queries, browser, pagefind=not options.no_pagefind)
    return 0


def prepare(root: Path, count: int) -> None:
    """Make a column of ``count`` documents, unless it is there."""
    if not (root / "content").exists():
        grow(root, count)


def index(root: Path) -> None:
    """Measure the building of a column's index from its segments, in a process that did nothing before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(1) as pool:
            pool.submit(segments_of, root, folder).result()
        for run, edited in (("index", ""), ("old edit", "archive"), ("recent edit", "recent")):
            show(run, *timed([sys.executable, __file__, "--segments", str(folder), "--edited", edited]))


def measure(root: Path, count: int, queries: int, browser: Browser, *, pagefind: bool) -> None:
    """Measure a column of ``count`` documents."""
    prepare(root, count)
    start = time.perf_counter()
    report = build(root, root / "build", TODAY, jobs=2)
    print(f"\n=== {count} documents: built in {time.perf_counter() - start:.0f} s, {report.planned} outputs")
    index(root)
    sizes(root / "build" / "search")
    texts = list(read_texts(root / "build" / "search"))
    cut = list(cut_queries(texts, queries))
    ask_cold(browser, root / "build", cut)
    ask(browser, root / "build", texts, cut, scan=count <= MOST_FOR_SCAN)
    if pagefind and count <= MOST_FOR_PAGEFIND:
        command = [sys.executable, "-m", "pagefind", "--site", str(root / "build"), "--root-selector", "main"]
        show("Pagefind", *timed([*command, "--output-path", str(root / "pagefind")]))
        if not (root / "build" / "pagefind").exists():
            (root / "build" / "pagefind").symlink_to(root / "pagefind")
    with serve(root / "build") as port:
        over_http(
            browser, f"http://127.0.0.1:{port}/", cut[:25], texts, pagefind=pagefind and count <= MOST_FOR_PAGEFIND
        )


def grow(root: Path, count: int) -> None:
    """Write a column of about ``count`` whole laws and policies, the same ones again where there are too few."""
    write_column(root, laws=min(count * 2 // 3, 1000), policies=min(count - count * 2 // 3, 500))
    originals = sorted(path for path in (root / "content").rglob("*.md") if "organs" not in path.parts)
    for number in range(count - len(originals)):
        original = originals[number % len(originals)]
        text = original.read_text("utf-8")
        copy = original.with_name(f"{original.stem}-{number // len(originals) + 2}.md")
        copy.write_text("\n".join(line for line in text.split("\n") if not line.startswith("index_no:")), "utf-8")


def segments_of(root: Path, folder: Path) -> None:
    """Load, disclose and plan a column; leave its segments for :func:`index_alone`."""
    store = open_store(folder / "store", "")
    archive, _ = load(root, 2, store)
    site = disclose(archive, TODAY, "zh", lambda path: FileCopy("content", path, "", 0), store)
    store.commit()
    outputs = plan(site, {}, Digester().digest)
    segments = [output.value for output in outputs if isinstance(output.value, SearchSegment)]
    for segment in segments:
        for block in segment.blocks:
            (folder / block.digest).write_bytes(pickle.dumps(block))
    (folder / "segments").write_bytes(pickle.dumps([bare(segment) for segment in segments]))


def bare(segment: SearchSegment) -> SearchSegment:
    """Give a segment without its documents."""
    return replace(segment, blocks=tuple(replace(block, documents=()) for block in segment.blocks))


def index_alone(folder: Path, edited: str) -> None:
    """Build the index of the segments, and nothing else; or what changes when a body in the one ``edited`` does."""
    segments = pickle.loads((folder / "segments").read_bytes())  # noqa: S301  (written a moment ago)
    before = used()
    start = time.perf_counter()
    runs, out = folder / "runs", folder / f"files-{edited}"
    runs.mkdir(exist_ok=True)
    if edited:
        segments = [segment for segment in segments if segment.id.startswith(edited)]
    changed = [block for segment in segments for block in segment.blocks]
    if edited:
        changed = changed[len(changed) // 2 :][:1]
        (runs / changed[0].digest).unlink()
    given = (pickle.loads((folder / block.digest).read_bytes()) for block in changed)  # noqa: S301  (as above)
    count = sum(1 for _ in write_index(given, segments, out, runs, 2))
    print(json.dumps({"cpu": used() - before, "wall": time.perf_counter() - start, "files": count}))


def used() -> float:
    """Give the seconds of CPU of this process and its children."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def timed(command: list[str]) -> tuple[float, float, int]:
    """Run a command; give CPU seconds, wall seconds and the peak memory (MB) of its largest process."""
    probe = (
        "import json,resource,subprocess,sys,time;t=time.perf_counter();"
        "p=subprocess.run(sys.argv[1:],capture_output=True,text=True);u=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(json.dumps({'cpu':u.ru_utime+u.ru_stime,'wall':time.perf_counter()-t,'peak':u.ru_maxrss//1024,"
        "'out':p.stdout[-400:],'status':p.returncode}))"
    )
    arguments = [sys.executable, "-c", probe, *command]
    run = subprocess.run(arguments, capture_output=True, text=True, check=True)  # noqa: S603  (our own command)
    figures = json.loads(run.stdout)
    if figures["status"]:
        print(figures["out"])
    own = json.loads(figures["out"]) if figures["out"].startswith("{") else figures
    return own["cpu"], own["wall"], figures["peak"]


def show(name: str, cpu: float, wall: float, peak: int) -> None:
    """Print what a command took."""
    print(f"{name:12} CPU {cpu:7.1f} s   wall {wall:7.1f} s   peak of one process {peak} MB")


def sizes(folder: Path) -> None:
    """Print the sizes of the index by kind of file."""
    for kind, name in (("t", "terms"), ("d", "heads"), ("x", "texts"), ("c", "facets")):
        files = list(folder.glob(f"*/{kind}/*.js"))
        raw = sum(path.stat().st_size for path in files)
        packed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files[:: max(len(files) // 300, 1)])
        packed *= max(len(files) // 300, 1)
        print(f"{name:12} {raw / 1e6:8.1f} MB raw  ~{packed / 1e6:7.1f} MB gzip  {len(files)} files")
    once = [
        *folder.glob("*.js"),
        *folder.glob("*/*.js"),
        folder.parent / "theme/lunr.js",
        folder.parent / "theme/search.js",
    ]
    print(f"{'once':12} {sum(len(gzip.compress(p.read_bytes(), 6)) for p in once) / 1e3:8.1f} kB gzip")


def read_texts(folder: Path) -> Iterator[Text]:
    """Read all that is searched back out of the index."""
    for block in sorted(folder.glob("b-*/")):
        for head, text in _rows(block / "x"):
            lines = (f"{head[1]}", *head[2:3], *text.split("\n"))
            yield Text(head[0], head[1], tuple(canonical(line) for line in lines if line))


def _rows(folder: Path) -> Iterator[Any]:
    for page in sorted(folder.glob("*.js"), key=lambda path: int(path.stem)):
        yield from json.loads(page.read_text("utf-8").strip().split(",", 2)[2][:-1])


def cut_queries(texts: list[Text], count: int) -> Iterator[str]:
    """Cut queries at random: half of them of Han characters alone, half across anything."""
    chance = random.Random(2019)  # noqa: S311  (a repeatable choice, no secret)
    wanted = {False: count // 2, True: count - count // 2}
    while any(wanted.values()):
        line = chance.choice(chance.choice(texts).lines)
        start = chance.randrange(max(len(line) - 2, 1))
        query = line[start : start + chance.randint(2, 12)]
        mixed = bool(_MIXED.search(query))
        if len(query) > 1 and not re.search(r'["\s]|^-', query) and re.search(r"\w", query) and wanted[mixed]:
            wanted[mixed] -= 1
            yield query


def scan(texts: list[Text], query: str) -> set[str]:
    """Find a query as a plain scan does: the documents one line of which holds it."""
    wanted = canonical(query)
    return {text.address for text in texts if any(wanted in line for line in text.lines)}


def ask_cold(browser: Browser, built: Path, queries: list[str]) -> None:
    """Ask every query in a new page from disk, and look at nothing but its title, where it tells how long it took.

    A debugger that hears of every request would take a fifth of the time. All are tabs of one window: with a window
    come pages of Chromium's own.
    """
    session = browser.new_browser_cdp_session()
    timed, script = built / "search-timed.html", built / "search-timed.js"
    source = (built / "search.html").read_text("utf-8")
    timed.write_text(source.replace("</title>", f'</title><script src="{script.name}"></script>'), "utf-8")
    script.write_text(TIMED, "utf-8")
    window = session.send("Target.createTarget", {"url": "about:blank"})
    times, ready = [], []
    for query in queries:
        page = session.send("Target.createTarget", {"url": f"{timed.as_uri()}?q={quote(query)}"})
        said: list[str] = []
        while said[:1] != ["timed"]:
            time.sleep(0.05)
            said = session.send("Target.getTargetInfo", page)["targetInfo"]["title"].split()
        times.append(float(said[1]))
        ready.append(float(said[2]))
        session.send("Target.closeTarget", page)
    session.send("Target.closeTarget", window)
    timed.unlink()
    script.unlink()
    print(f"cold page from disk, to the hits: mean {statistics.mean(times):.0f} ms, p90 {_p90(times):.0f}")
    alone = [whole - page for whole, page in zip(times, ready, strict=True)]
    print(f"of it the query: mean {statistics.mean(alone):.0f} ms, p90 {_p90(alone):.0f}, max {max(alone):.0f}")


def ask(browser: Browser, built: Path, texts: list[Text], queries: list[str], *, scan: bool) -> None:
    """Ask every query, and look at what it loads and finds."""
    packed = functools.cache(lambda path: len(gzip.compress(Path(path).read_bytes(), 6)))
    sizes_, read, rows = [], [], []
    for query in queries:
        files: list[str] = []
        page = browser.new_page()
        page.on("request", functools.partial(note, files))
        page.goto(f"{(built / 'search.html').as_uri()}?q={quote(query)}", wait_until="commit")
        page.wait_for_selector("[data-hit], [data-no-hits]", state="attached", timeout=60_000)
        sizes_.append(sum(packed(f) for f in files if re.search(r"/search/[^/]+/[tdc]/", f)))
        read.append(sum(packed(f) for f in files if re.search(r"/search/[^/]+/x/", f)))
        hits = [element.get_attribute("data-hit") for element in page.query_selector_all("[data-hit]")]
        if scan:
            rows.append(quality(page, query, hits, texts))
        page.close()
    print(f"shards and tables a query, gzip: mean {statistics.mean(sizes_) / 1e3:.0f} kB, p90 {_p90(sizes_) / 1e3:.0f}")
    print(f"texts a query, gzip:  mean {statistics.mean(read) / 1e3:.0f} kB, p90 {_p90(read) / 1e3:.0f}")
    if rows:
        for name, mixed in (("Han only", False), ("mixed", True)):
            some = [row for row in rows if row[0] == mixed]
            recall = statistics.mean(row[1] for row in some)
            precision = statistics.mean(row[2] for row in some)
            print(f"{name:9} recall {recall:.4f}  P@10 {precision:.4f}")
            for row in some:
                if row[1] < 1 or row[2] < 1:
                    print(f"    {row[3]!r}: recall {row[1]:.2f}, P@10 {row[2]:.2f}")
        titles = random.Random(7).sample([t for t in texts if len(t.title) > _SHORT], 40)  # noqa: S311  (repeatable)
        first = sum(_first_hit(browser, built, text.title) == text.title for text in titles)
        print(f"titles pasted whole: first {first} of {len(titles)}")


def note(files: list[str], request: Request) -> None:
    """Note the path of a request."""
    files.append(unquote(urlsplit(request.url).path))


def quality(page: Page, query: str, hits: list[str | None], texts: list[Text]) -> tuple[bool, float, float, str]:
    """Compare the hits with a plain scan: whether the query is mixed, recall, precision at 10, the query."""
    truth = scan(texts, query)
    found = set(page.evaluate("q => gks.search(q).then(r => r.addresses())", query))
    recall = len(truth & found) / len(truth)
    top = hits[:10]
    precise = sum(hit in truth for hit in top) / min(len(top), max(len(truth), 1)) if top else 0.0
    return bool(_MIXED.search(query)), recall, min(precise, 1.0), query


def _first_hit(browser: Browser, built: Path, title: str) -> str:
    page = browser.new_page()
    page.goto(f"{(built / 'search.html').as_uri()}?q={quote(title)}")
    page.wait_for_selector("[data-hit], [data-no-hits]", state="attached", timeout=60_000)
    first = page.query_selector("[data-hit] a")
    text = first.inner_text() if first else ""
    page.close()
    return text


def over_http(browser: Browser, base: str, queries: list[str], texts: list[Text], *, pagefind: bool) -> None:
    """Ask over a slow line, beside Pagefind."""
    known = {f"/{text.address}": text for text in texts}
    times, theirs, precise = [], [], []
    for query in queries:
        page = slow(browser)
        page.add_init_script(WATCH)
        page.goto(f"{base}search.html?q={quote(query)}", wait_until="commit")
        page.wait_for_selector("[data-hit], [data-no-hits]", state="attached", timeout=60_000)
        times.append(page.evaluate("window.hitsAt"))
        page.close()
        if pagefind:
            page = slow(browser)
            page.goto(f"{base}404.html")
            urls = page.evaluate(
                "async q => {const p = await import('/pagefind/pagefind.js'); const t = performance.now();"
                "const r = await p.search(q); const d = await Promise.all(r.results.slice(0, 10).map(x => x.data()));"
                "return [performance.now() - t, d.map(x => x.raw_url || x.url)]}",
                query,
            )
            theirs.append(urls[0])
            wanted = canonical(query)
            good = [any(wanted in line for line in known[unquote(u)].lines) for u in urls[1] if unquote(u) in known]
            precise.append(sum(good) / 10 if good else 0.0)
            page.close()
    print(f"over 10 Mbit/s, 40 ms: mean {statistics.mean(times):.0f} ms to the hits, with the page itself")
    if theirs:
        print(f"Pagefind there: mean {statistics.mean(theirs):.0f} ms for search and ten fragments")
        print(f"Pagefind P@10: {statistics.mean(precise):.3f}")


def slow(browser: Browser) -> Page:
    """Open a page behind a line of 10 Mbit/s and 40 ms."""
    page = browser.new_context().new_page()
    line = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    return page


class serve:  # noqa: N801  (used as a function is)
    """Serve a folder on this machine alone, without a log."""

    def __init__(self, folder: Path) -> None:
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Say nothing."""

        handler = functools.partial(Quiet, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> int:
        """Start, and give the port."""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.server.server_port

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.server.shutdown()


def _p90(values: list[Any]) -> float:
    return float(sorted(values)[int(len(values) * 0.9)])


if __name__ == "__main__":
    sys.exit(main())
