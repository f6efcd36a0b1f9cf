"""征集状态: how far a consultation has come, from its dates."""

import datetime

from gkssg.archive.model import Document
from gkssg.dates import PartialDate
from gkssg.states import Turn, turns
from gkssg.terms import Kind, Progress

_ONE_DAY = datetime.timedelta(days=1)


def progress_turns(document: Document) -> tuple[Turn, ...]:
    """Give the states of a consultation on all days; none for other kinds, and where it has no dates.

    Opinions that are shown without a date of the answer count as answered on the day after the last.
    """
    if document.kind is not Kind.CONSULTATION:
        return ()
    starts, ends, answered = (_date(document, name) for name in ("starts", "ends", "feedback"))
    opened = starts.first if starts else None
    over = ends.last + _ONE_DAY if ends else None
    assumed = over if document.detail("opinions") else None
    told = answered.first if answered else assumed

    def state(day: datetime.date) -> Progress | None:
        if told and day >= told:
            return Progress.ANSWERED
        if over and day >= over:
            return Progress.ENDED
        if opened and day < opened:
            return Progress.PLANNED
        return Progress.OPEN if opened or over else None

    return turns(filter(None, (opened, over, told)), state)


def _date(document: Document, name: str) -> PartialDate | None:
    return next((value for value in document.detail(name) if isinstance(value, PartialDate)), None)
