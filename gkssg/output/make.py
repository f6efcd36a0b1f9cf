"""STAGE 5: outputs → bytes, in as many processes as allowed, put aside until all of them are made.

The bytes depend on the output's value, the theme and the code alone, so they are the same for any number of processes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
import shutil

from gkssg.digest import digest_bytes, digest_file
from gkssg.output import catalogue, feeds
from gkssg.output.pictures import look_of, published
from gkssg.output.search.index import write_index
from gkssg.output.search.segment import Former, search_manifest
from gkssg.output.theme import Templates, Theme
from gkssg.processes import workers
from gkssg.site.annexes import AnnexPage
from gkssg.site.answers import Answers
from gkssg.site.model import (
    Catalogue,
    CatalogueTable,
    DataTable,
    Feed,
    FileCopy,
    Page,
    Picture,
    SearchBlock,
    SearchManifest,
    SearchSegment,
    Sitemap,
    SitemapIndex,
)
from gkssg.site.output import Data, Output
from gkssg.site.series import charts_of

_CHUNK = 50
_FEW = 150


@dataclass(frozen=True, slots=True)
class Workshop:
    """What makers need besides the output: the theme, the language, where files to be copied lie, and what is kept.

    ``runs`` are search runs, ``compiled`` compiled templates; ``former`` is what segments of the search index were made
    of before, by their ids of now.
    """

    theme: Theme
    language: str
    content: Path
    runs: Path
    compiled: Path
    former: Mapping[str, Former] = field(default_factory=dict)


Progress = Callable[[int, int], None]


def make_all(
    outputs: Sequence[Output], workshop: Workshop, aside: Path, jobs: int, progress: Progress, indexing: Progress
) -> Iterator[tuple[str, Path, str]]:
    """Make every output into files in the folder ``aside``; give each path with its file there and its SHA-256.

    ``indexing`` is told how far each segment of the search index is, ``progress`` how many other outputs are made.
    Raises :class:`gkssg.output.theme.ThemeError` when a template fails.
    """
    yield from _made_index(outputs, workshop, aside / "search", jobs, indexing)
    outputs = [output for output in outputs if not output.folder]
    numbers = range(len(outputs))
    chunks = [numbers[start : start + _CHUNK] for start in range(0, len(outputs), _CHUNK)]
    done = 0
    for chunk, digests in zip(chunks, _made(chunks, outputs, workshop, aside, jobs), strict=True):
        for number, sha256 in zip(chunk, digests, strict=True):
            yield outputs[number].path, aside / str(number), sha256
        done += len(digests)
        progress(done, len(outputs))


def make(output: Output, templates: Templates, workshop: Workshop) -> bytes:
    """Make the bytes of one output that is no copy of a file."""
    match output.value:
        case Page() as page:
            return templates.render(_with_look(page, workshop)).encode()
        case Picture() as picture:
            return published(picture, locate(picture.copy, workshop))
        case FileCopy() | SearchSegment() | SearchBlock():
            raise TypeError(f"{output.path} is copied, or made as a folder")
        case data:
            return _data(data)


def _data(data: Data) -> bytes:
    """Make the bytes of a file that is for programs."""
    match data:
        case Feed() | Answers() | Sitemap() | SitemapIndex() as feed:
            return feeds.written(feed)
        case Catalogue() as rows:
            return catalogue.as_json(rows)
        case CatalogueTable() as rows:
            return catalogue.as_csv(rows)
        case DataTable() as table:
            return catalogue.spreadsheet(table.rows)
        case SearchManifest() as manifest:
            return search_manifest(manifest)


def _with_look(page: Page, workshop: Workshop) -> Page:
    """Give the page with what its template shows of a file, where it shows one."""
    content = page.content
    if not isinstance(content, AnnexPage):
        return page
    look = look_of(content, locate(content.copy, workshop))
    charts = charts_of(look, content.measures) if content.measures is not None else ()
    return replace(page, content=replace(content, look=look, charts=charts))


def locate(copy: FileCopy, workshop: Workshop) -> Path:
    """Find the file that is to be copied."""
    return workshop.content / copy.path if copy.root == "content" else workshop.theme.static_file(copy.path)


def _made_index(
    outputs: Sequence[Output], workshop: Workshop, aside: Path, jobs: int, indexing: Progress
) -> Iterator[tuple[str, Path, str]]:
    blocks = [output.value for output in outputs if isinstance(output.value, SearchBlock)]
    segments = [output.value for output in outputs if isinstance(output.value, SearchSegment)]
    for path, sha256 in write_index(blocks, segments, aside, workshop.runs, jobs, indexing, workshop.former):
        yield f"search/{path}", aside / path, sha256


def _made(
    chunks: list[range], outputs: list[Output], workshop: Workshop, aside: Path, jobs: int
) -> Iterator[list[str]]:
    if jobs <= 1 or len(outputs) < _FEW:
        yield from map(_Maker(outputs, workshop, aside).chunk, chunks)
        return
    with workers(jobs, _start, outputs, workshop, aside) as pool:
        yield from pool.map(_chunk, chunks)


class _Maker:
    """Makes files in one process: it has all that is to be made from the beginning, and compiles templates once."""

    def __init__(self, outputs: list[Output], workshop: Workshop, aside: Path) -> None:
        self._outputs = outputs
        self._workshop = workshop
        self._aside = aside
        self._templates = Templates(workshop.theme, workshop.language, workshop.compiled)

    def chunk(self, numbers: range) -> list[str]:
        """Make the files with these numbers, and give the SHA-256 of each."""
        return [self._file(self._outputs[number], self._aside / str(number)) for number in numbers]

    def _file(self, output: Output, target: Path) -> str:
        if isinstance(output.value, FileCopy):
            shutil.copyfile(locate(output.value, self._workshop), target)
            return digest_file(target)
        data = make(output, self._templates, self._workshop)
        target.write_bytes(data)
        return digest_bytes(data)


_makers: list[_Maker] = []
"""The one of this process, where it is one of several."""


def _start(outputs: list[Output], workshop: Workshop, aside: Path) -> None:
    _makers.append(_Maker(outputs, workshop, aside))


def _chunk(numbers: range) -> list[str]:
    return _makers[0].chunk(numbers)
