"""What falls due: every limit that has not passed and for which something is still to be done."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
import datetime

from gkssg.archive.model import Archive
from gkssg.language import Message, say
from gkssg.problem import Place
from gkssg.workdays import Due


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something to be done by a day: which limit it is, where it stands, what is due, and what to do.

    ``years`` are those through which it was counted without a holiday notice; ``subject`` tells apart deadlines of one
    sort that stand in one file.
    """

    day: datetime.date
    limit: str
    place: Place
    message: Message
    hint: Message
    years: tuple[int, ...] = ()
    subject: str = ""

    @property
    def advice(self) -> Message:
        """What to do, and what must be known of the count."""
        remark = Due(self.day, self.years).remark
        return say("{hint}; {remark}", hint=self.hint, remark=remark) if remark else self.hint

    def without_quotes(self) -> "Deadline":
        """Give the same deadline with nothing quoted from the file, for entries behind the gate."""
        return replace(self, message=self.message.without_quotes(), hint=self.hint.without_quotes())


Source = Callable[[Archive, datetime.date], Iterator[Deadline]]
"""Finds the deadlines of one sort that are open on a day, however far off; those that are past are problems."""


def due(sources: Iterable[Source], archive: Archive, today: datetime.date, days: int) -> tuple[Deadline, ...]:
    """Give what falls due from today until so many days later, in order of day."""
    last = today + datetime.timedelta(days=days)
    private = {document.path for document in archive.documents if not document.is_active}
    found = (deadline for source in sources for deadline in source(archive, today) if today <= deadline.day <= last)
    told = (deadline.without_quotes() if deadline.place.path in private else deadline for deadline in found)
    return tuple(sorted(dict.fromkeys(told), key=lambda deadline: (deadline.day, deadline.place, deadline.limit)))
