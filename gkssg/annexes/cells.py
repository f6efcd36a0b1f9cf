"""Tables, whole: XLSX and XLS with hidden sheets, rows and columns, comments and what the program keeps; CSV."""

from collections.abc import Iterator
import csv
import re
from typing import IO
from xml.etree.ElementTree import Element
import zipfile

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
import xlrd

from gkssg.annexes import flow
from gkssg.annexes.limits import LARGEST_PART, events
from gkssg.annexes.parts import Budget, Cells, Part, Piece, always, anything, attribute, local, opened
from gkssg.language import Message, say
from gkssg.personal.find import masked_text

_ANYTHING = re.compile(r"xl/(?:pivotCache|externalLinks|queryTables|tables)/[^/]*\.xml|xl/connections\.xml")
_HEADS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
_LINES_TO_JUDGE = 20
_CODES = re.compile(r"&(?:[A-Z]|\"[^\"]*\"|\d+)")
_WHOLE = re.compile(r"\d+\.0+|\d(?:\.\d+)?[Ee]\+?\d+")


def workbook(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Part]:
    """Read a workbook of Excel 2007 and later."""
    names = set(archive.namelist())
    strings: list[str] = []
    if "xl/sharedStrings.xml" in names:
        with opened(archive, "xl/sharedStrings.xml", budget) as part:
            strings = list(_strings(part))
    used = bytearray(len(strings))
    sheets = _sheets(archive, budget)
    for path, title, hidden in sheets:
        if path in names:
            name = masked_text(title)
            said = say("sheet “{name}” (hidden)", name=name) if hidden else say("sheet “{name}”", name=name)
            yield Piece(title, say("name of a sheet"))
            with opened(archive, path, budget) as part:
                yield from _sheet(part, said, strings, used)
            for target in _related(archive, path, budget):
                if target in names and re.search(r"/(?:comments|threadedComment)", target):
                    with opened(archive, target, budget) as part:
                        yield from _comments(part, said)
    left = (text for text, is_used in zip(strings, used, strict=True) if not is_used)
    yield from (Piece(text, say("a text that no cell shows")) for text in left)
    for name in sorted(names):
        if _ANYTHING.fullmatch(name):
            with opened(archive, name, budget) as part:
                yield from anything(part, say("data of the program"))
    yield from flow.document(archive, budget)


def _strings(part: IO[bytes]) -> Iterator[str]:
    for event, element in events(part):
        if event == "end" and local(element) == "si":
            yield _said(element)
            element.clear()


def _said(element: Element) -> str:
    """Give the words of a text, but not how it is pronounced."""
    return "".join(
        child.text or ""
        for top in ([element] if local(element) == "t" else element)
        if local(top) != "rPh"
        for child in top.iter()
        if local(child) == "t"
    )


def _sheets(archive: zipfile.ZipFile, budget: Budget) -> list[tuple[str, str, bool]]:
    """Give path and name of each sheet, and whether it is hidden."""
    targets = _relations(archive, "xl/workbook.xml", budget)
    found = []
    with opened(archive, "xl/workbook.xml", budget) as part:
        for event, element in events(part):
            if event == "end" and local(element) == "sheet":
                path = targets.get(attribute(element, "id"), "")
                found.append((path, element.get("name", ""), element.get("state", "visible") != "visible"))
    return found


def _related(archive: zipfile.ZipFile, path: str, budget: Budget) -> list[str]:
    return sorted(_relations(archive, path, budget).values())


def _relations(archive: zipfile.ZipFile, path: str, budget: Budget) -> dict[str, str]:
    """Give the parts that a part refers to, by their ids."""
    folder, _, name = path.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in archive.namelist():
        return {}
    found = {}
    with opened(archive, rels, budget) as part:
        for event, element in events(part):
            if event == "end" and local(element) == "Relationship":
                target = element.get("Target", "")
                found[element.get("Id", "")] = _joined(folder, target)
    return found


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    while target.startswith("../"):
        folder, target = folder.rpartition("/")[0], target[3:]
    return f"{folder}/{target}" if folder else target


def _sheet(part: IO[bytes], sheet: Message, strings: list[str], used: bytearray) -> Iterator[Part]:
    hidden: set[int] = set()
    number = 0
    table = object()
    for event, element in events(part):
        name = local(element)
        if event == "start":
            continue
        if name == "col" and element.get("hidden") in {"1", "true"}:
            hidden.update(range(int(element.get("min", 1)), min(int(element.get("max", 1)), 16384) + 1))
        elif name == "row":
            number = int(element.get("r") or number + 1)
            row = _cells(element, strings, used)
            if row:
                is_hidden = element.get("hidden") in {"1", "true"}
                yield _row(table, row, number, sheet, hidden, is_hidden=is_hidden)
            element.clear()
        elif name in _HEADS and element.text:
            yield Piece(_CODES.sub(" ", element.text), say("{where}, page header or footer", where=sheet))
        elif name in {"formula1", "formula2", "prompt"} and element.text:
            yield Piece(element.text, say("{where}, list of values", where=sheet))


