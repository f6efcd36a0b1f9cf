"""STAGE 3: the gate. Archive in, Site out; only what was decided to be open passes.

The direction matters: an entry is shown whole only when its attribute *is* active. An attribute that is missing,
unreadable or new is private until somebody decides otherwise. Nothing beyond this module can reach the archive.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
import datetime
from functools import cache, lru_cache
import hashlib
import html as entities
import posixpath

from gkssg.archive.fields import FileRef, Record, Text, Value
from gkssg.archive.model import Archive, CleanupRow, Document
from gkssg.archive.organs import Organs
from gkssg.archive.paths import file_path, linked_files, referenced_files
from gkssg.archive.progress import progress_turns
from gkssg.archive.relations import Statement, clause_parts, relations_of
from gkssg.archive.validity import Validities, since
from gkssg.dates import PartialDate
from gkssg.markup.anchors import clauses_of, meant, quoted
from gkssg.plans import plan_gate, plan_links
from gkssg.schema import COMMON, Field, Type
from gkssg.site.model import (
    Act,
    Annex,
    ClauseLink,
    Conversion,
    Detail,
    DetailValue,
    Entry,
    EntryLink,
    Facts,
    Feedback,
    FileCopy,
    Label,
    Masthead,
    OpenDocument,
    OrganLink,
    Origin,
    Period,
    Picture,
    Plan,
    PublicDocument,
    PublicFile,
    Redirect,
    Row,
    Site,
    Succession,
    Website,
    WithheldDocument,
)
from gkssg.states import state_on
from gkssg.store import IN_MEMORY, Store, Stored
from gkssg.terms import ASPECTS, TRUTHS, Attribute, Kind, Progress, Validity, Word, ground
from gkssg.text import composed, is_web_address, relative, web_path

Measure = Callable[[str], FileCopy]
_COMMON = {field.name for field in COMMON}


def disclose(archive: Archive, today: datetime.date, language: str, measure: Measure, store: Store = IN_MEMORY) -> Site:
    """Give what anyone may read of an archive that has no errors, as on the day ``today``.

    ``measure`` gives the digest and size of a file by its path below ``content/``; it is asked for files of active
    entries only. Texts that change on their way are kept in ``store``.
    """
    gate = _Gate(archive, today, measure, store)
    documents: list[PublicDocument] = []
    introductions: list[OpenDocument] = []
    heads = {"index.html", *(section.address for top in archive.column.tree for section in top.walk())}
    for document in archive.documents:
        public = gate.public(document)
        if public.entry.address not in heads:
            documents.append(public)
        elif isinstance(public, OpenDocument):
            introductions.append(public)
    return Site(
        masthead=_masthead(archive, gate, language),
        documents=tuple(documents),
        introductions=tuple(introductions),
        files=tuple(gate.files()),
        redirects=tuple(gate.redirects()),
        organs=tuple(gate.organs()),
        empty_note=archive.column.empty_note,
        per_page=archive.column.per_page,
        search_text=archive.column.search_text,
        calendar=archive.calendar,
        origins=tuple(sorted((Origin(gate.address(d), d.path) for d in archive.documents), key=lambda o: o.address)),
        profiles=archive.column.profiles,
        today=today,
        plans=tuple(gate.plans()),
    )


def mirrored(path: str) -> str:
    """Give the address of a content file: ``content/a/b.md`` is published as ``a/b.html``."""
    return f"{composed(path).removeprefix('content/').removesuffix('.md')}.html"


@dataclass(frozen=True, slots=True)
class _Hidden:
    """How a page whose title is not open is linked: by its mirrored address in a text, and by its real one."""

    mirrored: str
    address: str


class _Gate:
    def __init__(self, archive: Archive, today: datetime.date, measure: Measure, store: Store) -> None:
        self._store = store
        self._archive = archive
        self._today = today
        self._measure = cache(measure)
        self._examined = dict(archive.examinations)
        self._links = relations_of(archive)
        self._validities = Validities(self._links)
        self._by_id = {document.id: document for document in archive.documents}
        self._organs = Organs(document for document in archive.documents if document.is_active)
        self._named: dict[str, OrganLink] = {}
        self._hidden = {
            document.path.removeprefix("content/"): _Hidden(mirrored(document.path), self.address(document))
            for document in archive.documents
            if not _title_is_open(document)
        }

    def public(self, document: Document) -> PublicDocument:
        entry = self._entry(document)
        if document.attribute is not Attribute.ACTIVE:
            known = ground(document.reason)
            reason = known.text if known else document.reason
            return WithheldDocument(entry, reason, document.review_by, tuple(self._said_about(document)))
        return OpenDocument(
            entry=entry,
            facts=_facts(document),
            conversion=_conversion(document),
            text=self._text(document),
            contents=document.body.headings,
            annexes=tuple(self._annexes(document)),
            relations=(*self._said_by(document), *self._said_about(document)),
            acts=self._acts(document),
            details=(
                *(self._detail(document, field, values) for field, values in document.details),
                *self._cleanup(document),
            ),
            ledger=plan_links(document, entry),
        )

    def address(self, document: Document) -> str:
        """Give the address of an entry; where the title is not open, one that tells nothing of the file's name."""
        if _title_is_open(document):
            return mirrored(document.path)
        section = document.categories[0].value if document.categories else ""
        name = f"withheld-{hashlib.sha256(document.id.encode()).hexdigest()[:12]}.html"
        return f"{section}/{name}" if section else name

    def organ(self, text: Text) -> OrganLink:
        """Give what an organ's name leads to: one value for all that name it."""
        if text.value not in self._named:
            self._named[text.value] = self._organ(text.value)
        return self._named[text.value]

    def _organ(self, name: str) -> OrganLink:
        found = self._organs.named(name)
        if found:
            return self._organ_page(found)
        now = self._organs.formerly(name)
        if now:
            link = self._link(now.id)
            return OrganLink(name, link.address, (Succession(link), *self._later(now)))
        named = self._by_id.get(name)
        if named is None:
            return OrganLink(name)
        return OrganLink(named.title if _title_is_open(named) else "")

    def organs(self) -> Iterator[OrganLink]:
        """Give every open organ page."""
        for document in self._archive.documents:
            if document.kind is Kind.ORGAN and document.is_active:
                yield self._organ_page(document)

    def _organ_page(self, organ: Document) -> OrganLink:
        return OrganLink(organ.title, mirrored(organ.path), tuple(self._later(organ)))

    def _later(self, organ: Document) -> Iterator[Succession]:
        for step in self._organs.later(organ):
            yield Succession(self._link(step.to.id), step.how, step.since, step.note)

    def feedback(self) -> Feedback:
        """Give where readers turn."""
        feedback = self._archive.column.feedback
        parts = feedback.supervise.parts if feedback.supervise else ()
        taken = tuple(Detail(f.name, Label(f.alias, f.label), tuple(_texts(values))) for f, values in parts if values)
        return Feedback(feedback.suggest, taken)

    def plans(self) -> Iterator[Plan]:
        """Give the ledgers of open work plans."""
        shown = plan_gate(self._archive, self._link, self.organ, self._today)
        for document in self._archive.documents:
            if document.is_active and document.ledger and document.ledger.tasks:
                yield shown.plan(document, self._entry(document), document.ledger)

    def files(self) -> Iterator[PublicFile]:
        """Give the annexes and pictures of active entries."""
        active = (document for document in self._archive.documents if document.attribute is Attribute.ACTIVE)
        paths = {path for document in active for path, _ in referenced_files(document)}
        for path in sorted(paths & self._examined.keys(), key=composed):
            file, copy = self._examined[path], self._measure(path)
            digest, size = (file.sha256, file.size) if file.sha256 else (copy.sha256, copy.size)
            value = Picture(copy, file.kind) if file.sha256 else copy
            yield PublicFile(composed(path), value, file.kind, digest, size, file.fault)

    def redirects(self) -> Iterator[Redirect]:
        for document in self._archive.documents:
            if document.attribute is Attribute.ACTIVE:
                for alias in document.aliases:
                    old = alias.value.strip("/")
                    yield Redirect(
                        old if old.endswith((".html", ".htm")) else f"{old}/index.html",
                        self._link(document.id),
                    )

    def _entry(self, document: Document) -> Entry:
        # An attribute that nobody could read is shown as withheld: the build has stopped before it could matter.
        attribute = document.attribute or Attribute.WITHHELD
        turns = (self._validities.turns(document) or progress_turns(document)) if document.is_active else ()
        state = state_on(self._today, turns)
        return Entry(
            address=self.address(document),
            kind=document.kind,
            attribute=attribute,
            title=document.title if _title_is_open(document) else "",
            doc_no=document.doc_no,
            index_no=document.index_no,
            issuers=tuple(self.organ(issuer) for issuer in document.issuers),
            written=document.written,
            published=document.published,
            validity=state if isinstance(state, Validity) else None,
            progress=state if isinstance(state, Progress) else None,
            turns=turns,
            period=_period(document) if document.is_active else None,
            sections=tuple(category.value for category in document.categories),
        )

    def _text(self, document: Document) -> Stored:
        """Give the text, with links to entries whose title is not open turned to the addresses that tell nothing."""
        turned = [self._hidden[link.target] for link in document.body.links if link.target in self._hidden]
        if not turned:
            return document.body.html
        html = document.body.html.read()
        here = mirrored(document.path)
        for hidden in turned:
            old = entities.escape(web_path(relative(hidden.mirrored, here)))
            new = entities.escape(web_path(relative(hidden.address, here)))
            for end in ('"', "#", "?"):
                html = html.replace(f'href="{old}{end}', f'href="{new}{end}')
        return self._store.put(f"{document.path} turned", html)

    def _annexes(self, document: Document) -> Iterator[Annex]:
        for file in document.annexes:
            yield self._annex(document, file)
        for path in linked_files(document):
            if path in self._examined:
                yield self._file(path, "", "")

    def _annex(self, document: Document, file: FileRef) -> Annex:
        return self._file(file_path(document, file), file.title, file.note)

    def _file(self, path: str, title: str, note: str) -> Annex:
        file = self._examined[path]
        size = file.size or self._measure(path).size
        name = composed(posixpath.basename(path))
        return Annex(title or name, note, composed(path), size, file.kind, file.width, file.height)

    def _link(self, entry_id: str) -> EntryLink:
        target = self._by_id.get(entry_id)
        if target is None:
            return EntryLink(entry_id, "")
        return EntryLink(target.title if _title_is_open(target) else "", self.address(target))

    def _clause(self, text: Text) -> ClauseLink:
        """Give a clause with its text; that of an entry which is not active was never kept, and is not read here."""
        entry_id, name = clause_parts(text)
        target = self._by_id.get(entry_id)
        if target is None or not target.is_active:
            return ClauseLink(self._link(entry_id), "", "")
        known = clauses_of(target.body.html)
        clause = meant(name, (clause.id for clause in known))
        return ClauseLink(self._link(entry_id), clause, quoted(target.body.html.read(), clause, known))

    def _said_by(self, document: Document) -> Iterator[Detail]:
        """Give what a document says about others in the fields that every kind has; the rest are its details."""
        said = [s for s in self._links.of(document) if s.field.name in _COMMON and not s.row]
        for field in dict.fromkeys(statement.field for statement in said):
            links = tuple(self._link(s.target.value) for s in said if s.field is field)
            yield Detail(field.name, _label(field.alias, field.label), links)

    def _said_about(self, document: Document) -> Iterator[Detail]:
        """Give what open entries say about a document; what others say stays with them."""
        about = (*self._links.about(document), *self._consultations(document))
        said = [statement for statement in about if statement.source.is_active]
        for label in dict.fromkeys(statement.field.back for statement in said):
            sources = dict.fromkeys(s.source.id for s in said if s.field.back == label)
            name = next(s.field.name for s in said if s.field.back == label)
            yield Detail(f"{name}-back", Label(*label), tuple(self._link(source) for source in sources))

    def _consultations(self, document: Document) -> Iterator[Statement]:
        """Give the consultations on the drafts of a document: from it readers find what was said and adopted."""
        for draft in self._links.about(document):
            if draft.field.name == "draft_of" and draft.source.is_active:
                yield from (about for about in self._links.about(draft.source) if about.field.name == "draft")

    def _acts(self, document: Document) -> tuple[Act, ...]:
        """Give what others do to a document, in the order of the days from which they do it."""
        acts = [
            Act(act.field.name, since(act.source), self._link(act.source.id)) for act in self._validities.acts(document)
        ]
        return tuple(sorted(acts, key=lambda act: act.since or PartialDate(0)))

    def _cleanup(self, document: Document) -> Iterator[Detail]:
        """Give the list of a clean-up notice as a table that leads to the documents its rows mean."""
        if document.cleanup:
            rows = tuple(Row(tuple(self._cleanup_cells(row, meant))) for row, meant in self._links.listed(document))
            yield Detail("cleanup_rows", Label("清理结果", "Clean-up results"), rows)

    def _cleanup_cells(self, row: CleanupRow, meant: tuple[Document, ...]) -> Iterator[Detail]:
        found = meant[0] if len(meant) == 1 else None
        title = self._link(found.id) if found else row.title
        number = row.doc_no or (found.doc_no if found else "")
        yield Detail("title", Label("标题", "Title"), (title,))
        yield Detail("doc_no", Label("发文字号", "Document number"), (number,) if number else ())
        yield Detail("result", Label("清理结果", "Result"), (row.result,))
        yield Detail("note", Label("备注", "Note"), (row.note,) if row.note else ())

    def _detail(self, document: Document, field: Field, values: tuple[Value, ...]) -> Detail:
        shown = tuple(self._shown(document, field, value) for value in values)
        return Detail(field.name, _label(field.alias, field.label), shown)

    def _shown(self, document: Document, field: Field, value: Value) -> DetailValue:
        match value:
            case Text() if field.type is Type.ENTRY:
                return self._link(value.value)
            case Text() if field.type is Type.CLAUSE:
                return self._clause(value)
            case Text() if field.type is Type.ORGAN:
                return self.organ(value)
            case Text():
                return value.value
            case FileRef():
                return self._annex(document, value)
            case Record():
                return Row(tuple(self._detail(document, part, values) for part, values in value.published if values))
            case PartialDate() | Word():
                return value
            case bool():
                return TRUTHS["true" if value else "false"]


