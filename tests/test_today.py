"""The day of the build decides on states and on nothing else: shown over the sample column.

On each day on which a state changes, what shows it is remade and nothing else; on a day between, nothing is.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from gkssg.archive.load import load
from gkssg.build import build
from gkssg.dates import PartialDate
from gkssg.digest import Digester, digest_file
from gkssg.disclose import disclose
from gkssg.output.theme import Templates, open_theme
from gkssg.site.dossiers import DossierPage
from gkssg.site.model import Conversion, Entry, FileCopy, Page, Site
from gkssg.site.output import Output
from gkssg.site.plan import plan
from gkssg.states import Turn, state_on
from gkssg.terms import Kind

ROOT = Path(__file__).parents[1]
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2040, 1, 1)
ONE_DAY = datetime.timedelta(days=1)
ARCHIVE = load(ROOT)[0]


def site(day: datetime.date) -> Site:
    """Give the sample column as on a day."""
    return disclose(ARCHIVE, day, "zh", measured)


@cache
def measured(path: str) -> FileCopy:
    """Give a file of the sample column as a build does."""
    file = ROOT / "content" / path
    return FileCopy("content", path, digest_file(file), file.stat().st_size)


@cache
def planned(day: datetime.date) -> dict[str, tuple[Output, str]]:
    """Give every output of the sample column as on a day, with the digest of its value."""
    digest = Digester().digest
    return {output.path: (output, digest(output.value)) for output in plan(site(day), {}, digest)}


T = TypeVar("T")


def parts(value: object, kind: type[T]) -> Iterator[T]:
    """Give everything of a kind that a value holds."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from parts(part, kind)
    elif is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name), kind)


def dossiers() -> Iterator[DossierPage]:
    """Give the pages of dossiers, whose stages are planned until their date."""
    for output, _ in planned(FIRST).values():
        if isinstance(output.value, Page) and isinstance(output.value.content, DossierPage):
            yield output.value.content


ENTRIES = tuple(document.entry for document in site(FIRST).documents if document.entry.turns)
TASKS = tuple(task for plan_of_work in site(FIRST).plans for task in plan_of_work.tasks)
STAGES = frozenset(date.first for page in dossiers() for date in parts(page.steps, PartialDate))
TURNS = frozenset(turn.since for turn in parts((ENTRIES, TASKS), Turn) if turn.since)
OPENED = frozenset(one.date.first for document in site(FIRST).documents for one in parts(document, Conversion))
DAYS = sorted(day for day in STAGES | TURNS | OPENED if FIRST < day < LAST)
FRONT = "index.html"
"""Tells of what was disclosed after a review from that day on, of stages of decisions, and counts those of the year."""


def changed(before: datetime.date, after: datetime.date) -> set[str]:
    """Give the paths of outputs that are not the same on two days, also those that are new or gone."""
    old, new = planned(before), planned(after)
    return {
        path for path in old.keys() | new.keys() if path not in old or path not in new or old[path][1] != new[path][1]
    }


def turns_on(day: datetime.date, turns: tuple[Turn, ...]) -> bool:
    """Tell whether a state changes on a day."""
    return state_on(day, turns) is not state_on(day - ONE_DAY, turns)


def turning(day: datetime.date) -> dict[str, Entry]:
    """Give the entries whose state changes on a day, by address."""
    return {entry.address: entry for entry in ENTRIES if turns_on(day, entry.turns)}


def counted(day: datetime.date) -> tuple[str, ...]:
    """Give beginnings or parts of the addresses of what counts or sums up the states that change on a day."""
    found = ["search/", "catalogue."] if turning(day) else []
    found += ["statutory/normative/register"] if any("/normative/" in address for address in turning(day)) else []
    found += ["tasks"] if any(turns_on(day, task.turns) for task in TASKS) else []
    asked = any(entry.kind is Kind.CONSULTATION for entry in turning(day).values())
    found += ["/directory-", *(page.entry.address for page in dossiers())] if day in STAGES or asked else []
    return tuple(found)


@pytest.fixture(scope="module")
def templates() -> Templates:
    """Give the templates of the sample column."""
    return Templates(open_theme(ROOT, ARCHIVE.column.theme), "zh")


def test_the_sample_has_every_state_and_days_on_which_they_change() -> None:
    shown = {str(turn.state) for entry in ENTRIES for turn in entry.turns}
    assert shown >= {"valid", "pending", "amended", "repealed", "expired", "planned", "open", "answered"}
    assert len(DAYS) >= 6


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_shows_a_state_that_changes_is_remade(day: datetime.date) -> None:
    turned, found = turning(day), changed(day - ONE_DAY, day)
    assert set(turned) <= found
    assert any(turns_on(day, task.turns) for task in TASKS) == any(".tasks." in path for path in found)
    if not turned:
        return
    assert {"catalogue.json", "catalogue.csv"} <= found
    assert {f"{section}/index.html" for entry in turned.values() for section in entry.sections} <= found
    assert [path for path in found if path.startswith("search/")]
    normative = [entry for entry in turned.values() if "statutory/normative" in entry.sections]
    assert bool(normative) == ("statutory/normative/register.html" in found)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_nothing_else_is_remade(day: datetime.date, templates: Templates) -> None:
    names = [address.rpartition("/")[2] for address in turning(day)]
    for path in changed(day - ONE_DAY, day):
        old, new = (planned(when).get(path) for when in (day - ONE_DAY, day))
        shown = False
        if old and new and isinstance(old[0].value, Page) and isinstance(new[0].value, Page):
            texts = [templates.render(value) for value in (old[0].value, new[0].value)]
            assert texts[0] != texts[1], f"{path} is made again and is the same"
            shown = any(name in text for name in names for text in texts)
        assert shown or path == FRONT or any(part in path for part in counted(day)), f"{path} shows none of {names}"


@pytest.mark.parametrize(("start", "end"), list(zip([FIRST, *DAYS], [*DAYS, LAST], strict=True)), ids=str)
def test_between_two_such_days_nothing_changes(start: datetime.date, end: datetime.date) -> None:
    of_the_year = {FRONT} if start.year != (end - ONE_DAY).year else set()
    assert changed(start, end - ONE_DAY) == of_the_year


def test_builds_do_what_the_plan_says(tmp_path: Path) -> None:
    day = next(day for day in DAYS if len(turning(day)) > 1)
    assert not build(ROOT, tmp_path / "build", day - ONE_DAY).failed
    report = build(ROOT, tmp_path / "build", day)
    gone = planned(day - ONE_DAY).keys() - planned(day).keys()
    assert {path for path, _ in report.made} == changed(day - ONE_DAY, day) - gone
    following = next(other for other in [*DAYS, LAST] if other > day)
    assert build(ROOT, tmp_path / "build", following - ONE_DAY).made == ()
    build(ROOT, tmp_path / "clean", following - ONE_DAY)
    assert files(tmp_path / "build") == files(tmp_path / "clean")


def files(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
