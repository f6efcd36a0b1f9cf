"""The time that a report of progress or a row of figures covers: a year, half a year, a quarter, a month or more."""

import calendar
from dataclasses import dataclass
import datetime
import re

_FORMS = re.compile(
    r"(?P<year>\d{4})(?:年)?(?:"
    r"[-/.]?[Qq](?P<q>[1-4])|[-/.]?[Hh](?P<h>[12])|第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年"
    r"|(?P<from>\d{1,2})月?(?:[—–－~～至到-]+)(?P<to>\d{1,2})月份?"
    r"|(?:[-/.]|(?<=年))(?P<month>\d{1,2})(?:月份?)?"
    r"|(?:全年|年度|度)?)"
)
_NUMERALS = "一二三四"
_YEAR, _HALF, _QUARTER = 12, 6, 3


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Whole months of one year: ``months`` of them, from ``month`` on."""

    year: int
    month: int
    months: int

    @property
    def last(self) -> datetime.date:
        """The last day of it."""
        month = self.month + self.months - 1
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Write it as ``2026``, ``2026-H1``, ``2026-Q3``, ``2026-09`` or ``2026年1—9月``."""
        match (self.months, self.month % self.months):
            case (12, _):
                return f"{self.year}"
            case (6, 1):
                return f"{self.year}-H{(self.month + 5) // _HALF}"
            case (3, 1):
                return f"{self.year}-Q{(self.month + 2) // _QUARTER}"
            case (1, _):
                return f"{self.year}-{self.month:02}"
            case _:
                return self.zh

    @property
    def zh(self) -> str:
        """Its Chinese name: 2026年第三季度."""
        match (self.months, self.month % self.months):
            case (12, _):
                return f"{self.year}年"
            case (6, 1):
                return f"{self.year}年{'上' if self.month == 1 else '下'}半年"
            case (3, 1):
                return f"{self.year}年第{_NUMERALS[self.month // _QUARTER]}季度"
            case (1, _):
                return f"{self.year}年{self.month}月"
            case _:
                return f"{self.year}年{self.month}—{self.month + self.months - 1}月"

    def said(self, language: str) -> str:
        """Give its name in a language (``zh`` or ``en``)."""
        return self.zh if language == "zh" else str(self)


def parse_period(text: str) -> Span | None:
    """Read ``2026``, ``2026-Q1``, ``2026年第一季度``, ``2026-H1``, ``2026-03``, ``2026年3月`` or ``2026年1—9月``."""
    match = _FORMS.fullmatch("".join(text.split()))
    if not match:
        return None
    year = int(match["year"])
    quarter, half = match["q"] or match["quarter"], match["h"] or match["half"]
    if quarter:
        number = _NUMERALS.find(quarter) + 1 or int(quarter)
        return Span(year, (number - 1) * _QUARTER + 1, _QUARTER)
    if half:
        return Span(year, 1 if half in "1上" else _HALF + 1, _HALF)
    if match["to"]:
        first, last = int(match["from"]), int(match["to"])
        return Span(year, first, last - first + 1) if 1 <= first <= last <= _YEAR else None
    if match["month"]:
        month = int(match["month"])
        return Span(year, month, 1) if 1 <= month <= _YEAR else None
    return Span(year, 1, _YEAR)


def periods_of(year: int, months: int) -> tuple[Span, ...]:
    """Cut a year into periods of so many months."""
    return tuple(Span(year, month, months) for month in range(1, _YEAR + 1, months))
