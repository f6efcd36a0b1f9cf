"""Wording: what is a slip and what only looks like one; the whole problem as it is printed; lists of words."""

import inspect as python
import re
import textwrap

import pytest

from gkssg.archive import wording
from gkssg.build import inspect
from gkssg.language import Speaker
from gkssg.report import as_text

from conftest import TODAY, Column, MakeColumn, entry

PATH = "content/statutory/policy/a.md"


def found(made: Column, language: str = "en") -> str:
    """Check a column and give the problems as they are printed."""
    return as_text(inspect(made.root, TODAY), Speaker(language))


def rules(made: Column) -> list[str]:
    """Give the names of the problems of a column."""
    return [problem.rule for problem in inspect(made.root, TODAY)]


SLIPS = {
    "于2月30日前报送。": "date-impossible",
    "于2026年2月29日前报送。": "date-impossible",
    "于2026年13月底前报送。": "date-impossible",
    "于二〇二六年六月三十一日起施行。": "date-impossible",
    "于六月三十二日前报送。": "date-impossible",
    "于 2026 年 4 月 31 日前报送。": "date-impossible",
    "按照《示例办法规定办理。": "mark-unpaired",
    "按照示例办法》规定办理。": "mark-unpaired",
    "落实“放管服”改革“要求。": "mark-unpaired",
    "示例区（以下简称本区。": "mark-unpaired",
    "示例区(以下简称本区。": "mark-unpaired",
    "【公告。": "mark-unpaired",
    "按照《示例办法\n\n规定办理》和《示例规定。": "mark-unpaired",
    "认真落实有关部门的的要求。": "doubled",
    "取得了了成效。": "doubled",
    "根据根据有关规定。": "doubled",
    "各街道，，各部门。": "doubled",
    "各街道、各部门，。": "doubled",
    "现予印发。。": "doubled",
    "各街道,各部门。": "width",
    "在２０２６年底前完成。": "width",
    "按照示政发[2023]9号文件执行。": "number-form",
    "按照示政发（2023）9号文件执行。": "number-form",
    "按照示政发〔2023〕第9号文件执行。": "number-form",
    "按照示政发〔2023〕09号文件执行。": "number-form",
    "自二○二六年起施行。": "zero",
    "自二0二六年起施行。": "zero",
    "自二O二六年起施行。": "zero",
    "做好秸杆禁烧工作。": "wording",
    "成立领导小姐。": "wording",
}


@pytest.mark.parametrize(("text", "rule"), SLIPS.items())
def test_a_slip_is_found(column: MakeColumn, text: str, rule: str) -> None:
    assert rules(column({PATH: entry("甲", text)})) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "于2月29日、2024年2月29日、12月31日前报送，历时18个月，13月龄以上。",
        "版本2.13月报，6月份、三十一日、二〇二六年十二月三十一日。",
        "1）甲；2）乙；（3）丙；a)丁；一）戊。",
        "“第一条 甲。\n\n“第二条 乙。”",
        "将第三条修改为：“甲：\n\n“（一）乙；\n\n“（二）丙。”",
        "（2019年1月1日通过\n\n根据2020年1月1日决定修正）",
        "《关于印发〈示例办法〉的通知》（示政发〔2023〕9号）",
        "达到目的的条件，有的的士，标的的价格，为了了解，一目了然，除了了结。",
        "常常、天天、人人、等等，以及及时报送，由于于都县，理由由其说明，是否是是非问题。",
        "甲方（是是否否）研究研究。",
        "见 https://www.example.gov.cn/a,b;c?d=中,文 和 A,B 以及 1,000 元。",
        "（2023）京01民初123号判决；[2023]；〔2023〕9号。",
        "自二〇二六年、2026年、一九九〇年起。",
        "领导小组、秸秆、部署。",
    ],
)
def test_what_only_looks_like_a_slip_is_none(column: MakeColumn, text: str) -> None:
    assert found(column({PATH: entry("甲", text)})) == ""


def test_what_is_no_text_is_not_read(column: MakeColumn) -> None:
    text = (
        "见 `《的的` 和 <https://example.gov.cn/的的>\n\n```\n《2月30日\n```\n\n[乙](https://example.gov.cn/（秸杆)\n"
    )
    assert found(column({PATH: entry("甲", text)})) == ""


def test_title_and_summary_are_read(column: MakeColumn) -> None:
    made = column({PATH: entry("关于秸杆的通知", summary="按照《办法办理")})
    problems = inspect(made.root, TODAY)
    assert [(problem.rule, problem.place.line, problem.place.column) for problem in problems] == [
        ("wording", 2, 8),
        ("mark-unpaired", 4, 10),
    ]


def test_old_texts_keep_the_forms_of_their_day(column: MakeColumn) -> None:
    text = "按照示政发[2010]9号文件，自二○一○年起施行，共６０日。"
    assert found(column({PATH: entry("甲", text, written="2010-05-01")})) == ""
    assert rules(column({PATH: entry("甲", text, written="2020-05-01")})) == ["zero", "width"]


