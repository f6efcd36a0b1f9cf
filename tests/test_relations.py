"""A relation is stated once and shown on both sides, as far as the gate allows."""

from collections.abc import Iterator
import re

import pytest

from gkssg.build import inspect
from gkssg.schema import COMMON, DETAILS, Field, Type

from conftest import TODAY, MakeColumn, entry

OWN = {"draft_of": "正式文件", "version_of": "现行文本"}
"""What a page calls the other side where the key names its own."""


def fields(table: tuple[Field, ...]) -> Iterator[Field]:
    """Give every field of a table and of its records."""
    for field in table:
        yield field
        yield from fields(field.parts)


def related(text: str) -> list[tuple[str, str]]:
    """Give the relations a page shows, as label and address."""
    part = text.partition('<dl class="gk-relations">')[2].partition("</dl>")[0]
    found, label = [], ""
    for match in re.finditer(r'<dt>(.*?)</dt>|<a href="(.*?)"', part):
        label = match[1] or label
        if match[2]:
            found.append((label, match[2]))
    return found


@pytest.mark.parametrize(
    "field",
    [
        field
        for table in (COMMON, *DETAILS.values())
        for field in fields(table)
        if field.type in {Type.ENTRY, Type.CLAUSE}
    ],
    ids=lambda field: field.name,
)
def test_every_relation_has_a_name_for_the_other_side(field: Field) -> None:
    assert all(field.back)


@pytest.mark.parametrize("field", [f for f in COMMON if f.type is Type.ENTRY], ids=lambda field: field.name)
def test_both_sides_show_it(column: MakeColumn, field: Field) -> None:
    made = column(
        {"content/rules/a.md": entry("甲", **{field.name: "rules/b"}), "content/rules/b.md": entry("乙")},
    )
    made.build()
    assert related(made.text("rules/a.html")) == [(OWN.get(field.name, field.alias), "b.html")]
    assert related(made.text("rules/b.html")) == [(field.back[0], "a.html")]


def test_a_part_of_a_record_is_a_relation_too(column: MakeColumn) -> None:
    stages = "[{stage: 决策公布, entry: rules/b}, {stage: 执行, entry: rules/b}]"
    made = column(
        {
            "content/rules/a.md": entry("甲", kind="dossier", stages=stages),
            "content/rules/b.md": entry("乙"),
        }
    )
    made.build()
    assert related(made.text("rules/b.html")) == [("所属事项", "a.html")]


@pytest.mark.parametrize("name", ["第3次常务会议", "某次会议", "rules/m"])
def test_a_meeting_is_found_by_its_names(column: MakeColumn, name: str) -> None:
    made = column(
        {
            "content/rules/m.md": entry("某次会议", kind="meeting", session="第3次常务会议"),
            "content/rules/b.md": entry("乙", passed_at=name),
        }
    )
    made.build()
    assert related(made.text("rules/b.html")) == [("通过会议", "m.html")]
    assert related(made.text("rules/m.html")) == [("会议通过的文件", "b.html")]


def test_a_name_of_two_meetings_leads_to_neither(column: MakeColumn) -> None:
    meetings = {f"content/rules/{n}.md": entry(f"会议{n}", kind="meeting", session="第3次会议") for n in "mn"}
    made = column({**meetings, "content/rules/b.md": entry("乙", passed_at="第3次会议")})
    made.build()
    assert related(made.text("rules/b.html")) == []


def test_what_is_not_active_says_nothing_about_others(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", attribute="withheld", reason="14-1", based_on="rules/b"),
            "content/rules/b.md": entry("乙"),
        }
    )
    made.build()
    assert related(made.text("rules/b.html")) == []
    assert related(made.text("rules/a.html")) == []


def test_an_open_entry_may_name_one_that_is_not(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", attribute="on-request", reason="16-2"),
            "content/rules/b.md": entry("乙", based_on="[rules/a, rules/c]"),
            "content/rules/c.md": entry("丙", attribute="withheld", reason="14-1", title_open="false"),
        }
    )
    made.build()
    assert related(made.text("rules/a.html")) == [("据以制定", "b.html")]
    (open_title, hidden_title) = related(made.text("rules/b.html"))
    assert open_title == ("依据", "a.html")
    assert hidden_title[1].startswith("withheld-")
    assert "丙" not in made.text("rules/b.html")


@pytest.mark.parametrize("field", ["repeals", "amends", "replaces", "based_on", "implements", "draft_of", "version_of"])
def test_a_circle_is_an_error_at_every_place_that_closes_it(column: MakeColumn, field: str) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", **{field: "rules/b"}),
            "content/rules/b.md": entry("乙", **{field: "rules/c"}),
            "content/rules/c.md": entry("丙", **{field: "rules/a"}),
            "content/rules/d.md": entry("丁", **{field: "rules/a"}),
            "content/rules/e.md": entry("戊", **{field: "rules/e"}),
        }
    )
    found = [(p.place.path, p.place.line) for p in inspect(made.root, TODAY) if p.rule == "relation-circle"]
    assert found == [(f"content/rules/{name}.md", 4) for name in "abce"]
