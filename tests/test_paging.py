"""Lists in pages that stay as they are."""

from hypothesis import given
from hypothesis import strategies as st
import pytest

from gkssg.site.paging import Sheet, sheets

COUNTS = st.integers(0, 200)
SIZES = st.integers(1, 23)


@given(count=COUNTS, size=SIZES)
def test_numbered_pages_hold_everything_once(count: int, size: int) -> None:
    front, *numbered = sheets(range(count), size)
    held = [item for sheet in numbered for item in reversed(sheet.items)]
    assert held == (list(range(count)) if numbered else [])
    assert all(1 <= len(sheet.items) <= size for sheet in numbered)
    assert list(front.items) == list(range(count))[::-1][: len(front.items)]
    assert len(front.items) < 2 * size or size == 1


@given(count=COUNTS, size=SIZES)
def test_going_older_from_the_front_meets_everything_once(count: int, size: int) -> None:
    by_number = {sheet.number: sheet for sheet in sheets(range(count), size)}
    seen: list[int] = []
    number: int | None = 0
    while number is not None:
        seen += by_number[number].items
        number = by_number[number].older
    assert seen == list(range(count))[::-1]


@given(count=COUNTS, size=SIZES, more=st.integers(1, 40))
def test_a_page_that_has_a_newer_numbered_one_never_changes(count: int, size: int, more: int) -> None:
    before = {sheet.number: sheet for sheet in sheets(range(count), size)}
    after = {sheet.number: sheet for sheet in sheets(range(count + more), size)}
    for number, sheet in before.items():
        if number and sheet.newer:
            assert after[number] == sheet


@pytest.mark.parametrize("count", [0, 1, 20])
def test_a_short_list_has_only_its_front(count: int) -> None:
    assert sheets(range(count), 20) == [Sheet(0, tuple(range(count))[::-1], None, None)]
