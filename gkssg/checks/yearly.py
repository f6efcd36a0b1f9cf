"""Rules about what is published once a year by a fixed day."""

from collections.abc import Iterator
import datetime
import re

from gkssg.archive.model import Archive, Document
from gkssg.archive.organs import Organs
from gkssg.checks.deadlines import Deadline
from gkssg.checks.freshness import is_in_use
from gkssg.dates import PartialDate
from gkssg.language import say
from gkssg.problem import Problem, Severity
from gkssg.terms import Kind

_YEAR = re.compile(r"(\d{4})年")
_OF_GOVERNMENTS, _OF_OTHERS = (3, 31), (1, 31)


def report_in_time(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """The report on a year was not published by 31 January of the next, or 31 March that of a government.

    It is an entry of kind report with that year. A column that has no reports of its own organ and fewer entries than
    sections is still being set up and is not asked for one.

    Rule: report-late, warning.
    Source: 政府信息公开条例（国务院令第711号）第四十九条.
    Row: R24.

    Wrong::

        --- content/reports/2024.md ---
        ---
        title: 示例区人民政府2024年政府信息公开工作年度报告
        kind: report
        attribute: active
        year: 2024
        published: 2025-03-20
        ---
        |收到和处理申请|件数|
        |---|---|
        |本年新收|0|

    Right::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        kind: report
        attribute: active
        year: 2025
        published: 2026-03-31
        ---
        |收到和处理申请|件数|
        |---|---|
        |本年新收|0|
    """
    reports = _own_reports(archive)
    for year, report in reports.items():
        due = _report_day(archive, year + 1)
        published = report.published
        if year >= today.year - 2 and published and published.day and published.first > due:
            message = say(
                "the report on {year} was published on {day}; it was due by {due}",
                year=year, day=str(published), due=due.isoformat(),
            )  # fmt: skip
            hint = say("correct published（发布日期）if it is wrong")
            yield Problem(report.place("published"), "report-late", message, hint, Severity.WARNING)
    for deadline in reports_due(archive, today):
        if deadline.day < today:
            yield Problem(deadline.place, "report-late", deadline.message, deadline.hint, Severity.WARNING)


def arrears_in_time(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """What an organ owes small and medium enterprises was not published by 31 March for the year before.

    It is the number and the sum of contracts whose payment is overdue. An entry is known by 中小企业 and 款项 (or 账款)
    in its title, and by the year in it, else by the year before its publication. Where there is nothing overdue, an
    entry says so. A column is asked for one where it has some of earlier years, or as many entries as sections.

    Rule: arrears-late, warning.
    Source: 保障中小企业款项支付条例（国务院令第728号）第十六条.
    Row: R24.

    Wrong::

        --- content/statutory/budget/2024-qiankuan.md ---
        ---
        title: 2024年度逾期尚未支付中小企业款项信息
        attribute: active
        published: 2025-03-20
        ---
        正文。

    Right::

        --- content/statutory/budget/2025-qiankuan.md ---
        ---
        title: 2025年度逾期尚未支付中小企业款项信息
        attribute: active
        published: 2026-03-20
        ---
        正文。
    """
    for deadline in arrears_due(archive, today):
        if deadline.day < today:
            yield Problem(deadline.place, "arrears-late", deadline.message, deadline.hint, Severity.WARNING)


def reports_due(archive: Archive, today: datetime.date) -> Iterator[Deadline]:
    """Give the days by which the reports on the last year and on this one are due, where they are not there."""
    reports = _own_reports(archive)
    if not reports and not is_in_use(archive):
        return
    for year in (today.year - 1, today.year):
        if year not in reports:
            due = _report_day(archive, year + 1)
            message = say("the report on {year} is due by {due}", year=year, due=due.isoformat())
            hint = say("write it with “gkssg new report”, with year（年度）: {year}", year=year)
            yield Deadline(due, "report-late", archive.column.organ.place, message, hint, subject=str(year))


def arrears_due(archive: Archive, today: datetime.date) -> Iterator[Deadline]:
    """Give the days by which the arrears of the last year and of this one are due, where they are not there."""
    years = {year for document in archive.documents for year in _years_of_arrears(document)}
    if not years and not is_in_use(archive):
        return
    for year in (today.year - 1, today.year):
        if year not in years:
            due = datetime.date(year + 1, *archive.column.limits.arrears)
            message = say(
                "the arrears to small and medium enterprises of {year} are due by {due}", year=year, due=due.isoformat()
            )
            hint = say(
                "publish the number and the sum of contracts, or that there are none, as {title}",
                title=f"{year}年度逾期尚未支付中小企业款项信息",
            )
            yield Deadline(due, "arrears-late", archive.column.organ.place, message, hint, subject=str(year))


def _report_day(archive: Archive, year: int) -> datetime.date:
    """Give the day of a year by which the report on the year before is due."""
    limit = archive.column.limits.report
    if not all(limit):
        limit = _OF_GOVERNMENTS if _column_organ(archive)[0].endswith("政府") else _OF_OTHERS
    return datetime.date(year, *limit)


def _column_organ(archive: Archive) -> tuple[str, frozenset[str]]:
    """Give the full name of the column's organ, and everything it may be called."""
    typed = archive.column.organ.value
    organ = Organs(archive.documents).named(typed)
    return (organ.title, frozenset({typed, organ.id, organ.title})) if organ else (typed, frozenset({typed}))


def _own_reports(archive: Archive) -> dict[int, Document]:
    """Give the open reports of the column's organ by the year they are on."""
    reports = [d for d in archive.documents if d.kind is Kind.REPORT and d.is_active]
    if not reports:
        return {}
    name, names = _column_organ(archive)
    own = (r for r in reports if (name in r.title if not r.issuers else names & {text.value for text in r.issuers}))
    return {year.year: r for r in own for year in r.detail("year") if isinstance(year, PartialDate)}


def _years_of_arrears(document: Document) -> Iterator[int]:
    title = document.title
    if not document.is_active or "中小企业" not in title or not ("款项" in title or "账款" in title):
        return
    in_title = [int(year) for year in _YEAR.findall(title)]
    if in_title:
        yield from in_title
    elif document.published:
        yield document.published.year - 1
