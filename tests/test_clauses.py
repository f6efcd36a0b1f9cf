"""Articles, paragraphs and numbered clauses can be linked to, and quoted, by names that stay."""

from pathlib import Path
import re
import sys

import pytest

from gkssg.build import Reason, inspect
from gkssg.language import Speaker
from gkssg.markup.anchors import anchored, clauses, meant, number, quoted
from gkssg.markup.convert import convert
from gkssg.report import as_text

from conftest import TODAY, MakeColumn, entry

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import corpus

LAW = """\
## 第一章 总则

第一条 为了示例，制定本办法。

第二条 应当做好下列工作：

（一）巡查；

（二）检查：

1. 消防设施；

2. 充电设施。

没有物业服务人的，由居民委员会做好前款工作：

（一）组织居民；

没有前两款规定的，从其规定。

::: 落款
示例区人民政府
:::

第三条规定的期限，不适用于附件。
"""


def html(source: str) -> str:
    """Render a text."""
    return convert(source, "content/a.md").html


def names(source: str) -> list[str]:
    """Give the ids of the clauses of a text, outer ones first."""
    return [clause.id for clause in clauses(html(source))]


def test_articles_paragraphs_and_items_are_named_as_they_are_cited() -> None:
    assert names(LAW) == [
        "第一条",
        "第二条",
        "第二条第一款",
        "第二条第（一）项",
        "第二条第（二）项",
        "第二条第（二）项第1目",
        "第二条第（二）项第2目",
        "第二条第二款",
        "第二条第二款第（一）项",
        "第二条第三款",
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "一、甲\n\n（一）乙\n\n1. 丙\n\n（1）丁\n\n2．戊\n\n二、己\n\n（一）庚",
            "一 一（一） 一（一）1 一（一）1（1） 一（一）2 二 二（一）",
        ),
        ("## 一、甲\n\n乙\n\n### （一）丙\n\n丁", "一 一（一）"),
        ("1. 甲\n\n2. 乙", "1 2"),
        ("（一）甲\n\n一、乙", "（一） 一"),
        ("2026年1月\n\n1.5万元\n\n第三条规定甲。\n\n第三条、第四条。\n\n第三条第二款。", ""),
        ("第一条　甲\n\n第十条之一 乙\n\n第 3 条 丙\n\n第4条：丁", "第一条 第十条之一 第3条 第4条"),
        ("**第一条** 甲\n\n### 第二条 【乙】\n\n丙", "第一条 第二条"),
        ("第一条 甲\n\n附件：1. 乙", "第一条"),
        ("第一条 甲\n\n第二章 乙\n\n丙", "第一条"),
        ("第一条 甲\n\n一、乙\n\n二、丙", "第一条 第一条第一项 第一条第二项"),
        ("> 第一条 甲\n\n::: 说明\n第二条 乙\n:::\n\n- 第三条 丙\n\n| 第四条 丁 |\n|---|\n| 一、戊 |", ""),
    ],
)
def test_what_is_a_clause(source: str, expected: str) -> None:
    assert names(source) == expected.split()


def test_a_heading_keeps_its_id_and_gets_the_clause_s_beside_it() -> None:
    body = convert("## 第五条 适用范围\n\n甲\n\n## 一、目标\n\n## 第六条\n\n乙\n\n丙", "content/a.md")
    assert [heading.id for heading in body.headings] == ["第五条-适用范围", "一目标", "第六条"]
    assert {"第五条", "一", "第六条", "第六条第一款", "第六条第二款"} <= body.anchors
    assert '<h2 id="第五条-适用范围"><span id="第五条"></span>第五条 适用范围</h2>' in body.html


def test_what_is_named_twice_is_told_apart() -> None:
    twice = "第一条 甲\n\n::: 居中\n附则\n:::\n\n第一条 乙\n\n丙\n\n第二条 丁\n\n一、戊\n{: #戊}"
    assert names(twice) == ["第一条", "第一条_1", "第一条_1第一款", "第一条_1第二款", "第二条", "第二条第一项"]
    ids = re.findall(r' id="([^"]*)"', html("## 第一条\n\n甲\n\n第一条 乙\n\n<p id='第一条_1'>丙</p>"))
    assert len(ids) == len(set(ids)) == 5


