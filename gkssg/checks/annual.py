"""Rules about annual reports on disclosure: their form, their figures, and what they say of them."""

from collections.abc import Iterator
import datetime
from functools import lru_cache
import re

from gkssg.archive.model import Archive, Document
from gkssg.checks.annual_tables import Applications, Disputes, Made, Row, Tables, read_tables
from gkssg.dates import PartialDate
from gkssg.language import Message, say
from gkssg.problem import Place, Problem, Severity
from gkssg.terms import Kind

_TITLE = "信息公开工作年度报告"
_WHOLE_TITLE = re.compile(r".+\d{4}年政府信息公开工作年度报告")
_YEAR = re.compile(r"(\d{4})年")
_HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_SINCE = 2021
"""First year whose report has the form of 国办公开办函〔2021〕30号."""
_TAGS = re.compile(r"<table\b.*?</table>|<[^>]*>", re.DOTALL)
_APPLICATIONS = r"(?:政府信息公开|信息公开|依申请公开|公开)?申请[^。；，,\d]{0,6}"
_SAID_NEW = re.compile(rf"(?:新收|收到)[^。；，,\d]{{0,12}}?{_APPLICATIONS}([0-9]+)件")
_SAID_CARRIED_OUT = re.compile(r"结转(?:至|到)?(?:下一?年度?|次年)[^。；，,\d]{0,8}([0-9]+)件")
_ALIKE = 0.9
_PIECE = 8
"""Characters that are compared at a time."""


