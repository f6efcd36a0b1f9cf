"""Where the time of a cold build goes: ``python benchmarks/stages.py [N]``.

Makes a column of N documents (1,500 unless told) (:mod:`grown` says how) and takes it through the stages in one
process, without the search index. Prints the CPU milliseconds a document of each, and of the parts of reading and of
rendering; a part is the best of three runs, so that the parts of a stage may add up to less than it.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
import sys
import tempfile
import time
from typing import TypeVar

from markup import markdown_alone

from gkssg.archive import fields, frontmatter, source
from gkssg.archive.load import load, read_document
from gkssg.checks import check
from gkssg.digest import Digester, digest_bytes
from gkssg.disclose import disclose
from gkssg.markup import anchors, safety
from gkssg.markup.convert import convert, engine
from gkssg.output.make import Workshop, make
from gkssg.output.theme import Templates, open_theme
from gkssg.profiles import PROFILES, vocabulary
from gkssg.schema import fields_of
from gkssg.site.model import FileCopy, Page
from gkssg.site.plan import plan
from gkssg.store import Store, open_store
from gkssg.terms import Kind
from gkssg.values import pickled

from build import COUNT, TODAY
from grown import write_grown

T = TypeVar("T")
S = TypeVar("S")


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=COUNT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = [path.relative_to(root).as_posix() for path in write_grown(root, options.count)]
        print(f"{len(files)} documents")
        read_by_parts(root, files)
        with open_store(root / "cache", "") as store:
            stages(root, len(files), store)
    return 0


def read_by_parts(root: Path, files: list[str]) -> None:
    """Take content files apart and print what the parts of reading them take."""
    known = fields_of(Kind.DOCUMENT, vocabulary(PROFILES))
    sources = each("read: file", files, lambda path: source.read(root / path, path))
    fronts = each("read: front matter", sources, lambda one: frontmatter.split(one.text, one.path))
    each("read: fields", fronts, lambda front: fields.parse(front.items, known, ""))
    each("read: convert()", fronts, lambda front: convert(front.body, "content/statutory/policy/a.md"))
    each("  sanitising", each("  Markdown", fronts, lambda front: rendered(front.body)), safety.clean)
    each("  clauses", [markdown_alone(front.body, fast=True)[0] for front in fronts], anchors.anchored)
    documents = each("read: all of it", sources, read_document)
    each("read: pickling", documents, pickled)


def rendered(text: str) -> str:
    """Give what the Markdown engine makes of a text, as it is sanitised: plain paragraphs are set aside."""
    markdown = engine(fast=True)
    markdown.reset()
    return markdown.convert(text)


def each(name: str, values: Sequence[S], work: Callable[[S], T]) -> list[T]:
    """Do the same with every value, three times, and print the milliseconds of CPU a value that it took at best."""
    made: list[T] = []
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        made = [work(value) for value in values]
        best = min(best, time.process_time() - start)
    tell(name, best, len(values))
    return made


def stages(root: Path, count: int, store: Store) -> None:
    """Take a column through the stages and print what each takes for a document."""
    archive, _ = timed("load", count, lambda: load(root, store=store))
    timed("check", count, lambda: check(archive, TODAY))
    site = timed("disclose", count, lambda: disclose(archive, TODAY, "zh", _copy, store))
    digester = Digester()
    outputs = timed("plan", count, lambda: plan(site, {}, digester.digest))
    timed("digest", count, lambda: [digester.digest(output.value) for output in outputs])
    theme = open_theme(root, "")
    workshop = Workshop(theme, "zh", root / "content", root / "runs", root / "templates")
    templates = Templates(theme, "zh", workshop.compiled)
    pages = [output for output in outputs if isinstance(output.value, Page)]
    one_of_each = {page.value.template: page for page in pages if isinstance(page.value, Page)}
    timed("templates", count, lambda: [make(page, templates, workshop) for page in one_of_each.values()])
    made = timed("render", count, lambda: [make(page, templates, workshop) for page in pages])
    timed("digest of pages", count, lambda: [digest_bytes(data) for data in made])
    timed("write", count, lambda: [(root / f"{number}.html").write_bytes(data) for number, data in enumerate(made)])


def _copy(path: str) -> FileCopy:
    return FileCopy("content", path, "", 0)


def timed(name: str, count: int, work: Callable[[], T]) -> T:
    """Do something once, and print the milliseconds of CPU a document that it took."""
    start = time.process_time()
    made = work()
    tell(name, time.process_time() - start, count)
    return made


def tell(name: str, seconds: float, count: int) -> None:
    """Print a row."""
    print(f"{name:24}{1000 * seconds / count:8.3f}")


if __name__ == "__main__":
    sys.exit(main())
