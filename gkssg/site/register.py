"""规章库、行政规范性文件库: the documents of a section as tables, one for each state of validity, and as a file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gkssg.dates import PartialDate
from gkssg.site.desk import Desk, Special
from gkssg.site.model import Content, DataTable, Entry, OpenDocument, Pager
from gkssg.site.output import Output
from gkssg.site.paging import sheets
from gkssg.terms import VALIDITIES, Kind, Validity

MOST_ROWS = 300
"""Rows of one page; a register with more of one state is parted by years."""
_SECTIONS = {
    "statutory/regulations": ("规章库", "Register of regulations"),
    "statutory/normative": ("行政规范性文件库", "Register of normative documents"),
}
_STATES = (Validity.VALID, Validity.AMENDED, Validity.PENDING, Validity.REPEALED, Validity.EXPIRED)
_HEAD = (
    ("标题", "Title"),
    ("发文字号", "Document number"),
    ("发布机构", "Issuer"),
    ("成文日期", "Date written"),
    ("施行日期", "Effective from"),
    ("有效期至", "Effective until"),
    ("有效性", "Validity"),
    ("地址", "Address"),
)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One document of a register."""

    entry: Entry
    effective: PartialDate | None
    expires: PartialDate | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page that others lead to: a state (None: not stated) or a year of it, and how many documents it has."""

    state: Validity | None
    year: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Register(Content):
    """Documents of one state, newest first; of one year where there are many.

    ``states`` are the first pages of all states, ``years`` the pages of this one; only first pages have them, since
    their counts change with every document. ``file`` is the address of the table of all states.
    """

    state: Validity | None
    year: str
    states: tuple[Shelf, ...]
    years: tuple[Shelf, ...]
    rows: tuple[RegisterRow, ...]
    pager: Pager
    file: str


def register_pages(desk: Desk) -> Iterator[Special]:
    """Plan the registers of the sections that have documents: what is in force first."""
    for section, (zh, en) in _SECTIONS.items():
        by_state: dict[Validity | None, list[OpenDocument]] = defaultdict(list)
        for document in _documents(desk, section):
            by_state[document.entry.validity].append(document)
        if by_state:
            yield from _pages(section, desk.said(zh, en), by_state)


def register_tables(desk: Desk) -> Iterator[Output]:
    """Plan the same documents, whatever their state, as files for spreadsheet programs, newest first."""
    for section in _SECTIONS:
        documents = _documents(desk, section)
        if documents:
            head = tuple(desk.said(zh, en) for zh, en in _HEAD)
            rows = (_cells(document, desk.site.masthead.language) for document in reversed(documents))
            yield Output(_file(section), DataTable((head, *rows)), f"the register of {section}")


def _documents(desk: Desk, section: str) -> list[OpenDocument]:
    """Give the open documents of a section, oldest first, no older texts; of 行政规范性文件 only those that are."""
    return [
        document
        for document in desk.of_kind(Kind.DOCUMENT)
        if section in document.entry.sections
        and (section != "statutory/normative" or document.facts.normative)
        and not any(relation.name == "version_of" for relation in document.relations)
    ]


def _pages(section: str, title: str, by_state: dict[Validity | None, list[OpenDocument]]) -> Iterator[Special]:
    known = (*_STATES, *((None,) if None in by_state else ()))
    states = tuple(Shelf(state, "", _address(section, state), len(by_state.get(state, ()))) for state in known)
    source = f"the register of {section}"
    for state in known:
        documents = by_state.get(state, [])
        if len(documents) <= MOST_ROWS:
            years: dict[str, list[OpenDocument]] = {}
            newest = documents
        else:
            years = _by_year(documents)
            newest = next(iter(years.values()))
        shelves = tuple(Shelf(state, year, _address(section, state, year), len(of)) for year, of in years.items())
        front = Register(
            state=state,
            year="",
            states=states,
            years=shelves,
            rows=_rows(newest[-MOST_ROWS:]),
            pager=Pager(0, "", ""),
            file=_file(section),
        )
        first = state is Validity.VALID
        yield Special(section, _address(section, state), title, "register.html", front, source, listed=first)
        for year, of in years.items():
            for sheet in sheets(of, MOST_ROWS):
                newer, older = (_address(section, state, year, n) for n in (sheet.newer, sheet.older))
                content = Register(
                    state=state,
                    year=year,
                    states=(),
                    years=(),
                    rows=_rows(sheet.items[::-1]),
                    pager=Pager(sheet.number, newer, older),
                    file=_file(section),
                )
                address = _address(section, state, year, sheet.number)
                yield Special(section, address, title, "register.html", content, source, listed=False)


def _by_year(documents: Sequence[OpenDocument]) -> dict[str, list[OpenDocument]]:
    """Part documents by the year in which they were written, the newest year first; ``0``: it is not known."""
    years: dict[str, list[OpenDocument]] = defaultdict(list)
    for document in documents:
        when = document.entry.written or document.entry.published
        years[str(when.year) if when else "0"].append(document)
    return dict(sorted(years.items(), key=lambda pair: int(pair[0]), reverse=True))


def _rows(oldest_first: Sequence[OpenDocument]) -> tuple[RegisterRow, ...]:
    return tuple(RegisterRow(d.entry, d.facts.effective, d.facts.expires) for d in reversed(oldest_first))


def _address(section: str, state: Validity | None, year: str = "", number: int | None = 0) -> str:
    """Give the address of a page; an empty one where there is no such page (``number`` is None)."""
    if number is None:
        return ""
    name = "unstated" if state is None else "" if state is Validity.VALID and not year else state.value
    parts = ("register", name, year, str(number) if number else "")
    return f"{section}/{'-'.join(filter(None, parts))}.html"


def _file(section: str) -> str:
    return f"{section}/register.csv"


def _cells(document: OpenDocument, language: str) -> tuple[str, ...]:
    entry, facts = document.entry, document.facts
    dates = (entry.written, facts.effective, facts.expires)
    return (
        entry.title,
        entry.doc_no,
        "、".join(organ.name for organ in entry.issuers if organ.name),
        *(str(date or "") for date in dates),
        VALIDITIES[entry.validity].said(language) if entry.validity else "",
        entry.address,
    )
