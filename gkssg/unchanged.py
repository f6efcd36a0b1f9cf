"""Whether anything changed at all since the last build, told by the states of files alone, without reading them.

A file counts as unchanged while its name, size, time of change and inode are; a folder of ``build/`` while nothing was
put into it or taken out of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import hashlib
import os
from pathlib import Path
import pickle

from gkssg.filestate import SETTLED
from gkssg.problem import Problem

_FILE = "last"


@dataclass(frozen=True, slots=True)
class Last:
    """What the last build found: the states of its sources and its output, its problems, how many files it planned."""

    sources: str
    out: str
    problems: tuple[Problem, ...]
    planned: int


def state_of_sources(folders: Iterable[Path], settings: str) -> tuple[str, int]:
    """Give a digest of the states of all files in some folders, and the newest time of change in nanoseconds.

    ``settings`` is whatever else decides on a build.
    """
    newest = 0
    digest = hashlib.sha256(settings.encode())
    for folder in folders:
        for name, found in _files(folder):
            digest.update(f"{name}\0{found.st_size} {found.st_mtime_ns} {found.st_ino}\n".encode(errors="replace"))
            newest = max(newest, found.st_mtime_ns)
    return digest.hexdigest(), newest


def state_of_output(out: Path) -> str:
    """Give a digest of the states of the folders of what was built, and of its manifest."""
    digest = hashlib.sha256()
    for name, changed in _folders(out):
        digest.update(f"{name}\0{changed}\n".encode(errors="replace"))
    return digest.hexdigest()


def remember(cache: Path, last: Last, newest: int, began: int) -> None:
    """Keep what a build found that began at a time, unless a file was changed so late that its time may not tell."""
    if newest > began - SETTLED:
        (cache / _FILE).unlink(missing_ok=True)
        return
    data = pickle.dumps(last, pickle.HIGHEST_PROTOCOL)
    (cache / _FILE).write_bytes(hashlib.sha256(data).digest() + data)


def recall(cache: Path) -> Last | None:
    """Give what the last build found, or None."""
    try:
        kept = (cache / _FILE).read_bytes()
    except OSError:
        return None
    digest, data = kept[:32], kept[32:]
    if hashlib.sha256(data).digest() != digest:
        return None
    last: Last = pickle.loads(data)  # noqa: S301  (its digest says that a build wrote it)
    return last


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    ahead = [str(folder)]
    while ahead:
        try:
            with os.scandir(ahead.pop()) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if entry.is_dir(follow_symlinks=False):
                        ahead.append(entry.path)
                    yield entry.path, entry.stat(follow_symlinks=False)
                    if entry.is_symlink() and os.path.exists(entry.path):  # noqa: PTH110  (as below)
                        yield entry.path, entry.stat()
        except OSError:
            continue


def _folders(out: Path) -> Iterator[tuple[str, int]]:
    manifest = out / "manifest.json"
    if manifest.is_file():
        yield "manifest.json", manifest.stat().st_mtime_ns
    for folder, names, _ in os.walk(out):
        names.sort()
        yield folder, os.stat(folder).st_mtime_ns  # noqa: PTH116  (a path object for each would be slow)
