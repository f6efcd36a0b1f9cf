"""Waits for changes in ``content/`` and ``themes/``: what the system tells makes it fast, the states of files right."""

from collections import deque
from collections.abc import Callable, Iterator
from math import inf
import os
from pathlib import Path
import stat
from threading import Event
import time
from typing import Self
import warnings

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Not that files are opened and read, as a build does to all of them."""
_LOOK = 1.0
"""Seconds between two looks at the states of all files, at least."""
_OFTEN, _RARELY = 10, 100
"""The time between two looks, in times of a look: where nothing else tells of changes, and where it is a safeguard."""
_QUIET, _LONGEST = 0.03, 2.0
"""Seconds without a change that end a series of changes, and after which it counts as ended anyway."""
_END = 5.0
"""Seconds that the system's thread has to end; it holds nothing that would be lost."""

State = tuple[int, int, int]


class Watch(FileSystemEventHandler):
    """Watches a column; entered, it looks, by what the system tells or, with ``poll``, by itself.

    Where the system cannot tell of more folders, ``fallen_back`` is called with the reason, and it looks by itself.
    """

    def __init__(self, root: Path, *, poll: bool, fallen_back: Callable[[str], None]) -> None:
        self._folders = (root / "content", root / "themes")
        self._poll = poll
        self._fallen_back = fallen_back
        self._seen = Event()
        self._told: deque[FileSystemEvent] = deque()
        self._observer: BaseObserver | None = None
        self._watched: dict[Path, tuple[ObservedWatch, tuple[int, int]]] = {}
        self._states: dict[str, State] = {}
        self._next_look = 0.0

    def __enter__(self) -> Self:
        if not self._poll:
            self._begin()
        self._look()
        self._seen.clear()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def changed(self) -> bool:
        """Whether something changed since :meth:`wait` came back."""
        if time.monotonic() >= self._next_look:
            self._attend()
            before = self._states
            self._look()
            if self._states != before:
                self._seen.set()
        return self._seen.is_set()

    def wait(self, timeout: float = inf) -> bool:
        """Come back when something has changed and nothing more for a moment, or after a time; say whether it did."""
        end = time.monotonic() + timeout
        while not self.changed:
            if time.monotonic() >= end:
                return False
            self._seen.wait(max(min(self._next_look, end) - time.monotonic(), 0))
        latest = time.monotonic() + _LONGEST
        self._seen.clear()
        while self._seen.wait(_QUIET) and time.monotonic() < latest:
            self._seen.clear()
        self._seen.clear()  # before the states are noted: what is told from now on is another change
        self._note()
        return True

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hear of a change; what editing programs put beside a file for themselves is none."""
        if any(not self._is_passing(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path):
            self._told.append(event)
            self._seen.set()

    def _is_passing(self, path: str) -> bool:
        inside = next((path[len(str(f)) :] for f in self._folders if path.startswith(str(f))), path)
        return any(map(_is_passing, Path(inside).parts))

    def _note(self) -> None:
        """Have what was told in the states, so that the next look does not find it once more."""
        whole = False
        while self._told:
            event = self._told.popleft()
            whole |= event.is_directory
            for path in filter(None, (os.fsdecode(event.src_path), os.fsdecode(event.dest_path))):
                state = None if self._is_passing(path) else _state_of_file(path)
                if state:
                    self._states[path] = state
                else:
                    self._states.pop(path, None)
        if whole:
            self._look()

    def _look(self) -> None:
        start = time.monotonic()
        self._states = dict(state for folder in self._folders for state in _states(str(folder)))
        took = time.monotonic() - start
        self._next_look = start + max(_LOOK, took * (_RARELY if self._observer else _OFTEN))

    def _begin(self) -> None:
        # Where new folders come one in the other, watchdog 7.1 says it watches one of them twice; it does no harm.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        try:
            self._observer = Observer()
            self._observer.start()
        except OSError as error:
            self._fall_back(error)
        else:
            self._attend()

    def _attend(self) -> None:
        """Have the system watch the folders that are there now; one that comes back under its name is another."""
        for folder in self._folders:
            watch, known = self._watched.get(folder, (None, None))
            found = _identity(folder)
            if self._observer is None or found == known:
                continue
            try:
                if watch:
                    self._observer.unschedule(self._watched.pop(folder)[0])
                if found:
                    watch = self._observer.schedule(self, str(folder), recursive=True, event_filter=_CHANGES)
                    self._watched[folder] = watch, found
            except OSError as error:
                if _identity(folder):  # else it is gone since it was found, and the next look finds that
                    self._fall_back(error)

    def _fall_back(self, error: OSError) -> None:
        self._fallen_back(error.strerror or str(error))
        self._end()

    def _end(self) -> None:
        observer, self._observer = self._observer, None
        self._watched.clear()
        if observer and observer.is_alive():
            observer.stop()
            observer.join(_END)


def _states(folder: str) -> Iterator[tuple[str, State]]:
    """Give the state of every file in a folder, by its path."""
    ahead = [folder]
    while ahead:
        try:
            with os.scandir(ahead.pop()) as entries:
                inside = [entry for entry in entries if not _is_passing(entry.name)]
        except OSError:
            continue
        ahead += [entry.path for entry in inside if entry.is_dir(follow_symlinks=False)]
        for entry in inside:
            state = _state_of_file(entry.path)
            if state:
                yield entry.path, state


def _state_of_file(path: str) -> State | None:
    """Tell a state of a file from others; None of what is no file. A folder's own state tells nothing of use."""
    try:
        found = os.stat(path)  # noqa: PTH116  (a path object for each would be slow)
    except OSError:
        return None
    return None if stat.S_ISDIR(found.st_mode) else (found.st_mtime_ns, found.st_size, found.st_ino)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Tell a folder from another that takes its name; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None


def _is_passing(name: str) -> bool:
    """Tell a file that a program made for itself, for as long as somebody edits another."""
    return name.startswith((".", "~$")) or name.endswith(("~", ".tmp"))
