"""Every text of a document leads to the others, and to what differs between them."""

import re

import pytest

from conftest import Column, MakeColumn, entry

NORMATIVE = "content/statutory/normative"
FILES: dict[str, str | bytes] = {
    f"{NORMATIVE}/old.md": entry("暂行办法", "第一条 甲应当巡查。\n\n第二条 乙。", written="2019-01-01"),
    f"{NORMATIVE}/a-2021.md": entry(
        "办法（2021年文本）", "第一条 甲应当每日巡查。", written="2021-01-01", effective="2021-02-01",
        version_of="statutory/normative/a",
    ),
    f"{NORMATIVE}/a-2023.md": entry(
        "办法（2023年文本）", "第一条 甲应当每周巡查。", written="2023-01-01", version_of="statutory/normative/a",
    ),
    f"{NORMATIVE}/a.md": entry(
        "办法", "第一条 甲应当每月巡查。", written="2025-01-01", effective="2025-02-01",
        replaces="statutory/normative/old",
    ),
}  # fmt: skip


@pytest.fixture
def made(column: MakeColumn) -> Column:
    """Build a document with two historic texts that replaced another one."""
    made = column(FILES)
    made.build()
    return made


def comparisons(made: Column) -> dict[str, tuple[str, ...]]:
    """Give the addresses of the comparisons, with the texts each compares."""
    pages = [path for path in made.files() if ".compare-" in path]
    links = re.compile(r'<dd><a href="([^"]*)">')
    return {path.rpartition("/")[2]: tuple(links.findall(made.text(path))[:2]) for path in pages}


def test_neighbouring_texts_are_compared(made: Column) -> None:
    assert comparisons(made) == {
        "a-2021.compare-1.html": ("old.html", "a-2021.html"),
        "a-2023.compare-1.html": ("a-2021.html", "a-2023.html"),
        "a.compare-1.html": ("a-2023.html", "a.html"),
    }
    page = made.text("statutory/normative/a.compare-1.html")
    assert "修改1条，新增0条，删除0条，未变0条。" in page
    assert "<del>每周</del>" in page or "<del>周</del>" in page
    assert "<ins>每月</ins>" in page or "<ins>月</ins>" in page


@pytest.mark.parametrize("name", ["old", "a-2021", "a-2023", "a"])
def test_every_text_lists_all_of_them_and_the_comparisons(made: Column, name: str) -> None:
    page = made.text(f"statutory/normative/{name}.html")
    part = page.partition('id="gk-versions"')[2].partition("</section>")[0]
    others = ["a", "a-2023", "a-2021", "old"]
    links = re.findall(r'href="([^"]*)"', part)
    assert [link for link in links if ".compare-" not in link] == [f"{n}.html" for n in others if n != name]
    assert sum(".compare-" in link for link in links) == 3
    assert part.count("aria-current") == 1


def test_comparisons_are_in_no_list(made: Column) -> None:
    for page in ("statutory/normative/index.html", "statutory/index.html", "index.html", "sitemap.xml", "feed.xml"):
        assert ".compare-" not in made.text(page)


def test_a_historic_text_says_so_and_is_not_in_force(made: Column) -> None:
    page = made.text("statutory/normative/a-2021.html")
    assert re.search(
        r'<strong>历史文本</strong>\s*这是历史文本，供查考。现行文本见<a href="a.html">《办法》</a>。', page
    )
    assert "gk-mark-amended" in page
    assert "历史文本</strong>" not in made.text("statutory/normative/a.html")


def changes(made: Column, name: str) -> list[str]:
    """Give what a page says happened to its document."""
    part = made.text(f"statutory/normative/{name}.html").partition('id="gk-history"')[2].partition("</section>")[0]
    return [" ".join(re.sub(r"<[^>]*>", " ", item).split()) for item in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)]


def test_history_is_told_in_order(made: Column) -> None:
    assert changes(made, "a") == [
        "2019-01-01 印发 《暂行办法》",
        "2021-01-01 印发 《办法（2021年文本）》",
        "2023-01-01 印发 《办法（2023年文本）》",
        "2025-01-01 印发",
        "2025-02-01 施行",
        "2025-02-01 替代 《暂行办法》",
    ]


def test_that_a_document_was_disclosed_later_is_a_change(column: MakeColumn) -> None:
    fields = "{from: on-request, date: 2026-02-01, standard: 标准, reviewer: 办公室}"
    made = column({f"{NORMATIVE}/x.md": entry("单件", written="2025-01-01", published="2025-01-20", converted=fields)})
    made.build()
    assert changes(made, "x") == [
        "2025-01-01 印发",
        "2025-01-20 在本专栏发布",
        "2026-02-01 由依申请公开转为主动公开",
    ]


def test_what_is_not_open_is_no_text_to_compare(column: MakeColumn) -> None:
    closed = {
        f"{NORMATIVE}/old.md": entry("暂行办法", "第一条 䨻䨺䨹。", attribute="withheld", reason="14-1"),
        f"{NORMATIVE}/a-2021.md": entry(
            "旧文本", "第一条 䨻䨺䨹。", attribute="on-request", reason="15", version_of="statutory/normative/a"
        ),
    }
    made = column({**FILES, **closed})
    made.build()
    assert comparisons(made) == {"a.compare-1.html": ("a-2023.html", "a.html")}
    assert not [path for path, data in made.files().items() if "䨻䨺䨹".encode() in data]
    assert "旧文本" not in made.text("statutory/normative/a.html")


def test_a_comparison_is_made_again_only_when_a_text_changes(made: Column) -> None:
    made.write({f"{NORMATIVE}/a-2021.md": str(FILES[f"{NORMATIVE}/a-2021.md"]).replace("每日", "逐日")})
    again = {path for path, _ in made.build().made if not path.startswith("search/")}
    assert again == {
        "statutory/normative/a-2021.html",
        "statutory/normative/a-2021.compare-1.html",
        "statutory/normative/a-2023.compare-1.html",
    }


def test_a_document_of_one_text_to_which_nothing_happened_has_no_such_sections(column: MakeColumn) -> None:
    made = column({f"{NORMATIVE}/x.md": entry("单件", "第一条 甲。", written="2025")})
    made.build()
    page = made.text("statutory/normative/x.html")
    assert "gk-versions" not in page
    assert "gk-history" not in page
