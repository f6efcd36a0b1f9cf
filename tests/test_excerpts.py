"""The line of a problem is shown with a mark under the place, but never what is not to be seen."""

from gkssg.build import inspect
from gkssg.excerpts import Excerpts
from gkssg.language import Speaker, say
from gkssg.problem import Place, Problem, Severity
from gkssg.report import as_text

from conftest import COLUMN, TODAY, Column, MakeColumn, entry

A = "content/rules/a.md"


def told(made: Column) -> str:
    """Say everything that is wrong with a column, with the lines."""
    return as_text(inspect(made.root, TODAY), Speaker("en"), Excerpts(made.root))


def test_the_mark_stands_under_the_place_where_characters_are_wide(column: MakeColumn) -> None:
    made = column({A: entry("甲", "正文见[办法](b.md)。")})
    assert told(made) == (
        f"{A}:5:9: error: the link “b.md” leads nowhere [link-broken]\n"
        "    5 | 正文见[办法](b.md)。\n"
        "      |              ^\n"
        "    there is no content/rules/b.md\n"
    )


def test_a_long_line_is_cut_around_the_place(column: MakeColumn) -> None:
    made = column({A: entry("甲", f"{'前' * 200}[办法](b.md){'后' * 200}")})
    _, line, mark, _ = told(made).splitlines()
    assert line == f"    5 | …{'前' * 43}[办法](b.md){'后' * 35}…"
    assert mark == f"      | {' ' * 94}^"


def test_settings_are_shown_and_invisible_characters_are_not_printed(column: MakeColumn) -> None:
    made = column({"content/column.yml": COLUMN + "per_page: \u202e0\n"})
    assert "    5 | per_page: �0\n      |           ^\n" in told(made)


def test_no_line_of_an_entry_that_is_not_open_is_shown(column: MakeColumn) -> None:
    for attribute in ("withheld", "on-request", ""):
        made = column({A: entry("绝密标题", "见[绝密](b.md)。", attribute=attribute, published="2026-13-绝密")})
        assert "[link-broken]" in told(made)
        assert "绝密" not in told(made)
        assert "^" not in told(made)


def test_no_line_of_a_file_with_personal_data_is_shown(column: MakeColumn) -> None:
    made = column({A: entry("甲", "示例甲，13800138000，见[办法](b.md)。\n\n示例乙[表](c.md)")})
    assert "[personal-data]" in told(made)
    assert "示例" not in told(made)
    made.write(
        {
            A: entry("甲", "示例甲，13800138000，见[办法](b.md)。").replace(
                "title", "# gkssg: allow personal-data because 某法第一条\ntitle"
            )
        }
    )
    assert "[link-broken]" in told(made)
    assert "示例甲" not in told(made)


def test_a_place_that_is_the_whole_file_shows_nothing(column: MakeColumn) -> None:
    made = column({A: "正文。\n", "content/rules/b.md": "---\ntitle: 乙\n"})
    assert "^" not in told(made)


def test_a_line_that_is_no_longer_there_is_no_trouble(column: MakeColumn) -> None:
    excerpts = Excerpts(column({A: entry("甲")}).root)
    for place in (Place(A, 99, 1), Place("content/gone.md", 1, 1)):
        assert excerpts.of(Problem(place, "date", say("no"), None, Severity.INFO, quotable=True)) == ()


def test_no_line_of_a_review_is_shown(column: MakeColumn) -> None:
    made = column({A: entry("甲", reviews="[{step: 初审, person: 示例乙, date: 2026-11-02, result: 退回}]")})
    assert "[approval-refused]" in told(made)
    assert "示例乙" not in told(made)
    assert "^" not in told(made)


def test_no_line_is_shown_of_a_file_that_may_not_mean_to_be_open(column: MakeColumn) -> None:
    made = column({A: entry("甲", "见[办法](b.md)。").replace("attribute: active", "attribute:active")})
    assert "[link-broken]" in told(made)
    assert "^" not in told(made)
