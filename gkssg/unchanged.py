"""What changed since the last build, told by the states of files alone, without reading them.

A file counts as unchanged while its name, size, time of change and inode are; a folder of ``build/`` while nothing was
put into it or taken out of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
import hashlib
import os
from pathlib import Path
import pickle

from gkssg.filestate import SETTLED
from gkssg.problem import About, Problem

_FILE = "last"
_CHECKED = "checked"

State = tuple[int, int, int]
"""Size in bytes, time of change in nanoseconds, and inode of a file."""
_UNSETTLED: State = (-1, 0, 0)
_SIZE = 12
"""Bytes of a digest that stands for a name: a file that is not disclosed may have one that says too much."""


@dataclass(frozen=True, slots=True)
class Last:
    """What the last build found.

    ``frame`` is what all pages share and how the search index is cut, for :mod:`gkssg.revise`, which alone reads it;
    ``looked_into`` are the names of the texts that more than their own pages was decided by; ``waiting`` are the
    addresses of entries whose new texts are not in the search index yet. ``sources`` are the states of the files it was
    made of, ``settings`` is what else decided on it; ``folders`` are the times of change of the folders of what it
    made, and of the manifest.
    """

    problems: tuple[Problem, ...]
    planned: int
    frame: bytes
    looked_into: frozenset[str]
    waiting: frozenset[str] = frozenset()
    settings: str = ""
    sources: Mapping[bytes, State] = field(default_factory=dict)
    folders: Mapping[str, int] = field(default_factory=dict)

    def changed(self, sources: Mapping[str, State]) -> tuple[str, ...] | None:
        """Name the files that are new or not as they were; None where one is gone."""
        names = {path: _digest(path) for path in sources}
        if not self.sources.keys() <= set(names.values()):
            return None
        return tuple(sorted(path for path, name in names.items() if self.sources.get(name) != sources[path]))

    def output_is_untouched(self) -> bool:
        """Tell whether what was built is as it was left."""
        return all(_changed_at(folder) == changed for folder, changed in self.folders.items())


def states(folders: Iterable[Path]) -> dict[str, State]:
    """Give the states of all files in some folders, by their paths."""
    return {path: (found.st_size, found.st_mtime_ns, found.st_ino) for f in folders for path, found in _files(f)}


def output_folders(out: Path, paths: Iterable[str]) -> dict[str, int]:
    """Give the times of change of the manifest and of the folders that some files of what was built lie in."""
    inside = {path.rpartition("/")[0] for path in paths}
    inside |= {"/".join(parts[:n]) for parts in [folder.split("/") for folder in inside] for n in range(len(parts))}
    named = [str(out / folder) for folder in sorted(inside)]
    return {path: _changed_at(path) for path in (str(out / "manifest.json"), *named)}


def remember(cache: Path, code: str, last: Last, sources: Mapping[str, State], began: int) -> None:
    """Keep what a build by some code found that began at a time, made of some files.

    A file that was changed so late that its time may not tell of a later change is looked at again in any case.
    """
    data = pickle.dumps(replace(last, sources=_settled(sources, began)), pickle.HIGHEST_PROTOCOL)
    (cache / _FILE).write_bytes(_seal(code, data) + data)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, of files in some states; ``settings`` is what else decided on it."""

    problems: tuple[Problem, ...]
    about: About
    settings: str = ""
    sources: Mapping[bytes, State] = field(default_factory=dict)

    def holds(self, settings: str, sources: Mapping[str, State]) -> bool:
        """Tell whether it would find the same again."""
        return self.settings == settings and self.sources == {_digest(path): state for path, state in sources.items()}


def remember_check(cache: Path, code: str, found: Checked, sources: Mapping[str, State], began: int) -> None:
    """Keep what a check by some code found that began at a time, of some files; as :func:`remember` does."""
    data = pickle.dumps(replace(found, sources=_settled(sources, began)), pickle.HIGHEST_PROTOCOL)
    (cache / _CHECKED).write_bytes(_seal(code, data) + data)


def recall_check(cache: Path, code: str) -> Checked | None:
    """Give what the last check found, or None where there was none or other code did it."""
    data = _unsealed(cache / _CHECKED, code)
    found: Checked | None = pickle.loads(data) if data else None  # noqa: S301  (its seal says that this very code wrote it)
    return found


def _settled(sources: Mapping[str, State], began: int) -> dict[bytes, State]:
    return {_digest(path): state if state[1] <= began - SETTLED else _UNSETTLED for path, state in sources.items()}


def _unsealed(path: Path, code: str) -> bytes:
    """Give what a file holds, or nothing where other code wrote it."""
    try:
        kept = path.read_bytes()
    except OSError:
        return b""
    return kept[32:] if kept[:32] == _seal(code, kept[32:]) else b""


def _seal(code: str, data: bytes) -> bytes:
    return hashlib.sha256(b"\0".join((code.encode(), data))).digest()


def _digest(path: str) -> bytes:
    return hashlib.blake2b(path.encode(errors="surrogateescape"), digest_size=_SIZE).digest()


def forget(cache: Path) -> None:
    """Forget what the last build found, before anything of it is changed."""
    (cache / _FILE).unlink(missing_ok=True)


def recall(cache: Path, code: str) -> Last | None:
    """Give what the last build found, or None where there was none or it was made by other code."""
    data = _unsealed(cache / _FILE, code)
    last: Last | None = pickle.loads(data) if data else None  # noqa: S301  (its seal says that this very code wrote it)
    return last


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    ahead = [str(folder)]
    while ahead:
        try:
            with os.scandir(ahead.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        ahead.append(entry.path)
                        continue
                    yield entry.path, entry.stat(follow_symlinks=False)
                    if entry.is_symlink() and os.path.exists(entry.path):  # noqa: PTH110  (as below)
                        yield f"{entry.path}/", entry.stat()
        except OSError:
            continue


def _changed_at(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  (a path object for each would be slow)
    except OSError:
        return 0
