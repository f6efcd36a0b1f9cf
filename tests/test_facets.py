"""Lists of parts of a section: by year, by organ, by topic, as pages of their own."""

import re

from playwright.sync_api import Browser, expect
import pytest

from conftest import Column, MakeColumn, entry

POLICY = "content/statutory/policy"


def entries(count: int) -> dict[str, str | bytes]:
    """Give so many documents of two years, of two organs of which the first leads, and of two topics."""
    return {
        f"{POLICY}/{number:02}.md": entry(
            f"文件{number}",
            published=f"{2025 + number % 2}-03-{number % 28 + 1:02}",
            issuer="[甲局, 乙局]" if number % 3 == 0 else "甲局",
            topic="财政、金融\\\\预算" if number % 5 == 0 else "综合政务",
        )
        for number in range(count)
    }


def choices(text: str) -> list[tuple[str, str, str]]:
    """Give what a page offers: address, name, count."""
    found = re.findall(r'<li><a href="(by-[^"]+)"[^>]*>([^< ]+)(?: <span>(\d+)</span>)?</a>', text)
    return [(address, name, count) for address, name, count in found]


def rows(text: str) -> int:
    """Count the entries of a list."""
    return text.count('<li class="gk-entry">')


def test_the_front_leads_to_the_parts_with_their_numbers(column: MakeColumn) -> None:
    made = column(entries(12))
    made.build()
    assert choices(made.text("statutory/policy/index.html")) == [
        ("by-year-2026.html", "2026年", "6"),
        ("by-year-2025.html", "2025年", "6"),
        ("by-organ-甲局.html", "甲局", "12"),
        ("by-organ-乙局.html", "乙局", "4"),
        ("by-topic-综合政务.html", "综合政务", "9"),
        ("by-topic-财政、金融.html", "财政、金融", "3"),
    ]
    for name, count in (("year-2026", 6), ("organ-甲局", 12), ("organ-乙局", 4), ("topic-财政、金融", 3)):
        assert rows(made.text(f"statutory/policy/by-{name}.html")) == count


def test_a_part_leads_to_the_others_of_its_kind_and_back(column: MakeColumn) -> None:
    made = column(entries(12))
    made.build()
    text = made.text("statutory/policy/by-year-2025.html")
    assert choices(text) == [("by-year-2026.html", "2026年", ""), ("by-year-2025.html", "2025年", "")]
    assert 'href="by-year-2025.html" aria-current="page"' in text
    assert '<a href="index.html">本栏目全部信息</a>' in text
    assert 'href="../../search.html?section=statutory/policy">在本栏目中检索</a>' in text
    assert "<h1" in text
    assert "政策文件：2025年" in text


def test_a_short_list_needs_no_parts(column: MakeColumn) -> None:
    made = column(entries(9))
    made.build()
    assert "gk-facets" not in made.text("statutory/policy/index.html")
    assert [path for path in made.files() if "/by-year" in path] == []


def test_long_parts_have_pages_that_stay(column: MakeColumn) -> None:
    made = column(entries(230))
    made.build()
    front = made.text("statutory/policy/by-year-2026.html")
    assert rows(front) == 115
    assert 'href="by-year-2026.page-1.html"' not in front
    assert rows(made.text("statutory/policy/by-organ-甲局.html")) == 130
    assert rows(made.text("statutory/policy/by-organ-甲局.page-1.html")) == 100
    before = made.text("statutory/policy/by-organ-甲局.page-1.html")
    made.write({f"{POLICY}/new.md": entry("新文件", published="2026-11-01", issuer="甲局")})
    made.build()
    assert made.text("statutory/policy/by-organ-甲局.page-1.html") == before


def test_an_edited_text_makes_no_list(column: MakeColumn) -> None:
    made: Column = column(entries(12))
    made.build()
    text = str(entries(12)[f"{POLICY}/03.md"])
    made.write({f"{POLICY}/03.md": text.replace("正文。", "别的正文。")})
    assert [path for path, _ in made.build().made if not path.startswith("search/")] == ["statutory/policy/03.html"]


def test_a_withheld_entry_is_listed_by_what_is_open_of_it(column: MakeColumn) -> None:
    secret = entry(
        "不公开的题名",
        attribute="withheld",
        reason="14-3",
        title_open="false",
        topic="国防",
        written="2024-01-05",
        issuer="甲局",
        review_by="2027-01-05",
    )
    made = column({**entries(12), f"{POLICY}/secret-name.md": secret})
    made.build()
    text = made.text("statutory/policy/by-year-2024.html")
    assert rows(text) == 1
    every = b"".join(made.files().values()).decode("utf-8", errors="ignore")
    for word in ("不公开的题名", "国防", "secret-name"):
        assert word not in every


@pytest.mark.browser
def test_the_search_of_a_section_begins_with_that_section(column: MakeColumn, browser: Browser) -> None:
    made = column({**entries(12), "content/rules/r.md": entry("制度")})
    made.build()
    page = browser.new_page()
    page.goto((made.root / "build/statutory/policy/index.html").as_uri())
    page.get_by_role("link", name="在本栏目中检索").click()
    expect(page.locator("#gk-hits > li")).to_have_count(10)
    expect(page.locator("#gk-filter-section")).to_have_value("statutory/policy")
    expect(page.locator("#gk-search-status")).to_contain_text("12")
    page.context.close()


@pytest.mark.browser
def test_on_a_phone_the_ways_stand_behind_a_switch(column: MakeColumn, browser: Browser) -> None:
    made = column(entries(12))
    made.build()
    page = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False).new_page()
    page.goto((made.root / "build/statutory/policy/index.html").as_uri())
    year = page.get_by_role("link", name="2026年 6")
    expect(year).to_be_hidden()
    page.locator("summary", has_text="筛选").click()
    year.click()
    expect(page.locator("h1")).to_have_text("政策文件：2026年")
    page.context.close()
