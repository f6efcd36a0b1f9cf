"""The life of ``gkssg serve``: build, show, wait for a change, build again. Nothing that fails ends it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
import multiprocessing
from multiprocessing import forkserver
from pathlib import Path
import signal
import socket
import tempfile
from typing import Protocol

from gkssg.build import Progress, Report
from gkssg.findings import foremost
from gkssg.language import Speaker, say
from gkssg.output.write import read_manifest
from gkssg.problem import Place, Problem
from gkssg.report import MOST, counted, more, rows
from gkssg.serve.live import Live
from gkssg.serve.watch import Watch
from gkssg.serve.web import Web, running


class Build(Protocol):
    """A build of the served column, as :func:`gkssg.build.build` does it."""

    def __call__(self, *, index: bool, progress: Progress) -> Report:
        """Build it."""
        ...


Listener = Callable[[Report], None]
"""Who is told of every build."""


class _OvertakenError(Exception):
    """The column changed again while the search index was being made."""


def serve(listening: socket.socket, out: Path, build: Build, watch: Watch, speaker: Speaker, told: Listener) -> None:
    """Serve the column that ``build`` builds into the folder ``out``, until somebody interrupts."""
    live = Live()
    live.show(read_manifest(out).outputs, {})  # of an earlier run: better than nothing until it is built
    with running(listening, Web(out, live, speaker)), watch:
        while True:
            for report in _turns(build, watch):
                live.show(read_manifest(out).outputs, _notice(report, speaker))
                told(report)
            watch.wait()


def _turns(build: Build, watch: Watch) -> Iterator[Report]:
    """Build the pages, then the search index, which the next change of the column overtakes."""

    def stop_when_overtaken(_stage: str, _done: int, _all: int) -> None:
        if watch.changed:
            raise _OvertakenError

    try:
        report = build(index=False, progress=lambda _stage, _done, _all: None)
        yield report
        if report.index_waits:
            yield build(index=True, progress=stop_when_overtaken)
    except _OvertakenError:
        return  # the build that follows makes the index
    except Exception as error:  # noqa: BLE001  (what a build cannot foresee must not end the server, and is told)
        yield Report((_broken_off(error),))


def _broken_off(error: Exception) -> Problem:
    path = getattr(error, "filename", None) or "content"
    why = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
    hint = say("save a file to try again; if it stays so, “gkssg build” says more")
    return Problem(Place(str(path)), "build-broken", say("the build broke off: {why}", why=why), hint)


def _notice(report: Report, speaker: Speaker) -> dict[str, object]:
    """Give what a page shows of a build: nothing where all is well."""
    if not report.problems:
        return {}
    shown = foremost(report.problems, MOST)
    kept = speaker.word("Until these errors are mended the pages stay as they were.") if report.failed else ""
    note = " ".join(filter(None, (kept, more(len(report.problems) - len(shown), speaker))))
    return {
        "failed": report.failed,
        "head": counted(report.problems, speaker),
        "note": note,
        "problems": [
            row | {"word": speaker.word(problem.severity.value)}
            for problem, row in zip(shown, rows(shown, speaker), strict=True)
        ],
    }


@contextmanager
def folder_of(cache: Path, port: int) -> Iterator[Path]:
    """Give the folder of the server of a ``port``, beside the column's ``cache``: no other build writes to it.

    Where no port was named it goes at the end.
    """
    if port:
        folder = cache.with_name(f"{cache.name}-{port}")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="gkssg-", ignore_cleanup_errors=True) as passing:
            yield Path(passing)


def let_processes_start_beside_threads() -> None:
    """Have the processes of builds forked by one that has no threads; Ctrl+C is none of theirs."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return
    multiprocessing.set_start_method("forkserver", force=True)
    multiprocessing.set_forkserver_preload(["gkssg.stages"])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which they keep
    forkserver.ensure_running()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
