"""Digests of frozen values: the only thing gkssg compares to know whether a file must be made again."""

from dataclasses import fields, is_dataclass
import datetime
from enum import Enum
from functools import cache
import hashlib
from hashlib import blake2b
from pathlib import Path

_ATOMS = (str, int, float, bool, bytes, datetime.date)


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
    """Digests frozen values; a value that many others hold (an entry, the column's head) is digested once.

    Fields that do not count in comparing two values do not count here. Refuses dicts, lists and sets: a value that
    could change, or whose order is not defined, has no place in a plan. Keeps the values it has seen alive, so use one
    for one plan and let it go.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}

    def digest(self, value: object) -> str:
        """Give the digest of a frozen value as 32 hexadecimal characters."""
        parts: list[bytes] = []
        self._write(value, parts)
        return blake2b(b"".join(parts), digest_size=16).hexdigest()

    def _write(self, value: object, parts: list[bytes]) -> None:
        """Add what stands for a value, in a form in which no two values look the same."""
        kind = type(value)
        if kind is str:
            data = value.encode()  # type: ignore[attr-defined]  # it is a text
            parts.append(b"s%d:" % len(data) + data)
        elif kind is tuple:
            parts.append(b"(%d:" % len(value))  # type: ignore[arg-type]  # it is a tuple
            for item in value:  # type: ignore[attr-defined]
                self._write(item, parts)
        elif value is None:
            parts.append(b"n")
        elif isinstance(value, Enum):
            parts.append(f"e{kind.__name__}.{value.name};".encode())
        elif isinstance(value, _ATOMS):
            data = value if isinstance(value, bytes) else str(value).encode()
            parts.append(f"a{kind.__name__}{len(data)}:".encode() + data)
        elif is_dataclass(value) and not isinstance(value, type):
            parts.append(self._node(value))
        else:
            raise TypeError(f"{kind.__name__} is no frozen value and cannot stand in a plan")

    def _node(self, value: object) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            parts = [f"d{type(value).__name__}:".encode()]
            for name in _names(type(value)):  # type: ignore[arg-type]  # a class is hashable
                self._write(getattr(value, name), parts)
            known = self._known[id(value)] = (value, blake2b(b"".join(parts), digest_size=16).digest())
        return known[1]


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Give the fields of a dataclass that count in comparing two values."""
    return tuple(field.name for field in fields(kind) if field.compare)
