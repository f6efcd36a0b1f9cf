"""What comes to its end: documents in force, the calendar, tasks of plans."""

from collections.abc import Iterator
import datetime

from gkssg.archive.config import CONFIG
from gkssg.archive.ledger import last_states
from gkssg.archive.model import Archive, Document
from gkssg.archive.relations import relations_of
from gkssg.archive.validity import Validities
from gkssg.checks.deadlines import Deadline
from gkssg.language import Message, say
from gkssg.limits import day_months_later
from gkssg.problem import Place, Problem, Severity
from gkssg.terms import TaskState, Validity

_OPEN = {TaskState.WAITING, TaskState.UNDERWAY}
_IN_FORCE = {Validity.VALID, Validity.AMENDED, Validity.PENDING}


def document_stays_in_force(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A document in force ends within six months.

    Someone must decide what becomes of it. Before its last day the organ evaluates it and extends, amends or replaces
    it; else it lapses by itself.

    Rule: expires-soon, info.
    Source: 地方规定，例如上海市人民政府令第26号第二十六条（有效期）；国家没有统一规定.
    Row: R26.

    Wrong::

        --- content/statutory/normative/a.md ---
        ---
        title: 示例办法
        attribute: active
        effective: 2021-05-20
        expires: 2027-05-20
        ---
        正文。

    Right::

        --- content/statutory/normative/a.md ---
        ---
        title: 示例办法
        attribute: active
        effective: 2021-05-21
        expires: 2027-05-21
        ---
        正文。
    """
    last = day_months_later(today, archive.column.limits.expiry)
    for document, day in _ending(archive, today):
        if day <= last:
            message = say(
                "it is in force until {day}, {days} days from now", day=day.isoformat(), days=(day - today).days
            )
            yield Problem(document.place("expires"), "expires-soon", message, _DECIDE, Severity.INFO)


def task_is_done_in_time(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A task of a plan is past its day, and the last record says that it is not done.

    Record what became of it: 已完成, or 未完成 with what comes next. Tasks of which nothing was ever recorded are not
    looked at.

    Rule: task-overdue, warning.
    Source: 聊政办发〔2023〕9号（形成工作台账，明确责任主体和时限要求，逐项推动落实）.
    Row: R24.

    Wrong::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: irregular
        ---
        （一）9月底前公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,期间,状态
        （一）,2026-Q3,进行中

    Right::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: irregular
        ---
        （一）9月底前公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,期间,状态
        （一）,2026-Q3,进行中
        （一）,2026-10,已完成
    """
    for document in archive.documents:
        if not document.ledger or not document.is_active or not document.ledger.advances:
            continue
        states = last_states(document.ledger)
        late = tuple(
            task.number
            for task in document.ledger.tasks
            if task.due and task.due.last < today and states.get(task.number) in _OPEN
        )
        if late:
            message = say("{count} tasks are past their day and not done: {numbers}", count=len(late), numbers=late)
            hint = say("record what became of them with “gkssg ledger {path}”", path=document.path)
            yield Problem(document.place("ledger"), "task-overdue", message, hint, Severity.WARNING)


def ends_due(archive: Archive, today: datetime.date) -> Iterator[Deadline]:
    """Give the last days of documents in force."""
    for document, day in _ending(archive, today):
        message = say("“{found}” is in force for the last day", found=document.title)
        yield Deadline(day, "expires-soon", document.place("expires"), message, _DECIDE)


def tasks_due(archive: Archive, _today: datetime.date) -> Iterator[Deadline]:
    """Give the days by which plans want their tasks done, as far as they are not."""
    for document in archive.documents:
        if not document.ledger or not document.is_active:
            continue
        states = last_states(document.ledger)
        for task in document.ledger.tasks:
            if task.due and states.get(task.number, TaskState.WAITING) in _OPEN:
                message = say("a task of a plan is due: {number} {brief}", number=task.number, brief=task.brief)
                hint = say("record what was done with “gkssg ledger {path}”", path=document.path)
                yield Deadline(task.due.last, "task-due", document.place("ledger"), message, hint, subject=task.number)


def calendar_due(archive: Archive, _today: datetime.date) -> Iterator[Deadline]:
    """Give the last day for which holidays are known."""
    year = max(known.year for known in archive.calendar.years)
    message = say("the holidays of {year} are not known yet", year=year + 1)
    hint = say(
        "when the State Council's notice is out, take a newer gkssg or write content/calendar/{year}.json",
        year=year + 1,
    )
    yield Deadline(datetime.date(year, 12, 31), "calendar", Place(CONFIG), message, hint, subject=str(year))


_DECIDE: Message = say("evaluate it in time: extend, amend or replace it, or let it lapse")


def _ending(archive: Archive, today: datetime.date) -> Iterator[tuple[Document, datetime.date]]:
    """Give the open documents in force that end on a known day to come."""
    ending = [d for d in archive.documents if d.expires and d.is_active and d.expires.last >= today]
    if ending:
        validities = Validities(relations_of(archive))
        for document in ending:
            if document.expires and validities.state(document, today) in _IN_FORCE:
                yield document, document.expires.last
