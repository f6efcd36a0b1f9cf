"""Tables: CSV in the encodings that are met with, XLSX and XLS. Hidden sheets, rows and columns are left out."""

from collections.abc import Callable, Iterator
from contextlib import closing
import csv
import datetime
from itertools import islice
from pathlib import Path
import re
from typing import Any, TypeVar

import openpyxl
from openpyxl.utils import get_column_letter
import xlrd

from gkssg.annexes.limits import (
    DAMAGED,
    LARGEST_PART,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_COUNTED,
    MOST_ROWS,
    MOST_SHEETS,
    UnfitError,
    events,
    open_part,
    open_zip,
)
from gkssg.annexes.looks import Line, Sheets, Table
from gkssg.annexes.sniff import decoded

_DELIMITERS = ",\t;"
_LINES_TO_JUDGE = 20
_WIDEST = 4 * MOST_COLUMNS
"""Columns that are looked at."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_READ_WHOLE = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml")
_PLACES = re.compile(r"[#0]\.(0+)")
_SECTION = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
_TIME = re.compile(r"[hs]", re.IGNORECASE)
T = TypeVar("T")


def read_csv(path: Path) -> Sheets:
    """Read a CSV file; its first row is the head."""
    text = decoded(path.read_bytes())
    if text is None:
        raise UnfitError(DAMAGED)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    csv.field_size_limit(LARGEST_PART)
    rows = csv.reader((f"{line}\n" for line in lines), delimiter=_delimiter(lines[:_LINES_TO_JUDGE]))
    try:
        filled = ((number, tuple(row)) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row))
        _, head = next(filled, (0, ()))
        kept = [Line(number, _cut(row)) for number, row in islice(filled, MOST_ROWS)]
        count = len(kept) + sum(1 for _ in filled)
    except csv.Error as error:
        raise UnfitError(DAMAGED) from error
    width = max([len(head), *(len(row.cells) for row in kept)])
    padded = tuple(Line(row.number, _padded(row.cells, min(width, MOST_COLUMNS))) for row in kept)
    return Sheets((Table("", _padded(_cut(head), min(width, MOST_COLUMNS)), padded, count, width),), 1)


def _delimiter(lines: list[str]) -> str:
    """Find what parts the cells: the character that parts most lines into equally many, and into most."""

    def even(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader([line for line in lines if line.strip()], delimiter=mark)]
        first = counts[0] if counts else 1
        return (sum(count == first for count in counts) if first > 1 else 0, first)

    return max(_DELIMITERS, key=even)


def read_xlsx(path: Path) -> Sheets:
    """Read a workbook of Excel 2007 and later, row by row; values as they were last computed."""
    with open_zip(path) as archive:
        for name in archive.namelist():
            if name in _READ_WHOLE or name.startswith("xl/theme/") or name.endswith(".rels"):
                with open_part(archive, name) as part:
                    next(events(part), None)  # refuses a document type before openpyxl reads it
        with (
            path.open("rb") as file,
            closing(openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book,
        ):
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            tables = []
            for sheet in visible[:MOST_SHEETS]:
                with open_part(archive, sheet._worksheet_path) as part:  # type: ignore[attr-defined] # noqa: SLF001
                    hidden_columns, hidden_rows = _hidden_in_xlsx(part)
                sheet.reset_dimensions()  # what a file says of them is often the greatest there can be
                rows = (
                    (number, {column: cell for column, cell in enumerate(row, 1) if column not in hidden_columns})
                    for number, row in enumerate(sheet.iter_rows(max_row=MOST_COUNTED, max_col=_WIDEST), 1)
                    if number not in hidden_rows
                )
                tables.append(_sheet(sheet.title, rows, _xlsx_cell))
    return Sheets(tuple(tables), len(visible), numbered=True)


def _hidden_in_xlsx(part: Any) -> tuple[set[int], set[int]]:  # noqa: ANN401  (a file; typeshed and defusedxml differ)
    """Find the hidden columns and rows of a sheet, which openpyxl does not tell when it reads row by row."""
    columns: set[int] = set()
    rows: set[int] = set()
    number = 0
    for event, element in events(part):
        if number > MOST_COUNTED:
            break
        if event == "end":
            if element.tag in {f"{_MAIN}row", f"{_MAIN}c"}:
                element.clear()
        elif element.tag == f"{_MAIN}col" and element.get("hidden") in {"1", "true"}:
            columns.update(range(int(element.get("min", 1)), min(int(element.get("max", 1)), 16384) + 1))
        elif element.tag == f"{_MAIN}row":
            number = int(element.get("r", number + 1))
            if element.get("hidden") in {"1", "true"}:
                rows.add(number)
    return columns, rows


def _xlsx_cell(cell: Any) -> str:  # noqa: ANN401  (openpyxl has a class for each way a cell is read)
    value = cell.value
    return "" if value is None else _said(value, cell.number_format or "General")


def read_xls(path: Path) -> Sheets:
    """Read a workbook of Excel 97 to 2003."""
    with path.open("rb") as file, closing(_Quiet()) as log:
        book = xlrd.open_workbook(file_contents=file.read(), formatting_info=True, logfile=log, on_demand=True)
        visible = [index for index, sheet in enumerate(book.sheets()) if sheet.visibility == 0]
        tables = []
        for index in visible[:MOST_SHEETS]:
            sheet = book.sheet_by_index(index)
            hidden = {column for column, info in sheet.colinfo_map.items() if info.hidden}
            rows = (
                (
                    number + 1,
                    {column + 1: cell for column, cell in enumerate(sheet.row(number)) if column not in hidden},
                )
                for number in range(min(sheet.nrows, MOST_COUNTED))
                if number not in sheet.rowinfo_map or not sheet.rowinfo_map[number].hidden
            )
            tables.append(_sheet(sheet.name, rows, lambda cell: _xls_cell(book, cell)))
    return Sheets(tuple(tables), len(visible), numbered=True)


class _Quiet:
    """Takes what xlrd would print."""

    def write(self, _text: str) -> None: ...

    def close(self) -> None: ...


def _xls_cell(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    value: Any = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return ""
        case xlrd.XL_CELL_DATE:
            try:
                return _said(xlrd.xldate.xldate_as_datetime(value, book.datemode), _format_of(book, cell))
            except (xlrd.xldate.XLDateError, OverflowError, ValueError):
                return _said(value, "General")
        case xlrd.XL_CELL_NUMBER:
            return _said(value, _format_of(book, cell))
        case xlrd.XL_CELL_BOOLEAN:
            return _said(bool(value), "")
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(value, "#ERROR!"))
        case _:
            return str(value)


def _format_of(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    return str(book.format_map[book.xf_list[cell.xf_index or 0].format_key].format_str)


def _sheet(name: str, rows: Iterator[tuple[int, dict[int, T]]], said: Callable[[T], str]) -> Table:
    """Make a table of the rows of a sheet, each with its number and its visible cells by their column."""
    kept: list[tuple[int, dict[int, str]]] = []
    count, last = 0, 0
    for number, cells in rows:
        last = number
        if len(kept) < MOST_ROWS:
            texts = {column: said(cell) for column, cell in islice(cells.items(), _WIDEST)}
            if any(texts.values()):
                kept.append((number, texts))
                count += 1
        else:
            count += any(said(cell) for cell in cells.values())
    used = sorted({column for _, texts in kept for column, text in texts.items() if text})
    shown = used[:MOST_COLUMNS]
    lines = tuple(Line(number, _cut(tuple(texts.get(column, "") for column in shown))) for number, texts in kept)
    letters = tuple(get_column_letter(column) for column in shown)
    return Table(name, letters, lines, count, len(used), is_counted=last < MOST_COUNTED)


def _said(value: object, pattern: str) -> str:
    """Write a value as a spreadsheet program shows it, as far as its number format is a common one."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime.datetime():
            has_time = bool(_TIME.search(_SECTION.sub("", pattern)))
            return f"{value:%Y-%m-%d %H:%M}" if has_time else f"{value:%Y-%m-%d}"
        case datetime.date() | datetime.time():
            return value.isoformat()
        case int() | float():
            return _number(value, _SECTION.sub("", pattern.partition(";")[0]))
        case _:
            return str(value)


def _number(value: float, pattern: str) -> str:
    places = _PLACES.search(pattern)
    if pattern in {"General", "@", ""} or not re.search(r"[0#]", pattern) or "E" in pattern or "?" in pattern:
        return str(value) if isinstance(value, int) else f"{value:.15g}"
    comma = "," if "#,#" in pattern or "0,0" in pattern else ""
    if "%" in pattern:
        return f"{value * 100:{comma}.{len(places[1]) if places else 0}f}%"
    return f"{value:{comma}.{len(places[1]) if places else 0}f}"


def _cut(cells: tuple[str, ...]) -> tuple[str, ...]:
    shown = (cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]}…" for cell in cells[:MOST_COLUMNS])
    return tuple(cell.strip() for cell in shown)


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))