def test_a_problem_in_full(column: MakeColumn) -> None:
    made = column({PATH: entry("甲", "各部门：\n\n按照《示例办法规定，于2月30日前报送报告。")})
    assert found(made) == (
        f"{PATH}:7:3: warning: there is 《 without 》: 按照《示例办法规定，于2月30 [mark-unpaired]\n"
        "    add the mark that is missing, or delete this one\n"
        f"{PATH}:7:12: warning: there is no such date: “2月30日” [date-impossible]\n"
        "    look it up in the original, and correct it\n"
    )


def test_many_slips_of_a_kind_are_counted(column: MakeColumn) -> None:
    problems = inspect(column({PATH: entry("甲", "有关部门的的要求。\n\n" * 40)}).root, TODAY)
    assert len(problems) == 6
    assert Speaker("en").text(problems[-1].message) == "35 more of these follow in this text"


def test_forms_are_told_once_a_text(column: MakeColumn) -> None:
    made = column({PATH: entry("甲", "各街道,各部门,各单位：")})
    assert found(made) == (
        f"{PATH}:5:4: info: half-width marks in Chinese, or full-width figures (2 times, first here): "
        "各街道,各部门,各单位： [width]\n"
        "    write ，；？！ between Chinese characters, and half-width figures\n"
    )


def test_a_column_has_words_of_its_own(column: MakeColumn) -> None:
    rows = "错误写法,正确写法,程度,例外,说明\n老城办,旧城改造办公室,错误,长老城办事处,2026年更名\n"
    rows += "截止目前,截至目前,提示,,\n秸杆,,提示,,\n"
    text = "老城办负责，长老城办事处配合，截止目前，秸杆。"
    made = column({"content/wording.csv": rows, PATH: entry("甲", text)})
    assert found(made) == (
        f"{PATH}:5:1: error: “老城办” is written “旧城改造办公室” [wording]\n"
        "    2026年更名\n"
        f"{PATH}:5:16: info: “截止目前” is written “截至目前” [wording]\n"
        f"{PATH}:5:21: info: “秸杆” should not stand in a text [wording]\n"
    )


def test_a_new_list_is_used_for_files_that_stayed_as_they_were(column: MakeColumn) -> None:
    made = column({PATH: entry("甲", "老城办负责。")})
    assert made.build().problems == ()
    made.write({"content/wording.csv": "错误写法,正确写法\n老城办,旧城改造办公室\n"})
    assert [problem.rule for problem in made.build().problems] == ["wording"]
    assert [problem.rule for problem in made.build().problems] == ["wording"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("错误,正确\n甲乙,丙丁\n", "the column “错误” is not known here"),
        ("正确写法\n甲乙\n", "the table has no column “错误写法”"),
        ("错误写法\n甲\n", "“甲” cannot be a word that is looked for"),
        ("错误写法,正确写法\n甲乙,甲乙\n", "the right form of “甲乙” is the same word"),
        ("错误写法,程度\n甲乙,严重\n", "“严重” is no severity"),
        ("", "the table is empty"),
    ],
)
def test_a_faulty_list_is_told(column: MakeColumn, rows: str, words: str) -> None:
    assert words in found(column({"content/wording.csv": rows}))


def test_the_list_is_not_published(column: MakeColumn) -> None:
    made = column({"content/wording.csv": "错误写法\n老城办\n"})
    made.build()
    assert not any(b"\xe8\x80\x81\xe5\x9f\x8e\xe5\x8a\x9e" in data for data in made.files().values())
    named = column({PATH: entry("甲", annexes="[../../wording.csv]")})
    assert rules(named) == ["file-forbidden"]


def test_nothing_is_quoted_of_an_entry_that_is_not_active(column: MakeColumn) -> None:
    text = "秘密的的事《办法，按照密政发[2023]9号于2月30日,交秸杆。"
    made = column({PATH: entry("甲", text, attribute="withheld", reason="14-1", review_by="2027-01-01")})
    printed = found(made)
    assert printed.count("[") == len(wording.RULES) - 1
    for words in ("秘密", "办法", "密政发", "2月", "秸杆"):
        assert words not in printed


def examples(kind: str) -> list[tuple[str, str]]:
    """Give the examples in the docstrings of the rules, with the names of these."""
    given = []
    for rule in wording.RULES:
        text = python.cleandoc(rule.__doc__ or "")
        match = re.search(rf"^{kind}::\n(.*?)(?=^\S|\Z)", text, re.DOTALL | re.MULTILINE)
        name = re.search(r"^Rule: ([\w-]+)", text, re.MULTILINE)
        assert match, rule
        assert name, rule
        given.append((textwrap.dedent(match[1]).strip() + "\n", name[1]))
    return given


@pytest.mark.parametrize(("text", "rule"), examples("Wrong"))
def test_the_example_of_a_rule_breaks_it_alone(column: MakeColumn, text: str, rule: str) -> None:
    assert rules(column({PATH: text})) == [rule]


@pytest.mark.parametrize(("text", "_rule"), examples("Right"))
def test_the_mended_example_breaks_none(column: MakeColumn, text: str, _rule: str) -> None:
    assert found(column({PATH: text})) == ""
