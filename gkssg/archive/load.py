"""STAGE 1: ``content/`` → :class:`Archive`. Reading never raises; all faults of all files come back at once.

What an active file says is found again in the store while the file stays as it was; nothing of the others is kept.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
import hashlib
from pathlib import Path
import re

from gkssg.archive.approval import with_digest, wording
from gkssg.archive.calendar import load_calendar
from gkssg.archive.cleanup import with_cleanup
from gkssg.archive.config import load_column
from gkssg.archive.exempt import allowances
from gkssg.archive.fields import FileRef, Items, Record, Text, Values, missing, parse
from gkssg.archive.files import examinations
from gkssg.archive.frontmatter import split
from gkssg.archive.gist import Gist, gist_of
from gkssg.archive.known import Known, Read, unpacked
from gkssg.archive.ledger import ledger_of, with_tables
from gkssg.archive.marks import mark_problems
from gkssg.archive.model import Archive, BodyText, Column, Document, Relation
from gkssg.archive.passage import IN_FORCE, Passage
from gkssg.archive.personal import (
    text_bears_no_secrecy_mark,
    text_is_free_of_personal_data,
    without_personal_data,
)
from gkssg.archive.pictures import picture_problems
from gkssg.archive.publishlog import load_log
from gkssg.archive.source import Source, read, survey
from gkssg.archive.wording import wording_problems
from gkssg.archive.words import WrongWord, all_words
from gkssg.docno import parse_doc_no
from gkssg.language import say
from gkssg.markup.body import Body, as_lines
from gkssg.markup.convert import convert
from gkssg.problem import Place, Problem, Severity
from gkssg.processes import workers
from gkssg.profiles import PROFILES, Profile, vocabulary
from gkssg.schema import DETAILS, fields_of
from gkssg.sections import home_of
from gkssg.store import IN_MEMORY, Store, held
from gkssg.terms import GROUNDS, KINDS, Attribute, Kind, Validity, Word
from gkssg.text import composed
from gkssg.values import pickled

RELATIONS = (
    "repeals",
    "amends",
    "replaces",
    "terminates",
    "based_on",
    "implements",
    "interprets",
    "draft_of",
    "answers",
    "version_of",
    "evaluates",
)
Progress = Callable[[int, int], None]
_FEW = 64
_WORD = re.compile(r"(?:^|>)\s*[^<\s]")
_CHUNK = 32


def load(
    root: Path, jobs: int = 1, store: Store = IN_MEMORY, progress: Progress = lambda _done, _all: None
) -> tuple[Archive, tuple[Problem, ...]]:
    """Read the column in the folder ``root`` with ``jobs`` processes; texts are kept in ``store``.

    ``progress`` is told how many files are read, and of how many. Raises StoreError when the store is broken.
    """
    column, problems = load_column(root)
    folder = survey(root / "content")
    calendar, faulty = load_calendar(root, folder.files)
    known = Known(root, store, _context(column))
    found = known.find(folder.pages)
    one = partial(_read_file, root, column, store)
    changed = tuple(path for path in folder.pages if path not in found)
    for path, fresh in zip(changed, _each(one, changed, jobs), strict=True):
        for name, text in fresh.texts:
            store.put(name, text)
        found[path] = known.keep(path, fresh.read, fresh.sha256)
        progress(len(found), len(folder.pages))
    known.close()
    reads = [_completed(root, *found[path]) for path in folder.pages]
    of_files = tuple(problem for _, faults in reads for problem in faults)
    documents = tuple(document for document, _ in reads)
    examined = examinations(root, documents, folder.files, jobs, store)
    log, unread = load_log(root)
    archive = Archive(column, documents, folder.files, calendar, examined, log)
    return archive, (*problems, *folder.problems, *faulty, *unread, *of_files)


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What a file says, as it comes from the process that read it.

    ``read`` is a pickled :data:`Read`, ``texts`` are those it takes for granted in the store, with their names;
    ``sha256`` is the digest of the file's bytes, or empty where they were not read.
    """

    read: bytes
    texts: tuple[tuple[str, str], ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Reread:
    """What a file said and what was wrong with it, and what it says and what is wrong now; without files beside it."""

    before: Document
    faults_before: tuple[Problem, ...]
    after: Document
    faults: tuple[Problem, ...]


def reread(root: Path, column: Column, path: str, store: Store, told: Iterable[Problem]) -> Reread | None:
    """Read a file again of which nothing but the text may have changed.

    ``path`` is counted from ``content/``; ``told`` is what was reported of the file: where rules about several files
    found something in it, perhaps of a link, the lines matter. What it says is kept in the store. Gives None, and keeps
    nothing, where more has changed, or where the store does not know the file.
    """
    known = Known(root, store, _context(column))
    last = known.last(path)
    if last is None:
        return None
    before, faults = last
    if known.stays(path):
        known.save()
        return Reread(before, faults, before, faults)
    fresh = _read_file(root, column, store, path)
    after, new_faults = unpacked(fresh.read)
    lines_matter = not {replace(problem, quotable=False) for problem in told}.issubset(faults)
    if not _differ_in_text_alone(before, after, lines_matter=lines_matter):
        return None
    for name, text in fresh.texts:
        store.put(name, text)
    known.keep(path, fresh.read, fresh.sha256)
    known.save()
    return Reread(before, faults, after, new_faults)


def _differ_in_text_alone(before: Document, after: Document, *, lines_matter: bool) -> bool:
    """Tell whether documents are equal but for the words of their texts, and perhaps the lines that links stand in."""
    links = (document.body.links for document in (before, after))
    old, new = links if lines_matter else (tuple(replace(link, place=Place("")) for link in some) for some in links)
    same = replace(before.body, is_empty=after.body.is_empty, has_words=after.body.has_words)
    meant = replace(after, body=before.body, gist=before.gist)
    return (
        old == new
        and same == before.body
        and meant == before
        and _are_alike(before.gist, after.gist, lines_matter=lines_matter)
    )


def _are_alike(old: Gist, new: Gist, *, lines_matter: bool) -> bool:
    """Tell whether rules about several texts find the same; where they found something, nothing may have changed."""
    if lines_matter:
        return old == new
    return old.names == new.names and [text.value for text in old.cites] == [text.value for text in new.cites]


def _sections(column: Column) -> tuple[str, ...]:
    return tuple(section.id for top in column.tree for section in top.walk())


def _context(column: Column) -> str:
    """Give what stands for the settings of the column that decide on what a file says, and on what is wrong with it."""
    profiles = (f"{profile.id} {profile.zh} {profile.en}" for profile in column.profiles)
    settings = (*_sections(column), *profiles, *map(repr, column.words))
    return hashlib.sha256("\n".join(settings).encode()).hexdigest()[:16]


def _each(one: Callable[[str], _Fresh], paths: tuple[str, ...], jobs: int) -> Iterator[_Fresh]:
    if jobs <= 1 or len(paths) < _FEW:
        yield from map(one, paths)
        return
    with workers(jobs) as pool:
        yield from pool.map(one, paths, chunksize=_CHUNK)


def _read_file(root: Path, column: Column, store: Store, path: str) -> _Fresh:
    source = read(root / "content" / path, f"content/{path}")
    document, problems = read_document(source, _sections(column), column.profiles, column.words)
    names = (f"{document.path} {name}" for name in ("html", "headings", "anchors"))
    texts = dict(zip(names, document.body.texts, strict=True))
    html, headings, anchors = (store.promised(name, text) for name, text in texts.items())
    document = replace(document, body=replace(document.body, html=html, headings=headings, anchors=anchors))
    given = tuple((name, text.held) for name, text in texts.items() if text.held)
    return _Fresh(pickled((document, problems)), given, source.sha256)


def _completed(root: Path, document: Document, problems: tuple[Problem, ...]) -> Read:
    """Add what lies beside a content file; it may change while that one does not."""
    with_ledger, faults = with_tables(document, root)
    with_list, others = with_cleanup(with_ledger, root)
    return with_digest(with_list, root), (*problems, *faults, *others)


def read_document(
    source: Source,
    sections: Iterable[str] = (),
    profiles: tuple[Profile, ...] = PROFILES,
    words: tuple[WrongWord, ...] = (),
) -> Read:
    """Turn the text of a content file into a document and its problems.

    What a file that is not active says is quoted in no problem: logs are read by others.
    """
    if not source.text and source.problems:
        return _document(source.path, Kind.DOCUMENT, Values(()), _kept(Body(), is_active=False), sections), (
            source.problems
        )
    front = split(source.text, source.path)
    kind = _kind(front.items)
    table = fields_of(kind, vocabulary(profiles))
    values, faults = parse(front.items, table, source.path)
    body = convert(front.body, source.path, front.body_line)
    kept = _kept(body, is_active=values.code("attribute") == Attribute.ACTIVE)
    document = _document(source.path, kind, values, kept, sections)
    if document.is_active and document.detail("ledger"):
        document = replace(document, ledger=ledger_of(document))
    if document.is_active and document.reviews:
        document = replace(document, wording=wording(front.items, front.body))
    problems: list[Problem] = [*source.problems, *front.problems, *faults, *body.problems]
    if front.items:
        problems += missing(values, table, Place(source.path, 2))
        problems += _reason_problems(document)
        problems += _doc_no_problems(document)
        problems += mark_problems(document, front.body, front.body_line)
        problems += text_is_free_of_personal_data(document, source.text, front)
        problems += text_bears_no_secrecy_mark(document, source.text, front)
        passage = Passage(front.body, document.path, front.body_line, is_old=_is_old(document))
        problems += wording_problems(document, passage, all_words(words))
        problems += picture_problems(passage)
        if document.is_active:
            document = replace(document, gist=gist_of(passage))
    document = replace(document, allowances=tuple(allowances(source.text, source.path)))
    if not document.is_active:
        problems = [problem.without_quotes() for problem in problems]
    return document, tuple(without_personal_data(problems, source.text))


def _kept(body: Body, *, is_active: bool) -> BodyText:
    """Give what a body has to show; no word of an entry that is not active is kept anywhere."""
    html = body.html if is_active else ""
    return BodyText(
        html=held(html),
        headings=held(as_lines(body.headings) if is_active else ""),
        anchors=held("\n".join(sorted(body.anchors)) if is_active else ""),
        links=body.links,
        is_empty=not html.strip(),
        has_words=bool(_WORD.search(html)),
    )


def _document(path: str, kind: Kind, values: Values, body: BodyText, sections: Iterable[str]) -> Document:
    inside = composed(path.removeprefix("content/"))
    attribute, validity = values.code("attribute"), values.code("validity")
    home = home_of(inside, sections)
    categories = values.all("category", Text) or ((Text(home, Place(path)),) if home else ())
    number = parse_doc_no(values.text("doc_no"))
    own = {field.name for field in DETAILS[kind]}
    places = {field.name: place for field, _, place in values.items}
    return Document(
        path=path,
        id=values.text("id") or inside.removesuffix(".md"),
        kind=kind,
        attribute=Attribute(attribute) if attribute else None,
        title=values.text("title"),
        title_open=values.flag("title_open", default=True),
        reason=values.text("reason"),
        review_by=values.date("review_by"),
        converted=values.one("converted", Record),
        categories=categories,
        doc_no=str(number) if number else values.text("doc_no"),
        typed_doc_no=values.text("doc_no"),
        index_no=values.text("index_no"),
        issuers=values.all("issuer", Text),
        written=values.date("written"),
        published=values.date("published"),
        effective=values.date("effective"),
        expires=values.date("expires"),
        validity=Validity(validity) if validity else None,
        normative=values.flag("normative", default=False),
        relations=tuple(Relation(name, text) for name in RELATIONS for text in values.all(name, Text)),
        topic=values.text("topic"),
        genre=values.text("genre"),
        keywords=values.texts("keywords"),
        summary=values.text("summary"),
        aspects=tuple(word.code for word in values.all("aspect", Word)),
        passed_at=values.text("passed_at"),
        source=values.text("source"),
        source_url=values.text("source_url"),
        annexes=values.all("annexes", FileRef),
        aliases=values.all("aliases", Text),
        reviews=values.all("reviews", Record),
        details=tuple((field, found) for field, found, _ in values.items if field.name in own and found),
        body=body,
        places=" ".join(f"{name} {place.line} {place.column}" for name, place in places.items()),
    )


def _is_old(document: Document) -> bool:
    written = document.written or document.published
    return written is not None and written.first < IN_FORCE


def _kind(items: Items) -> Kind:
    """Find the kind before the other fields are read, since it says which there are."""
    for key, node in items:
        if key.value.strip() in {"kind", "种类"} and isinstance(node.value, str):
            word = KINDS.find(node.value)
            return Kind(word.code) if word else Kind.DOCUMENT
    return Kind.DOCUMENT


def _reason_problems(document: Document) -> Iterator[Problem]:
    if document.attribute in {Attribute.ON_REQUEST, Attribute.WITHHELD} and not document.reason:
        message = say("an entry that is not disclosed needs a reason")
        grounds = tuple(known.code for known in GROUNDS)
        hint = say("reason（理由）: one of {grounds}, or a text", grounds=grounds)
        yield Problem(document.place("attribute"), "reason-missing", message, hint)


def _doc_no_problems(document: Document) -> Iterator[Problem]:
    typed = document.typed_doc_no
    if typed and parse_doc_no(typed) and "".join(typed.split()) != document.doc_no:
        message = say("the document number “{found}” is not written as the standard has it", found=typed)
        hint = say("it is shown as {number} (GB/T 9704-2012, 7.2.5)", number=say("{found}", found=document.doc_no))
        yield Problem(document.place("doc_no"), "doc-no-form", message, hint, Severity.WARNING)
