"""Rules about links between entries, in texts and in front matter."""

from collections import defaultdict
from collections.abc import Iterator
import datetime
from functools import cache
import re

from gkssg.archive.model import Archive, Document
from gkssg.archive.relations import Statement, clause_parts, clause_references, statements
from gkssg.language import Message, say
from gkssg.markup.anchors import clauses_of, meant
from gkssg.markup.body import from_lines
from gkssg.problem import Problem
from gkssg.sections import FIXED_PAGES
from gkssg.text import nearest, nearest_path, relative

_ALIAS = re.compile(r"/?[^\\:*?\"<>|#\x00-\x1f]+")


def link_leads_somewhere(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every link of a text leads to a content file or a section, and to a heading that is there."""
    documents = {document.path.removeprefix("content/"): document for document in archive.documents}
    heads = {f"{section.id}/index.md" for top in archive.column.tree for section in top.walk()} | {"index.md"}
    opened = [path for path, document in documents.items() if document.is_active]
    likely = cache(lambda target: nearest_path(target, opened))
    for document in archive.documents:
        here = document.path.removeprefix("content/")
        for link in document.body.links:
            target = link.target.removesuffix(".html") + ".md" if link.target.endswith(".html") else link.target
            found = documents.get(target) if target else document
            if link.target in FIXED_PAGES or (target and not target.endswith(".md")):
                continue  # a page without a content file; or a file, which is checked with the annexes
            if found is None and target not in heads:
                meant = likely(target)
                if meant == here:
                    meant = nearest_path(target, (path for path in opened if path != here))
                message = say("the link “{found}” leads nowhere", found=link.href)
                hint = (
                    say("did you mean “{found}”?", found=relative(meant, here))
                    if meant
                    else say("there is no content/{found}", found=target)
                )
                yield Problem(link.place, "link-broken", message, hint)
            elif found is not None and link.fragment and not found.is_active:
                if found is not document:
                    message = say("the entry this link leads to is not disclosed; its parts cannot be linked to")
                    yield Problem(link.place, "link-anchor", message, say("leave out what stands behind the #"))
            elif found is not None and link.fragment and link.fragment not in found.body.anchors.read().split("\n"):
                message = say("there is no heading or clause “{found}” where the link leads", found=link.fragment)
                yield Problem(link.place, "link-anchor", message, _nearest_part(found, link.fragment))


_NO_CLAUSES = say("its text has no numbered clauses: 第一条, 一、 or （一） at the beginning of a paragraph")


def _nearest_part(document: Document, name: str) -> Message:
    near = nearest(name, filter(None, document.body.anchors.read().split("\n")))
    headings = ", ".join(heading.id for heading in from_lines(document.body.headings.read())[:5])
    if near:
        return say("did you mean “{found}”?", found=near)
    if headings:
        return say("the first headings there are: {found}", found=headings)
    return say("it has no headings")


def clause_is_there(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A clause that a question or an item rests on (依据条款) is one of an open entry's text."""
    known = {document.id: document for document in archive.documents}
    for document in archive.documents:
        for text in clause_references(document):
            entry_id, name = clause_parts(text)
            target = known.get(entry_id)
            if target is None:
                continue  # told by reference_is_known
            if not name:
                message = say("“{found}” names no clause", found=text.value)
                hint = say("write the clause behind a #, as {found}", found=f"{entry_id}#第五条第二款")
                yield Problem(text.place, "clause", message, hint)
            elif not target.is_active:
                message = say("the entry is not disclosed; its clauses cannot be quoted")
                hint = say("name it in of（所属政策）, and leave the clause out")
                yield Problem(text.place, "clause", message, hint)
            elif not meant(name, there := [clause.id for clause in clauses_of(target.body.html)]):
                message = say("there is no clause “{found}”", found=text.value)
                near = nearest(name, there) or next(iter(there), "")
                hint = say("did you mean “{found}”?", found=f"{entry_id}#{near}") if near else _NO_CLAUSES
                yield Problem(text.place, "clause", message, hint)


def reference_is_known(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every id in front matter is the id of an entry."""
    known = {document.id for document in archive.documents}
    likely = cache(lambda typed: nearest(typed, (d.id for d in archive.documents if d.is_active)))
    for document in archive.documents:
        for text in (statement.target for statement in statements(document)):
            if text.value not in known:
                meant = likely(text.value)
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


_CIRCULAR = {
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
    "organ",
    "evaluates",
}


def relation_is_not_circular(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """No entry repeals, amends, replaces, explains … itself, not even by way of others."""
    stated: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for document in archive.documents:
        for statement in statements(document):
            if statement.field.name in _CIRCULAR:
                stated[statement.field.name][document.id].append(statement)
    for by_id in stated.values():
        for statement in _closing(by_id):
            name = f"{statement.field.name}（{statement.field.alias}）"
            message = say(
                "{field} leads in a circle back to this entry, by “{found}”", field=name, found=statement.target.value
            )
            hint = say("keep the statement on one side only: the other page shows it by itself")
            yield Problem(statement.target.place, "relation-circle", message, hint)


def _closing(by_id: dict[str, list[Statement]]) -> Iterator[Statement]:
    """Give every statement from whose target the way leads back to its source."""
    for start, first in by_id.items():
        for statement in first:
            seen: set[str] = set()
            ahead = [statement.target.value]
            while ahead:
                here = ahead.pop()
                if here == start:
                    yield statement
                    break
                if here not in seen:
                    seen.add(here)
                    ahead += [further.target.value for further in by_id.get(here, ())]
