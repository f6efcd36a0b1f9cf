"""The report for the office counts by indicator, organ and rule, and shows nothing that is not to be seen."""

from pathlib import Path

import pytest

from gkssg.checks import explained
from gkssg.cli import main
from gkssg.office import INDICATORS

from conftest import TODAY, MakeColumn, entry

POLICY = "content/statutory/policy"


def report(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """Write the report of a column in English."""
    main(["-C", str(root), "--lang", "en", "check", "--format", "html", "--today", str(TODAY), "--jobs", "1", *options])
    return capsys.readouterr().out


def test_problems_are_counted_by_indicator_organ_and_rule(
    column: MakeColumn, capsys: pytest.CaptureFixture[str]
) -> None:
    made = column(
        {
            f"{POLICY}/a.md": entry("甲", "见[乙](c.md)、[丙](d.md)。", issuer="示例区人民政府"),
            f"{POLICY}/b.md": entry("乙", issuer="示例区<财政>局"),
        }
    )
    html = report(made.root, capsys)
    assert "<h1>Check of the column “示例区人民政府”</h1>" in html
    assert "Nothing found against <strong>5 / 6</strong>" in html
    assert (
        '<th scope="row">links and files that cannot be opened</th><td class="number error">2</td>'
        "<td><code>link-broken</code> </td>"
    ) in html
    assert '<th scope="row">示例区人民政府</th><td class="number">2</td><td class="number">0</td>' in html
    assert '<th scope="row">示例区&lt;财政&gt;局</th><td class="number">0</td><td class="number">1</td>' in html
    assert "<財政>" not in html
    assert html.index("link-broken") < html.index("organ-page")
    assert "<script" not in html
    assert "http" not in html


def test_nothing_of_what_is_not_open_is_in_the_report(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    withheld = entry("绝密标题", "绝密正文[甲](绝密.md)", attribute="withheld", reason="绝密理由", published="绝密")
    person = entry("甲", "联系电话13800138000。")
    html = report(column({f"{POLICY}/a.md": withheld, f"{POLICY}/b.md": person}).root, capsys)
    assert "link-broken" in html
    assert "138****8000" in html
    assert "绝密" not in html
    assert "13800138000" not in html


def test_a_column_without_problems_has_a_report(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    html = report(column({}).root, capsys)
    assert "Nothing found against <strong>6 / 6</strong>" in html
    assert "Open entries: 1" in html


def test_indicators_name_rules_that_there_are() -> None:
    named = {rule for indicator in INDICATORS for rule in indicator.rules}
    assert named <= {rule.name for rule in explained()}
