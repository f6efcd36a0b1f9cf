"""Tasks of work plans (任务台账): by plan, by organ, by day, those left over from last year, those of one year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gkssg.periods import Span
from gkssg.site.desk import Desk, Special
from gkssg.site.model import (
    Content,
    Crumb,
    DataTable,
    EntryLink,
    OrganLink,
    Plan,
    PlanTask,
    Share,
    TaskRecord,
    ledger_address,
)
from gkssg.site.output import Output
from gkssg.terms import TASK_STATES, TaskState, Word

_HOME = "statutory/planning"
_REPORTS = "reports"
_SETTLED = {TaskState.DONE, TaskState.STANDING}

Totals = tuple[tuple[TaskState, int], ...]
"""How many tasks are in each state, in the order of the states; states without tasks are left out."""


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task and the plan it stands in."""

    plan: EntryLink
    task: PlanTask


@dataclass(frozen=True, slots=True)
class Board:
    """What is recorded for one period, task by task."""

    period: Span
    rows: tuple[tuple[PlanTask, TaskRecord], ...]


@dataclass(frozen=True, slots=True)
class OrganTasks:
    """An organ of a plan, under the name the plan gives it, and the numbers of its tasks."""

    organ: OrganLink
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerPage(Content):
    """The ledger of a plan: its tasks, what is recorded period by period, and what last year's plan left over.

    ``boards`` are empty where all there is to see stands with the tasks.
    """

    plan: Plan
    totals: Totals
    boards: tuple[Board, ...]
    organs: tuple[OrganTasks, ...]
    left_over: tuple[PlannedTask, ...]
    table: str
    index: str


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks under one heading: a plan, with the way to it, or a month; ``title`` is empty for those without a day."""

    title: str
    address: str
    tasks: tuple[PlannedTask, ...]


@dataclass(frozen=True, slots=True)
class TaskPage(Content):
    """Tasks of several plans. ``purpose`` is ``organ``, ``date``, ``review`` or ``year``; ``about``: which one."""

    purpose: str
    about: OrganLink
    totals: Totals
    groups: tuple[TaskGroup, ...]


@dataclass(frozen=True, slots=True)
class LedgerIndex(Content):
    """Every plan with a ledger and how far its tasks have come, and the other ways to look at them."""

    plans: tuple[tuple[EntryLink, int, Word, Totals], ...]
    views: tuple[Crumb, ...]


def task_pages(desk: Desk) -> Iterator[Special]:
    """Plan every page about tasks; none where no plan has a ledger."""
    plans = _newest_first(desk.site.plans)
    if not plans:
        return
    views = [*_by_date(desk, plans), *_left_over(desk, plans), *_by_year(desk, plans)]
    index = f"{_HOME}/tasks.html"
    for plan in plans:
        section = next((s for s in plan.entry.sections if s in desk.sections), "")
        title = desk.said(f"{plan.entry.title} 任务台账", f"{plan.entry.title}: tasks")
        page = _ledger(plan, plans, index)
        yield Special(section, plan.address, title, "ledger.html", page, _source(desk, plan), listed=False)
    yield from _by_organ(desk)
    yield from views
    rows = tuple((plan.link, plan.year, plan.interval, totals(plan.tasks)) for plan in plans)
    content = LedgerIndex(rows, tuple(Crumb(view.title, view.address) for view in views))
    yield Special(_HOME, index, desk.said("任务台账", "Task ledgers"), "ledgers.html", content, "the task ledgers")


def ledger_files(desk: Desk) -> Iterator[Output]:
    """Plan the table of every ledger, for spreadsheet programs."""
    for plan in desk.site.plans:
        yield Output(_table_address(plan), DataTable(tuple(_table(desk, plan))), _source(desk, plan))


def totals(tasks: Iterable[PlanTask]) -> Totals:
    """Count tasks by state."""
    count = Counter(task.state for task in tasks)
    return tuple((state, count[state]) for state in map(TaskState, (word.code for word in TASK_STATES)) if count[state])


def _newest_first(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    return tuple(sorted(plans, key=lambda plan: (-plan.year, plan.address)))


def _ledger(plan: Plan, plans: tuple[Plan, ...], index: str) -> LedgerPage:
    boards: dict[Span, list[tuple[PlanTask, TaskRecord]]] = defaultdict(list)
    for task in plan.tasks:
        for record in task.records:
            if record.period:
                boards[record.period].append((task, record))
    newest = sorted(boards, key=lambda period: (period.last, -period.months), reverse=True)
    before = [other for other in plans if _follows(plan, other)]
    return LedgerPage(
        plan=plan,
        totals=totals(plan.tasks),
        boards=tuple(Board(period, tuple(boards[period])) for period in newest if len(newest) > 1),
        organs=tuple(_organs(plan)),
        left_over=tuple(row for other in before for row in _unsettled(other)),
        table=_table_address(plan),
        index=index,
    )


def _organs(plan: Plan) -> Iterator[OrganTasks]:
    numbers: dict[OrganLink, list[str]] = defaultdict(list)
    for task in plan.tasks:
        for organ in dict.fromkeys(share.organ for share in task.shares if share.role.code != "others"):
            numbers[organ].append(task.number)
    for organ, found in numbers.items():
        yield OrganTasks(organ, tuple(found))


def _by_organ(desk: Desk) -> Iterator[Special]:
    for address, found in desk.tasks_by_organ.items():
        entry = desk.by_address[address].entry
        title = desk.said(f"{entry.title}承担的任务", f"Tasks of {entry.title}")
        groups = _grouped(PlannedTask(plan.link, task) for plan, task in found)
        page = TaskPage("organ", OrganLink(entry.title, address), totals(task for _, task in found), groups)
        section = next((s for s in entry.sections if s in desk.sections), "")
        yield Special(
            section, ledger_address(entry), title, "tasks.html", page, f"the tasks of {address}", listed=False
        )


def _by_date(desk: Desk, plans: tuple[Plan, ...]) -> Iterator[Special]:
    months: dict[str, list[PlannedTask]] = defaultdict(list)
    dated = sorted(
        ((task.due, plan, task) for plan in plans for task in plan.tasks if task.due),
        key=lambda row: (row[0], row[1].address),
    )
    for due, plan, task in reversed(dated):
        months[f"{due.year}-{due.month:02}"].append(PlannedTask(plan.link, task))
    recurring = tuple(
        PlannedTask(plan.link, task) for plan in plans for task in plan.tasks if task.times and not task.due
    )
    groups = [TaskGroup(month, "", tuple(reversed(rows))) for month, rows in months.items()]
    groups += [TaskGroup("", "", recurring)] if recurring else []
    if groups:
        every = (row.task for group in groups for row in group.tasks)
        page = TaskPage("date", OrganLink(""), totals(every), tuple(groups))
        title = desk.said("按完成时限查看任务", "Tasks by due date")
        yield Special(
            _HOME, f"{_HOME}/tasks-by-date.html", title, "tasks.html", page, "the tasks by date", listed=False
        )


def _left_over(desk: Desk, plans: tuple[Plan, ...]) -> Iterator[Special]:
    """Look back (回头看) at what is not settled of a year, where the same organ has a plan for the next."""
    for year in sorted({plan.year for plan in plans}, reverse=True):
        before = [old for old in plans if any(plan.year == year and _follows(plan, old) for plan in plans)]
        if before:
            rows = [row for old in before for row in _unsettled(old)]
            last = str(year - 1)
            page = TaskPage("review", OrganLink(last), totals(row.task for row in rows), _grouped(rows))
            title = desk.said(f"{last}年任务落实情况“回头看”", f"Tasks left over from {last}")
            address = f"{_HOME}/tasks-review-{last}.html"
            yield Special(_HOME, address, title, "tasks.html", page, f"the tasks left over from {last}", listed=False)


def _by_year(desk: Desk, plans: tuple[Plan, ...]) -> Iterator[Special]:
    """Say what became of a year's tasks (落实情况), for the annual report, where anything is recorded."""
    for year in sorted({plan.year for plan in plans if plan.year}, reverse=True):
        rows = [
            PlannedTask(plan.link, task)
            for plan in plans
            if plan.year == year and any(task.records for task in plan.tasks)
            for task in plan.tasks
        ]
        if rows:
            page = TaskPage("year", OrganLink(str(year)), totals(row.task for row in rows), _grouped(rows))
            title = desk.said(f"{year}年工作任务落实情况", f"Tasks of {year} and what became of them")
            yield Special(_REPORTS, f"{_REPORTS}/tasks-{year}.html", title, "tasks.html", page, f"the tasks of {year}")


