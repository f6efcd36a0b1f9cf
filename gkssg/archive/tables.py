"""CSV files that the program reads: rows with their places, whatever spreadsheet program wrote them."""

import csv
from dataclasses import dataclass
import io
from pathlib import Path

from gkssg.archive.source import LARGEST_FILE, read_error
from gkssg.language import say
from gkssg.problem import Place, Problem

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a row that is not empty, without blanks around them, and where it begins."""

    cells: tuple[str, ...]
    place: Place

    def cell(self, column: int | None) -> str:
        """Give the text in a column, empty where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its cells by the name of their column, without blanks around them."""

    cells: tuple[tuple[str, str], ...]
    place: Place

    def get(self, name: str) -> str:
        """Give the text of a cell, empty where there is none."""
        return dict(self.cells).get(name, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head: the names of its columns, its rows, and in which encoding it was written."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    encoding: str


def read_table(path: Path, shown: str) -> tuple[Table | None, tuple[Problem, ...]]:
    """Read a CSV file whose first row names its columns; ``shown`` is its path in messages."""
    lines, encoding, problems = read_lines(path, shown)
    if problems:
        return None, problems
    if not lines:
        hint = say("its first row names the columns")
        return None, (Problem(Place(shown), "table-file", say("the table is empty"), hint),)
    columns = lines[0].cells
    rows = tuple(TableRow(tuple(zip(columns, line.cells, strict=False)), line.place) for line in lines[1:])
    return Table(columns, rows, encoding), ()


def read_lines(path: Path, shown: str) -> tuple[tuple[Line, ...], str, tuple[Problem, ...]]:
    """Read a CSV file in UTF-8 or in GB 18030, as spreadsheet programs save it, and tell in which; none on a fault."""
    place = Place(shown)
    try:
        data = path.read_bytes()
    except OSError as error:
        return (), "", (read_error(error, place),)
    if len(data) > LARGEST_FILE:
        message = say("the table has {size} bytes; {most} are read", size=len(data), most=LARGEST_FILE)
        return (), "", (Problem(place, "table-file", message, say("part it into several files")),)
    text, encoding = _decoded(data)
    if encoding == "":
        hint = say("in the spreadsheet program, save it as “CSV UTF-8”")
        return (), "", (Problem(place, "table-file", say("the table is neither UTF-8 nor GB 18030"), hint),)
    reader = csv.reader(io.StringIO(text.removeprefix(_BOM), newline=""), strict=True)
    lines: list[Line] = []
    start = 1
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            lines += [Line(stripped, Place(shown, start))] if any(stripped) else []
            start = reader.line_num + 1
    except csv.Error as error:
        message = say("the table cannot be read: {why}", why=str(error))
        hint = say("look for a quotation mark that is not closed")
        return (), "", (Problem(Place(shown, start), "table-file", message, hint),)
    return tuple(lines), encoding, ()


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig" if data.startswith(_BOM.encode()) else "utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return "", ""
