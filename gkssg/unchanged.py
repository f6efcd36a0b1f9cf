"""What changed since the last build, told by the states of files alone, without reading them.

A file counts as unchanged while its name, size, time of change and inode are; a folder of ``build/`` while nothing was
put into it or taken out of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
import hashlib
import marshal
import os
from pathlib import Path
import pickle

from gkssg.filestate import SETTLED, State
from gkssg.findings import Findings
from gkssg.problem import About, Problem
from gkssg.said import forget_said

_FILE = "last"
_CHECKED = "checked"

_UNSETTLED: State = (-1, 0, 0)
_SIZE = 12
"""Bytes of a digest that stands for a name: a file that is not disclosed may have one that says too much."""
_NUMBER, _SEAL = 8, 32
_PLAIN = 2
"""The form of marshal in which the same values are always the same bytes."""


@dataclass(frozen=True, slots=True)
class Last:
    """What the last build found.

    ``frame`` is what all pages share and how the search index is cut, and ``sketches`` tell which texts are like others
    (:class:`gkssg.archive.likeness.Sketches`), for :mod:`gkssg.revise`, which alone reads them;
    ``looked_into`` are the names of the texts that more than their own pages was decided by; ``waiting`` are the
    addresses of entries whose new texts are not in the search index yet. ``sources`` are the states of the files it was
    made of, ``settings`` is what else decided on it; ``folders`` are the times of change of the folders of what it
    made, and of the manifest.
    """

    problems: Findings
    planned: int
    frame: bytes
    looked_into: frozenset[str]
    sketches: tuple[bytes, bytes]
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
        return _are_untouched(self.folders)


def output_folders(out: Path, paths: Iterable[str]) -> dict[str, int]:
    """Give the times of change of the manifest and of the folders that some files of what was built lie in."""
    inside = {path.rpartition("/")[0] for path in paths}
    inside |= {"/".join(parts[:n]) for parts in [folder.split("/") for folder in inside] for n in range(len(parts))}
    named = [str(out / folder) for folder in sorted(inside)]
    return {path: _changed_at(path) for path in (str(out / "manifest.json"), *named)}


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies in a cache of the last build: what tells at once that nothing changed, and the rest to be unpacked.

    ``listing`` stands for the states of all sources, ``mark`` for all of it.
    """

    settings: str
    listing: bytes
    folders: Mapping[str, int]
    planned: int
    waits: bool
    mark: str
    found: bytes
    rest: bytes

    def holds(self, settings: str, sources: Mapping[str, State]) -> bool:
        """Tell at a glance that nothing changed; where it says no, :meth:`Last.changed` says what did."""
        return self.settings == settings and self.listing == _listing(sources) and _are_untouched(self.folders)

    @property
    def problems(self) -> Findings:
        """What is wrong with the column."""
        return Findings.read(self.found)

    def last(self) -> Last:
        """Unpack all that was kept."""
        last: Last = pickle.loads(self.rest)  # noqa: S301  (its seal says that this very code wrote it)
        return replace(last, problems=self.problems)


def remember(cache: Path, code: str, last: Last, sources: Mapping[str, State], began: int) -> str:
    """Keep what a build by some code found that began at a time, made of some files; give the mark of it.

    A file that was changed so late that its time may not tell of a later change is looked at again in any case.
    """
    settled = all(state[1] <= began - SETTLED for state in sources.values())
    quick = (last.settings, _listing(sources) if settled else b"", dict(last.folders), last.planned, bool(last.waiting))
    rest = replace(last, problems=Findings({}), sources=_settled(sources, began))
    parts = (marshal.dumps(quick), last.problems.data, pickle.dumps(rest, pickle.HIGHEST_PROTOCOL))
    seals = [_seal(code, part) for part in parts]
    head = b"".join(len(part).to_bytes(_NUMBER) + seal for part, seal in zip(parts, seals, strict=True))
    (cache / _FILE).write_bytes(b"".join((head, *parts)))
    return seals[0].hex()


def recall(cache: Path, code: str) -> Kept | None:
    """Give what the last build found, or None where there was none or it was made by other code."""
    try:
        data = (cache / _FILE).read_bytes()
    except OSError:
        return None
    at, parts, seals = 3 * (_NUMBER + _SEAL), [], []
    for place in range(0, at, _NUMBER + _SEAL):
        size = int.from_bytes(data[place : place + _NUMBER])
        seals.append(data[place + _NUMBER : place + _NUMBER + _SEAL])
        parts.append(data[at : at + size])
        at += size
    if [_seal(code, part) for part in parts] != seals:
        return None
    quick, found, rest = parts
    settings, listing, folders, planned, waits = marshal.loads(quick)  # noqa: S302  (its seal says who wrote it)
    return Kept(settings, listing, folders, planned, waits, seals[0].hex(), found, rest)


def _are_untouched(folders: Mapping[str, int]) -> bool:
    return all(_changed_at(folder) == changed for folder, changed in folders.items())


def _listing(sources: Mapping[str, State]) -> bytes:
    """Give a digest of the states of files, as they were come upon: a folder that stays is listed as before."""
    return hashlib.blake2b(marshal.dumps(list(sources.items()), _PLAIN), digest_size=_SIZE).digest()


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
    return kept[_SEAL:] if kept[:_SEAL] == _seal(code, kept[_SEAL:]) else b""


def _seal(code: str, data: bytes) -> bytes:
    return hashlib.sha256(b"\0".join((code.encode(), data))).digest()


def _digest(path: str) -> bytes:
    return hashlib.blake2b(path.encode(errors="surrogateescape"), digest_size=_SIZE).digest()


def forget(cache: Path) -> None:
    """Forget what the last build found, before anything of it is changed."""
    (cache / _FILE).unlink(missing_ok=True)
    forget_said(cache)


def _changed_at(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  (a path object for each would be slow)
    except OSError:
        return 0
