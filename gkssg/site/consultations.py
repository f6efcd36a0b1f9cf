"""意见征集: a consultation with its draft, explanation and answer on one page; all of them by state and by topic."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
import datetime
import re
from urllib.parse import quote

from gkssg.dates import PartialDate
from gkssg.markup.body import Heading, from_lines
from gkssg.markup.transplant import transplanted
from gkssg.site.desk import Desk, Special
from gkssg.site.model import Annex, Content, Detail, DetailValue, Entry, EntryLink, OpenDocument, Row, every, first
from gkssg.store import Stored
from gkssg.terms import ADOPTIONS, PROGRESSES, PURPOSES, Kind, Progress, Word

SECTION = "statutory/consultations"
_IN_ORDER = (Progress.OPEN, Progress.PLANNED, Progress.ENDED, Progress.ANSWERED)
_CURRENT = _IN_ORDER[:2]
_IN_THE_TABLE = {"purpose", "participation", "feedback"}
"""Facts that stand in the header table; the rest has its place in one of the five parts of the page."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEBSITE = re.compile(r"https?://[!-~]+", re.ASCII)
_UNFIT = re.compile(r'[\\/:*?"<>|#%\s]+')


@dataclass(frozen=True, slots=True)
class Quoted:
    """An entry whose text another page shows; of one that is not disclosed there is only the link."""

    link: EntryLink
    page: str
    prefix: str
    text: Stored | None
    contents: Stored | None
    annexes: tuple[Annex, ...]

    @property
    def html(self) -> str:
        """The text as sanitised HTML, fit for the page it is shown on."""
        return transplanted(self.text.read(), self.link.address, self.page, self.prefix) if self.text else ""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the text, by the ids they have on that page."""
        found = from_lines(self.contents.read()) if self.contents else ()
        return tuple(replace(heading, id=f"{self.prefix}{heading.id}") for heading in found)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hand in an opinion: the text, and where it names one, the e-mail or web address in it."""

    before: str
    shown: str
    link: str
    after: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said, and what became of it."""

    text: str
    by: str
    adopted: Word | None
    reason: str


@dataclass(frozen=True, slots=True)
class Opinions:
    """All opinions, with how many of them met which end."""

    rows: tuple[Opinion, ...]
    totals: tuple[tuple[Word, int], ...]


@dataclass(frozen=True, slots=True)
class ConsultationPage(Content):
    """A consultation: announcement, draft, explanation, how to take part, answer.

    ``basis`` is what the consultation and its drafts are based on, ``answers`` the entries that answer it, ``results``
    what became of the draft.
    """

    document: OpenDocument
    announcement: Quoted
    is_of_draft: bool
    drafts: tuple[Quoted, ...]
    draft_files: tuple[Annex, ...]
    explanations: tuple[Quoted, ...]
    explanation_files: tuple[Annex, ...]
    basis: tuple[DetailValue, ...]
    shorten_reason: str
    ways: tuple[Way, ...]
    feedback: PartialDate | None
    opinions: Opinions
    answers: tuple[DetailValue, ...]
    results: tuple[DetailValue, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the national list, with the page of its consultations and their number; empty: all of them."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class ConsultationList(Content):
    """Consultations by state, the open ones first: of one topic, or of all; ``here`` is the address of this page."""

    here: str
    topics: tuple[Topic, ...]
    groups: tuple[tuple[Word, tuple[Entry, ...]], ...]


def consultation_page(desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    """Give the page of a consultation."""
    entry = document.entry
    drafts = tuple(_quoted(desk, document, "draft"))
    named = (desk.by_address.get(draft.link.address) for draft in drafts)
    related = [document, *(draft for draft in named if isinstance(draft, OpenDocument))]
    purpose = first(document.detail("purpose"), Word) or PURPOSES["draft"]
    here = EntryLink(entry.title, entry.address)
    content = ConsultationPage(
        document=replace(document, details=tuple(_in_the_table(document))),
        announcement=Quoted(here, entry.address, "", document.text, document.contents, document.annexes),
        is_of_draft=purpose.code == "draft",
        drafts=drafts,
        draft_files=every(document.detail("draft_files"), Annex),
        explanations=tuple(_quoted(desk, document, "explanation")),
        explanation_files=every(document.detail("explanation_files"), Annex),
        basis=tuple(_said(related, "based_on")),
        shorten_reason=first(document.detail("shorten_reason"), str) or "",
        ways=tuple(way(text, entry) for text in every(document.detail("submit_to"), str)),
        feedback=first(document.detail("feedback"), PartialDate),
        opinions=opinions(document),
        answers=tuple(_said([document], "answers-back")),
        results=tuple(_said(related, "draft_of")),
    )
    return "consultation.html", content


def consultation_lists(desk: Desk) -> Iterator[Special]:
    """Give the pages that list consultations by state: all of them, and those of each topic."""
    found = tuple(document for document in desk.of_kind(Kind.CONSULTATION) if document.entry.progress)
    if not found or SECTION not in desk.sections:
        return
    by_topic: dict[str, list[OpenDocument]] = defaultdict(list)
    names: dict[str, str] = {}
    for document in found:
        name = document.facts.topic.partition("\\")[0].strip()
        if name:
            slug = _UNFIT.sub("-", name)
            by_topic[slug].append(document)
            names.setdefault(slug, name)
    everything = f"{SECTION}/by-state.html"
    topics = (
        Topic("", everything, len(found)),
        *(Topic(names[slug], f"{SECTION}/topic-{slug}.html", len(by_topic[slug])) for slug in sorted(by_topic)),
    )
    title = desk.said("意见征集（按状态）", "Consultations by state")
    for topic in topics:
        own = by_topic[_UNFIT.sub("-", topic.name)] if topic.name else found
        content = ConsultationList(topic.address, topics, tuple(_by_state(document.entry for document in own)))
        heading = f"{title} – {topic.name}" if topic.name else title
        source = "the lists of consultations"
        yield Special(SECTION, topic.address, heading, "consultations.html", content, source, listed=not topic.name)


def current(desk: Desk) -> tuple[Entry, ...]:
    """Give the consultations that are open or still to come, those first that end or begin first."""
    entries = [document.entry for document in desk.of_kind(Kind.CONSULTATION)]
    return tuple(entry for state, group in _by_state(entries) if state.code in _CURRENT for entry in group)


def opinions(document: OpenDocument) -> Opinions:
    """Give the opinions an entry shows, and how many of them were adopted, partly adopted, and not."""
    rows = tuple(map(_opinion, every(document.detail("opinions"), Row)))
    counts = Counter(row.adopted for row in rows)
    return Opinions(rows, tuple((word, counts[word]) for word in ADOPTIONS if any(row.adopted for row in rows)))


def way(text: str, entry: Entry) -> Way:
    """Find the address in a way to take part; an e-mail begins with the title, while opinions are taken or will be."""
    email, website = _EMAIL.search(text), _WEBSITE.search(text)
    match = website or email
    if match is None or entry.progress not in _CURRENT:
        return Way(text, "", "", "")
    link = match[0] if match is website else f"mailto:{match[0]}?subject={quote(entry.title, safe='')}"
    return Way(text[: match.start()], match[0], link, text[match.end() :])


def _by_state(entries: Iterable[Entry]) -> Iterator[tuple[Word, tuple[Entry, ...]]]:
    """Group by state: what is still to come in the order of its dates, what is over newest first."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.progress:
            groups[entry.progress].append(entry)
    for state in _IN_ORDER:
        yield PROGRESSES[state], tuple(sorted(groups[state], key=_dates, reverse=state not in _CURRENT))


