"""Texts of one document at different times: its historic texts (历史文本), what it replaced, and what replaced it.

Two texts that follow one another have a page that compares them, at the newer one's address: ``a.compare-1.html``.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gkssg.dates import PartialDate
from gkssg.markup.compare import Comparison, compare
from gkssg.site.desk import Desk, Special
from gkssg.site.model import Content, EntryLink, Label, OpenDocument, every
from gkssg.site.near import Near, near
from gkssg.store import Stored
from gkssg.terms import Attribute, Kind

_UNDATED = PartialDate(0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that follow one another, and the address of the page that compares them."""

    old: OpenDocument
    new: OpenDocument
    address: str


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a document; ``comparisons`` are those with the texts before it."""

    text: Near
    is_historic: bool
    comparisons: tuple[EntryLink, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a document on a day, with the entry that it happened by or to, if there is one."""

    when: PartialDate | None
    what: tuple[Label, ...]
    by: EntryLink | None


@dataclass(frozen=True, slots=True)
class Versions:
    """The texts of a document, oldest first, with what happened to it; ``current``: of what it is a historic text."""

    texts: tuple[Version, ...]
    history: tuple[Event, ...]
    current: EntryLink | None


@dataclass(frozen=True, slots=True)
class ComparePage(Content):
    """Two texts of a document, side by side; they are compared when the page is made."""

    old: Near
    new: Near
    old_text: Stored
    new_text: Stored

    @property
    def comparison(self) -> Comparison:
        """What differs."""
        return compare(self.old_text.read(), self.new_text.read())


def versions(desk: Desk, document: OpenDocument) -> Versions | None:
    """Give the texts and the history of a document; None where there is one text, and nothing happened to it."""
    families = desk.once(_Families)
    address = document.entry.address
    texts = families.texts(address)
    if len(texts) == 1 and not document.acts and not document.conversion:
        return None
    current = families.current.get(address)
    link = EntryLink(current.entry.title, current.entry.address) if current else None
    return Versions(tuple(_version(families, text) for text in texts), _history(document, texts), link)


def version_pages(desk: Desk) -> Iterator[Special]:
    """Give the pages that compare two texts of one document."""
    for pair in desk.once(_Families).pairs:
        new = pair.new.entry
        section = desk.section_of(new)
        title = desk.said(f"文本对比：{new.title}", f"Comparison of texts: {new.title}")
        content = ComparePage(
            near(pair.old.entry.stateless), near(pair.new.entry.stateless), pair.old.text, pair.new.text
        )
        source = desk.origins.get(new.address, new.address)
        yield Special(section, pair.address, title, "compare.html", content, source, listed=False)


def other_texts(desk: Desk, address: str) -> tuple[OpenDocument, ...]:
    """Give the texts of a document other than this one."""
    return tuple(text for text in desk.once(_Families).texts(address) if text.entry.address != address)


class _Families:
    """Which documents are texts of one another."""

    def __init__(self, desk: Desk) -> None:
        self._documents = {d.entry.address: d for d in desk.of_kind(Kind.DOCUMENT)}
        newer = {address: said[0] for address, d in self._documents.items() if (said := self._said(d, "version_of"))}
        self._joined: dict[str, list[str]] = defaultdict(list)
        self._historic: dict[str, list[OpenDocument]] = defaultdict(list)
        self.current: dict[str, OpenDocument] = {}
        for address in newer:
            current = address
            while current in newer:  # relation_is_not_circular has looked at it
                current = newer[current]
            self.current[address] = self._documents[current]
            self._historic[current].append(self._documents[address])
            self._join(address, current)
        self.before: dict[str, list[Pair]] = defaultdict(list)
        for pair in self._pairs():
            self.before[pair.new.entry.address].append(pair)
            self._join(pair.old.entry.address, pair.new.entry.address)
        self.pairs = tuple(pair for pairs in self.before.values() for pair in pairs)

    def texts(self, address: str) -> tuple[OpenDocument, ...]:
        """Give every text that belongs together with this one, oldest first."""
        if address not in self._joined:
            return (self._documents[address],)
        seen, ahead = {address}, [address]
        while ahead:
            new = [other for other in self._joined.get(ahead.pop(), ()) if other not in seen]
            seen.update(new)
            ahead += new
        return tuple(sorted((self._documents[one] for one in seen), key=self._age))

    def _said(self, document: OpenDocument, name: str) -> tuple[str, ...]:
        links = next((every(detail.values, EntryLink) for detail in document.relations if detail.name == name), ())
        return tuple(link.address for link in links if link.address in self._documents)

    def _join(self, one: str, other: str) -> None:
        self._joined[one].append(other)
        self._joined[other].append(one)

    def _age(self, document: OpenDocument) -> tuple[PartialDate, bool, str]:
        entry = document.entry
        return entry.written or entry.published or _UNDATED, entry.address not in self.current, entry.address

    def _pairs(self) -> Iterator[Pair]:
        for address, document in self._documents.items():
            if address in self.current:
                continue
            own = [*sorted(self._historic[address], key=self._age), document]
            replaced = [(self._documents[old], own[0]) for old in self._said(document, "replaces")]
            counts: dict[str, int] = defaultdict(int)
            for old, new in (*replaced, *pairwise(own)):
                base = new.entry.address.removesuffix(".html")
                counts[base] += 1
                yield Pair(old, new, f"{base}.compare-{counts[base]}.html")


