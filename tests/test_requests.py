"""依申请公开: titles, form, limits and offices; conversions, reviews, and the figures of the disclosure attribute."""

import csv
import datetime
import io
from pathlib import Path
import re
from urllib.parse import unquote

from playwright.sync_api import Browser, expect
import pytest

from gkssg.archive.marks import marked_attribute
from gkssg.build import inspect
from gkssg.problem import Problem
from gkssg.terms import Attribute
from gkssg.workdays import add_working_days, official_calendar

from conftest import ORGAN, TODAY, Column, MakeColumn, Sample, entry

REVIEW = "2027-01-31"
CONVERTED = "{from: on-request, date: 2026-06-30, standard: 条例第四十四条, reviewer: 办公室政务公开科, note: 集中审查}"
OFFICE = "disclosure_office: {name: 政务公开科, address: 示例路1号101室, hours: 8:30—12:00, phone: 0000-00000003}"


def closed(title: str, attribute: str = "on-request", **fields: str) -> str:
    """Give an entry that is not disclosed."""
    return entry(title, attribute=attribute, **{"reason": '"16-2"', "review_by": REVIEW, **fields})


def rules(made: Column, today: datetime.date = TODAY) -> list[tuple[str, str, str]]:
    """Give the problems of a column as file, rule and severity."""
    return [(p.place.path.rpartition("/")[2], p.rule, p.severity.value) for p in inspect(made.root, today)]


def table(made: Column, path: str) -> list[list[str]]:
    """Give the rows of a table for spreadsheet programs."""
    return list(csv.reader(io.StringIO(made.text(path).removeprefix("\ufeff"))))


