"""Organs: their pages, what they issued, what became of them, and the names documents keep."""

import html
import re

import pytest

from gkssg.build import inspect

from conftest import ORGAN, TODAY, Column, MakeColumn, entry

FOLDER = "content/statutory/organs"
POLICY = "content/statutory/policy"
NEW = entry(
    "示例住建局",
    kind="organ",
    formerly="[示例建委]",
    succeeds="[{organ: statutory/organs/old, date: 2019-03-20, how: 更名, note: 机构改革}]",
)
OLD = entry("示例建设局", kind="organ")
SUCCESSION = {f"{FOLDER}/new.md": NEW, f"{FOLDER}/old.md": OLD}


def said(made: Column, path: str) -> str:
    """Give the words of a page, without marks."""
    return html.unescape(re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", made.text(path))))


def part(made: Column, path: str, name: str) -> str:
    """Give the HTML of a part of a page by the id of its heading."""
    return made.text(path).partition(f'<h2 id="{name}"')[2].partition("</section>")[0]


def found(made: Column, rule: str) -> list[tuple[str, int]]:
    """Give the places where a rule reports something."""
    return [(p.place.path, p.place.line) for p in inspect(made.root, TODAY) if p.rule == rule]


def issued(count: int, issuer: str = "示例住建局", first: int = 1) -> dict[str, str]:
    """Give documents of an organ, one a day."""
    return {
        f"{POLICY}/{n:03}.md": entry(f"文件{n}", issuer=issuer, published=f"2026-{1 + n // 28:02}-{1 + n % 28:02}")
        for n in range(first, first + count)
    }


def test_a_document_keeps_the_name_of_its_time(column: MakeColumn) -> None:
    made = column({**SUCCESSION, f"{POLICY}/a.md": entry("甲", issuer="示例建设局", written="2018-06-12")})
    assert not made.build().problems
    page = made.text("statutory/policy/a.html")
    assert '<a href="../organs/old.html">示例建设局</a>（' in page
    assert '<a href="../organs/new.html">示例住建局</a>）' in page
    assert "示例建设局（2019年3月20日更名为示例住建局）" in said(made, "statutory/policy/a.html")


def test_a_former_name_without_a_page_leads_to_what_the_organ_is_now(column: MakeColumn) -> None:
    made = column({**SUCCESSION, f"{POLICY}/a.md": entry("甲", issuer="示例建委", written="2001")})
    assert not made.build().problems, "a former name is a known one"
    assert '<a href="../organs/new.html">示例建委</a>（现为' in made.text("statutory/policy/a.html")
    assert "原示例建委制发" in said(made, "statutory/organs/new.html")
    assert 'href="../policy/a.html"' in part(made, "statutory/organs/new.html", "gk-issued-1")


def test_both_organs_show_what_happened(column: MakeColumn) -> None:
    made = column({**SUCCESSION, f"{POLICY}/a.md": entry("甲", issuer="示例建设局", written="2018-06-12")})
    made.build()
    for address in ("statutory/organs/old.html", "statutory/organs/new.html"):
        assert "2019年3月20日更名为示例住建局" in re.sub(r"<[^>]+>", "", part(made, address, "gk-succession"))
        assert "机构改革" in part(made, address, "gk-succession")
    assert 'href="../policy/a.html"' in part(made, "statutory/organs/old.html", "gk-newest")
    assert "原示例建设局制发" in said(made, "statutory/organs/new.html")
    assert 'href="../policy/a.html"' in part(made, "statutory/organs/new.html", "gk-issued-1")
    assert 'href="../policy/a.html"' not in part(made, "statutory/organs/new.html", "gk-newest")


def test_a_chain_is_told_to_its_end(column: MakeColumn) -> None:
    newest = entry("示例城乡局", kind="organ", succeeds="[{organ: statutory/organs/new, date: 2024-01, how: 合并}]")
    made = column(
        {**SUCCESSION, f"{FOLDER}/z.md": newest, f"{POLICY}/a.md": entry("甲", issuer="示例建设局", written="2018")}
    )
    made.build()
    told = "示例建设局（2019年3月20日更名为示例住建局，2024年1月合并组成示例城乡局）"
    assert told in said(made, "statutory/policy/a.html")
    assert told in said(made, "statutory/organs/z.html")
    assert "原示例建设局制发" in said(made, "statutory/organs/z.html")


def test_an_organ_that_was_divided_has_several_successors(column: MakeColumn) -> None:
    halves = {
        f"{FOLDER}/{n}.md": entry(f"示例{n}局", kind="organ", succeeds="[{organ: statutory/organs/old, how: 分设}]")
        for n in "mn"
    }
    made = column(
        {f"{FOLDER}/old.md": OLD, **halves, f"{POLICY}/a.md": entry("甲", issuer="示例建设局", written="2018")}
    )
    made.build()
    assert "示例建设局（分设示例m局，分设示例n局）" in said(made, "statutory/policy/a.html")


def test_a_withheld_organ_lends_nothing_to_others(column: MakeColumn) -> None:
    old = entry("秘密局", kind="organ", attribute="withheld", reason="14-1", title_open="false")
    made = column(
        {f"{FOLDER}/old.md": old, f"{FOLDER}/new.md": NEW, f"{POLICY}/a.md": entry("甲", issuer="示例住建局")}
    )
    made.build()
    assert not [path for path, data in made.files().items() if "秘密局".encode() in data]
    secret = entry(
        "秘密局", kind="organ", attribute="withheld", reason="14-1", succeeds="[{organ: statutory/organs/old}]"
    )
    made.write({f"{FOLDER}/old.md": OLD, f"{FOLDER}/new.md": secret})
    made.build()
    assert "秘密局" not in made.text("statutory/organs/old.html")


@pytest.mark.parametrize(
    ("issuer", "written", "reported"),
    [
        ("示例建设局", "2019-03-21", True),
        ("示例建设局", "2019-03-20", False),
        ("示例建设局", "2018", False),
        ("示例建设局", "2019", False),
        ("示例住建局", "2026", False),
        ("示例建委", "2026", False),
    ],
)
def test_a_name_is_of_its_time(column: MakeColumn, issuer: str, written: str, *, reported: bool) -> None:
    made = column({**SUCCESSION, f"{POLICY}/a.md": entry("甲", issuer=issuer, written=written)})
    assert found(made, "organ-former") == ([(f"{POLICY}/a.md", 4)] if reported else [])


def test_a_succession_in_a_circle_is_an_error(column: MakeColumn) -> None:
    old = OLD.replace("---\n正文", "succeeds: [{organ: statutory/organs/new}]\n---\n正文")
    made = column({f"{FOLDER}/new.md": NEW, f"{FOLDER}/old.md": old})
    assert [path for path, _ in found(made, "relation-circle")] == [f"{FOLDER}/new.md", f"{FOLDER}/old.md"]


def test_only_an_organ_can_be_succeeded(column: MakeColumn) -> None:
    made = column({f"{FOLDER}/new.md": NEW, f"{FOLDER}/old.md": entry("不是机构")})
    assert found(made, "organ-kind") == [(f"{FOLDER}/new.md", 6)]


ELEMENTS = {
    "功能": ("履行职能。", ""),
    "机构设置": ("departments: [{name: 示例科}]\n", ""),
    "办公地址": ("address: 示例路1号\n", ""),
    "办公时间": ("hours: 工作日 8:30—12:00，13:30—17:30\n", ""),
    "联系方式": ("phone: 0000-00000000\n", ""),
    "负责人姓名": ("leaders: [{name: 示例甲, post: 区长}]\n", ""),
}


@pytest.mark.parametrize("element", ELEMENTS)
def test_each_element_of_article_20_is_asked_for(column: MakeColumn, element: str) -> None:
    made = column({f"{FOLDER}/gov.md": ORGAN.replace(*ELEMENTS[element])})
    assert found(made, "organ-facts") == [(f"{FOLDER}/gov.md", 1)]


def test_the_elements_are_asked_of_organs_of_the_column_only(column: MakeColumn) -> None:
    made = column(
        {
            **SUCCESSION,
            f"{FOLDER}/below.md": entry("示例局", kind="organ", parent="示例区人民政府"),
            f"{FOLDER}/deeper.md": entry("示例所", kind="organ", parent="示例局"),
            f"{FOLDER}/old.md": entry("示例建设局", kind="organ", parent="示例区人民政府"),
            f"{FOLDER}/circle.md": entry("自己", kind="organ", parent="自己"),
        }
    )
    assert [path for path, _ in found(made, "organ-facts")] == [f"{FOLDER}/below.md", f"{FOLDER}/deeper.md"]


def test_an_organ_page_leads_to_all_it_issued(column: MakeColumn) -> None:
    made = column({**SUCCESSION, **issued(25), **issued(3, "[示例区人民政府, 示例住建局]", 50)})
    made.build()
    page = made.text("statutory/organs/new.html")
    assert part(made, "statutory/organs/new.html", "gk-newest").count('class="gk-entry"') == 10
    assert 'href="new/index.html"' in page
    assert "查看全部28条" in page
    assert "政策文件" in part(made, "statutory/organs/new.html", "gk-by-section")
    assert "<td" in part(made, "statutory/organs/new.html", "gk-tallies")
    lists = [made.text(f"statutory/organs/new/{name}.html") for name in ("index", "page-1", "page-2")]
    shown = {title for text in lists for title in re.findall(r">(文件\d+)</a>", text)}
    assert shown == {f"文件{n}" for n in (*range(1, 26), *range(50, 53))}
    assert "statutory/organs/gov/index.html" not in made.files(), "what fits on the page has no list of its own"


def test_what_was_issued_under_a_former_name_is_in_the_list_of_all(column: MakeColumn) -> None:
    made = column({**SUCCESSION, **issued(12, "示例建委"), **issued(2, "[示例住建局, 示例建委]", 40)})
    made.build()
    page = part(made, "statutory/organs/new.html", "gk-issued-1")
    assert page.count('class="gk-entry"') == 10
    assert 'href="new/index.html"' in page
    assert part(made, "statutory/organs/new.html", "gk-newest").count('class="gk-entry"') == 2
    assert len(re.findall(r">文件\d+</a>", made.text("statutory/organs/new/index.html"))) == 14


def test_a_new_entry_leaves_the_older_pages_of_the_list_alone(column: MakeColumn) -> None:
    made = column({**SUCCESSION, **issued(45)})
    made.build()
    made.write({f"{POLICY}/new.md": entry("新", issuer="示例住建局", published="2026-10-01")})
    written = set(made.build().written)
    assert {
        "statutory/organs/new.html",
        "statutory/organs/new/index.html",
        "statutory/organs/new/page-3.html",
    } <= written
    assert not written & {"statutory/organs/new/page-1.html", "statutory/organs/new/page-2.html"}


def test_the_directory_shows_the_hierarchy(column: MakeColumn) -> None:
    made = column(
        {
            **SUCCESSION,
            f"{FOLDER}/city.md": entry("示例市政府", kind="organ"),
            f"{FOLDER}/gov.md": ORGAN.replace("address:", "parent: 示例市政府\naddress:"),
            f"{FOLDER}/new.md": NEW.replace("formerly:", "parent: 示例区人民政府\nphone: 0000-1\nformerly:"),
            f"{FOLDER}/alien.md": entry("别处的局", kind="organ"),
            f"{FOLDER}/x.md": entry("循环甲", kind="organ", parent="循环乙"),
            f"{FOLDER}/y.md": entry("循环乙", kind="organ", parent="循环甲"),
        }
    )
    made.build()
    page = made.text("statutory/organs/directory.html")
    rows = re.findall(r'gk-depth-(\d)"><a href="[^"]*">(.*?)</a></th><td>(.*?)</td><td>(.*?)</td>', page)
    assert rows == [
        ("0", "示例市政府", "—", "—"),
        ("1", "示例区人民政府", "示例路1号", "0000-00000000"),
        ("2", "示例住建局", "—", "0000-1"),
        ("0", "别处的局", "—", "—"),
        ("0", "循环甲", "—", "—"),
        ("1", "循环乙", "—", "—"),
    ]
    assert "示例建设局（2019年3月20日更名为示例住建局）" in said(made, "statutory/organs/directory.html")
    assert 'href="directory.html"' in made.text("statutory/organs/index.html")
    assert 'href="new.html"' in part(made, "statutory/organs/gov.html", "gk-below")


def test_the_way_to_an_entry_and_its_issuer_stand_on_its_page(column: MakeColumn) -> None:
    made = column({**SUCCESSION, "content/rules/a.md": entry("方案", issuer="示例住建局")})
    made.build()
    page = made.text("rules/a.html")
    crumbs = page.partition('<nav class="gk-crumbs"')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="(.*?)">(.*?)</a>', crumbs) == [
        ("../index.html", "政府信息公开"),
        ("index.html", "政府信息公开制度"),
    ]
    assert (
        '<a href="../statutory/organs/new.html">示例住建局</a>' in page.partition("<table")[2].partition("</table>")[0]
    )
