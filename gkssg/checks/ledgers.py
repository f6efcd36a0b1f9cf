"""Rules about ledgers of tasks, and about series of figures."""

from collections.abc import Iterable, Iterator
import datetime

from gkssg.archive.ledger import ENDING, PERIOD
from gkssg.archive.model import Archive, Document, Ledger
from gkssg.language import say
from gkssg.periods import Span, periods_of
from gkssg.problem import Problem, Severity
from gkssg.terms import MONTHS, Word

_WEB = ("https://", "http://")


def plan_has_tasks(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A plan with a ledger says in its text who is to do what."""
    for document, ledger in _ledgers(archive):
        if not ledger.tasks:
            message = say("no tasks are found in the text")
            hint = say(
                "a task is a clause that names its organ in a bracket, as （责任单位：区财政局）, or a row of a table"
            )
            yield Problem(document.place("ledger"), "ledger-tasks", message, hint, Severity.WARNING)


def record_has_a_task(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every record belongs to a task of the plan, and to the one it was written for."""
    for document, ledger in _ledgers(archive):
        briefs = {task.number: task.brief for task in ledger.tasks}
        for advance in ledger.advances:
            if advance.number not in briefs:
                message = say("the plan has no task with the number “{found}”", found=advance.number)
                hint = say(
                    "“gkssg ledger {path}” lists the tasks; correct the number or delete the row", path=document.path
                )
                yield Problem(advance.place, "ledger-task", message, hint)
            elif advance.brief and not _same(advance.brief, briefs[advance.number]):
                message = say(
                    "the record is about “{found}”, but that clause now says something else", found=advance.brief
                )
                hint = say("it says “{brief}”; has the numbering of the plan changed?", brief=briefs[advance.number])
                yield Problem(advance.place, "ledger-text", message, hint, Severity.WARNING)


def record_stands_once(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A task has one record for a period."""
    for _, ledger in _ledgers(archive):
        seen: set[tuple[str, Span | None]] = set()
        for advance in ledger.advances:
            key = (advance.number, advance.period)
            if key in seen:
                message = say("the task “{found}” has two records for one period", found=advance.number)
                hint = say("write both into one row, or give each its period")
                yield Problem(advance.place, "ledger-twice", message, hint)
            seen.add(key)


def evidence_is_known(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """What a record rests on is an entry of the column or an address on the web."""
    known = {document.id for document in archive.documents}
    for _, ledger in _ledgers(archive):
        for advance in ledger.advances:
            for evidence in advance.evidence:
                if evidence.value not in known and not evidence.value.startswith(_WEB):
                    message = say("there is no entry with the id “{found}”", found=evidence.value)
                    hint = say(
                        "write the path of the content file below content/ without .md, or an address with https://"
                    )
                    yield Problem(evidence.place, "ledger-evidence", message, hint)


def progress_is_recorded(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """Progress is recorded as often as the plan says (聊政办发〔2023〕9号, 一（四）: 按季度, 按月公开)."""
    for document, ledger in _ledgers(archive):
        recorded = {advance.period for advance in ledger.advances if advance.period}
        missing = _missing(_interval(document, "ledger"), ledger.year, recorded, document, today)
        if missing and ledger.tasks:
            message = say("no progress is recorded for {periods}", periods=missing)
            path = document.path.removesuffix(".md") + ENDING
            hint = say("add rows with this {column} to {path}", column=PERIOD, path=path)
            yield Problem(document.place("ledger"), "ledger-stale", message, hint, Severity.WARNING)


def series_is_explained(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Figures of every period are explained (按月公开财政收支情况，说明增减变化)."""
    for document in archive.documents:
        for row in document.series:
            if not row.explained:
                message = say("the figures of {period} have no explanation", period=row.period)
                hint = say("say in the column 说明 why they rose or fell")
                yield Problem(row.place, "series-note", message, hint, Severity.WARNING)


def series_is_complete(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A series has a row for every period that has ended since its first."""
    for document in archive.documents:
        rows = [row.period for row in document.series]
        if not rows:
            continue
        years = range(min(rows).year, today.year + 1)
        interval = _interval(document, "series")
        missing = [
            period
            for year in years
            for period in _missing(interval, year, set(rows), document, today)
            if period.last > min(rows).last
        ]
        if missing:
            message = say("there are no figures for {periods}", periods=tuple(missing))
            hint = say("add a row for each period to the data file")
            yield Problem(document.place("series"), "series-stale", message, hint, Severity.WARNING)


def _ledgers(archive: Archive) -> Iterator[tuple[Document, Ledger]]:
    return ((document, document.ledger) for document in archive.documents if document.ledger)


def _interval(document: Document, field: str) -> int:
    word = next((value for value in document.detail(field) if isinstance(value, Word)), None)
    return MONTHS.get(word.code, 0) if word else 0


def _missing(
    months: int, year: int, recorded: Iterable[Span], document: Document, today: datetime.date
) -> tuple[Span, ...]:
    """Give the periods of a year that are over and have no record; none from before the entry was published."""
    if not months or not year:
        return ()
    ends = {period.last for period in recorded}
    since = document.published.first if document.published else datetime.date.min
    return tuple(
        period for period in periods_of(year, months) if since <= period.last < today and period.last not in ends
    )


def _same(typed: str, brief: str) -> bool:
    """Tell whether an editor's words for a task are its own, or their beginning."""
    return "".join(brief.split()).startswith("".join(typed.split()).rstrip("…"))
