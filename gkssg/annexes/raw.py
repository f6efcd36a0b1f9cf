"""The words in old files, found without reading what the files are made of: .doc, .ppt and others of that kind; RTF.

That way nothing escapes that a reader would pass over: notes, deleted text, what a quick save has left behind.
"""

from collections.abc import Iterator
import re
from typing import IO

import olefile

from gkssg.annexes.limits import LARGEST_SLOW
from gkssg.annexes.parts import Budget, Part, Piece
from gkssg.language import say

_WIDE = re.compile(r"[\t\r\n\x07 -~\u00b7\u2010-\u2030\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]{5,}")
_NARROW = re.compile(rb"[\t\r\n\x07 -~]{9,}")
_CELL_END = str.maketrans({"\x07": "\t", "\r": "\n"})
_CODE_PAGE = re.compile(rb"\\ansicpg(\d+)")
_HEX = re.compile(rb"[0-9a-fA-F\s]{64,}")
_RTF = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\u(-?\d+) ?(?:\\'[0-9a-fA-F]{2}|\?)?|"
    rb"\\(par|line|row|cell|tab|(?:header|footer)[lrf]?|footnote|annotation|author|operator|title|info)\b ?|"
    rb"\\[a-z]+-?\d* ?|\\\W|(\})|[{\r\n]"
)
_NAMING = {b"author", b"operator"}
_SIGNS = {b"cell": "\t", b"tab": "\t", **dict.fromkeys(_NAMING, "\n\x01")}
"""What a control word of RTF becomes; any other that matters ends a line. U+0001 stands before an author's name."""


def container(file: IO[bytes], budget: Budget, *, is_again: bool) -> Iterator[Part]:
    """Read the properties of an OLE container and its streams; ``is_again``: another reader has read it."""
    with olefile.OleFileIO(file) as ole:
        about = ole.get_metadata()
        for name, where in (
            ("author", say("author")),
            ("last_saved_by", say("last saved by")),
            ("manager", say("manager")),
        ):
            yield Piece(_plain(getattr(about, name)), say("document property {name}", name=where), is_author=True)
        for name in ("title", "subject", "keywords", "comments", "company"):
            yield Piece(_plain(getattr(about, name)), say("document property {name}", name=name))
        for path in ole.listdir():
            size = ole.get_size(path)
            if path[-1].startswith("\x05") or size > LARGEST_SLOW:
                continue
            budget.unpack(size)
            yield from words(ole.openstream(path).read(), is_again=is_again)


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.split(b"\0")[0].decode("gb18030", "replace")
    return value.split("\0")[0] if isinstance(value, str) else ""


def words(data: bytes, *, is_again: bool = False) -> Iterator[Piece]:
    """Find the words in bytes of unknown meaning: in UTF-16, at even and at odd places, and in ASCII."""
    where = say("text")
    for start in (0, 1):
        for match in _WIDE.finditer(data[start:].decode("utf-16-le", "replace")):
            yield Piece(match[0].translate(_CELL_END), where, is_again=is_again)
    for plain in _NARROW.finditer(data):
        yield Piece(plain[0].decode("ascii").translate(_CELL_END), where, is_again=is_again)


def rtf(data: bytes) -> Iterator[Piece]:
    """Read an RTF document with its header, footers, notes and properties."""
    page = _CODE_PAGE.search(data)
    encoding = f"cp{page[1].decode('ascii')}" if page else "cp936"
    out: list[str] = []
    waiting = bytearray()
    end = 0
    is_naming = False
    data = _HEX.sub(b" ", data)
    for match in _RTF.finditer(data):
        waiting += data[end : match.start()]
        end = match.end()
        if match[1]:
            waiting.append(int(match[1], 16))
        elif match[2] or match[3] or (match[4] and is_naming):
            sign = chr(int(match[2]) % 65536) if match[2] else _SIGNS.get(match[3], "\n")
            out += (waiting.decode(encoding, "replace"), sign)
            waiting.clear()
            is_naming = match[3] in _NAMING or (is_naming and not match[4])
    text = "".join([*out, waiting.decode(encoding, "replace")])
    for number, line in enumerate(text.split("\n"), 1):
        is_author = line.startswith("\x01")
        where = (
            say("document property {name}", name=say("author")) if is_author else say("line {number}", number=number)
        )
        yield Piece(line.lstrip("\x01"), where, is_author=is_author)
