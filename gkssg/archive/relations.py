"""Who says what about whom. A relation is stated once, on one side, and known from both.

It is stated by the fields of the table that hold ids (``repeals``, a dossier's stages, a gazette's contents …), by
``passed_at`` where that names a meeting of the column, and by the rows of a clean-up notice's list.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from gkssg.archive.cleanup import Finder
from gkssg.archive.fields import Record, Text, Value
from gkssg.archive.model import Archive, CleanupRow, Document
from gkssg.schema import COMMON, OF_LISTS, Field, Type, field_named
from gkssg.terms import Kind


@dataclass(frozen=True, slots=True)
class Statement:
    """``source`` says in ``field`` something about the entry whose id ``target`` is; ``row``: in its clean-up list."""

    source: Document
    field: Field
    target: Text
    row: bool = False


class Relations:
    """All statements of an archive, by either side. Ids that no entry has are left to the checks."""

    def __init__(self, archive: Archive) -> None:
        self._meetings = _meetings(archive)
        self._finder = Finder(archive.documents if any(d.cleanup for d in archive.documents) else ())
        self._about: dict[str, list[Statement]] = defaultdict(list)
        for document in archive.documents:
            for statement in self.of(document):
                self._about[statement.target.value].append(statement)

    def of(self, document: Document) -> Iterator[Statement]:
        """Give what a document says about others, in the order of its file."""
        yield from statements(document)
        meeting = self._meetings.get(document.passed_at)
        if meeting:
            field = _common("passed_at")
            yield Statement(document, field, Text(meeting, document.place("passed_at")))
        for row, meant in self.listed(document):
            if len(meant) == 1:
                yield Statement(document, _FIELDS_OF_ROWS[row.result.code], Text(meant[0].id, row.place), row=True)

    def listed(self, document: Document) -> Iterator[tuple[CleanupRow, tuple[Document, ...]]]:
        """Give the rows of a document's clean-up list, each with the documents it may mean."""
        for row in document.cleanup:
            yield row, self._finder.find(document, row)

    def about(self, document: Document) -> tuple[Statement, ...]:
        """Give what others say about a document, in the order of their files."""
        return tuple(self._about.get(document.id, ()))


_FOUND: WeakKeyDictionary[Archive, Relations] = WeakKeyDictionary()


def relations_of(archive: Archive) -> Relations:
    """Give the relations of an archive, which are found once."""
    if archive not in _FOUND:
        _FOUND[archive] = Relations(archive)
    return _FOUND[archive]


def statements(document: Document) -> Iterator[Statement]:
    """Give what the fields of a document that hold ids say."""
    for relation in document.relations:
        yield Statement(document, _common(relation.field), relation.target)
    for field, values in document.details:
        for part, text in _references(field, values):
            yield Statement(document, part, text)


def _references(field: Field, values: tuple[Value, ...]) -> Iterator[tuple[Field, Text]]:
    if field.type is Type.RECORD:
        for value in values:
            for part, inner in value.published if isinstance(value, Record) else ():
                yield from _references(part, inner)
    elif field.type is Type.ENTRY:
        yield from ((field, value) for value in values if isinstance(value, Text))
    elif field.type is Type.CLAUSE:
        yield from ((field, Text(clause_parts(v)[0], v.place)) for v in values if isinstance(v, Text))


def clause_references(document: Document) -> Iterator[Text]:
    """Give the references of a document to clauses of others."""
    for field, values in document.details:
        yield from (value for value in values if field.type is Type.CLAUSE and isinstance(value, Text))


def clause_parts(text: Text) -> tuple[str, str]:
    """Part a reference to a clause into the id of the entry and the name of the clause; empty where there is none."""
    entry_id, _, name = text.value.partition("#")
    return entry_id.strip(), name.strip()


def _common(name: str) -> Field:
    field = field_named(COMMON + OF_LISTS, name)
    assert field is not None, name  # noqa: S101  (the names are those of the tables)
    return field


_FIELDS_OF_ROWS = {
    "repeal": _common("repeals"),
    "end": _common("terminates"),
    "keep": _common("keeps"),
    "amend": _common("to_amend"),
}


def _meetings(archive: Archive) -> dict[str, str]:
    """Give the ids of meetings by every name that only one of them has."""
    named: dict[str, set[str]] = defaultdict(set)
    for document in archive.documents:
        if document.kind is Kind.MEETING:
            session = next((text.value for text in document.detail("session") if isinstance(text, Text)), "")
            for name in filter(None, (document.id, document.title, session)):
                named[name].add(document.id)
    return {name: ids.pop() for name, ids in named.items() if len(ids) == 1}
