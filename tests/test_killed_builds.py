"""A build that is killed, whenever and however, is mended by the next; two at once leave one whole column."""

from collections.abc import Callable
from itertools import count
import multiprocessing
from multiprocessing.process import BaseProcess
import os
from pathlib import Path
import random
import signal
import sys
import time

import pytest

from gkssg import store
from gkssg.build import build
from gkssg.processes import workers

from conftest import TODAY
from random_edits import FOLDER, Desk, Edit, Put, Remove, Rename, Say, Set, State, Withdraw, canary, first_state, leaks

FORK = multiprocessing.get_context("fork")
KILLS = 30
EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "sqlite3.connect", "shutil.rmtree"}

EDITS: dict[str, tuple[Edit, ...]] = {
    "as it was": (),
    "all pages": (Set("feedback", "{supervise: {name: 示例, phone: 0000-00000001}}"), Set("per_page", "3")),
    "texts": (
        Say("statutory/policy/a", "改了。"),
        Say("statutory/normative/n", "改了。"),
        Put(f"{FOLDER}/x.txt", b"new"),
    ),
    "withdrawn": (
        Withdraw("statutory/policy/b", "withheld", title_open=False),
        Withdraw("statutory/normative/n", "on-request", title_open=True),
        Remove("statutory/planning/plan"),
        Rename("statutory/policy/c", "statutory/policy/new1"),
    ),
}


class Workbench:
    """A column that is changed from one state to another, and what a clean build makes of each state."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(folder)
        self.states = {name: self._state(edits) for name, edits in EDITS.items()}
        self.clean = {name: self._clean(name) for name in EDITS}

    def turn(self, name: str) -> None:
        """Bring the content files to a state."""
        self.desk.state = self.states[name]
        self.desk.edit([])

    def verify(self, name: str) -> None:
        """Hold what was built against a clean build of the state, and search it and the cache for private words."""
        files = self.desk.column.files("build")
        clean = self.clean[name]
        assert [path for path in files.keys() | clean.keys() if files.get(path) != clean.get(path)] == []
        assert list(leaks(self.states[name], {**files, **self.desk.cached()})) == []

    def _state(self, edits: tuple[Edit, ...]) -> State:
        state = first_state()
        for edit in edits:
            edit.apply(state)
        return state

    def _clean(self, name: str) -> dict[str, bytes]:
        self.turn(name)
        report = build(self.desk.column.root, self.desk.column.root / f"clean {name}", TODAY)
        assert not report.failed, report.problems
        return self.desk.column.files(f"clean {name}")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """Give a workbench."""
    return Workbench(tmp_path_factory.mktemp("bench"))


def started(work: Callable[[], object]) -> BaseProcess:
    """Start work in a process that leads a group of its own."""
    ready = FORK.Event()

    def run() -> None:
        os.setsid()
        ready.set()
        work()

    process = FORK.Process(target=run)
    process.start()
    ready.wait()
    return process


def kill_at_event(number: int) -> None:
    """Let this process kill itself, but not those it started, when it touches the disk for the ``number``-th time."""
    left, own = count(number, -1), os.getpid()

    def watch(event: str, _arguments: object) -> None:
        if event in EVENTS and os.getpid() == own and next(left) == 0:
            os.kill(own, signal.SIGKILL)

    sys.addaudithook(watch)


def test_a_build_killed_at_any_moment_is_mended(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    # A store that keeps next to nothing in memory writes while it works, as that of a large column does.
    monkeypatch.setattr(store, "_PRAGMAS", (*store._PRAGMAS, "PRAGMA cache_size = 1"))  # noqa: SLF001
    chance = random.Random(7)  # noqa: S311  (the same kills every time)
    survived = 0
    for _ in range(KILLS):
        bench.turn(chance.choice(list(EDITS)))
        touches, jobs = chance.choice([chance.randrange(500), 0]), chance.choice([1, 2])

        def work(touches: int = touches, jobs: int = jobs) -> None:
            if touches:
                kill_at_event(touches)
            bench.desk.build(jobs=jobs)

        process = started(work)
        process.join(None if touches else chance.uniform(0.05, 0.6))
        if process.exitcode is None:
            os.killpg(process.pid or 0, signal.SIGKILL)
            process.join()
        survived += process.exitcode == 0
        name = chance.choice(list(EDITS))
        bench.turn(name)
        assert not bench.desk.build().failed
        bench.verify(name)
    assert survived < KILLS / 2


def test_nothing_a_killed_build_was_writing_stays_in_the_cache(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_PRAGMAS", (*store._PRAGMAS, "PRAGMA cache_size = 1"))  # noqa: SLF001
    word = canary("statutory/policy/new1")
    paths = [f"content/statutory/policy/long-{number}.md" for number in range(30)]
    written: list[int] = []

    def turn(attribute: str) -> None:
        body = "\n\n".join(f"第{number}段{word}" for number in range(300))
        text = f"---\ntitle: 长\nattribute: {attribute}\nreason: 14-1\n---\n{body}"
        state = first_state()
        state.files |= {path: f"{text}{number}".encode() for number, path in enumerate(paths)}
        bench.desk.state = state
        bench.desk.edit([])

    for number in range(150, 350, 40):
        bench.turn("as it was")
        bench.desk.build()
        turn("active")

        def work(number: int = number) -> None:
            kill_at_event(number)
            bench.desk.build()

        process = started(work)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        written.append(sum(word.encode() in data for data in bench.desk.cached().values()))
        turn("withheld")
        assert not bench.desk.build().failed
        assert [path for path, data in bench.desk.cached().items() if word.encode() in data] == []
    assert any(written), "some builds were killed when they had written something"


@pytest.mark.parametrize("pause", [0.2, 0.5])
def test_those_who_work_for_a_killed_build_end_with_it(pause: float) -> None:
    def work() -> None:
        with workers(2) as pool:
            list(pool.map(time.sleep, [0.05] * 1000))

    process = started(work)
    time.sleep(pause)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("its workers go on")


def test_two_builds_at_once_leave_one_whole_column(bench: Workbench) -> None:
    chance = random.Random(11)  # noqa: S311  (the same every time)
    for _ in range(8):
        name = chance.choice(list(EDITS))
        bench.turn(name)
        processes = []
        for pause in (chance.uniform(0, 0.5), 0):
            processes.append(started(lambda: sys.exit(bench.desk.build(jobs=2).failed)))
            time.sleep(pause)
        for process in processes:
            process.join()
        assert [process.exitcode for process in processes] == [0, 0]
        bench.verify(name)
