"""The state of a file: what tells without reading it whether it changed since it was read."""

from collections.abc import Iterable
import os
from pathlib import Path
import stat

State = tuple[int, int, int]
"""Size in bytes, time of change in nanoseconds, and inode of a file."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a change of a file shows in its time of change on any disk."""


def moment(folder: Path) -> int:
    """Give the time of this moment as files in a folder have it, in nanoseconds."""
    mark = folder / "began"
    mark.touch()
    os.utime(mark)
    return mark.stat().st_mtime_ns


def state_of(file: str, began: int) -> str:
    """Give the state of a file that is about to be read, at a moment; empty where its time of change may not tell.

    That is where it was changed right before: the next change may come at the same time, as the disk counts.
    """
    found = os.stat(file)  # noqa: PTH116  (a path object for each would be slow)
    settled = found.st_mtime_ns <= began - SETTLED
    return f"{found.st_mtime_ns}.{found.st_size}.{found.st_ino}" if settled else ""


def states(folders: Iterable[Path]) -> dict[str, State]:
    """Give the states of all files in some folders, by their paths; of a link, also of what it leads to."""
    found: dict[str, State] = {}
    ahead = [str(folder) for folder in folders]
    while ahead:  # one loop: there may be a million files
        try:
            with os.scandir(ahead.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        ahead.append(entry.path)
                        continue
                    of = entry.stat(follow_symlinks=False)
                    found[entry.path] = of.st_size, of.st_mtime_ns, of.st_ino
                    if stat.S_ISLNK(of.st_mode) and os.path.exists(entry.path):  # noqa: PTH110  (as below)
                        of = entry.stat()
                        found[f"{entry.path}/"] = of.st_size, of.st_mtime_ns, of.st_ino
        except OSError:
            continue
    return found
