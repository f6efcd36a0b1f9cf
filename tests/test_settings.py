"""A column sets how severe rules are, and files are exempt for a reason; what guards the gate stays."""

import pytest

from gkssg.build import inspect
from gkssg.checks import explained
from gkssg.checks.rules import EXAMPLE, Rule, files_of
from gkssg.language import Speaker
from gkssg.problem import Severity
from gkssg.report import as_text

from conftest import COLUMN, TODAY, Column, MakeColumn, entry

PLAN = entry("示例区停车场建设计划", important="yes")
WITHHELD = {"attribute": "withheld", "reason": "16-1"}
FIXED = {rule.name for rule in explained() if rule.fixed}
LOOSE = [rule for rule in explained() if Severity.ERROR in rule.severities and rule.name not in FIXED]


def told(made: Column) -> str:
    """Say everything that is wrong with a column in English."""
    return as_text(inspect(made.root, TODAY), Speaker("en"))


def exempt(*lines: str, **facts: str) -> str:
    """Give an entry that needs an interpretation, with lines in its front matter."""
    return entry("示例区停车场建设计划", important="yes", **facts).replace(
        "---\n正文", "\n".join([*lines, "---\n正文"])
    )


@pytest.mark.parametrize(
    ("severity", "found"), [("错误", "error"), ("warning", "warning"), ("info", "info"), ("off", ""), ("关闭", "")]
)
def test_a_column_sets_the_severity_of_a_rule(column: MakeColumn, severity: str, found: str) -> None:
    rules = f"rules: [{{rule: interpretation-missing, severity: {severity}}}]\n"
    made = column({"content/column.yml": COLUMN + rules, EXAMPLE: PLAN})
    assert [problem.severity for problem in inspect(made.root, TODAY)] == [found] * bool(found)
    assert made.try_build().failed == (found == "error")


def test_a_rule_that_there_is_not_is_named_with_the_nearest(column: MakeColumn) -> None:
    made = column({"content/column.yml": COLUMN + "rules: [{rule: interpretation-mising, severity: off}]\n"})
    assert told(made) == (
        "content/column.yml:5:16: error: there is no rule “interpretation-mising” [rule-setting]\n"
        "    did you mean “interpretation-missing”?\n"
    )


def test_a_rule_that_guards_the_gate_cannot_be_switched_off(column: MakeColumn) -> None:
    files = {
        "content/column.yml": COLUMN + "rules: [{rule: file-private, severity: off}]\n",
        EXAMPLE: entry("甲", annexes="a.txt"),
        "content/statutory/policy/b.md": entry("乙", **{**WITHHELD, "review_by": "2027-06-30", "annexes": "a.txt"}),
        "content/statutory/policy/a.txt": "甲",
    }  # fmt: skip
    made = column(files)
    assert told(made) == (
        "content/column.yml:5:16: error: file-private guards what is published or reported: it stays as it is"
        " [rule-setting]\n"
        "    delete this line\n"
        f"{EXAMPLE}:4:10: error: this file also belongs to an entry that is not disclosed [file-private]\n"
        "    see content/statutory/policy/b.md; use a copy that may be published\n"
    )
    made.write(
        {
            EXAMPLE: files[EXAMPLE]
            .replace("---\n甲", "---\n")
            .replace("attribute", "# gkssg: allow file-private because 无妨\nattribute")
        }
    )
    assert "file-private guards what is published or reported: nothing is exempt from it [allow-form]" in told(made)
    assert "[file-private]" in told(made)


@pytest.mark.parametrize("rule", [rule for rule in LOOSE if rule.wrong], ids=lambda rule: rule.name)
def test_what_may_be_switched_off_builds(column: MakeColumn, rule: Rule) -> None:
    files = files_of(rule.wrong[0])
    settings = files.get("content/column.yml", COLUMN) + f"rules: [{{rule: {rule.name}, severity: off}}]\n"
    column({**files, "content/column.yml": settings}).build()


def test_what_may_be_switched_off_has_an_example() -> None:
    assert [rule.name for rule in LOOSE if not rule.wrong] == []
    assert {"file-private", "file-forbidden", "id-twice", "key-unknown", "output-twice", "allowed"} <= FIXED


