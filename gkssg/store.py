"""Texts kept on disk, so that no stage holds the texts of all documents; and what a build may find again in the next.

What goes around is a :class:`Stored`: equal to another when the text is, wherever it lies. A :class:`Store` is one
SQLite file. It may be deleted at any time, and what is read from it is compared with its digest: a fault raises
:class:`StoreError`, and the build begins again with a new one.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
import hashlib
import os
from pathlib import Path
import shutil
import sqlite3
from typing import Self

from gkssg.filestate import moment

_FORMAT = 1
_OPEN = "open"
"""Lies beside a store while it is written to."""
_PRAGMAS = (
    # Whatever breaks is made again, so nothing is paid for safety; but what is deleted is gone from the file too.
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -16000",
)
_TABLES = (
    "CREATE TABLE IF NOT EXISTS texts (digest BLOB PRIMARY KEY, text BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS rows (name TEXT PRIMARY KEY, mark TEXT NOT NULL, digest BLOB NOT NULL, data BLOB)",
    "CREATE TABLE IF NOT EXISTS head (format INTEGER NOT NULL, code TEXT NOT NULL)",
)


class StoreError(Exception):
    """What lies in a store is not what was put there, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A text by its digest; it lies in a store's file, or is held here where nothing was given to store it in."""

    sha256: str
    held: str = field(default="", compare=False, repr=False)
    file: str = field(default="", compare=False, repr=False)

    def read(self) -> str:
        """Give the text. Raises StoreError when it is no longer there."""
        return _text(self.file, self.sha256) if self.file else self.held


@dataclass(frozen=True, slots=True)
class Row:
    """Something kept under a name: ``mark`` says of what state of its source it was made."""

    name: str
    mark: str
    data: bytes


class Store:
    """Texts by their digest, and rows by their name; without a file, texts stay in memory and rows are forgotten."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is not None:
            is_sound = kind is None or not issubclass(kind, StoreError)
            with _faults():
                if is_sound:
                    _connection(str(self._file)).commit()
                _close(self._file)
            if is_sound:
                (self._file.parent / _OPEN).unlink(missing_ok=True)

    def put(self, text: str) -> Stored:
        """Keep a text."""
        data = text.encode()
        digest = hashlib.sha256(data)
        if self._file is None or not data:
            return Stored(digest.hexdigest(), held=text)
        with _faults():
            _connection(str(self._file)).execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (digest.digest(), data))
        return Stored(digest.hexdigest(), file=str(self._file))

    def promised(self, stored: Stored) -> Stored:
        """Tell how a text that is held in memory will be found once it was put here."""
        return Stored(stored.sha256, file=str(self._file)) if self._file is not None and stored.held else stored

    def moment(self) -> int:
        """Give the time of this moment as files beside the store have it; 0 where it forgets everything anyway."""
        return moment(self._file.parent) if self._file else 0

    def rows(self, prefix: str = "") -> Iterator[Row]:
        """Give all rows that are sound, or those whose names begin with something."""
        if self._file is None:
            return
        with _faults():
            connection = _connection(str(self._file))
            between = (prefix, prefix + "\U0010ffff")
            for name, mark, digest, data in connection.execute(
                "SELECT * FROM rows WHERE name BETWEEN ? AND ?", between
            ):
                if _sum(name, mark, data) == digest:
                    yield Row(name, mark, data)

    def keep(self, rows: Iterable[Row], gone: Iterable[str]) -> None:
        """Add or replace rows, and forget those with the names ``gone``."""
        if self._file is None:
            return
        with _faults():
            connection = _connection(str(self._file))
            connection.executemany("DELETE FROM rows WHERE name = ?", ((name,) for name in gone))
            values = ((row.name, row.mark, _sum(row.name, row.mark, row.data), row.data) for row in rows)
            connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", values)

    def retain(self, used: Iterable[Stored]) -> None:
        """Forget every text but these, and make all that was put readable for other processes."""
        if self._file is None:
            return
        with _faults():
            connection = _connection(str(self._file))
            kept = {bytes.fromhex(stored.sha256) for stored in used if stored.file}
            lying = connection.execute("SELECT digest FROM texts").fetchall()
            connection.executemany("DELETE FROM texts WHERE digest = ?", (row for row in lying if row[0] not in kept))
            connection.commit()

    def commit(self) -> None:
        """Make all that was put readable for other processes."""
        if self._file is not None:
            with _faults():
                _connection(str(self._file)).commit()


IN_MEMORY = Store()


def open_store(folder: Path, code: str) -> Store:
    """Open the store in a folder; what other ``code`` left there, or a build that was cut off, is removed first.

    Of what such a build was writing, parts may lie in the file that nothing leads to any more. Raises StoreError.
    """
    file = folder / "texts.db"
    try:
        if (folder / _OPEN).exists() or not _is_sound(file, code):
            discard(folder)
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            (folder / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n", "utf-8")
            _begin(file, code)
        (folder / _OPEN).touch()
    except (OSError, sqlite3.Error) as error:
        raise StoreError(str(error)) from error
    return Store(file)


def discard(folder: Path) -> None:
    """Remove all that lies in a store's folder, but not the folder, since others may be waiting for it."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


_open: dict[tuple[int, str], sqlite3.Connection] = {}


def _connection(file: str) -> sqlite3.Connection:
    """Give this process's connection: one opened before a fork must not be used after it."""
    key = (os.getpid(), file)
    if key not in _open:
        connection = sqlite3.connect(file, timeout=0, check_same_thread=False)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        _open[key] = connection
    return _open[key]


def _close(file: Path) -> None:
    """Close this process's connection to a store's file."""
    connection = _open.pop((os.getpid(), str(file)), None)
    if connection is not None:
        connection.close()


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(str(error)) from error


def _text(file: str, sha256: str) -> str:
    with _faults():
        row = _connection(file).execute("SELECT text FROM texts WHERE digest = ?", (bytes.fromhex(sha256),)).fetchone()
    if row is None or hashlib.sha256(row[0]).hexdigest() != sha256:
        raise StoreError(sha256)
    return str(row[0], "utf-8")


def _sum(name: str, mark: str, data: bytes) -> bytes:
    return hashlib.sha256(b"\0".join((name.encode(), mark.encode(), data))).digest()


def _is_sound(file: Path, code: str) -> bool:
    if not file.is_file():
        return False
    try:
        found = _connection(str(file)).execute("SELECT format, code FROM head").fetchall()
    except sqlite3.Error:
        found = []
    if found == [(_FORMAT, code)]:
        return True
    _close(file)
    return False


def _begin(file: Path, code: str) -> None:
    connection = _connection(str(file))
    for table in _TABLES:
        connection.execute(table)
    connection.execute("INSERT INTO head VALUES (?, ?)", (_FORMAT, code))
    connection.commit()
