"""Values pickled in bulk are the same when they are read again, and no more of them than there were."""

from dataclasses import replace
import pickle

from gkssg.dates import PartialDate
from gkssg.problem import Place
from gkssg.schema import COMMON, DETAILS, Field, fields_of
from gkssg.store import Stored
from gkssg.terms import Kind
from gkssg.values import pickled


def again(value: object) -> object:
    """Pickle a value and read it again."""
    return pickle.loads(pickled(value))  # noqa: S301  (written right here)


def test_values_are_the_same_again() -> None:
    values = (Place("甲.md", 2, 3), Stored("0" * 64, held="文", file="f"), Kind.ORGAN, (None, "", 1, True), Place)
    assert again(values) == values
    held = again(values[1])
    assert isinstance(held, Stored)
    assert (held.held, held.file) == ("文", "f")


def test_a_field_of_the_tables_is_that_very_field_again() -> None:
    def whole(field: Field) -> tuple[Field, ...]:
        return field, *(inner for part in field.parts for inner in whole(part))

    fields = [inner for table in (COMMON, *DETAILS.values()) for field in table for inner in whole(field)]
    assert len(fields) > 200
    assert all(again(field) is field for field in fields)
    own = replace(next(field for field in fields_of(Kind.DOSSIER) if field.name == "profile"), words=None)
    assert again(own) == own


def test_equal_dates_are_one_again() -> None:
    dates = again((PartialDate(2020, 1, 2), PartialDate(2020, 1, 2, 9, 30), PartialDate(2020, 1, 2)))
    assert isinstance(dates, tuple)
    assert dates[0] is dates[2]
    assert [str(date) for date in dates] == ["2020-01-02", "2020-01-02 09:30", "2020-01-02"]
    assert again(PartialDate(2020, 1, 2)) is dates[0]
