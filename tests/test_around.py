"""All that stands around a document is on its page, in the order of a document's life."""

import re

import pytest

from conftest import Column, MakeColumn, entry

FILES: dict[str, str | bytes] = {
    "content/rules/a.md": entry(
        "办法", "第一条 甲。\n\n第二条 乙。", written="2026-05-01", based_on="rules/law", passed_at="第1次会议",
        annexes="[x.txt]", replaces="rules/old",
    ),
    "content/rules/x.txt": "附件",
    "content/rules/old.md": entry("旧办法", "第一条 旧。", written="2020-01-01"),
    "content/rules/old-jiedu.md": entry("旧办法解读", kind="interpretation", interprets="rules/old"),
    "content/rules/law.md": entry("条例"),
    "content/rules/draft.md": entry("草案", draft_of="rules/a"),
    "content/rules/zhengji.md": entry(
        "征集", kind="consultation", draft="rules/draft", starts="2026-01-01", ends="2026-02-01",
        opinions="[{opinion: 甲, adopted: true}, {opinion: 乙, adopted: false}]",
    ),
    "content/rules/meeting.md": entry("会议", kind="meeting", session="第1次会议"),
    "content/rules/dossier.md": entry(
        "事项", kind="dossier", published="2026-01-01",
        stages="[{stage: 会, entry: rules/zhengji}, {stage: 论证, entry: rules/lunzheng}, {stage: 完, entry: rules/a}]",
    ),
    "content/rules/lunzheng.md": entry("论证意见"),
    "content/rules/jiedu.md": entry("解读", kind="interpretation", interprets="rules/a"),
    "content/rules/q.md": entry("问答", kind="question", of="rules/a", clauses="['rules/a#第一条', 'rules/a#第二条']"),
    "content/rules/q2.md": entry("别的问答", kind="question", clauses="['rules/a#第二条']"),
    "content/rules/below.md": entry("细则", implements="rules/a"),
    "content/rules/item.md": entry("申领", kind="item", of="rules/below"),
    "content/rules/gazette.md": entry("公报", kind="gazette", articles="rules/a"),
    "content/rules/secret.md": entry("秘密论证", attribute="withheld", reason="14-1", interprets="rules/a"),
}  # fmt: skip


@pytest.fixture
def made(column: MakeColumn) -> Column:
    """Build a document with everything around it."""
    made = column(FILES)
    made.build()
    return made


def around(made: Column, name: str = "a") -> list[tuple[str, str, str]]:
    """Give the label, the address and the note of every link around a document."""
    part = made.text(f"rules/{name}.html").partition('<dl class="gk-relations">')[2].partition("</dl>")[0]
    found, label = [], ""
    for match in re.finditer(r"<dt>(.*?)</dt>|<dd>(.*?)</dd>", part, re.DOTALL):
        label = match[1] or label
        if match[2]:
            address = re.search(r'href="(.*?)"', match[2])
            note = re.sub(r"<[^>]*>", " ", match[2].partition("</a>")[2])
            found.append((label, address[1] if address else "", " ".join(note.split())))
    return found


def test_everything_is_there_once_in_order_with_what_matters(made: Column) -> None:
    assert around(made) == [
        ("所属事项", "dossier.html", "2026-01-01 事项"),
        ("草案", "draft.html", ""),
        (
            "意见征集",
            "zhengji.html",
            "意见征集 已反馈 自2026年1月1日起至2月1日止 收到意见2条：采纳1条、部分采纳0条、未采纳1条",
        ),
        ("依据", "law.html", ""),
        ("通过会议", "meeting.html", "会议"),
        ("同一事项的材料", "lunzheng.html", "论证"),
        ("刊登公报", "gazette.html", "政府公报"),
        ("政策解读", "jiedu.html", "政策解读"),
        ("其他文本的解读", "old-jiedu.html", "政策解读"),
        ("政策问答", "q.html", "政策问答 引用第一条、第二条"),
        ("配套文件的事项", "item.html", "政策事项"),
        ("引用条款", "q2.html", "政策问答 引用第二条"),
        ("贯彻落实文件", "below.html", ""),
        ("替代", "old.html", "2020-01-01 已废止"),
        ("附件", "#gk-annexes", ""),
    ]


def test_what_is_not_open_says_nothing(made: Column) -> None:
    assert "秘密论证" not in made.text("rules/a.html")


def test_an_entry_that_is_not_open_is_named_by_a_stage_as_far_as_the_gate_allows(column: MakeColumn) -> None:
    hidden = entry("论证意见", attribute="withheld", reason="14-1", title_open="false")
    made = column({**FILES, "content/rules/lunzheng.md": hidden})
    made.build()
    (link,) = (one for one in around(made) if one[0] == "同一事项的材料")
    assert link[1].startswith("withheld-")
    assert link[2] == "不予公开 论证"
    assert "论证意见" not in made.text("rules/a.html")


@pytest.mark.parametrize(
    ("path", "old", "new", "remade"),
    [
        ("rules/jiedu.md", "title: 解读", "title: 新的解读", True),
        ("rules/jiedu.md", "正文。", "新的正文。", False),
        ("rules/zhengji.md", "adopted: false", "adopted: true", True),
        ("rules/zhengji.md", "opinion: 乙", "opinion: 丙", False),
        ("rules/q.md", "#第二条", "#第一条", True),
        ("rules/law.md", "attribute: active", "attribute: active\nissuer: 示例区人民政府", False),
    ],
)
def test_the_page_is_made_again_only_when_what_it_shows_changes(
    made: Column, path: str, old: str, new: str, *, remade: bool
) -> None:
    text = str(FILES[f"content/{path}"])
    assert old in text
    made.write({f"content/{path}": text.replace(old, new)})
    assert ("rules/a.html" in {path for path, _ in made.build().made}) == remade


def test_the_head_of_a_section_can_stand_in_a_relation(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/index.md": entry("制度说明", kind="page"),
            "content/rules/b.md": entry("办法", based_on="rules/index"),
        }
    )
    made.build()
    assert around(made, "b") == [("依据", "index.html", "页面")]


def test_the_attribute_stands_behind_the_text_too(column: MakeColumn) -> None:
    made = column(
        {"content/rules/a.md": entry("甲"), "content/rules/b.md": entry("乙", "正文。\n\n（此件公开发布）")},
    )
    made.build()
    assert "公开属性：主动公开" in made.text("rules/a.html").partition("正文。")[2]
    assert "公开属性：" not in made.text("rules/b.html").partition("正文。")[2]
