"""Dates known to the year, month, day or minute."""

import pytest

from gkssg.dates import DateError, PartialDate, parse_date

GOOD = {
    "2019": "2019",
    "2019年": "2019",
    "2019-07": "2019-07",
    "2019年7月": "2019-07",
    "2019-07-05": "2019-07-05",
    "2019-7-5": "2019-07-05",
    "2019/7/5": "2019-07-05",
    "2019.7.5": "2019-07-05",
    "2019年7月5日": "2019-07-05",
    "2019-07-05 9:30": "2019-07-05 09:30",
    "2019-07-05T09:30:15": "2019-07-05 09:30",
    " 2020-02-29 ": "2020-02-29",
}
BAD = {
    "2025-13-40": "there is no month {month}",
    "2025-00-01": "there is no month {month}",
    "2023-02-29": "that month has {days} days",
    "2023-04-31": "that month has {days} days",
    "0000-01-01": "years from {first} to {last} are read",
    "9999": "years from {first} to {last} are read",
    "2023-01-01 24:00": "has no such time of day",
    "昨天": "is not a date",
    "": "is not a date",
    "20230101": "is not a date",
    "2023-1-1-1": "is not a date",
}


@pytest.mark.parametrize(("typed", "shown"), GOOD.items())
def test_forms_of_a_date(typed: str, shown: str) -> None:
    assert str(parse_date(typed)) == shown


@pytest.mark.parametrize(("typed", "why"), BAD.items())
def test_a_date_that_cannot_be_says_why(typed: str, why: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(typed)
    assert why in caught.value.message.template


def test_dates_sort_as_what_they_are() -> None:
    typed = ["2019-07-05 09:30", "2020", "2019", "2019-07-05", "2018-12-31", "2019-07"]
    assert [str(date) for date in sorted(map(parse_date, typed))] == [
        "2018-12-31", "2019", "2019-07", "2019-07-05", "2019-07-05 09:30", "2020",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        (PartialDate(2020), "2020-01-01", "2020-12-31"),
        (PartialDate(2020, 2), "2020-02-01", "2020-02-29"),
        (PartialDate(2020, 2, 3, 4, 5), "2020-02-03", "2020-02-03"),
    ],
)
def test_the_days_a_date_may_mean(date: PartialDate, first: str, last: str) -> None:
    assert (date.first.isoformat(), date.last.isoformat()) == (first, last)


def test_a_timestamp_is_in_chinas_time() -> None:
    assert PartialDate(2020, 2, 3, 9, 30).timestamp == "2020-02-03T09:30:00+08:00"
    assert PartialDate(2020).timestamp == "2020-01-01T00:00:00+08:00"
