"""Ledgers of work plans: their pages, their records, the rules about them, and the command that makes them."""

import csv
import datetime
from pathlib import Path
import re

import pytest

from gkssg.archive.naming import absolute, places
from gkssg.build import inspect
from gkssg.cli import main
from gkssg.language import Speaker
from gkssg.periods import parse_period
from gkssg.report import as_text

from conftest import TODAY, Column, MakeColumn, entry

PLAN = "content/statutory/policy/plan.md"
LEDGER = "content/statutory/policy/plan.ledger.csv"
PAGE = "statutory/policy/plan.tasks.html"
HEAD = "编号,任务,期间,状态,完成日期,进展,成效,后续举措,依据,更新日期\n"
TEXT = """\
## 一、公开

（一）公布目录。3月底前公布。（责任单位：区财政局）

（二）征求意见。年底前反馈采纳情况，至少1次。（牵头单位：区政府办公室；配合单位：区财政局等有关部门）
"""


def plan(interval: str = "irregular", year: int = 2026, **fields: str) -> str:
    """Give a plan of the sample district with two tasks."""
    facts = {"issuer": "示例区人民政府", "published": f"{year}-01-10", "ledger": interval, **fields}
    return entry(f"示例区{year}年工作要点", TEXT, **facts)


FINANCE = entry("示例区财政局", kind="organ")
OFFICE = entry("示例区人民政府办公室", kind="organ", short_name="区府办")
ORGANS = {"content/statutory/organs/cz.md": FINANCE, "content/statutory/organs/bgs.md": OFFICE}


def made(column: MakeColumn, ledger: str | bytes = "", text: str = "", **more: str | bytes) -> Column:
    """Make a column with the plan and its ledger."""
    files: dict[str, str | bytes] = {**ORGANS, PLAN: text or plan(), **more}
    if ledger:
        files[LEDGER] = ledger
    return column(files)


def rows(html: str) -> dict[str, str]:
    """Give the words of every row of a ledger by the task's number."""
    found = re.findall(r'<tr id="gk-task-([^"]*)">(.*?)</tr>', html, re.DOTALL)
    return {number: " ".join(re.sub(r"<[^>]*>", " ", row).split()) for number, row in found}


def problems(column: Column, today: datetime.date = TODAY) -> str:
    """Say what is wrong with a column."""
    return as_text(inspect(column.root, today), Speaker("en"))


def test_a_plan_has_a_page_with_its_tasks_and_leads_to_it(column: MakeColumn) -> None:
    built = made(column)
    built.build()
    found = rows(built.text(PAGE))
    assert list(found) == ["一（一）", "一（二）"]
    assert "区财政局" in found["一（一）"]
    assert "2026-03-31 3月底前" in found["一（一）"]
    assert "牵头： 区政府办公室 ； 配合： 区财政局 等有关部门" in found["一（二）"]
    assert "至少1次" in found["一（二）"]
    assert all("未登记" in row for row in found.values())
    page = built.text("statutory/policy/plan.html")
    assert 'href="plan.tasks.html#gk-task-一（一）"' in page
    assert "一、公开" in page.partition("gk-ledger")[2].partition("</div>")[0]
    assert 'href="plan.html#一（一）"' in built.text(PAGE)


def test_no_page_without_a_ledger(column: MakeColumn) -> None:
    built = column({PLAN: entry("要点", TEXT)})
    built.build()
    assert not [path for path in built.files() if "tasks" in path and not path.startswith("theme/")]


def test_organs_are_found_by_their_place_and_by_former_names(column: MakeColumn) -> None:
    organ = entry("示例区住房和城乡建设局", kind="organ", formerly="[示例区规划局]")
    text = plan().replace(TEXT, "（一）甲。（责任单位：区规划局、区府办、市财政局、别区财政局、区教育局）\n")
    built = made(column, text=text, **{"content/statutory/organs/zj.md": organ})
    built.build()
    page = built.text(PAGE).partition("<tbody>")[2].partition("</tbody>")[0]
    assert re.findall(r'href="\.\./organs/(\w+)\.html"', page) == ["zj", "bgs"]
    assert "市财政局、别区财政局、区教育局" in page
    assert "organs/cz.tasks.html" not in "".join(built.files())


