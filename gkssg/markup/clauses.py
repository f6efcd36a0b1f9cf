"""A rendered text as a row of blocks: paragraphs, headings and tables, each with its clause and its anchor."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
import re

_NUMERALS = "一二三四五六七八九十百千零〇"
_MARKERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<label>第[{_NUMERALS}\d]+(?:编|篇|部分))[\s、：:]*",
        rf"(?P<label>第[{_NUMERALS}\d]+章)\s*",
        rf"(?P<label>第[{_NUMERALS}\d]+节)\s*",
        rf"(?P<label>第[{_NUMERALS}\d]+条)\s*",
        rf"(?P<label>[{_NUMERALS}]+)[、．.]",
        rf"[（(](?P<label>[{_NUMERALS}]+)[）)]、?",
        r"(?P<label>\d{1,3})(?:[.．﹒](?!\d)|[、）)])",
        r"[（(](?P<label>\d{1,3})[）)]",
        r"(?P<label>[①-⑳])",
    )
)
"""Clause numbers from the highest rank to the lowest."""
_BRACKETED = {5, 7}
_TITLE = re.compile(r"(?P<title>[^。；;]{2,60})。\s*(?=\S)")
_SHORT = re.compile(r"[^。；;，,：:（(]{2,40}")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_VOID = {"br", "hr", "img", "wbr", "col"}
_BLOCKS = {"p", "li", "dt", "dd", "caption", "blockquote", "div", "ul", "ol"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A place among the numbered clauses: labels from the highest down (一, （二）, 3), and the title of the last."""

    path: tuple[str, ...] = ()
    title: str = ""

    @property
    def number(self) -> str:
        """The labels in one word: 一（二）3."""
        return "".join(self.path)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading without its clause number and title; ``starts`` where it begins a clause."""

    clause: Clause
    text: str
    anchor: str
    is_heading: bool
    starts: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, merged cells filled in: the words of every cell, row by row; the first row is its head."""

    clause: Clause
    rows: tuple[tuple[str, ...], ...]
    anchor: str


Block = Paragraph | Grid


def blocks(html: str) -> tuple[Block, ...]:
    """Read sanitised HTML, as :func:`gkssg.markup.convert.convert` makes it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


@dataclass
class _Cell:
    words: list[str]
    rows: int
    columns: int


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._tag = "p"
        self._own_anchor = ""
        self._anchor = ""
        self._ranks: list[tuple[int, str, str]] = []
        self._table: _Table | None = None
        self._depth = 0
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if self._skipped or tag == "sup" or (tag == "div" and known.get("class") == "footnote"):
            self._skipped += tag not in _VOID
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.end_block()
                self._table = _Table()
        elif self._table:
            self._start_cell(tag, known)
        elif tag in _HEADINGS | _BLOCKS:
            self.end_block()
            self._tag, self._own_anchor = tag, known.get("id", "")
        elif known.get("id") and not self._own_anchor and not "".join(self._words).strip():
            self._own_anchor = known["id"]

    def _start_cell(self, tag: str, known: dict[str, str]) -> None:
        table = self._table
        if not table or self._depth > 1:
            return
        if tag == "tr":
            table.rows.append([])
        elif tag in {"td", "th"}:
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(_Cell([], _span(known.get("rowspan")), _span(known.get("colspan"))))

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth and self._table:
                self.blocks.append(Grid(self._clause(), _filled(self._table), self._anchor))
                self._table = None
        elif not self._table and tag in _HEADINGS | _BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        if self._table:
            if self._table.rows and self._table.rows[-1]:
                self._table.rows[-1][-1].words.append(data)
        else:
            self._words.append(data)

    def end_block(self) -> None:
        """Turn the words since the last block into one."""
        text = " ".join("".join(self._words).split())
        is_heading, anchor = self._tag in _HEADINGS, self._own_anchor
        self._words.clear()
        self._tag, self._own_anchor = "p", ""
        if not text:
            return
        if anchor:
            self._anchor = anchor
        rank, label, rest = _numbered(text)
        if rank is None and is_heading:
            self._ranks = []
            self.blocks.append(Paragraph(Clause((), text.rstrip("。")), "", self._anchor, is_heading, starts=True))
            return
        title = ""
        if rank is not None:
            head = _TITLE.match(rest)
            if is_heading or _SHORT.fullmatch(rest):
                title, rest = rest.rstrip("。"), ""
            elif head:
                title, rest = head["title"], rest[head.end() :]
            self._ranks = [known for known in self._ranks if known[0] < rank]
            self._ranks.append((rank, label, title))
        self.blocks.append(Paragraph(self._clause(), rest, self._anchor, is_heading, starts=rank is not None))

    def _clause(self) -> Clause:
        return Clause(tuple(label for _, label, _ in self._ranks), self._ranks[-1][2] if self._ranks else "")


def _numbered(text: str) -> tuple[int | None, str, str]:
    """Give the rank and label of a text's clause number, and the text behind it."""
    for rank, marker in enumerate(_MARKERS):
        match = marker.match(text)
        if match:
            label = f"（{match['label']}）" if rank in _BRACKETED else match["label"]
            return rank, label, text[match.end() :].lstrip()
    return None, "", text


def _span(typed: str | None) -> int:
    return max(1, min(int(typed), 1000)) if typed and typed.isdecimal() else 1


def _filled(table: _Table) -> tuple[tuple[str, ...], ...]:
    """Repeat the words of merged cells in every place they cover."""
    grid: dict[tuple[int, int], str] = {}
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while (y, x) in grid:
                x += 1
            words = " ".join("".join(cell.words).split())
            for down in range(min(cell.rows, len(table.rows) - y)):
                for right in range(cell.columns):
                    grid[y + down, x + right] = words
            x += cell.columns
    width = max((x for _, x in grid), default=-1) + 1
    return tuple(tuple(grid.get((y, x), "") for x in range(width)) for y in range(len(table.rows)))