@lru_cache(1024)
def _label(zh: str, en: str) -> Label:
    """Give the name of a field: one value for all that it names."""
    return Label(zh, en)


def _title_is_open(document: Document) -> bool:
    return document.is_active or document.title_open


def _texts(values: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(value.value for value in values if isinstance(value, Text))


def _period(document: Document) -> Period | None:
    if document.kind is not Kind.CONSULTATION:
        return None
    starts, ends = (
        next((value for value in document.detail(name) if isinstance(value, PartialDate)), None)
        for name in ("starts", "ends")
    )
    return Period(starts, ends) if starts or ends else None


def _facts(document: Document) -> Facts:
    return Facts(
        topic=document.topic,
        genre=document.genre,
        keywords=document.keywords,
        summary=document.summary,
        aspects=tuple(ASPECTS[code] for code in document.aspects),
        effective=document.effective,
        expires=document.expires,
        passed_at=document.passed_at,
        source=document.source,
        source_url=document.source_url if is_web_address(document.source_url) else "",
        normative=document.normative,
    )


def _conversion(document: Document) -> Conversion | None:
    record = document.converted
    if record is None:
        return None
    before = next(word.code for word in record.part("from") if isinstance(word, Word))
    date = next(date for date in record.part("date") if isinstance(date, PartialDate))
    return Conversion(Attribute(before), date, record.text("standard"), record.text("reviewer"), record.text("note"))


def _masthead(archive: Archive, gate: _Gate, language: str) -> Masthead:
    column = archive.column
    site = column.website
    return Masthead(
        name=column.name,
        organ=gate.organ(column.organ),
        base_url=column.base_url,
        website=Website(site.name, site.domain, site.id_code, site.icp, site.police, site.contact, site.find_error),
        tree=column.tree,
        language=language,
        feedback=gate.feedback(),
        letterhead=column.letterhead,
    )
