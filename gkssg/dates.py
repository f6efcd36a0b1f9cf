"""Dates as old documents have them: known to the year, the month, the day or the minute."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
import datetime
from functools import lru_cache
import re

from gkssg.language import Message, say

_FORMS = re.compile(
    r"(?P<year>\d{4})"
    r"(?:(?:[-/.]|年)(?P<month>\d{1,2})(?:(?:[-/.]|月)(?P<day>\d{1,2})日?)?月?|年)?"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?)?"
)
_FIRST_YEAR = 1900
_LAST_YEAR = 2200


class DateError(ValueError):
    """A text that is no date; :attr:`message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.template)
        self.message = message


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as it is known; ``month``, ``day`` are 0 and ``hour`` is -1 where it is not.

    Sorted as what it is: 2019 stands before 2019-01, which stands before 2019-01-01.
    """

    year: int
    month: int = 0
    day: int = 0
    hour: int = -1
    minute: int = 0

    def __reduce__(self) -> tuple[Callable[..., "PartialDate"], tuple[int, ...]]:
        """Pickle it so that equal dates are one value when they are read again: many documents have one date."""
        return _one, self.parts

    def __str__(self) -> str:
        """Write it as ``2019``, ``2019-07``, ``2019-07-05`` or ``2019-07-05 09:30``."""
        text = f"{self.year:04}"
        text += f"-{self.month:02}" if self.month else ""
        text += f"-{self.day:02}" if self.day else ""
        return text + (f" {self.hour:02}:{self.minute:02}" if self.hour >= 0 else "")

    def in_chinese(self, known_year: int = 0) -> str:
        """Write it as 2019年7月5日 or 2019年7月5日17:00, without a year that the reader has just read."""
        text = f"{self.year}年" if self.year != known_year or not self.month else ""
        text += (f"{self.month}月" if self.month else "") + (f"{self.day}日" if self.day else "")
        return text + (f"{self.hour}:{self.minute:02}" if self.hour >= 0 else "")

    @property
    def parts(self) -> tuple[int, int, int, int, int]:
        """Its parts, which are sorted as it is and much faster."""
        return self.year, self.month, self.day, self.hour, self.minute

    @property
    def first(self) -> datetime.date:
        """The first day it may mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day it may mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def timestamp(self) -> str:
        """The first moment it may mean, as RFC 3339 in China's time, for feeds."""
        return f"{self.first.isoformat()}T{max(self.hour, 0):02}:{self.minute:02}:00+08:00"


@lru_cache(10_000)
def _one(year: int, month: int, day: int, hour: int, minute: int) -> PartialDate:
    return PartialDate(year, month, day, hour, minute)


def parse_date(text: str) -> PartialDate:
    """Read ``2019``, ``2019-07``, ``2019-07-05``, ``2019-07-05 09:30`` or ``2019年7月5日``.

    Raises DateError, which says what is wrong, when there is no such day.
    """
    match = _FORMS.fullmatch(text.strip())
    if not match:
        raise DateError(say("“{found}” is not a date", found=text))
    part = {name: int(value) for name, value in match.groupdict().items() if value is not None}
    if not _FIRST_YEAR <= part["year"] <= _LAST_YEAR:
        why = say(
            "“{found}” cannot be: years from {first} to {last} are read", found=text, first=_FIRST_YEAR, last=_LAST_YEAR
        )
        raise DateError(why)
    if "month" in part and not 1 <= part["month"] <= 12:  # noqa: PLR2004  (a year has twelve months)
        raise DateError(say("“{found}” cannot be: there is no month {month}", found=text, month=part["month"]))
    if "day" in part:
        days = calendar.monthrange(part["year"], part["month"])[1]
        if not 1 <= part["day"] <= days:
            raise DateError(say("“{found}” cannot be: that month has {days} days", found=text, days=days))
    if "hour" in part and ("day" not in part or part["hour"] > 23 or part["minute"] > 59):  # noqa: PLR2004
        raise DateError(say("“{found}” has no such time of day", found=text))
    return PartialDate(**part)
