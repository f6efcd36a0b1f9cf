"""Rules about ledgers of tasks, and about series of figures."""

from collections.abc import Iterable, Iterator
import datetime

from gkssg.archive.ledger import ENDING, PERIOD
from gkssg.archive.model import Advance, Archive, Document, Ledger
from gkssg.language import say
from gkssg.periods import Span, periods_of
from gkssg.problem import Problem, Severity
from gkssg.terms import MONTHS, Word

_WEB = ("https://", "http://")


def plan_has_tasks(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A plan has a ledger, and its text has no clause that says who is to do it.

    Look at the brackets, as （责任单位：区财政局）, or leave ledger（任务台账）out.

    Rule: ledger-tasks, warning.
    Source: gkssg.

    Wrong::

        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。

    Right::

        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
    """
    for document, ledger in _ledgers(archive):
        if not ledger.tasks:
            message = say("no tasks are found in the text")
            hint = say(
                "a task is a clause that names its organ in a bracket, as （责任单位：区财政局）, or a row of a table"
            )
            yield Problem(document.place("ledger"), "ledger-tasks", message, hint, Severity.WARNING)


def record_has_a_task(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A row of a ledger has a number that no task of the plan has.

    “gkssg ledger FILE” lists the tasks. Correct the number, or delete the row.

    Rule: ledger-task, error.
    Source: gkssg.

    Wrong::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,状态
        （九）,已完成

    Right::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,状态
        （一）,已完成
    """
    for document, advance, brief in _advances(archive):
        if brief is None:
            message = say("the plan has no task with the number “{found}”", found=advance.number)
            hint = say(
                "“gkssg ledger {path}” lists the tasks; correct the number or delete the row", path=document.path
            )
            yield Problem(advance.place, "ledger-task", message, hint)


def record_is_of_its_task(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A row of a ledger was written for another task than the plan now has under this number.

    The clauses were probably numbered anew. Correct the number or the column 任务.

    Rule: ledger-text, warning.
    Source: gkssg.

    Wrong::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,任务,状态
        （一）,整治河道,已完成

    Right::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,任务,状态
        （一）,公开预算,已完成
    """
    for _, advance, brief in _advances(archive):
        if brief is not None and advance.brief and not _same(advance.brief, brief):
            message = say("the record is about “{found}”, but that clause now says something else", found=advance.brief)
            hint = say("it says “{brief}”; has the numbering of the plan changed?", brief=brief)
            yield Problem(advance.place, "ledger-text", message, hint, Severity.WARNING)


def record_stands_once(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A task has two rows of a ledger for one period.

    Write both into one row, or give each its period.

    Rule: ledger-twice, error.
    Source: gkssg.

    Wrong::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,期间,状态
        （一）,2026,进行中
        （一）,2026,已完成

    Right::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,期间,状态
        （一）,2026,已完成
    """
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
    """What a row of a ledger rests on is neither an entry of the column nor an address on the web.

    Write the path of the content file below content/ without .md, or an address that begins with https://.

    Rule: ledger-evidence, error.
    Source: gkssg.

    Wrong::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,状态,依据
        （一）,已完成,预算公开情况

    Right::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,状态,依据
        （一）,已完成,https://www.example.gov.cn/yusuan.html
    """
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
    """No progress is recorded for a period that is over.

    Add rows for the period, or change how often progress is recorded.

    Rule: ledger-stale, warning.
    Source: 聊政办发〔2023〕9号一（四）（按季度、按月公开）.

    Wrong::

        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: quarterly
        ---
        （一）公开预算。（责任单位：区人民政府）

    Right::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: quarterly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,期间,状态
        （一）,2026-Q1,进行中
        （一）,2026-Q2,进行中
        （一）,2026-Q3,已完成
    """
    for document, ledger in _ledgers(archive):
        recorded = {advance.period for advance in ledger.advances if advance.period}
        missing = _missing(_interval(document, "ledger"), ledger.year, recorded, document, today)
        if missing and ledger.tasks:
            message = say("no progress is recorded for {periods}", periods=missing)
            path = document.path.removesuffix(".md") + ENDING
            hint = say("add rows with this {column} to {path}", column=PERIOD, path=path)
            yield Problem(document.place("ledger"), "ledger-stale", message, hint, Severity.WARNING)


def series_is_explained(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A row of a series of figures has no explanation.

    Say in the column 说明 why the figures rose or fell.

    Rule: series-note, warning.
    Source: 聊政办发〔2023〕9号（按月公开财政收支情况，说明增减变化）.

    Wrong::

        --- content/statutory/budget/shouzhi.md ---
        ---
        title: 示例区财政收支情况
        kind: dataset
        attribute: active
        file: shouzhi.csv
        series: monthly
        ---
        正文。
        --- content/statutory/budget/shouzhi.csv ---
        期间,收入,说明
        2026-10,100,

    Right::

        --- content/statutory/budget/shouzhi.md ---
        ---
        title: 示例区财政收支情况
        kind: dataset
        attribute: active
        file: shouzhi.csv
        series: monthly
        ---
        正文。
        --- content/statutory/budget/shouzhi.csv ---
        期间,收入,说明
        2026-10,100,企业汇算清缴增加
    """
    for document in archive.documents:
        for row in document.series:
            if not row.explained:
                message = say("the figures of {period} have no explanation", period=row.period)
                hint = say("say in the column 说明 why they rose or fell")
                yield Problem(row.place, "series-note", message, hint, Severity.WARNING)


def series_is_complete(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A series of figures has no row for a period that is over.

    Add the row to the data file.

    Rule: series-stale, warning.
    Source: 聊政办发〔2023〕9号（按月公开财政收支情况）.

    Wrong::

        --- content/statutory/budget/shouzhi.md ---
        ---
        title: 示例区财政收支情况
        kind: dataset
        attribute: active
        file: shouzhi.csv
        series: monthly
        ---
        正文。
        --- content/statutory/budget/shouzhi.csv ---
        期间,收入,说明
        2026-08,100,与上月持平
        2026-10,100,与上月持平

    Right::

        --- content/statutory/budget/shouzhi.md ---
        ---
        title: 示例区财政收支情况
        kind: dataset
        attribute: active
        file: shouzhi.csv
        series: monthly
        ---
        正文。
        --- content/statutory/budget/shouzhi.csv ---
        期间,收入,说明
        2026-09,100,与上月持平
        2026-10,100,与上月持平
    """
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


def _advances(archive: Archive) -> Iterator[tuple[Document, Advance, str | None]]:
    """Give every record of every ledger, with the beginning of its task; None where the plan has no such task."""
    for document, ledger in _ledgers(archive):
        briefs = {task.number: task.brief for task in ledger.tasks}
        for advance in ledger.advances:
            yield document, advance, briefs.get(advance.number)


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
