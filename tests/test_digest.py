"""Digests of frozen values."""

from dataclasses import dataclass
import subprocess
import sys

import pytest

from gkssg.dates import PartialDate
from gkssg.digest import Digester
from gkssg.terms import Attribute, Kind


@dataclass(frozen=True)
class Pair:
    """A value for the tests."""

    one: object
    other: object


def digest(value: object) -> str:
    """Digest with a new digester."""
    return Digester().digest(value)


VALUES = [
    None, "", "0", 0, 0.0, False, b"", (), ("",), ((),), ("a", "b"), ("ab",), ("a", ("b",)),
    Pair("a", "b"), Pair("ab", ""), Pair(Pair("a", ""), "b"), PartialDate(2020), Attribute.ACTIVE, Kind.ORGAN, "active",
]  # fmt: skip


def test_different_values_have_different_digests() -> None:
    assert len({digest(value) for value in VALUES}) == len(VALUES)


def test_equal_values_have_equal_digests_also_in_another_process() -> None:
    code = (
        "from gkssg.digest import Digester; from gkssg.dates import PartialDate;"
        "print(Digester().digest(('甲', PartialDate(2020, 1))))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == digest(("甲", PartialDate(2020, 1)))


@pytest.mark.parametrize("value", [[], {}, set(), object(), Pair([], 1), ({},), iter(())])
def test_what_could_change_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="is no frozen value"):
        digest(value)


def test_a_value_seen_before_is_not_mistaken_for_another() -> None:
    digester = Digester()
    first = [digester.digest(Pair(str(n), "x" * 40)) for n in range(2000)]
    assert len(set(first)) == 2000
