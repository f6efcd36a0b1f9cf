"""What the store has of content files: it is found again while they stay as they were.

A file stays as it was while its state does; where that is new, its bytes are looked at.
"""

from collections.abc import Collection
from pathlib import Path
import pickle

from gkssg.archive.files import is_of_file
from gkssg.archive.model import Document
from gkssg.digest import digest_file
from gkssg.filestate import state_of
from gkssg.problem import Problem
from gkssg.store import Row, Store

_BATCH = 256
"""Files after which what was kept is put into the store: all of them at once take more memory than the column."""
Read = tuple[Document, tuple[Problem, ...]]
"""What a file says, and what is wrong with it."""


def unpacked(data: bytes) -> Read:
    """Give what a file says, which another process or an earlier build pickled."""
    read: Read = pickle.loads(data)  # noqa: S301  (written by this very code, for this user alone)
    return read


class Known:
    """What the files of a column said when they were read last; nothing is kept of those that are not active."""

    def __init__(self, root: Path, store: Store, context: str) -> None:
        """``context`` stands for whatever else decides on what a file says."""
        self._content = root / "content"
        self._store = store
        self._context = context
        self._began = store.moment()
        self._reads: dict[str, Read] = {}
        self._states: dict[str, str] = {}
        self._new: list[Row] = []
        self._gone: list[str] = []

    def find(self, paths: Collection[str]) -> dict[str, Read]:
        """Give what is known of some files. The rest are about to be read: their states are noted as they are now."""
        wanted = frozenset(paths)
        for row in self._store.rows():
            if row.name in wanted and self._stays(row):
                self._reads[row.name] = unpacked(row.data)
            elif not is_of_file(row):
                self._gone.append(row.name)
        self._states = {path: self._state(path) for path in paths if path not in self._reads}
        return dict(self._reads)

    def keep(self, path: str, read: bytes, digest: str) -> Read:
        """Give what a file says that was read anew, pickled, and keep it if it is active; of any other nothing is kept.

        ``digest`` is that of its bytes, or empty where they were not read.
        """
        found = unpacked(read)
        if found[0].is_active and digest:
            self._reads[path] = found
            self._new.append(Row(path, f"{self._context} {self._states[path]} {digest}", read))
            if len(self._new) >= _BATCH:
                self.save()
        return found

    def last(self, path: str) -> Read | None:
        """Give what a file said when it was read last, and note its state: it is about to be read again."""
        self._states[path] = self._state(path)
        row = self._store.row(path)
        return unpacked(row.data) if row else None

    def stays(self, path: str) -> bool:
        """Tell whether a file is as it was when it was read last."""
        row = self._store.row(path)
        return row is not None and self._stays(row)

    def save(self) -> None:
        """Put what was kept into the store."""
        self._store.keep(self._new, ())
        self._new.clear()

    def close(self) -> None:
        """Put what was kept into the store, and forget there what is no longer so."""
        self._store.keep(self._new, self._gone)
        self._store.retain(text for document, _ in self._reads.values() for text in document.body.texts)

    def _stays(self, row: Row) -> bool:
        context, state, digest = row.mark.split(" ")
        if context != self._context:
            return False
        now = self._state(row.name)
        if now and now == state:
            return True
        try:
            if digest_file(self._content / row.name) != digest:
                return False
        except OSError:
            return False
        if now:
            self._new.append(Row(row.name, f"{context} {now} {digest}", row.data))
        return True

    def _state(self, path: str) -> str:
        try:
            return state_of(f"{self._content}/{path}", self._began)
        except OSError:
            return ""
