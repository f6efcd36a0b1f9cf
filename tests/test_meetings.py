"""Meetings: agenda, attendees and what they said; what of it is not open; the table of a year."""

import html
import re

import pytest

from gkssg.build import inspect

from conftest import TODAY, Column, MakeColumn, entry

FOLDER = "statutory/meetings"
PAGE = f"{FOLDER}/m.html"
YEAR = f"{FOLDER}/year-2026.html"


def meeting(**fields: str) -> dict[str, str | bytes]:
    """Give a column with one meeting."""
    facts = {"kind": "meeting", "held": "2026-11-12", "session": "第21次常务会议", **fields}
    return {f"content/{FOLDER}/m.md": entry("常务会议", "会议召开。", **facts), "content/rules/a.md": entry("甲文件")}


def words(page: str) -> str:
    """Give the words of a page's main part."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def built(made: Column) -> str:
    """Build a column and give the page of the meeting in words."""
    assert made.build().problems == ()
    return words(made.text(PAGE))


def rules(made: Column) -> list[str]:
    """Give the rules that are broken."""
    return [problem.rule for problem in inspect(made.root, TODAY)]


def test_attendees_may_still_be_a_text(column: MakeColumn) -> None:
    made = column(meeting(attendees="居民代表2名、物业代表1名"))
    assert "列席人员 居民代表2名 物业代表1名" in built(made)
    made.write(meeting(attendees="[居民代表2名, 物业代表1名]"))
    assert "列席人员 居民代表2名 物业代表1名" in built(made)


def test_attendees_by_sort(column: MakeColumn) -> None:
    groups = "[{kind: 公众代表, name: 张*、李*}, {类型: 媒体, 人数: 2}, {kind: expert, name: 王*, count: 3}, 居民2名]"
    text = built(column(meeting(attendees=groups)))
    assert "公众代表2名：张*、李* 媒体2名 专家3名：王* 居民2名" in text


def test_the_agenda_leads_to_what_came_out_of_it(column: MakeColumn) -> None:
    made = column(
        {
            **meeting(agenda="[{item: 审议甲文件, outcome: 通过, entry: rules/a}, {item: 其他}]"),
            "content/rules/b.md": entry("乙文件", passed_at="第21次常务会议"),
        }
    )
    text = built(made)
    assert "1 审议甲文件 通过 甲文件 2 其他 — —" in text
    assert "会议通过的文件 乙文件" in text
    assert "审议会议" in words(made.text("rules/a.html"))


def test_of_an_item_that_is_not_open_there_is_its_name_and_the_reason(column: MakeColumn) -> None:
    closed = '{item: 研究某事项, open: false, reason: "15", outcome: 罍罇罌, entry: rules/a}'
    made = column(meeting(agenda=f"[{closed}]"))
    text = built(made)
    assert "1 研究某事项 不公开（《政府信息公开条例》第十五条" in text
    assert "罍罇罌" not in b"".join(made.files().values()).decode("utf-8", "replace")
    assert "审议会议" not in words(made.text("rules/a.html"))


def test_what_attendees_said_and_what_became_of_it(column: MakeColumn) -> None:
    said = "[{opinion: 多设座椅, from: 居民张*, adopted: 采纳}, {opinion: 取消, adopted: 部分采纳, reason: 分步}]"
    text = built(column(meeting(opinions=said, informed="2026-11-16")))
    assert "共提出意见2条，采纳1条，部分采纳1条，未采纳0条。" in text
    assert "1 居民张* 多设座椅 采纳 —" in text
    assert "告知日期 2026-11-16" in text


def test_a_video_is_a_link_or_a_file_with_words(column: MakeColumn) -> None:
    videos = "[{link: https://example.gov.cn/v, note: 回放}, {file: v.mp4, title: 录像, note: 会议全程}]"
    made = column({**meeting(video=videos), f"content/{FOLDER}/v.mp4": b"\0\0\0\x18ftypmp42"})
    assert "文字说明：会议全程" in built(made)
    assert '<a href="https://example.gov.cn/v">' in made.text(PAGE)
    assert f"{FOLDER}/v.mp4" in made.files()


BROKEN = {
    "a count in words": ({"attendees": "[{kind: 专家, count: 三名}]"}, ["attendee-count"]),
    "no people": ({"attendees": "[{kind: 专家, count: 0}]"}, ["attendee-count"]),
    "closed for no reason": ({"agenda": "[{item: 甲, open: false}]"}, ["agenda-reason"]),
    "closed, with a reason": ({"agenda": "[{item: 甲, open: false, reason: 16-2}]"}, []),
    "a video nowhere": ({"video": "[{note: 无}]"}, ["video-address"]),
    "a script for a video": ({"video": "[{link: 'javascript:alert(1)', note: 无}]"}, ["video-address"]),
    "a video without words": ({"video": "[{link: https://example.gov.cn/}]"}, ["field-missing"]),
    "a video that is not there": ({"video": "[{file: v.mp4, note: 无}]"}, ["file-missing"]),
    "a sort that does not exist": ({"attendees": "[{kind: 观众}]"}, ["field-word"]),
    "a key with a full-width colon": ({"attendees": "[姓名：张*]"}, ["full-width-colon"]),
}


@pytest.mark.parametrize(("fields", "found"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_said(column: MakeColumn, fields: dict[str, str], found: list[str]) -> None:
    assert rules(column(meeting(**fields))) == found


def test_a_table_of_each_year(column: MakeColumn) -> None:
    made = column(
        {
            **meeting(attendees="[{kind: 公众代表, count: 2}, {kind: 公众代表, name: 张*}, {kind: 媒体, count: 1}]"),
            f"content/{FOLDER}/n.md": entry("另一次会议", kind="meeting", held="2026-03-01", attendees="居民1名"),
            f"content/{FOLDER}/p.md": entry("没有列席的会议", kind="meeting", published="2026-02-01"),
            f"content/{FOLDER}/old.md": entry("上年会议", kind="meeting", held="2025-12-31"),
            f"content/{FOLDER}/secret.md": entry("不公开的会议", kind="meeting", attribute="withheld", reason="14-1"),
        }
    )
    made.build()
    text = words(made.text(YEAR))
    assert "召开会议3次 其中邀请人员列席2次 公众代表列席1次 媒体列席1次" in text
    assert text.index("常务会议") < text.index("另一次会议") < text.index("没有列席的会议")
    assert "上年会议" not in text
    assert "不公开的会议" not in text
    assert 'href="year-2025.html"' in made.text(YEAR)
    front = made.text(f"{FOLDER}/index.html")
    assert 'href="year-2026.html"' in front
    assert "year-2025" not in front
