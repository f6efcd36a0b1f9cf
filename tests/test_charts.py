"""Charts: what is drawn of figures, where it stands, and that the figures stand beside it as a table."""

import re
from xml.etree import ElementTree

import pytest

from gkssg.annexes.looks import Line, Sheets, Table
from gkssg.site.charts import HEIGHT, WIDTH, Chart, Form, Series, by_years, chart, figure
from gkssg.site.series import Measure, charts_of

from conftest import MakeColumn, entry

YEARS = ("2024", "2025", "2026")


def drawn(form: Form, *series: Series) -> Chart:
    """Draw over three years."""
    found = chart(form, "题", "件", YEARS, series)
    assert found
    return found


def test_bars_are_as_high_as_their_figures() -> None:
    found = drawn(Form.BARS, Series("甲", (10, 5, 0)))
    heights = [mark.height for mark in found.series[0].marks]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)
    assert heights[2] == 0
    assert [mark.y + mark.height for mark in found.series[0].marks] == pytest.approx([found.zero] * 3, abs=0.2)
    assert [mark.text for mark in found.series[0].marks] == ["2024 甲 10件", "2025 甲 5件", "2026 甲 0件"]


def test_what_falls_below_nothing_hangs_from_the_line_of_nothing() -> None:
    found = drawn(Form.BARS, Series("甲", (10, -5, 3)))
    above, below, _ = found.series[0].marks
    assert above.y + above.height == pytest.approx(found.zero, abs=0.2)
    assert below.y == found.zero
    assert found.up[0].text.startswith("-")


def test_a_gap_parts_a_line() -> None:
    values = (1.0, 2.0, None, 4.0, 5.0)
    found = chart(Form.LINES, "题", "", tuple("12345"), [Series("甲", values)])
    assert found
    assert [len(run.split()) for run in found.series[0].runs] == [2, 2]
    assert len(found.series[0].marks) == 4


def test_everything_stands_on_the_paper() -> None:
    for top in (0.004, 0.9, 7, 1234, 98_765_432):
        found = drawn(Form.LINES, Series("甲", (0, top / 3, top)), Series("乙", (-top, None, 0)))
        for one in found.series:
            assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in one.marks)
        assert 3 <= len(found.up) <= 8
        assert len({tick.text for tick in found.up}) == len(found.up)


def test_labels_do_not_run_into_each_other() -> None:
    labels = tuple(f"2026-{month:02}" for month in range(1, 13))
    found = chart(Form.LINES, "题", "", labels, [Series("甲", tuple(map(float, range(12))))])
    assert found
    gaps = {round(b.at - a.at) for a, b in zip(found.across, found.across[1:], strict=False)}
    assert min(gaps) >= 60


@pytest.mark.parametrize(
    ("labels", "series"),
    [
        (("1", "2"), [Series("甲", (1, 2))]),
        (YEARS, []),
        (YEARS, [Series("甲", (None, None, None))]),
        (YEARS, [Series(str(number), (1, 2, 3)) for number in range(5)]),
    ],
    ids=["two points", "nothing", "nothing known", "too many to tell apart"],
)
def test_what_would_say_nothing_is_not_drawn(labels: tuple[str, ...], series: list[Series]) -> None:
    assert chart(Form.BARS, "题", "", labels, series) is None


def test_figures_that_are_all_nothing_are_drawn() -> None:
    assert drawn(Form.BARS, Series("甲", (0, 0, 0))).up[-1].text == "1"


def test_years_are_drawn_from_the_oldest_and_unknown_ones_left_out() -> None:
    found = by_years("题", "件", ("甲",), {2026: (3,), 0: (9,), 2024: (1,), 2025: (2,)})
    assert found
    assert [mark.text for mark in found.series[0].marks] == ["2024 甲 1件", "2025 甲 2件", "2026 甲 3件"]


def test_a_year_without_figures_keeps_its_place() -> None:
    found = by_years("题", "件", ("甲",), {2020: (3,), 2023: (1,), 1990: (7,)})
    assert found
    assert [tick.text for tick in found.across] == [str(year) for year in range(2014, 2024)]
    assert [mark.text for mark in found.series[0].marks] == ["2020 甲 3件", "2023 甲 1件"]
    assert by_years("题", "件", ("甲",), {}) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (" 1,234.5 ", 1234.5),
        ("−2.1", -2.1),
        ("3.1%", 3.1),
        *((text, None) for text in ("—", "", "1,23", "nan", "3月", "1e5")),
    ],
)
def test_figures_are_read_as_tables_have_them(text: str, value: float | None) -> None:
    assert figure(text) == value