@pytest.mark.parametrize(
    ("name", "around", "wanted"),
    [
        ("区财政局", "示例市示例区人民政府", "示例区财政局"),
        ("市市场监管局", "聊城市人民政府办公室", "聊城市市场监管局"),
        ("上海市静安区人民政府", "", "静安区政府"),
        ("区发改委（物价局）", "示例区人民政府", "示例区发改委"),
        ("市场监管总局", "示例市人民政府", "市场监管总局"),
        ("财政部", "示例区人民政府", "财政部"),
        ("市教育局", "示例区人民政府", "市教育局"),
    ],
)
def test_short_names_mean_organs_of_the_place(name: str, around: str, wanted: str) -> None:
    assert absolute(name, places(around)) == wanted


def test_an_organ_has_a_page_of_its_tasks(column: MakeColumn) -> None:
    built = made(column)
    built.build()
    assert "cz.tasks.html" in built.text("statutory/organs/cz.html")
    assert "tasks.html" not in built.text("statutory/organs/gov.html")
    page = built.text("statutory/organs/cz.tasks.html")
    assert page.count('href="../policy/plan.tasks.html#gk-task-') == 2
    assert built.text("statutory/organs/bgs.tasks.html").count("plan.tasks.html#gk-task-") == 1


def test_the_latest_record_counts_and_all_are_shown_by_period(column: MakeColumn) -> None:
    ledger = HEAD + (
        "一（一）,公布目录,2026-Q2,已完成,2026-06-01,都公布了,成效甲,,rules/x,\n"
        "一（一）,公布目录,2026-Q1,进行中,,在起草,,接着起草,https://www.example.gov.cn/a?b=1,2026-04-02\n"
    )
    built = made(column, ledger, **{"content/rules/x.md": entry("目录文件")})
    built.build()
    page = built.text(PAGE)
    first = rows(page)["一（一）"]
    assert "已完成" in first
    assert "都公布了" in first
    assert "在起草" not in first
    assert '<a href="../../rules/x.html">目录文件</a>' in page
    assert '<a href="https://www.example.gov.cn/a?b=1">' in page
    boards = page.partition('id="gk-boards"')[2]
    assert boards.index("2026年第二季度") < boards.index("2026年第一季度")
    assert "在起草" in boards
    assert "接着起草" in boards
    table = list(csv.reader(built.text("statutory/policy/plan.tasks.csv").removeprefix("\ufeff").splitlines()))
    assert [row[0] for row in table] == ["编号", "一（一）", "一（一）", "一（二）"]
    assert table[1][6:9] == ["已完成", "2026年第二季度", "都公布了"]
    assert table[3][3] == "区政府办公室（牵头）、区财政局（配合）等有关部门"


@pytest.mark.parametrize(
    ("status", "day", "wanted"),
    [
        ("进行中", "2026-03-31", "进行中"),
        ("进行中", "2026-04-01", "已逾期"),
        ("未启动", "2026-04-01", "已逾期"),
        ("已完成", "2026-04-01", "已完成"),
        ("长期坚持", "2026-04-01", "长期坚持"),
        ("未完成", "2026-04-01", "未完成"),
    ],
)
def test_a_task_is_overdue_from_the_day_after_its_last(column: MakeColumn, status: str, day: str, wanted: str) -> None:
    built = made(column, HEAD + f"一（一）,公布目录,2026-02,{status},,,,,,\n")
    built.build(today=datetime.date.fromisoformat(day))
    page = built.text(PAGE)
    assert wanted in rows(page)["一（一）"]
    told = re.search(r"data-gk-turns='(.*?)'", page)
    assert bool(told) == (status in {"进行中", "未启动"})
    if told:
        assert '["2026-04-01","overdue","已逾期"]' in told[1]


def test_pages_change_on_the_day_a_state_does_and_on_no_other(column: MakeColumn) -> None:
    built = made(column, HEAD + "一（一）,公布目录,2026-02,进行中,,,,,,\n")
    first = datetime.date(2026, 3, 30)
    built.build(today=first)
    assert built.build(today=first + datetime.timedelta(days=1)).made == ()
    changed = {path for path, _ in built.build(today=first + datetime.timedelta(days=2)).made}
    assert PAGE in changed
    assert "statutory/policy/plan.html" not in changed


def test_records_are_read_anew_while_the_plan_stays_as_it_was(column: MakeColumn, tmp_path: Path) -> None:
    built = made(column, HEAD + "一（一）,公布目录,2026-02,进行中,,甲,,,,\n")
    built.build(cache=tmp_path / "cache")
    built.write({LEDGER: HEAD + "一（一）,公布目录,2026-02,已完成,,乙,,,,\n"})
    changed = {path for path, _ in built.build(cache=tmp_path / "cache").made}
    assert PAGE in changed
    assert "statutory/policy/plan.html" not in changed
    assert "已完成" in rows(built.text(PAGE))["一（一）"]
    built.build("clean")
    assert built.files() == built.files("clean")


