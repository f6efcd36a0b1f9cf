"""Time limits: what is late is said, what falls due is listed, by the calendar and the column's numbers."""

from collections.abc import Mapping
import datetime
import json
from pathlib import Path

import icalendar
import pytest

from gkssg.build import inspect
from gkssg.cli import main
from gkssg.language import Speaker
from gkssg.limits import Interval, day_months_later, parse_interval
from gkssg.report import as_text

from conftest import COLUMN, TODAY, MakeColumn, entry

FILE = "content/statutory/policy/a.md"


def said(root: Path, today: datetime.date = TODAY) -> str:
    """Say everything that is wrong with a column."""
    return as_text(inspect(root, today), Speaker("en"))


def listed(root: Path, capsys: pytest.CaptureFixture[str], days: int, *more: str, today: object = TODAY) -> str:
    """Give what ``check --due`` prints."""
    assert main(["-C", str(root), "--lang", "en", "check", "--today", str(today), "--due", str(days), *more]) == 0
    return capsys.readouterr().out


LATE = (
    "{path}:5:12: warning: it was published on {published}, {days} working days after {written}, when it was written; "
    "it was due by {due} (20 working days) [publish-late]\n"
    "    correct written（成文日期）or published（发布日期）if it is wrong; for a text of others add source（来源）\n"
)


@pytest.mark.parametrize(
    ("written", "published", "days", "due"),
    [
        ("2026-10-12", "2026-11-09", 0, ""),  # the 20th working day of an ordinary month
        ("2026-10-12", "2026-11-10", 21, "2026-11-09"),
        ("2026-09-18", "2026-10-22", 0, ""),  # over 中秋 and 国庆, with a Sunday and a Saturday worked
        ("2026-09-18", "2026-10-23", 21, "2026-10-22"),
        ("2026-02-06", "2026-03-12", 0, ""),  # over 春节
        ("2026-02-06", "2026-03-13", 21, "2026-03-12"),
        ("2026-10", "2026-12-31", 0, ""),  # not known to the day
        ("2024-01-01", "2024-12-31", 0, ""),  # long past: nothing can be done
    ],
)
def test_what_was_made_is_published_in_twenty_working_days(
    column: MakeColumn, written: str, published: str, days: int, due: str
) -> None:
    made = column({FILE: entry("甲", written=written, published=published)})
    facts = {"path": FILE, "written": written, "published": published, "days": days, "due": due}
    assert said(made.root) == (LATE.format(**facts) if days else "")


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "示例网"},
        {"kind": "organ", "address": "示例路", "hours": "全天", "phone": "0"},
        {"version_of": "statutory/policy/b"},
        {"converted": "{from: on-request, date: 2026-10-31, standard: 标准, reviewer: 办公室}"},
    ],
)
def test_what_was_not_made_here_has_no_such_limit(column: MakeColumn, fields: Mapping[str, str]) -> None:
    made = column(
        {
            FILE: entry("甲", written="2026-01-05", published="2026-11-02", **fields),
            "content/statutory/policy/b.md": entry("乙"),
        }
    )
    assert "publish-late" not in said(made.root)


def test_a_year_without_a_holiday_notice_is_said_to_be_one(column: MakeColumn) -> None:
    made = column({FILE: entry("甲", written="2026-12-15", published="2027-01-20")})
    assert said(made.root, datetime.date(2027, 2, 1)).endswith(
        "for a text of others add source（来源）; no holiday arrangement is known for 2027:"
        " Monday to Friday were counted\n"
    )


def test_budgets_are_published_in_twenty_days(column: MakeColumn) -> None:
    path = "content/statutory/budget/a.md"
    made = column({path: entry("甲", approved="2026-02-10", published="2026-03-02")})
    assert said(made.root) == ""
    made.write({path: entry("甲", approved="2026-02-10", published="2026-03-03")})
    assert said(made.root) == (
        f"{path}:5:12: warning: it was published on 2026-03-03, 21 days after its approval on 2026-02-10;"
        " it was due by 2026-03-02 [budget-late]\n"
        "    correct approved（批准日期）or published（发布日期）if it is wrong\n"
    )
    made = column({path: entry("乙"), FILE: entry("甲", approved="2026-02-10", published="2026-03-03")})
    assert said(made.root) == "", "no budget"


