"""Digests of frozen values: the only thing gkssg compares to know whether a file must be made again."""

from dataclasses import fields, is_dataclass
import datetime
from enum import Enum
import hashlib
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
        return self._raw(value).hex()

    def _raw(self, value: object) -> bytes:
        if value is None or isinstance(value, _ATOMS):
            return _hash(
                f"{type(value).__name__}:".encode(),
                value if isinstance(value, bytes) else str(value).encode(),
            )
        if isinstance(value, Enum):
            return _hash(b"enum:", f"{type(value).__name__}.{value.name}".encode())
        if isinstance(value, tuple):
            return _hash(b"tuple:", *map(self._raw, value))
        if not is_dataclass(value) or isinstance(value, type):
            raise TypeError(f"{type(value).__name__} is no frozen value and cannot stand in a plan")
        known = self._known.get(id(value))
        if known is None:
            parts = (self._raw(getattr(value, field.name)) for field in fields(value) if field.compare)
            known = self._known[id(value)] = (value, _hash(f"{type(value).__name__}:".encode(), *parts))
        return known[1]


def _hash(*parts: bytes) -> bytes:
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.digest()
