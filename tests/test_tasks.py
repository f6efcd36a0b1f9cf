"""Tasks are read out of work plans: every clause that names an organ, with its organs, and nothing else.

The lists of the source documents below were made by hand, from reading the documents.
"""

from collections import Counter
import gzip
import json
from pathlib import Path
import re

import pytest

from gkssg.dates import PartialDate
from gkssg.markup.convert import convert
from gkssg.markup.deadlines import deadline, targets
from gkssg.markup.duties import brackets, read_duties
from gkssg.markup.tasks import Task, tasks_of
from gkssg.terms import Role

POLICY = Path(__file__).parents[1] / "content" / "statutory" / "policy"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "policies.jsonl.gz"

COUNTIES = "各县〔市、区〕人民政府 市属开发区管委会"
EVERYONE = f"市政府各部门 {COUNTIES}"
LIAOCHENG = {
    "一（一）": f"市住房城乡建设局 市文化和旅游局 市投资促进局 市市场监管局 {COUNTIES}",
    "一（二）": f"市国资委 市行政审批局 市工业和信息化局 市商务局 市投资促进局 {COUNTIES}",
    "一（二）-2": f"市行政审批局 {COUNTIES}",
    "一（二）-3": f"市政府相关部门 {COUNTIES}",
    "一（三）": f"市人力资源社会保障局 市教育体育局 市卫生健康委 市医保局 市民政局 {COUNTIES}",
    "一（三）-2": f"市住房城乡建设局 {COUNTIES}",
    "一（三）-3": f"市民政局 {COUNTIES}",
    "一（四）": EVERYONE,
    "一（四）-2": f"市工业和信息化局 市人力资源社会保障局 {COUNTIES}",
    "一（四）-3": f"市政府相关部门 {COUNTIES}",
    "一（四）-4": EVERYONE,
    "二（一）": EVERYONE,
    "二（二）": EVERYONE,
    "三（一）": EVERYONE,
    "三（二）": EVERYONE,
    "三（三）": EVERYONE,
    "四（一）": EVERYONE,
    "四（二）": f"市教育体育局 市卫生健康委 市生态环境局 市交通运输局 市国资委 市城管局 {COUNTIES}",
    "四（三）": EVERYONE,
    "五（一）": EVERYONE,
    "五（二）": EVERYONE,
    "五（三）": EVERYONE,
    "五（四）": EVERYONE,
}
JINGAN = {
    "一（一）": "区发改委",
    "一（二）": "区审改办",
    "一（三）": "区审改办 区市场监管局",
    "一（四）": "区国资委",
    "二（一）": "区财政局",
    "二（二）": "区发改委",
    "二（三）": "区财政局",
    "二（四）": "区科委",
    "三（一）": "区规土局 区绿化市容局 区房管局 区城管执法局 区建管委",
    "三（二）": "区环保局 区建管委",
    "三（三）": "区市场监管局",
    "三（四）": "区安全监管局",
    "三（五）": "区教育局 区卫生计生委",
    "三（六）": "区人社局 区民政局",
    "三（七）": "区府办",
    "四（一）": "区科委 区审改办 区市场监管局",
    "四（二）": "区府办 区新闻办",
    "四（三）": "区新闻办",
    "四（四）": "区新闻办",
    "四（五）": "区府办 区新闻办",
    "五（一）": "区府法制办",
    "五（二）": "区府办",
    "五（三）": "区府法制办 区府办",
    "五（四）": "区府办 区府法制办",
    "五（五）": "区府办 区人社局",
    "五（六）": "区府办 区监察局",
}
OTHERS = "等有关部门"
TIANQIAO = {
    "一（一）": "各街道办事处 区政府各部门",
    "一（二）": "区政府办公室 区政府有关部门",
    "一（三）": "各街道办事处 区政府各部门",
    "一（四）": "各街道办事处 区政府有关部门",
    "一（五）": "各街道办事处 区政府各部门",
    "二（一）": f"区发展和改革局 区财政局 区市场监督管理局 区行政审批服务局 {OTHERS}",
    "二（二）": f"区委编办 区政府办公室 {OTHERS}",
    "二（三）": f"区发展改革局 区市场监管局 {OTHERS}",
    "二（四）": f"区发展和改革局 {OTHERS}",
    "三（一）": "区政府有关部门",
    "三（二）": f"区财政局 区市场监督管理局 区金融事业发展中心 {OTHERS}",
    "三（三）": f"区发展和改革局 区自然资源局 区住房和城乡建设局 区行政审批服务局 {OTHERS}",
    "三（四）": f"区扶贫办 区发展和改革局 {OTHERS}",
    "三（五）": "各街道办事处 区民政局 区卫生健康局 区医疗保障局",
    "三（六）": "区人力资源和社会保障局 区医疗保障局",
    "三（七）": f"区人力资源和社会保障局 区退役军人事务局 {OTHERS}",
    "三（八）": "区教育和体育局",
    "三（八）-2": f"区卫生健康局 区市场监督管理局 区医疗保障局 {OTHERS}",
    "三（九）": "区文化和旅游局 区教育和体育局",
    "三（十）": f"区生态环境分局 区城市管理局 {OTHERS}",
    "三（十一）": f"区应急管理局 区自然资源局 区卫生健康局 {OTHERS}",
    "三（十二）": "区财政局",
    "三（十三）": f"区财政局 区发展和改革局 {OTHERS}",
}
PLANS = {
    "2023-liaocheng-yaodian.md": (LIAOCHENG, 2023, Role.RESPONSIBLE),
    "2017-jingan-yaodian.md": (JINGAN, 2017, Role.LEAD),
    "2019-tianqiao-yaodian.md": (TIANQIAO, 2019, Role.RESPONSIBLE),
}
HALF = str.maketrans("（）：，〔〕", "():,[]")