def test_a_text_is_not_changed_but_for_ids_and_a_second_pass_changes_nothing() -> None:
    made = html(LAW)
    assert anchored(made) == made
    assert re.sub(r' id="第[^"]*[条款项目]"|<span></span>', "", made).count("id=") == 1
    assert re.sub(r"<[^>]*>", "", made) == re.sub(r"<[^>]*>", "", made.replace('<span id="第二条第一款"></span>', ""))


def test_ids_stay_when_the_text_elsewhere_changes() -> None:
    before = names(LAW)
    longer = "前言\n\n" + LAW.replace("第二条 ", "又一款。\n\n第二条 ")
    assert set(names(longer)) - set(before) == {"第一条第一款", "第一条第二款"}
    assert set(before) <= set(names(longer))


def test_no_article_has_more_paragraphs_than_can_be_counted() -> None:
    assert "第一条第120款" in names("第一条 甲\n\n" + "乙\n\n" * 130)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("第一条", "<p>第一条 为了示例，制定本办法。</p>"),
        ("第二条第二款", "<p>没有物业服务人的，由居民委员会做好前款工作：</p>\n<p>（一）组织居民；</p>"),
        ("第二条第（二）项第2目", "<p>2. 充电设施。</p>"),
        ("第九条", ""),
    ],
)
def test_a_clause_is_quoted_whole(name: str, expected: str) -> None:
    assert quoted(html(LAW), name, clauses(html(LAW))) == expected


def test_a_whole_article_ends_where_the_next_thing_begins() -> None:
    assert quoted(html(LAW), "第二条", clauses(html(LAW))).endswith("<p>没有前两款规定的，从其规定。</p>")
    assert "落款" not in quoted(html(LAW), "第二条", clauses(html(LAW)))


def test_a_quotation_has_no_links_pictures_notes_or_ids() -> None:
    source = "一、见[甲](b.md)[^1]![图](p.png)\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n二、丙\n\n[^1]: 注"
    found = quoted(html(source), "一", clauses(html(source)))
    assert found.startswith("<p>一、见甲</p>")
    assert "<td>2</td>" in found
    assert not re.search(r"<a|<img|<sup| id=|丙|注", found)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("第二条", "第二条"),
        ("第2条第一项", "第二条第（一）项"),
        ("第二条第一款第（二）项", "第二条第（二）项"),
        ("第二条第一款", "第二条第一款"),
        ("第一条第一款", "第一条"),
        ("第 二 条", "第二条"),
        ("第九条", ""),
        ("二", ""),
    ],
)
def test_a_reference_may_be_written_in_several_ways(typed: str, expected: str) -> None:
    assert meant(typed, names(LAW)) == expected


@pytest.mark.parametrize(
    ("numerals", "value"), [("十", 10), ("二十三", 23), ("一百二十", 120), ("二〇", 20), ("一千零一", 1001)]
)
def test_numerals_are_read(numerals: str, value: int) -> None:
    assert number(numerals) == value


@pytest.mark.skipif(not corpus.LAWS.is_file(), reason="the corpora are not here (../shared/corpus)")
def test_every_article_of_a_thousand_laws_has_exactly_one_anchor() -> None:
    numerals = "[一二三四五六七八九十百千零〇]+"
    begins = re.compile(rf"^\s*#*\s*(第{numerals}条(?:之{numerals})?)(?=\s)", re.MULTILINE)
    count = 0
    for record in corpus.records(policies=0):
        source = corpus.content_file(record).body
        wanted = ["".join(match[1].split()) for match in begins.finditer(source)]
        body = convert(source, f"content/{record.name}.md")
        ids = re.findall(r' id="([^"]*)"', body.html)
        assert len(ids) == len(set(ids)), record.name
        found = [clause.id for clause in clauses(body.html) if clause.is_article]
        assert [name.partition("_")[0] for name in found] == wanted, record.name
        assert set(found) <= set(ids) <= body.anchors
        count += len(found)
    assert count == 44595


POLICY = "content/statutory/normative/a.md"
ASKED = "content/statutory/interpretations/q.md"


