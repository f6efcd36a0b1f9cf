"""A dossier tells its stages in order with what shows them; directories list the dossiers of a year."""

from collections.abc import Mapping
import csv
import datetime
import io
import re

import pytest

from gkssg.archive.config import load_column
from gkssg.build import inspect
from gkssg.gather import WAYS
from gkssg.language import Speaker
from gkssg.profiles import ANY_TIME, PROFILES, Profile
from gkssg.report import as_text
from gkssg.schema import COMMON, DETAILS, field_named
from gkssg.site.dossiers import DossierPage
from gkssg.site.model import OpenDocument

from conftest import COLUMN, TODAY, Column, MakeColumn, entry

FOLDER = "content/statutory/decisions"
FACTS = {
    "kind": "dossier",
    "profile": "decision",
    "year": "2026",
    "published": "2026-03-01",
    "undertaker": "示例区人民政府",
    "participation": "座谈会",
    "decide_by": "2026-10",
}
WHOLE = """\

  - {stage: 决策启动, date: 2026-03-01}
  - {stage: 草案, date: 2026-05-01, entry: rules/draft}
  - {stage: 草案说明, date: 2026-05-01}
  - {stage: 公众参与, date: 2026-05-01, note: 31日}
  - {stage: legality, date: 2026-08-01}
  - {stage: 集体讨论决定, date: 2026-09-01}
  - {stage: 决策公布, date: 2026-09-05, entry: rules/result}"""
MATERIAL = {
    "content/rules/draft.md": entry("草案一件"),
    "content/rules/result.md": entry("决定一件", published="2026-09-05"),
}


def dossier(stages: str, **facts: str) -> str:
    """Give a dossier; a decision that lacks nothing unless a fact says otherwise."""
    return entry(**{"title": "事项", "stages": stages, **FACTS, **facts})


def timeline(text: str) -> list[tuple[str, str, list[str]]]:
    """Give the stages a page shows: name, state, and where their links lead."""
    part = text.partition('<ol class="gk-stages">')[2].partition("</ol>")[0]
    found = []
    for stage in part.split('<li class="gk-stage ')[1:]:
        name = re.search(r"<h3>(.*?)\s*<span", stage, re.DOTALL)
        state = re.search(r'gk-stage-state">(.*?)</span>', stage, re.DOTALL)
        assert name
        assert state
        found.append((name[1], state[1], re.findall(r'href="(.*?)"', stage)))
    return found


def told(made: Column, only: str = "") -> str:
    """Give the problems of a column in English, or those of one rule."""
    return as_text([p for p in inspect(made.root, TODAY) if only in {"", p.rule}], Speaker("en"))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_profile_is_sound(profile: Profile) -> None:
    names = [name for stage in profile.stages for name in {name.casefold() for name in stage.names}]
    assert len(names) == len(set(names)), "a name means one stage"
    phases = [stage.phase for stage in profile.stages if stage.phase != ANY_TIME]
    assert phases == sorted(phases)
    assert all(stage.source for stage in profile.stages if stage.required or stage.limit)
    columns = {stage for _, stages in profile.columns for stage in stages}
    assert columns <= {stage.id for stage in profile.stages}


def test_the_issue_s_stages_of_a_decision_are_there() -> None:
    asked = "draft explanation background opinions hearing experts risk legality attendees meeting result"
    asked += " interpretation execution evaluation"
    stages = [stage.id for stage in PROFILES[0].stages]
    assert [stage for stage in stages if stage in asked.split()] == asked.split()
    typed = ("草案", "公众参与", "集体讨论决定", "决策结果", "解读", "执行", "后评估", "调整")
    found = [PROFILES[0].find(name) for name in typed]
    assert [stage.id for stage in found if stage] == [
        "draft", "opinions", "meeting", "result", "interpretation", "execution", "evaluation", "adjustment",
    ]  # fmt: skip


def test_every_way_leads_between_stages_by_a_known_relation() -> None:
    stages = {stage.id for profile in PROFILES for stage in profile.stages}
    assert {stage for way in WAYS for stage in (way.stage, way.source)} <= stages
    tables = [COMMON, *DETAILS.values(), *(field.parts for table in DETAILS.values() for field in table)]
    names = [way.relation.removesuffix("-back") for way in WAYS]
    assert [name for name in names if not any(field_named(table, name) for table in tables)] == []


