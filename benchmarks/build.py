"""How long a build takes, and where: ``python benchmarks/build.py [N]``.

Makes a column of N documents (1,500 unless told; :mod:`grown` says how) and builds it in this process: cold, with
nothing changed, with one body edited and with one title edited. Prints seconds of wall clock and of CPU (with child
processes), peak memory and files written; then, of a cold build in one process under cProfile, the share of each
stage. ``python benchmarks/peers.py`` compares whole processes with other programs.
"""

import argparse
from collections.abc import Callable, Iterator
import cProfile
import datetime
from pathlib import Path
import pstats
import resource
import sys
import tempfile
import time

from gkssg.build import Report, build

from grown import write_grown

STAGES = (
    ("load", "gkssg/archive/load.py", "load"),
    ("check", "gkssg/checks/__init__.py", "check"),
    ("disclose", "gkssg/disclose.py", "disclose"),
    ("plan", "gkssg/site/plan.py", "plan"),
    ("make", "gkssg/output/make.py", "make_all"),
    ("  index", "gkssg/output/search/index.py", "write_index"),
    ("publish", "gkssg/output/write.py", "publish"),
)
TODAY = datetime.date(2026, 1, 1)
COUNT = 1500
_PAUSE = 2.1
"""Seconds after which gkssg trusts the time of a change."""


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=COUNT)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        documents = write_grown(root, options.count)
        print(f"{len(documents)} documents, {options.jobs} processes")
        print(f"{'':24}{'wall s':>8}{'CPU s':>8}{'made':>8}{'written':>8}")
        measure("cold", root, options.jobs, lambda: None)
        measure("nothing changed", root, options.jobs, lambda: None)
        middle = documents[len(documents) // 2]
        measure("one body edited", root, options.jobs, lambda: edit(middle, "\n又一段。\n", ""))
        measure("one title edited", root, options.jobs, lambda: edit(middle, "", "改"))
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(f"peak memory of one process: {peak // 1024} MB")
        print("shares of a cold build in one process:")
        for stage, share in shares(lambda: build(root, root / "again", TODAY, cache=root / "new cache")):
            print(f"    {stage:12}{share:6.1%}")
    return 0


def measure(name: str, root: Path, jobs: int, change: Callable[[], None]) -> Report:
    """Build after a change, and print what it took. The old output is never deleted before a cold build."""
    change()
    time.sleep(_PAUSE)
    wall, cpu = time.perf_counter(), used()
    report = build(root, root / "build", TODAY, jobs=jobs, cache=root / "cache")
    wall, cpu = time.perf_counter() - wall, used() - cpu
    if report.failed:
        sys.exit("\n".join(f"{p.place.path}:{p.place.line} {p.message.template}" for p in report.problems[:10]))
    print(f"{name:24}{wall:8.2f}{cpu:8.2f}{len(report.made):8}{len(report.written):8}")
    return report


def shares(work: Callable[[], Report]) -> Iterator[tuple[str, float]]:
    """Give the share of each stage in the time of some work; "index" is a part of "make"."""
    profile = cProfile.Profile()
    profile.runcall(work)
    stats = pstats.Stats(profile)
    whole: float = stats.total_tt  # type: ignore[attr-defined]  # which pstats has
    for stage, place, name in STAGES:
        found: dict[tuple[str, int, str], tuple[int, int, float, float, object]] = stats.stats  # type: ignore[attr-defined]
        spent = (row[3] for (path, _, called), row in found.items() if path.endswith(place) and called == name)
        yield stage, sum(spent) / whole


def used() -> float:
    """Give the seconds of CPU that this process and its children have used."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def edit(path: Path, more_body: str, more_title: str) -> None:
    """Change a content file."""
    text = path.read_text("utf-8")
    if more_title:
        text = text.replace('title: "', f'title: "{more_title}', 1)
    path.write_text(text + more_body, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
