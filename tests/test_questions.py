"""Questions and items have pages of their own, lists by topic and audience, and a feed for programs."""

import json
import re

import pytest

from gkssg.build import inspect

from conftest import TODAY, Column, MakeColumn, entry

FILES: dict[str, str | bytes] = {
    "content/rules/a.md": entry("甲办法", "第一条 甲。\n\n第二条 乙：\n\n（一）丙；\n\n（二）丁。"),
    "content/statutory/policy/q1.md": entry(
        "充电费由谁定", "由**运营单位**定。", kind="question", of="rules/a", clauses="'rules/a#第二条'",
        question="充电费是谁定的？", asked="2026-01-02", answered="2026-01-05", answerer="示例区人民政府",
        topic="城乡建设", summary="由运营单位定。",
    ),
    "content/statutory/policy/q2.md": entry(
        "问二", "**问：**甲？\n\n**答：**乙。", kind="question", published="2026-02-01",
    ),
    "content/statutory/policy/i1.md": entry(
        "补助申领", "说明。", kind="item", of="rules/a", clauses="'rules/a#第二条第（一）项'",
        audience="业主、物业服务人", conditions="[已经验收, 不超过30日]", standard="每个200元",
        materials="[申请表, 合同]", procedure="[申请, 核实, 拨付]", channels="街道办事处", time_limit="20个工作日",
        handler="示例区人民政府",
    ),
    "content/statutory/policy/secret.md": entry(
        "不公开的问答", kind="question", attribute="withheld", reason="14-1", review_by="2027"
    ),
}  # fmt: skip


@pytest.fixture
def made(column: MakeColumn) -> Column:
    """Build questions and an item."""
    made = column(FILES)
    made.build()
    return made


def words(html: str) -> str:
    """Give the words of HTML, blanks folded."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_question_shows_question_answer_and_clause(made: Column) -> None:
    page = made.text("statutory/policy/q1.html")
    order = [page.index(it) for it in ("充电费是谁定的？", "运营单位</strong>定", "第二条 乙：", "（二）丁。")]
    assert order == sorted(order)
    facts = words(page.partition("<table")[2].partition("</table>")[0])
    assert "提问日期 2026-01-02" in facts
    assert "答复日期 2026-01-05" in facts
    assert "答复单位 示例区人民政府" in facts
    assert "依据条款" not in facts


def test_an_item_shows_how_it_is_handled_in_order(made: Column) -> None:
    page = made.text("statutory/policy/i1.html")
    points = page.partition('<dl class="gk-points">')[2].partition("</dl>")[0]
    assert words(points) == (
        "条件 已经验收 不超过30日 标准 每个200元 材料 申请表 合同 程序 申请 核实 拨付 渠道 街道办事处 时限 20个工作日"
    )
    assert "<ol><li>申请</li>" in points
    assert re.search(r"<blockquote[^>]*>\s*<p>（一）丙；</p>\s*</blockquote>", page)


def test_keys_may_be_written_in_chinese(column: MakeColumn) -> None:
    front = (
        "标题: 申领\n种类: 政策事项\n公开属性: 主动公开\n所属政策: rules/a\n依据条款: rules/a#第一条\n适用对象: 业主\n"
    )
    front += "条件: 甲\n标准: 乙\n材料: [丙]\n程序: [丁]\n渠道: 戊\n时限: 己\n办理机构: 示例区人民政府\n"
    asked = "标题: 问\n种类: 政策问答\n公开属性: 主动公开\n问题: 甲？\n提问日期: 2026-01-01\n答复日期: 2026-01-02\n"
    asked += "答复单位: 示例区人民政府\n"
    made = column(
        {**FILES, "content/rules/i.md": f"---\n{front}---\n", "content/rules/q.md": f"---\n{asked}---\n乙。\n"}
    )
    assert inspect(made.root, TODAY) == ()


def test_the_section_leads_to_its_questions_by_topic(made: Column) -> None:
    assert '<a href="questions.html">政策问答库</a>' in made.text("statutory/policy/index.html")
    page = made.text("statutory/policy/questions.html")
    assert re.findall(r'<h2 id="gk-theme-\d">(.*?)</h2>', page) == ["城乡建设", "其他"]
    assert re.findall(r'<a href="(q\d.html)"', page) == ["q1.html", "q2.html"]
    assert '<a href="../../rules/a.html#第二条">第二条</a>' in page
    assert "不公开的问答" not in page


def test_items_are_listed_for_everyone_they_are_for(made: Column) -> None:
    page = made.text("statutory/policy/items.html")
    assert re.findall(r'<h2 id="gk-theme-\d">(.*?)</h2>', page) == ["业主", "物业服务人"]
    assert page.count('<a href="i1.html"') == 2


def test_a_section_without_any_has_no_such_page(made: Column) -> None:
    assert not [
        path for path in made.files() if path.startswith("rules/") and path.endswith(("questions.html", "items.html"))
    ]


def test_questions_are_a_json_feed(made: Column) -> None:
    feed = json.loads(made.text("questions.json"))
    assert (feed["version"], len(feed["items"])) == ("https://jsonfeed.org/version/1.1", 2)
    last, first = feed["items"]
    base = "https://www.example.gov.cn/zfxxgk/"
    assert last["content_text"] == "问：甲？\n答：乙。"
    assert (first["url"], first["content_text"]) == (f"{base}statutory/policy/q1.html", "由运营单位定。")
    assert first["authors"] == [{"name": "示例区人民政府"}]
    assert first["_policy"]["question"] == "充电费是谁定的？"
    (clause,) = first["_policy"]["clauses"]
    assert (clause["clause"], clause["text"]) == ("第二条", "第二条 乙：\n（一）丙；\n（二）丁。")
    assert clause["url"].startswith(f"{base}rules/a.html#")
    assert "不公开的问答" not in made.text("questions.json")


def test_a_list_is_made_again_only_when_what_it_shows_changes(made: Column) -> None:
    made.write({"content/rules/a.md": str(FILES["content/rules/a.md"]).replace("丁", "戊")})
    again = {path for path, _ in made.build().made if not path.startswith("search/")}
    assert again == {"rules/a.html", "statutory/policy/q1.html", "questions.json"}
