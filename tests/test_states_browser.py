"""A page that was built once is right on the day it is read: states change with the clock, and nothing else does."""

import datetime
from pathlib import Path
import re

from playwright.sync_api import Browser, Page
import pytest

from gkssg.build import build

from conftest import BASE, Column, entry

pytestmark = pytest.mark.browser

BUILT = datetime.date(2026, 6, 15)
FILES = {
    "content/rules/a.md": entry("甲", effective="2021-11-01", expires="2030-12-31", doc_no="示例发〔2021〕1号"),
    "content/rules/new.md": entry("乙", published="2026-06-01", effective="2026-10-01", repeals="rules/a"),
    "content/rules/long.md": entry("丙", effective="2020-01-01", expires="2026-12-31"),
    "content/rules/plain.md": entry("丁"),
    "content/rules/ask.md": entry(
        "戊", kind="consultation", starts="2026-07-01", ends="2026-07-31", feedback="2026-09"
    ),
    "content/rules/seen.md": entry("己", effective="2020-01-01", validity="repealed"),
}
STATES = {
    "2021-10-31": ("尚未生效", "尚未生效", "现行有效", "未开始"),
    "2026-06-15": ("现行有效", "尚未生效", "现行有效", "未开始"),
    "2026-06-30": ("现行有效", "尚未生效", "现行有效", "未开始"),
    "2026-07-01": ("现行有效", "尚未生效", "现行有效", "征集中"),
    "2026-07-31": ("现行有效", "尚未生效", "现行有效", "征集中"),
    "2026-08-01": ("现行有效", "尚未生效", "现行有效", "已结束"),
    "2026-09-01": ("现行有效", "尚未生效", "现行有效", "已反馈"),
    "2026-09-30": ("现行有效", "尚未生效", "现行有效", "已反馈"),
    "2026-10-01": ("已废止", "现行有效", "现行有效", "已反馈"),
    "2026-12-31": ("已废止", "现行有效", "现行有效", "已反馈"),
    "2027-01-01": ("已废止", "现行有效", "已失效", "已反馈"),
    "2040-01-01": ("已废止", "现行有效", "已失效", "已反馈"),
}
NAMES = ("a", "new", "long", "ask")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the column once, on one day."""
    made = Column(tmp_path_factory.mktemp("column"))
    made.write({**BASE, **FILES})
    assert not build(made.root, made.root / "build", BUILT).failed
    return made.root / "build"


def opened(browser: Browser, path: Path, moment: str, *, scripts: bool = True, zone: str = "Asia/Shanghai") -> Page:
    """Open a page at a moment (RFC 3339)."""
    page = browser.new_context(java_script_enabled=scripts, timezone_id=zone).new_page()
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(moment))
    page.goto(path.as_uri())
    return page


def noon(day: str) -> str:
    """Give noon in China."""
    return f"{day}T12:00:00+08:00"


def state_cell(page: Page) -> str:
    """Give the state in the header table."""
    return page.locator("th:text-is('有效性') + td, th:text-is('征集状态') + td").inner_text().partition("（")[0]


@pytest.mark.parametrize("place", range(len(NAMES)), ids=NAMES)
def test_the_header_table_is_right_on_every_day(built: Path, browser: Browser, place: int) -> None:
    page = opened(browser, built / f"rules/{NAMES[place]}.html", noon("2026-06-15"))
    found = {}
    for day in STATES:
        page.clock.set_fixed_time(datetime.datetime.fromisoformat(noon(day)))
        page.reload()
        found[day] = state_cell(page)
    page.context.close()
    assert found == {day: states[place] for day, states in STATES.items()}


def test_a_list_is_right_on_every_day(built: Path, browser: Browser) -> None:
    page = opened(browser, built / "rules/index.html", noon("2026-06-15"))
    for day, states in STATES.items():
        page.clock.set_fixed_time(datetime.datetime.fromisoformat(noon(day)))
        page.reload()
        marks = {}
        for name in (*NAMES, "plain"):
            row = page.locator(f'.gk-entry:has(a[href="{name}.html"])')
            marks[name] = "".join(row.locator(".gk-mark:visible").all_inner_texts())
        quiet = ("" if state == "现行有效" else state for state in states)
        assert marks == {**dict(zip(NAMES, quiet, strict=True)), "plain": ""}, day
    page.context.close()


def banner(built: Path, browser: Browser, name: str, day: str) -> str:
    """Give what stands before the text."""
    page = opened(browser, built / f"rules/{name}.html", noon(day))
    text = " ".join(page.locator(".gk-warning, .gk-coming").all_inner_texts())
    page.context.close()
    return re.sub(r"\s+", "", text)


def test_the_banner_follows(built: Path, browser: Browser) -> None:
    assert banner(built, browser, "long", "2026-12-31") == ""
    expired = "已失效有效期至2026年12月31日，已过期。（按您打开本页的日期计算）"
    assert banner(built, browser, "long", "2027-01-01") == expired
    assert banner(built, browser, "a", "2026-09-30") == "本文件将自2026年10月1日起被《乙》废止。"
    repealed = "已废止本文件自2026年10月1日起被《乙》废止。（按您打开本页的日期计算）"
    assert banner(built, browser, "a", "2026-10-01") == repealed
    assert banner(built, browser, "new", "2026-09-30") == "尚未生效本文件自2026年10月1日起施行，现在尚未生效。"
    assert banner(built, browser, "new", "2026-10-01") == ""
    assert banner(built, browser, "seen", "2035-01-01") == "已废止本文件已经废止，仅供查阅。"


@pytest.mark.parametrize(
    ("moment", "state"),
    [("2026-09-30T23:59:59+08:00", "现行有效"), ("2026-10-01T00:00:01+08:00", "已废止")],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_day_is_the_one_in_china(built: Path, browser: Browser, moment: str, state: str, zone: str) -> None:
    page = opened(browser, built / "rules/a.html", moment, zone=zone)
    assert state_cell(page) == state
    page.context.close()


def test_without_scripts_a_page_says_when_its_state_changes(built: Path, browser: Browser) -> None:
    page = opened(browser, built / "rules/a.html", noon("2030-01-01"), scripts=False)
    told = page.locator("th:text-is('有效性') + td").inner_text()
    assert told == "现行有效（自2021年11月1日起施行，有效期至2030年12月31日，自2026年10月1日起被《乙》废止）"
    assert page.locator("th:text-is('有效性') + td a").get_attribute("href") == "new.html"
    page.context.close()


@pytest.mark.parametrize("address", ["rules/a.html", "rules/new.html", "rules/index.html", "index.html"])
def test_on_the_day_of_the_build_the_script_changes_nothing(built: Path, browser: Browser, address: str) -> None:
    dumps = []
    for scripts in (False, True):
        page = opened(browser, built / address, noon(BUILT.isoformat()), scripts=scripts)
        dumps.append(re.sub(r'(?<=data-gk-cited="">)[^<]*', "", page.locator("main").inner_html()))  # the day of citing
        page.context.close()
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize("address", ["rules/a.html", "rules/long.html", "rules/index.html", "index.html"])
def test_on_another_day_nothing_but_states_changes(built: Path, browser: Browser, address: str) -> None:
    texts = []
    for day in (BUILT.isoformat(), "2027-06-01"):
        page = opened(browser, built / address, noon(day))
        changed = "document.querySelectorAll('[data-gk-turns]').forEach(e => e.remove())"
        before = page.locator("body").inner_text()
        page.evaluate(changed)
        texts.append((before, page.locator("body").inner_text(), page.locator("body *").count()))
        page.context.close()
    assert texts[0][0] != texts[1][0]
    assert texts[0][1:] == texts[1][1:]


@pytest.mark.parametrize(("day", "mark"), [("2026-09-30", []), ("2026-10-01", ["已废止"])])
def test_a_hit_of_the_search_is_right_on_the_day(built: Path, browser: Browser, day: str, mark: list[str]) -> None:
    page = opened(browser, built / "search.html", noon(day))
    page.goto(f"{(built / 'search.html').as_uri()}?q=甲")
    hit = page.locator('[data-hit="rules/a.html"]')
    hit.wait_for()
    assert hit.locator(".gk-mark").all_inner_texts() == mark
    page.context.close()


def test_on_paper_the_mark_lies_across_the_sheet(built: Path, browser: Browser) -> None:
    page = opened(browser, built / "rules/a.html", noon("2026-10-01"))
    page.emulate_media(media="print")
    style = "getComputedStyle(document.querySelector('.gk-warning'), '::after')"
    assert page.evaluate(f"[{style}.content, {style}.position]") == ['"已废止"', "fixed"]
    page.context.close()


def test_no_page_holds_the_day_of_the_build(built: Path) -> None:
    day = BUILT.isoformat()
    assert [p.name for p in built.rglob("*") if p.is_file() and day in p.read_text("utf-8", errors="ignore")] == []
