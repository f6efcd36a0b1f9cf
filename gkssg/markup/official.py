"""Python-Markdown as official texts need it: what happens to lines and blocks.

Typed numbers stay as typed (一、 （一） 1. （1） 第一条), blanks of a form keep their underscores, tables may have
merged cells, and blocks may be centred or set to the right. No line is swallowed because it looks like Markdown that
nothing uses. ``docs/manual/markdown.md`` is the editors' page of this.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor, HashHeaderProcessor, HRProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from gkssg.markup import inlines
from gkssg.markup.limits import MarkLimit, TagLimit
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
    rf"第[{_NUMERALS}\d]+[编章节条款](?![、，。；）的和或与至及]|规定|第|之一|所[列称])"
    rf"|[{_NUMERALS}]+、|[（(][{_NUMERALS}]+[）)]"
    r"|\d{1,3}(?:[.．](?!\d)|[、）)])|[（(]\d{1,3}[）)]|[①-⑳]"
)
"""The beginning of a clause; 第三条规定 in the middle of a sentence is none."""
_INDENT = "\u3000\u3000"
_TABLE_RULE = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_BULLET = re.compile(r"[ ]{0,3}[-*+][ ]+\S")
_HAN_BREAK = re.compile(rf"(?<=[{HAN}，。、；：？！）》”])(?<!  )\n[ ]*(?=[{HAN}（《“])")
_ALONE = re.compile(r"#{1,6}[ \t].*|:::.*|[ ]{0,3}(?:-[ ]{0,2}-[ ]{0,2}-[- ]*|\*[ ]{0,2}\*[ ]{0,2}\*[* ]*)")
_LABEL = re.compile(r"\[([^\[\]\n^][^\[\]\n]*)\]")
_DEFINITION = re.compile(r"^([ ]{0,3})(?=\[([^\[\]\n^][^\[\]\n]*)\]:)", re.MULTILINE)


class OfficialText(Extension):
    """Replaces what Python-Markdown does by what official texts need."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processors."""
        md.preprocessors.register(TagLimit(md), "tag_limit", 25)
        md.preprocessors.register(_Apart(md), "apart", 16)
        md.preprocessors.register(_Definitions(md), "definitions", 15)
        md.preprocessors.register(MarkLimit(md), "mark_limit", 14)
        blocks = md.parser.blockprocessors
        for name in ("code", "olist", "setextheader"):
            blocks.deregister(name)
        blocks.register(_Container(md.parser), "container", 95)
        blocks.register(_Table(md.parser, {"use_align_attribute": True}), "table", 75)
        blocks.register(_Heading(md.parser), "hashheader", 70)
        blocks.register(_Rule(md.parser), "hr", 50)
        blocks.register(_Quote(md.parser), "quote", 20)
        blocks.register(_Lines(md.parser), "lines", 12)
        inlines.install(md)
        md.treeprocessors.register(_HeadingLevels(md), "heading_levels", 26)
        md.treeprocessors.register(_MergedCells(md), "merged_cells", 25)


class _Apart(Preprocessor):
    """Blank lines around headings, rules and marks of blocks, so that no long text is cut up again and again."""

    def run(self, lines: list[str]) -> list[str]:
        """Add the blank lines."""
        apart: list[str] = []
        for line in lines:
            apart += ["", line, ""] if line[:1] in "#:-* " and _ALONE.fullmatch(line) else [line]
        return apart


class _Definitions(Preprocessor):
    """A definition of a link that nothing uses is text: ``[1]: 国家统计局``."""

    def run(self, lines: list[str]) -> list[str]:
        """Put a backslash before the bracket of every such definition."""
        text = "\n".join(lines)
        defined = Counter(match[2].strip().lower() for match in _DEFINITION.finditer(text))
        named = Counter(match[1].strip().lower() for match in _LABEL.finditer(text)) if defined else defined

        def kept(match: re.Match[str]) -> str:
            label = match[2].strip().lower()
            return match[1] + ("" if named[label] > defined[label] else "\\")

        return _DEFINITION.sub(kept, text).split("\n") if defined else lines