def _follows(plan: Plan, before: Plan) -> bool:
    return plan.year == before.year + 1 and bool(set(plan.entry.issuers) & set(before.entry.issuers))


def _unsettled(plan: Plan) -> Iterator[PlannedTask]:
    return (PlannedTask(plan.link, task) for task in plan.tasks if task.state not in _SETTLED)


def _grouped(rows: Iterable[PlannedTask]) -> tuple[TaskGroup, ...]:
    by_plan: dict[EntryLink, list[PlannedTask]] = defaultdict(list)
    for row in rows:
        by_plan[row.plan].append(row)
    return tuple(TaskGroup(plan.title, plan.address, tuple(found)) for plan, found in by_plan.items())


def _source(desk: Desk, plan: Plan) -> str:
    return desk.origins.get(plan.entry.address, plan.entry.address)


def _table_address(plan: Plan) -> str:
    return f"{plan.address.removesuffix('.html')}.csv"


def _table(desk: Desk, plan: Plan) -> Iterator[tuple[str, ...]]:
    """Give the rows of a ledger: a task without records has one, any other one for each of its records."""
    language = desk.site.masthead.language
    yield (
        (
            "编号",
            "任务",
            "内容",
            "责任单位",
            "时限",
            "目标",
            "状态",
            "期间",
            "进展",
            "成效",
            "后续举措",
            "依据",
            "更新日期",
        )
        if language == "zh"
        else tuple("Number Task Text Organs Due Targets State Span Progress Effect Next Evidence Updated".split())
    )
    for task in plan.tasks:
        organs = "、".join(_organ(share, language) for share in task.shares).replace("、等", "等")
        due = str(task.due) if task.due else "、".join(task.times)
        facts = (task.number, task.title, task.text, organs, due, "、".join(task.targets))
        for number, record in enumerate(task.records or (None,)):
            state = task.state if number == 0 else record and record.status
            said = TASK_STATES[state].said(language) if state else ""
            yield (*facts, said, *(_record(record, language) if record else ("",) * 6))


def _organ(share: Share, language: str) -> str:
    plain = share.role.code in {"responsible", "others"}
    return share.organ.name if plain else f"{share.organ.name}（{share.role.said(language)}）"


def _record(record: TaskRecord, language: str) -> tuple[str, ...]:
    evidence = "；".join(link if isinstance(link, str) else link.title or link.address for link in record.evidence)
    return (
        record.period.said(language) if record.period else "",
        record.progress,
        record.effect,
        record.next,
        evidence,
        str(record.updated or record.finished or ""),
    )