def body(name: str) -> str:
    """Give the text of a plan of the sample column."""
    return (POLICY / name).read_text("utf-8").split("---\n", 2)[2]


def tasks(text: str, year: int = 2026) -> tuple[Task, ...]:
    """Read the tasks of a Markdown text."""
    return tasks_of(convert(text, "content/a.md").html, year)


def organs(found: tuple[Task, ...]) -> dict[str, str]:
    """Give the organs of every task by its number."""
    return {task.number: " ".join(duty.name for duty in task.duties) for task in found}


def duties(inside: str) -> list[tuple[str, str]]:
    """Give names and parts, as the inside of a bracket says them."""
    return [(duty.name, duty.role.value) for duty in read_duties(inside)]


@pytest.mark.parametrize("name", PLANS)
def test_every_clause_of_a_source_document_with_its_organs(name: str) -> None:
    wanted, year, role = PLANS[name]
    found = tasks(body(name), year)
    assert organs(found) == wanted
    assert len(found) == len(wanted)
    assert {duty.role for task in found for duty in task.duties} - {Role.OTHERS} == {role}


@pytest.mark.parametrize("name", PLANS)
def test_half_width_brackets_colons_and_commas_read_the_same(name: str) -> None:
    wanted, year, _ = PLANS[name]
    half = {number: names.translate(HALF) for number, names in wanted.items()}
    assert organs(tasks(body(name).translate(HALF), year)) == half


def test_a_task_has_its_own_part_of_the_clause_and_no_word_is_lost() -> None:
    text = body("2023-liaocheng-yaodian.md")
    for task in tasks(text, 2023):
        assert task.title in text
        assert task.text in text
        assert "责任单位" not in task.text
        assert task.anchor.startswith(task.number[0])


