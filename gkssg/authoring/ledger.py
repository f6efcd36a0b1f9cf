"""``gkssg ledger``: the file beside a plan in which the progress of its tasks is recorded, with a row for each task."""

import csv
from dataclasses import dataclass
import io
from pathlib import Path

from gkssg.archive.ledger import BRIEF, COLUMNS, DUE, NUMBER, ORGANS, PERIOD, ledger_of, ledger_path
from gkssg.archive.load import read_document
from gkssg.archive.source import read
from gkssg.archive.tables import Table, read_table
from gkssg.language import say
from gkssg.markup.tasks import Task
from gkssg.periods import Span, parse_period
from gkssg.problem import Place, Problem, Severity, any_error

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Written:
    """What was done to a ledger: its path, the numbers of the tasks added, and of those the plan has no longer."""

    path: str = ""
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def write_ledger(root: Path, path: str, period: Span | None) -> tuple[Written, tuple[Problem, ...]]:
    """Add to the ledger of the plan ``path`` (counted from ``root``) a row for each task that has none.

    With a ``period``, a row for each task that has none for it. What is in the file stays as it is, byte for byte.
    """
    place = Place(path)
    document, problems = read_document(read(root / path, path))
    if any_error(problems):
        return Written(), tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    if not document.is_active:
        message = say("the plan is not disclosed; what is not open has no ledger here")
        return Written(), (Problem(place, "ledger", message, say("set attribute（公开属性）to active first")),)
    tasks = ledger_of(document).tasks
    if not tasks:
        message = say("no tasks are found in the text")
        hint = say(
            "a task is a clause that names its organ in a bracket, as （责任单位：区财政局）, or a row of a table"
        )
        return Written(), (Problem(place, "ledger", message, hint),)
    found: list[Problem] = []
    if not document.detail("ledger"):
        message = say("the plan does not have the key ledger（任务台账）, so nothing of this is shown yet")
        hint = say("add to its front matter: ledger: quarterly")
        found.append(Problem(place, "ledger", message, hint, Severity.WARNING))
    target = root / ledger_path(path)
    table: Table | None = None
    if target.exists():
        table, faults = read_table(target, ledger_path(path))
        if table is None or NUMBER not in table.columns:
            missing = Problem(
                Place(ledger_path(path)), "ledger", say("the table has no column “{found}”", found=NUMBER), None
            )
            return Written(), (*found, *(faults or (missing,)))
    added = tuple(task for task in tasks if not _has(table, task.number, period))
    known = {task.number for task in tasks}
    gone = dict.fromkeys(row.get(NUMBER) for row in table.rows if row.get(NUMBER) not in known) if table else {}
    _append(target, table, added, period)
    return Written(ledger_path(path), tuple(task.number for task in added), tuple(gone)), tuple(found)


def _has(table: Table | None, number: str, period: Span | None) -> bool:
    rows = [row for row in table.rows if row.get(NUMBER) == number] if table else []
    return any(period is None or parse_period(row.get(PERIOD)) == period for row in rows)


def _append(target: Path, table: Table | None, tasks: tuple[Task, ...], period: Span | None) -> None:
    """Write rows at the end of the file, in its own encoding; a new one is UTF-8 with BOM, as spreadsheets like it."""
    if table and not tasks:
        return
    columns = table.columns if table else COLUMNS
    file = io.StringIO(newline="")
    before = target.read_bytes() if table else b""
    if not table:
        file.write(_BOM)
    elif not before.endswith(b"\n"):
        file.write("\r\n")
    writer = csv.writer(file, lineterminator="\r\n")
    if not table:
        writer.writerow(columns)
    for task in tasks:
        cells = _cells(task, period)
        writer.writerow([cells.get(column, "") for column in columns])
    encoding = "gb18030" if table and table.encoding == "gb18030" else "utf-8"
    target.write_bytes(before + file.getvalue().encode(encoding))


def _cells(task: Task, period: Span | None) -> dict[str, str]:
    return {
        NUMBER: task.number,
        BRIEF: task.brief,
        ORGANS: "、".join(duty.name for duty in task.duties).replace("、等", "等"),
        DUE: str(task.due) if task.due else "、".join(task.times),
        PERIOD: str(period) if period else "",
    }
