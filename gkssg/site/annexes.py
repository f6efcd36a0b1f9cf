"""The pages of the files that belong to open entries, and the files themselves."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gkssg.annexes.looks import Look
from gkssg.annexes.types import Group
from gkssg.language import Message
from gkssg.site.charts import Chart
from gkssg.site.desk import Desk, Special
from gkssg.site.model import (
    Annex,
    Content,
    DetailValue,
    EntryLink,
    FileCopy,
    OpenDocument,
    Picture,
    Row,
    every,
    first,
)
from gkssg.site.output import Output
from gkssg.site.series import Measure
from gkssg.terms import Kind

IN_LIST = 240
"""Pixels of the longer side of a picture in a list of annexes."""
ON_PAGE = 1200
"""Pixels of the longer side of a picture on its own page."""


@dataclass(frozen=True, slots=True)
class AnnexUse:
    """An entry that has a file as its annex, and what it calls it."""

    entry: EntryLink
    annex: Annex


@dataclass(frozen=True, slots=True)
class AnnexPage(Content):
    """The page of a file: ``annex`` is what the first entry that has it says of it, ``uses`` are all of them.

    ``look`` is what is shown of it; the maker finds that in the file, unless there is ``fault``. ``measures`` describe
    the columns of a dataset's file (None: it is no dataset's); the maker draws ``charts`` of it.
    """

    annex: Annex
    copy: FileCopy
    sha256: str
    fault: Message | None
    uses: tuple[AnnexUse, ...]
    look: Look | None = None
    measures: tuple[Measure, ...] | None = None
    charts: tuple[Chart, ...] = ()


def annex_pages(desk: Desk) -> Iterator[Special]:
    """Give the page of every file that an open entry has as an annex, a data file or by a link of its text."""
    files = {file.address: file for file in desk.site.files}
    for address, uses in desk.once(_uses).items():
        use, file = uses[0], files[address]
        title = next((one.annex.title for one in uses if one.annex.title != one.annex.name), use.annex.name)
        fault = file.fault if file.kind.group is Group.PICTURE else None
        content = AnnexPage(
            use.annex, file.copy, file.sha256, fault, tuple(uses), measures=_measures(desk, address, uses)
        )
        section = desk.by_address[use.entry.address].entry.sections if use.entry.address in desk.by_address else ()
        here = next((name for name in section if name in desk.sections), "")
        source = f"content/{file.copy.path}"
        yield Special(here, use.annex.page, title, "annex.html", content, source, listed=False)


def files(desk: Desk) -> Iterator[Output]:
    """Give the files of open entries, and smaller ones of the pictures that pages of annexes show."""
    by_address = {file.address: file for file in desk.site.files}
    for file in desk.site.files:
        yield Output(file.address, file.value, f"content/{file.copy.path}")
    for address, uses in desk.once(_uses).items():
        annex, file = uses[0].annex, by_address[address]
        for longest in (IN_LIST, ON_PAGE):
            smaller = annex.picture(longest)
            if smaller not in {"", address}:
                yield Output(smaller, Picture(file.copy, file.kind, longest), f"content/{file.copy.path}")


def _measures(desk: Desk, address: str, uses: list[AnnexUse]) -> tuple[Measure, ...] | None:
    """Give what the first dataset whose data a file holds says of its columns."""
    for use in uses:
        dataset = desk.by_address.get(use.entry.address)
        if not isinstance(dataset, OpenDocument) or dataset.entry.kind is not Kind.DATASET:
            continue
        if any(file.address == address for file in every(dataset.detail("file"), Annex)):
            rows = every(dataset.detail("columns"), Row)
            return tuple(Measure(_text(row, "name"), _text(row, "unit")) for row in rows)
    return None


def _text(row: Row, name: str) -> str:
    return first(row.detail(name), str) or ""


def _uses(desk: Desk) -> dict[str, list[AnnexUse]]:
    """Give the entries that have each file, by its address, in the order of their addresses."""
    found: dict[str, list[AnnexUse]] = defaultdict(list)
    documents = (*desk.site.documents, *desk.site.introductions)
    opened = [document for document in documents if isinstance(document, OpenDocument) and any(_annexes(document))]
    for document in sorted(opened, key=lambda document: document.entry.address):
        link = EntryLink(document.entry.title, document.entry.address)
        for annex in dict.fromkeys(_annexes(document)):
            found[annex.address].append(AnnexUse(link, annex))
    return dict(sorted(found.items()))


def _annexes(document: OpenDocument) -> Iterator[Annex]:
    yield from document.annexes
    for detail in document.details:
        yield from _among(detail.values)


def _among(values: tuple[DetailValue, ...]) -> Iterator[Annex]:
    for value in values:
        if isinstance(value, Annex):
            yield value
        elif isinstance(value, Row):
            for cell in value.cells:
                yield from _among(cell.values)
