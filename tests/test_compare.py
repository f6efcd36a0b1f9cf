"""Two texts are compared as a lawyer would: article by article, numbers aside, in bounded time."""

from pathlib import Path
import re
import sys
import time

import pytest

from gkssg.markup import compare as module
from gkssg.markup.compare import Comparison, Row, compare
from gkssg.markup.convert import convert

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import corpus


def compared(old: str, new: str) -> Comparison:
    """Compare two texts in Markdown."""
    return compare(convert(old, "content/a.md").html, convert(new, "content/a.md").html)


def marked(row: Row) -> str:
    """Write a row with its marks: [-gone-]{+come+}, the old side and the new one parted by ``|``."""
    marks = {"": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
    sides = []
    for side in (row.old, row.new):
        paragraphs = side.paragraphs if side else ()
        words = "/".join("".join(marks[piece.mark].format(piece.text) for piece in p) for p in paragraphs)
        sides.append(f"{side.label}：{words}" if side else "—")
    return f"{row.kind} {sides[0]} | {sides[1]}"


def rows(old: str, new: str) -> list[str]:
    """Give the rows of two texts in Markdown."""
    return [marked(row) for row in compared(old, new).rows]


def test_words_that_differ_are_marked_on_their_side() -> None:
    assert rows("第一条 停放不超过15分钟的，不收费。", "第一条 停放不超过30分钟的，不收费。") == [
        "changed 第一条：停放不超过[-15-]分钟的，不收费。 | 第一条：停放不超过{+30+}分钟的，不收费。"
    ]


def test_a_number_of_an_article_is_one_word() -> None:
    assert rows("第一条 依照本法第二十六条的规定办理。", "第一条 依照本法第二十五条的规定办理。") == [
        "changed 第一条：依照本法第[-二十六-]条的规定办理。 | 第一条：依照本法第{+二十五+}条的规定办理。"
    ]


OLD = "第一条 应当保持通道畅通。\n\n第二条 物业服务人应当每日巡查。\n\n第三条 本办法由区政府负责解释。"
NEW = (
    "第一条 应当保持通道畅通。\n\n第二条 鼓励专业机构投资建设充电设施。\n\n"
    "第三条 物业服务人应当每日巡查，并做好记录。\n\n第四条 本办法由区政府负责解释。"
)


def test_an_article_that_only_got_another_number_is_known_again() -> None:
    comparison = compared(OLD, NEW)
    assert [marked(row) for row in comparison.rows] == [
        "same 第一条：应当保持通道畅通。 | 第一条：应当保持通道畅通。",
        "added — | 第二条：鼓励专业机构投资建设充电设施。",
        "changed 第二条：物业服务人应当每日巡查。 | 第三条：物业服务人应当每日巡查{+，并做好记录+}。",
        "same 第三条：本办法由区政府负责解释。 | 第四条：本办法由区政府负责解释。",
    ]
    counts = [comparison.count(kind) for kind in ("changed", "added", "removed", "same")]
    assert (comparison.by, counts, comparison.renumbered, comparison.others) == ("articles", [1, 1, 0, 2], 1, 0)
    assert [len(stretch) for stretch in comparison.stretches] == [1, 1, 1, 1]


def test_backwards_the_added_article_is_a_removed_one_in_its_place() -> None:
    assert [row.kind for row in compared(NEW, OLD).rows] == ["same", "removed", "changed", "same"]


def test_paragraphs_and_items_belong_to_their_article() -> None:
    old = "第一条 甲方应当：\n\n（一）巡查；\n\n（二）登记。\n\n另有规定的除外。"
    (row,) = rows(old, old.replace("另有规定的除外。", "法律另有规定的除外。"))
    assert row.startswith("changed 第一条：甲方应当：/（一）巡查；/（二）登记。/另有规定的除外。 | ")
    assert row.endswith("第一条：甲方应当：/（一）巡查；/（二）登记。/{+法律+}另有规定的除外。")


def test_two_articles_that_changed_places_are_the_same() -> None:
    comparison = compared("第一条 甲单位负责。\n\n第二条 乙部门配合。", "第一条 乙部门配合。\n\n第二条 甲单位负责。")
    assert (comparison.count("same"), comparison.renumbered) == (2, 2)


def test_what_has_no_number_is_compared_too_and_counted_apart() -> None:
    old, new = (f"经{who}同意，现印发。\n\n## 第一章 总则\n\n第一条 甲。\n\n附件：1. 乙" for who in ("政府", "区政府"))
    comparison = compared(old, new)
    assert [row.kind for row in comparison.rows] == ["changed", "same", "same", "same"]
    assert (comparison.count("changed"), comparison.others) == (0, 1)


@pytest.mark.parametrize(
    ("old", "new", "by", "changed"),
    [
        ("一、甲应当巡查。\n\n二、乙应当登记。", "一、甲应当每日巡查。\n\n二、乙应当登记。", "clauses", 1),
        ("甲应当巡查。\n\n乙应当登记。", "甲应当每日巡查。\n\n乙应当登记。", "paragraphs", 1),
        ("一、甲应当每日巡查通道。", "第一条 甲应当每日巡查疏散通道。", "articles", 1),
    ],
)
def test_texts_without_articles(old: str, new: str, by: str, changed: int) -> None:
    comparison = compared(old, new)
    assert (comparison.by, comparison.count("changed"), comparison.others) == (by, changed, 0)


def test_width_of_punctuation_and_blanks_are_no_difference() -> None:
    assert [row.kind for row in compared("第一条 甲(乙):丙", "第一条　甲（乙）： 丙").rows] == ["same"]


def test_texts_that_have_nothing_in_common() -> None:
    comparison = compared("第一条 甲乙丙丁戊己。", "第一条 子丑寅卯辰巳。")
    assert [comparison.count(kind) for kind in ("changed", "added", "removed", "same")] == [0, 1, 1, 0]
    assert compared("", "").rows == ()
    assert [row.kind for row in compared("", "第一条 甲。").rows] == ["added"]


def test_nothing_is_lost_on_either_side() -> None:
    comparison = compared(OLD, NEW)
    for source, marks in ((OLD, {"", "del"}), (NEW, {"", "ins"})):
        sides = [row.old if "del" in marks else row.new for row in comparison.rows]
        words = "".join(
            side.label + "".join(piece.text for p in side.paragraphs for piece in p if piece.mark in marks)
            for side in sorted(filter(None, sides), key=lambda side: source.index(side.label))
        )
        assert words == re.sub(r"\s", "", source)


def test_long_texts_take_seconds_and_too_long_ones_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [f"第{n}条 关于第{n}项工作的规定：应当自收到之日起{n}日内办理完毕并且予以公布。" for n in range(1, 1500)]
    started = time.monotonic()
    comparison = compared("\n\n".join(many), "\n\n".join(many[::-1]).replace("办理", "处理"))
    assert time.monotonic() - started < 20
    assert len(comparison.rows) >= 1499
    page = "字" * 60000
    assert compared(f"第一条 {page}甲", f"第一条 {page}乙").is_coarse
    monkeypatch.setattr(module, "LONGEST", 100)
    assert compared("第一条 " + "甲" * 101, "第一条 乙").rows == ()


LAWS = {
    "中华人民共和国对外贸易法": ("2016-11-07", "2022-12-30"),
    "国内水路运输管理条例": ("2016-02-06", "2023-07-20"),
}


def laws(title: str) -> list[str]:
    """Give the texts of a law, the older first."""
    found = [record for record in corpus.records(policies=0) if record.title.partition("（")[0] == title]
    return [record.body for record in sorted(found, key=lambda record: max(day for _, day in record.dates))]


@pytest.mark.skipif(not corpus.LAWS.is_file(), reason="the corpora are not here (../shared/corpus)")
def test_the_foreign_trade_law_lost_one_article_in_2022() -> None:
    """By the decision of 2022-12-30, article 9 was deleted, and the numbers in it moved up: nothing else."""
    comparison = compared(*laws("中华人民共和国对外贸易法"))
    counts = [comparison.count(kind) for kind in ("changed", "added", "removed", "same")]
    assert counts[1:3] == [0, 1]
    assert counts[0] + counts[3] == 69
    (removed,) = (row for row in comparison.rows if row.kind == "removed")
    assert marked(removed).startswith("removed 第九条：从事货物进出口或者技术进出口的对外贸易经营者，应当向")
    changes = [
        piece.text
        for row in comparison.rows
        if row.kind == "changed"
        for side in filter(None, (row.old, row.new))
        for paragraph in side.paragraphs
        for piece in paragraph
        if piece.mark
    ]
    assert changes
    assert [text for text in changes if not re.fullmatch(r"[一二三四五六七八九十第条、款]+", text)] == []


@pytest.mark.skipif(not corpus.LAWS.is_file(), reason="the corpora are not here (../shared/corpus)")
def test_the_regulation_on_water_transport_lost_one_paragraph() -> None:
    comparison = compared(*laws("国内水路运输管理条例"))
    (changed,) = (row for row in comparison.rows if row.kind != "same")
    assert changed.kind == "changed"
    assert "[-从事水路运输经营的船舶未随船携带船舶营运证件的，责令改正，可以处1000元以下的罚款。-]" in marked(changed)