def cells(text: str) -> list[list[str]]:
    """Give the words of every row of the tables in a page."""
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    return [[re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


TITLES = {
    "content/rules/a.md": closed("甲的纪要", doc_no="示纪〔2026〕1号", issuer="示例区人民政府", written="2026-01-02"),
    "content/rules/b.md": closed("乙", title_open="false", doc_no="示纪〔2026〕2号", written="2026-01-03"),
    "content/rules/c.md": closed("丙", "withheld", reason='"14-3"', written="2026-01-04"),
    "content/rules/d.md": closed("丁", "withheld", title_open="false"),
    "content/rules/e.md": entry("戊"),
}


def test_the_title_catalogue_lists_what_can_be_asked_for(column: MakeColumn) -> None:
    made = column(TITLES)
    made.build()
    text = made.text("request/titles.html")
    asked, _, withheld = text.partition('id="gk-withheld"')
    reason = "《政府信息公开条例》第十六条：讨论记录、过程稿、磋商信函、请示报告等过程性信息"
    assert cells(asked)[1:] == [
        ["（标题不予公开）", "示纪〔2026〕2号", "2026-01-03", "—", reason, REVIEW, "申请"],
        ["甲的纪要", "示纪〔2026〕1号", "2026-01-02", "示例区人民政府", reason, REVIEW, "申请"],
    ]
    assert [row[0] for row in cells(withheld)[1:]] == ["丙", "（标题不予公开）"]
    assert "申请" not in "".join(cells(withheld)[0])
    assert "戊" not in text.partition("<main")[2]
    rows = table(made, "request/titles.csv")
    assert rows[0] == ["标题", "发文字号", "成文日期", "公开机构", "公开属性", "理由", "复审日期", "地址"]
    assert [(row[0], row[4]) for row in rows[1:]] == [
        ("", "依申请公开"),
        ("甲的纪要", "依申请公开"),
        ("丙", "不予公开"),
        ("", "不予公开"),
    ]
    assert 'href="titles.html"' in made.text("request/index.html")


def test_the_form_is_reached_with_title_and_number(column: MakeColumn) -> None:
    made = column(TITLES)
    made.build()
    (link,) = re.findall(r'href="(\.\./request/form\.html#[^"]*)"', made.text("rules/a.html"))
    assert unquote(link.replace("&amp;", "&")) == (
        "../request/form.html#title=甲的纪要&number=示纪〔2026〕1号&index=&organ=示例区人民政府"
    )
    assert "form.html" not in made.text("rules/c.html"), "what is withheld cannot be asked for"
    hidden = next(text for path, text in made.files().items() if "rules/withheld-" in path and b"form.html#" in text)
    assert b"#title=&amp;number=" in hidden


def test_the_form_asks_what_article_29_asks_and_sends_nothing(column: MakeColumn) -> None:
    made = column({})
    made.build()
    form = made.text("request/form.html").partition("<main")[2]
    for asked in ("姓名", "名称", "身份证明", "电话", "标题", "文号", "特征描述", "获取信息的方式", "获取信息的途径"):
        assert asked in form
    assert "不要求说明申请的用途" in form
    assert "不会发送到任何地方" in form
    assert "<form" not in form
    assert "fetch" not in made.text("theme/form.js")


def test_every_open_organ_with_an_office_is_a_receiving_point(column: MakeColumn) -> None:
    made = column(
        {
            "content/statutory/organs/gov.md": ORGAN.replace("---\n履行", f"{OFFICE}\n---\n履行"),
            "content/statutory/organs/a.md": entry("甲局", kind="organ"),
            "content/statutory/organs/b.md": closed("乙局", kind="organ", disclosure_office="{name: 乙科}"),
        }
    )
    made.build()
    text = made.text("request/offices.html").partition("<main")[2]
    assert re.findall(r"<h2.*?>(?:<a.*?>)?(.*?)<", text) == ["示例区人民政府"]
    for fact in ("政务公开科", "示例路1号101室", "8:30—12:00", "0000-00000003"):
        assert fact in text


def test_pages_without_anything_to_show_say_so(column: MakeColumn) -> None:
    made = column({})
    made.build()
    for page in ("titles", "converted", "attributes", "offices"):
        assert 'class="gk-nothing"' in made.text(f"request/{page}.html")


def test_a_text_may_link_to_the_pages(column: MakeColumn) -> None:
    body = "[申请表](form.html)、[期限](limits.html)、[没有](forms.html)"
    made = column({"content/request/index.md": entry("依申请公开", body, kind="page")})
    assert rules(made) == [("index.md", "link-broken", "error")]
    made.write({"content/request/index.md": entry("依申请公开", body.partition("、[没有")[0], kind="page")})
    made.build()
    assert 'href="form.html"' in made.text("request/index.html")


def test_a_conversion_is_told_on_the_page_and_in_the_log(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", converted=CONVERTED, written="2025-01-01"),
            "content/rules/b.md": entry("乙", 属性转换="{原属性: 不予公开, 日期: 2026-07, 转换标准: 已过期, 审核: 科}"),
            "content/rules/c.md": entry("丙"),
        }
    )
    made.build()
    assert "本件于2026-06-30由依申请公开转为主动公开。" in made.text("rules/a.html")
    assert "转为主动公开" not in made.text("rules/c.html")
    assert cells(made.text("request/converted.html"))[1:] == [
        ["乙", "2026-07", "不予公开", "已过期", "科", "—"],
        ["甲", "2026-06-30", "依申请公开", "条例第四十四条", "办公室政务公开科", "集中审查"],
    ]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"converted": "{from: active, date: 2026-01-01, standard: 甲, reviewer: 乙}"}, "field-word"),
        ({"converted": "{from: withheld, date: 2026-01-01, reviewer: 乙}"}, "field-missing"),
        ({"converted": "{from: withheld, date: 2026-01-01, standard: 甲}"}, "field-missing"),
        ({"converted": CONVERTED, "written": "2026-07-01"}, "conversion-date"),
        ({"converted": CONVERTED.replace("2026-06-30", "2026-11-21")}, "conversion-date"),
        ({"converted": CONVERTED, "attribute": "withheld", "reason": '"15"', "review_by": REVIEW}, "conversion"),
    ],
)
def test_a_conversion_that_cannot_be_is_reported(column: MakeColumn, fields: dict[str, str], found: str) -> None:
    problems = inspect(column({"content/rules/a.md": entry("甲", **fields)}).root, TODAY)
    assert found in {problem.rule for problem in problems}


@pytest.mark.parametrize(
    ("review_by", "found"),
    [("", "review-missing"), ("2026-11-19", "review-due"), ("2026-10", "review-due"), ("2026-11-20", ""), ("2026", "")],
)
@pytest.mark.parametrize("attribute", ["on-request", "withheld"])
def test_what_is_not_disclosed_is_reviewed(column: MakeColumn, attribute: str, review_by: str, found: str) -> None:
    made = column({"content/rules/a.md": closed("甲", attribute, review_by=review_by)})
    assert rules(made) == ([("a.md", found, "warning")] if found else [])
    made.build()


