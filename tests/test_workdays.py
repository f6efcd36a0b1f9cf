"""Working days as the State Council arranges them, and what is said of years it has not arranged."""

import datetime
import json

from hypothesis import given, strategies
import pytest

from gkssg.build import inspect
from gkssg.language import Speaker
from gkssg.workdays import (
    Calendar,
    CalendarError,
    add_working_days,
    official_calendar,
    read_year,
    working_days_between,
)

from conftest import TODAY, MakeColumn, entry

OFFICIAL = official_calendar()
DAYS = strategies.dates(datetime.date(2004, 1, 1), datetime.date(2030, 12, 31))
NEW_YEAR_2027 = {
    "year": 2027,
    "papers": ["示例通知"],
    "days": [
        {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-09", "isOffDay": False},
    ],
}


def day(text: str) -> datetime.date:
    """Give a day."""
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("event", "count", "due"),
    [
        ("2023-07-25", 20, "2023-08-22"),
        ("2023-07-25", 10, "2023-08-08"),
        ("2023-09-20", 20, "2023-10-24"),  # over 中秋 and 国庆, with 7 and 8 October worked
        ("2023-09-20", 1, "2023-09-21"),
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday worked
        ("2026-02-14", 1, "2026-02-24"),
        ("2020-01-23", 1, "2020-02-03"),  # the Spring Festival that was extended
        ("2019-04-30", 1, "2019-05-05"),  # the Labour Day that was changed
        ("2015-09-02", 2, "2015-09-07"),  # the anniversary of 2015, with Sunday the 6th worked
        ("2026-11-20", 0, "2026-11-20"),
    ],
)
def test_the_day_after_the_event_is_day_one(event: str, count: int, due: str) -> None:
    found = add_working_days(day(event), count, OFFICIAL)
    assert (found.day, found.remark) == (day(due), None)


@given(DAYS, strategies.integers(1, 60))
def test_counting_back_gives_the_period(event: datetime.date, count: int) -> None:
    due = add_working_days(event, count, OFFICIAL)
    span = working_days_between(event, due.day, OFFICIAL)
    assert (span.days, span.unknown) == (count, due.unknown)
    assert OFFICIAL.is_working_day(due.day)


@given(DAYS, strategies.integers(0, 60))
def test_between_is_none_where_the_last_day_is_not_later(event: datetime.date, back: int) -> None:
    assert working_days_between(event, event - datetime.timedelta(days=back), OFFICIAL).days == 0


def test_the_official_calendar_has_every_year_and_its_notices() -> None:
    assert [year.year for year in OFFICIAL.years] == list(range(2008, 2027))
    for year in OFFICIAL.years:
        assert f"国务院办公厅关于{year.year}年部分节假日安排的通知" in year.papers[0]
        assert {arranged.date.year for arranged in year.days} == {year.year}
        assert all(arranged.date.weekday() >= 5 for arranged in year.days if not arranged.is_off)
        assert sum(arranged.is_off for arranged in year.days) >= 23


def test_a_year_without_an_arrangement_is_said() -> None:
    due = add_working_days(day("2026-12-20"), 20, OFFICIAL)
    assert (due.day, due.unknown) == (day("2027-01-15"), (2027,))
    assert due.remark
    assert Speaker("zh").text(due.remark) == "无2027年放假安排，按周一至周五计"
    assert add_working_days(day("2026-12-31"), 1, OFFICIAL).unknown == (2027,)
    assert add_working_days(day("2007-12-31"), 1, OFFICIAL).unknown == ()
    assert working_days_between(day("2006-12-31"), day("2008-01-02"), OFFICIAL).unknown == (2007,)


def test_a_year_is_added_and_one_that_is_there_replaced() -> None:
    calendar = OFFICIAL.with_years([read_year(json.dumps(NEW_YEAR_2027))])
    assert add_working_days(day("2026-12-30"), 2, calendar).day == day("2027-01-05")
    assert not add_working_days(day("2026-12-30"), 2, calendar).unknown
    again = calendar.with_years([read_year('{"year": 2027, "days": []}')])
    assert add_working_days(day("2026-12-30"), 2, again).day == day("2027-01-01")
    assert Calendar(()).unknown(TODAY, TODAY) == (2026,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"year": "2027", "days": []}',
        '{"year": 20270, "days": []}',
        '{"year": 2027}',
        '{"year": 2027, "days": [1]}',
        '{"year": 2027, "days": [{"date": "2027-02-30", "isOffDay": true}]}',
        '{"year": 2027, "days": [{"date": "2026-11-30", "isOffDay": true}]}',
        '{"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": 1}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(CalendarError):
        read_year(text)


def test_a_column_adds_a_year_that_is_not_published(column: MakeColumn) -> None:
    made = column({"content/calendar/2027.json": json.dumps(NEW_YEAR_2027)})
    made.build()
    assert not any("2027" in path or "calendar/" in path for path in made.files())


@pytest.mark.parametrize("name", ["2027.json", "next.json", "2028.json"])
def test_a_wrong_year_of_a_column_is_an_error_with_its_place(column: MakeColumn, name: str) -> None:
    text = json.dumps(NEW_YEAR_2027) if name != "2027.json" else '{"year": 2027,\n "days": [,]}'
    made = column({f"content/calendar/{name}": text})
    (problem,) = inspect(made.root, TODAY)
    assert (problem.rule, problem.place.path) == ("calendar", f"content/calendar/{name}")
    assert problem.place.line == (2 if name == "2027.json" else 1)


def test_a_year_of_the_calendar_cannot_be_an_annex(column: MakeColumn) -> None:
    made = column(
        {
            "content/calendar/2027.json": json.dumps(NEW_YEAR_2027),
            "content/rules/a.md": entry("甲", "见[日历](../calendar/2027.json)。", annexes="[../calendar/2027.json]"),
        }
    )
    assert {problem.rule for problem in made.try_build().problems} == {"file-forbidden"}
