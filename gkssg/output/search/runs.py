"""Runs: what one block of documents puts into a segment, in one file; of use as long as the block stays as it is."""

from collections.abc import Sequence
import hashlib
import marshal
import os
from pathlib import Path
from typing import NamedTuple

from gkssg.store import StoreError

Posted = tuple[str, int, int, int, str]
"""Term, first document, class of its frequency, last document, all that is coded behind the first step."""
Range = tuple[list[Posted], list[Posted]]
"""What stands in bodies, and what in titles, of one range of terms."""
Column = tuple[list[tuple[str, ...]], list[int]]
"""The combinations of values of a facet, and of each document the number of its own."""

_NUMBER = 8
_SUM = 16


class Table(NamedTuple):
    """What a segment's tables say of a block: sums and codes of the lengths, first documents of years, facets."""

    size: int
    body: int
    title: int
    body_lengths: str
    title_lengths: str
    years: list[tuple[str, int]]
    columns: list[Column]


def write_run(path: Path, table: Table, ranges: Sequence[Range]) -> None:
    """Write a run: the table, then each range of terms, each behind its digest; in front, where they begin."""
    parts = [marshal.dumps(tuple(table)), *map(marshal.dumps, ranges)]
    begins = [_NUMBER * (len(parts) + 1)]
    for part in parts:
        begins.append(begins[-1] + _SUM + len(part))
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(b"".join(begin.to_bytes(_NUMBER) for begin in begins))
        for part in parts:
            file.write(_sum(part) + part)
    aside.replace(path)


def read_table(path: Path) -> Table:
    """Give the table of a run. Raises StoreError when it is broken, or not there."""
    return Table(*_read(path, 0))


def read_range(path: Path, number_of_range: int) -> Range:
    """Give one range of terms of a run. Raises StoreError when it is broken, or not there."""
    bodies, titles = _read(path, number_of_range + 1)
    return bodies, titles


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
