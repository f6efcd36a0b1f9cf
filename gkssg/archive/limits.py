"""The time limits of a column, from ``content/column.yml``."""

from collections.abc import Iterator
import datetime
import re
from typing import Any

from gkssg.archive.fields import Record, Text
from gkssg.language import say
from gkssg.limits import Limits, parse_interval
from gkssg.problem import Problem
from gkssg.text import whole

_OF_THE_YEAR = ("report", "arrears")
_MOST = 366
_DAY = re.compile(r"(?P<month>\d{1,2})(?:[-/.]|月)(?P<day>\d{1,2})日?")


def own_limits(record: Record | None) -> tuple[Limits, tuple[Problem, ...]]:
    """Give the limits of the column; one that cannot be read stays as gkssg has it, and is a problem."""
    changed: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, values in record.parts if record else ():
        for text in values:
            if isinstance(text, Text):
                value = _day(text.value) if field.name in _OF_THE_YEAR else _number(text.value)
                if value is None:
                    message = say(
                        "{field} cannot be “{found}”", field=f"{field.name}（{field.alias}）", found=text.value
                    )
                    if field.name in _OF_THE_YEAR:
                        hint = say("write a month and a day, as 03-31")
                    else:
                        hint = say("write a number from 1 to {most}", most=_MOST)
                    problems.append(Problem(text.place, "limit", message, hint))
                else:
                    changed[field.name] = value
    return Limits(**changed), tuple(problems)


def interval_problems(record: Record) -> Iterator[Problem]:
    """Report how often a section is updated where that cannot be read."""
    for text in record.texts("update_every"):
        if parse_interval(text.value) is None:
            message = say("“{found}” does not say how often something new is expected", found=text.value)
            hint = say("write a number and a unit: 2 weeks, 6 months, 1 year (or 2周, 6个月, 1年)")
            yield Problem(text.place, "update-every", message, hint)


def _number(text: str) -> int | None:
    number = whole(text)
    return number if number and number <= _MOST else None


def _day(text: str) -> tuple[int, int] | None:
    match = _DAY.fullmatch(text)
    try:
        day = datetime.date(2001, int(match["month"]), int(match["day"])) if match else None  # no leap year
    except ValueError:
        return None
    return (day.month, day.day) if day else None