def _cells(row: Element, strings: list[str], used: bytearray) -> dict[int, str]:
    """Give the cells of a row that are not empty, by their columns."""
    found: dict[int, str] = {}
    column = 0
    for cell in row:
        place = cell.get("r")
        column = column_index_from_string(coordinate_from_string(place)[0]) if place else column + 1
        text = _value(cell, strings, used)
        if text:
            found[column] = text
    return found


def _row(
    table: object, row: dict[int, str], number: int, sheet: Message, hidden: set[int], *, is_hidden: bool
) -> Cells:
    columns = sorted(row)

    def where(at: int) -> Message:
        cell = f"{get_column_letter(columns[at])}{number}"
        if is_hidden or columns[at] in hidden:
            how = say("hidden row") if is_hidden else say("hidden column")
            return say("{where}, cell {cell} ({how})", where=sheet, cell=cell, how=how)
        return say("{where}, cell {cell}", where=sheet, cell=cell)

    wide = columns[-1] <= len(columns) + 64
    if not wide:
        return Cells(table, tuple(row[column] for column in columns), where)
    cells = tuple(row.get(column, "") for column in range(1, columns[-1] + 1))
    columns = list(range(1, columns[-1] + 1))
    return Cells(table, cells, where)


def _value(cell: Element, strings: list[str], used: bytearray) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_said(child) for child in cell if local(child) == "is")
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s" and value.isdigit() and int(value) < len(strings):
        used[int(value)] = 1
        return strings[int(value)]
    return _number(value) if kind == "n" else value


def _number(value: str) -> str:
    """Write a number as its cell shows it: a long one may be kept as 1.3800138E10 or 13800138000.0."""
    return f"{float(value):.0f}" if _WHOLE.fullmatch(value) and float(value).is_integer() else value


def _comments(part: IO[bytes], sheet: Message) -> Iterator[Piece]:
    for event, element in events(part):
        if event == "end" and local(element) in {"comment", "threadedComment"}:
            text = "".join(child.text or "" for child in element.iter() if local(child) in {"t", "text"})
            yield Piece(text, say("{where}, comment on cell {cell}", where=sheet, cell=element.get("ref", "")))
            element.clear()


def old_workbook(data: bytes) -> Iterator[Part]:
    """Read a workbook of Excel 97 to 2003."""
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Quiet())
    for sheet in book.sheets():
        title = sheet.name
        name = masked_text(title)
        said = say("sheet “{name}” (hidden)", name=name) if sheet.visibility else say("sheet “{name}”", name=name)
        yield Piece(title, say("name of a sheet"))
        columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
        table = object()
        for number in range(sheet.nrows):
            row = {
                column + 1: _number(str(cell.value)) if cell.ctype == xlrd.XL_CELL_NUMBER else str(cell.value)
                for column, cell in enumerate(sheet.row(number))
                if cell.value != ""
            }
            is_hidden = number in sheet.rowinfo_map and bool(sheet.rowinfo_map[number].hidden)
            if row:
                yield _row(table, row, number + 1, said, {column + 1 for column in columns}, is_hidden=is_hidden)
        for (number, column), note in sorted(sheet.cell_note_map.items()):
            cell = f"{get_column_letter(column + 1)}{number + 1}"
            yield Piece(note.text, say("{where}, comment on cell {cell}", where=said, cell=cell))


class _Quiet:
    """Takes what xlrd would print."""

    def write(self, _text: str) -> None: ...


def table(text: str) -> Iterator[Cells]:
    """Read the rows of a CSV table."""
    csv.field_size_limit(LARGEST_PART)
    lines = text.splitlines(keepends=True)
    delimiter = max(",\t;", key="".join(lines[:_LINES_TO_JUDGE]).count)
    one = object()
    for number, row in enumerate(csv.reader(lines, delimiter=delimiter), 1):
        yield Cells(one, tuple(row), always(say("row {row}", row=number)))


def in_columns(one: object, line: str, where: Message) -> Iterator[Cells]:
    """Take the words of a line for cells, as a table looks in plain text."""
    words = tuple(line.split())
    if len(words) > 1:
        yield Cells(one, words, always(where), is_line=True)
