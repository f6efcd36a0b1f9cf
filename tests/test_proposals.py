"""Proposals: the reply in full, and the table of a year."""

import html
import re

import pytest

from gkssg.build import inspect

from conftest import TODAY, MakeColumn, entry

FOLDER = "statutory/proposals"
FACTS = {
    "kind": "proposal",
    "type": "人大代表建议",
    "number": "第12号",
    "proposer": "张*",
    "session": "第五次会议",
    "undertaker": "[示例区人民政府, 某局]",
    "co_undertaker": "另一局",
    "outcome": "B类",
    "replied": "2026-05-20",
    "satisfaction": "满意",
}


def words(page: str) -> str:
    """Give the words of a page's main part."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def test_the_page_has_all_facts_and_the_reply(column: MakeColumn) -> None:
    made = column({f"content/{FOLDER}/p.md": entry("对第12号建议的答复", "答复如下。", **FACTS)})
    assert made.build().problems == ()
    text = words(made.text(f"{FOLDER}/p.html"))
    for fact in (
        "建议提案类型 人大代表建议", "建议提案编号 第12号", "提出人 张*", "会议届次 第五次会议", "会办单位 另一局",
        "办理结果 计划解决", "答复日期 2026-05-20", "满意度 满意", "答复全文 答复如下。",
    ):  # fmt: skip
        assert fact in text
    assert 'href="../organs/gov.html"' in made.text(f"{FOLDER}/p.html")


@pytest.mark.parametrize(
    ("attribute", "body", "found"),
    [
        ("active", "", ["proposal-text"]),
        ("active", "<!-- 待补 -->", ["html-removed", "proposal-text"]),
        ("active", "答复。", []),
        ("on-request", "", []),
    ],
)
def test_a_reply_has_a_text(column: MakeColumn, attribute: str, body: str, found: list[str]) -> None:
    facts = {**FACTS, "attribute": attribute, "reason": "16-2", "review_by": "2027"}
    made = column({f"content/{FOLDER}/p.md": entry("答复", body, **facts)})
    assert sorted(problem.rule for problem in inspect(made.root, TODAY)) == found


@pytest.mark.parametrize("typed", ["a", "A", "A类", "已解决或采纳"])
def test_an_outcome_is_typed_by_its_letter_or_in_words(column: MakeColumn, typed: str) -> None:
    made = column({f"content/{FOLDER}/p.md": entry("答复", **{**FACTS, "outcome": typed})})
    made.build()
    assert "办理结果 已解决或采纳" in words(made.text(f"{FOLDER}/p.html"))


def test_a_table_of_each_year(column: MakeColumn) -> None:
    made = column(
        {
            f"content/{FOLDER}/p.md": entry("答复一", **FACTS),
            f"content/{FOLDER}/q.md": entry(
                "答复二",
                **{**FACTS, "type": "政协委员提案", "outcome": "d", "replied": "2026-06-01", "number": "第8号"},
            ),
            f"content/{FOLDER}/r.md": entry("答复三", **{**FACTS, "replied": "2025-06-01"}),
            f"content/{FOLDER}/s.md": entry("不公开的答复", **FACTS, attribute="withheld", reason="14-1"),
        }
    )
    made.build()
    text = words(made.text(f"{FOLDER}/year-2026.html"))
    assert "公开建议提案2件 人大代表建议1件 政协委员提案1件 计划解决1件 留作参考1件" in text
    assert "答复二 政协委员提案 第8号 示例区人民政府 、某局 留作参考 2026-06-01 满意 答复一" in text
    assert "不公开的答复" not in text
    assert "公开建议提案1件" in words(made.text(f"{FOLDER}/year-2025.html"))