class _Heading(HashHeaderProcessor):
    """Headings need a blank behind the #, as CommonMark has it: ``#1楼`` is text; so do the # at their end."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ \t\u3000])(?P<header>[^\n]*)(?:\n|$)")

    def run(self, parent: etree.Element, blocks: list[str]) -> bool | None:
        super().run(parent, blocks)
        text = parent[-1].text or ""
        kept = text.rstrip("#")
        if kept != text and kept[-1:].isspace():
            parent[-1].text = kept.rstrip()
        return None


class _Rule(HRProcessor):
    """Rules are made of - or *; a line of underscores is a blank to be filled in."""

    RE = r"^[ ]{0,3}(?=(?P<atomicgroup>(-+[ ]{0,2}){3,}|(\*+[ ]{0,2}){3,}))(?P=atomicgroup)[ ]*$"
    SEARCH_RE = re.compile(RE, re.MULTILINE)


class _Quote(BlockQuoteProcessor):
    """A quotation; ``>60分为合格`` is none."""

    RE = re.compile(r"(^|\n)[ ]{0,3}>(?![\d=.])[ ]?(.*)")


class _Table(TableProcessor):
    """A table whose rows may be longer than its head: no cell is lost."""

    def _build_row(self, row: str, parent: etree.Element, align: Sequence[str | None]) -> None:
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]  # the type stubs leave it out
        while len(cells) > len(align) and not cells[-1].strip():
            cells.pop()
        longer = [*align, *[None] * (len(cells) - len(align))]
        super()._build_row(row, parent, longer)  # type: ignore[misc]  # the type stubs leave it out


class _Lines(BlockProcessor):
    """Lines of one paragraph: a clause number or an indent starts a new one, and Chinese is joined without a blank.

    A table or a list right under a line of text is one, though there is no blank line between them.
    """

    def test(self, parent: etree.Element, block: str) -> bool:  # noqa: ARG002
        return "\n" in block

    def run(self, parent: etree.Element, blocks: list[str]) -> bool | None:  # noqa: ARG002
        block = blocks.pop(0)
        paragraphs: list[list[str]] = []
        before = ""
        for line, after in zip_longest(lines := block.split("\n"), lines[1:], fillvalue=""):
            starts_table = "|" in line and "|" in after and _TABLE_RULE.fullmatch(after)
            starts_list = _BULLET.match(line) and not _BULLET.match(before)
            starts_clause = line.startswith(_INDENT) or _CLAUSE.match(line.lstrip())
            if not paragraphs or starts_table or starts_list or starts_clause:
                paragraphs.append([])
            paragraphs[-1].append(line)
            before = line
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
                if CONTAINER_OPEN.fullmatch(line) and (count or number):
                    return None
        return None


class Footnotes(FootnoteExtension):
    """Footnotes, numbered as the text refers to them.

    One that nothing refers to is shown without a way back, a second one of the same name as well.
    """

    def __init__(self, **settings: str) -> None:
        super().__init__(**settings)
        if "USE_DEFINITION_ORDER" in self.config:  # older versions of Python-Markdown know one order only
            self.setConfig("USE_DEFINITION_ORDER", value=False)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processors."""
        super().extendMarkdown(md)
        md.treeprocessors.register(_UnusedFootnotes(self, md), "unused_footnotes", 14)

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802  (Python-Markdown's names)
        """Keep a footnote under its name, or under a free one where the name is taken."""
        while id in self.footnotes:
            id = f"{id}-"  # noqa: A001
        super().setFootnote(id, text)

    def makeFootnotesDiv(self, root: etree.Element) -> etree.Element | None:  # noqa: N802  (Python-Markdown's name)
        """Give an empty footnote its way back as well: Python-Markdown looks for it in every one."""
        div = super().makeFootnotesDiv(root)
        items = div.findall("ol/li") if div is not None else []
        for number, (item, name) in enumerate(zip(items, self.footnotes, strict=True), start=1):
            if not len(item):
                title = self.getConfig("BACKLINK_TITLE").format(number)
                href = f"#{self.makeFootnoteRefId(name)}"
                link = etree.Element("a", {"href": href, "class": "footnote-backref", "title": title})
                link.text = FN_BACKLINK_TEXT
                etree.SubElement(item, "p").append(link)
        return div

    def unique_ref(self, reference: str, found: bool = False) -> str:  # noqa: FBT001, FBT002  (Python-Markdown's)
        """Give the id of one more reference: fnref:1, fnref2:1, fnref3:1; counted, since trying each takes too long."""
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        separator = self.get_separator()
        name, _, rest = reference.partition(separator)
        return reference if count == 1 else f"{name}{count}{separator}{rest}"


class _UnusedFootnotes(Treeprocessor):
    def __init__(self, footnotes: Footnotes, md: Markdown) -> None:
        super().__init__(md)
        self._footnotes = footnotes

    def run(self, root: etree.Element) -> None:
        used = {self._footnotes.makeFootnoteId(name) for name in self._footnotes.footnote_order}
        for div in root.iter("div"):
            if div.get("class") == "footnote":
                for item in (item for item in div.iter("li") if item.get("id", "") not in used):
                    _without_way_back(item)


def _without_way_back(item: etree.Element) -> None:
    for element in item.iter():
        for link in element.findall("a[@class='footnote-backref']"):
            element.remove(link)
        element.text = (element.text or "").replace(NBSP_PLACEHOLDER, "")
        element.tail = (element.tail or "").replace(NBSP_PLACEHOLDER, "")


class _HeadingLevels(Treeprocessor):
    """The page's title is its h1; when the text has an h1 of its own, all its headings go down a level."""

    def run(self, root: etree.Element) -> None:
        if root.find(".//h1") is None:
            return
        for element in root.iter():
            if element.tag in {"h1", "h2", "h3", "h4", "h5"}:
                element.tag = f"h{int(element.tag[1]) + 1}"


class _MergedCells(Treeprocessor):
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
