"""The tables of annual reports on disclosure: read from the rendered text, cells that span several rows in each."""

from collections.abc import Callable
from dataclasses import dataclass
import re
from typing import TypeVar

from gkssg.markup.clauses import Grid, blocks

_NEW, _CARRIED_IN, _TOTAL, _CARRIED_OUT = "本年新收", "上年结转", "总计", "结转下年度"
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
_MADE = ("规章", "行政规范性文件")
_MADE_COLUMNS = ("本年制发件数", "本年废止件数", "现行有效件数")
_HANDLED = ("行政许可", "行政处罚", "行政强制")
_FEES = "行政事业性收费"
_NUMBER = re.compile(r"[0-9]{1,12}")
_SUM = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")
"""Of money, in 万元."""

Cells = tuple[tuple[str, ...], ...]
_Table = TypeVar("_Table")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures of a table: what it is called, and what stands in its cells."""

    label: str
    cells: tuple[str, ...]

    @property
    def numbers(self) -> tuple[int, ...] | None:
        """The figures, None if one of the cells holds none."""
        return tuple(map(int, self.cells)) if all(map(_NUMBER.fullmatch, self.cells)) else None

    def wrong(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Give the names of the columns in which there is no number; of fees, it may have four decimals."""
        form = _SUM if self.label == _FEES else _NUMBER
        return tuple(column for column, cell in zip(columns, self.cells, strict=True) if not form.fullmatch(cell))


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
    """Table 二: rules and normative documents made, repealed, and in force, three cells a row.

    ``single`` are the rows of other items of article 20, which have one number each.
    """

    rows: tuple[Row, ...]
    single: tuple[Row, ...]

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
    found = tuple(
        tuple(tuple("".join(cell.split()) for cell in row) for row in block.rows)
        for block in blocks(html)
        if isinstance(block, Grid)
    )
    return Tables(_first(found, _made), _first(found, _applications), _first(found, _disputes))


def _first(grids: tuple[Cells, ...], read: Callable[[Cells], _Table | None]) -> _Table | None:
    return next((found for grid in grids if (found := read(grid))), None)


def _applications(grid: Cells) -> Applications | None:
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


def _disputes(grid: Cells) -> Disputes | None:
    width = len(_OUTCOMES)
    words = {text for row in grid for text in row}
    if not {"行政复议", "行政诉讼"} <= words or len(grid[-1]) != width * len(_GROUPS):
        return None
    parts = (grid[-1][start : start + width] for start in range(0, len(grid[-1]), width))
    return Disputes(tuple(Row(name, cells) for name, cells in zip(_GROUPS, parts, strict=True)))


def _made(grid: Cells) -> Made | None:
    heads = [row for row in grid if row[-len(_MADE_COLUMNS) :] == _MADE_COLUMNS]
    rows = tuple(Row(row[0], row[1:]) for row in grid if len(row) == 1 + len(_MADE_COLUMNS) and row[0] in _MADE)
    single = tuple(Row(row[0], row[-1:]) for row in grid if row and row[0] in (*_HANDLED, _FEES))
    return Made(rows, single) if heads and rows else None


def _label(cells: tuple[str, ...]) -> str:
    """Give what a row is called: the last of the cells before its figures, which is not that of a group."""
    return cells[-1] if cells else ""
