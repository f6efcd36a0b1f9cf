"""Time limits of disclosure as data: numbers that laws set, and those that differ from place to place.

A column changes them in ``content/column.yml`` (``limits``). Working days are counted by :mod:`gkssg.workdays`.
"""

import calendar
from dataclasses import dataclass
import datetime
import re

_UNITS = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "月": "month",
    "个月": "month",
    "季": "quarter",
    "季度": "quarter",
    "个季度": "quarter",
    "年": "year",
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_NUMERALS = {"": 1, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "六": 6}
_FORM = re.compile(
    r"(?:every\s+|每)?(?P<count>\d{1,3}|[一两二三四六]?)\s*"
    r"(?P<unit>day|week|month|quarter|year|个?月|个?季度?|天|日|周|星期|年)s?"
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time that people count in days, weeks, months or years: whole months, or days."""

    months: int = 0
    days: int = 0

    def after(self, day: datetime.date) -> datetime.date:
        """Give the day that lies so much later; the last of a month where that has no such day."""
        return day_months_later(day, self.months) + datetime.timedelta(days=self.days)


def day_months_later(day: datetime.date, months: int) -> datetime.date:
    """Give the same day of a later month, or its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse_interval(text: str) -> Interval | None:
    """Read ``2 weeks``, ``6 months``, ``1 year``, ``2周``, ``6个月``, ``每季度``, ``半年``."""
    typed = text.strip().casefold()
    if typed in {"半年", "每半年"}:
        return Interval(months=6)
    match = _FORM.fullmatch(typed)
    if not match:
        return None
    count = int(match["count"]) if match["count"].isdecimal() else _NUMERALS[match["count"]]
    unit = _UNITS.get(match["unit"], match["unit"])
    if not count:
        return None
    return Interval(months=count * _MONTHS[unit]) if unit in _MONTHS else Interval(days=count * _DAYS[unit])


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one column. Each has the name of its key in ``column.yml``; sources stand in ``schema.py``.

    ``report`` and ``arrears`` are a month and a day; (0, 0) for ``report``: the day that fits the column's organ.
    ``empty_sections`` is 0 where the column says nothing: then those of a column in use alone are counted.
    """

    publish: int = 20
    budget: int = 20
    item: int = 1
    consultation: int = 30
    answer: int = 10
    interpretation: int = 3
    report: tuple[int, int] = (0, 0)
    arrears: tuple[int, int] = (3, 31)
    expiry: int = 6
    stale_sections: int = 10
    empty_sections: int = 0
    backdating: int = 7


_HALF_A_YEAR = Interval(months=6)
FRESHNESS_OF_TYPES = {"工作动态": Interval(days=14), "通知公告": _HALF_A_YEAR, "政策文件": _HALF_A_YEAR}
"""How often a section must have something new, by its type (ColumnType).

政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）. Used of sections that a column adds: the types of those there are
say too little of them.
"""
FRESHNESS = {"statutory/policy": _HALF_A_YEAR}
"""The same for sections that every column has, by their ids."""
