"""Consultations: one page for draft, explanation, taking part and answer; states; lists; rules."""

import datetime
import html
from pathlib import Path
import re

from playwright.sync_api import Browser, Page, expect
import pytest

from gkssg.build import inspect
from gkssg.dates import parse_date
from gkssg.language import Speaker
from gkssg.markup.convert import convert
from gkssg.markup.transplant import transplanted
from gkssg.site.model import Period

from conftest import TODAY, Column, MakeColumn, entry

FOLDER = "statutory/consultations"
PAGE = f"{FOLDER}/c.html"
LIST = f"{FOLDER}/by-state.html"
CONSULTATION = {
    "kind": "consultation",
    "starts": "2026-11-01",
    "ends": "2026-11-30",
    "draft": f"{FOLDER}/sub/draft",
    "explanation": f"{FOLDER}/note",
    "submit_to": "[来信：示例路1号, 电子邮件：a.b@example.gov.cn（工作日）, 网上：https://example.gov.cn/x?a=1]",
    "topic": "城乡建设、环境保护\\城乡建设（含住房）",
}
OPINIONS = (
    "[{opinion: 甲意见, from: 张*, adopted: true}, {opinion: 乙意见, adopted: 部分采纳, reason: 部分},"
    " {opinion: 丙意见, adopted: 否, reason: 不合适}]"
)


def files(**fields: str) -> dict[str, str | bytes]:
    """Give a consultation with its draft and explanation."""
    return {
        f"content/{FOLDER}/c.md": entry(
            "关于草案征求意见的公告", "## 说明\n\n公告正文。", **{**CONSULTATION, **fields}
        ),
        f"content/{FOLDER}/sub/draft.md": entry(
            "草案", "## 第一章\n\n见[公告](../c.md)和[第一章](#第一章)。", based_on="rules/r", draft_of="rules/result"
        ),
        f"content/{FOLDER}/note.md": entry("起草说明", "为什么起草。"),
        "content/rules/r.md": entry("上位法"),
        "content/rules/result.md": entry("正式文件"),
    }


def text_of(page: str) -> str:
    """Give the words of a page without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def part(page: str, name: str) -> str:
    """Give one of the five parts of a consultation's page."""
    return page.partition(f'id="gk-{name}" ')[2].partition("</section>")[0]


def rules(made: Column, today: datetime.date = TODAY) -> list[str]:
    """Give the rules that are broken, with their severity."""
    return [f"{problem.rule} {problem.severity.value}" for problem in inspect(made.root, today)]


def test_a_text_on_another_page_keeps_its_links_and_its_ids_apart() -> None:
    source = (
        '<h2 id="a">一 &amp; 二</h2><p title="&quot;x&quot; &lt;h2&gt;">href="#a"<br><a href="#a">a</a> '
        '<a href="../b.html?q#c">b</a> <a href="https://x.cn/#a">x</a> <img src="p.png" alt="图"></p><h6>六</h6>'
        '<table><tr><td headers="a b">1</td></tr></table>'
    )
    assert transplanted(source, "one/two/s.html", "one/p.html", "gk-1-") == (
        '<h3 id="gk-1-a">一 &amp; 二</h3><p title="&quot;x&quot; &lt;h2&gt;">href="#a"<br><a href="#gk-1-a">a</a> '
        '<a href="b.html?q#c">b</a> <a href="https://x.cn/#a">x</a> <img src="two/p.png" alt="图"></p><h6>六</h6>'
        '<table><tr><td headers="gk-1-a gk-1-b">1</td></tr></table>'
    )


def test_a_text_on_its_own_page_only_has_lower_headings() -> None:
    assert transplanted('<h2 id="a">甲</h2><a href="b.html">b</a>', "x/s.html", "x/s.html", "") == (
        '<h3 id="a">甲</h3><a href="b.html">b</a>'
    )


