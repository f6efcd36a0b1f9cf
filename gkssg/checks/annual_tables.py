"""The tables of annual reports on disclosure: read from the rendered text, cells that span several rows in each."""

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TypeVar

_CELLS = frozenset({"td", "th"})
_MOST_SPANNED = 40
"""Rows or columns that a cell may span: the form has 22, and a number from a text must not fill the memory."""
_NEW, _CARRIED_IN, _TOTAL, _CARRIED_OUT = "本年新收", "上年结转", "总计", "结转下年度"
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
_MADE = ("规章", "行政规范性文件")
_MADE_COLUMNS = ("本年制发件数", "本年废止件数", "现行有效件数")

Grid = tuple[tuple[str, ...], ...]
_Table = TypeVar("_Table")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures of a table: what it is called, and what stands in its cells."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applications:
    """Table 三: what came in, what became of it row by row, and what is carried over; seven cells a row.

    The columns are six sorts of applicants and their sum. ``results`` are the rows between, without their total.
    """

    new: Row
    carried_in: Row
    results: tuple[Row, ...]
    total: Row
    carried_out: Row

    columns = _APPLICANTS

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order of the form."""
        return (self.new, self.carried_in, *self.results, self.total, self.carried_out)


@dataclass(frozen=True, slots=True)
class Disputes:
    """Table 四: of reviews, and of lawsuits without and after one, four outcomes and their sum; five cells a row."""

    rows: tuple[Row, ...]

    columns = _OUTCOMES


@dataclass(frozen=True, slots=True)
class Made:
    """Table 二, article 20 (1): rules and normative documents made, repealed, and in force; three cells a row."""

    rows: tuple[Row, ...]

    columns = _MADE_COLUMNS


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a report that could be recognised; None for those that could not."""

    made: Made | None
    applications: Applications | None
    disputes: Disputes | None

    @property
    def there(self) -> tuple[tuple[str, Made | Applications | Disputes], ...]:
        """Give those that are there, by their Chinese numbers."""
        found = (("二", self.made), ("三", self.applications), ("四", self.disputes))
        return tuple((number, table) for number, table in found if table)


def read_tables(html: str) -> Tables:
    """Read the tables of a report, as 国办公开办函〔2021〕30号 has them, or its form of 2019 where that is the same."""
    found = grids(html)
    return Tables(_first(found, _made), _first(found, _applications), _first(found, _disputes))


def grids(html: str) -> tuple[Grid, ...]:
    """Give the tables of a rendered text, a cell that spans rows or columns in each of these, without white space."""
    reader = _Reader()
    reader.feed(html)
    return tuple(_expanded(rows) for rows in reader.tables)


@dataclass(slots=True)
class _Cell:
    text: str
    rows: int
    columns: int


class _Reader(HTMLParser):
    """Collects the cells of every table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[_Cell]]] = []
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in _CELLS and self.tables and self.tables[-1]:
            spans = {name: _span(value) for name, value in attrs if name in ("rowspan", "colspan")}
            self.tables[-1][-1].append(_Cell("", spans.get("rowspan", 1), spans.get("colspan", 1)))
            self._is_in_cell = True

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in _CELLS:
            self._is_in_cell = False

    def handle_data(self, data: str) -> None:
        """Add to a cell."""
        if self._is_in_cell:
            self.tables[-1][-1][-1].text += "".join(data.split())


def _span(value: str | None) -> int:
    return min(int(value), _MOST_SPANNED) if value and value.isascii() and value.isdigit() and value != "0" else 1


def _expanded(rows: list[list[_Cell]]) -> Grid:
    grid: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}
    for cells in rows:
        row: list[str] = []
        waiting = iter(cells)
        cell = next(waiting, None)
        while cell or len(row) in above:
            if len(row) in above:
                left, text = above.pop(len(row))
                if left > 1:
                    above[len(row)] = (left - 1, text)
                row.append(text)
            elif cell:
                for _ in range(cell.columns):
                    if cell.rows > 1:
                        above[len(row)] = (cell.rows - 1, cell.text)
                    row.append(cell.text)
                cell = next(waiting, None)
        grid.append(row)
    return tuple(tuple(row) for row in grid)


def _first(grids: tuple[Grid, ...], read: Callable[[Grid], _Table | None]) -> _Table | None:
    return next((found for grid in grids if (found := read(grid))), None)


def _applications(grid: Grid) -> Applications | None:
    width = len(_APPLICANTS)
    rows = [Row(_label(row[:-width]), row[-width:]) for row in grid if len(row) > width]
    marks = (_NEW, _CARRIED_IN, _TOTAL, _CARRIED_OUT)
    at = [next((i for i, row in enumerate(rows) if mark in row.label), -1) for mark in marks]
    if -1 in at or at != sorted(at):
        return None
    new, carried_in, total, carried_out = at
    return Applications(
        rows[new], rows[carried_in], tuple(rows[carried_in + 1 : total]), rows[total], rows[carried_out]
    )


def _disputes(grid: Grid) -> Disputes | None:
    width = len(_OUTCOMES)
    words = {text for row in grid for text in row}
    if not {"行政复议", "行政诉讼"} <= words or len(grid[-1]) != width * len(_GROUPS):
        return None
    parts = (grid[-1][start : start + width] for start in range(0, len(grid[-1]), width))
    return Disputes(tuple(Row(name, cells) for name, cells in zip(_GROUPS, parts, strict=True)))


def _made(grid: Grid) -> Made | None:
    heads = [row for row in grid if row[-len(_MADE_COLUMNS) :] == _MADE_COLUMNS]
    rows = tuple(Row(row[0], row[1:]) for row in grid if len(row) == 1 + len(_MADE_COLUMNS) and row[0] in _MADE)
    return Made(rows) if heads and rows else None


def _label(cells: tuple[str, ...]) -> str:
    """Give what a row is called: the last of the cells before its figures, which is not that of a group."""
    return cells[-1] if cells else ""