def test_time_words_and_targets_of_the_source_documents() -> None:
    liaocheng = {task.number: task for task in tasks(body("2023-liaocheng-yaodian.md"), 2023)}
    jingan = {task.number: task for task in tasks(body("2017-jingan-yaodian.md"), 2017)}
    assert liaocheng["一（四）-4"].times == ("按季度", "按月")
    assert liaocheng["三（二）"].targets == ("不少于10次",)
    assert liaocheng["三（三）"].due == PartialDate(2023, 12, 31)
    assert liaocheng["三（三）"].times == ("每年", "2023年年底前")
    assert liaocheng["五（三）"].targets == ("至少组织1次",)
    assert jingan["一（三）"].due == PartialDate(2017, 12, 31)
    assert jingan["二（一）"].times == ("按月",)
    assert jingan["五（六）"].targets == ("不低于4%", "不少于一次")
    assert Counter(task.due for task in liaocheng.values() if task.due) == {PartialDate(2023, 12, 31): 1}


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (
            "牵头部门：区发改委（物价局），配合部门：区财政局、各街镇",
            [("区发改委（物价局）", "lead"), ("区财政局", "support"), ("各街镇", "support")],
        ),
        ("牵头单位:市教育局;配合单位:市财政局,市人社局",
         [("市教育局", "lead"), ("市财政局", "support"), ("市人社局", "support")]),
        ("省商务厅牵头，省外办、省贸促会按职责分工配合",
         [("省商务厅", "lead"), ("省外办", "support"), ("省贸促会", "support")]),
        ("国家发展改革委会同有关部门负责", [("国家发展改革委", "responsible"), ("有关部门", "support")]),
        ("5月底取得明显成效并持续推进，牵头考核单位：市审批服务局", [("市审批服务局", "lead")]),
        ("责任单位：各市、县（区）人民政府，省教育厅；完成时限：6月底前；责任人：张某",
         [("各市、县（区）人民政府", "responsible"), ("省教育厅", "responsible")]),
        ("负责部门：商务部，适用范围：福建自贸试验区", [("商务部", "responsible")]),
        ("全国总工会等和各省级人民政府负责",
         [("全国总工会", "responsible"), ("等", "others"), ("各省级人民政府", "responsible")]),
        ("各街镇各部门负责落实", [("各街镇各部门", "responsible")]),
        ("财政部等有关部门和单位按职责分工负责", [("财政部", "responsible"), ("等有关部门和单位", "others")]),
        ("包括牵头单位自身", []),
        ("没有工作单位的考生由乡镇政府负责", []),
        ("国办发〔2017〕47号", []),
        ("2026年1月1日起实施", []),
        ("责任单位：", []),
        ("指导思想：坚持以人民为中心", []),
    ],
)  # fmt: skip
def test_brackets_in_every_form(inside: str, wanted: list[tuple[str, str]]) -> None:
    assert duties(inside) == wanted


def test_several_clauses_share_a_bracket_that_stands_alone() -> None:
    found = tasks(
        "## 四、规范依申请公开\n\n1. 严格执行期限。\n\n2. 每年6月底前评估一次。\n\n（责任单位：区政府各部门）"
    )
    assert organs(found) == {"四1": "区政府各部门", "四2": "区政府各部门"}
    assert [task.due for task in found] == [None, PartialDate(2026, 6, 30)]


def test_two_brackets_in_a_row_are_one_task() -> None:
    found = tasks("一、做好公开。公布目录。（牵头单位：甲局）（配合单位：乙局）再公布结果。（责任单位：丙局）")
    assert organs(found) == {"一": "甲局 乙局", "一-2": "丙局"}
    assert found[1].text == "再公布结果。"


def test_a_bracket_in_the_title_takes_the_text_below() -> None:
    found = tasks("### （一）公布目录（责任单位：甲局）\n\n3月底前公布。\n\n### （二）没有单位\n\n正文。")
    assert [(task.number, task.title, task.text) for task in found] == [("（一）", "公布目录", "3月底前公布。")]


def test_paragraphs_of_a_clause_before_the_bracket_belong_to_it() -> None:
    found = tasks(
        "（一）公布目录\n\n每年公布一次。\n\n年底前核对。（责任单位：甲局）\n\n（二）核对。（责任单位：乙局）"
    )
    assert [(task.title, task.text) for task in found] == [("公布目录", "每年公布一次。年底前核对。"), ("核对", "")]


