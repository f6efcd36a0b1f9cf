"""What a preview may cost: a file beyond these limits is published, but not opened here."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
import struct
from typing import IO
from xml.etree.ElementTree import Element  # a type; defusedxml does the reading
import zipfile

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from gkssg.language import Message, say

LARGEST = 32 * 1024 * 1024
"""Bytes of a file that is opened for a preview."""
LARGEST_SLOW = 8 * 1024 * 1024
"""Bytes of one that is slow to read: XLS, RTF."""
LARGEST_PART = 32 * 1024 * 1024
"""Bytes, unpacked, of a part of an Office file that is read."""
MOST_MEMBERS = 10_000
"""Files in an archive that is opened."""
MOST_PIXELS = 64_000_000
"""Pixels of a picture that is decoded; 8000 × 8000."""
MOST_ELEMENTS = 2_000_000
"""Elements of XML that are read."""
MOST_ROWS = 200
MOST_COUNTED = 20_000
"""Rows of a sheet that are counted."""
MOST_COLUMNS = 40
MOST_SHEETS = 20
MOST_BLOCKS = 500
"""Paragraphs and tables of a text."""
LONGEST_CELL = 500
LONGEST_TEXT = 30_000
"""Characters of a text, over all its paragraphs."""

_END_OF_ZIP = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535


class UnfitError(Exception):
    """A file that cannot be shown; :attr:`why` says the reason, in words for readers and editors."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.template)
        self.why = why


DAMAGED = say("the file is damaged and cannot be opened")
_TOO_MUCH = say("the file holds so much when unpacked that it is not opened here")


def refuse_large(source: Path | IO[bytes], most: int = LARGEST) -> None:
    """Raise UnfitError for a file that is larger than a preview may cost."""
    if (source.stat().st_size if isinstance(source, Path) else source.seek(0, 2)) > most:
        raise UnfitError(say("the file is larger than {most} MB and is not opened here", most=most // 1024 // 1024))


def open_zip(source: Path | IO[bytes]) -> zipfile.ZipFile:
    """Open an archive whose list of files is of a sane length. Raises UnfitError."""
    with source.open("rb") if isinstance(source, Path) else nullcontext(source) as file:
        size = file.seek(0, 2)
        file.seek(max(size - _END_SIZE - _LONGEST_COMMENT, 0))
        tail = file.read()
    start = tail.rfind(_END_OF_ZIP)
    if start < 0 or len(tail) < start + _END_SIZE:
        raise UnfitError(say("the file is cut off: its end is missing"))
    (members,) = struct.unpack_from("<H", tail, start + 10)
    if members > MOST_MEMBERS:
        raise UnfitError(_TOO_MUCH)
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnfitError(DAMAGED) from error


def open_part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open one file of an archive; what it says of its size is what can be read of it. Raises UnfitError."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise UnfitError(DAMAGED) from error
    if info.file_size > LARGEST_PART:
        raise UnfitError(_TOO_MUCH)
    return archive.open(info)


def events(source: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """Read XML element by element, each at its start and its end. Document types, and so entities, are refused."""
    try:
        for number, event in enumerate(ElementTree.iterparse(source, ("start", "end"), forbid_dtd=True)):
            if number > 2 * MOST_ELEMENTS:
                raise UnfitError(_TOO_MUCH)
            yield event
    except DefusedXmlException as error:
        raise UnfitError(say("the file defines XML entities, which can be made to grow without limit")) from error
    except (ElementTree.ParseError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise UnfitError(DAMAGED) from error
