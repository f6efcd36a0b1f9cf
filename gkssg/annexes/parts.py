"""What a file holds anywhere in it, piece by piece, also what its program does not show: what all readers share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
import re
from typing import IO
from xml.etree.ElementTree import Element
import zipfile

from gkssg.annexes.limits import UnfitError, events, open_part
from gkssg.language import Message, say
from gkssg.personal.find import Kind

MOST_UNPACKED = 256 * 1024 * 1024
"""Bytes, unpacked, of everything that is searched of one file."""
MOST_CHARACTERS = 30_000_000
"""Characters of it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and where it stands. ``is_author``: it should be the name of a program's user, and may be a person's.

    ``is_again``: what is in it was perhaps given before, with a better place.
    """

    text: str
    where: Message
    is_author: bool = False
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of a table: its cells, and where each of them stands; rows with the same ``table`` have one head.

    ``is_line``: they are the words of a line that is searched as a whole.
    """

    table: object
    cells: tuple[str, ...]
    where: Callable[[int], Message]
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Inner:
    """A file inside the file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """Something that need not be searched to be known for what it is."""

    kind: Kind
    where: Message


Part = Piece | Cells | Inner | Known


class Budget:
    """How much is left of what searching one file, with all that is inside it, may cost."""

    def __init__(self) -> None:
        self._bytes = MOST_UNPACKED
        self._characters = MOST_CHARACTERS

    def unpack(self, size: int) -> None:
        """Take account of bytes about to be unpacked. Raises UnfitError."""
        self._bytes -= size
        if self._bytes < 0:
            raise UnfitError(say("the file holds so much when unpacked that not all of it was searched"))

    def read(self, length: int) -> None:
        """Take account of characters that were read. Raises UnfitError."""
        self._characters -= length
        if self._characters < 0:
            raise UnfitError(say("the file holds so much text that not all of it was searched"))


def always(where: Message) -> Callable[[int], Message]:
    """Give the same place for every column."""
    return lambda _column: where


def opened(archive: zipfile.ZipFile, name: str, budget: Budget) -> IO[bytes]:
    """Open one file of an archive within the budget. Raises UnfitError."""
    budget.unpack(archive.getinfo(name).file_size)
    return open_part(archive, name)


def local(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Give an attribute by its name without a namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


_NUMBER = re.compile(r"\d+")


def numbered(name: str) -> int:
    """Give the number in the name of a part, as in ``slide12.xml``; 0 where there is none."""
    found = _NUMBER.search(name.rpartition("/")[2])
    return int(found[0]) if found else 0


def properties(source: IO[bytes]) -> Iterator[Piece]:
    """Read the properties of an Office document: who wrote it, who saved it last, for whom."""
    for event, element in events(source):
        if event == "end" and element.text and element.text.strip():
            name = local(element)
            authors = {"creator", "lastModifiedBy", "Manager", "initial-creator"}
            where = say("document property {name}", name=_PROPERTIES.get(name, say("{name}", name=name)))
            yield Piece(element.text, where, is_author=name in authors)


_PROPERTIES = {
    "creator": say("author"),
    "initial-creator": say("author"),
    "lastModifiedBy": say("last saved by"),
    "Manager": say("manager"),
    "Company": say("company"),
    "title": say("title"),
    "subject": say("subject"),
    "description": say("comments"),
    "keywords": say("keywords"),
}


def anything(source: IO[bytes], where: Message) -> Iterator[Piece]:
    """Give all words of an XML part, those of its elements and those of its attributes."""
    for event, element in events(source):
        if event == "end":
            for text in (element.text, *element.attrib.values()):
                if text and text.strip():
                    yield Piece(text, where)
            element.clear()
