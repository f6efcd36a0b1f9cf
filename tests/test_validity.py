"""有效性 from facts, on a given day."""

import datetime

import pytest

from gkssg.build import inspect

from conftest import MakeColumn, entry

DAY = datetime.date(2026, 6, 15)


def shown(column: MakeColumn, others: dict[str, str], **fields: str) -> str:
    """Build a document with these facts, beside others; give the validity in the catalogue."""
    made = column({"content/rules/a.md": entry("甲", **fields), **others})
    made.build(today=DAY)
    line = next(line for line in made.text("catalogue.json").splitlines() if '"rules/a.html"' in line)
    return line.partition('"validity": "')[2].partition('"')[0]


NORMATIVE = {"doc_no": "示例发〔2025〕1号", "issuer": "示例区人民政府", "written": "2025", "published": "2025"}
FACTS: dict[str, tuple[dict[str, str], str]] = {
    "nothing is known": ({}, ""),
    "in force": ({"effective": "2026-06-15"}, "valid"),
    "from tomorrow": ({"effective": "2026-06-16"}, "pending"),
    "last day": ({"effective": "2020", "expires": "2026-06-15"}, "valid"),
    "over since yesterday": ({"expires": "2026-06-14"}, "expired"),
    "until some day of the month": ({"expires": "2026-06"}, "valid"),
    "normative": ({"normative": "true", **NORMATIVE}, "valid"),
    "repealed by one outside": ({"validity": "repealed"}, "repealed"),
    "repealed by one outside, once in force": ({"effective": "2020", "validity": "已废止"}, "repealed"),
}


@pytest.mark.parametrize(("fields", "state"), FACTS.values(), ids=FACTS.keys())
def test_dates_decide(column: MakeColumn, fields: dict[str, str], state: str) -> None:
    assert shown(column, {}, **fields) == state


ACTS: dict[str, tuple[dict[str, str], str]] = {
    "repealed": ({"repeals": "rules/a", "published": "2026-06-01"}, "repealed"),
    "replaced": ({"replaces": "[rules/a]", "effective": "2026-06-15"}, "repealed"),
    "to be replaced tomorrow": (
        {"replaces": "[rules/a]", "published": "2026-06-01", "effective": "2026-06-16"},
        "valid",
    ),
    "amended": ({"amends": "rules/a", "published": "2026-06-01"}, "amended"),
    "declared expired": ({"terminates": "rules/a", "published": "2026-06-15"}, "expired"),
    "to be declared expired tomorrow": ({"terminates": "rules/a", "effective": "2026-06-16"}, "valid"),
    "by one that is not disclosed": ({"repeals": "rules/a", "attribute": "withheld", "reason": "14-1"}, "valid"),
}


@pytest.mark.parametrize(("fields", "state"), ACTS.values(), ids=ACTS.keys())
def test_other_documents_decide(column: MakeColumn, fields: dict[str, str], state: str) -> None:
    assert shown(column, {"content/rules/b.md": entry("乙", **fields)}, effective="2020-01-01") == state


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"validity": "valid", "expires": "2026-06-14"}, ["validity"]),
        ({"validity": "pending", "effective": "2026-01-01"}, ["validity"]),
        ({"validity": "valid", "effective": "2026-01-01"}, []),
        ({"validity": "expired", "effective": "2026-01-01"}, []),
        ({"validity": "repealed", "expires": "2026-06-14"}, ["validity"]),
    ],
)
def test_a_typed_state_agrees_with_the_facts(column: MakeColumn, fields: dict[str, str], rules: list[str]) -> None:
    problems = inspect(column({"content/rules/a.md": entry("甲", **fields)}).root, DAY)
    assert [problem.rule for problem in problems] == rules