def test_stages_stand_in_the_profile_s_order_with_what_is_missing(column: MakeColumn) -> None:
    made = column({f"{FOLDER}/a.md": dossier(WHOLE), **MATERIAL})
    assert told(made) == ""
    made.build()
    text = made.text("statutory/decisions/a.html")
    shown = timeline(text)
    assert [name for name, _, _ in shown] == [stage.zh for stage in PROFILES[0].stages]
    states = {name: (state, links) for name, state, links in shown}
    assert states["决策草案"] == ("已完成", ["../../rules/draft.html"])
    assert states["听证会"] == ("暂无信息", [])
    assert states["决策执行"] == ("尚未开展", [])
    assert states["决策调整"] == ("目前没有", [])
    assert "直接涉及切身利益或者存在较大分歧的" in text
    assert '<th scope="row">进展</th><td>决策公布</td>' in text
    assert text.count('<span class="gk-mark">必经程序</span>') == sum(s.required for s in PROFILES[0].stages)


def test_states_of_stages(column: MakeColumn) -> None:
    stages = """\

  - {stage: 启动, date: 2026-03-01}
  - {stage: 公众参与, date: 2026-11-01, state: 进行中}
  - {stage: 公众参与, date: 2026-10-01, note: 问卷}
  - {stage: 听证会, date: 2026-12-10}
  - {stage: 风险评估, state: skipped, note: 没有不利影响}"""
    made = column({f"{FOLDER}/a.md": dossier(stages)})
    made.build()
    text = made.text("statutory/decisions/a.html")
    states = {name: state for name, state, _ in timeline(text)}
    assert (states["公众参与"], states["听证会"], states["风险评估"]) == ("进行中", "计划开展", "不开展")
    assert "<td>公众参与</td>" in text
    made.build(today=datetime.date(2026, 12, 10))
    assert ("听证会", "已完成", []) in timeline(made.text("statutory/decisions/a.html"))


@pytest.mark.parametrize(
    ("today", "state"), [("2026-04-30", "计划开展"), ("2026-05-01", "进行中"), ("2026-06-02", "已完成")]
)
def test_a_stage_is_as_far_as_the_consultation_that_shows_it(column: MakeColumn, today: str, state: str) -> None:
    call = entry(
        "公告", kind="consultation", draft="rules/d", draft_files="[d.txt]", starts="2026-05-01", ends="2026-06-01"
    )
    files = {"content/rules/c.md": call, "content/rules/d.md": entry("草案"), "content/rules/d.txt": "草案"}
    for stages in ("[{stage: 公众参与, entry: rules/c}]", "[{stage: 草案, entry: rules/d}]"):
        made = column({f"{FOLDER}/a.md": dossier(stages), **files})
        made.build(today=datetime.date.fromisoformat(today))
        assert ("公众参与", state, ["../../rules/c.html"]) in timeline(made.text("statutory/decisions/a.html"))


def test_a_stage_of_no_profile_stands_where_its_date_puts_it(column: MakeColumn) -> None:
    more = "\n  - {stage: 专题协商, date: 2026-06-01, note: 政协协商}\n  - {stage: 归档}"
    made = column({f"{FOLDER}/a.md": dossier(WHOLE + more), **MATERIAL})
    assert [p.rule for p in inspect(made.root, TODAY)] == ["stage-unknown", "stage-unknown"]
    made.build()
    names = [name for name, _, _ in timeline(made.text("statutory/decisions/a.html"))]
    assert names[names.index("专题协商") - 1] == "公众参与"
    assert names[-1] == "归档"


def test_a_dossier_without_a_profile_tells_its_stages_by_date(column: MakeColumn) -> None:
    stages = "[{stage: 后, date: 2026-05-01}, {stage: 先, date: 2026-04-01}]"
    made = column({f"{FOLDER}/a.md": entry("事项", kind="dossier", stages=stages)})
    made.build()
    assert [name for name, _, _ in timeline(made.text("statutory/decisions/a.html"))] == ["先", "后"]
    assert not [path for path in made.files() if "directory-" in path]


