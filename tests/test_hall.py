"""The query machine of a service hall and the sheet for the notice board."""

from collections.abc import Iterator
import datetime
import io
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
import pypdf
import pytest

from gkssg.build import build

from conftest import BASE, Column, MakeColumn, entry

TODAY = datetime.date(2026, 11, 20)
FILES = {
    "content/rules/a.md": entry(
        "便民办法", "见[别处](https://elsewhere.example/x)。", published="2026-11-02", annexes="[b.txt]"
    ),
    "content/rules/b.txt": "附件",
    "content/rules/old.md": entry("旧事", published="2026-09-30", doc_no="示例发〔2026〕1号"),
    "content/rules/older.md": entry("更旧", published="2026"),
    "content/rules/asked.md": entry(
        "内部函", attribute="on-request", reason="依申请", review_by="2027-01-05", written="2026-11-05"
    ),
}


def test_a_sheet_shows_what_a_quarter_disclosed(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    sheet = made.text("board.html")
    assert "2026年第四季度政府信息公开公示" in sheet
    assert "便民办法" in sheet
    assert 'href="board-2026-Q3.html"' in sheet
    assert "旧事" in made.text("board-2026-Q3.html")
    assert "示例发〔2026〕1号" in made.text("board-2026-Q3.html")
    for address in ("board.html", "board-2026-Q3.html"):
        assert "内部函" not in made.text(address)
        assert "更旧" not in made.text(address)
    assert 'href="../board.html"' in made.text("statutory/index.html")


def test_a_column_without_dated_entries_has_no_sheet(column: MakeColumn) -> None:
    made = column({"content/rules/older.md": entry("更旧", published="2026")})
    made.build()
    assert "board.html" not in made.files()
    assert "kiosk.html" in made.files()


def test_the_sheet_changes_with_its_entries_and_not_with_the_day(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    assert made.build(today=datetime.date(2026, 12, 30)).made == ()


def test_nobody_is_led_to_the_query_machine(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    for path, data in made.files().items():
        if path.endswith((".html", ".xml")) and path != "kiosk.html":
            assert b"kiosk.html" not in data, path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a column once."""
    made = Column(tmp_path_factory.mktemp("column"))
    made.write({**BASE, **FILES})
    assert not build(made.root, made.root / "build", TODAY).failed
    return made.root / "build"


@pytest.fixture
def page(browser: Browser, built: Path) -> Iterator[Page]:
    """Open the query machine on an upright screen."""
    context = browser.new_context(viewport={"width": 1080, "height": 1920})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.clock.install(time=datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC))
    opened.goto(f"{(built / 'kiosk.html').as_uri()}?idle=60")
    yield opened
    assert faults == []
    context.close()


@pytest.mark.browser
def test_targets_are_large(page: Page) -> None:
    heights = page.locator("main a, main button, main input, .gk-kiosk-bar button").evaluate_all(
        "found => found.filter((one) => one.offsetHeight).map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 10
    assert min(heights) >= 63.9


@pytest.mark.browser
def test_the_machine_goes_along_and_leads_back(page: Page) -> None:
    page.get_by_role("link", name="便民办法").click()
    page.wait_for_url("**/rules/a.html")
    expect(page.locator("html")).to_have_attribute("data-gk-kiosk", "")
    expect(page.locator(".gk-tree")).to_be_hidden()
    page.get_by_role("button", name="返回首页").click()
    page.wait_for_url("**/kiosk.html?idle=60")


@pytest.mark.browser
def test_nothing_leads_out_of_the_column_and_nothing_is_downloaded(page: Page) -> None:
    page.get_by_role("link", name="便民办法").click()
    page.wait_for_url("**/rules/a.html")
    here = page.url
    for link in page.locator('a[href^="https://"], a[download]').all():
        if not link.is_visible():
            continue
        link.click()
        expect(page.locator("dialog")).to_contain_text("查询机不打开其他网站")
        page.get_by_role("button", name="关闭").click()
        assert page.url == here


@pytest.mark.browser
def test_it_returns_to_the_start_when_nobody_touches_it(page: Page) -> None:
    page.get_by_role("link", name="便民办法").click()
    page.wait_for_url("**/rules/a.html")
    page.evaluate("localStorage.setItem('gkssg-reader', '{\"contrast\": \"high\"}')")
    page.clock.run_for(50_000)
    expect(page.locator("dialog")).to_contain_text("秒后返回首页")
    page.get_by_role("button", name="继续查看").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.clock.run_for(61_000)
    page.wait_for_url("**/kiosk.html?idle=60")
    assert page.evaluate("localStorage.getItem('gkssg-reader')") is None


@pytest.mark.browser
@pytest.mark.usefixtures("page")
def test_other_tabs_are_no_machines(browser: Browser, built: Path) -> None:
    other = browser.new_context().new_page()
    other.goto((built / "rules/a.html").as_uri())
    expect(other.locator(".gk-kiosk-bar")).to_have_count(0)
    other.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("across", "size"), [(False, (297, 420)), (True, (420, 297))])
def test_the_sheet_is_printed_on_a3(browser: Browser, built: Path, across: bool, size: tuple[int, int]) -> None:  # noqa: FBT001
    page = browser.new_page()
    page.goto((built / "board.html").as_uri())
    if across:
        page.get_by_label("横向").check()
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.context.close()
    assert len(printed.pages) == 1
    assert tuple(round(float(side) / 72 * 25.4) for side in printed.pages[0].mediabox[2:]) == size
    assert "栏目导航" not in printed.pages[0].extract_text()