def test_a_line_without_brackets_and_a_table_are_read_too() -> None:
    assert organs(tasks("（一）公布目录。\n\n责任单位：甲局、乙局")) == {"（一）": "甲局 乙局"}
    table = (
        "| 序号 | 项目 | 年度目标 | << | 牵头单位 | 配合单位 | 完成时限 |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 1 | 建食堂 | 6 | 处 | 甲局 | 乙局、丙局 | 9月底前 |\n| 2 | 修路 | 3 | 条 | ^^ | — | 年底前 |\n"
        "| 合计 | << | 9 | 个 | 丁局 | — | — |\n"
    )
    found = tasks(table)
    assert organs(found) == {"表-1": "甲局 乙局 丙局", "表-2": "甲局"}
    assert [(task.title, task.targets, task.due) for task in found] == [
        ("建食堂", ("6处",), PartialDate(2026, 9, 30)),
        ("修路", ("3条",), PartialDate(2026, 12, 31)),
    ]


def test_numbers_stay_while_the_text_of_other_clauses_changes() -> None:
    before = tasks("（一）甲。（责任单位：甲局）\n\n（二）乙。（责任单位：乙局）")
    after = tasks("（一）甲改。又一句。（责任单位：甲局、丙局）\n\n（二）乙。（责任单位：乙局）")
    assert [task.number for task in before] == [task.number for task in after]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("年底前完成", ("年底前",), "2026-12-31"),
        ("2023年年底前公开", ("2023年年底前",), "2023-12-31"),
        ("2025年底前公开", ("2025年底前",), "2025-12-31"),
        ("6月底前公布", ("6月底前",), "2026-06-30"),
        ("12月31日前报送", ("12月31日前",), "2026-12-31"),
        ("2月底前", ("2月底前",), "2026-02-28"),
        ("2月30日前", ("2月30日前",), None),
        ("二季度末前完成", ("二季度末前",), "2026-06-30"),
        ("上半年完成", ("上半年",), "2026-06-30"),
        ("10月中旬前", ("10月中旬前",), "2026-10-20"),
        ("按季度公开执行情况，按月公开落实情况", ("按季度", "按月"), None),
        ("每季度末公布", ("每季度末",), None),
        ("3月底前公布，9月底前核对", ("3月底前", "9月底前"), "2026-09-30"),
        ("出台后的10个工作日内公开", ("10个工作日内",), None),
        ("“每月一题”制度", (), None),
        ("5年内关税降幅较大，按年龄分组，2023年7月25日印发", (), None),
    ],
)
def test_time_words(text: str, words: tuple[str, ...], day: str | None) -> None:
    found = deadline(text, 2026)
    assert found.words == words
    assert (str(found.due) if found.due else None) == day


def test_targets() -> None:
    assert targets("公开率100%，每年至少召开1次会议，不少于 10 次，分值权重不低于4%") == (
        "100%", "至少召开1次", "不少于 10 次", "不低于4%",
    )  # fmt: skip
    assert targets("“双随机、一公开”，不超过五分之一") == ()


@pytest.mark.parametrize(
    "text",
    [
        "（" * 3000,
        "（责任单位：" * 500,
        "一、" * 3000,
        "）（责任单位：甲局",
        "|" * 500,
        "（责任单位：" + "甲管理局和" * 20000 + "乙局）",
        "文<sup>注<wbr></sup>（责任单位：甲局）",
        "",
    ],
)
def test_strange_texts_do_no_harm(text: str) -> None:
    tasks(text)
    list(brackets(text))


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus is not here (../shared)")
def test_brackets_of_real_documents() -> None:
    """Of the 334 brackets of the corpus that look like it, 330 name organs; the others are no duties."""
    likely = re.compile(
        r"责任(单位|部门)|牵头|配合(单位|部门)|落实单位|(负责|落实|牵头|配合|参与|指导)[)）】]|按职责分工|负责。列"
    )
    outer = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")
    read, unread = 0, set()
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["body_markdown"].split("\n"):
                text = paragraph.strip("* ")
                found = {(bracket.start, bracket.end) for bracket in brackets(text)}
                for match in outer.finditer(text):
                    if likely.search(match[0]):
                        read += match.span() in found
                        unread |= set() if match.span() in found else {match[0]}
    assert read >= 330
    assert unread <= {
        "（技工院校内由人力资源社会保障行政部门负责）",
        "（包括牵头单位自身）",
        "（没有工作单位的考生由乡镇政府、街道办事处负责）",
        "（负责）",
    }
