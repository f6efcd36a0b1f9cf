"""The great noun behind the gate: everything editors wrote, whoever may read it."""

from dataclasses import dataclass

from gkssg.annexes.examination import Examination
from gkssg.archive.fields import FileRef, Record, Text, Value
from gkssg.archive.gist import NO_GIST, Gist
from gkssg.archive.publishlog import Logged
from gkssg.archive.words import WrongWord
from gkssg.dates import PartialDate
from gkssg.limits import Limits
from gkssg.markup.body import Link
from gkssg.markup.tasks import Task
from gkssg.periods import Span
from gkssg.problem import Place
from gkssg.profiles import Profile
from gkssg.schema import Field
from gkssg.sections import Section
from gkssg.store import Stored
from gkssg.terms import Attribute, Kind, TaskState, Validity, Word
from gkssg.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Relation:
    """A one-sided statement about another entry: ``field`` (``repeals``, ``interprets`` …) and the target's id."""

    field: str
    target: Text


@dataclass(frozen=True, slots=True)
class Allowance:
    """That a content file is exempt from a rule, for a reason; without a rule it could not be read."""

    rule: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What the column wants of a rule: the severity of its problems, ``off``, or nothing that can be read."""

    rule: Text
    severity: str


@dataclass(frozen=True, slots=True)
class BodyText:
    """The rendered text of a content file, stored, and what it links to.

    ``headings`` has a line for each, ``anchors`` one for each id that links may lead to. Of an entry that is not active
    none of them is kept. ``is_empty`` tells whether there is nothing at all, ``has_words`` whether there is more than
    tags.
    """

    html: Stored
    headings: Stored
    anchors: Stored
    links: tuple[Link, ...]
    is_empty: bool
    has_words: bool

    @property
    def texts(self) -> tuple[Stored, Stored, Stored]:
        """The three texts of it."""
        return self.html, self.headings, self.anchors


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a task has come, as one row of its plan's ledger has it; ``number`` is the task's."""

    number: str
    brief: str
    period: Span | None
    status: TaskState | None
    finished: PartialDate | None
    progress: str
    effect: str
    next: str
    evidence: tuple[Text, ...]
    updated: PartialDate | None
    place: Place


@dataclass(frozen=True, slots=True)
class Ledger:
    """The tasks that a plan of ``year`` (0: unknown) has in its text, and what is recorded of them."""

    year: int
    tasks: tuple[Task, ...]
    advances: tuple[Advance, ...]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A row of a series of figures: its period, and whether it is explained."""

    period: Span
    explained: bool
    place: Place


@dataclass(frozen=True, slots=True)
class CleanupRow:
    """What a clean-up notice's list says became of one document; its number is written as the standard has it."""

    title: str
    doc_no: str
    result: Word
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """One content file, of any kind.

    ``path`` is counted from the column's folder and begins with ``content/``. ``attribute`` is None when the file
    does not say who may read it. ``details`` are the fields that only this kind has, in the order of the file.
    ``places`` tells where the values of fields stand: name, line and column of each, in one text, since all of them are
    read with each document and few are asked for. ``gist`` is what rules about several texts need to know of this one,
    if it is active. ``ledger``, ``series`` and ``cleanup`` are read from files beside it, for an active entry only.
    ``wording`` is the digest of what the file of an active entry says, ``digest`` that of all a review approves; only
    an entry that has reviews has them.
    """

    path: str
    id: str
    kind: Kind
    attribute: Attribute | None
    title: str
    title_open: bool
    reason: str
    review_by: PartialDate | None
    converted: Record | None
    categories: tuple[Text, ...]
    doc_no: str
    typed_doc_no: str
    index_no: str
    issuers: tuple[Text, ...]
    written: PartialDate | None
    published: PartialDate | None
    effective: PartialDate | None
    expires: PartialDate | None
    validity: Validity | None
    normative: bool
    relations: tuple[Relation, ...]
    topic: str
    genre: str
    keywords: tuple[str, ...]
    summary: str
    aspects: tuple[str, ...]
    passed_at: str
    source: str
    source_url: str
    annexes: tuple[FileRef, ...]
    aliases: tuple[Text, ...]
    reviews: tuple[Record, ...]
    details: tuple[tuple[Field, tuple[Value, ...]], ...]
    body: BodyText
    places: str
    gist: Gist = NO_GIST
    allowances: tuple[Allowance, ...] = ()
    ledger: Ledger | None = None
    series: tuple[SeriesRow, ...] = ()
    cleanup: tuple[CleanupRow, ...] = ()
    wording: str = ""
    digest: str = ""

    @property
    def is_active(self) -> bool:
        """Whether it was decided that everyone may read it; whatever is not known to be is private."""
        return self.attribute is Attribute.ACTIVE

    @property
    def folder(self) -> str:
        """The folder of the file, counted from ``content/``; empty for a file right in it."""
        return self.path.removeprefix("content/").rpartition("/")[0]

    def place(self, field: str) -> Place:
        """Tell where the value of a field stands, or the file when it has none."""
        words = self.places.split(" ")
        found = words.index(field) if field in words else None
        return Place(self.path) if found is None else Place(self.path, int(words[found + 1]), int(words[found + 2]))

    def detail(self, name: str) -> tuple[Value, ...]:
        """Give the values of a field that only this kind has."""
        return next((values for field, values in self.details if field.name == name), ())


@dataclass(frozen=True, slots=True)
class Website:
    """The website the column is mounted in: page labels (政府网站发展指引, annex) and footer."""

    name: str = ""
    domain: str = ""
    id_code: str = ""
    icp: str = ""
    police: str = ""
    contact: str = ""
    find_error: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Where readers turn: an e-mail address or that of a form, and who takes complaints about disclosure."""

    suggest: str = ""
    supervise: Record | None = None


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Of which entries a column wants all reviews (codes of ``terms.REVIEWED``), and from which day on."""

    of: tuple[str, ...] = ()
    since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What ``content/column.yml`` says; ``tree`` and ``profiles`` are as its changes make them.

    ``words`` are those of ``content/wording.csv``.
    ``renewals`` tell of sections by their ids how often something new is expected, where that is said.
    """

    name: str
    organ: Text
    base_url: str
    website: Website
    feedback: Feedback
    empty_note: str
    per_page: int
    theme: str
    search_text: str
    tree: tuple[Section, ...]
    profiles: tuple[Profile, ...]
    words: tuple[WrongWord, ...]
    reviews: Reviewing
    limits: Limits
    renewals: tuple[tuple[str, Text], ...]
    rules: tuple[RuleSetting, ...] = ()
    letterhead: bool = False


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Archive:
    """All that was found: the column's settings, every document by path, the names of all files in ``content/``.

    One is equal to itself only, so that what is found in it can be remembered as long as it lives.

    ``calendar`` is gkssg's own, with the years that the column adds. ``examinations`` tell what the files of active
    entries are, by their paths. ``log`` is the publish log, None where the column keeps none.
    """

    column: Column
    documents: tuple[Document, ...]
    files: frozenset[str]
    calendar: Calendar
    examinations: tuple[tuple[str, Examination], ...]
    log: tuple[Logged, ...] | None = None
