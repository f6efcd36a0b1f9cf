"""Texts kept on disk, so that no stage holds the texts of all documents; and what a build may find again in the next.

What goes around is a :class:`Stored`: equal to another when the text is, wherever it lies. A :class:`Store` is one
SQLite file. It may be deleted at any time, and what is read from it is compared with its digest: a fault raises
:class:`StoreError`, and the build begins again with a new one.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
import hashlib
import os
from pathlib import Path
import shutil
import sqlite3
from typing import Self

from gkssg.filestate import moment

_FORMAT = 2
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
    "CREATE TABLE IF NOT EXISTS texts (name TEXT PRIMARY KEY, digest BLOB NOT NULL, text BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS rows (name TEXT PRIMARY KEY, mark TEXT NOT NULL, digest BLOB NOT NULL, data BLOB)",
    "CREATE TABLE IF NOT EXISTS pages (path TEXT PRIMARY KEY, mark TEXT NOT NULL, digest BLOB NOT NULL, data BLOB)",
    "CREATE TABLE IF NOT EXISTS shows (text TEXT, page TEXT, PRIMARY KEY (text, page)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS shown ON shows (page)",
    "CREATE TABLE IF NOT EXISTS head (format INTEGER NOT NULL, code TEXT NOT NULL)",
)


class StoreError(Exception):
    """What lies in a store is not what was put there, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A text by its digest; it lies in a store's file under its name, or is held here where there is no file."""

    sha256: str
    held: str = field(default="", compare=False, repr=False)
    file: str = field(default="", compare=False, repr=False)
    name: str = field(default="", compare=False, repr=False)

    def read(self) -> str:
        """Give the text. Raises StoreError when it is no longer there."""
        self.note()
        return _text(self.file, self.name, self.sha256) if self.file else self.held

    def note(self) -> None:
        """Tell who is watching that something depends on the text; who reads it need not say so."""
        seen = _seen.get()
        if seen is not None:
            seen.add(self.name)


_seen: ContextVar[set[str] | None] = ContextVar("_seen", default=None)


@contextmanager
def watching() -> Iterator[set[str]]:
    """Note the names of the texts that are read meanwhile: whatever is decided then may depend on them."""
    seen: set[str] = set()
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def held(text: str) -> Stored:
    """Give a text that lies nowhere but in the value itself."""
    return Stored(hashlib.sha256(text.encode()).hexdigest(), held=text)


@dataclass(frozen=True, slots=True)
class Row:
    """Something kept under a name: ``mark`` says of what state of its source it was made."""

    name: str
    mark: str
    data: bytes


class Store:
    """Texts and rows by their names; without a file, texts stay in memory and rows are forgotten."""

    def __init__(self, file: Path | None = None, *, changes: bool = True) -> None:
        self._file = file
        self._target = file if changes else None

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

    def unchanging(self) -> "Store":
        """Give the same store, but such that nothing new is kept and nothing is forgotten."""
        return Store(self._file, changes=False)

    def put(self, name: str, text: str) -> Stored:
        """Keep a text under a name, instead of what was there."""
        data = text.encode()
        digest = hashlib.sha256(data)
        if self._target is None or not data:
            return Stored(digest.hexdigest(), held=text, name=name)
        with _faults():
            row = (name, digest.digest(), data)
            _connection(str(self._target)).execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", row)
        return Stored(digest.hexdigest(), file=str(self._target), name=name)

    def promised(self, name: str, text: Stored) -> Stored:
        """Tell how a text that is held in memory will be found once it was put here under a name."""
        file = str(self._target) if self._target is not None and text.held else ""
        return Stored(text.sha256, held="" if file else text.held, file=file, name=name)

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

    def row(self, name: str) -> Row | None:
        """Give the row of a name, if it is there and sound."""
        return self._one("rows", "name", name)

    def keep(self, rows: Iterable[Row], gone: Iterable[str]) -> None:
        """Add or replace rows, and forget those with the names ``gone``."""
        if self._target is None:
            return
        with _faults():
            connection = _connection(str(self._target))
            connection.executemany("DELETE FROM rows WHERE name = ?", ((name,) for name in gone))
            values = ((row.name, row.mark, _sum(row.name, row.mark, row.data), row.data) for row in rows)
            connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", values)

    def pages(self) -> dict[str, str]:
        """Give the marks of all pages that are kept, by their paths."""
        if self._file is None:
            return {}
        with _faults():
            return dict(_connection(str(self._file)).execute("SELECT path, mark FROM pages"))

    def page(self, path: str) -> Row | None:
        """Give a page that is kept, if it is there and sound."""
        return self._one("pages", "path", path)

    def showing(self, text: str) -> tuple[str, ...]:
        """Give the paths of the pages that show the text of a name."""
        if self._file is None:
            return ()
        with _faults():
            rows = _connection(str(self._file)).execute("SELECT page FROM shows WHERE text = ? ORDER BY page", (text,))
            return tuple(path for (path,) in rows)

    def keep_pages(self, pages: Iterable[tuple[Row, tuple[str, ...]]], gone: Iterable[str]) -> None:
        """Add or replace pages, each with the names of the texts it shows, and forget those of the paths ``gone``."""
        if self._target is None:
            return
        with _faults():
            connection = _connection(str(self._target))
            for path in gone:
                connection.execute("DELETE FROM pages WHERE path = ?", (path,))
                connection.execute("DELETE FROM shows WHERE page = ?", (path,))
            for row, texts in pages:
                values = (row.name, row.mark, _sum(row.name, row.mark, row.data), row.data)
                connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", values)
                connection.execute("DELETE FROM shows WHERE page = ?", (row.name,))
                connection.executemany("INSERT INTO shows VALUES (?, ?)", ((text, row.name) for text in texts))

    def _one(self, table: str, key: str, name: str) -> Row | None:
        if self._file is None:
            return None
        with _faults():
            query = f"SELECT mark, digest, data FROM {table} WHERE {key} = ?"  # noqa: S608  (our own names)
            found = _connection(str(self._file)).execute(query, (name,)).fetchone()
        if found is None or _sum(name, found[0], found[2]) != found[1]:
            return None
        return Row(name, found[0], found[2])

    def retain(self, used: Iterable[Stored]) -> None:
        """Forget every text but these, and make all that was put readable for other processes."""
        if self._target is None:
            return
        with _faults():
            connection = _connection(str(self._target))
            kept = {stored.name for stored in used if stored.file}
            lying = connection.execute("SELECT name FROM texts").fetchall()
            connection.executemany("DELETE FROM texts WHERE name = ?", (row for row in lying if row[0] not in kept))
            connection.commit()

    def commit(self) -> None:
        """Make all that was put readable for other processes."""
        if self._target is not None:
            with _faults():
                _connection(str(self._target)).commit()


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


def _text(file: str, name: str, sha256: str) -> str:
    with _faults():
        row = _connection(file).execute("SELECT text FROM texts WHERE name = ?", (name,)).fetchone()
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
