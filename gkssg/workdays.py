"""Working days (工作日) by the State Council's holiday notices: weekends, holidays, and weekend days worked instead.

Periods of the Disclosure Regulation count in them. The day of the event is not counted: the day after it is day 1. A
year without a notice here is counted from Monday to Friday, and the answer says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import datetime
from functools import cache, cached_property
import json
from pathlib import Path

from gkssg.language import Message, say

_ONE_DAY = datetime.timedelta(days=1)
_SATURDAY = 5


class CalendarError(ValueError):
    """A text that is no year of the calendar; :attr:`message` says why, ``line`` and ``column`` where."""

    def __init__(self, message: Message, line: int = 1, column: int = 1) -> None:
        super().__init__(message.template)
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class ArrangedDay:
    """A day that a notice arranges: off, or (a weekend day) worked."""

    name: str
    date: datetime.date
    is_off: bool


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The arrangement for one year: the notices it comes from, and the days they name.

    Days of the December before may be among them, as notices have it.
    """

    year: int
    papers: tuple[str, ...]
    days: tuple[ArrangedDay, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """The day a period ends, and the years it runs through that have no arrangement."""

    day: datetime.date
    unknown: tuple[int, ...]

    @property
    def remark(self) -> Message | None:
        """What a reader must know of the count."""
        return _remark(self.unknown)


@dataclass(frozen=True, slots=True)
class Span:
    """How many working days lie between two days, and the years among them that have no arrangement."""

    days: int
    unknown: tuple[int, ...]

    @property
    def remark(self) -> Message | None:
        """What a reader must know of the count."""
        return _remark(self.unknown)


@dataclass(frozen=True)
class Calendar:
    """The arrangements that are known, by year."""

    years: tuple[CalendarYear, ...]

    @cached_property
    def _arranged(self) -> dict[datetime.date, bool]:
        return {day.date: day.is_off for year in self.years for day in year.days}

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(year.year for year in self.years)

    def knows(self, year: int) -> bool:
        """Tell whether the arrangement for a year is known."""
        return year in self._known

    def is_working_day(self, day: datetime.date) -> bool:
        """Tell whether a day is worked; where nothing is arranged, Monday to Friday are."""
        is_off = self._arranged.get(day)
        return day.weekday() < _SATURDAY if is_off is None else not is_off

    def with_years(self, years: Iterable[CalendarYear]) -> "Calendar":
        """Give the same calendar with more years; one that is there already is replaced."""
        found = {year.year: year for year in (*self.years, *years)}
        return Calendar(tuple(found[year] for year in sorted(found)))

    def unknown(self, first: datetime.date, last: datetime.date) -> tuple[int, ...]:
        """Give the years between two days of which no arrangement is known."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.knows(year))


def add_working_days(day: datetime.date, count: int, calendar: Calendar) -> Due:
    """Give the last day of a period of ``count`` working days that begins on the day after ``day``."""
    due, left = day, count
    while left > 0:
        due += _ONE_DAY
        left -= calendar.is_working_day(due)
    return Due(due, calendar.unknown(day + _ONE_DAY, due) if count > 0 else ())


def working_days_between(day: datetime.date, last: datetime.date, calendar: Calendar) -> Span:
    """Count the working days after ``day``, up to ``last`` and with it; 0 where ``last`` is not later."""
    days = sum(map(calendar.is_working_day, _days(day + _ONE_DAY, last)))
    return Span(days, calendar.unknown(day + _ONE_DAY, last))


def read_year(text: str) -> CalendarYear:
    """Read the arrangement for a year, a JSON text in the form of holiday-cn. Raises CalendarError."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise CalendarError(say("the file is not JSON: {why}", why=error.msg), error.lineno, error.colno) from error
    except RecursionError as error:
        raise CalendarError(say("the file is not JSON: {why}", why="nested too deep")) from error
    match data:
        case {"year": int(year), "days": list(days), **rest} if datetime.MINYEAR <= year <= datetime.MAXYEAR:
            papers = rest.get("papers", [])
            named = tuple(str(paper) for paper in papers) if isinstance(papers, list) else ()
            return CalendarYear(year, named, tuple(_day(entry, year) for entry in days))
    raise CalendarError(say("a year of the calendar has “year”, a number, and “days”, a list"))


@cache
def official_calendar() -> Calendar:
    """Give the calendar that comes with gkssg."""
    folder = Path(__file__).parent / "calendar"
    return Calendar(tuple(read_year(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))))


def _day(entry: object, year: int) -> ArrangedDay:
    match entry:
        case {"date": str(date), "isOffDay": bool(is_off), **rest}:
            try:
                day = datetime.date.fromisoformat(date)
            except ValueError as error:
                raise CalendarError(say("“{found}” is not a date", found=date)) from error
            if day.year != year and (day.year, day.month) != (year - 1, 12):
                raise CalendarError(say("{day} does not belong to {year}", day=date, year=year))
            return ArrangedDay(str(rest.get("name", "")), day, is_off)
    found = json.dumps(entry, ensure_ascii=False)
    raise CalendarError(say("a day has “date” and “isOffDay” (true or false); this one is {found}", found=found))


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    for number in range((last - first).days + 1):
        yield first + datetime.timedelta(days=number)


def _remark(years: tuple[int, ...]) -> Message | None:
    if not years:
        return None
    return say("no holiday arrangement is known for {years}: Monday to Friday were counted", years=years)
