"""Rules about links between entries, in texts and in front matter."""

from collections.abc import Iterator
import datetime
import re

from gkssg.archive.fields import Record, Text, Value
from gkssg.archive.model import Archive, Document
from gkssg.language import say
from gkssg.markup.body import from_lines
from gkssg.problem import Problem
from gkssg.schema import Field, Type
from gkssg.text import nearest, nearest_path, relative

_ALIAS = re.compile(r"/?[^\\:*?\"<>|#\x00-\x1f]+")


def link_leads_somewhere(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every link of a text leads to a content file or a section, and to a heading that is there."""
    documents = {document.path.removeprefix("content/"): document for document in archive.documents}
    heads = {f"{section.id}/index.md" for top in archive.column.tree for section in top.walk()} | {"index.md"}
    for document in archive.documents:
        for link in document.body.links:
            target = link.target.removesuffix(".html") + ".md" if link.target.endswith(".html") else link.target
            found = documents.get(target) if target else document
            if target and not target.endswith(".md"):
                continue  # a file; checked with the annexes
            if found is None and target not in heads:
                meant = nearest_path(
                    target, (path for path, other in documents.items() if other.is_active and other is not document)
                )
                message = say("the link “{found}” leads nowhere", found=link.href)
                hint = (
                    say("did you mean “{found}”?", found=relative(meant, document.path.removeprefix("content/")))
                    if meant
                    else say("there is no content/{found}", found=target)
                )
                yield Problem(link.place, "link-broken", message, hint)
            elif found is not None and link.fragment and not found.is_active:
                if found is not document:
                    message = say("the entry this link leads to is not disclosed; its parts cannot be linked to")
                    yield Problem(link.place, "link-anchor", message, say("leave out what stands behind the #"))
            elif found is not None and link.fragment and link.fragment not in found.body.anchors.read().split("\n"):
                message = say("there is no heading “{found}” where the link leads", found=link.fragment)
                anchors = ", ".join(heading.id for heading in from_lines(found.body.headings.read())[:5])
                hint = (
                    say("the first headings there are: {found}", found=anchors)
                    if anchors
                    else say("it has no headings")
                )
                yield Problem(link.place, "link-anchor", message, hint)


def reference_is_known(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every id in front matter is the id of an entry."""
    known = {document.id for document in archive.documents}
    for document in archive.documents:
        for text in _references(document):
            if text.value not in known:
                meant = nearest(text.value, (d.id for d in archive.documents if d.is_active))
                message = say("there is no entry with the id “{found}”", found=text.value)
                hint = (
                    say("did you mean “{found}”?", found=meant)
                    if meant
                    else say(
                        "an id is the path below content/ without .md, unless the entry has an id（编号）of its own"
                    )
                )
                yield Problem(text.place, "reference", message, hint)


def alias_is_an_address(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An old address stays inside the column."""
    for document in archive.documents:
        for alias in document.aliases:
            parts = alias.value.split("/")
            if not _ALIAS.fullmatch(alias.value) or ".." in parts or "." in parts:
                message = say("“{found}” cannot be an old address", found=alias.value)
                hint = say("write the path below the column's root, as old/page.html")
                yield Problem(alias.place, "alias", message, hint)


def _references(document: Document) -> Iterator[Text]:
    for relation in document.relations:
        yield relation.target
    for field, values in document.details:
        yield from _entry_texts(field, values)


def _entry_texts(field: Field, values: tuple[Value, ...]) -> Iterator[Text]:
    for value in values:
        if isinstance(value, Record):
            for part, inner in value.parts:
                yield from _entry_texts(part, inner)
        elif isinstance(value, Text) and field.type is Type.ENTRY:
            yield value