@pytest.mark.parametrize(
    "line",
    [
        "# gkssg: allow interpretation-missing because 内容简单",
        "#gkssg：允许 interpretation-missing，因为内容简单",
        "  # gkssg: allow interpretation-missing, because: 内容简单",
    ],
)
def test_a_file_is_exempt_for_a_reason_that_is_told(column: MakeColumn, line: str) -> None:
    where = f"{EXAMPLE}:5:{line.index('#') + 1}"
    made = column({EXAMPLE: exempt(line)})
    assert told(made) == f"{where}: info: interpretation-missing is allowed in this file (1): 内容简单 [allowed]\n"
    assert [problem.rule for problem in made.build().problems] == ["allowed"]


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("# gkssg: allow interpretation-missing", "the exemption from interpretation-missing has no reason",
         "write “# gkssg: allow RULE because …”"),
        ("# gkssg: ignore all", "this is no exemption that gkssg understands", "write “# gkssg: allow RULE because …”"),
        ("# gkssg: allow interpretation-mising because 内容简单", "there is no rule “interpretation-mising”",
         "did you mean “interpretation-missing”?"),
        ("# gkssg: allow zzz because 内容简单", "there is no rule “zzz”",
         "the rules are listed in the manual, rules.md"),
    ],
)  # fmt: skip
def test_an_exemption_that_is_not_sound_exempts_from_nothing(
    column: MakeColumn, line: str, message: str, hint: str
) -> None:
    found = told(column({EXAMPLE: exempt(line)}))
    assert f"{EXAMPLE}:5:1: error: {message} [allow-form]\n    {hint}\n" in found
    assert "[interpretation-missing]" in found


def test_an_exemption_that_is_not_needed_is_reported(column: MakeColumn) -> None:
    line = "# gkssg: allow file-type because 系统导出"
    found = told(column({EXAMPLE: exempt(line)}))
    assert (
        f"{EXAMPLE}:5:1: warning: file-type is allowed here, but nothing in this file breaks it [allow-unused]\n"
        in found
    )


def test_an_exemption_of_a_private_entry_is_not_quoted(column: MakeColumn) -> None:
    lines = ("# gkssg: allow review-missing because 绝密缘由", "# gkssg: allow 绝密 because 甲")
    made = column({EXAMPLE: exempt(*lines, **WITHHELD)})
    assert "review-missing is allowed in this file (1): … [allowed]" in told(made)
    assert "there is no rule “…” [allow-form]" in told(made)
    assert "绝密" not in told(made)


def test_personal_data_may_be_open_for_a_reason_and_for_no_column(column: MakeColumn) -> None:
    settings = COLUMN + "rules: [{rule: personal-data, severity: warning}]\n"
    person = entry("甲", "联系电话13800138000。")
    made = column({"content/column.yml": settings, EXAMPLE: person})
    assert "personal-data guards what is published or reported: it stays as it is [rule-setting]" in told(made)
    exempted = person.replace("title", "# gkssg: allow personal-data because 示例法第一条\ntitle")
    made.write({"content/column.yml": COLUMN, EXAMPLE: exempted})
    assert told(made) == f"{EXAMPLE}:2:1: info: personal-data is allowed in this file (1): 示例法第一条 [allowed]\n"


def test_an_exemption_holds_for_the_ledger_beside_the_file(column: MakeColumn) -> None:
    wrong = next(text for rule in explained() for text in rule.wrong if rule.name == "ledger-stale")
    plan = files_of(wrong)[EXAMPLE].replace("quarterly", "yearly")
    table = "编号,状态,依据\n（一）,已完成,情况\n"
    made = column({EXAMPLE: plan, EXAMPLE.replace(".md", ".ledger.csv"): table})
    assert "[ledger-evidence]" in told(made)
    made.write({EXAMPLE: plan.replace("title", "# gkssg: allow ledger-evidence because 纸质材料\ntitle")})
    assert told(made) == f"{EXAMPLE}:2:1: info: ledger-evidence is allowed in this file (1): 纸质材料 [allowed]\n"


def test_an_exemption_in_the_text_is_text(column: MakeColumn) -> None:
    made = column({EXAMPLE: entry("甲", "# gkssg: allow file-type because 说明")})
    assert told(made) == ""


def test_exemptions_are_found_again_and_an_edit_of_them_counts(column: MakeColumn) -> None:
    line = "# gkssg: allow interpretation-missing because 内容简单"
    made = column({EXAMPLE: exempt(line)})
    cache = made.root.parent / "cache"
    for _ in range(2):
        assert [problem.rule for problem in made.build(cache=cache).problems] == ["allowed"]
        assert [problem.rule for problem in inspect(made.root, TODAY, cache=cache)] == ["allowed"]
    made.write({EXAMPLE: exempt(line.replace("内容简单", ""))})
    assert {problem.rule for problem in made.try_build(cache=cache).problems} == {
        "allow-form",
        "interpretation-missing",
    }
    made.write({EXAMPLE: exempt()})
    assert [problem.rule for problem in made.build(cache=cache).problems] == ["interpretation-missing"]
