"""Digests of frozen values: the only thing gkssg compares to know whether a file must be made again."""

import datetime
from enum import Enum
import hashlib
from hashlib import blake2b
from pathlib import Path

from gkssg.values import reader

_ATOMS = (str, int, float, bool, bytes, datetime.date)
_SMALL = 3
"""Fields of a value that is written out wherever it stands: to remember its digest would take more than to find it."""


def digest_bytes(data: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_file(path: Path) -> str:
    """Give the SHA-256 of a file's content without holding it in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_tree(folder: Path, pattern: str = "**/*") -> str:
    """Give one digest of all files of a folder: their names and contents."""
    parts = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        if path.is_file() and "__pycache__" not in path.parts:
            parts.update(f"{path.relative_to(folder).as_posix()}\0{digest_file(path)}\n".encode())
    return parts.hexdigest()


class Digester:
    """Digests frozen values; one inside others (an entry, the column's head) is digested once.

    Fields that do not count in comparing two values do not count here. Refuses dicts, lists and sets: a value that
    could change, or whose order is not defined, has no place in a plan. Keeps the values it has seen alive, so use one
    for one plan and let it go.
    """

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}
        self._alive: list[object] = []  # or the id of one that is gone might come to be another's

    def digest(self, value: object) -> str:
        """Give the digest of a frozen value as 32 hexadecimal characters."""
        parts: list[bytes] = []
        self._write((value,), parts)
        return blake2b(b"".join(parts), digest_size=16).hexdigest()

    def _write(self, values: tuple[object, ...], parts: list[bytes]) -> None:
        """Add what stands for some values, in a form in which no two of them look the same."""
        for value in values:
            kind = type(value)
            if kind is str:
                data = value.encode()  # type: ignore[attr-defined]  # it is a text
                parts += (b"s%d:" % len(data), data)
            elif kind is tuple:
                parts.append(b"(%d:" % len(value))  # type: ignore[arg-type]  # it is a tuple
                self._write(value, parts)  # type: ignore[arg-type]
            elif value is None:
                parts.append(b"n")
            elif kind is int:
                parts.append(b"i%d;" % value)  # type: ignore[str-format]  # it is a number
            else:
                known = self._known.get(id(value))
                parts.append(known or self._other(value))

    def _other(self, value: object) -> bytes:
        """Give what stands for a value that is neither a text nor a tuple."""
        kind = type(value)
        read = reader(kind, compared=True)  # type: ignore[arg-type]  # a class is hashable
        if isinstance(value, Enum):  # its members live as long as the program
            known = self._known[id(value)] = b"e%s.%s;" % (kind.__name__.encode(), value.name.encode())
            return known
        if read is None:
            return _atom(value)
        held = read(value)
        parts = [b"d%s:" % kind.__name__.encode()]
        self._write(held, parts)
        if len(held) <= _SMALL:
            return b"".join(parts)
        known = self._known[id(value)] = b"#" + blake2b(b"".join(parts), digest_size=16).digest()
        self._alive.append(value)
        return known


def _atom(value: object) -> bytes:
    kind = type(value).__name__
    if isinstance(value, _ATOMS):
        data = value if isinstance(value, bytes) else str(value).encode()
        return f"a{kind}{len(data)}:".encode() + data
    raise TypeError(f"{kind} is no frozen value and cannot stand in a plan")