def _version(family: _Families, text: OpenDocument) -> Version:
    address = text.entry.address
    compared = tuple(EntryLink(pair.old.entry.title, pair.address) for pair in family.before.get(address, ()))
    return Version(near(text.entry), address in family.current, compared)


_DOES = {
    "repeals": Label("废止", "Repeals"),
    "amends": Label("修改", "Amends"),
    "replaces": Label("替代", "Replaces"),
    "terminates": Label("宣布失效", "Declares expired"),
}
_IS_DONE = {
    "repeals": Label("被废止", "Repealed"),
    "amends": Label("被修改", "Amended"),
    "replaces": Label("被替代", "Replaced"),
    "terminates": Label("被宣布失效", "Declared expired"),
    "keeps": Label("经清理继续有效", "Found to stay in force"),
    "to_amend": Label("列入修改计划", "To be amended"),
}

_IS_OPENED = {
    Attribute.ON_REQUEST: Label("由依申请公开转为主动公开", "Disclosed; it was given on request before"),
    Attribute.WITHHELD: Label("由不予公开转为主动公开", "Disclosed; it was withheld before"),
}


def _history(document: OpenDocument, texts: tuple[OpenDocument, ...]) -> tuple[Event, ...]:
    """Give what happened to a document and its other texts, in order; what one act did on one day is one event."""
    told: dict[tuple[PartialDate | None, EntryLink | None], list[Label]] = defaultdict(list)
    for when, what, by in _events(document, texts):
        told[when, by or EntryLink(what.zh, "")].append(what)
    events = (Event(when, tuple(what), by if by and by.address else None) for (when, by), what in told.items())
    return tuple(sorted(events, key=lambda event: event.when or _UNDATED))


def _events(
    document: OpenDocument, texts: tuple[OpenDocument, ...]
) -> Iterator[tuple[PartialDate | None, Label, EntryLink | None]]:
    """Give what happened to a document and its other texts, in no order."""
    entry, facts = document.entry, document.facts
    for text in texts:
        issued = text.entry.written or text.entry.published
        link = None if text is document else EntryLink(text.entry.title, text.entry.address)
        yield issued, Label("印发", "Issued"), link
    if entry.written and entry.published and str(entry.published)[:10] != str(entry.written):
        yield entry.published, Label("在本专栏发布", "Published here"), None
    if document.conversion:
        yield document.conversion.date, _IS_OPENED[document.conversion.before], None
    if facts.effective:
        yield facts.effective, Label("施行", "In force"), None
    for detail in document.relations:
        if detail.name in _DOES:
            begun = facts.effective or entry.published or entry.written
            yield from ((begun, _DOES[detail.name], by) for by in every(detail.values, EntryLink))
    for act in document.acts:
        yield act.since, _IS_DONE[act.field], act.by
    if facts.expires:
        yield facts.expires, Label("有效期至这一天", "Last day in force"), None