def test_nothing_of_a_text_is_lost_on_the_way() -> None:
    texts = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[1] / "content").rglob("*.md"))]
    for text in texts:
        before = convert(text.split("\n---\n", 1)[1], "content/a.md").html
        lower = re.sub(r"(</?h)([2-5])\b", lambda match: f"{match[1]}{int(match[2]) + 1}", before)
        assert html.unescape(transplanted(before, "a.html", "a.html", "")) == html.unescape(lower)
    assert len(texts) > 40


def test_one_page_has_all_five_parts(column: MakeColumn) -> None:
    made = column(files(opinions=OPINIONS, feedback="2026-12-08"))
    made.build()
    page = made.text(PAGE)
    assert "公告正文" in part(page, "announcement")
    draft = part(page, "draft")
    assert '<h3 id="gk-draft-1-第一章">第一章</h3>' in draft
    assert '<a href="c.html">公告</a>' in draft
    assert '<a href="#gk-draft-1-第一章">' in draft
    assert 'href="sub/draft.html"' in draft
    assert "为什么起草" in part(page, "explanation")
    assert 'href="../../rules/r.html"' in part(page, "explanation"), "what the draft is based on"
    assert "示例路1号" in part(page, "part")
    answer = part(page, "feedback")
    assert "共征集意见3条，采纳1条，部分采纳1条，未采纳1条。" in text_of(answer)
    assert 'href="../../rules/result.html"' in answer
    assert re.findall(r'<li><a href="#gk-([a-z]+)">', page) == [
        "announcement", "draft", "explanation", "part", "feedback",
    ]  # fmt: skip


def test_the_document_leads_to_the_consultation_on_its_draft(column: MakeColumn) -> None:
    made = column(files())
    made.build()
    related = made.text("rules/result.html").partition('id="gk-relations"')[2]
    assert re.findall(r'<dt>(.+?)</dt>|href="(.+?\.html)"', related)[:4] == [
        ("草案", ""), ("", f"../{FOLDER}/sub/draft.html"), ("意见征集", ""), ("", f"../{FOLDER}/c.html"),
    ]  # fmt: skip
    made.write(files(attribute="withheld", reason="14-1"))
    made.build()
    assert f"../{FOLDER}/c.html" not in made.text("rules/result.html")


def test_without_a_draft_there_are_three_parts(column: MakeColumn) -> None:
    made = column(
        {
            f"content/{FOLDER}/c.md": entry(
                "需求征集公告", kind="consultation", purpose="需求征集", starts="2026-11-01", ends="2026-11-05"
            )
        }
    )
    assert made.build().problems == ()
    assert re.findall(r'<li><a href="#gk-([a-z]+)">', made.text(PAGE)) == ["announcement", "part", "feedback"]


def test_draft_and_explanation_may_be_files(column: MakeColumn) -> None:
    made = column(
        {
            f"content/{FOLDER}/c.md": entry(
                "公告", kind="consultation", starts="2026-11-01", ends="2026-11-30",
                draft_files="[{file: d.csv, title: 草案表}]", explanation_files="e.txt",
            ),
            f"content/{FOLDER}/d.csv": "甲,乙\n",
            f"content/{FOLDER}/e.txt": "说明",
        }
    )  # fmt: skip
    assert made.build().problems == ()
    page = made.text(PAGE)
    assert 'href="d.csv"' in part(page, "draft")
    assert 'href="e.txt"' in part(page, "explanation")
    assert {f"{FOLDER}/d.csv", f"{FOLDER}/e.txt"} <= set(made.files())


def test_of_a_draft_that_is_not_disclosed_there_is_only_the_link(column: MakeColumn) -> None:
    made = column(
        {
            **files(),
            f"content/{FOLDER}/sub/draft.md": entry(
                "机密草案标题", "鸾鸑鷟", attribute="on-request", reason="16-2", review_by="2027", title_open="false"
            ),
        }
    )
    made.build()
    every = b"".join(made.files().values()).decode("utf-8", "replace")
    assert "鸾鸑鷟" not in every
    assert "机密草案标题" not in every
    assert "这条信息不是主动公开的。" in part(made.text(PAGE), "draft")
    assert rules(made) == ["consultation-draft warning"]


