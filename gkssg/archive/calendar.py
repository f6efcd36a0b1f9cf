"""``content/calendar/2027.json`` …: years of the working-day calendar that a column adds, or has otherwise."""

from collections.abc import Iterable
from pathlib import Path

from gkssg.archive.source import read
from gkssg.language import say
from gkssg.problem import Place, Problem
from gkssg.workdays import Calendar, CalendarError, CalendarYear, official_calendar, read_year

CALENDAR_FOLDER = "calendar/"


def load_calendar(root: Path, files: Iterable[str]) -> tuple[Calendar, tuple[Problem, ...]]:
    """Read the years among the files of a content folder; a year that is wrong is left out."""
    years: list[CalendarYear] = []
    problems: list[Problem] = []
    for path in sorted(path for path in files if path.startswith(CALENDAR_FOLDER) and not path.endswith(".md")):
        source = read(root / "content" / path, f"content/{path}")
        problems += source.problems
        if not source.text:
            continue
        try:
            years.append(_year(source.text, path.removeprefix(CALENDAR_FOLDER)))
        except CalendarError as error:
            place = Place(source.path, error.line, error.column)
            problems.append(
                Problem(place, "calendar", error.message, say("the manual, page calendar.md, has the form"))
            )
    return official_calendar().with_years(years), tuple(problems)


def _year(text: str, name: str) -> CalendarYear:
    year = read_year(text)
    if name != f"{year.year}.json":
        raise CalendarError(say("the file has the arrangement for {year}; call it {year}.json", year=year.year))
    return year
