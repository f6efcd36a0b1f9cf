"""The front page: what it shows of what is open, new, decided and changed, and what makes it anew."""

import datetime
import re

import pytest

from conftest import Column, MakeColumn, entry

NORM = "content/statutory/normative"
FILES = {
    f"{NORM}/old.md": entry("旧办法", effective="2020-01-01", published="2020-01-01"),
    f"{NORM}/new.md": entry(
        "新办法", published="2026-02-01", effective="2026-03-01", replaces="statutory/normative/old"
    ),
    f"{NORM}/term.md": entry("试行办法", effective="2024-01-01", expires="2026-12-31", published="2024-01-01"),
    f"{NORM}/kept.md": entry("常用办法", effective="2019-01-01", published="2019-01-01"),
    f"{NORM}/change.md": entry("关于修改办法的决定", published="2026-04-01", amends="statutory/normative/kept"),
    "content/statutory/policy/turned.md": entry(
        "清单",
        published="2026-01-10",
        converted="{from: on-request, date: 2026-01-10, standard: 不再影响原定用途, reviewer: 示例科}",
    ),
    "content/statutory/policy/asked.md": entry("内部函", attribute="on-request", reason="依申请", written="2026-01-05"),
    "content/statutory/policy/secret.md": entry(
        "不能让人知道的标题",
        attribute="withheld",
        reason="示例理由",
        review_by="2027-01-05",
        title_open="false",
        written="2026-01-06",
    ),
}
DECISION = {"undertaker": "示例局", "participation": "征求意见", "decide_by": "2027-01", "published": "2025-03-01"}
CHANGED = re.compile(
    r'<a href="([^"]+)">([^<]*)</a>\s*<time datetime="([\d-]+)">.*?</time>\s*'
    r'<span class="gk-entry-facts"><span class="gk-mark gk-mark-(\w+)">',
    re.DOTALL,
)


def part(made: Column, name: str) -> str:
    """Give a part of the front page."""
    text = made.text("index.html")
    return text[text.index(f'aria-labelledby="gk-{name}"') :].partition("</section>")[0]


def changes(made: Column) -> list[tuple[str, str, str]]:
    """Give the changes told: address, day, and what happened."""
    return [(address, day, what) for address, _, day, what in CHANGED.findall(part(made, "changes"))]


def test_what_changed_stands_with_its_day_newest_first(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    assert changes(made) == [
        ("statutory/normative/kept.html", "2026-04-01", "amended"),
        ("statutory/normative/old.html", "2026-03-01", "repealed"),
        ("statutory/policy/turned.html", "2026-01-10", "active"),
    ]
    assert '依据<a href="statutory/normative/new.html">《新办法》</a>' in part(made, "changes")


def test_a_change_is_told_from_its_day_on(column: MakeColumn) -> None:
    made = column(FILES)
    made.build(today=datetime.date(2026, 2, 28))
    assert [address for address, _, _ in changes(made)] == ["statutory/policy/turned.html"]
    made.build(today=datetime.date(2027, 1, 1))
    assert changes(made)[0] == ("statutory/normative/term.html", "2027-01-01", "expired")


def test_the_page_changes_with_what_it_shows_and_not_with_the_day(column: MakeColumn) -> None:
    made = column(FILES)
    made.build(today=datetime.date(2026, 5, 1))
    assert made.build(today=datetime.date(2026, 5, 20)).made == ()
    made.write({f"{NORM}/kept.md": entry("常用办法", "别的正文。", effective="2019-01-01", published="2019-01-01")})
    assert "index.html" not in dict(made.build(today=datetime.date(2026, 5, 20)).made)


def test_figures_count_every_entry_once(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    told = re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", part(made, "figures"))
    assert told == [("主动公开", "6"), ("其中2026年公开", "3"), ("依申请公开", "1"), ("不予公开", "1")]


def test_sections_tell_how_much_they_hold(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    told = dict(re.findall(r'gk-shelf-name">(.*?)</span><span[^>]*>(.*?)</span>', part(made, "shelves")))
    assert (told["行政规范性文件"], told["政策文件"], told["行政许可"]) == ("5条", "3条", "暂无")


def test_what_is_withheld_leaves_nothing_on_the_front_page(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    assert "不能让人知道的标题" not in made.text("index.html")
    assert "示例理由" not in made.text("index.html")


def test_the_search_and_the_doors_come_first(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    text = made.text("index.html")
    assert text.count("data-gk-search") == 1
    places = [text.index(mark) for mark in ('id="gk-main"', "data-gk-search", 'class="gk-doors"', 'id="gk-newest"')]
    assert places == sorted(places)
    doors = re.findall(r'<a[^>]* href="(\w+)/index\.html">', text[places[2] :].partition("</ul>")[0])
    assert '">政府信息公开<wbr>指南</a>' in text
    assert doors == ["guide", "rules", "statutory", "reports", "request"]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_decisions_are_those_of_the_newest_directory(column: MakeColumn, year: int) -> None:
    dossier = entry("示例事项", kind="dossier", profile="decision", year=str(year), **DECISION)
    made = column({"content/statutory/decisions/d.md": dossier})
    made.build()
    assert f"statutory/decisions/directory-{year}.html" in part(made, "decisions")
    assert "示例事项" in part(made, "decisions")
