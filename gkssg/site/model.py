"""The great noun beyond the gate: only what anyone may read, as frozen values.

Addresses are paths counted from the column's root (``statutory/policy/a.html``). What is not active is a
:class:`WithheldDocument`: it has no body, no annexes, no pictures and no summary, so nothing here can show them.
"""

from dataclasses import dataclass, field, replace
import datetime
from typing import TypeVar

from gkssg.annexes.types import FileType, Group, name_fits
from gkssg.dates import PartialDate
from gkssg.language import Message
from gkssg.markup.body import Heading, from_lines
from gkssg.periods import Span
from gkssg.profiles import Profile
from gkssg.sections import Section
from gkssg.states import Turn
from gkssg.store import Stored
from gkssg.terms import Attribute, Kind, Progress, TaskState, Validity, Word
from gkssg.text import web_path
from gkssg.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Label:
    """What a field is called, in both languages."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """Give the name in a language (``zh`` or ``en``)."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class EntryLink:
    """A link to an entry; without a title, that title is not open; without an address, there is no page."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of an organ: ``to`` which other its functions went, ``how`` and ``since`` when, as far as known."""

    to: EntryLink
    how: Word | None = None
    since: PartialDate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrganLink:
    """An organ's name, with the address of its page where it has one.

    ``later`` tells what became of it, step by step, where the name is one of the past; without a page of its own the
    address is that of the organ that has its functions now.
    """

    name: str
    address: str = ""
    later: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day on which opinions are taken, as far as they are known."""

    starts: PartialDate | None
    ends: PartialDate | None

    @property
    def days(self) -> int:
        """How many days it has, the first and the last included; 0 where they are not known."""
        if not (self.starts and self.starts.day and self.ends and self.ends.day):
            return 0
        return (self.ends.first - self.starts.first).days + 1

    def said(self, language: str) -> str:
        """Say it in words: 自2026年6月1日起至7月3日止."""
        if language != "zh":
            words = (f"from {self.starts}" if self.starts else "", f"to {self.ends}" if self.ends else "")
            return " ".join(filter(None, words))
        starts = f"自{self.starts.in_chinese()}起" if self.starts else ""
        known = self.starts.year if self.starts else 0
        return starts + (f"至{self.ends.in_chinese(known)}止" if self.ends else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list shows of an entry, open or not. An empty ``title`` is one that is not open.

    ``validity`` of a document and ``progress`` of a consultation are as on the day of the build; ``turns`` tells either
    for all days, so that a page can be right on the day it is read; ``period`` is that of a consultation. ``sections``
    are the ids of the sections it is listed in.
    """

    address: str
    kind: Kind
    attribute: Attribute
    title: str
    doc_no: str
    index_no: str
    issuers: tuple[OrganLink, ...]
    written: PartialDate | None
    published: PartialDate | None
    validity: Validity | None
    progress: Progress | None
    turns: tuple[Turn, ...]
    sections: tuple[str, ...]
    period: Period | None = None

    @property
    def when(self) -> PartialDate | None:
        """The date it is sorted by: published, else written."""
        return self.published or self.written

    @property
    def stateless(self) -> "Entry":
        """The entry without its states, for what does not show them and need not be remade when they change."""
        return replace(self, validity=None, progress=None, turns=())


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A file that is copied as it is: ``root`` is ``content`` or ``theme``, ``path`` its path there; size in bytes."""

    root: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of ``content`` without its metadata and upright; ``longest``: made smaller to so many pixels, or 0."""

    copy: FileCopy
    kind: FileType
    longest: int = 0


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file of open entries as it is published, with digest and size; ``fault`` says why nothing of it is shown."""

    address: str
    value: FileCopy | Picture
    kind: FileType
    sha256: str
    size: int
    fault: Message | None

    @property
    def copy(self) -> FileCopy:
        """The file it is made of."""
        return self.value.copy if isinstance(self.value, Picture) else self.value


@dataclass(frozen=True, slots=True)
class Annex:
    """A file that belongs to an open entry: its name for readers, its address and size in bytes.

    ``width`` and ``height`` are those of a picture that can be shown.
    """

    title: str
    note: str
    address: str
    size: int
    kind: FileType
    width: int
    height: int

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.address.rpartition("/")[2]

    @property
    def page(self) -> str:
        """The address of its own page."""
        return f"{self.address}.html"

    @property
    def is_misnamed(self) -> bool:
        """Whether the name promises another type than the content has."""
        return self.size > 0 and not name_fits(self.name, self.kind)

    def is_small(self, longest: int) -> bool:
        """Tell whether it is a picture that browsers show, and no larger than so many pixels."""
        is_drawn = self.kind.code == "svg"  # a drawing has any size
        return self.kind.in_browsers and (is_drawn or max(self.width, self.height) <= longest)

    def picture(self, longest: int) -> str:
        """Give the address of a picture of it whose longer side has at most so many pixels; empty if there is none."""
        if self.kind.group is not Group.PICTURE or not (self.width or self.kind.code == "svg"):
            return ""
        return self.address if self.is_small(longest) else f"{self.address}.{longest}.webp"

    def extent(self, longest: int) -> tuple[int, int]:
        """Give width and height of that picture; 0 and 0 where they are not known."""
        scale = min(1.0, longest / max(self.width, self.height, 1))
        return round(self.width * scale), round(self.height * scale)


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """A clause of another entry, with its text as that entry has it; without ``html``, the text is not shown."""

    entry: EntryLink
    clause: str
    html: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a field that holds records (a leader, a stage, an opinion)."""

    cells: "tuple[Detail, ...]"

    def detail(self, name: str) -> "tuple[DetailValue, ...]":
        """Give the values of one part."""
        return next((cell.values for cell in self.cells if cell.name == name), ())


