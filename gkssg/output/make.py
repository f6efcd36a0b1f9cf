"""STAGE 5: outputs → bytes, in as many processes as allowed, put aside until all of them are made.

The bytes depend on the output's value, the theme and the code alone, so they are the same for any number of processes.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
import shutil

from gkssg.digest import digest_bytes, digest_file
from gkssg.output import catalogue, feeds
from gkssg.output.pictures import look_of, published
from gkssg.output.search.segment import search_manifest, write_segment
from gkssg.output.theme import Templates, Theme
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
    SearchManifest,
    SearchSegment,
    Sitemap,
    SitemapIndex,
)
from gkssg.site.output import Data, Output

_CHUNK = 50
_FEW = 150


@dataclass(frozen=True, slots=True)
class Workshop:
    """What makers need besides the output: the theme, the language, where files to be copied lie, and search runs."""

    theme: Theme
    language: str
    content: Path
    runs: Path


Progress = Callable[[int, int], None]


def make_all(
    outputs: Sequence[Output], workshop: Workshop, aside: Path, jobs: int, progress: Progress, indexing: Progress
) -> Iterator[tuple[str, Path, str]]:
    """Make every output into files in the folder ``aside``; give each path with its file there and its SHA-256.

    ``indexing`` is told how far each segment of the search index is, ``progress`` how many other outputs are made.
    Raises :class:`gkssg.output.theme.ThemeError` when a template fails.
    """
    for place, output in enumerate(outputs):
        if isinstance(output.value, SearchSegment):
            yield from _made_segment(output, output.value, workshop.runs, aside / f"segment-{place}", jobs, indexing)
    outputs = [output for output in outputs if not output.folder]
    numbered = list(enumerate(outputs))
    chunks = [numbered[start : start + _CHUNK] for start in range(0, len(numbered), _CHUNK)]
    done = 0
    for digests in _made(chunks, workshop, aside, jobs if len(outputs) >= _FEW else 1):
        for number, sha256 in digests:
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
        case FileCopy() | SearchSegment():
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
    return replace(page, content=replace(content, look=look_of(content, locate(content.copy, workshop))))


def locate(copy: FileCopy, workshop: Workshop) -> Path:
    """Find the file that is to be copied."""
    return workshop.content / copy.path if copy.root == "content" else workshop.theme.static()[copy.path]


def _made_segment(
    output: Output, segment: SearchSegment, runs: Path, aside: Path, jobs: int, indexing: Progress
) -> Iterator[tuple[str, Path, str]]:
    files, passing = aside / "files", aside / "passing"
    passing.mkdir(parents=True)
    for name in write_segment(segment, files, runs, passing, jobs, indexing):
        yield f"{output.folder}{name}", files / name, digest_file(files / name)


def _made(
    chunks: list[list[tuple[int, Output]]], workshop: Workshop, aside: Path, jobs: int
) -> Iterator[list[tuple[int, str]]]:
    if jobs <= 1:
        _prepare(workshop, aside)
        yield from map(_make_chunk, chunks)
        return
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(workshop, aside)) as pool:
        yield from pool.map(_make_chunk, chunks)


class _Worker:
    """What one process keeps between chunks: templates are compiled once."""

    templates: Templates
    workshop: Workshop
    aside: Path


def _prepare(workshop: Workshop, aside: Path) -> None:
    _Worker.templates = Templates(workshop.theme, workshop.language)
    _Worker.workshop = workshop
    _Worker.aside = aside


def _make_chunk(chunk: list[tuple[int, Output]]) -> list[tuple[int, str]]:
    digests = []
    for number, output in chunk:
        target = _Worker.aside / str(number)
        if isinstance(output.value, FileCopy):
            shutil.copyfile(locate(output.value, _Worker.workshop), target)
            digests.append((number, digest_file(target)))
        else:
            data = make(output, _Worker.templates, _Worker.workshop)
            target.write_bytes(data)
            digests.append((number, digest_bytes(data)))
    return digests