DAYS = {
    "2026-10-31": "planned",
    "2026-11-01": "open",
    "2026-11-30": "open",
    "2026-12-01": "ended",
    "2026-12-07": "ended",
    "2026-12-08": "answered",
}


@pytest.mark.parametrize(("day", "state"), DAYS.items())
def test_the_state_is_that_of_the_day(column: MakeColumn, day: str, state: str) -> None:
    made = column(files(feedback="2026-12-08"))
    made.build(today=datetime.date.fromisoformat(day))
    assert f'data-gk-state="{state}"' in made.text(PAGE)
    groups = dict(re.findall(r'data-gk-group="(\w+)">(.*?)</section>', made.text(LIST), re.DOTALL))
    assert [name for name, group in groups.items() if 'href="c.html"' in group] == [state]
    assert list(groups) == ["open", "planned", "ended", "answered"]
    assert ("正在征集意见" in made.text("index.html")) == (state in {"planned", "open"})


def test_pages_change_only_when_a_state_does(column: MakeColumn) -> None:
    made = column(files(feedback="2026-12-08"))
    made.build(today=datetime.date(2026, 11, 1))
    assert made.build(today=datetime.date(2026, 11, 30)).made == ()
    changed = set(made.build(today=datetime.date(2026, 12, 1)).written)
    assert {PAGE, LIST, "index.html", f"{FOLDER}/index.html", f"{FOLDER}/sub/draft.html"} <= changed


def test_a_changed_draft_changes_the_page_that_quotes_it(column: MakeColumn) -> None:
    made = column(files())
    made.build()
    made.write({f"content/{FOLDER}/sub/draft.md": entry("草案", "改过的草案。")})
    assert PAGE in made.build().written
    assert "改过的草案。" in part(made.text(PAGE), "draft")
    made.build("clean")
    assert made.files() == made.files("clean")


def test_rows_show_the_period(column: MakeColumn) -> None:
    made = column(files())
    made.build()
    for page in ("index.html", f"{FOLDER}/index.html", LIST):
        assert "自2026年11月1日起至11月30日止" in made.text(page)


PERIODS = {
    ("2026-06-01", "2026-07-03"): ("自2026年6月1日起至7月3日止", 33),
    ("2026-12-20", "2027-01-18"): ("自2026年12月20日起至2027年1月18日止", 30),
    ("2026-06", "2026-07-03"): ("自2026年6月起至7月3日止", 0),
    ("2026-06-01", ""): ("自2026年6月1日起", 0),
    ("2026-06-01", "2026-07-03 17:00"): ("自2026年6月1日起至7月3日17:00止", 33),
    ("", "2026"): ("至2026年止", 0),
}


@pytest.mark.parametrize(("dates", "said"), PERIODS.items())
def test_a_period_in_words_and_days(dates: tuple[str, str], said: tuple[str, int]) -> None:
    starts, ends = (parse_date(text) if text else None for text in dates)
    assert (Period(starts, ends).said("zh"), Period(starts, ends).days) == said


def test_an_open_consultation_offers_a_mail_with_its_title(column: MakeColumn) -> None:
    made = column(files())
    made.build()
    ways = part(made.text(PAGE), "part")
    subject = "%E5%85%B3%E4%BA%8E%E8%8D%89%E6%A1%88%E5%BE%81%E6%B1%82%E6%84%8F%E8%A7%81%E7%9A%84%E5%85%AC%E5%91%8A"
    assert f'电子邮件：<a href="mailto:a.b@example.gov.cn?subject={subject}">a.b@example.gov.cn</a>（工作日）' in ways
    assert '<a href="https://example.gov.cn/x?a=1">' in ways
    made.build(today=datetime.date(2026, 12, 1))
    assert "mailto:" not in made.text(PAGE)


def test_one_without_dates_stands_in_no_list_by_state(column: MakeColumn) -> None:
    made = column(files(starts="", ends=""))
    made.build()
    assert LIST not in made.files()
    assert "征集时间" not in made.text(PAGE)


