"""Rules about the disclosure attribute: its reviews, and its conversion into 主动公开."""

from collections.abc import Iterator
import datetime

from gkssg.archive.fields import Record
from gkssg.archive.model import Archive, Document
from gkssg.checks.deadlines import Deadline
from gkssg.dates import PartialDate
from gkssg.language import say
from gkssg.problem import Problem, Severity


def review_is_planned(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """What is not disclosed is reviewed on a day not yet past (Disclosure Regulation, article 18)."""
    for document in archive.documents:
        if document.attribute is None or document.is_active:
            continue
        if document.review_by is None:
            message = say("it is not said when the attribute will be reviewed")
            hint = say("add review_by（复审日期）, a day within a year")
            yield Problem(document.place("attribute"), "review-missing", message, hint, Severity.WARNING)
        elif document.review_by.last < today:
            message = say("the day on which the attribute was to be reviewed is past")
            hint = say(
                "review it: if it may be disclosed, write attribute: active and add converted（属性转换）; "
                "if not, write the day of the next review"
            )
            yield Problem(document.place("review_by"), "review-due", message, hint, Severity.WARNING)


def reviews_due(archive: Archive, _today: datetime.date) -> Iterator[Deadline]:
    """Give the days by which the attributes of entries that are not disclosed are reviewed again."""
    for document in archive.documents:
        if document.attribute is not None and not document.is_active and document.review_by:
            message = say("the attribute of an entry that is not disclosed is to be reviewed")
            hint = say(
                "if it may be disclosed, write attribute: active and add converted（属性转换）; "
                "if not, write the day of the next review"
            )
            yield Deadline(document.review_by.last, "review-due", document.place("review_by"), message, hint)


def conversion_agrees(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """An entry that was converted is active, and was so decided after it was written and not after today."""
    for document in archive.documents:
        if document.converted is None:
            continue
        if not document.is_active:
            message = say("the entry was converted, yet its attribute is not active（主动公开）")
            hint = say("write attribute: active; or, if it was withdrawn again, leave converted（属性转换）out")
            yield Problem(document.place("converted"), "conversion", message, hint, Severity.WARNING)
        date = _date(document.converted)
        if date and (date.first > today or _is_before(date, document)):
            message = say("the day of the conversion is later than today, or earlier than the entry itself")
            yield Problem(document.place("converted"), "conversion-date", message, say("correct the day"))


def _date(converted: Record) -> PartialDate | None:
    return next((date for date in converted.part("date") if isinstance(date, PartialDate)), None)


def _is_before(date: PartialDate, document: Document) -> bool:
    return document.written is not None and date.last < document.written.first