def table(*rows: tuple[str, ...], whole: bool = True) -> Sheets:
    """Give the look of a CSV file."""
    lines = tuple(Line(number, cells) for number, cells in enumerate(rows[1:], 2))
    return Sheets((Table("", rows[0], lines, len(lines) + (not whole), len(rows[0])),), 1)


MONTHS = (("期间", "收入", "增长", "说明"), *((f"2026-0{n}", str(n * 10), f"{n}.5", "按进度") for n in range(1, 5)))
MEASURES = (Measure("收入", "万元"), Measure("增长", "%"))


def test_a_series_is_drawn_once_for_each_unit() -> None:
    amounts, growth = charts_of(table(*MONTHS), MEASURES)
    assert (amounts.title, amounts.unit, growth.title, growth.unit) == ("收入", "万元", "增长", "%")
    assert [tick.text for tick in amounts.across] == ["1月", "2月", "3月", "4月"]


def test_years_are_bars_and_months_are_lines() -> None:
    years = (("年度", "件数"), *((f"{year}年", str(year - 2000)) for year in range(2021, 2025)))
    (amounts,) = charts_of(table(*years), ())
    assert (amounts.form, [tick.text for tick in amounts.across]) == (Form.BARS, ["2021", "2022", "2023", "2024"])
    assert charts_of(table(*MONTHS), MEASURES)[0].form is Form.LINES


@pytest.mark.parametrize(
    "look",
    [
        table(*MONTHS, whole=False),
        table(*MONTHS[:3]),
        table(("指标", "数"), ("甲", "1"), ("乙", "2"), ("丙", "3")),
        table(("期间", "说明"), ("2026-01", "甲"), ("2026-02", "乙"), ("2026-03", "丙")),
        None,
    ],
    ids=["not shown whole", "too few rows", "no periods", "no figures", "no look"],
)
def test_other_tables_are_not_drawn(look: Sheets | None) -> None:
    assert charts_of(look, MEASURES) == ()


def test_the_page_of_a_dataset_has_the_drawing_and_the_table(column: MakeColumn) -> None:
    rows = "\n".join(",".join(row) for row in MONTHS)
    fields = {"kind": "dataset", "file": "m.csv", "columns": "[{name: 收入, unit: 万元}]", "series": "monthly"}
    made = column({"content/statutory/budget/m.md": entry("月报", **fields), "content/statutory/budget/m.csv": rows})
    made.build()
    text = made.text("statutory/budget/m.csv.html")
    drawings = re.findall(r'<svg class="gk-chart-drawing".*?</svg>', text, re.DOTALL)
    assert len(drawings) == 2
    for drawing in drawings:
        svg = ElementTree.fromstring(drawing)  # noqa: S314  (made by this very build)
        named = (svg.get("aria-labelledby") or "").split()
        assert [child.get("id") for child in svg[:2]] == named
    assert "收入（单位：万元）" in text
    assert "<td>40</td>" in text
    assert " style=" not in text


def test_only_files_of_datasets_are_drawn(column: MakeColumn) -> None:
    rows = "\n".join(",".join(row) for row in MONTHS)
    made = column({"content/rules/a.md": entry("甲", annexes="[m.csv]"), "content/rules/m.csv": rows})
    made.build()
    assert "gk-chart" not in made.text("rules/m.csv.html")


def test_documents_by_attribute_are_drawn_beside_their_table(column: MakeColumn) -> None:
    files: dict[str, str | bytes] = {
        f"content/statutory/policy/{year}.md": entry(f"文件{year}", written=f"{year}-01-01") for year in (2023, 2024)
    }
    made = column(files)
    made.build()
    assert "<svg class" not in made.text("request/attributes.html")
    made.write({"content/statutory/policy/2025.md": entry("文件2025", written="2025-01-01")})
    made.build()
    text = made.text("request/attributes.html")
    assert "2025 主动公开 1件" in text
    assert '<th scope="row">2025</th>' in text
