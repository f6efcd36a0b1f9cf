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
from gkssg.markup.body import Link, from_lines
from gkssg.problem import Problem
from gkssg.sections import FIXED_PAGES
from gkssg.text import nearest, nearest_path, relative

_ALIAS = re.compile(r"/?[^\\:*?\"<>|#\x00-\x1f]+")


def link_leads_somewhere(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A link of a text leads to no content file and no section.

    Correct the link; the path counts from the folder of this file.

    Rule: link-broken, error, fixed.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R18.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        ---
        见[示例办法](banfa.md)。

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        ---
        见[示例办法](banfa.md)。
        --- content/statutory/policy/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        ---
        正文。
    """
    heads = {f"{section.id}/index.md" for top in archive.column.tree for section in top.walk()} | {"index.md"}
    opened = [document.path.removeprefix("content/") for document in archive.documents if document.is_active]
    likely = cache(lambda target: nearest_path(target, opened))
    for document, link, target, found in _links(archive):
        if found is None and target not in heads:
            here = document.path.removeprefix("content/")
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


def link_leads_to_a_part(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """There is no heading or clause where a link leads; or the entry it leads to is not disclosed.

    Correct what stands behind the #, or leave it out.

    Rule: link-anchor, error.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R18.

    Wrong::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        ---
        见[示例办法](banfa.md#第九条)。
        --- content/statutory/policy/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        ---
        第一条　为了示例，制定本办法。

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        ---
        见[示例办法](banfa.md#第一条)。
        --- content/statutory/policy/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        ---
        第一条　为了示例，制定本办法。
    """
    for document, link, _, found in _links(archive):
        if found is None or not link.fragment:
            continue
        if not found.is_active:
            if found is not document:
                message = say("the entry this link leads to is not disclosed; its parts cannot be linked to")
                yield Problem(link.place, "link-anchor", message, say("leave out what stands behind the #"))
        elif link.fragment not in found.body.anchors.read().split("\n"):
            message = say("there is no heading or clause “{found}” where the link leads", found=link.fragment)
            yield Problem(link.place, "link-anchor", message, _nearest_part(found, link.fragment))


def _links(archive: Archive) -> Iterator[tuple[Document, Link, str, Document | None]]:
    """Give every link to a content file: where it stands, the path it names, and what is there.

    Pages without a content file are left out, and files, which are checked with the annexes.
    """
    documents = {document.path.removeprefix("content/"): document for document in archive.documents}
    for document in archive.documents:
        for link in document.body.links:
            target = link.target.removesuffix(".html") + ".md" if link.target.endswith(".html") else link.target
            if link.target not in FIXED_PAGES and (not target or target.endswith(".md")):
                yield document, link, target, documents.get(target) if target else document


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
    """A clause that a question or an item rests on is not in the entry that it names, or that entry is not disclosed.

    Write the clause behind a #, as 编号#第五条第二款, or correct it.

    Rule: clause, error.
    Source: gkssg.
    Row: R18.

    Wrong::

        --- content/statutory/policy/wenda.md ---
        ---
        title: 停车费怎样减免
        kind: question
        attribute: active
        clauses: statutory/policy/banfa#第九条
        ---
        正文。
        --- content/statutory/policy/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        ---
        第一条　为了示例，制定本办法。

    Right::

        --- content/statutory/policy/wenda.md ---
        ---
        title: 停车费怎样减免
        kind: question
        attribute: active
        clauses: statutory/policy/banfa#第一条
        ---
        正文。
        --- content/statutory/policy/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        ---
        第一条　为了示例，制定本办法。
    """
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
    """An id in the front matter is that of no entry.

    An id is the path below content/ without .md, unless the entry has an id（编号）of its own. Correct it.

    Rule: reference, error, fixed.
    Source: gkssg.
    Row: R18.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        based_on: statutory/policy/banfa
        ---
        正文。

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        based_on: statutory/policy/banfa
        ---
        正文。
        --- content/statutory/policy/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        ---
        正文。
    """
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
    """An old address leads out of the column, or cannot be an address.

    Write the path below the column's root, as old/page.html.

    Rule: alias, error, fixed.
    Source: gkssg.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        aliases: ../art/2021/1.html
        ---
        正文。

    Right::

        ---
        title: 示例通知
        attribute: active
        aliases: art/2021/1.html
        ---
        正文。
    """
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
    """A relation such as repeals or interprets leads from an entry back to itself.

    State it on one side only: the other page shows it by itself.

    Rule: relation-circle, error, fixed.
    Source: gkssg.
    Row: R25.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例办法
        attribute: active
        based_on: statutory/policy/b
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例规定
        attribute: active
        based_on: statutory/policy/a
        ---
        正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例办法
        attribute: active
        based_on: statutory/policy/b
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例规定
        attribute: active
        ---
        正文。
    """
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
