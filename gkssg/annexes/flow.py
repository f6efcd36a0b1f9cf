"""Texts with tables in XML, whole: Word, PowerPoint, ODF and OFD, with what is hidden, deleted or remarked in them.

The names of paragraphs, tables and rows are told without their namespaces: those of Word and PowerPoint are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
import re
from typing import IO
from xml.etree.ElementTree import Element
import zipfile

from gkssg.annexes.limits import events
from gkssg.annexes.parts import (
    Budget,
    Cells,
    Inner,
    Part,
    Piece,
    always,
    anything,
    attribute,
    local,
    numbered,
    opened,
    properties,
)
from gkssg.language import Message, say

_PARAGRAPHS = {"p", "h", "TextCode"}
_TABLES, _ROWS, _CELLS = {"tbl", "table"}, {"tr", "table-row"}, {"tc", "table-cell"}
_DELETED = {"del", "moveFrom", "tracked-changes", "deletion"}
_TEXTS = {"t", "delText", "instrText", "text"}
_OFF = {"0", "false", "off"}
_PARTS: tuple[tuple[str, Message], ...] = (
    (r"word/document\d*\.xml|Doc_\d+/Pages/.*/Content\.xml|content\.xml", say("text")),
    (r"word/header\d*\.xml", say("page header")),
    (r"word/footer\d*\.xml", say("page footer")),
    (r"word/footnotes\.xml", say("footnote")),
    (r"word/endnotes\.xml", say("endnote")),
    (r"word/comments\w*\.xml|ppt/comments/.*\.xml|Doc_\d+/Annots/.*\.xml", say("comment")),
    (r"ppt/notesSlides/.*\.xml", say("notes of slide {number}")),
    (r"ppt/slides/[^/]*\.xml", say("slide {number}")),
    (r"ppt/slide(?:Layouts|Masters)/[^/]*\.xml|styles\.xml", say("page layout")),
    (r"xl/drawings/[^/]*\.xml", say("text box")),
    (r"(?:word|ppt|xl)/(?:charts|diagrams)/[^/]*\.xml", say("drawing")),
    (
        r"word/(?:settings|glossary/document)\.xml|customXml/.*\.xml|ppt/tags/.*\.xml|xl/persons/.*",
        say("data of the program"),
    ),
    (r".*_rels/(?:document|slide\d+|sheet\d+)\.xml\.rels", say("address of a link")),
)
_COMPILED = tuple((re.compile(pattern), where) for pattern, where in _PARTS)
_PROPERTIES = re.compile(r"docProps/(?:core|app|custom)\.xml|meta\.xml|OFD\.xml")
_INSIDE = re.compile(r"(?:word|ppt|xl)/(?:embeddings|media)/.*|Pictures/.*|Doc_\d+/Res/.*|Object.*/content\.xml")


def document(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Part]:
    """Read a document that is an archive of XML parts."""
    for name in sorted(archive.namelist(), key=lambda name: (name.count("/"), len(name), name)):
        where = next((where for pattern, where in _COMPILED if pattern.fullmatch(name)), None)
        if _INSIDE.fullmatch(name):
            with opened(archive, name, budget) as part:
                yield Inner(name.rpartition("/")[2], part.read())
        elif _PROPERTIES.fullmatch(name):
            with opened(archive, name, budget) as part:
                yield from properties(part)
        elif where is not None:
            with opened(archive, name, budget) as part:
                said = Message(where.template, (("number", numbered(name)),)) if "{" in where.template else where
                yield from anything(part, said) if name.endswith((".rels", "settings.xml")) else flow(part, said)


@dataclass(slots=True, eq=False)
class _Table:
    """A table that is being read: the cells of its row, the paragraphs of its cell, and how many rows are done."""

    cells: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    rows: int = 0


def flow(source: IO[bytes], where: Message) -> Iterator[Part]:
    """Read paragraphs and tables of a part."""
    tables: list[_Table] = []
    number = deleted = 0
    for event, element in events(source):
        name = local(element)
        if event == "start":
            deleted += name in _DELETED
            if name in _TABLES:
                tables.append(_Table())
            continue
        deleted -= name in _DELETED
        if name in _PARAGRAPHS or name == "text":
            number += 1
            words = _Words()
            words.take(element, is_deleted=bool(deleted), is_plain=name != "p" or not _has_runs(element))
            element.clear()
            yield from words.pieces(where, number)
            if tables:
                tables[-1].paragraphs.append(words.shown)
            elif words.shown.strip():
                yield Piece(words.shown, _paragraph(where, number))
        elif tables and name in _CELLS:
            tables[-1].cells.append("\n".join(tables[-1].paragraphs))
            tables[-1].paragraphs.clear()
        elif tables and name in _ROWS:
            table = tables[-1]
            table.rows += 1
            yield Cells(
                table, tuple(table.cells), always(say("{where}, row {row} of a table", where=where, row=table.rows))
            )
            table.cells.clear()
            element.clear()
        elif tables and name in _TABLES:
            tables.pop()


def _paragraph(where: Message, number: int) -> Message:
    return say("{where}, paragraph {number}", where=where, number=number)


def _has_runs(element: Element) -> bool:
    return any(local(child) in _TEXTS for child in element.iter())


class _Words:
    """The words of a paragraph: those that are shown, and apart from them those that are deleted or hidden."""

    def __init__(self) -> None:
        self._shown: list[str] = []
        self._deleted: list[str] = []
        self._hidden: list[str] = []

    @property
    def shown(self) -> str:
        """What a reader sees."""
        return "".join(self._shown)

    def take(self, element: Element, *, is_deleted: bool, is_plain: bool, is_hidden: bool = False) -> None:
        """Take the words of an element and of all in it; ``is_plain``: they stand right in it, not in texts of runs."""
        name = local(element)
        is_deleted |= name in _DELETED
        is_hidden |= (name == "r" and _vanishes(element)) or name == "instrText"
        target = self._deleted if is_deleted or name == "delText" else self._hidden if is_hidden else self._shown
        if name in {"tab", "ptab", "s", "br", "cr", "line-break"}:
            target.append("\t" if name.endswith("tab") else " " if name == "s" else "\n")
        elif element.text and (is_plain or name in _TEXTS):
            target.append(element.text)
        for child in element:
            self.take(child, is_deleted=is_deleted, is_plain=is_plain, is_hidden=is_hidden)
            if is_plain and child.tail:
                target.append(child.tail)

    def pieces(self, where: Message, number: int) -> Iterator[Piece]:
        """Give what is not shown."""
        for words, how in ((self._deleted, say("deleted text")), (self._hidden, say("hidden text"))):
            if words:
                yield Piece("".join(words), say("{where} ({how})", where=_paragraph(where, number), how=how))


def _vanishes(run: Element) -> bool:
    for settings in run:
        if local(settings) == "rPr":
            mark = next((child for child in settings if local(child) in {"vanish", "webHidden"}), None)
            return mark is not None and (attribute(mark, "val") or "1") not in _OFF
    return False
