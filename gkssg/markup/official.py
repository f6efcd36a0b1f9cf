"""Python-Markdown as official texts need it.

Typed numbers stay as typed (一、 （一） 1. （1） 第一条), masked names and numbers keep their asterisks (张**,
138****1234), blanks of a form keep their underscores, tables may have merged cells, and blocks may be centred or set
to the right. ``docs/manual/markdown.md`` is the editors' page of this.
"""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor, HRProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from gkssg.text import HAN

CONTAINERS = {
    "居中": "center",
    "center": "center",
    "落款": "signature",
    "signature": "signature",
    "版记": "imprint",
    "imprint": "imprint",
    "说明": "note",
    "note": "note",
}
"""Names behind ``:::`` and the class of the block."""

CONTAINER_OPEN = re.compile(rf":::[ \t]*(?P<name>{'|'.join(CONTAINERS)})[ \t]*")
CONTAINER_CLOSE = re.compile(r":::[ \t]*")
MERGE_UP = "^^"
MERGE_LEFT = "<<"

_NUMERALS = "一二三四五六七八九十百千零〇○"
_CLAUSE = re.compile(
    rf"第[{_NUMERALS}\d]+[编章节条款]|[{_NUMERALS}]+、|[（(][{_NUMERALS}]+[）)]|\d{{1,3}}(?:[.．](?!\d)|、)|[（(]\d{{1,3}}[）)]|[①-⑳]"
)
_HAN_BREAK = re.compile(rf"(?<=[{HAN}，。、；：？！）》”])(?<!  )\n[ ]*(?=[{HAN}（《“])")
_CLOSING = "、，。；：！？）》」』”…"
_STRONG = rf"()(?<![*\d])\*\*(?![*\s{_CLOSING}])(.+?)(?<![*\s])\*\*(?!\*)"
_EM = rf"()(?<![*\w])\*(?![*\s{_CLOSING}])([^*\n]+?)(?<![*\s])\*(?![*\w])"


class OfficialText(Extension):
    """Replaces what Python-Markdown does by what official texts need."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processors."""
        blocks = md.parser.blockprocessors
        for name in ("code", "olist", "setextheader"):
            blocks.deregister(name)
        blocks.register(_Container(md.parser), "container", 95)
        blocks.register(_Heading(md.parser), "hashheader", 70)
        blocks.register(_Rule(md.parser), "hr", 50)
        blocks.register(_Lines(md.parser), "lines", 12)
        md.inlinePatterns.deregister("em_strong")
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRONG, "strong"), "official_strong", 61)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_EM, "em"), "official_em", 60)
        md.treeprocessors.register(_HeadingLevels(md), "heading_levels", 26)
        md.treeprocessors.register(_Tables(md), "official_tables", 25)


class _Heading(HashHeaderProcessor):
    """Headings need a blank behind the #, as CommonMark has it: ``#1楼`` is text."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ \t\u3000])(?P<header>(?:\\.|[^\\\n])*?)(?:[ \t]+#+)?[ \t]*(?:\n|$)")


class _Rule(HRProcessor):
    """Rules are made of - or *; a line of underscores is a blank to be filled in."""

    RE = r"^[ ]{0,3}(?=(?P<atomicgroup>(-+[ ]{0,2}){3,}|(\*+[ ]{0,2}){3,}))(?P=atomicgroup)[ ]*$"
    SEARCH_RE = re.compile(RE, re.MULTILINE)


class _Lines(BlockProcessor):
    """Lines of one paragraph: a clause number starts a new one, and Chinese is joined without a blank."""

    def test(self, parent: etree.Element, block: str) -> bool:  # noqa: ARG002
        return "\n" in block

    def run(self, parent: etree.Element, blocks: list[str]) -> bool | None:  # noqa: ARG002
        block = blocks.pop(0)
        paragraphs: list[list[str]] = []
        for line in block.split("\n"):
            if not paragraphs or _CLAUSE.match(line.lstrip()):
                paragraphs.append([])
            paragraphs[-1].append(line)
        parts = [_HAN_BREAK.sub("", "\n".join(lines)) for lines in paragraphs]
        blocks[0:0] = parts
        return False if parts == [block] else None


class _Container(BlockProcessor):
    """``::: 居中`` … ``:::``: a block that keeps its line breaks and has a class."""

    def test(self, parent: etree.Element, block: str) -> bool:  # noqa: ARG002
        return bool(CONTAINER_OPEN.fullmatch(block.lstrip("\n").split("\n", 1)[0]))

    def run(self, parent: etree.Element, blocks: list[str]) -> bool | None:
        end = self._closing(blocks)
        if end is None:
            return False
        count, closing = end
        lines = blocks[count].strip("\n").split("\n")
        taken = [part.strip("\n") for part in blocks[:count]]
        rest = "\n".join(lines[closing + 1 :])
        taken.append("\n".join(lines[:closing]))
        del blocks[: count + 1]
        if rest.strip():
            blocks.insert(0, rest)
        opening, _, first = taken[0].partition("\n")
        match = CONTAINER_OPEN.fullmatch(opening)
        name = match["name"] if match else "note"
        div = etree.SubElement(parent, "div", {"class": CONTAINERS[name]})
        inner = [part for part in (first, *taken[1:]) if part.strip()]
        self.parser.parseBlocks(div, ["  \n".join(part.split("\n")) for part in inner])
        return None

    @staticmethod
    def _closing(blocks: list[str]) -> tuple[int, int] | None:
        """Find the line that closes the block: the number of its text block, and of the line in it."""
        for count, block in enumerate(blocks):
            for number, line in enumerate(block.strip("\n").split("\n")):
                if CONTAINER_CLOSE.fullmatch(line):
                    return count, number
        return None


class _HeadingLevels(Treeprocessor):
    """The page's title is its h1; when the text has an h1 of its own, all its headings go down a level."""

    def run(self, root: etree.Element) -> None:
        if root.find(".//h1") is None:
            return
        for element in root.iter():
            if element.tag in {"h1", "h2", "h3", "h4", "h5"}:
                element.tag = f"h{int(element.tag[1]) + 1}"


class _Tables(Treeprocessor):
    """Cells that hold only ^^ or << merge with the one above or on the left; header cells say what they head."""

    def run(self, root: etree.Element) -> None:
        for table in root.iter("table"):
            for part in table:
                _merge(list(part))
            for head in table.iter("th"):
                head.set("scope", "col")


def _merge(rows: list[etree.Element]) -> None:
    """Merge the cells of a table's head or body; a group that is no rectangle stays as typed."""
    cells = {(y, x): cell for y, row in enumerate(rows) for x, cell in enumerate(row)}
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for (y, x), cell in cells.items():
        neighbour = {MERGE_UP: (y - 1, x), MERGE_LEFT: (y, x - 1)}.get((cell.text or "").strip())
        owner[y, x] = owner.get(neighbour, (y, x)) if neighbour else (y, x)
        groups.setdefault(owner[y, x], []).append((y, x))
    for (top, left), group in groups.items():
        height = max(y for y, _ in group) - top + 1
        width = max(x for _, x in group) - left + 1
        if len(group) != height * width:
            continue
        if height > 1:
            cells[top, left].set("rowspan", str(height))
        if width > 1:
            cells[top, left].set("colspan", str(width))
        for y, x in group[1:]:
            rows[y].remove(cells[y, x])