GATHERED = {
    "content/rules/c.md": entry(
        "公告", kind="consultation", draft="rules/d", explanation="rules/s", starts="2026-05-01", ends="2026-06-01"
    ),
    "content/rules/d.md": entry("草案", draft_of="rules/r"),
    "content/rules/e.md": entry("评估", evaluates="rules/r"),
    "content/rules/i.md": entry("解读", kind="interpretation", interprets="rules/r"),
    "content/rules/m.md": entry(
        "会议", kind="meeting", held="2026-08-08", attendees="某人", agenda="[{item: 审议, entry: rules/r}]"
    ),
    "content/rules/r.md": entry("办法"),
    "content/rules/s.md": entry("说明"),
    "content/rules/x.md": entry("细则", implements="rules/r"),
}
FOUND = {
    "决策草案": ["../../rules/d.html"],
    "草案说明": ["../../rules/s.html"],
    "公众参与": ["../../rules/c.html"],
    "列席代表": ["../../rules/m.html"],
    "集体讨论决定": ["../../rules/m.html"],
    "决策公布": ["../../rules/r.html"],
    "决策解读": ["../../rules/i.html"],
    "决策执行": ["../../rules/x.html"],
    "决策后评估": ["../../rules/e.html"],
}


@pytest.mark.parametrize("named", ["公众参与, entry: rules/c", "决策公布, entry: rules/r", "草案, entry: rules/d"])
def test_relations_lead_to_what_the_dossier_does_not_name(column: MakeColumn, named: str) -> None:
    made = column({f"{FOLDER}/a.md": dossier(f"[{{stage: {named}, date: 2026-05-01}}]"), **GATHERED})
    made.build()
    shown = {name: links for name, _, links in timeline(made.text("statutory/decisions/a.html")) if links}
    assert shown == FOUND
    assert made.text("statutory/decisions/a.html").count("2026-08-08") == 4, "the day of the meeting, not of its entry"
    missing = re.findall(r"“(.*?)” is prescribed", told(made))
    assert missing == ["Start", "Review of legality"], "the rule knows what the page shows"


def test_an_entry_that_was_named_or_a_stage_that_was_not_held_is_left_as_it_is(column: MakeColumn) -> None:
    stages = """\

  - {stage: 决策公布, date: 2026-09-05, entry: rules/r}
  - {stage: 解读, date: 2026-09-05, entry: rules/own}
  - {stage: 执行, state: skipped, note: 无}"""
    made = column({f"{FOLDER}/a.md": dossier(stages), **GATHERED, "content/rules/own.md": entry("自己的解读")})
    made.build()
    shown = {name: links for name, _, links in timeline(made.text("statutory/decisions/a.html"))}
    assert shown["决策解读"] == ["../../rules/own.html"]
    assert shown["决策执行"] == []


def test_what_is_gathered_is_as_new_as_its_entry(column: MakeColumn) -> None:
    named = "[{stage: 决策公布, date: 2026-09-05, entry: rules/r}]"
    made = column({f"{FOLDER}/a.md": dossier(named), "content/rules/r.md": entry("办法")})
    made.build()
    made.write({"content/rules/i.md": GATHERED["content/rules/i.md"]})
    made.build()
    made.build("clean")
    assert made.files() == made.files("clean")
    assert "rules/i.html" in made.text("statutory/decisions/directory-2026.html")


@pytest.mark.parametrize("attribute", ["on-request", "withheld"])
def test_what_is_not_active_leads_nowhere_and_is_shown_by_its_title_alone(column: MakeColumn, attribute: str) -> None:
    files = {
        **GATHERED,
        "content/rules/i.md": entry(
            "密", "秘", attribute=attribute, reason="14-3", kind="interpretation", interprets="rules/r"
        ),
        "content/rules/x.md": entry(
            "隐", attribute=attribute, reason="14-3", title_open="false", published="2026-09-06"
        ),
    }
    stages = "[{stage: 决策公布, date: 2026-09-05, entry: rules/r}, {stage: 执行, date: 2026-09-06, entry: rules/x}]"
    made = column({f"{FOLDER}/a.md": dossier(stages), **files})
    made.build()
    text = made.text("statutory/decisions/a.html")
    shown = {name: links for name, _, links in timeline(text)}
    assert shown["决策解读"] == []
    assert shown["决策执行"][0].startswith("../../rules/withheld-")
    assert "（标题不予公开）" in text
    for path in ("a.html", "directory-2026.html", "directory-2026.csv"):
        assert "隐" not in made.text(f"statutory/decisions/{path}")
        assert "密" not in made.text(f"statutory/decisions/{path}")


