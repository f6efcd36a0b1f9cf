"""How an application is handled and how long it takes: steps, limits with worked examples, and the calendar for both.

The browser counts with the same calendar (``limits.js``); what it needs of it are the days that differ from Monday to
Friday.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import datetime

from gkssg.language import Message, say
from gkssg.sections import LIMITS
from gkssg.site.desk import Desk, Special
from gkssg.site.model import Content
from gkssg.workdays import Calendar, add_working_days

_SATURDAY = 5
_EXAMPLES = (datetime.date(2026, 9, 18), datetime.date(2026, 2, 6))
"""Days of receipt before 国庆节 and before 春节."""


@dataclass(frozen=True, slots=True)
class Example:
    """A day of receipt and the day the limit ends."""

    received: datetime.date
    due: datetime.date
    remark: Message | None


@dataclass(frozen=True, slots=True)
class Limit:
    """A period of the Disclosure Regulation: what must be done, in how many working days, from which day on."""

    name: Message
    days: int
    since: Message
    article: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class LimitsPage(Content):
    """The steps and limits of an application. ``exceptions`` are the weekdays off and the weekend days worked."""

    limits: tuple[Limit, ...]
    years: tuple[int, ...]
    exceptions: tuple[datetime.date, ...]
    papers: tuple[str, ...]


_LIMITS = (
    (
        say("Notice that the application must be completed"),
        7,
        say("receipt of the application"),
        "第三十条",
    ),
    (
        say("Opinion of a third party, or of another organ"),
        15,
        say("receipt of the letter that asks for it"),
        "第三十二条、第三十四条",
    ),
    (
        say("The answer"),
        20,
        say("receipt of the application, or of what completes it"),
        "第三十三条",
    ),
    (
        say("The answer, extended by 20 working days"),
        40,
        say("receipt of the application, or of what completes it"),
        "第三十三条",
    ),
)


def limit_pages(desk: Desk) -> Iterator[Special]:
    """Plan the page of steps and limits."""
    calendar = desk.site.calendar
    content = LimitsPage(
        limits=tuple(
            Limit(name, days, since, article, tuple(_example(day, days, calendar) for day in _EXAMPLES))
            for name, days, since, article in _LIMITS
        ),
        years=tuple(year.year for year in calendar.years),
        exceptions=tuple(sorted(_exceptions(calendar))),
        papers=tuple(paper for year in reversed(calendar.years) for paper in year.papers),
    )
    title = desk.said("办理流程和期限计算", "Steps and time limits")
    yield Special("request", LIMITS, title, "limits.html", content, "the time limits")


def _example(received: datetime.date, days: int, calendar: Calendar) -> Example:
    due = add_working_days(received, days, calendar)
    return Example(received, due.day, due.remark)


def _exceptions(calendar: Calendar) -> Iterator[datetime.date]:
    for day in {arranged.date for year in calendar.years for arranged in year.days}:
        if calendar.is_working_day(day) != (day.weekday() < _SATURDAY):
            yield day