def test_lists_by_topic(column: MakeColumn) -> None:
    other = entry(
        "另一公告", kind="consultation", purpose="other", starts="2026-11-01", ends="2026-11-30", topic="科技、教育"
    )
    made = column({**files(), f"content/{FOLDER}/o.md": other})
    made.build()
    topic = made.text(f"{FOLDER}/topic-城乡建设、环境保护.html")
    assert 'href="c.html"' in topic
    assert 'href="o.html"' not in topic
    assert "全部 2" in text_of(made.text(LIST))
    assert 'href="by-state.html"' in made.text(f"{FOLDER}/index.html")
    assert "topic-" not in made.text(f"{FOLDER}/index.html")


def test_a_column_without_consultations_has_no_such_pages(column: MakeColumn) -> None:
    made = column({})
    made.build()
    assert [path for path in made.files() if "by-state" in path or "topic-" in path] == []


BROKEN = {
    "29 days": ({"ends": "2026-11-29"}, ["consultation-days error"]),
    "30 days": ({"ends": "2026-11-30"}, []),
    "29 days with a reason": ({"ends": "2026-11-29", "shorten_reason": "情况紧急"}, []),
    "not on a draft": ({"ends": "2026-11-05", "purpose": "代表征集", "draft": "", "explanation": ""}, []),
    "ends before it starts": ({"ends": "2026-10-01"}, ["consultation-period error"]),
    "no end": ({"ends": ""}, ["consultation-period warning"]),
    "a month only": ({"starts": "2026-10"}, ["consultation-period warning"]),
    "no draft": ({"draft": ""}, ["consultation-draft warning"]),
    "neither": ({"draft": "", "explanation": ""}, ["consultation-draft warning"] * 2),
    "not begun": ({"starts": "2026-12-01", "ends": "2026-12-30", "draft": "", "explanation": ""}, []),
    "an opinion without an answer": ({"opinions": "[{opinion: 甲}]"}, ["opinion-answer warning"]),
    "not adopted for no reason": ({"opinions": "[{opinion: 甲, adopted: 未采纳}]"}, ["opinion-answer warning"]),
    "adopted": ({"opinions": "[{opinion: 甲, adopted: yes}]"}, []),
}