def rows(made: Column, path: str) -> list[dict[str, str]]:
    """Give the rows of a directory for spreadsheet programs."""
    data = (made.root / "build" / path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_directory_of_a_year(column: MakeColumn) -> None:
    second = dossier(
        "[{stage: 启动, date: 2026-04-01}]", title="=危险的事项", published="2026-04-01", participation="听证会"
    )
    files = {
        f"{FOLDER}/a.md": dossier(WHOLE),
        f"{FOLDER}/b.md": second,
        f"{FOLDER}/old.md": dossier("[{stage: 启动, date: 2025-04-01}]", title="去年的事项", year="2025"),
        **MATERIAL,
    }
    made = column(files)
    made.build()
    text = made.text("statutory/decisions/directory-2026.html")
    assert '<th scope="row"><a href="a.html">事项</a></th>' in text
    assert "去年的事项" not in text
    assert 'href="directory-2025.html">2025年度重大行政决策事项目录' in text
    first, other = rows(made, "statutory/decisions/directory-2026.csv")
    assert list(first)[:7] == ["序号", "决策事项", "承办单位", "决策时间", "公众参与方式", "是否听证", "进展"]
    assert first["决策时间"] == "计划 2026-10；实际 2026-09-01"
    assert (first["是否听证"], other["是否听证"]) == ("否", "是")
    assert first["草案"] == "决策草案 https://www.example.gov.cn/zfxxgk/rules/draft.html"
    assert first["公众意见"] == "公众参与已完成 2026-05-01"
    assert first["地址"] == "https://www.example.gov.cn/zfxxgk/statutory/decisions/a.html"
    assert other["决策事项"] == "'=危险的事项"
    assert [label for label in first if label not in text and label != "地址"] == []
    front = made.text("statutory/decisions/index.html")
    assert front.index("directory-2026.html") < front.index("directory-2025.html")


def test_a_year_without_dossiers_has_no_directory(column: MakeColumn) -> None:
    made = column({f"{FOLDER}/a.md": entry("文件")})
    made.build()
    assert not [path for path in made.files() if "directory-" in path]


def test_a_dossier_that_is_not_disclosed_stands_in_the_directory_by_title_alone(column: MakeColumn) -> None:
    canary = "龘靐齉爩"
    closed = {"attribute": "on-request", "reason": "16-2", "published": "2026-05-01", "participation": canary}
    made = column(
        {
            f"{FOLDER}/a.md": dossier("[{stage: 启动, date: 2026-03-01}]"),
            f"{FOLDER}/b.md": dossier(f"[{{stage: 启动, note: {canary}}}]", title="依申请的事项", **closed),
            f"{FOLDER}/c.md": dossier("[]", title=canary, **{**closed, "title_open": "false"}),
        }
    )
    made.build()
    text = made.text("statutory/decisions/directory-2026.html")
    assert "依申请的事项</a></th>" in text
    assert "（标题不予公开）</a></th>" in text
    assert [path for path, data in made.files().items() if canary.encode() in data] == []
    shown = rows(made, "statutory/decisions/directory-2026.csv")
    assert [row["决策事项"] for row in shown] == [
        "事项",
        "依申请的事项（依申请公开）",
        "（标题不予公开）（依申请公开）",
    ]
    assert {row["承办单位"] for row in shown[1:]} == {""}


def test_other_profiles_have_directories_where_their_dossiers_stand(column: MakeColumn) -> None:
    facts = {"kind": "dossier", "year": "2026", "stages": "[{stage: 施工, date: 2026-03-01}]"}
    made = column(
        {
            "content/statutory/projects/p.md": entry("工程", profile="project", **facts),
            "content/statutory/livelihood/p.md": entry("另一工程", profile="project", **facts),
        }
    )
    made.build()
    assert "2026年度重大建设项目清单" in made.text("statutory/projects/directory-2026.html")
    (row,) = rows(made, "statutory/livelihood/directory-project-2026.csv")
    assert (row["事项"], row["进展"], row["施工"]) == ("另一工程", "施工", "已完成 2026-03-01")
    assert "决策时间" not in row


OWN = """\
profiles:
  - id: old-estates
    title: 老旧小区改造
    stages:
      - {title: 居民意愿征集, id: wishes, required: true, source: 示例区改造办法第三条}
      - {title: 方案公示, required: 是, limit: 不少于7日}
      - {title: 竣工}
"""


def test_a_column_has_profiles_of_its_own(column: MakeColumn) -> None:
    stages = "[{stage: wishes, date: 2026-03-01}, {stage: 竣工, date: 2026-05-01}]"
    estate = entry("改造", kind="dossier", profile="old-estates", year="2026", stages=stages)
    made = column({"content/column.yml": COLUMN + OWN, "content/statutory/livelihood/a.md": estate})
    assert told(made) == (
        "content/statutory/livelihood/a.md:7:9: warning: “方案公示” is prescribed, and the dossier says nothing of it,"
        " though “竣工” has been reached [stage-missing]\n"
        "    add it to stages（阶段）; if it was not held, say so: state: skipped（不开展）,"
        " and the reason in note（说明）\n"
    )
    made.build()
    text = made.text("statutory/livelihood/a.html")
    assert [name for name, _, _ in timeline(text)] == ["居民意愿征集", "方案公示", "竣工"]
    assert "不少于7日" in text
    assert "示例区改造办法第三条" in text
    assert "老旧小区改造事项清单" in made.text("statutory/livelihood/directory-old-estates-2026.html")


def test_a_column_changes_a_profile_and_keeps_what_it_does_not_say(column: MakeColumn) -> None:
    changed = """\
profiles:
  - id: decision
    title: 重大行政决策
    stages: [{title: 启动}, {title: 草案}, {title: 公平竞争审查, required: true, source: 某规定}, {title: 决策公布}]
"""
    made = column(
        {
            "content/column.yml": COLUMN + changed,
            f"{FOLDER}/a.md": dossier("[{stage: 决策公布, date: 2026-09-05, entry: rules/r}]"),
            **GATHERED,
        }
    )
    assert "“公平竞争审查” is prescribed" in told(made, "stage-missing")
    made.build()
    shown = timeline(made.text("statutory/decisions/a.html"))
    assert [name for name, _, _ in shown] == ["启动", "草案", "公平竞争审查", "决策公布"]
    assert shown[1][2] == ["../../rules/d.html"], "the draft is found by its relation still"
    assert "公平竞争审查" in rows(made, "statutory/decisions/directory-2026.csv")[0]


PROFILE_FAULTS = {
    "profiles: [{id: Old, title: 甲, stages: [{title: 乙}]}]\n": (
        "content/column.yml:5:17: error: a type of dossiers cannot have the id “Old” [profile-id]\n"
        "    it becomes part of an address: small letters, digits and hyphens, as old-estates\n"
    ),
    "profiles:\n  - {id: a, title: 甲, stages: [{title: 乙}]}\n  - {id: a, title: 丙, stages: [{title: 丁}]}\n": (
        "content/column.yml:7:10: error: the type of dossiers “a” is given twice [profile-twice]\n"
        "    keep one of the two\n"
    ),
    "profiles: [{id: a, title: 甲, stages: [{title: 乙}, {title: 乙}]}]\n": (
        "content/column.yml:5:59: error: two stages of this type are called “乙” [profile-twice]\n"
        "    line 5 has it already: give one of them another name\n"
    ),
}


@pytest.mark.parametrize(("text", "message"), PROFILE_FAULTS.items(), ids=range(len(PROFILE_FAULTS)))
def test_faults_of_profiles_are_told_with_their_place(column: MakeColumn, text: str, message: str) -> None:
    made = column({"content/column.yml": COLUMN + text})
    assert as_text(load_column(made.root)[1], Speaker("en")) == message


def test_an_unknown_profile_is_an_error_that_says_what_was_meant(column: MakeColumn) -> None:
    made = column({"content/column.yml": COLUMN + OWN, f"{FOLDER}/a.md": dossier("[]", profile="old-estate")})
    (problem,) = [p for p in inspect(made.root, TODAY) if p.rule == "field-word"]
    assert (problem.place.line, problem.place.column) == (6, 10)
    assert "did you mean “old-estates”?" in told(made, "field-word")


def test_a_profile_that_was_added_is_known_in_files_read_before(column: MakeColumn) -> None:
    made = column({f"{FOLDER}/a.md": dossier("[{stage: wishes}]", profile="old-estates")})
    assert made.try_build().failed
    made.write({"content/column.yml": COLUMN + OWN})
    made.build()
    assert "居民意愿征集" in made.text("statutory/decisions/a.html")


@pytest.mark.parametrize("name", ["undertaker", "decide_by", "participation"])
def test_a_decision_without_what_the_directory_shows_is_an_error(column: MakeColumn, name: str) -> None:
    text = entry("事项", stages="[]", **{key: value for key, value in FACTS.items() if key != name})
    made = column({f"{FOLDER}/a.md": text})
    assert [(p.rule, p.severity.value) for p in inspect(made.root, TODAY)] == [("decision-incomplete", "error")]
    assert f"needs {name}（" in told(made)
    project = {f"{FOLDER}/a.md": text.replace("profile: decision", "profile: project")}
    assert told(column(project)) == ""


RULES: Mapping[str, tuple[str, str, str]] = {
    "unknown": ("[{stage: 公众参予, date: 2026-05-01}]", "stage-unknown", "did you mean “公众参与”?"),
    "unknown of all": ("[{stage: 散步}]", "stage-unknown", "the stages are: Start, Draft,"),
    "missing": (
        WHOLE.replace("  - {stage: legality, date: 2026-08-01}\n", ""),
        "stage-missing",
        "《重大行政决策程序暂行条例》（国务院令第713号）第二十五条至第二十八条",
    ),
    "skipped": (
        WHOLE.replace("legality, date: 2026-08-01", "legality, state: skipped"),
        "stage-missing",
        "with the reason",
    ),
    "order": (
        WHOLE.replace("2026-09-01", "2026-07-01"),
        "stage-order",
        "“Decision in session” is dated 2026-07-01, but “Review of legality”, which comes before it, 2026-08-01",
    ),
    "unlinked": (
        WHOLE.replace(", entry: rules/result", ""),
        "stage-unlinked",
        "“Decision published” leads to no entry",
    ),
}


@pytest.mark.parametrize(("stages", "rule", "words"), RULES.values(), ids=RULES.keys())
def test_what_is_odd_about_stages_is_a_warning(column: MakeColumn, stages: str, rule: str, words: str) -> None:
    made = column({f"{FOLDER}/a.md": dossier(stages), **MATERIAL})
    assert {(p.rule, p.severity.value) for p in inspect(made.root, TODAY)} == {(rule, "warning")}
    assert words in told(made)


@pytest.mark.parametrize(
    "stages",
    [
        WHOLE,
        WHOLE.replace("legality, date: 2026-08-01", "legality, state: skipped, note: 依照规定不审查"),
        WHOLE.replace("2026-09-01", "2026-09"),
        "[{stage: 启动, date: 2026-03-01}, {stage: 终止, date: 2026-04-01}]",
        "[{stage: 启动, date: 2026-03-01}, {stage: 听证会, date: 2027-04-01}, {stage: 决策公布, date: 2027-05}]",
    ],
    ids=["whole", "not held", "a month", "ended early", "only planned"],
)
def test_what_is_in_order_is_no_warning(column: MakeColumn, stages: str) -> None:
    assert told(column({f"{FOLDER}/a.md": dossier(stages), **MATERIAL})) == ""


def test_problems_of_a_dossier_that_is_not_disclosed_are_not_told(column: MakeColumn) -> None:
    closed = {"attribute": "withheld", "reason": "14-1", "review_by": "2027"}
    text = dossier("[{stage: 散步}]", **closed).replace("participation", "keywords")
    assert told(column({f"{FOLDER}/a.md": text})) == ""


def test_a_dossier_s_page_has_all_of_a_document_s(column: MakeColumn) -> None:
    assert issubclass(DossierPage, OpenDocument)
    made = column({f"{FOLDER}/a.md": dossier(WHOLE, based_on="rules/result"), **MATERIAL})
    made.build()
    text = made.text("statutory/decisions/a.html")
    assert "正文。" in text
    assert '<dl class="gk-relations">' in text
    assert 'id="gk-detail-stages"' not in text
