"""How long a build takes, and where: ``python benchmarks/build.py [N]``.

Makes a column of N documents (1,500 unless told) from the real laws and policies of ``../shared/corpus``, again and
again under other names where N is larger, and builds it cold, with nothing changed, with one body edited and with one
title edited. Prints seconds of wall clock and of CPU (with child processes), peak memory and files written.
"""

import argparse
from collections.abc import Callable
import datetime
from pathlib import Path
import resource
import sys
import tempfile
import time

from gkssg.build import Report, build

from corpus import write_column

TODAY = datetime.date(2026, 1, 1)
CORPUS_SIZE = 1500


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=CORPUS_SIZE)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        documents = grow(root, options.count)
        print(f"{len(documents)} documents, {options.jobs} processes")
        print(f"{'':24}{'wall s':>8}{'CPU s':>8}{'made':>8}{'written':>8}")
        measure("cold", root, options.jobs, lambda: None)
        measure("nothing changed", root, options.jobs, lambda: None)
        middle = documents[len(documents) // 2]
        measure("one body edited", root, options.jobs, lambda: edit(middle, "\n又一段。\n", ""))
        measure("one title edited", root, options.jobs, lambda: edit(middle, "", "改"))
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(f"peak memory of one process: {peak // 1024} MB")
    return 0


def grow(root: Path, count: int) -> list[Path]:
    """Write a column of about ``count`` documents; give their files."""
    write_column(root, laws=min(count * 2 // 3, 1000), policies=min(count - count * 2 // 3, 500))
    originals = sorted(path for path in (root / "content").rglob("*.md") if "organs" not in path.parts)
    documents = list(originals)
    for number in range(count - len(originals)):
        original = originals[number % len(originals)]
        text = original.read_text("utf-8")
        copy = original.with_name(f"{original.stem}-{number // len(originals) + 2}.md")
        copy.write_text("\n".join(line for line in text.split("\n") if not line.startswith("index_no:")), "utf-8")
        documents.append(copy)
    return documents


def measure(name: str, root: Path, jobs: int, change: Callable[[], None]) -> Report:
    """Build after a change, and print what it took. The old output is never deleted before a cold build."""
    change()
    wall, cpu = time.perf_counter(), used()
    report = build(root, root / "build", TODAY, jobs=jobs)
    wall, cpu = time.perf_counter() - wall, used() - cpu
    if report.failed:
        sys.exit("\n".join(f"{p.place.path}:{p.place.line} {p.message.template}" for p in report.problems[:10]))
    print(f"{name:24}{wall:8.2f}{cpu:8.2f}{len(report.made):8}{len(report.written):8}")
    return report


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