def test_tasks_by_date_by_year_and_those_left_over(column: MakeColumn) -> None:
    before = "content/statutory/policy/before"
    files = {
        f"{before}.md": plan(year=2025),
        f"{before}.ledger.csv": HEAD
        + "一（一）,公布目录,2025,已完成,,,,,,\n一（二）,征求意见,2025,未完成,,甲未完成,,,,\n",
    }
    built = made(column, HEAD + "一（一）,公布目录,2026,已完成,,乙完成,,,,\n", **files)
    built.build()
    review = built.text("statutory/planning/tasks-review-2025.html")
    assert re.findall(r"before\.tasks\.html#gk-task-([^\"]*)", review) == ["一（二）"]
    assert "before.tasks.html#gk-task-一（二）" in built.text(PAGE)
    dates = built.text("statutory/planning/tasks-by-date.html")
    assert re.findall(r"<h2[^>]*>(\d{4}-\d\d)</h2>", dates) == ["2026-12", "2026-03", "2025-12", "2025-03"]
    assert "乙完成" in built.text("reports/tasks-2026.html")
    assert "甲未完成" in built.text("reports/tasks-2025.html")
    assert 'href="tasks-2026.html"' in built.text("reports/index.html")
    index = built.text("statutory/planning/tasks.html")
    assert "tasks-review-2025.html" in index
    assert "../policy/plan.tasks.html" in index
    assert 'href="tasks.html"' in built.text("statutory/planning/index.html")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_ledger_may_come_from_any_spreadsheet(column: MakeColumn, encoding: str) -> None:
    text = HEAD.replace("\n", "\r\n") + '一（一）,公布目录,2026年第一季度,进行中,,"多行,\n文字",,,,2026年4月2日\r\n'
    built = made(column, text.encode(encoding))
    built.build()
    assert "多行, 文字" in rows(built.text(PAGE))["一（一）"]


@pytest.mark.parametrize(
    ("ledger", "rule", "line"),
    [
        (HEAD + "一（九）,,2026,已完成,,,,,,\n", "ledger-task", 2),
        (HEAD + "一（一）,公布名单,2026,已完成,,,,,,\n", "ledger-text", 2),
        (HEAD + "一（一）,,2026,办完了,,,,,,\n", "ledger-row", 2),
        (HEAD + "一（一）,,去年,已完成,,,,,,\n", "ledger-row", 2),
        (HEAD + "\n一（一）,,2026,已完成,2026-13-01,,,,,\n", "ledger-row", 3),
        (HEAD + "一（一）,,2026,已完成,,,,,rules/none,\n", "ledger-evidence", 2),
        (HEAD + "一（一）,,2026,已完成,,,,,javascript:x,\n", "ledger-evidence", 2),
        (HEAD + "一（一）,,2026,已完成,,,,,,\n一（一）,,2026年,进行中,,,,,,\n", "ledger-twice", 3),
        ("序号,状态\n1,已完成\n", "table-column", 1),
        (HEAD.replace("进展", "进展情况") + "一（一）,,2026,已完成,,甲,,,,\n", "table-column", 1),
        ("\n", "table-file", 1),
        (b"\xff\xff\xff", "table-file", 1),
        (HEAD + '一（一）,"未完\n', "table-file", 2),
    ],
)
def test_faults_of_a_ledger_have_their_places(column: MakeColumn, ledger: str | bytes, rule: str, line: int) -> None:
    found = [(p.rule, p.place.line) for p in inspect(made(column, ledger).root, TODAY) if p.place.path == LEDGER]
    assert (rule, line) in found


def test_a_record_whose_clause_says_something_else_is_a_warning(column: MakeColumn) -> None:
    said = problems(made(column, HEAD + "一（一）,公布名单,2026,已完成,,,,,,\n"))
    assert f"{LEDGER}:2:1: warning: the record is about “公布名单”, but that clause now says something else" in said
    assert "it says “公布目录：3月底前公布。”" in said


def test_a_plan_without_tasks_is_a_warning(column: MakeColumn) -> None:
    assert "no tasks are found in the text [ledger-tasks]" in problems(made(column, text=entry("甲", ledger="monthly")))


