"""Blocks and segments of the search index → files, in as many processes as allowed, each with little in its memory.

Neither the number of processes nor their order shows in a byte.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
import itertools
from pathlib import Path
from typing import Self, TypeVar

from gkssg.output.search.block import index_block, term_ranges, write_block
from gkssg.output.search.scripts import Written
from gkssg.output.search.segment import Former, write_tables, write_terms
from gkssg.processes import workers
from gkssg.site.model import SearchBlock, SearchSegment

_FEW = 500
"""Documents for whose index another process does not pay."""

In = TypeVar("In")
Out = TypeVar("Out")


def write_index(
    blocks: Iterable[SearchBlock],
    segments: Sequence[SearchSegment],
    out: Path,
    runs: Path,
    jobs: int,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    former: Mapping[str, Former] | None = None,
) -> Iterator[Written]:
    """Write the pages of blocks, and the terms and tables of segments, below ``out``; give what was written.

    ``runs`` is a folder in which runs of earlier builds may lie and those of this one stay; a block of a segment needs
    its documents where its run is not there. ``progress`` is told how much is done. ``former`` has what segments were
    made of before, by their ids of now. Raises StoreError when a run is broken, or such documents are missing.
    """
    large = sum(block.size for segment in segments for block in segment.blocks) > _FEW
    steps = sum(len(segment.blocks) + len(term_ranges()) for segment in segments)  # of blocks, as many at most
    done = itertools.count(1)
    with _Pool(jobs if large else 1) as pool:
        for written in pool.map(partial(write_block, out=out, runs=runs), blocks):
            progress(next(done), steps)
            yield from written
        for segment in segments:
            missing = (block for block in segment.blocks if not (runs / block.digest).is_file())
            for _ in pool.map(partial(index_block, runs=runs), missing):
                pass
            (out / segment.id / "t").mkdir(parents=True)
            bare = _bare(segment)
            firsts: list[list[str]] = []
            for terms, written in pool.map(
                partial(write_terms, bare, out, runs, (former or {}).get(segment.id)), term_ranges()
            ):
                progress(next(done), steps)
                firsts.append(terms)
                yield from written
            yield from write_tables(bare, firsts, out, runs)
    progress(steps, steps)


def _bare(segment: SearchSegment) -> SearchSegment:
    """Give the segment without its documents, for other processes."""
    return replace(segment, blocks=tuple(replace(block, documents=()) for block in segment.blocks))


class _Pool:
    """Runs functions here, or in other processes: in order, and with no more things on their way than are needed."""

    def __init__(self, jobs: int) -> None:
        self._pool = workers(jobs) if jobs > 1 else None
        self._ahead = 2 * jobs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """Give what the function makes of each item."""
        if not self._pool:
            yield from map(function, items)
            return
        waiting: deque[Future[Out]] = deque()
        for item in items:
            waiting.append(self._pool.submit(function, item))
            if len(waiting) > self._ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