def test_a_changed_item_is_published_on_the_next_working_day(
    column: MakeColumn, capsys: pytest.CaptureFixture[str]
) -> None:
    made = column({FILE: entry("甲", kind="item", changed="2026-09-30", updated="2026-10-08")})
    assert said(made.root) == ""
    made.write({FILE: entry("甲", kind="item", changed="2026-09-30", updated="2026-10-09")})
    assert said(made.root) == (
        f"{FILE}:6:10: warning: it changed on 2026-09-30; the change was due to be published by 2026-10-08"
        " (1 working days) [item-late]\n"
        "    correct changed（变更日期）or updated（变更公开日期）if it is wrong\n"
    )
    made.write({FILE: entry("甲", kind="item", changed="2026-11-19")})
    assert said(made.root) == ""
    assert listed(made.root, capsys, 0) == (
        f"2026-11-20  {FILE}:5:10: the publication of the change of 2026-11-19 is due [item-late]\n"
        "    bring the text up to date and write the day in updated（变更公开日期）\n"
    )
    assert said(made.root, TODAY + datetime.timedelta(days=1)) == (
        f"{FILE}:5:10: warning: it changed on 2026-11-19; the change was due to be published by 2026-11-20"
        " (1 working days) [item-late]\n"
        "    bring the text up to date and write the day in updated（变更公开日期）\n"
    )


def test_a_column_has_its_own_limits(column: MakeColumn) -> None:
    made = column(
        {
            FILE: entry("甲", written="2026-11-02", published="2026-11-10"),
            "content/column.yml": COLUMN + "limits: {publish: 5}\n",
        }
    )
    assert "it was due by 2026-11-09 (5 working days) [publish-late]" in said(made.root)
    made.write({"content/column.yml": COLUMN + "时限: {主动公开期限: 6}\n"})
    assert said(made.root) == ""


def test_consultations_and_interpretations_have_the_limits_of_the_column(
    column: MakeColumn, capsys: pytest.CaptureFixture[str]
) -> None:
    made = column(
        {
            "content/statutory/consultations/c.md": entry(
                "公告", kind="consultation", starts="2026-10-01", ends="2026-10-20", draft="statutory/policy/d",
                explanation="statutory/policy/d",
            ),
            "content/statutory/policy/d.md": entry("草案", draft_of="statutory/policy/e"),
            "content/statutory/policy/e.md": entry("结果", important="true", published="2026-11-19"),
        }
    )  # fmt: skip
    assert "opinions are taken for 20 days, which is less than 30 [consultation-days]" in said(made.root)
    assert [line[:10] for line in listed(made.root, capsys, 30).splitlines() if line[0] == "2"] == [
        "2026-11-24", "2026-12-03",
    ]  # fmt: skip
    made.write({"content/column.yml": COLUMN + "limits: {consultation: 20, answer: 5, interpretation: 1}\n"})
    assert "consultation-days" not in said(made.root)
    assert [line[:10] for line in listed(made.root, capsys, 30).splitlines() if line[0] == "2"] == [
        "2026-11-20", "2026-11-26",
    ]  # fmt: skip


def test_limits_that_cannot_be_are_problems(column: MakeColumn) -> None:
    settings = (
        'limits:\n  publish: 0\n  report: "02-29"\n  arrears: 3月31日\n'
        "sections:\n  - {id: statutory/policy, update_every: 常常}\n"
    )
    assert said(column({"content/column.yml": COLUMN + settings}).root) == (
        "content/column.yml:6:12: error: publish（主动公开期限） cannot be “0” [limit]\n"
        "    write a number from 1 to 366\n"
        "content/column.yml:7:11: error: report（年度报告截止日） cannot be “02-29” [limit]\n"
        "    write a month and a day, as 03-31\n"
        "content/column.yml:10:42: error: “常常” does not say how often something new is expected [update-every]\n"
        "    write a number and a unit: 2 weeks, 6 months, 1 year (or 2周, 6个月, 1年)\n"
    )


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("2 weeks", Interval(days=14)),
        ("1 week", Interval(days=7)),
        ("10日", Interval(days=10)),
        ("两周", Interval(days=14)),
        ("6 months", Interval(months=6)),
        ("6个月", Interval(months=6)),
        ("三个月", Interval(months=3)),
        ("半年", Interval(months=6)),
        ("每季度", Interval(months=3)),
        ("每月", Interval(months=1)),
        ("1 year", Interval(months=12)),
        ("每年", Interval(months=12)),
        ("0 days", None),
        ("六", None),
        ("soon", None),
        ("", None),
    ],
)
def test_how_often_is_read_in_words(text: str, interval: Interval | None) -> None:
    assert parse_interval(text) == interval