def test_every_entry_without_an_attribute_is_listed_and_nothing_is_published(column: MakeColumn) -> None:
    made = column({f"content/rules/{n}.md": f"---\ntitle: {n}\n---\n正文。\n" for n in "ab"})
    assert rules(made) == [("a.md", "field-missing", "error"), ("b.md", "field-missing", "error")]
    assert made.try_build().failed
    assert not (made.root / "build").exists()


MARKS = [
    ("（此件公开发布）", Attribute.ACTIVE),
    ("(此件主动公开)", Attribute.ACTIVE),
    ("**（此件依申请公开）**", Attribute.ON_REQUEST),
    ("（此件 不公开 ）", Attribute.WITHHELD),
    ("　　（此件不予公开）", Attribute.WITHHELD),
    ("文末标注“（此件不公开）”的，不上网。", None),
    ("（此件公开发布）\n\n（此件不公开）", Attribute.WITHHELD),
    ("正文。", None),
]


@pytest.mark.parametrize(("text", "meant"), MARKS)
def test_a_mark_below_the_text_says_the_attribute(text: str, meant: Attribute | None) -> None:
    assert marked_attribute(f"第一段。\n\n{text}\n") is meant


@pytest.mark.parametrize(
    ("mark", "fields", "severity"),
    [
        ("公开发布", {}, ""),
        ("不公开", {}, "error"),
        ("依申请公开", {}, "error"),
        ("依申请公开", {"converted": CONVERTED}, ""),
        ("不公开", {"converted": CONVERTED}, "error"),
        ("依申请公开", {"attribute": "on-request"}, ""),
        ("公开发布", {"attribute": "on-request"}, "warning"),
        ("依申请公开", {"attribute": "withheld"}, "warning"),
    ],
)
def test_a_mark_that_says_otherwise_is_reported(
    column: MakeColumn, mark: str, fields: dict[str, str], severity: str
) -> None:
    closing = {"reason": '"16-1"', "review_by": REVIEW} if "attribute" in fields else {}
    text = entry("甲", f"正文。\n\n（此件{mark}）", **fields, **closing)
    made = column({"content/rules/a.md": text})
    found = [problem for problem in inspect(made.root, TODAY) if problem.rule == "mark"]
    assert [problem.severity.value for problem in found] == ([severity] if severity else [])
    assert all(_quotes(problem, mark) == (severity == "error") for problem in found)
    assert all(problem.place.line == text.split("\n").index(f"（此件{mark}）") + 1 for problem in found)


def _quotes(problem: Problem, text: str) -> bool:
    return any(text in str(value) for _, value in problem.message.values)


def test_the_attribute_stands_in_the_table_and_below_the_text(column: MakeColumn) -> None:
    made = column({"content/rules/a.md": entry("甲"), "content/rules/b.md": entry("乙", kind="report")})
    made.build()
    text = made.text("rules/a.html")
    assert re.search(r"<th scope=\"row\">公开属性</th><td[^>]*>主动公开</td>", text)
    assert '<p class="gk-attribute">公开属性：主动公开</p>' in text.partition('class="gk-text"')[2]
    made.write({"content/rules/a.md": entry("甲", "（此件依申请公开）", converted=CONVERTED)})
    made.build()
    assert "公开属性：主动公开（2026-06-30由依申请公开转为主动公开）" in made.text("rules/a.html")


def test_documents_are_counted_by_attribute(column: MakeColumn) -> None:
    issuer = {"issuer": "[示例区人民政府, 甲局]"}
    made = column(
        {
            "content/rules/a.md": entry("甲", written="2025-03", **issuer),
            "content/rules/b.md": entry("乙", written="2026-03-01", **issuer),
            "content/rules/c.md": closed("丙", written="2026", **issuer),
            "content/rules/d.md": closed("丁", "withheld", written="2026-01-01", title_open="false", **issuer),
            "content/rules/e.md": entry("戊"),
            "content/rules/f.md": entry("己", kind="report", written="2026"),
            "content/rules/g.md": entry("庚", written="2020", version_of="rules/a"),
        }
    )
    made.build()
    assert table(made, "request/attributes.csv")[1:] == [
        ["示例区人民政府", "2026", "1", "1", "1", "3", "33.3%"],
        ["示例区人民政府", "2025", "1", "0", "0", "1", "100.0%"],
        ["", "", "1", "0", "0", "1", "100.0%"],
    ]
    rows = cells(made.text("request/attributes.html"))
    assert rows[1:4] == [
        ["2026", "1", "1", "1", "3", "33.3%"],
        ["2025", "1", "0", "0", "1", "100.0%"],
        ["未标注", "1", "0", "0", "1", "100.0%"],
    ]