def report_has_its_form(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The title, a heading or a table of an annual report is not as its form has it.

    The form has six headings and the tables 二, 三 and 四; where a number is nought, 0 stands in the table. Reports on
    2021 and later are looked at, if they are entries of kind report. “gkssg new report” writes the form.

    Rule: report-form, warning.
    Source: 国办公开办函〔2021〕30号.
    Row: R23.

    Wrong::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        kind: report
        attribute: active
        year: 2025
        published: 2026-03-20
        ---
        ## 一、总体情况

        |信息内容|本年制发件数|本年废止件数|现行有效件数|
        |---|---|---|---|
        |规章|0|0|0|
        |行政规范性文件|6|2|31|

    Right::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        kind: report
        attribute: active
        year: 2025
        published: 2026-03-20
        ---
        ## 一、总体情况

        全年主动公开政府信息860条。

        ## 二、主动公开政府信息情况

        |信息内容|本年制发件数|本年废止件数|现行有效件数|
        |---|---|---|---|
        |规章|0|0|0|
        |行政规范性文件|6|2|31|

        ## 三、收到和处理政府信息公开申请情况

        |申请情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|
        |---|---|---|---|---|---|---|---|
        |一、本年新收政府信息公开申请数量|48|0|0|0|0|0|48|
        |二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0|
        |（一）予以公开|48|0|0|0|0|0|48|
        |（七）总计|48|0|0|0|0|0|48|
        |四、结转下年度继续办理|0|0|0|0|0|0|0|

        ## 四、政府信息公开行政复议、行政诉讼情况

        <table>
        <tr><th colspan="5">行政复议</th><th colspan="10">行政诉讼</th></tr>
        <tr><td>1</td><td>0</td><td>0</td><td>0</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td>
        <td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>
        </table>

        ## 五、存在的主要问题及改进情况

        图解、问答少，2026年同时编制。

        ## 六、其他需要报告的事项

        没有收取信息处理费。
    """
    for document, tables in _reports(archive):
        year = _year(document)
        if document.kind is not Kind.REPORT or not year or year < _SINCE or not tables.there:
            continue
        if not _WHOLE_TITLE.fullmatch(document.title):
            yield Problem(
                Place(document.path),
                "report-form",
                say("the title of the report is “{found}”", found=document.title),
                say("write it as {title}", title=f"（机关全称）{year}年政府信息公开工作年度报告"),
                Severity.WARNING,
            )
        headings = [re.sub(r"\s", "", line) for line in _words(document).splitlines()]
        at = [headings.index(heading) if heading in headings else -1 for heading in _HEADINGS]
        missing = tuple(heading for heading, place in zip(_HEADINGS, at, strict=True) if place < 0)
        if missing:
            message = say("headings of the form are missing: {headings}", headings=missing)
            yield Problem(Place(document.path), "report-form", message, _THE_FORM, Severity.WARNING)
        elif at != sorted(at):
            message = say("the six headings are not in the order of the form")
            yield Problem(Place(document.path), "report-form", message, _THE_FORM, Severity.WARNING)
        there = {number for number, _ in tables.there}
        if lost := tuple(number for number in "二三四" if number not in there):
            message = say("tables of the form are missing, or not as the form has them: {tables}", tables=lost)
            yield Problem(Place(document.path), "report-form", message, _THE_FORM, Severity.WARNING)


def report_has_its_figures(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Cells in a table of an annual report are empty, or hold no whole number.

    Write 0 where there is nothing.

    Rule: report-cell, error.
    Source: 国办公开办函〔2021〕30号.
    Row: R23.

    Wrong::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        |信息内容|本年制发件数|本年废止件数|现行有效件数|
        |---|---|---|---|
        |规章|0|0||
        |行政规范性文件|6|2|31|

    Right::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        |信息内容|本年制发件数|本年废止件数|现行有效件数|
        |---|---|---|---|
        |规章|0|0|0|
        |行政规范性文件|6|2|31|
    """
    for document, tables in _reports(archive):
        for number, table in tables.there:
            single = [(row, ("数量",)) for row in table.single] if isinstance(table, Made) else []
            for row, columns in (*((row, table.columns) for row in table.rows), *single):
                if wrong := row.wrong(columns):
                    message = say(
                        "table {table}, {row}: no number in {columns}", table=number, row=row.label, columns=wrong
                    )
                    hint = say("write a whole number, of money with at most four decimals; 0 where there is nothing")
                    yield Problem(Place(document.path), "report-cell", message, hint, Severity.ERROR)


def report_adds_up(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Figures in a table of an annual report do not add up.

    In table 三, what is new and what was carried in equals what was dealt with and what is carried over, the results
    add up to their total, and the applicants to theirs; in table 四 four outcomes do. Correct the wrong number.

    Rule: report-sum, error.
    Source: 国办公开办函〔2021〕30号.
    Row: R23.

    Wrong::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        |申请情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|
        |---|---|---|---|---|---|---|---|
        |一、本年新收政府信息公开申请数量|40|5|0|0|2|1|48|
        |二、上年结转政府信息公开申请数量|1|0|0|0|0|0|1|
        |（一）予以公开|35|3|0|0|1|1|40|
        |（二）部分公开|6|1|0|0|1|0|8|
        |（七）总计|41|4|0|0|2|1|48|
        |四、结转下年度继续办理|1|1|0|0|0|0|2|

    Right::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        |申请情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|
        |---|---|---|---|---|---|---|---|
        |一、本年新收政府信息公开申请数量|40|5|0|0|2|1|48|
        |二、上年结转政府信息公开申请数量|1|0|0|0|0|0|1|
        |（一）予以公开|35|3|0|0|1|1|40|
        |（二）部分公开|6|1|0|0|1|0|8|
        |（七）总计|41|4|0|0|2|1|48|
        |四、结转下年度继续办理|0|1|0|0|0|0|1|
    """
    for document, tables in _reports(archive):
        for message in (*_in_applications(tables.applications), *_in_disputes(tables.disputes)):
            yield Problem(Place(document.path), "report-sum", message, say("correct the wrong number"), Severity.ERROR)


def report_goes_on_from_the_last(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An annual report does not go on from that of the year before.

    What was carried over then is what was carried in now; what was in force then, with what was made and less what was
    repealed, is in force now. Correct the wrong number, or say in the text why they differ and exempt the file.

    Rule: report-carried, warning.
    Source: 国办公开办函〔2021〕30号.
    Row: R23.

    Wrong::

        --- content/reports/2024.md ---
        ---
        title: 示例区人民政府2024年政府信息公开工作年度报告
        attribute: active
        ---
        |信息内容|本年制发件数|本年废止件数|现行有效件数|
        |---|---|---|---|
        |行政规范性文件|4|1|27|
        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        |信息内容|本年制发件数|本年废止件数|现行有效件数|
        |---|---|---|---|
        |行政规范性文件|6|2|33|

    Right::

        --- content/reports/2024.md ---
        ---
        title: 示例区人民政府2024年政府信息公开工作年度报告
        attribute: active
        ---
        |信息内容|本年制发件数|本年废止件数|现行有效件数|
        |---|---|---|---|
        |行政规范性文件|4|1|27|
        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        |信息内容|本年制发件数|本年废止件数|现行有效件数|
        |---|---|---|---|
        |行政规范性文件|6|2|31|
    """
    for document, tables, before, earlier in _pairs(archive):
        hint = say("see {path}; correct the wrong number", path=before.path)
        for message in (
            *_carried(tables.applications, earlier.applications),
            *_in_force(tables.made, earlier.made),
        ):
            yield Problem(Place(document.path), "report-carried", message, hint, Severity.WARNING)


def report_says_what_its_tables_say(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The text of an annual report tells of another number of applications than its table 三.

    Correct the text or the table.

    Rule: report-words, warning.
    Source: 国办公开办函〔2021〕30号.
    Row: R23.

    Wrong::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        全年新收政府信息公开申请47件。

        |申请情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|
        |---|---|---|---|---|---|---|---|
        |一、本年新收政府信息公开申请数量|48|0|0|0|0|0|48|
        |二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0|
        |（一）予以公开|48|0|0|0|0|0|48|
        |（七）总计|48|0|0|0|0|0|48|
        |四、结转下年度继续办理|0|0|0|0|0|0|0|

    Right::

        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        全年新收政府信息公开申请48件。

        |申请情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|
        |---|---|---|---|---|---|---|---|
        |一、本年新收政府信息公开申请数量|48|0|0|0|0|0|48|
        |二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0|
        |（一）予以公开|48|0|0|0|0|0|48|
        |（七）总计|48|0|0|0|0|0|48|
        |四、结转下年度继续办理|0|0|0|0|0|0|0|
    """
    for document, tables in _reports(archive):
        table = tables.applications
        if not table:
            continue
        new, carried_in, carried_out = table.new.numbers, table.carried_in.numbers, table.carried_out.numbers
        if not new or not carried_in or not carried_out:
            continue
        words = "".join(_words(document).split())
        for pattern, row, meant in (
            (_SAID_NEW, table.new, {new[-1], new[-1] + carried_in[-1]}),
            (_SAID_CARRIED_OUT, table.carried_out, {carried_out[-1]}),
        ):
            for told in pattern.findall(words):
                if told not in {str(number) for number in meant}:
                    message = say(
                        "the text says {said}, table {table} {number} ({row})",
                        said=told, table="三", number=row.cells[-1], row=row.label,
                    )  # fmt: skip
                    hint = say("correct the text or the table")
                    yield Problem(Place(document.path), "report-words", message, hint, Severity.WARNING)


def report_is_written_anew(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The text of an annual report is nearly that of the year before.

    A report that only repeats is taken for none. Say what was done in this year. Tables and figures are not compared.

    Rule: report-alike, warning.
    Source: 国办公开办函〔2021〕30号.
    Row: R23.

    Wrong::

        --- content/reports/2024.md ---
        ---
        title: 示例区人民政府2024年政府信息公开工作年度报告
        attribute: active
        ---
        全年围绕企业和群众关心的事项主动公开信息860条，开展业务培训2次，按季度检查栏目，及时回应社会关切。

        |信息内容|件数|
        |---|---|
        |规章|0|
        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        全年围绕企业和群众关心的事项主动公开信息910条，开展业务培训3次，按季度检查栏目，及时回应社会关切。

        |信息内容|件数|
        |---|---|
        |规章|0|

    Right::

        --- content/reports/2024.md ---
        ---
        title: 示例区人民政府2024年政府信息公开工作年度报告
        attribute: active
        ---
        全年围绕企业和群众关心的事项主动公开信息860条，开展业务培训2次，按季度检查栏目，及时回应社会关切。

        |信息内容|件数|
        |---|---|
        |规章|0|
        --- content/reports/2025.md ---
        ---
        title: 示例区人民政府2025年政府信息公开工作年度报告
        attribute: active
        ---
        全年重点公开停车场建设、老旧小区改造两个方面的信息，新设政策问答栏目；对34件规范性文件逐件标注有效性。

        |信息内容|件数|
        |---|---|
        |规章|0|
    """
    for document, _, before, _ in _pairs(archive):
        ours, theirs = _pieces(document), _pieces(before)
        if ours and theirs and len(ours & theirs) / len(ours | theirs) >= _ALIKE:
            message = say("the text is nearly that of the report of the year before")
            hint = say("see {path}; say what was done in this year", path=before.path)
            yield Problem(Place(document.path), "report-alike", message, hint, Severity.WARNING)


_THE_FORM = say("take them from the form that “gkssg new report” writes")


def _reports(archive: Archive) -> Iterator[tuple[Document, Tables]]:
    """Give the open reports that have a text, with what could be read of their tables."""
    for document in archive.documents:
        if (
            document.is_active
            and document.body.has_words
            and (document.kind is Kind.REPORT or _TITLE in document.title)
            and "信息公开" in document.title
        ):
            yield document, _tables_of(document.body.html.read())


def _pairs(archive: Archive) -> Iterator[tuple[Document, Tables, Document, Tables]]:
    """Give the reports of an organ on two years that follow each other, the later first."""
    found = {
        (tuple(issuer.value for issuer in document.issuers), _body_of_title(document), year): (document, tables)
        for document, tables in _reports(archive)
        if (year := _year(document))
    }
    for (issuers, name, year), (document, tables) in found.items():
        if (issuers, name, year - 1) in found:
            yield document, tables, *found[issuers, name, year - 1]


@lru_cache(maxsize=64)  # each rule asks again
def _tables_of(html: str) -> Tables:
    return read_tables(html)


def _body_of_title(document: Document) -> str:
    return _YEAR.sub("", document.title)


def _year(document: Document) -> int:
    typed = next((value.year for value in document.detail("year") if isinstance(value, PartialDate)), 0)
    in_title = _YEAR.search(document.title)
    return typed or (int(in_title[1]) if in_title else 0)


def _words(document: Document) -> str:
    """Give the text of a report without its tables, a block on each line."""
    return _TAGS.sub("", document.body.html.read())


def _pieces(document: Document) -> set[str]:
    text = re.sub(r"[\d\s]", "", _words(document))
    return {text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)}


def _in_applications(table: Applications | None) -> Iterator[Message]:
    if not table:
        return
    yield from _across("三", table.rows)
    figures = [row.numbers for row in table.rows]
    if None in figures:
        return
    new, carried_in, *results, total, carried_out = (row for row in figures if row)
    for at, column in enumerate(table.columns):
        results_sum = sum(row[at] for row in results)
        if results_sum != total[at]:
            yield say(
                "table {table}, {column}: the results add up to {sum}, their total says {total}",
                table="三", column=column, sum=str(results_sum), total=str(total[at]),
            )  # fmt: skip
        came, went = new[at] + carried_in[at], total[at] + carried_out[at]
        if came != went:
            yield say(
                "table {table}, {column}: {came} are new or carried in, but {went} dealt with or carried over",
                table="三", column=column, came=str(came), went=str(went),
            )  # fmt: skip


def _in_disputes(table: Disputes | None) -> Iterator[Message]:
    if table:
        yield from _across("四", table.rows)


def _across(number: str, rows: tuple[Row, ...]) -> Iterator[Message]:
    """Compare the last cell of each row with the sum of the others."""
    for row in rows:
        figures = row.numbers
        if figures and sum(figures[:-1]) != figures[-1]:
            yield say(
                "table {table}, {row}: the cells add up to {sum}, the last one says {total}",
                table=number, row=row.label, sum=str(sum(figures[:-1])), total=str(figures[-1]),
            )  # fmt: skip


def _carried(now: Applications | None, before: Applications | None) -> Iterator[Message]:
    if not now or not before:
        return
    over, in_ = before.carried_out.numbers, now.carried_in.numbers
    for column, given, taken in zip(now.columns, over, in_, strict=True) if over and in_ else ():
        if given != taken:
            yield say(
                "table {table}, {column}: {taken} were carried in, but {given} carried over the year before",
                table="三", column=column, taken=str(taken), given=str(given),
            )  # fmt: skip


def _in_force(now: Made | None, before: Made | None) -> Iterator[Message]:
    if not now or not before:
        return
    earlier = {row.label: row.numbers for row in before.rows}
    for row in now.rows:
        figures, last = row.numbers, earlier.get(row.label)
        if not figures or not last:
            continue
        made, repealed, total = figures
        rest = last[-1] + made - repealed
        if rest != total:
            yield say(
                "table {table}, {row}: {last} in force the year before + {made} made − {repealed} repealed = {rest},"
                " not {total}",
                table="二", row=row.label, last=str(last[-1]), made=str(made), repealed=str(repealed), rest=str(rest),
                total=str(total),
            )  # fmt: skip
