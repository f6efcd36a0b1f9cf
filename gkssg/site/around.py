"""What stands around a document in the column, gathered on its page in the order of a document's life."""

from collections.abc import Iterator
from dataclasses import dataclass

from gkssg.language import say
from gkssg.site.consultations import opinions
from gkssg.site.desk import Desk
from gkssg.site.model import (
    ClauseLink,
    Content,
    EntryLink,
    Label,
    OpenDocument,
    PublicDocument,
    Row,
    every,
    first,
)
from gkssg.site.near import Near, Note, near
from gkssg.site.versions import Versions, other_texts, versions
from gkssg.terms import Kind

_LIFE = (
    "现行文本 正式文件 所属事项 草案 意见征集 依据 贯彻 审议会议 通过会议 同一事项的材料 刊登公报"
    " 政策解读 其他文本的解读 政策问答 政策事项 配套文件的事项 引用条款 答复"
    " 据以制定 贯彻落实文件 废止 宣布失效 修改 替代"
    " 经清理继续有效 列入修改计划 被修改 被替代 被宣布失效 被废止 历史文本"
).split()
"""The names of relations as they follow one another in the life of a document; others come last."""
_OWN = {
    "draft_of": Label("正式文件", "The document it became"),
    "version_of": Label("现行文本", "Current text"),
}
"""What the other side of a relation is called where the key that states it names this side."""
_CONSULTATION = Label("意见征集", "Consultation")
_SAME_MATTER = Label("同一事项的材料", "Papers of the same dossier")
_OTHER_TEXTS = Label("其他文本的解读", "Explanations of its other texts")
_ITEMS_BELOW = Label("配套文件的事项", "Items of documents that carry it out")


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that stand in one relation to a document, oldest first."""

    label: Label
    entries: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage(Content):
    """A document with what stands around it, and its other texts."""

    document: OpenDocument
    around: tuple[Group, ...]
    versions: Versions | None


def document_page(desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    """Give the page of a document."""
    return "document.html", DocumentPage(document, around(desk, document), versions(desk, document))


def around(desk: Desk, document: OpenDocument) -> tuple[Group, ...]:
    """Give what is related to a document, and what is related to that and of use beside it."""
    found: dict[Label, dict[str, Near]] = {}
    shown = {document.entry.address}
    for detail in document.relations:
        for link in detail.values:
            other = desk.once(_Everything).at(link)
            if other:
                shown.add(other.entry.address)
                notes = tuple(_notes(document, other))
                label = _OWN.get(detail.name, detail.label)
                found.setdefault(label, {})[other.entry.address] = near(other.entry, *notes)
    for label, link, note in _further(desk, document):
        other = desk.once(_Everything).at(link)
        if other and other.entry.address not in shown:
            shown.add(other.entry.address)
            notes = (*([note] if note else ()), *_notes(document, other))
            found.setdefault(label, {})[other.entry.address] = near(other.entry, *notes)
    return tuple(_ordered(found))


class _Everything:
    """Every entry by its address, the introductions of sections too."""

    def __init__(self, desk: Desk) -> None:
        every: tuple[PublicDocument, ...] = (*desk.site.documents, *desk.site.introductions)
        self._entries = {document.entry.address: document for document in every}

    def at(self, link: object) -> PublicDocument | None:
        return self._entries.get(link.address) if isinstance(link, EntryLink) else None


def _ordered(found: dict[Label, dict[str, Near]]) -> Iterator[Group]:
    named = {label.zh: entries for label, entries in found.items()}
    told = {address for name in ("政策问答", "政策事项") for address in named.get(name, ())}
    for label in sorted(found, key=lambda label: _LIFE.index(label.zh) if label.zh in _LIFE else len(_LIFE)):
        entries = [one for one in found[label].values() if label.zh != "引用条款" or one.address not in told]
        if entries:
            yield Group(label, tuple(sorted(entries, key=lambda one: (str(one.when or ""), one.address))))


def _further(desk: Desk, document: OpenDocument) -> Iterator[tuple[Label, EntryLink, str]]:
    """Give what is related to the related, with a word on what it is."""
    for draft in _related(desk, document, "draft_of-back"):
        yield from ((_CONSULTATION, link, "") for link in _links(draft, "draft-back"))
    for dossier in _related(desk, document, "entry-back"):
        for row in every(dossier.detail("stages"), Row):
            stage = first(row.detail("stage"), str) or ""
            yield from ((_SAME_MATTER, link, stage) for link in every(row.detail("entry"), EntryLink))
    for text in other_texts(desk, document.entry.address):
        yield from ((_OTHER_TEXTS, link, "") for link in _links(text, "interprets-back"))
    for below in _related(desk, document, "implements-back"):
        for one in _related(desk, below, "of-back"):
            if one.entry.kind is Kind.ITEM:
                yield _ITEMS_BELOW, EntryLink(one.entry.title, one.entry.address), ""


def _links(document: OpenDocument, name: str) -> Iterator[EntryLink]:
    for detail in document.relations:
        if detail.name == name:
            yield from every(detail.values, EntryLink)


def _related(desk: Desk, document: OpenDocument, name: str) -> Iterator[OpenDocument]:
    for link in _links(document, name):
        other = desk.once(_Everything).at(link)
        if isinstance(other, OpenDocument):
            yield other


def _notes(document: OpenDocument, other: PublicDocument) -> Iterator[Note]:
    """Say what a reader of the document wants to know of another entry before opening it."""
    if not isinstance(other, OpenDocument):
        return
    links = every(other.detail("clauses"), ClauseLink)
    quoted = tuple(link.clause for link in links if link.entry.address == document.entry.address and link.clause)
    if quoted:
        yield say("quotes {clauses}", clauses=quoted)
    if other.entry.kind is Kind.CONSULTATION:
        if other.entry.period:
            yield other.entry.period
        told = opinions(other)
        if told.rows:
            outcomes = tuple(say("{outcome} {number}", outcome=word, number=number) for word, number in told.totals)
            yield say("{count} opinions: {outcomes}", count=len(told.rows), outcomes=outcomes)
