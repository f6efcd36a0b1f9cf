"""The front page: what a reader comes for, at a glance: doors, what is open now, what is new, what has changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
import datetime
import heapq

from gkssg.dates import PartialDate
from gkssg.site.consultations import current
from gkssg.site.desk import Desk
from gkssg.site.directories import Directory, directory_pages
from gkssg.site.dossiers import reached, steps
from gkssg.site.model import Content, Entry, EntryLink, Label, OpenDocument
from gkssg.states import state_on
from gkssg.terms import VALIDITIES, Attribute, Validity, Word

DECISIONS = "statutory/decisions"
_NEWEST = 8
_CURRENT = 8
_DECISIONS = 6
_CHANGES = 6
_OVER = {Validity.REPEALED, Validity.EXPIRED}
_ENDING = {"repeals", "replaces", "terminates"}
_OPENED = Word("active", "转为主动公开", "Now disclosed")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to an open entry: since when, what, and by which other entry."""

    date: PartialDate
    what: Word
    entry: EntryLink
    by: EntryLink | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A major administrative decision, and the stage it has come to."""

    entry: Entry
    stage: Label | None


@dataclass(frozen=True, slots=True)
class Decisions:
    """The newest directory of major administrative decisions and its first lines; ``total`` of them there are."""

    page: EntryLink
    rows: tuple[Decision, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How many entries there are, by attribute; of the open ones, how many are of ``year``."""

    active: int
    on_request: int
    withheld: int
    year: int
    of_year: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section without sections below it: how many entries it has, and the date of the newest."""

    title: str
    address: str
    count: int
    newest: PartialDate | None


@dataclass(frozen=True, slots=True)
class Home(Content):
    """The column's front; ``consultations`` are those that are open or still to come."""

    introduction: str
    consultations: tuple[Entry, ...]
    newest: tuple[Entry, ...]
    decisions: Decisions | None
    changes: tuple[Change, ...]
    figures: Figures
    shelves: tuple[Shelf, ...]


def home_page(desk: Desk, introduction: str) -> Home:
    """Give the front page, with an introduction as sanitised HTML."""
    return replace(desk.once(_home), introduction=introduction)


def _home(desk: Desk) -> Home:
    changes = heapq.nlargest(_CHANGES, _changes(desk), key=lambda one: (one.date.parts, one.entry.address))
    return Home(
        introduction="",
        consultations=current(desk)[:_CURRENT],
        newest=tuple(reversed(desk.entries[-_NEWEST:])),
        decisions=_decisions(desk),
        changes=tuple(changes),
        figures=_figures(desk),
        shelves=tuple(_shelves(desk)),
    )


def _decisions(desk: Desk) -> Decisions | None:
    for special in directory_pages(desk):
        if special.section == DECISIONS and isinstance(special.content, Directory):
            lines = special.content.lines
            rows = tuple(Decision(line.entry.stateless, _stage(desk, line.entry)) for line in lines[:_DECISIONS])
            return Decisions(EntryLink(special.title, special.address), rows, len(lines))
    return None


def _stage(desk: Desk, entry: Entry) -> Label | None:
    dossier = desk.by_address[entry.address]
    return reached(steps(desk, dossier)) if isinstance(dossier, OpenDocument) else None


def _changes(desk: Desk) -> Iterator[Change]:
    """Give what happened to open entries until today: repealed, expired, amended, disclosed after a review."""
    today = desk.site.today
    for document in desk.opened:
        if document.acts or document.facts.expires:
            yield from _changes_of_validity(document, today)
        conversion = document.conversion
        if conversion and conversion.date.first <= today:
            yield Change(conversion.date, _OPENED, _link(document))


def _changes_of_validity(document: OpenDocument, today: datetime.date) -> Iterator[Change]:
    told = document.entry.turns
    for turn in told:
        if turn.since and turn.since <= today and turn.state in _OVER:
            since = turn.since
            acts = (act for act in document.acts if act.field in _ENDING and act.since and act.since.first == since)
            act = next(acts, None)
            date = act.since if act and act.since else PartialDate(since.year, since.month, since.day)
            yield Change(date, VALIDITIES[turn.state], _link(document), act.by if act else None)
    for act in document.acts:
        since_act = act.since
        if act.field != "amends" or not since_act or since_act.first > today:
            continue
        if state_on(since_act.first, told) is Validity.AMENDED:
            yield Change(since_act, VALIDITIES[Validity.AMENDED], _link(document), act.by)


def _link(document: OpenDocument) -> EntryLink:
    return EntryLink(document.entry.title, document.entry.address)


def _figures(desk: Desk) -> Figures:
    counts = Counter(entry.attribute for entry in desk.entries)
    year = desk.site.today.year
    of_year = sum(
        1 for entry in desk.entries if entry.attribute is Attribute.ACTIVE and entry.when and entry.when.year == year
    )
    return Figures(counts[Attribute.ACTIVE], counts[Attribute.ON_REQUEST], counts[Attribute.WITHHELD], year, of_year)


def _shelves(desk: Desk) -> Iterator[Shelf]:
    for section in desk.sections.values():
        if "/" in section.id and not section.children:
            entries = desk.by_section[section.id]
            yield Shelf(section.title, section.address, len(entries), entries[-1].when if entries else None)
