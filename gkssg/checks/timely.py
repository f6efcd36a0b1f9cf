"""Rules about the time in which information is published after it was made, approved or changed."""

from collections.abc import Iterator
import datetime

from gkssg.archive.model import Archive, Document
from gkssg.checks.deadlines import Deadline
from gkssg.dates import PartialDate
from gkssg.language import Message, say
from gkssg.problem import Problem, Severity
from gkssg.terms import Kind
from gkssg.workdays import add_working_days, working_days_between

_MADE = {Kind.DOCUMENT, Kind.DATASET, Kind.REPORT, Kind.INTERPRETATION, Kind.CONSULTATION, Kind.MEETING}
"""Kinds that are published as they were made; a page, an organ or a gazette gathers what is older."""
_FINANCE = "statutory/budget"
_ONE_YEAR = 1


def published_in_time(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A document was published more than 20 working days after it was made.

    Whoever made a document publishes it within 20 working days of the day it was made or changed. What is late stays
    late: correct a date that is wrong, and say in the yearly report why it took longer. Only entries published this
    year or last are looked at, and none that were reprinted, converted or are historic texts.

    Rule: publish-late, warning.
    Source: 政府信息公开条例（国务院令第711号）第二十六条.
    Row: R05.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        written: 2026-09-20
        published: 2026-10-26
        ---
        正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        written: 2026-09-20
        published: 2026-10-23
        ---
        正文。
    """
    most = archive.column.limits.publish
    for document in _made_here(archive):
        written, published = _day(document.written), _day(document.published)
        if not written or not published or published.year < today.year - _ONE_YEAR:
            continue
        if (published - written).days <= most:
            continue  # no working day is counted that is no day
        due = add_working_days(written, most, archive.calendar)
        if published > due.day:
            days = working_days_between(written, published, archive.calendar).days
            message = say(
                "it was published on {published}, {days} working days after {written}, when it was written;"
                " it was due by {due} ({most} working days)",
                published=published.isoformat(),
                days=days,
                written=written.isoformat(),
                due=due.day.isoformat(),
                most=most,
            )
            hint = say(
                "correct written（成文日期）or published（发布日期）if it is wrong;"
                " for a text of others add source（来源）"
            )
            advice = _with(hint, due.remark)
            yield Problem(document.place("published"), "publish-late", message, advice, Severity.WARNING)


def budget_in_time(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A budget or final account was published more than 20 days after its approval.

    All days are counted, the day of the approval is not. The day of the approval stands in approved（批准日期）.

    Rule: budget-late, warning.
    Source: 预算法第十四条.
    Row: R06.

    Wrong::

        --- content/statutory/budget/a.md ---
        ---
        title: 2026年示例部门预算
        attribute: active
        approved: 2026-02-10
        published: 2026-03-03
        ---
        正文。

    Right::

        --- content/statutory/budget/a.md ---
        ---
        title: 2026年示例部门预算
        attribute: active
        approved: 2026-02-10
        published: 2026-03-02
        ---
        正文。
    """
    most = archive.column.limits.budget
    for document, approved in _approved(archive):
        published = _day(document.published)
        if published and (published - approved).days > most:
            message = say(
                "it was published on {published}, {days} days after its approval on {approved}; it was due by {due}",
                published=published.isoformat(),
                days=(published - approved).days,
                approved=approved.isoformat(),
                due=(approved + datetime.timedelta(days=most)).isoformat(),
            )
            hint = say("correct approved（批准日期）or published（发布日期）if it is wrong")
            yield Problem(document.place("published"), "budget-late", message, hint, Severity.WARNING)


def change_in_time(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A change of a policy item was not published within one working day.

    People act on what an item says: its conditions, papers and places. The day of the change stands in
    changed（变更日期）, the day on which the column had it in updated（变更公开日期）.

    Rule: item-late, warning.
    Source: 地方要求，办事条件发生变化的事项应在1个工作日内公开变更后的信息（宽城区2019年政务公开工作实施方案）.
    Row: R07.

    Wrong::

        --- content/statutory/livelihood/a.md ---
        ---
        title: 示例补助
        kind: item
        attribute: active
        changed: 2026-09-30
        updated: 2026-10-09
        ---
        正文。

    Right::

        --- content/statutory/livelihood/a.md ---
        ---
        title: 示例补助
        kind: item
        attribute: active
        changed: 2026-09-30
        updated: 2026-10-08
        ---
        正文。
    """
    most = archive.column.limits.item
    for document, changed, updated in _changed(archive):
        due = add_working_days(changed, most, archive.calendar)
        if (updated or today) > due.day:
            message = say(
                "it changed on {changed}; the change was due to be published by {due} ({most} working days)",
                changed=changed.isoformat(),
                due=due.day.isoformat(),
                most=most,
            )
            if updated:
                hint = say("correct changed（变更日期）or updated（变更公开日期）if it is wrong")
            else:
                hint = say("bring the text up to date and write the day in updated（变更公开日期）")
            place = document.place("updated" if updated else "changed")
            yield Problem(place, "item-late", message, _with(hint, due.remark), Severity.WARNING)


def publications_due(archive: Archive, _today: datetime.date) -> Iterator[Deadline]:
    """Give the days by which entries must be published that have no date of publication yet."""
    limits = archive.column.limits
    for document in _made_here(archive):
        written = _day(document.written)
        if written and not document.published:
            due = add_working_days(written, limits.publish, archive.calendar)
            message = say("the publication of an entry written on {day} is due", day=written.isoformat())
            hint = say("publish it and write the day in published（发布日期）")
            yield Deadline(due.day, "publish-late", document.place("written"), message, hint, due.unknown)
    for document, approved in _approved(archive):
        if not document.published:
            day = approved + datetime.timedelta(days=limits.budget)
            message = say("the publication of what was approved on {day} is due", day=approved.isoformat())
            hint = say("publish it and write the day in published（发布日期）")
            yield Deadline(day, "budget-late", document.place("approved"), message, hint)
    for document, changed, updated in _changed(archive):
        if not updated:
            due = add_working_days(changed, limits.item, archive.calendar)
            message = say("the publication of the change of {day} is due", day=changed.isoformat())
            hint = say("bring the text up to date and write the day in updated（变更公开日期）")
            yield Deadline(due.day, "item-late", document.place("changed"), message, hint, due.unknown)


def _made_here(archive: Archive) -> Iterator[Document]:
    """Give the open entries that are no reprint, no historic text, and were not disclosed after a review only."""
    for document in archive.documents:
        if not document.is_active or document.kind not in _MADE or document.source or document.converted:
            continue
        if not any(relation.field == "version_of" for relation in document.relations):
            yield document


def _approved(archive: Archive) -> Iterator[tuple[Document, datetime.date]]:
    for document in archive.documents:
        approved = _detail(document, "approved")
        if document.is_active and approved and any(_is_finance(text.value) for text in document.categories):
            yield document, approved


def _is_finance(category: str) -> bool:
    return category == _FINANCE or category.startswith(f"{_FINANCE}/")


def _changed(archive: Archive) -> Iterator[tuple[Document, datetime.date, datetime.date | None]]:
    """Give the items that changed, with the day on which that was published, as far as it is known."""
    for document in archive.documents:
        if document.kind is Kind.ITEM and document.is_active and (changed := _detail(document, "changed")):
            published = _day(document.published)
            since = published if published and published >= changed else None
            yield document, changed, _detail(document, "updated") or since


def _detail(document: Document, name: str) -> datetime.date | None:
    return _day(next((value for value in document.detail(name) if isinstance(value, PartialDate)), None))


def _day(date: PartialDate | None) -> datetime.date | None:
    """Give a date that is known to the day."""
    return date.first if date and date.day else None


def _with(hint: Message, remark: Message | None) -> Message:
    return say("{hint}; {remark}", hint=hint, remark=remark) if remark else hint