def _dates(entry: Entry) -> tuple[datetime.date, datetime.date]:
    period = entry.period
    starts = period.starts.first if period and period.starts else datetime.date.max
    ends = period.ends.last if period and period.ends else datetime.date.max
    return (starts, ends) if entry.progress is Progress.PLANNED else (ends, starts)


def _in_the_table(document: OpenDocument) -> Iterator[Detail]:
    return (detail for detail in document.details if detail.name in _IN_THE_TABLE)


def _quoted(desk: Desk, document: OpenDocument, field: str) -> Iterator[Quoted]:
    here = document.entry.address
    for number, link in enumerate(every(document.detail(field), EntryLink), 1):
        found = desk.by_address.get(link.address)
        prefix = f"gk-{field}-{number}-"
        if isinstance(found, OpenDocument):
            yield Quoted(link, here, prefix, found.text, found.contents, found.annexes)
        else:
            yield Quoted(link, here, prefix, None, None, ())


def _said(documents: Iterable[OpenDocument], relation: str) -> Iterator[DetailValue]:
    """Give what the documents say in a relation, each once."""
    found = [value for d in documents for detail in d.relations if detail.name == relation for value in detail.values]
    yield from dict.fromkeys(found)


def _opinion(row: Row) -> Opinion:
    return Opinion(
        first(row.detail("opinion"), str) or "",
        first(row.detail("from"), str) or "",
        first(row.detail("adopted"), Word),
        first(row.detail("reason"), str) or "",
    )
