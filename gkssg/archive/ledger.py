"""What lies beside an entry in a CSV file and is read: the ledger of a work plan, and a series of figures.

A plan ``a.md`` with the key ``ledger`` has its records in ``a.ledger.csv``; editors fill it in with a spreadsheet
program. The tasks themselves are read out of the plan's text, so that they are stated once.
"""

from collections.abc import Iterator
from dataclasses import replace
import datetime
from pathlib import Path
import re

from gkssg.archive.fields import FileRef, Text
from gkssg.archive.model import Advance, Document, Ledger, SeriesRow
from gkssg.archive.paths import file_path
from gkssg.archive.tables import Table, TableRow, read_table
from gkssg.dates import DateError, PartialDate, parse_date
from gkssg.language import Message, say
from gkssg.markup.tasks import tasks_of
from gkssg.periods import parse_period
from gkssg.problem import Problem
from gkssg.terms import TASK_STATUSES, TaskState
from gkssg.text import nearest

ENDING = ".ledger.csv"
NUMBER, BRIEF, ORGANS, DUE = "编号", "任务", "责任单位", "时限"
PERIOD, STATUS, FINISHED = "期间", "状态", "完成日期"
PROGRESS, EFFECT, NEXT, EVIDENCE, UPDATED = "进展", "成效", "后续举措", "依据", "更新日期"
COLUMNS = (NUMBER, BRIEF, ORGANS, DUE, PERIOD, STATUS, FINISHED, PROGRESS, EFFECT, NEXT, EVIDENCE, UPDATED)
"""The columns of a ledger; the program writes the first four, editors the others."""
TYPED = COLUMNS[4:]
EXPLANATION = "说明"
_YEAR = re.compile(r"((?:19|20)\d{2})年")


def ledger_path(path: str) -> str:
    """Give the path of a plan's records: beside the content file."""
    return path.removesuffix(".md") + ENDING


def with_tables(document: Document, root: Path) -> tuple[Document, tuple[Problem, ...]]:
    """Add to an entry what lies beside it; nothing is read for one that is not active."""
    if not document.is_active:
        return document, ()
    if document.ledger:
        shown = ledger_path(document.path)
        if not (root / shown).is_file():
            return document, ()
        table, problems = read_table(root / shown, shown)
        advances, faults = _advances(table) if table else ((), ())
        return replace(document, ledger=replace(document.ledger, advances=advances)), (*problems, *faults)
    file = next((value for value in document.detail("file") if isinstance(value, FileRef)), None)
    if document.detail("series") and file:
        path = file_path(document, file)
        if path.startswith("..") or not (root / "content" / path).is_file():
            return document, ()  # the rules about files say so
        table, problems = read_table(root / "content" / path, f"content/{path}")
        rows, faults = _series(table) if table else ((), ())
        return replace(document, series=rows), (*problems, *faults)
    return document, ()


def ledger_of(document: Document) -> Ledger:
    """Read the tasks of a plan, but no records; the year is the one its title names, else that of its date."""
    titled = _YEAR.search(document.title)
    dated = document.written or document.published
    year = int(titled[1]) if titled else dated.year if dated else 0
    return Ledger(year, tasks_of(document.body.html.read(), year), ())


def recorded_on(advance: Advance) -> datetime.date:
    """Tell when a record was true, to find the latest: the end of its period, else the day it was written."""
    known = advance.updated or advance.finished
    if advance.period:
        return advance.period.last
    return known.last if known else datetime.date.min


def last_states(ledger: Ledger) -> dict[str, TaskState]:
    """Give the state that was recorded last of each task that has any, by the tasks' numbers."""
    ordered = sorted(ledger.advances, key=recorded_on)
    return {advance.number: advance.status for advance in ordered if advance.status}


def _advances(table: Table) -> tuple[tuple[Advance, ...], tuple[Problem, ...]]:
    problems = list(_column_problems(table, COLUMNS, (NUMBER,)))
    rows = [row for row in table.rows if any(row.get(name) for name in TYPED)] if NUMBER in table.columns else []
    found = tuple(_advance(row, problems) for row in rows)
    return found, tuple(problems)


def _advance(row: TableRow, problems: list[Problem]) -> Advance:
    def fault(message: Message, hint: Message) -> None:
        problems.append(Problem(row.place, "ledger-row", message, hint))

    def date(name: str) -> PartialDate | None:
        if not row.get(name):
            return None
        try:
            return parse_date(row.get(name))
        except DateError as error:
            fault(error.message, say("column {name}: write 2026-03-31", name=name))
            return None

    typed = row.get(STATUS)
    status = TASK_STATUSES.find(typed) if typed else None
    if typed and not status:
        words = tuple(word.zh for word in TASK_STATUSES)
        fault(say("there is no status “{found}”", found=typed), say("it is one of: {words}", words=words))
    period = parse_period(row.get(PERIOD))
    if row.get(PERIOD) and not period:
        fault(*_no_period(row.get(PERIOD)))
    return Advance(
        number=row.get(NUMBER),
        brief=row.get(BRIEF),
        period=period,
        status=TaskState(status.code) if status else None,
        finished=date(FINISHED),
        progress=row.get(PROGRESS),
        effect=row.get(EFFECT),
        next=row.get(NEXT),
        evidence=tuple(Text(part, row.place) for part in re.split(r"[\s；;]+", row.get(EVIDENCE)) if part),
        updated=date(UPDATED),
        place=row.place,
    )


def _series(table: Table) -> tuple[tuple[SeriesRow, ...], tuple[Problem, ...]]:
    needed = (PERIOD, EXPLANATION)
    problems = list(_missing_columns(table, needed))
    if problems:
        return (), tuple(problems)
    rows = []
    for row in table.rows:
        period = parse_period(row.get(PERIOD))
        if period:
            rows.append(SeriesRow(period, bool(row.get(EXPLANATION)), row.place))
        else:
            problems.append(Problem(row.place, "series-row", *_no_period(row.get(PERIOD))))
    return tuple(rows), tuple(problems)


def _no_period(text: str) -> tuple[Message, Message]:
    examples = ("2026-03", "2026-Q1", "2026-H1", "2026", "2026年1—9月")
    return say("“{found}” is not a period", found=text), say("write {examples}", examples=examples)


def _column_problems(table: Table, known: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[Problem]:
    yield from _missing_columns(table, needed)
    place = table.rows[0].place if table.rows else None
    for name in table.columns:
        if name and name not in known and place:
            meant = nearest(name, known)
            hint = (
                say("did you mean “{found}”?", found=meant) if meant else say("the columns are: {known}", known=known)
            )
            message = say("there is no column “{found}” in a ledger", found=name)
            yield Problem(replace(place, line=1), "table-column", message, hint)


def _missing_columns(table: Table, needed: tuple[str, ...]) -> Iterator[Problem]:
    for name in needed:
        if name not in table.columns and table.rows:
            message = say("the table has no column “{found}”", found=name)
            hint = say("its first row names the columns: {needed}", needed=needed)
            yield Problem(replace(table.rows[0].place, line=1), "table-column", message, hint)
