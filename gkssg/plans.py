"""The gate for work plans: the ledger of an open plan, its organs and evidence shown as far as they may be."""

from collections.abc import Callable
from dataclasses import dataclass, replace
import datetime
from functools import cache

from gkssg.archive.fields import Text
from gkssg.archive.ledger import recorded_on
from gkssg.archive.model import Advance, Archive, Document, Ledger
from gkssg.archive.naming import OrganNames
from gkssg.markup.anchors import headings_above
from gkssg.markup.body import from_lines
from gkssg.markup.duties import Duty
from gkssg.markup.tasks import Task
from gkssg.site.model import (
    ClauseTasks,
    Entry,
    EntryLink,
    OrganLink,
    Plan,
    PlanLinks,
    PlanTask,
    Share,
    TaskRecord,
    ledger_address,
)
from gkssg.states import Turn, state_on
from gkssg.terms import INTERVALS, ROLES, TaskState, Word

_ONE_DAY = datetime.timedelta(days=1)
_OPEN = {TaskState.WAITING, TaskState.UNDERWAY}


@dataclass(frozen=True)
class PlanGate:
    """What the ledgers of an archive show on a day; ``named`` finds an organ by its name, among issuers.

    ``link`` and ``organ`` are the gate's own way to show others.
    """

    named: Callable[[str, tuple[str, ...]], Document | None]
    known: frozenset[str]
    link: Callable[[str], EntryLink]
    organ: Callable[[Text], OrganLink]
    today: datetime.date

    def plan(self, document: Document, entry: Entry, ledger: Ledger) -> Plan:
        """Give the ledger of an open plan."""
        issuers = tuple(link.name for link in entry.issuers)
        records: dict[str, list[Advance]] = {}
        for advance in ledger.advances:
            records.setdefault(advance.number, []).append(advance)
        return Plan(
            entry=entry,
            year=ledger.year,
            interval=next(
                (word for word in document.detail("ledger") if isinstance(word, Word)), INTERVALS["irregular"]
            ),
            tasks=tuple(self._task(task, records.get(task.number, []), issuers) for task in ledger.tasks),
        )

    def _task(self, task: Task, advances: list[Advance], issuers: tuple[str, ...]) -> PlanTask:
        advances = sorted(advances, key=recorded_on)
        told = _turns(task, advances)
        state = state_on(self.today, told)
        return PlanTask(
            number=task.number,
            title=task.title,
            text=task.text,
            anchor=task.anchor,
            shares=tuple(self._share(duty, issuers) for duty in task.duties),
            times=task.times,
            due=task.due,
            targets=task.targets,
            state=state if isinstance(state, TaskState) else TaskState.UNRECORDED,
            turns=told,
            records=tuple(self._record(advance) for advance in reversed(advances)),
        )

    def _share(self, duty: Duty, issuers: tuple[str, ...]) -> Share:
        found = self.named(duty.name, issuers)
        address = self.organ(Text(found.id, found.place("title"))).address if found else ""
        return Share(OrganLink(duty.name, address), ROLES[duty.role])

    def _record(self, advance: Advance) -> TaskRecord:
        return TaskRecord(
            period=advance.period,
            status=advance.status,
            finished=advance.finished,
            progress=advance.progress,
            effect=advance.effect,
            next=advance.next,
            evidence=tuple(
                self.link(evidence.value) if evidence.value in self.known else evidence.value
                for evidence in advance.evidence
            ),
            updated=advance.updated,
        )


def plan_gate(
    archive: Archive, link: Callable[[str], EntryLink], organ: Callable[[Text], OrganLink], today: datetime.date
) -> PlanGate:
    """Make the gate for the plans of an archive."""
    return PlanGate(cache(OrganNames(archive).find), frozenset(d.id for d in archive.documents), link, organ, today)


def plan_links(document: Document, entry: Entry) -> PlanLinks | None:
    """Give the way from a plan to its ledger, a line for each heading that has tasks below it."""
    if not document.ledger or not document.ledger.tasks:
        return None
    above = headings_above(document.body.html.read(), from_lines(document.body.headings.read()))
    clauses: list[ClauseTasks] = []
    title = ""
    for task in document.ledger.tasks:
        title = above.get(task.anchor, title)
        if clauses and clauses[-1].title == title:
            clauses[-1] = replace(clauses[-1], count=clauses[-1].count + 1)
        else:
            clauses.append(ClauseTasks(title, task.number, 1))
    return PlanLinks(ledger_address(entry), len(document.ledger.tasks), tuple(clauses))


def _turns(task: Task, advances: list[Advance]) -> tuple[Turn, ...]:
    """Tell the task's state for all days: what was recorded last, until an open task is past its day."""
    status = next((advance.status for advance in reversed(advances) if advance.status), None)
    if status is None:
        return ()
    if status in _OPEN and task.due:
        return Turn(None, status), Turn(task.due.last + _ONE_DAY, TaskState.OVERDUE)
    return (Turn(None, status),)
