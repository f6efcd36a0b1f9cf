"""Incremental equals clean after any edits at all: drawn at random, and cut down to the few that matter when they fail.

GKSSG_EXAMPLES=1000 draws that many columns, and other ones each time.
"""

from collections.abc import Iterator
from itertools import count
import os
from pathlib import Path
import shutil

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
import pytest

from random_edits import EDITS, Desk, Edit

EXAMPLES = int(os.environ.get("GKSSG_EXAMPLES", "0"))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the column as it was first built."""
    desk = Desk(tmp_path_factory.mktemp("base"))
    desk.edit([])
    report = desk.build()
    assert not report.failed, report.problems
    return desk.column.root.parent


@pytest.fixture(scope="module")
def desks(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Desk]]:
    """Give any number of desks, each with the column as it was first built."""
    folder = tmp_path_factory.mktemp("desks")
    # They are removed together: files made just after others were removed cost some file systems ten times as much.
    yield (Desk(Path(shutil.copytree(base, folder / str(number)))) for number in count())
    shutil.rmtree(folder)


ROUNDS = st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=3)


@given(rounds=ROUNDS)
@settings(
    max_examples=EXAMPLES or 25,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    phases=set(Phase) - {Phase.explain},  # it takes long, and tells lines that other tests run too
    suppress_health_check=[HealthCheck.too_slow],
)
def test_incremental_equals_clean_whatever_was_edited(desks: Iterator[Desk], rounds: list[list[Edit]]) -> None:
    desk = next(desks)
    for edits in rounds:
        before = desk.state.copy()
        desk.edit(edits)
        report = desk.build()
        desk.verify(report)
        if report.failed:  # the editor takes it back
            desk.state = before
            desk.edit([])
            desk.verify(desk.build())