@pytest.mark.parametrize(("fields", "found"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_said(column: MakeColumn, fields: dict[str, str], found: list[str]) -> None:
    assert sorted(rules(column(files(**fields)))) == sorted(found)


def test_what_is_not_disclosed_need_not_be_complete(column: MakeColumn) -> None:
    made = column(files(attribute="withheld", reason="14-1", review_by="2027", ends="2026-11-05", draft=""))
    assert rules(made) == []


# The National Day of 2026 is 1 to 7 October, the Mid-Autumn Festival 25 September; Sunday 20 September and Saturday
# 10 October are worked. So the tenth working day after 21 September is 12 October.
ANSWERS = {
    "in time": ({"feedback": "2026-10-12"}, "2026-11-20", []),
    "a day late": ({"feedback": "2026-10-13"}, "2026-11-20", ["consultation-feedback warning"]),
    "not yet due": ({}, "2026-10-12", []),
    "overdue": ({}, "2026-10-13", ["consultation-feedback warning"]),
}


@pytest.mark.parametrize(("fields", "day", "found"), ANSWERS.values(), ids=ANSWERS.keys())
def test_the_answer_is_due_ten_working_days_after_the_document(
    column: MakeColumn, fields: dict[str, str], day: str, found: list[str]
) -> None:
    made = column(
        {
            **files(starts="2026-08-01", ends="2026-09-01", **fields),
            "content/rules/result.md": entry("正式文件", published="2026-09-21"),
        }
    )
    assert rules(made, datetime.date.fromisoformat(day)) == found


def test_a_year_without_a_calendar_is_said(column: MakeColumn) -> None:
    made = column({**files(), "content/rules/result.md": entry("正式文件", published="2029-01-04")})
    (problem,) = inspect(made.root, datetime.date(2029, 2, 1))
    assert problem.rule == "consultation-feedback"
    assert "2029-01-18" in Speaker("en").text(problem.message)
    assert problem.hint
    assert "no holiday arrangement is known for 2029" in Speaker("en").text(problem.hint)


def test_a_consultation_that_ended_long_ago_reminds_of_itself(column: MakeColumn) -> None:
    made = column(files(starts="2026-08-01", ends="2026-08-31"))
    assert rules(made, datetime.date(2026, 10, 30)) == []
    assert rules(made, datetime.date(2026, 10, 31)) == ["consultation-feedback warning"]
    made.write({"content/rules/answer.md": entry("反馈公告", answers=f"{FOLDER}/c")})
    assert rules(made, datetime.date(2026, 10, 31)) == []
    made.build()
    assert 'href="../../rules/answer.html"' in part(made.text(PAGE), "feedback")


@pytest.mark.parametrize("yes", ["true", "yes", "是", "采纳", "adopted"])
def test_whether_it_was_adopted_can_be_typed_as_before(column: MakeColumn, yes: str) -> None:
    made = column(files(opinions=f"[{{opinion: 甲, adopted: {yes}}}]"))
    made.build()
    assert "共征集意见1条，采纳1条，部分采纳0条，未采纳0条。" in text_of(made.text(PAGE))


def opened(browser: Browser, made: Column, address: str, day: str = "2026-11-20") -> Page:
    """Open a page of a built column as on a day."""
    page = browser.new_context().new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00+08:00")
    page.goto((made.root / "build" / address).as_uri())
    return page


@pytest.mark.browser
def test_tabs_show_one_part_and_work_by_keyboard(column: MakeColumn, browser: Browser) -> None:
    made = column(files())
    made.build()
    page = opened(browser, made, PAGE)
    assert page.get_by_role("tab").all_inner_texts() == ["征集公告", "草案内容", "起草说明", "征集意见", "意见反馈"]
    assert page.get_by_role("tabpanel").count() == 1
    page.get_by_role("tab", name="征集公告").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tabpanel").get_attribute("id") == "gk-draft"
    assert page.evaluate("document.activeElement.textContent") == "草案内容"
    page.keyboard.press("End")
    assert page.get_by_role("tabpanel").get_attribute("id") == "gk-feedback"
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tabpanel").get_attribute("id") == "gk-announcement"
    page.emulate_media(media="print")
    assert [page.locator(f"#gk-{name}").is_visible() for name in ("announcement", "draft", "feedback")] == [True] * 3
    page.context.close()


@pytest.mark.browser
def test_an_address_leads_into_the_part_that_holds_it(column: MakeColumn, browser: Browser) -> None:
    made = column(files())
    made.build()
    page = opened(browser, made, PAGE)
    page.evaluate("location.hash = '#gk-draft-1-第一章'")
    expect(page.locator("#gk-draft")).to_be_visible()
    assert page.get_by_role("tabpanel").get_attribute("id") == "gk-draft"
    page.context.close()


@pytest.mark.browser
def test_without_scripts_all_parts_are_there(column: MakeColumn, browser: Browser) -> None:
    made = column(files())
    made.build()
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((made.root / "build" / PAGE).as_uri())
    for words in ("公告正文", "第一章", "为什么起草", "示例路1号"):
        assert page.get_by_text(words).first.is_visible(), words
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        ("2026-10-30", "未开始", "距开始还有2天"),
        ("2026-11-20", "征集中", "还剩10天"),
        ("2026-11-30", "征集中", "今天截止"),
        ("2026-12-02", "已结束", ""),
    ],
)
def test_the_page_is_right_on_the_day_it_is_read(
    column: MakeColumn, browser: Browser, day: str, state: str, left: str
) -> None:
    made = column(files())
    made.build()
    page = opened(browser, made, PAGE, day)
    assert page.locator(".gk-period [data-gk-state]").inner_text() == state
    days = page.locator("[data-gk-days]")
    assert (days.inner_text() if days.is_visible() else "") == left
    page.goto((made.root / "build" / LIST).as_uri())
    group = page.locator("[data-gk-group]", has=page.locator("li"))
    assert group.count() == 1
    assert group.locator("h2").inner_text() == state
    assert page.locator("[data-gk-count]").all_inner_texts().count("1") == 1
    page.context.close()
