"""Without a mouse: from the search box to a document, through filters, menus and every stop of a page."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect
import pytest

from conftest import Sample

pytestmark = pytest.mark.browser

FOCUS = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(e);
  const { left, right, top, bottom } = e.getBoundingClientRect();
  const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\\)$/.test(outlineColor);
  const large = right - left > 4 && bottom - top > 4;
  const seen = large && right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
  return [ring && seen, e.outerHTML.slice(0, 120)];
}"""
"""Tells whether a reader sees where he is: a ring around what is in the window; null where nothing has the focus."""
MOST = 400


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a wide window."""
    context = browser.new_context(viewport={"width": 1366, "height": 800})
    yield context.new_page()
    context.close()


def step(page: Page) -> bool:
    """Go one stop further, which must show that it has the focus; tell whether there was one."""
    page.keyboard.press("Tab")
    told = page.evaluate(FOCUS)
    assert told is None or told[0], told
    return told is not None


def go_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(MOST):
        assert step(page), f"the page ends before {selector}"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached")


def test_from_the_search_box_through_suggestions_results_and_filters_to_a_document(page: Page, sample: Sample) -> None:
    page.goto((sample.folder / "index.html").as_uri())
    go_to(page, "#gk-q")
    page.keyboard.type("电动自行车")
    suggestions = page.get_by_role("option")
    expect(suggestions.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(suggestions.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(suggestions.first).to_be_hidden()
    page.keyboard.press("Enter")
    hits = page.locator("[data-hit]")
    expect(hits.first).to_be_visible()
    every = hits.count()
    go_to(page, "#gk-filters summary")
    page.keyboard.press("Enter")
    go_to(page, "#gk-filter-kind")
    expect(page.locator("#gk-filter-kind option").nth(1)).to_be_attached()
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**kind=*")
    expect(hits.first).to_be_visible()
    assert 0 < hits.count() <= every
    go_to(page, "[data-hit] a")
    title = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statutory/**")
    assert page.inner_text("h1") == title


def test_a_suggestion_leads_to_its_document(page: Page, sample: Sample) -> None:
    page.goto((sample.folder / "statutory/index.html").as_uri())
    go_to(page, "#gk-q")
    page.keyboard.type("电动自行车")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statutory/*/*.html")


@pytest.mark.parametrize(
    "template", ["home.html", "list.html", "document.html", "consultation.html", "search.html", "form.html"]
)
@pytest.mark.parametrize("width", [1366, 390])
def test_every_stop_of_a_page_is_seen_and_none_holds_the_focus(
    template: str, width: int, page: Page, sample: Sample
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((sample.folder / sample.pages[template][0]).as_uri())
    stops = 0
    while step(page):
        stops += 1
        assert stops < MOST, "the page holds the focus"
    assert stops >= 15


def test_the_first_stop_leads_past_the_frame(page: Page, sample: Sample) -> None:
    page.goto((sample.folder / "statutory/policy/2023-liaocheng-yaodian.html").as_uri())
    assert step(page)
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "gk-main"
    assert step(page)
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_tree_opens_on_a_phone(browser: Browser, sample: Sample, *, scripts: bool) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto((sample.folder / "index.html").as_uri())
    tree = page.locator("#gk-tree a")
    expect(tree.first).to_be_hidden()
    go_to(page, ".gk-menu summary")
    page.keyboard.press("Enter")
    expect(tree.first).to_be_visible()
    assert step(page)
    assert page.evaluate("document.activeElement.closest('#gk-tree') !== null")
    context.close()


def test_buttons_say_what_they_are_and_can_be_pressed(page: Page, sample: Sample) -> None:
    page.goto((sample.folder / "index.html").as_uri())
    go_to(page, "[data-gk-choose=layout]")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="长辈版", pressed=True)).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="长辈版", pressed=False)).to_be_visible()
