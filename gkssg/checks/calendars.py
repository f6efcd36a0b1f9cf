"""A rule about the calendar: whether the holidays of the years are known through which limits run."""

from collections import defaultdict
from collections.abc import Iterator
import datetime

from gkssg.archive.model import Archive
from gkssg.checks.consultations import consultations_due
from gkssg.checks.interpretations import interpretations_due
from gkssg.checks.timely import publications_due
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity

_COUNTED = (publications_due, consultations_due, interpretations_due)
"""Whose limits are counted in working days."""


def arrangement_is_known(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """Limits run through a year whose holidays are not known: only Saturdays and Sundays were left out.

    The State Council tells the holidays of a year in November of the year before. When it has, take a newer gkssg, or
    write the year into content/calendar/.

    Rule: calendar-year, info.
    Source: gkssg.
    Row: R34.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        written: 2026-12-10
        ---
        正文。

    Right::

        ---
        title: 示例通知
        attribute: active
        written: 2026-11-10
        ---
        正文。
    """
    places: dict[int, list[Place]] = defaultdict(list)
    for source in _COUNTED:
        for limit in source(archive, today):
            for year in limit.years:
                places[year].append(limit.place)
    for year, found in sorted(places.items()):
        message = say(
            "the holidays of {year} are not known: {count} limits run into it, this one first",
            year=year,
            count=len(found),
        )
        hint = say("when the State Council's notice is out, write content/calendar/{year}.json", year=year)
        yield Problem(min(found), "calendar-year", message, hint, Severity.INFO)