def question(clause: str, body: str = "答复。", **fields: str) -> str:
    """Give a question that rests on a clause."""
    return entry("问", body, kind="question", clauses=clause, **fields)


def test_a_question_quotes_the_clause_and_links_to_it(column: MakeColumn) -> None:
    made = column({POLICY: entry("甲办法", LAW), ASKED: question("statutory/normative/a#第2条第一款第（一）项")})
    made.build()
    page = made.text("statutory/interpretations/q.html")
    assert re.search(r"<blockquote[^>]*>\s*<p>（一）巡查；</p>\s*</blockquote>", page)
    assert '<a href="../normative/a.html#第二条第（一）项">甲办法 第二条第（一）项</a>' in page
    assert 'id="第二条第（一）项"' in made.text("statutory/normative/a.html")


def test_only_the_quoted_clause_remakes_the_page(column: MakeColumn) -> None:
    made = column({POLICY: entry("甲办法", LAW), ASKED: question("statutory/normative/a#第一条")})
    made.build()
    made.write({POLICY: entry("甲办法", LAW.replace("巡查", "每日巡查"))})
    again = made.build().made
    assert [path for path, _ in again if not path.startswith("search/")] == ["statutory/normative/a.html"]
    made.write({POLICY: entry("甲办法", LAW.replace("为了示例", "为了别的"))})
    again = made.build().made
    assert ("statutory/interpretations/q.html", Reason.VALUE) in again
    assert "为了别的" in made.text("statutory/interpretations/q.html")


@pytest.mark.parametrize(
    ("reference", "rule", "said"),
    [
        ("statutory/normative/a#第九条", "clause", "did you mean “statutory/normative/a#第一条”?"),
        ("statutory/normative/a#第二条第八款", "clause", "did you mean “statutory/normative/a#第二条"),
        ("statutory/normative/a", "clause", "names no clause"),
        ("statutory/normative/b#第一条", "reference", "did you mean “statutory/normative/"),
        ("statutory/normative/w#第一条", "clause", "its clauses cannot be quoted"),
        ("statutory/normative/n#第一条", "clause", "has no numbered clauses"),
    ],
)
def test_a_clause_that_is_not_there_is_an_error_at_its_place(
    column: MakeColumn, reference: str, rule: str, said: str
) -> None:
    made = column(
        {
            POLICY: entry("甲办法", LAW),
            "content/statutory/normative/n.md": entry("乙", "没有编号。"),
            "content/statutory/normative/w.md": entry(
                "丙", "第一条 秘密。", attribute="withheld", reason="14-1", review_by="2027"
            ),
            ASKED: question(f"[{reference}]"),
        }
    )
    (problem,) = inspect(made.root, TODAY)
    assert (problem.rule, problem.place.path, problem.place.line) == (rule, ASKED, 5)
    assert said in as_text((problem,), Speaker("en"))


def test_a_link_in_a_text_may_lead_to_a_clause(column: MakeColumn) -> None:
    made = column({POLICY: entry("甲办法", LAW), ASKED: entry("乙", "见[甲](../normative/a.md#第二条第二款)。")})
    made.build()
    assert 'href="../normative/a.html#第二条第二款"' in made.text("statutory/interpretations/q.html")
    made.write({ASKED: entry("乙", "见[甲](../normative/a.md#第二条第九款)。")})
    (problem,) = inspect(made.root, TODAY)
    assert problem.rule == "link-anchor"
    assert "did you mean “第二条" in as_text((problem,), Speaker("en"))


def test_a_clause_of_an_entry_that_is_withdrawn_leaves_the_page(column: MakeColumn) -> None:
    made = column({POLICY: entry("甲办法", LAW), ASKED: question("statutory/normative/a#第一条")})
    made.build()
    made.write({POLICY: entry("甲办法", LAW, attribute="withheld", reason="14-1", review_by="2027")})
    report = made.try_build()
    assert [problem.rule for problem in report.problems] == ["clause"]
    made.write({ASKED: question("[]", of="statutory/normative/a")})
    made.build()
    assert not [path for path, data in made.files().items() if "制定本办法".encode() in data]
