"""Rules about annual reports, on the whole form with its 25 rows: every cell that is wrong is found."""

from pathlib import Path
import re

import pytest

from gkssg.authoring.new import content
from gkssg.build import inspect
from gkssg.checks.annual_tables import read_tables
from gkssg.language import Speaker
from gkssg.report import as_text
from gkssg.terms import Kind

from conftest import TODAY, MakeColumn

SAMPLE = (Path(__file__).parents[1] / "content" / "reports" / "2025-shili.md").read_text("utf-8")
REPORT = "content/reports/2025.md"
ROWS_OF_THE_FORM = 25
_CELL = re.compile(r"(?<=<td>)\d+(?=</td>)")


def found(column: MakeColumn, text: str) -> str:
    """Give what is said of a report."""
    return as_text(inspect(column({REPORT: text}).root, TODAY), Speaker("en"))


def cells() -> list[tuple[int, int]]:
    """Give where the figures of tables 三 and 四 of the sample's report stand."""
    start = SAMPLE.index("## 三、")
    return [match.span() for match in _CELL.finditer(SAMPLE, start)]


def test_the_form_is_read_whole() -> None:
    tables = read_tables(SAMPLE)
    assert tables.applications
    assert tables.disputes
    assert tables.made
    assert len(tables.applications.rows) == ROWS_OF_THE_FORM
    assert tables.applications.total.label == "（七）总计"
    assert tables.applications.new.cells == ("40", "5", "0", "0", "2", "1", "48")
    assert [row.label for row in tables.applications.results][2] == "1.属于国家秘密"
    assert tables.made.rows[1].cells == ("6", "2", "31")
    assert [row.cells[-1] for row in tables.disputes.rows] == ["1", "0", "0"]


def test_the_report_of_the_sample_is_right(column: MakeColumn) -> None:
    assert found(column, SAMPLE) == ""


@pytest.mark.parametrize("number", range(0, len(cells()), 4))
def test_a_wrong_figure_is_found_wherever_it_stands(column: MakeColumn, number: int) -> None:
    start, end = cells()[number]
    said = found(column, f"{SAMPLE[:start]}{int(SAMPLE[start:end]) + 1}{SAMPLE[end:]}")
    assert "[report-sum]" in said


@pytest.mark.parametrize("wrong", ["", "无", "-1", "1.5", "１", pytest.param("9" * 5000, id="long")])
def test_a_cell_without_a_number_is_found(column: MakeColumn, wrong: str) -> None:
    start, end = cells()[6]
    said = found(column, f"{SAMPLE[:start]}{wrong}{SAMPLE[end:]}")
    assert said.splitlines()[0] == (
        f"{REPORT}:1:1: error: table 三, 一、本年新收政府信息公开申请数量: no number in 总计 [report-cell]"
    )


@pytest.mark.parametrize(
    ("row", "wrong", "is_told"),
    [
        ("行政许可", "", True), ("行政处罚", "约200", True), ("行政强制", "3", False), ("行政事业性收费", "", True),
        ("行政事业性收费", "12.3456", False), ("行政事业性收费", "12.34567", True), ("行政许可", "1.5", True),
    ],
)  # fmt: skip
def test_every_number_of_table_two_is_one(column: MakeColumn, row: str, wrong: str, is_told: bool) -> None:  # noqa: FBT001
    text, changed = re.subn(rf'({row}</th><td colspan="3">)[^<]*', rf"\g<1>{wrong}", SAMPLE)
    assert changed == 1
    assert (f"table 二, {row}: no number in" in found(column, text)) == is_told


def test_a_number_too_long_in_the_words_is_no_fault_of_the_program(column: MakeColumn) -> None:
    assert "[report-words]" in found(column, SAMPLE.replace("全年新收申请48件", f"全年新收申请{'9' * 5000}件"))


def test_the_form_that_new_writes_has_every_part_and_no_figure() -> None:
    text = content(Kind.REPORT, "示例区人民政府2025年政府信息公开工作年度报告", Speaker("zh"))
    tables = read_tables(text)
    assert tables.applications
    assert len(tables.applications.rows) == ROWS_OF_THE_FORM
    assert all(not cell for _, table in tables.there for row in table.rows for cell in row.cells)
    assert [number for number, _ in tables.there] == ["二", "三", "四"]


def test_what_the_form_lacks_is_named(column: MakeColumn) -> None:
    without = SAMPLE.replace("## 五、存在的主要问题及改进情况\n", "").replace(
        "2025年政府信息公开工作年度报告", "2025年信息公开年报"
    )
    said = found(column, without.replace("行政诉讼</th>", "诉讼</th>"))
    assert said.count("[report-form]") == 3
    assert "headings of the form are missing: 五、存在的主要问题及改进情况 [report-form]" in said
    assert "tables of the form are missing, or not as the form has them: 四 [report-form]" in said
