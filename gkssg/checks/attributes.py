"""Rules about the disclosure attribute: its reviews, and its conversion into 主动公开."""

from collections.abc import Iterator
import datetime

from gkssg.archive.fields import Record
from gkssg.archive.model import Archive, Document
from gkssg.checks.deadlines import Deadline
from gkssg.dates import PartialDate
from gkssg.language import say
from gkssg.problem import Problem, Severity


def review_is_planned(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An entry that is not disclosed does not say when its attribute will be reviewed.

    What may not be disclosed today may have to be tomorrow. Add review_by（复审日期）, a day within a year.

    Rule: review-missing, warning.
    Source: 政府信息公开条例（国务院令第711号）第十八条.
    Row: R11.

    Wrong::

        ---
        title: 示例内部规程
        attribute: withheld
        reason: 16-1
        ---

    Right::

        ---
        title: 示例内部规程
        attribute: withheld
        reason: 16-1
        review_by: 2027-06-30
        ---
    """
    for document in archive.documents:
        if document.attribute and not document.is_active and document.review_by is None:
            message = say("it is not said when the attribute will be reviewed")
            hint = say("add review_by（复审日期）, a day within a year")
            yield Problem(document.place("attribute"), "review-missing", message, hint, Severity.WARNING)


def review_is_not_overdue(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """The day on which the attribute was to be reviewed is past.

    Review it: what may be disclosed becomes active, with converted（属性转换）; what may not gets the day of its
    next review.

    Rule: review-due, warning.
    Source: 政府信息公开条例（国务院令第711号）第十八条.
    Row: R11.

    Wrong::

        ---
        title: 示例内部规程
        attribute: withheld
        reason: 16-1
        review_by: 2026-06-30
        ---

    Right::

        ---
        title: 示例内部规程
        attribute: withheld
        reason: 16-1
        review_by: 2027-06-30
        ---
    """
    for document in archive.documents:
        if document.is_active or document.attribute is None:
            continue
        if document.review_by and document.review_by.last < today:
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


def converted_entry_is_open(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An entry was converted to be disclosed, yet its attribute is not active.

    Write attribute: active; where it was withdrawn again, leave converted（属性转换）out.

    Rule: conversion, warning.
    Source: 政府信息公开条例（国务院令第711号）第十八条、第四十四条.
    Row: R11.

    Wrong::

        ---
        title: 示例区供水管网图
        attribute: on-request
        reason: 16-2
        review_by: 2027-06-30
        converted: {from: withheld, date: 2026-05-06, standard: 申请人较多, reviewer: 办公室}
        ---

    Right::

        ---
        title: 示例区供水管网图
        attribute: active
        converted: {from: withheld, date: 2026-05-06, standard: 申请人较多, reviewer: 办公室}
        ---
        正文。
    """
    for document in archive.documents:
        if document.converted and not document.is_active:
            message = say("the entry was converted, yet its attribute is not active（主动公开）")
            hint = say("write attribute: active; or, if it was withdrawn again, leave converted（属性转换）out")
            yield Problem(document.place("converted"), "conversion", message, hint, Severity.WARNING)


def conversion_has_its_day(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """The day of a conversion is later than today, or earlier than the entry itself.

    Correct the day: the log of conversions is published.

    Rule: conversion-date, error.
    Source: 政府信息公开条例（国务院令第711号）第十八条.
    Row: R11.

    Wrong::

        ---
        title: 示例区供水管网图
        attribute: active
        written: 2026-04-01
        converted: {from: on-request, date: 2026-03-06, standard: 申请人较多, reviewer: 办公室}
        ---
        正文。

    Right::

        ---
        title: 示例区供水管网图
        attribute: active
        written: 2026-04-01
        converted: {from: on-request, date: 2026-05-06, standard: 申请人较多, reviewer: 办公室}
        ---
        正文。
    """
    for document in archive.documents:
        date = _date(document.converted) if document.converted else None
        if date and (date.first > today or _is_before(date, document)):
            message = say("the day of the conversion is later than today, or earlier than the entry itself")
            yield Problem(document.place("converted"), "conversion-date", message, say("correct the day"))


def _date(converted: Record) -> PartialDate | None:
    return next((date for date in converted.part("date") if isinstance(date, PartialDate)), None)


def _is_before(date: PartialDate, document: Document) -> bool:
    return document.written is not None and date.last < document.written.first
