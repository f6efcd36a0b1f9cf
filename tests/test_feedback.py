"""Feedback: an entry for opinions on every page, and who takes complaints."""

import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from gkssg.build import inspect

from conftest import COLUMN, TODAY, Column, MakeColumn, entry

TITLE = "关于“甲&乙”的通知 <1> 100%"
SUPERVISE = "{name: 示例办, phone: 0000-00000003, address: 示例路1号, hours: 工作日, email: jiandu@example.gov.cn}"


def made_with(column: MakeColumn, feedback: str) -> Column:
    """Build a column with these feedback settings."""
    made = column(
        {
            "content/column.yml": COLUMN + f"feedback: {feedback}\n",
            "content/rules/甲.md": entry(f"'{TITLE}'"),
            "content/rules/b.md": entry("秘密", attribute="withheld", reason="14-1", title_open="false"),
        }
    )
    made.build()
    return made


def entrance(made: Column, path: str) -> str:
    """Give the address that a page's entry for opinions leads to."""
    (found,) = re.findall(r'<p class="gk-suggest"><a href="([^"]*)">', made.text(path))
    return html.unescape(found)


def test_an_email_has_the_title_and_address_of_the_page(column: MakeColumn) -> None:
    link = urlsplit(entrance(made_with(column, "{suggest: yijian@example.gov.cn}"), "rules/甲.html"))
    assert (link.scheme, link.path) == ("mailto", "yijian@example.gov.cn")
    fields = parse_qs(link.query, strict_parsing=True)
    assert fields["subject"] == [f"政府信息公开：{TITLE}"]
    assert TITLE in fields["body"][0]
    assert "https://www.example.gov.cn/zfxxgk/rules/%E7%94%B2.html" in fields["body"][0]


@pytest.mark.parametrize(
    "form", ["https://a.example/yj?site=1#form", "'https://a.example/yj?site=1&title={title}&page={address}#form'"]
)
def test_a_form_has_them_in_its_query(column: MakeColumn, form: str) -> None:
    link = urlsplit(entrance(made_with(column, f"{{suggest: {form}}}"), "rules/甲.html"))
    assert link.fragment == "form"
    assert parse_qs(link.query, strict_parsing=True) == {
        "site": ["1"], "title": [TITLE], "page": ["https://www.example.gov.cn/zfxxgk/rules/%E7%94%B2.html"],
    }  # fmt: skip


def test_every_page_has_it_and_a_title_that_is_not_open_stays_so(column: MakeColumn) -> None:
    made = made_with(column, "{suggest: yijian@example.gov.cn}")
    stand_alone = {"404.html", "kiosk.html"}
    pages = [path for path in made.files() if path.endswith(".html") and path not in stand_alone]
    assert [path for path in pages if "gk-suggest" not in made.text(path)] == []
    (withheld,) = [path for path in pages if "withheld-" in path]
    assert "秘密" not in unquote(entrance(made, withheld))


def test_complaints_stand_in_the_footer_and_on_guide_and_request(column: MakeColumn) -> None:
    made = made_with(column, f"{{supervise: {SUPERVISE}}}")
    footer = made.text("rules/甲.html").partition("<footer")[2]
    for words in ("监督投诉：示例办", "0000-00000003", "示例路1号", "jiandu@example.gov.cn"):
        assert words in footer
    for path in ("guide/index.html", "request/index.html"):
        assert 'id="gk-supervise"' in made.text(path)
        assert '<a href="mailto:jiandu@example.gov.cn">' in made.text(path)
    assert 'id="gk-supervise"' not in made.text("rules/index.html")
    assert "gk-suggest" not in made.text("rules/甲.html")


def test_without_settings_nothing_is_shown(column: MakeColumn) -> None:
    made = column({})
    made.build()
    for path in ("index.html", "guide/index.html"):
        assert "gk-suggest" not in made.text(path)
        assert "监督投诉" not in made.text(path).partition("<footer")[2]


@pytest.mark.parametrize(
    "suggest", ["www.example.gov.cn/yj", "javascript:alert(1)", "yijian", "a@b", "mailto:a@b.cn", "a@b.cn?bcc=c@d.cn"]
)
def test_an_entrance_that_is_no_address_is_an_error(column: MakeColumn, suggest: str) -> None:
    made = column({"content/column.yml": COLUMN + f"feedback: {{suggest: '{suggest}'}}\n"})
    assert [(p.rule, p.place.path) for p in inspect(made.root, TODAY)] == [("suggest-address", "content/column.yml")]


def test_the_guide_shows_when_it_was_revised(column: MakeColumn) -> None:
    made = column({"content/guide/index.md": entry("指南", kind="page", published="2026-01-05", written="2025-12-30")})
    made.build()
    assert re.search(r'修订日期：<time datetime="2025-12-30">', made.text("guide/index.html"))
    made.write({"content/guide/index.md": entry("指南", kind="page")})
    made.build()
    assert "修订日期" not in made.text("guide/index.html")