DetailValue = str | PartialDate | Word | EntryLink | ClauseLink | OrganLink | Annex | Row


T = TypeVar("T", str, PartialDate, Word, EntryLink, ClauseLink, OrganLink, Annex, Row)


def every(values: tuple[DetailValue, ...], kind: type[T]) -> tuple[T, ...]:
    """Give those values that are of a type; by the field table it is that of all."""
    return tuple(value for value in values if isinstance(value, kind))


def first(values: tuple[DetailValue, ...], kind: type[T]) -> T | None:
    """Give the first of them, or None."""
    return next(iter(every(values, kind)), None)


@dataclass(frozen=True, slots=True)
class Detail:
    """One more fact of an entry: the field's ``name`` in the field table, what it is called, and its values."""

    name: str
    label: Label
    values: tuple[DetailValue, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of an open entry beyond those a list shows."""

    topic: str
    genre: str
    keywords: tuple[str, ...]
    summary: str
    aspects: tuple[Word, ...]
    effective: PartialDate | None
    expires: PartialDate | None
    passed_at: str
    source: str
    source_url: str
    normative: bool


@dataclass(frozen=True, slots=True)
class Act:
    """What another document does to one, from which day on.

    ``field`` is ``repeals``, ``replaces``, ``terminates`` or ``amends``, which decide on its validity, or ``keeps`` or
    ``to_amend``, which a clean-up found.
    """

    field: str
    since: PartialDate | None
    by: EntryLink


def ledger_address(entry: Entry) -> str:
    """Give the address of the page with the tasks of a plan, or of an organ."""
    return f"{entry.address.removesuffix('.html')}.tasks.html"


@dataclass(frozen=True, slots=True)
class Share:
    """An organ's part in a task, and which part it is."""

    organ: OrganLink
    role: Word


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """How far a task has come in a period. Evidence is an entry, or an address on the web."""

    period: Span | None
    status: TaskState | None
    finished: PartialDate | None
    progress: str
    effect: str
    next: str
    evidence: tuple[EntryLink | str, ...]
    updated: PartialDate | None


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A task of an open plan, with its records, newest first.

    ``state`` is that on the day of the build, ``turns`` tells it for all days. ``anchor`` leads to the clause.
    """

    number: str
    title: str
    text: str
    anchor: str
    shares: tuple[Share, ...]
    times: tuple[str, ...]
    due: PartialDate | None
    targets: tuple[str, ...]
    state: TaskState
    turns: tuple[Turn, ...]
    records: tuple[TaskRecord, ...]

    @property
    def name(self) -> str:
        """What it is called in short: its title, or the beginning of its text."""
        return self.title or self.text


@dataclass(frozen=True, slots=True)
class Plan:
    """An open plan with its tasks; ``year`` is 0 where it is not known, ``interval`` how often progress is recorded."""

    entry: Entry
    year: int
    interval: Word
    tasks: tuple[PlanTask, ...]

    @property
    def address(self) -> str:
        """The address of its ledger."""
        return ledger_address(self.entry)

    @property
    def link(self) -> EntryLink:
        """The way to its ledger, by the plan's title."""
        return EntryLink(self.entry.title, self.address)


@dataclass(frozen=True, slots=True)
class ClauseTasks:
    """A part of a plan's text and how many tasks it holds; ``first`` is the number of the first of them."""

    title: str
    first: str
    count: int


@dataclass(frozen=True, slots=True)
class PlanLinks:
    """The way from a plan to its ledger, clause by clause."""

    address: str
    count: int
    clauses: tuple[ClauseTasks, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """How an open entry came to be open: what it was before, since when not, by which standard, and who decided."""

    before: Attribute
    date: PartialDate
    standard: str
    reviewer: str
    note: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a page shows, as a kind of its own; the template lays it out."""


@dataclass(frozen=True, slots=True)
class OpenDocument(Content):
    """An entry that everyone may read; its text is stored and read when it is needed.

    ``relations`` are what it says about others and what open entries say about it (there ``name`` ends in ``-back``);
    ``acts`` are those of the latter that bear on whether it is in force. ``ledger`` leads from a plan to its tasks.
    """

    entry: Entry
    facts: Facts
    conversion: Conversion | None
    text: Stored
    contents: Stored
    annexes: tuple[Annex, ...]
    relations: tuple[Detail, ...]
    acts: tuple[Act, ...]
    details: tuple[Detail, ...]
    ledger: PlanLinks | None = None

    @property
    def html(self) -> str:
        """The text as sanitised HTML."""
        return self.text.read()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the text."""
        return from_lines(self.contents.read())

    def detail(self, name: str) -> tuple[DetailValue, ...]:
        """Give the values of a field that only this kind has."""
        return next((detail.values for detail in self.details if detail.name == name), ())


@dataclass(frozen=True, slots=True)
class WithheldDocument(Content):
    """An entry that is not disclosed: that it exists, and why it is not.

    ``reason`` is a sentence of the catalogue where an article of the Disclosure Regulation is the ground; ``relations``
    are what open entries say about it.
    """

    entry: Entry
    reason: Message | str
    review_by: PartialDate | None
    relations: tuple[Detail, ...]


PublicDocument = OpenDocument | WithheldDocument


@dataclass(frozen=True, slots=True)
class Website:
    """The website the column is mounted in: page labels and footer. An empty text is one that is not known."""

    name: str
    domain: str
    id_code: str
    icp: str
    police: str
    contact: str
    find_error: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """Where readers turn: ``suggest`` is an e-mail address or that of a form, ``supervise`` who takes complaints."""

    suggest: str = ""
    supervise: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Masthead:
    """What every page says of the column; part of each page's value, so that a change of it remakes the pages.

    ``letterhead`` tells whether numbered documents have a red head.
    """

    name: str
    organ: OrganLink
    base_url: str
    website: Website
    tree: tuple[Section, ...]
    language: str
    feedback: Feedback
    letterhead: bool = False


@dataclass(frozen=True, slots=True)
class Redirect(Content):
    """An old address that leads to an entry."""

    old: str
    entry: EntryLink


@dataclass(frozen=True, slots=True)
class Origin:
    """Which content file an address is made of, for messages; never part of a page."""

    address: str
    path: str


@dataclass(frozen=True, slots=True)
class Site:
    """All that anyone may read.

    ``introductions`` are open pages at the head of a section's list (or of the home page), by its address. ``files``
    are the annexes and pictures of open entries. ``organs`` are the open organ pages, ``plans`` the open
    work plans with a ledger. ``today`` is the day of the build: states are told by it, and no page's value may hold it.
    """

    masthead: Masthead
    documents: tuple[PublicDocument, ...]
    introductions: tuple[OpenDocument, ...]
    files: tuple[PublicFile, ...]
    redirects: tuple[Redirect, ...]
    organs: tuple[OrganLink, ...]
    empty_note: str
    per_page: int
    search_text: str
    calendar: Calendar
    origins: tuple[Origin, ...]
    profiles: tuple[Profile, ...]
    today: datetime.date
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLabel:
    """A page label (网页标签) of 政府网站发展指引, annex: a meta element's name and content."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the column's home to a page."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Block:
    """A section with its newest entries, on the page of the section above it."""

    section: Section
    newest: tuple[Entry, ...]
    empty_note: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of a list that a reader may choose, and how many entries it has; 0 where that is not told."""

    title: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What a list can be chosen by: year, organ, topic."""

    label: Label
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands: pages are numbered from the oldest, 0 is the section's front."""

    number: int
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class Listing(Content):
    """One page of a section's list, newest first; on the front also the introduction and the sections below.

    ``views`` are other pages of the section that show its entries in their own way: a directory, a ledger. ``revised``
    is the date of the introduction, where it has one of its own. ``facets`` lead from a front to lists of parts of it;
    ``whole`` is the list of which this is a part, or is itself.
    """

    section: Section
    introduction: str
    revised: PartialDate | None
    headings: tuple[Heading, ...]
    annexes: tuple[Annex, ...]
    blocks: tuple[Block, ...]
    views: tuple[Crumb, ...]
    entries: tuple[Entry, ...]
    pager: Pager
    empty_note: str
    facets: tuple[Facet, ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage(Content):
    """The search page: its script does the rest. ``lists`` are the sections at the top, for readers without scripts."""

    lists: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class SiteMap(Content):
    """The site map for people: every section."""

    tree: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class NotFound(Content):
    """The page a host shows where there is none."""

    home: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What the pages of one section have in common: ``here`` is its id; ``labels`` are those of website and column."""

    masthead: Masthead
    crumbs: tuple[Crumb, ...]
    here: str
    labels: tuple[PageLabel, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below an open entry: how it is cited, and the open entries next to it in the list of its section."""

    citation: str
    newer: EntryLink | None
    older: EntryLink | None


@dataclass(frozen=True, slots=True)
class Page:
    """The value of an HTML page: what its template may see, and nothing else.

    ``suggest`` is where readers say what they think of this page; ``foot`` stands below an open entry.
    """

    template: str
    address: str
    title: str
    frame: Frame
    own_labels: tuple[PageLabel, ...]
    content: Content
    suggest: str = ""
    foot: Foot | None = None

    @property
    def masthead(self) -> Masthead:
        """What every page says of the column."""
        return self.frame.masthead

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """The way from the column's home to its section."""
        return self.frame.crumbs

    @property
    def here(self) -> str:
        """The id of the section it belongs to, for the tree on the left."""
        return self.frame.here

    @property
    def labels(self) -> tuple[PageLabel, ...]:
        """The labels of the website, of the column and of the page itself."""
        return (*self.frame.labels, *self.own_labels)

    @property
    def permanent(self) -> str:
        """The whole address at which it is published and stays."""
        return f"{self.masthead.base_url}{web_path(self.address)}"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed: no more than is seen there, so that nothing else remakes the feed."""

    address: str
    title: str
    issuers: tuple[OrganLink, ...]
    when: PartialDate | None
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One document of the Atom feed; ``archive`` where it is an archived one that no longer changes (RFC 5005)."""

    address: str
    masthead: Masthead
    entries: tuple[FeedEntry, ...]
    older: str
    newer: str
    archive: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every entry with its public facts, oldest first; facts are None for what is not disclosed."""

    masthead: Masthead
    rows: tuple[tuple[Entry, Facts | None], ...]


@dataclass(frozen=True, slots=True)
class CatalogueTable:
    """The same rows as :class:`Catalogue`, for spreadsheet programs."""

    masthead: Masthead
    rows: tuple[tuple[Entry, Facts | None], ...]


@dataclass(frozen=True, slots=True)
class SearchBlock:
    """Neighbours in a segment of the search index, made at one go into the files of one folder.

    ``size`` is their number, ``digest`` that of all the index has of them; ``text`` is ``full``, ``summary`` or
    ``none``: how much of the texts is kept for snippets and for comparing phrases. A block without ``documents``
    stands for one that an earlier build has made.
    """

    size: int
    digest: str
    text: str
    documents: tuple[PublicDocument, ...] = field(default=(), compare=False, repr=False)

    @property
    def id(self) -> str:
        """The name of its folder."""
        return f"b-{self.digest[:12]}"


@dataclass(frozen=True, slots=True)
class SearchSegment:
    """A part of the search index, made as many files below one folder: ``id`` is its name with the digest of the rest.

    ``blocks`` hold its documents, oldest first; ``sections`` are the ids and titles of the leaves.
    """

    id: str
    blocks: tuple[SearchBlock, ...]
    sections: tuple[tuple[str, str], ...]
    language: str


@dataclass(frozen=True, slots=True)
class SearchManifest:
    """What the browser reads first: the ids of the segments, oldest first, and how much text they keep."""

    segments: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap for search engines (sitemaps.org): addresses with the day they changed, where it is known."""

    base_url: str
    rows: tuple[tuple[str, PartialDate | None], ...]


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """An index of sitemaps, where there are more addresses than one may hold."""

    base_url: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows for spreadsheet programs, the first of them the head."""

    rows: tuple[tuple[str, ...], ...]
