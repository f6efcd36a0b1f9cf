"""Building and inspecting a column; where nothing has changed since the last build, nothing is done.

What a build consists of is told in :mod:`gkssg.stages`.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gkssg.code import code_digest, default_theme
from gkssg.filestate import moment, states
from gkssg.outcome import Built, Progress, Reason, Report, Scratch, Work
from gkssg.output.write import UnsafeTargetError, aside, check_target
from gkssg.problem import About, Problem
from gkssg.processes import alone
from gkssg.store import IN_MEMORY, Store, StoreError, discard, open_store
from gkssg.unchanged import Checked, output_folders, recall, recall_check, remember, remember_check

if TYPE_CHECKING:
    from gkssg.stages import Upcoming

__all__ = ["Progress", "Reason", "Report", "build", "inspect", "overview", "unlogged", "upcoming"]
T = TypeVar("T")


def _silent(_stage: str, _done: int, _all: int) -> None:
    """Report no progress."""


def inspect(
    root: Path, today: datetime.date, jobs: int = 1, progress: Progress = _silent, cache: Path | None = None
) -> tuple[Problem, ...]:
    """Find everything that is wrong with the column in the folder ``root``; nothing is written but the ``cache``."""
    return overview(root, today, jobs, progress, cache)[0]


def overview(
    root: Path, today: datetime.date, jobs: int = 1, progress: Progress = _silent, cache: Path | None = None
) -> tuple[tuple[Problem, ...], About]:
    """Find everything that is wrong with a column, and whose files it is in; where nothing changed, nothing is read."""
    code = code_digest(cache) if cache else ""
    settings = f"{root.resolve()} {today}"
    sources = states((root / "content", root / "themes")) if cache else {}
    last = recall_check(cache, code) if cache else None
    if last and last.holds(settings, sources):
        return last.problems, last.about

    from gkssg.stages import find_problems  # noqa: PLC0415  (as below)

    def find(store: Store) -> tuple[tuple[Problem, ...], About]:
        kept = cache if store is not IN_MEMORY else None
        start = moment(kept) if kept else 0
        problems, about = find_problems(root, today, jobs, progress, store)
        if kept:
            remember_check(kept, code, Checked(problems, about, settings), sources, start)
        return problems, about

    return _looked_at(cache, find)


def upcoming(
    root: Path, today: datetime.date, days: int, jobs: int = 1, progress: Progress = _silent, cache: Path | None = None
) -> "Upcoming":
    """Find what falls due within so many days."""
    from gkssg.stages import find_due  # noqa: PLC0415  (as below)

    return _looked_at(cache, partial(find_due, root, today, days, jobs, progress))


def unlogged(
    root: Path, today: datetime.date, jobs: int = 1, progress: Progress = _silent, cache: Path | None = None
) -> tuple[tuple[tuple[str, str, str], ...], tuple[Problem, ...]]:
    """Find the rows that the publish log of a column lacks, and the errors on account of which it is not published."""
    from gkssg.stages import find_unlogged  # noqa: PLC0415  (as below)

    return _looked_at(cache, partial(find_unlogged, root, today, jobs, progress))


def _looked_at(cache: Path | None, find: Callable[[Store], T]) -> T:
    """Give what is found with the texts that are kept in the cache, where there is one."""
    if cache is not None:
        with alone(cache):
            code = code_digest(cache)
            with suppress(StoreError), open_store(cache, code) as store:
                # What the last build found must stay as that found it.
                return find(store.unchanging() if recall(cache, code) else store)
            discard(cache)
    return find(IN_MEMORY)


def build(
    root: Path,
    out: Path,
    today: datetime.date,
    *,
    language: str = "zh",
    jobs: int = 1,
    clean: bool = False,
    cache: Path | None = None,
    progress: Progress = _silent,
    index: bool = True,
) -> Report:
    """Build the column in the folder ``root`` into the folder ``out``, as on the day ``today``.

    With a problem of severity error nothing in ``out`` changes. ``clean`` makes every file anew. ``cache`` is a folder
    in which the next build finds what this one read; it changes no byte of the output and may be deleted at any time.

    Without ``index`` the search index waits for the next build: the old one stays, or goes where it may name what is
    withdrawn. An error raised by ``progress`` ends the build and leaves ``out`` as it was. Of two builds with the same
    ``out`` or ``cache`` the second waits for the first.
    """
    work = Work(root, out, today, language, jobs, clean, progress, index)
    try:
        check_target(out, root)
        with ExitStack() as held:
            held.enter_context(alone(out))
            if cache is not None:
                held.enter_context(alone(cache))
                if clean:
                    discard(cache)
                with suppress(StoreError):
                    return _build_with(cache, work)
                discard(cache)

            from gkssg.stages import build_whole  # noqa: PLC0415  (as below)

            with aside(out) as folder, open_store(folder / "cache", "") as store:
                return build_whole(work, Scratch(folder, store, folder / "cache")).report
    except UnsafeTargetError as error:
        return Report((error.problem,))


def _build_with(cache: Path, work: Work) -> Report:
    """Build with what an earlier build left in the cache: nothing, where nothing has changed since."""
    code = code_digest(cache)
    settings = f"{work.out.resolve()} {work.today} {work.language}"
    sources = states((work.root / "content", work.root / "themes", default_theme()))
    kept = recall(cache, code)
    if kept and kept.holds(settings, sources) and not (kept.waits and work.index):
        return Report(kept.problems, planned=kept.planned, index_waits=kept.waits, mark=kept.mark)
    last, changed = kept.last() if kept else None, None
    if last and last.settings == settings and last.output_is_untouched():
        changed = last.changed(sources)
        if changed == () and not (last.waiting and work.index):
            return Report(last.problems, planned=last.planned, index_waits=bool(last.waiting))

    start = moment(cache)

    def step(make: Callable[[Scratch], Built | None]) -> Built | None:
        with aside(work.out) as folder, open_store(cache, code) as store:
            built = make(Scratch(folder, store, cache))
        if built is None or built.last is None:
            return built
        found = replace(built.last, settings=settings, folders=output_folders(work.out, built.files))
        mark = remember(cache, code, found, sources, start)
        return replace(built, last=found, report=replace(built.report, mark=mark))

    built = Built(Report(last.problems, planned=last.planned), (), last) if last and changed is not None else None
    if built:
        from gkssg.shortcut import revise_index, revise_pages  # noqa: PLC0415  (takes longer than all until here)

        if changed:
            built = step(partial(revise_pages, work, built, changed))
        if built and built.last and built.last.waiting and work.index:
            built = step(partial(revise_index, work, built))
    if not built:
        from gkssg.stages import build_whole  # noqa: PLC0415  (as above)

        built = step(partial(build_whole, work))
    return built.report if built else Report(())
