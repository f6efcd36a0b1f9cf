"""What a build is asked for, and what comes of it, as values."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
import datetime
from enum import StrEnum
from pathlib import Path

from gkssg.findings import tally
from gkssg.problem import Problem, Severity
from gkssg.store import Store
from gkssg.unchanged import Last

Progress = Callable[[str, int, int], None]
"""Told the stage (``load``, ``make``, ``index``), how much of it is done, and all of it."""


class Reason(StrEnum):
    """Why a file is made."""

    NEW = "new"
    MISSING = "missing"
    CODE = "code"
    THEME = "theme"
    VALUE = "value"
    CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: paths made with the reason, written and removed, and how many files are planned.

    ``index_waits`` says that the search index is still to be made. ``mark`` stands for the column and what is wrong
    with it, where the next build will find it as it is now.
    """

    problems: Sequence[Problem]
    made: tuple[tuple[str, Reason], ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    planned: int = 0
    index_waits: bool = False
    mark: str = ""

    @property
    def failed(self) -> bool:
        """Whether errors stopped the build, so that ``build/`` is as it was."""
        return Severity.ERROR in tally(self.problems)


@dataclass(frozen=True, slots=True)
class Work:
    """What a build was asked for."""

    root: Path
    out: Path
    today: datetime.date
    language: str
    jobs: int
    clean: bool
    progress: Progress
    index: bool


@dataclass(frozen=True, slots=True)
class Scratch:
    """Where a build puts what it is making, and what it may find again or leave for the next."""

    folder: Path
    store: Store
    cache: Path


@dataclass(frozen=True, slots=True)
class Built:
    """A report, the files there are now, and what the next build may want to know: nothing where this one failed."""

    report: Report
    files: Collection[str] = ()
    last: Last | None = None
