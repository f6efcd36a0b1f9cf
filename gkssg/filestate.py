"""The state of a file: what tells without reading it whether it changed since it was read."""

import os
from pathlib import Path

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
