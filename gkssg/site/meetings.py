"""会议公开: a meeting with its agenda, those who attended and what they said; all meetings of a year in a table."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gkssg.dates import PartialDate
from gkssg.language import Message
from gkssg.site.consultations import Opinions, opinions
from gkssg.site.desk import Desk, Special
from gkssg.site.model import Annex, Content, Crumb, DetailValue, Entry, EntryLink, OpenDocument, Row, every, first
from gkssg.site.years import History, by_year, history, year_links
from gkssg.terms import ATTENDEES, Kind, Word, ground

SECTION = "statutory/meetings"
_IN_THE_TABLE = {"held", "session", "chair", "informed"}


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One matter; of one that is not open there is nothing but its name and the reason."""

    item: str
    outcome: str
    entries: tuple[EntryLink, ...]
    is_open: bool
    reason: Message | str


@dataclass(frozen=True, slots=True)
class Attendees:
    """Some of those who attended without a vote; ``count`` is 0 where a text alone tells who they were."""

    kind: Word | None
    names: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Video:
    """Where the meeting can be watched, and in words what is seen and heard there."""

    title: str
    link: str
    file: Annex | None
    note: str


@dataclass(frozen=True, slots=True)
class MeetingPage(Content):
    """A meeting; ``passed`` are the documents that say it passed them."""

    document: OpenDocument
    agenda: tuple[AgendaItem, ...]
    attendees: tuple[Attendees, ...]
    opinions: Opinions
    videos: tuple[Video, ...]
    passed: tuple[DetailValue, ...]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the table of its year."""

    entry: Entry
    session: str
    held: PartialDate | None
    items: int
    attendees: tuple[Attendees, ...]


@dataclass(frozen=True, slots=True)
class MeetingYear(Content):
    """The meetings of a year, and how many of them each sort of people attended; the newest tells of all years."""

    year: int
    years: tuple[Crumb, ...]
    rows: tuple[MeetingRow, ...]
    attended: int
    by_kind: tuple[tuple[Word, int], ...]
    history: History | None = None


def meeting_page(_desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    """Give the page of a meeting."""
    kept = tuple(detail for detail in document.details if detail.name in _IN_THE_TABLE)
    passed = tuple(v for detail in document.relations if detail.name == "passed_at-back" for v in detail.values)
    content = MeetingPage(
        document=replace(document, details=kept),
        agenda=tuple(map(_item, every(document.detail("agenda"), Row))),
        attendees=_attendees(document),
        opinions=opinions(document),
        videos=tuple(map(_video, every(document.detail("video"), Row))),
        passed=passed,
    )
    return "meeting.html", content


def meeting_years(desk: Desk) -> Iterator[Special]:
    """Give a table of the meetings of each year; the list of the section leads to the newest."""
    if SECTION not in desk.sections:
        return
    years = tuple(by_year(desk.of_kind(Kind.MEETING), "held"))
    links = year_links(SECTION, (year for year, _ in years))
    tables = [tuple(map(_row, documents)) for _, documents in years]
    counted = zip(links, ((len(rows), _attended(rows)) for rows in tables), strict=True)
    names = (desk.said("会议", "Meetings"), desk.said("其中有人列席", "With attendees"))
    told = history(desk.said("历年会议", "Meetings by year"), desk.said("次", ""), names, counted)
    for (year, _), link, rows in zip(years, links, tables, strict=True):
        kinds = Counter(kind for row in rows for kind in {group.kind for group in row.attendees})
        is_newest = link is links[0]
        by_kind = tuple((word, kinds[word]) for word in ATTENDEES if kinds[word])
        content = MeetingYear(year, links, rows, _attended(rows), by_kind, told if is_newest else None)
        title = desk.said(f"{year}年会议公开情况", f"Meetings in {year}")
        source = "the tables of meetings"
        yield Special(SECTION, link.address, title, "meetings.html", content, source, listed=is_newest)


def _attended(rows: tuple[MeetingRow, ...]) -> int:
    return sum(1 for row in rows if row.attendees)


def _row(document: OpenDocument) -> MeetingRow:
    held, session = first(document.detail("held"), PartialDate), first(document.detail("session"), str) or ""
    return MeetingRow(document.entry, session, held, len(document.detail("agenda")), _attendees(document))


def _item(row: Row) -> AgendaItem:
    opened = first(row.detail("open"), Word)
    reason = first(row.detail("reason"), str) or ""
    known = ground(reason)
    return AgendaItem(
        item=first(row.detail("item"), str) or "",
        outcome=first(row.detail("outcome"), str) or "",
        entries=every(row.detail("entry"), EntryLink),
        is_open=opened is None or opened.code == "true",
        reason=known.text if known else reason,
    )


def _attendees(document: OpenDocument) -> tuple[Attendees, ...]:
    return tuple(map(_group, every(document.detail("attendees"), Row)))


def _group(row: Row) -> Attendees:
    kind, names = first(row.detail("kind"), Word), every(row.detail("name"), str)
    count = first(row.detail("count"), str)
    return Attendees(kind, names, int(count) if count else len(names) if kind else 0)


def _video(row: Row) -> Video:
    file, link = first(row.detail("file"), Annex), first(row.detail("link"), str) or ""
    title = first(row.detail("title"), str) or (file.title if file else link)
    return Video(title, link, file, first(row.detail("note"), str) or "")
