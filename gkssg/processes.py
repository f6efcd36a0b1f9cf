"""Processes: those that work for one end with it; of two that would be in each other's way the second waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
import gc
import os
from pathlib import Path
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

if sys.platform != "win32":
    import fcntl


def workers(jobs: int, prepare: Callable[..., None] | None = None, *settings: object) -> "ProcessPoolExecutor":
    """Give a pool of processes, each prepared with the settings; they end when this one does, even if it is killed."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (where nothing changed it is not wanted)

    return ProcessPoolExecutor(jobs, initializer=_begin, initargs=(prepare, settings))


def _begin(prepare: Callable[..., None] | None, settings: tuple[object, ...]) -> None:
    gc.freeze()  # what was there before a fork is no garbage, and too much to be looked through again and again
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare:
        prepare(*settings)


def _end_with_parent() -> None:
    import multiprocessing  # noqa: PLC0415  (as above)
    from multiprocessing.connection import wait  # noqa: PLC0415

    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only process that has a folder, which is made if need be; wait until no other has it.

    It is free again when the process ends, however it does. Where the disk or the system knows no locks, nobody waits.
    """
    if sys.platform == "win32":  # where folders cannot be locked
        yield
        return
    held = _hold(folder)
    try:
        yield
    finally:
        fcntl.flock(held, fcntl.LOCK_UN)
        os.close(held)


def _hold(folder: Path) -> int:
    assert sys.platform != "win32"  # noqa: S101  (for mypy)
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        held = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(held), folder.stat()):
                return held
        except FileNotFoundError:
            pass
        except OSError:
            return held
        os.close(held)  # somebody removed it meanwhile
