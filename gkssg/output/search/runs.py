"""Runs: what one block of documents puts into the index, coded, in one file; of use as long as that stays."""

from collections.abc import Sequence
import hashlib
import marshal
import os
from pathlib import Path

from gkssg.store import StoreError

Posted = tuple[str, int, int, int, int, str]
"""Term, field, first document, its frequency, last document, postings behind the first; from the block's start."""
Lengths = tuple[list[int], list[int]]
"""Of each document the number of tokens of its body, and of its title."""

_NUMBER = 8
_SUM = 16


def write_run(path: Path, lengths: Lengths, ranges: Sequence[list[Posted]]) -> None:
    """Write a run: lengths, then each range of terms, each behind its digest; in front, where they begin."""
    parts = [marshal.dumps(lengths), *map(marshal.dumps, ranges)]
    begins = [_NUMBER * (len(parts) + 1)]
    for part in parts:
        begins.append(begins[-1] + _SUM + len(part))
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(b"".join(begin.to_bytes(_NUMBER) for begin in begins))
        for part in parts:
            file.write(_sum(part) + part)
    aside.replace(path)


def read_lengths(path: Path) -> Lengths:
    """Give the lengths that a run has. Raises StoreError when it is broken."""
    bodies, titles = _read(path, 0)
    return bodies, titles


def read_range(path: Path, number_of_range: int) -> list[Posted]:
    """Give one range of terms of a run. Raises StoreError when it is broken."""
    rows: list[Posted] = _read(path, number_of_range + 1)
    return rows


def _read(path: Path, place: int):  # type: ignore[no-untyped-def]  # noqa: ANN202  (what marshal gives)
    try:
        with path.open("rb") as file:
            file.seek(_NUMBER * place)
            begin, end = (int.from_bytes(file.read(_NUMBER)) for _ in range(2))
            file.seek(begin)
            digest, part = file.read(_SUM), file.read(max(end - begin - _SUM, 0))
    except OSError as error:
        raise StoreError(str(error)) from error
    if _sum(part) != digest:
        raise StoreError(path.name)
    return marshal.loads(part)  # noqa: S302  (its digest says that a build wrote it)


def _sum(part: bytes) -> bytes:
    return hashlib.blake2b(part, digest_size=_SUM).digest()