def test_months_end_where_they_end() -> None:
    assert day_months_later(datetime.date(2026, 8, 31), 6) == datetime.date(2027, 2, 28)
    assert day_months_later(datetime.date(2024, 2, 29), 12) == datetime.date(2025, 2, 28)
    assert day_months_later(datetime.date(2026, 11, 20), 6) == datetime.date(2027, 5, 20)


def test_a_section_has_something_new_as_often_as_it_is_said(
    column: MakeColumn, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = COLUMN + "sections:\n  - {id: statutory/policy, update_every: 6 months}\n"
    made = column({"content/column.yml": settings, FILE: entry("甲", published="2026-05-20")})
    assert said(made.root) == ""
    assert listed(made.root, capsys, 0) == (
        "content/column.yml:6:42: something new is expected in “政策文件”: the newest entry is of 2026-05-20"
        " [section-stale]\n"
        "    publish what is new, or change update_every（更新周期）of statutory/policy if it is too short\n"
    ).replace("content", "2026-11-20  content", 1)
    assert said(made.root, TODAY + datetime.timedelta(days=1)) == (
        "content/column.yml:6:42: warning: nothing new since 2026-05-20 in “政策文件”;"
        " something was expected by 2026-11-20 [section-stale]\n"
        "    publish what is new, or change update_every（更新周期）of statutory/policy if it is too short\n"
    )


def many(count: int, published: str = "2026-11-02") -> dict[str, str | bytes]:
    """Give some entries of one section."""
    return {f"content/statutory/policy/{n}.md": entry(f"第{n}件", published=published) for n in range(count)}


YEARLY = {
    "content/reports/2025.md": entry("示例区人民政府2025年度报告", kind="report", year="2025", published="2026-03-31"),
    "content/statutory/budget/q.md": entry("2025年度逾期尚未支付中小企业款项信息", published="2026-03-31"),
}


def test_a_column_in_use_fills_its_sections(column: MakeColumn) -> None:
    made = column({**YEARLY, **many(24)})
    found = said(made.root)
    assert found.startswith(
        "content/column.yml:1:1: warning: 21 sections are empty and do not say why: the column would fail inspection"
        " [sections-empty]\n"
        "    give each its entries, or an empty_note（空栏说明）of its own: 政府信息公开制度（rules）, 规章（"
    )
    assert found.count("\n") == 2
    notes = "".join(f"  - {{id: {leaf}, empty_note: 无}}\n" for leaf in LEAVES[:17])
    made.write({"content/column.yml": f"{COLUMN}sections:\n{notes}"})
    assert said(made.root) == "", "four are left"


LEAVES = [
    "rules",
    *(
        f"statutory/{name}"
        for name in (
            "regulations", "normative", "interpretations", "decisions", "consultations", "meetings", "proposals",
            "planning", "statistics", "licensing", "penalties", "fees", "procurement", "projects", "livelihood",
            "emergency", "supervision", "recruitment", "lists", "gazette",
        )
    ),
]  # fmt: skip


def test_a_column_may_ask_for_it_from_the_start(column: MakeColumn) -> None:
    made = column({"content/column.yml": COLUMN + "limits: {empty_sections: 24}\n"})
    assert "24 sections are empty" in said(made.root)
    made.write({FILE: entry("甲")})
    assert said(made.root) == ""


def test_a_column_that_is_being_set_up_is_not_judged(column: MakeColumn) -> None:
    assert said(column(many(15, "2020-01-01")).root) == ""


def test_ten_stale_sections_are_too_many(column: MakeColumn) -> None:
    names = LEAVES[1:11]
    stale = {f"content/{leaf}/a.md": entry(leaf, published="2026-01-05") for leaf in names}
    settings = "".join(f"  - {{id: {leaf}, update_every: 半年}}\n" for leaf in names)
    made = column({**stale, "content/column.yml": f"{COLUMN}sections:\n{settings}"})
    found = said(made.root)
    assert found.count("[section-stale]") == 10
    assert found.startswith(
        "content/column.yml:1:1: warning: 10 sections are stale: the column would fail inspection [sections-stale]\n"
        "    they are: 规章, 行政规范性文件, 政策解读, "
    )
    made.write({f"content/{names[0]}/a.md": entry("甲", published="2026-06-05")})
    assert said(made.root).count("[section") == 9


@pytest.mark.parametrize(
    ("organ", "limits", "day"),
    [
        ("示例区人民政府", "", "2026-03-31"),
        ("示例区财政局", "", "2026-01-31"),
        ("示例区财政局", "limits: {report: 1月20日}\n", "2026-01-20"),
    ],
)
def test_the_yearly_report_is_due_on_a_day_of_the_year(
    column: MakeColumn, capsys: pytest.CaptureFixture[str], organ: str, limits: str, day: str
) -> None:
    due = datetime.date.fromisoformat(day)
    later = due + datetime.timedelta(days=1)
    made = column(
        {
            "content/column.yml": COLUMN.replace("示例区人民政府\n", f"{organ}\n") + limits,
            "content/statutory/organs/c.md": entry(
                "示例区财政局", kind="organ", address="示例路", hours="全天", phone="0", leaders="[{name: 示例甲}]",
                departments="[{name: 甲科}]",
            ),
            "content/reports/2024.md": entry(
                f"{organ}2024年度报告", kind="report", year="2024", published=f"2025{day[4:]}"
            ),
        }
    )  # fmt: skip
    hint = "    write it with “gkssg new report”, with year（年度）: 2025\n"
    message = f"content/column.yml:2:8: {{}}the report on 2025 is due by {day} [report-late]\n{hint}"
    assert "organ-page" not in said(made.root, due)
    assert "report-late" not in said(made.root, due)
    assert listed(made.root, capsys, 0, today=due) == f"{day}  {message.format('')}"
    assert message.format("warning: ") in said(made.root, later)
    made.write(
        {
            "content/reports/2025.md": entry(
                f"{organ}2025年度报告", kind="report", year="2025", published=later.isoformat()
            )
        }
    )
    assert said(made.root, TODAY).count("report-late") == 1
    assert (
        f"content/reports/2025.md:6:12: warning: the report on 2025 was published on {later}; it was due by {day}"
        " [report-late]\n    correct published（发布日期）if it is wrong\n"
    ) in said(made.root, TODAY)


def test_the_report_of_another_organ_is_not_the_column_s(column: MakeColumn) -> None:
    made = column(
        {
            "content/reports/2025.md": entry("别处2025年度报告", kind="report", year="2025", issuer="示例局"),
            "content/reports/2024.md": entry("示例区人民政府2024年度报告", kind="report", year="2024"),
            "content/statutory/organs/b.md": entry(
                "示例局", kind="organ", address="示例路", hours="全天", phone="0", departments="[{name: 甲科}]"
            ),
        }
    )
    assert "the report on 2025 is due by 2026-03-31 [report-late]" in said(made.root)


def test_arrears_are_published_once_a_year(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    path = "content/statutory/budget/a.md"
    made = column({path: entry("关于逾期尚未支付中小企业款项情况的公告", published="2025-03-20")})
    assert said(made.root) == (
        "content/column.yml:2:8: warning: the arrears to small and medium enterprises of 2025 are due by 2026-03-31"
        " [arrears-late]\n"
        "    publish the number and the sum of contracts, or that there are none,"
        " as 2025年度逾期尚未支付中小企业款项信息\n"
    )
    made.write({"content/statutory/budget/b.md": entry("2025年度拖欠中小企业账款情况", published="2026-03-20")})
    assert said(made.root) == ""
    assert listed(made.root, capsys, 131).count("are due by 2027-03-31 [arrears-late]") == 1
    assert listed(made.root, capsys, 130).count("arrears") == 0


def test_documents_that_expire_within_six_months_are_named(
    column: MakeColumn, capsys: pytest.CaptureFixture[str]
) -> None:
    made = column({FILE: entry("甲", effective="2021-05-21", expires="2027-05-21")})
    assert said(made.root) == ""
    made.write({FILE: entry("甲", effective="2021-05-20", expires="2027-05-20")})
    hint = "    evaluate it in time: extend, amend or replace it, or let it lapse\n"
    assert said(made.root) == (
        f"{FILE}:5:10: info: it is in force until 2027-05-20, 181 days from now [expires-soon]\n{hint}"
    )
    last = datetime.date(2027, 5, 20)
    assert f"2027-05-20  {FILE}:5:10: “甲” is in force for the last day [expires-soon]\n{hint}" in listed(
        made.root, capsys, 0, today=last
    )
    assert "expires-soon" not in said(made.root, last + datetime.timedelta(days=1))
    made.write({"content/statutory/policy/b.md": entry("乙", repeals="[statutory/policy/a]", effective="2026-01-01")})
    assert "expires-soon" not in said(made.root)


def test_what_falls_due_is_listed_by_day(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    made = column(
        {
            FILE: entry("甲", normative="true", written="2026-11-17", published="2026-11-19", effective="2026-12-01"),
            "content/statutory/consultations/c.md": entry(
                "公告", kind="consultation", starts="2026-11-01", ends="2026-11-30", draft="statutory/policy/d",
                explanation="statutory/policy/d",
            ),
            "content/statutory/policy/d.md": entry("草案", draft_of="statutory/policy/e"),
            "content/statutory/policy/e.md": entry("结果", published="2026-11-18"),
            "content/statutory/policy/w.md": entry(
                "密件", attribute="withheld", reason="14-1", review_by="2026-11-25"
            ),
            "content/statutory/policy/x.md": entry("新件", written="2026-11-18"),
        }
    )  # fmt: skip
    consultation = "content/statutory/consultations/c.md:6:7"
    assert listed(made.root, capsys, 26) == (
        f"2026-11-24  {FILE}:6:12: the interpretation of “甲” is due [interpretation-late]\n"
        "    write one with “gkssg new interpretation” and name this document in its interprets（解读）\n"
        "2026-11-25  content/statutory/policy/w.md:5:12: the attribute of an entry that is not disclosed is to be"
        " reviewed [review-due]\n"
        "    if it may be disclosed, write attribute: active and add converted（属性转换）;"
        " if not, write the day of the next review\n"
        f"2026-11-30  {consultation}: opinions on “公告” are taken for the last day [consultation-period]\n"
        "    collect the opinions and answer them\n"
        f"2026-12-02  {consultation}: the answer to the opinions on “公告” is due [consultation-feedback]\n"
        "    write the opinions and what became of them (opinions), and the day in feedback（反馈日期）\n"
        "2026-12-16  content/statutory/policy/x.md:4:10: the publication of an entry written on 2026-11-18 is due"
        " [publish-late]\n"
        "    publish it and write the day in published（发布日期）\n"
    )
    rows = json.loads(listed(made.root, capsys, 4, "--format", "json"))
    assert rows == [
        {
            "due": "2026-11-24", "path": FILE, "line": 6, "column": 12, "rule": "interpretation-late",
            "message": "the interpretation of “甲” is due",
            "hint": "write one with “gkssg new interpretation” and name this document in its interprets（解读）",
        }
    ]  # fmt: skip
    assert "密件" not in listed(made.root, capsys, 400)


def test_open_tasks_of_plans_and_the_end_of_the_calendar_fall_due(
    column: MakeColumn, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = "## 一、任务\n\n（一）甲事。12月15日前完成。（责任单位：示例区人民政府）\n\n"
    made = column({FILE: entry("2026年工作计划", plan, published="2026-11-02", ledger="irregular")})
    assert listed(made.root, capsys, 41) == (
        f"2026-12-15  {FILE}:5:9: a task of a plan is due: 一（一） 甲事：12月15日前完成。 [task-due]\n"
        f"    record what was done with “gkssg ledger {FILE}”\n"
        "2026-12-31  content/column.yml:1:1: the holidays of 2027 are not known yet [calendar]\n"
        "    when the State Council's notice is out, take a newer gkssg or write content/calendar/2027.json\n"
    )
    ledger = "编号,期间,状态\n一（一）,2026-10,进行中\n"
    made.write({FILE.replace(".md", ".ledger.csv"): ledger})
    assert said(made.root, datetime.date(2026, 12, 15)) == ""
    assert said(made.root, datetime.date(2026, 12, 16)) == (
        f"{FILE}:5:9: warning: 1 tasks are past their day and not done: 一（一） [task-overdue]\n"
        f"    record what became of them with “gkssg ledger {FILE}”\n"
    )
    ledger = f"{ledger}一（一）,2026-11,已完成\n"
    made.write({FILE.replace(".md", ".ledger.csv"): ledger})
    assert "task-due" not in listed(made.root, capsys, 41)


def test_what_falls_due_becomes_a_calendar(
    column: MakeColumn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "关于甲、乙；丙\\丁,戊;己的一个很长很长很长很长很长很长很长很长很长很长的公告"
    facts = {"kind": "consultation", "starts": "2026-11-01", "purpose": "needs"}
    made = column({"content/statutory/consultations/c.md": entry(title, ends="2026-11-30", **facts)})
    file = tmp_path / "a.ics"

    def written() -> bytes:
        listed(made.root, capsys, 20, "--ics", str(file))
        return file.read_bytes()

    first = written()
    assert first == written(), "the same column and day, the same file"
    assert all(len(line) <= 75 and line.decode() for line in first.removesuffix(b"\r\n").split(b"\r\n"))
    assert b"\n" not in first.replace(b"\r\n", b"")
    (event,) = icalendar.Calendar.from_ical(first).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"opinions on “{title}” are taken for the last day"
    assert str(event["DESCRIPTION"]) == (
        "collect the opinions and answer them\ncontent/statutory/consultations/c.md [consultation-period]"
    )
    assert event["DTSTART"].to_ical() == b"20261130"
    assert str(event["UID"]).endswith("@www.example.gov.cn")
    made.write({"content/statutory/consultations/c.md": entry(title, ends="2026-12-05", **facts)})
    (moved,) = icalendar.Calendar.from_ical(written()).walk("VEVENT")
    assert (moved["UID"], moved["DTSTART"].to_ical()) == (event["UID"], b"20261205")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--due", "x"), "“x” is not a number from 0 to 3660"),
        (("--due", "5000"), "“5000” is not a number from 0 to 3660"),
        (("--due", "5", "--format", "sarif"), "what falls due is given as text, json only"),
    ],
)
def test_wrong_usage_is_said(
    column: MakeColumn, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], complaint: str
) -> None:
    try:
        status = main(["-C", str(column({}).root), "--lang", "en", "check", *arguments])
    except SystemExit as leaving:
        status = int(str(leaving.code))
    assert status == 2
    assert complaint in capsys.readouterr().err


LOG = "content/publish-log.csv"


def test_the_publish_log_has_each_entry_on_the_day_it_is_first_there(
    column: MakeColumn, capsys: pytest.CaptureFixture[str]
) -> None:
    made = column(
        {
            FILE: entry("甲", published="2026-01-05"),
            "content/statutory/policy/密.md": entry("密", attribute="withheld", reason="14-1", review_by="2027"),
        }
    )

    def log(today: str) -> str:
        assert main(["-C", str(made.root), "--lang", "en", "log", "--today", today]) == 0
        return capsys.readouterr().out

    assert log("2026-11-02") == f"{LOG}: 2 rows added\n"
    made.write({"content/statutory/policy/b,c.md": entry("乙", published="2026-11-03 09:30")})
    assert log("2026-11-03") == f"{LOG}: 1 rows added\n"
    assert log("2026-11-04") == f"{LOG}: 0 rows added\n"
    assert (made.root / LOG).read_text("utf-8") == (
        "\ufeff编号,发布日期,首次发布\n"
        "statutory/organs/gov,,\n"
        "statutory/policy/a,2026-01-05,\n"
        '"statutory/policy/b,c",2026-11-03 09:30,2026-11-03\n'
    )
    assert said(made.root) == ""
    made.build()
    assert all(b"publish-log" not in data for data in made.files().values())


def test_a_log_that_a_spreadsheet_saved_stays_in_its_encoding(column: MakeColumn) -> None:
    made = column({FILE: entry("甲"), LOG: "编号,发布日期,首次发布\r\nstatutory/organs/机关,,\r\n".encode("gb18030")})
    assert main(["-C", str(made.root), "log", "--today", "2026-11-02"]) == 0
    assert (made.root / LOG).read_bytes().decode("gb18030").splitlines()[2:] == [
        "statutory/organs/gov,,2026-11-02",
        "statutory/policy/a,,2026-11-02",
    ]
    assert "publish-log" not in said(made.root)


def test_nothing_is_recorded_of_a_column_with_errors(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    made = column({FILE: entry("甲", published="2026-13-05")})
    assert main(["-C", str(made.root), "--lang", "en", "log"]) == 1
    assert capsys.readouterr().err.endswith("gkssg: Nothing was recorded: what has errors is not published.\n")
    assert not (made.root / LOG).exists()


BACKDATED = (
    f"{FILE}:4:12: warning: its date of publication is {{published}}, 8 days before it was first published on {{seen}}"
    " [published-backdated]\n"
    "    write the day on which it is published here; for what was published elsewhere before add source（来源）\n"
)


@pytest.mark.parametrize(
    ("row", "published", "seen"),
    [
        ("statutory/policy/a,2026-11-01,2026-11-09", "2026-11-01", "2026-11-09"),
        ("statutory/policy/a,2026-11-02,2026-11-09", "2026-11-02", ""),
        ("statutory/policy/z,,", "2026-11-12", "2026-11-20"),  # not there yet: it is published today
        ("statutory/policy/z,,", "2026-11-13", ""),
        ("statutory/policy/a,2026-01-05,", "2026-01-05", ""),  # there before the log began
    ],
)
def test_a_date_of_publication_is_not_put_back(column: MakeColumn, row: str, published: str, seen: str) -> None:
    made = column(
        {LOG: f"编号,发布日期,首次发布\nstatutory/organs/gov,,\n{row}\n", FILE: entry("甲", published=published)}
    )
    assert said(made.root) == (BACKDATED.format(published=published, seen=seen) if seen else "")
    made.write({"content/column.yml": COLUMN + "limits: {backdating: 8}\n"})
    assert said(made.root) == ""


def test_a_date_of_publication_stays_what_it_was(column: MakeColumn) -> None:
    made = column(
        {
            LOG: "编号,发布日期,首次发布\nstatutory/organs/gov,,\nstatutory/policy/a,2026-11-05,2026-11-05\n",
            FILE: entry("甲", published="2026-11-04"),
        }
    )
    assert said(made.root) == (
        f"{FILE}:4:12: warning: its date of publication was 2026-11-05 when it was published, and is 2026-11-04"
        " [published-changed]\n"
        f"    restore the date; if it was wrong, correct line 3 of {LOG} too\n"
    )
    made.write({FILE: entry("甲", published="2026-11-06")})
    assert said(made.root) == ""


@pytest.mark.parametrize(
    ("log", "message"),
    [
        ("编号,首次发布\na,\n", f"{LOG}:1:1: error: the publish log has no column 发布日期 [publish-log]"),
        ("编号,发布日期,首次发布\na,13月,\n", f"{LOG}:2:1: error: “13月” is not a date [publish-log]"),
        ("", f"{LOG}:1:1: error: the table is empty [table-file]"),
    ],
)
def test_a_log_that_cannot_be_read_is_told(column: MakeColumn, log: str, message: str) -> None:
    assert said(column({LOG: log}).root).startswith(message)