@pytest.mark.parametrize(
    ("interval", "recorded", "missing"),
    [
        ("monthly", "2026-09", "2026-01, 2026-02, 2026-03, 2026-04, 2026-05, 2026-06, 2026-07, 2026-08, 2026-10"),
        ("quarterly", "2026-Q1", "2026-Q2, 2026-Q3"),
        ("quarterly", "2026年1—9月", "2026-Q1, 2026-Q2"),
        ("yearly", "2026-Q1", ""),
        ("irregular", "2026-Q1", ""),
    ],
)
def test_progress_that_is_not_recorded_in_time_is_a_warning(
    column: MakeColumn, interval: str, recorded: str, missing: str
) -> None:
    built = made(column, HEAD + f"一（一）,公布目录,{recorded},进行中,,甲,,,,\n", plan(interval))
    said = problems(built)
    wanted = f"content/statutory/policy/plan.md:6:9: warning: no progress is recorded for {missing} [ledger-stale]"
    assert (wanted in said) == bool(missing)
    assert ("ledger-stale" in said) == bool(missing)


def test_nothing_is_due_after_the_year_of_the_plan_or_before_it_was_published(column: MakeColumn) -> None:
    ledger = HEAD + "一（一）,公布目录,2026-Q3,进行中,,甲,,,,\n一（一）,公布目录,2026-Q4,已完成,,甲,,,,\n"
    built = made(column, ledger, plan("quarterly").replace("published: 2026-01-10", "published: 2026-07-10"))
    assert problems(built, datetime.date(2027, 11, 1)) == ""


def series(rows: str) -> dict[str, str | bytes]:
    """Give a dataset with monthly figures."""
    text = entry("收支月报", kind="dataset", file="a.csv", series="monthly", published="2026-02-10")
    return {"content/statutory/budget/a.md": text, "content/statutory/budget/a.csv": f"期间,收入,说明\n{rows}"}


def test_figures_of_every_month_are_explained_and_none_is_left_out(column: MakeColumn) -> None:
    full = "".join(f"2026-{month:02},1,增长\n" for month in range(1, 11))
    assert problems(column(series(full))) == ""
    said = problems(column(series(full.replace("2026-09,1,增长", "2026-09,1,"))))
    assert (
        "content/statutory/budget/a.csv:10:1: warning: the figures of 2026-09 have no explanation [series-note]" in said
    )
    said = problems(column(series(full.replace("2026-08,1,增长\n", ""))))
    assert "a.md:6:9: warning: there are no figures for 2026-08 [series-stale]" in said
    assert "series-stale" in problems(column(series(full)), datetime.date(2027, 1, 5))


def test_a_series_without_its_columns_or_periods_is_an_error(column: MakeColumn) -> None:
    assert "[series-row]" in problems(column(series("九月,1,增长\n")))
    files = series("")
    files["content/statutory/budget/a.csv"] = "月份,收入\n2026-01,1\n"
    assert problems(column(files)).count("[table-column]") == 2


@pytest.mark.parametrize("attribute", ["attribute: on-request\nreason: 16-2", "attribute: withheld\nreason: 14-1"])
def test_nothing_of_a_ledger_passes_the_gate_with_a_plan_that_is_not_open(column: MakeColumn, attribute: str) -> None:
    ledger = HEAD + "一（一）,公布目录,2026,胡写,,龘靐齉爩,,,,\n"
    built = made(column, ledger, plan().replace("attribute: active", f"{attribute}\nreview_by: 2027"))
    built.build()
    files = built.files()
    assert not [path for path in files if ".tasks." in path or "ledger" in path.rpartition("/")[2][:-5]]
    assert not [path for path, data in files.items() if "公布目录".encode() in data or "龘靐".encode() in data]
    assert problems(built) == ""


def test_evidence_and_organs_that_are_not_open_are_not_named(column: MakeColumn) -> None:
    hidden = "---\ntitle: 靇靏齺\nattribute: withheld\nreason: 14-1\ntitle_open: false\n---\n正文。\n"
    organ = "---\ntitle: 示例区财政局\nkind: organ\nattribute: withheld\nreason: 16-1\ntitle_open: false\n---\n。\n"
    files = {"content/rules/mimi.md": hidden, "content/statutory/organs/cz.md": organ}
    built = made(column, HEAD + "一（一）,公布目录,2026,已完成,,甲,,,rules/mimi,\n", **files)
    built.build()
    every = built.files()
    assert not [path for path, data in every.items() if "靇靏".encode() in data or b"mimi" in data or "mimi" in path]
    assert "依据： （标题不予公开）" in rows(built.text(PAGE))["一（一）"]
    assert "cz" not in re.findall(r"organs/(\w+)", built.text(PAGE))


