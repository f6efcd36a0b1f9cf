"""Texts: plain text, RTF, and Word documents as paragraphs and tables in their order.

Of a Word document stands here what its author means to be read: deleted and hidden text, comments and the codes of
fields are left out.
"""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import IO
from xml.etree.ElementTree import Element

from striprtf.striprtf import rtf_to_text

from gkssg.annexes.limits import (
    DAMAGED,
    LONGEST_CELL,
    LONGEST_TEXT,
    MOST_BLOCKS,
    MOST_COLUMNS,
    MOST_ROWS,
    UnfitError,
    events,
    open_part,
    open_zip,
)
from gkssg.annexes.looks import Line, Table, Writing
from gkssg.annexes.sniff import decoded

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "txbxContent", "object")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF = {"0", "false", "off"}
_MOST_BYTES = 8 * LONGEST_TEXT
_CODE_PAGE = re.compile(rb"\\ansicpg(\d+)")
_BLANK = re.compile(r"\n[^\S\n]*(?=\n)")


def read_txt(path: Path) -> Writing:
    """Read plain text."""
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    text = decoded(data[:_MOST_BYTES], is_whole=len(data) <= _MOST_BYTES)
    if text is None:
        raise UnfitError(DAMAGED)
    return _cut(iter(_paragraphs(text)))


def read_rtf(path: Path) -> Writing:
    """Read the text of an RTF document."""
    data = path.read_bytes()
    page = _CODE_PAGE.search(data)
    encoding = f"cp{page[1].decode('ascii')}" if page else "cp936"
    text: str = rtf_to_text(data.decode("latin-1"), encoding, "replace")  # type: ignore[no-untyped-call]
    return _cut(iter(_paragraphs(text)))


def read_docx(path: Path) -> Writing:
    """Read the text of a Word document of 2007 or later."""
    with open_zip(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"word/document\d*\.xml", name)]
        if not names:
            raise UnfitError(DAMAGED)
        with open_part(archive, names[0]) as part:
            return _cut(_blocks(part))


def read_word_xml(path: Path) -> Writing:
    """Read the text of a Word document that was saved as one XML file."""
    with path.open("rb") as file:
        return _cut(_blocks(file))


def _paragraphs(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\x1a", "")
    return [line.rstrip() for line in _BLANK.sub("", lines).split("\n") if line.strip()]


def _cut(blocks: Iterator[str | Table]) -> Writing:
    kept: list[str | Table] = []
    length = 0
    for block in blocks:
        if len(kept) == MOST_BLOCKS or length > LONGEST_TEXT:
            return Writing(tuple(kept), is_whole=False)
        kept.append(block if isinstance(block, Table) else block[:LONGEST_TEXT])
        length += _length(block)
    whole = all(block.is_whole if isinstance(block, Table) else len(block) < LONGEST_TEXT for block in kept)
    return Writing(tuple(kept), is_whole=whole)


def _length(block: str | Table) -> int:
    return len(block) if isinstance(block, str) else sum(len(cell) for row in block.rows for cell in row.cells)


def _blocks(source: IO[bytes]) -> Iterator[str | Table]:
    """Give paragraphs and tables of a document as its XML is read; what has been given is let go."""
    depth = 0  # of tables and text boxes: their paragraphs belong to them
    found_body = False
    for event, element in events(source):
        if element.tag == f"{_W}body":
            found_body = True
        if not found_body:
            continue
        inside = element.tag in {f"{_W}tbl", f"{_W}txbxContent"}
        if event == "start":
            depth += inside
            continue
        depth -= inside
        if depth:
            continue
        if element.tag == f"{_W}p":
            text = _text(element).strip()
            if text:
                yield text
            element.clear()
        elif element.tag == f"{_W}tbl":
            yield _table(element)
            element.clear()
    if not found_body:
        raise UnfitError(DAMAGED)


def _table(element: Element) -> Table:
    rows = []
    for number, row in enumerate(_children(element, "tr"), 1):
        cells: list[str] = []
        for cell in _children(row, "tc"):
            text = "\n".join(filter(None, (_text(part).strip() for part in cell.iter(f"{_W}p"))))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells.append(text[:LONGEST_CELL])
            width = span.get(f"{_W}val", "1") if span is not None else "1"
            cells += [""] * (min(int(width), MOST_COLUMNS) - 1 if width.isdigit() else 0)
        rows.append(Line(number, tuple(cells[:MOST_COLUMNS])))
    widest = max([len(row.cells) for row in rows], default=0)
    shown = (Line(row.number, row.cells + ("",) * (widest - len(row.cells))) for row in rows[:MOST_ROWS])
    return Table("", (), tuple(shown), len(rows), widest)


def _children(element: Element, name: str) -> Iterator[Element]:
    """Give the rows of a table or the cells of a row, also those inside content controls and insertions."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _children(child, name)


def _text(element: Element) -> str:
    match element.tag.removeprefix(_W):
        case "t":
            return element.text or ""
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case "r" if _is_hidden(element):
            return ""
    if element.tag in _LEFT_OUT or element.tag == _FALLBACK:
        return ""
    return "".join(_text(child) for child in element)


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in _OFF