def test_a_changed_text_does_not_change_the_figures(column: MakeColumn) -> None:
    made = column({"content/rules/a.md": entry("甲", "正文。", written="2026-01-01")})
    made.build()
    made.write({"content/rules/a.md": entry("甲", "改过的正文。", written="2026-01-01")})
    made_again = {path for path, _ in made.build().made}
    assert "rules/a.html" in made_again
    assert not {path for path in made_again if path.startswith("request/")}


def test_the_limits_are_read_without_scripts(column: MakeColumn) -> None:
    made = column({})
    made.build()
    rows = {row[0]: row for row in cells(made.text("request/limits.html"))[1:]}
    assert {name: row[1] for name, row in rows.items()} == {
        "告知补正": "7个工作日",
        "第三方、其他机关提出意见": "15个工作日",
        "答复": "20个工作日",
        "延长20个工作日答复": "40个工作日",
    }
    assert rows["答复"][3:] == ["第三十三条", "2026-10-22期满", "2026-03-12期满"]


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    """Give the sample column."""
    return sample.folder


@pytest.mark.browser
def test_the_browser_counts_as_the_build_does(built: Path, browser: Browser) -> None:
    calendar = official_calendar()
    days = [datetime.date(2006, 12, 1) + datetime.timedelta(days=9 * step) for step in range(860)]
    page = browser.new_page()
    page.goto((built / "request" / "limits.html").as_uri())
    assert page.is_visible("#gk-calculator")
    found = page.evaluate(
        """([days, counts]) => days.map((day) => counts.map((count) => {
            const [since, limit, due] = ["since", "limit", "due"].map((id) => document.getElementById(`gk-${id}`));
            since.value = day;
            limit.value = count;
            since.dispatchEvent(new Event("input"));
            return [due.dataset.due, due.dataset.unknown];
        }))""",
        [[day.isoformat() for day in days], [7, 15, 20, 40]],
    )
    page.close()
    for day, answers in zip(days, found, strict=True):
        for count, answer in zip((7, 15, 20, 40), answers, strict=True):
            due = add_working_days(day, count, calendar)
            assert answer == [due.day.isoformat(), " ".join(map(str, due.unknown))], (day, count)
    assert days[-1].year > 2026


@pytest.mark.browser
def test_the_calculator_says_what_it_does_not_know(built: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((built / "request" / "limits.html").as_uri())
    page.fill("#gk-since", "2023-09-20")
    assert page.inner_text("#gk-due") == "期满日：2023-10-24（星期二）。"
    page.fill("#gk-since", "2026-12-20")
    assert "无2027年放假安排，按周一至周五计" in page.inner_text("#gk-due")
    page.close()


@pytest.mark.browser
def test_the_form_is_filled_printed_and_not_sent(built: Path, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.goto((built / "statutory/emergency/2026-yingji-duiwu.html").as_uri())
    page.click('main a[href*="form.html#"]')
    expect(page.locator("#gk-title")).to_have_value("示例区应急救援队伍和物资储备点分布情况（示例）")
    assert page.input_value("#gk-number") == "示例政办发〔2026〕15号"
    assert page.input_value("#gk-organ") == "示例区人民政府办公室"
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#gk-name", "示例人")
    page.press("#gk-name", "Enter")
    sheets = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    page.click("#gk-clear")
    assert [page.input_value(f"#gk-{name}") for name in ("name", "title")] == ["", ""]
    assert asked == []
    page.close()


@pytest.mark.browser
def test_without_scripts_the_pages_are_whole(built: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / "request" / "limits.html").as_uri())
    assert not page.is_visible("#gk-calculator")
    assert "2026-10-22期满" in page.inner_text("main")
    page.goto((built / "request" / "form.html").as_uri())
    assert not page.is_visible("#gk-print")
    assert "使用浏览器的打印功能" in page.inner_text("main")
    context.close()