def test_the_file_of_records_is_never_published(column: MakeColumn) -> None:
    built = made(column, HEAD + "一（一）,公布目录,2026,已完成,,甲,,,,\n")
    built.build()
    assert not [path for path in built.files() if path.endswith(".ledger.csv")]
    linked = {"content/rules/a.md": entry("甲", "见[台账](../statutory/policy/plan.ledger.csv)。")}
    said = problems(made(column, HEAD + "一（一）,公布目录,2026,已完成,,甲,,,,\n", **linked))
    assert "[file-forbidden]" in said


def run(root: Path, *words: str) -> int:
    """Run the command on the plan."""
    return main(["-C", str(root), "ledger", str(root / PLAN), *words, "--lang", "en"])


def test_the_command_writes_a_row_for_each_task(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    built = made(column)
    assert run(built.root) == 0
    assert f"{LEDGER}: 2 rows added\nadded: 一（一）\nadded: 一（二）\n" in capsys.readouterr().out
    written = (built.root / LEDGER).read_bytes()
    assert written.startswith("\ufeff编号,任务,责任单位,时限,期间,".encode())
    table = list(csv.reader(written.decode("utf-8-sig").splitlines()))
    assert table[2][:4] == [
        "一（二）",
        "征求意见：年底前反馈采纳情况，至少1次。",
        "区政府办公室、区财政局等有关部门",
        "2026-12-31",
    ]
    assert problems(built) == ""
    built.build()
    assert all("未登记" in row for row in rows(built.text(PAGE)).values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_command_keeps_what_editors_typed(
    column: MakeColumn, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    typed = "编号,状态,进展,我的备注\r\n一（一）,已完成,甲,乙\r\n一（七）,进行中,丙,丁".encode(encoding)
    built = made(column, typed)
    assert run(built.root) == 0
    said = capsys.readouterr().out
    assert "added: 一（二）" in said
    assert "no longer in the plan: 一（七）" in said
    written = (built.root / LEDGER).read_bytes()
    assert written == typed + "\r\n一（二）,,,\r\n".encode(encoding.removesuffix("-sig"))
    assert run(built.root) == 0
    assert (built.root / LEDGER).read_bytes() == written


def test_the_command_adds_a_period(column: MakeColumn) -> None:
    built = made(column, HEAD + "一（一）,公布目录,2026年第三季度,进行中,,甲,,,,\n")
    assert run(built.root, "--period", "2026-Q3") == 0
    lines = (built.root / LEDGER).read_text("utf-8").splitlines()
    assert lines[2:] == ["一（二）,征求意见：年底前反馈采纳情况，至少1次。,2026-Q3,,,,,,,"]


def test_the_command_says_why_it_does_nothing(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made(column, text=entry("甲")).root) == 1
    assert "no tasks are found" in capsys.readouterr().err
    assert run(made(column, text=plan().replace("attribute: active", "attribute: withheld\nreason: 14-1")).root) == 1
    assert "not disclosed" in capsys.readouterr().err
    assert run(made(column, text=entry("甲", TEXT)).root) == 0
    assert "does not have the key ledger" in capsys.readouterr().err
    assert run(made(column, "a,b\n1,2\n").root) == 1
    assert "no column “编号”" in capsys.readouterr().err
    root = made(column).root
    assert main(["-C", str(root), "ledger", str(root / "none.md")]) == 2
    with pytest.raises(SystemExit) as stop:
        run(root, "--period", "某时")
    assert stop.value.code == 2


@pytest.mark.parametrize(
    ("text", "wanted", "zh"),
    [
        ("2026", "2026", "2026年"),
        ("2026年第三季度", "2026-Q3", "2026年第三季度"),
        ("2026Q3", "2026-Q3", "2026年第三季度"),
        ("2026-H1", "2026-H1", "2026年上半年"),
        ("2026年下半年", "2026-H2", "2026年下半年"),
        ("2026-03", "2026-03", "2026年3月"),
        ("2026年3月份", "2026-03", "2026年3月"),
        ("2026年1—9月", "2026年1—9月", "2026年1—9月"),
        ("2026年9—1月", None, None),
        ("2026-13", None, None),
        ("20263", None, None),
        ("三月", None, None),
    ],
)
def test_periods(text: str, wanted: str | None, zh: str | None) -> None:
    period = parse_period(text)
    assert (str(period) if period else None) == wanted
    assert (period.zh if period else None) == zh
