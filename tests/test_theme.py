"""The theme's contract: templates, their documentation, and what a column may override."""

from pathlib import Path
import re
from typing import Literal

from jinja2 import Environment, meta
from playwright.sync_api import Browser
import pytest

from gkssg.code import default_theme
from gkssg.output.theme import Templates, open_theme, size

from conftest import COLUMN, ROOT, MakeColumn, entry
from test_docs import examples

TEMPLATES = sorted((default_theme() / "templates").rglob("*.html"))
OWN = COLUMN + "theme: own\n"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_states_its_value_and_sees_nothing_else(template: Path) -> None:
    source = template.read_text("utf-8")
    assert source.startswith("{#"), "the first line is a comment that says what the template shows"
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    environment.filters |= dict.fromkeys(("said", "size", "sanitised", "qr", "style_hashes"), str)
    free = meta.find_undeclared_variables(environment.parse(source))
    own = set(re.findall(r"{%-? (?:set|macro|import [^%]* as) (\w+)", source))  # blocks see these
    assert free - own <= {"value", "url", "once", "_", "gettext", "ngettext"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_what_is_made_once_is_the_same_on_every_page(template: Path) -> None:
    for piece in re.findall(r"{%-? call once\(.*?{%-? endcall %}", template.read_text("utf-8"), re.DOTALL):
        _, head, inside = re.split(r"once\((.*?)\) %}", piece, maxsplit=1)
        assert "{% block" not in inside, "a column may fill it with what only one page says"
        assert set(re.findall(r"value\.(\w+)", inside)) <= {"masthead", *re.findall(r"value\.(\w+)", head)}


def test_the_readme_names_every_template_and_static_file() -> None:
    readme = (default_theme() / "README.md").read_text("utf-8")
    theme = open_theme(Path("nowhere"), "")
    names = [name for name in Templates(theme, "zh").names() if not name.startswith("_")]
    assert len(names) >= 9
    assert [name for name in (*names, *theme.static()) if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("name", [path.name for path in TEMPLATES if path.parent.name == "templates"])
def test_the_readme_names_the_value_and_every_block_of_a_template(name: str) -> None:
    value, told = documented()[name]
    template = (default_theme() / "templates" / name).read_text("utf-8")
    shown = re.match(r"{# value: Page, content: (\w+)", template)
    assert shown
    assert shown[1] in value
    blocks, parent = blocks_of(name)
    inherited: set[str] = set()
    while parent:
        found, parent = blocks_of(parent)
        inherited |= found
    assert told >= blocks - inherited
    assert told <= blocks | inherited


def documented() -> dict[str, tuple[str, set[str]]]:
    """Give what the README says of each template: its value, and the names of its blocks."""
    readme = (default_theme() / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`\w+\.html`(?:, )?)+) \| (.*?) \| (.*) \|$", readme, re.MULTILINE)
    assert len({names for names, _, _ in rows}) == len(rows), "a template has one row"
    return {
        name: (value, set(re.findall(r"`(\w+)`", blocks)))
        for names, value, blocks in rows
        for name in re.findall(r"`(\w+\.html)`", names)
    }


def blocks_of(name: str) -> tuple[set[str], str]:
    """Give the blocks that a template itself has, and the name of the one that it extends, or an empty text."""
    template = (default_theme() / "templates" / name).read_text("utf-8")
    extended = re.search(r'{% extends "(.+?)" %}', template)
    return set(re.findall(r"{%-? block (\w+)", template)), extended[1] if extended else ""


def test_no_file_of_the_theme_names_another_host() -> None:
    for path in default_theme().rglob("*.*"):
        if path.suffix in {".html", ".css", ".js"}:
            text = path.read_text("utf-8").replace("http://www.w3.org/", "")
            assert not re.search(r"(?:href|src)=.https?://|@import|url\(\s*['\"]?(?:https?:)?//", text), path


def test_only_sanitised_text_is_marked_safe() -> None:
    for template in TEMPLATES:
        for use in re.findall(r"\{\{[^}]*\|\s*(?:safe|sanitised)[^}]*\}\}", template.read_text("utf-8")):
            assert re.search(r"(\.html|\.introduction|html|introduction)\s*\|\s*sanitised", use), (template, use)


def test_a_column_overrides_one_block(column: MakeColumn) -> None:
    made = column(
        {
            "content/column.yml": OWN,
            "content/rules/a.md": entry("甲"),
            "themes/own/templates/document.html": (
                '{% extends "default/document.html" %}{% block footer %}<p>自己的页脚</p>{% endblock %}'
            ),
        }
    )
    made.build()
    assert "自己的页脚" in made.text("rules/a.html")
    assert "<h1" in made.text("rules/a.html")
    assert "自己的页脚" not in made.text("index.html")


def test_blocks_of_the_frame_may_tell_pages_apart(column: MakeColumn) -> None:
    blocks = ("badges", "search", "banner", "tree", "styles", "footer")
    own = "".join(
        f"{{% block {name} %}}{{{{ super() }}}}<i>{name}{{{{ value.title }}}}</i>{{% endblock %}}" for name in blocks
    )
    made = column(
        {
            "content/column.yml": OWN,
            "content/rules/a.md": entry("甲"),
            "content/rules/b.md": entry("乙"),
            "themes/own/templates/base.html": '{% extends "default/base.html" %}' + own,
        }
    )
    made.build(jobs=1)
    for name in blocks:
        assert f"<i>{name}甲</i>" in made.text("rules/a.html")
        assert f"<i>{name}乙</i>" in made.text("rules/b.html")


def test_a_page_is_the_same_whatever_was_rendered_before(column: MakeColumn) -> None:
    made = column({f"content/{section}/{name}.md": entry(name) for section in ("rules", "guide") for name in "甲乙"})
    made.build(jobs=1)
    before = made.files()
    for path in ("rules/甲.html", "guide/乙.html", "rules/index.html", "index.html"):
        (made.root / "build" / path).unlink()
        made.build(jobs=1)
        assert made.files() == before


@pytest.mark.browser
@pytest.mark.parametrize("page", ["themes/default/README.md", "docs/manual/column.md"])
def test_a_column_changes_a_colour_a_block_and_a_template_as_it_is_told(
    page: str, column: MakeColumn, browser: Browser
) -> None:
    told = {example.path: example.text for example in examples(ROOT / page) if example.path.startswith("themes/")}
    made = column({"content/column.yml": COLUMN + "theme: mine\n", **told})
    made.build()
    assert ("themes/mine/templates/sitemap.html" in told) == ("gk-sitemap" not in made.text("sitemap.html"))
    opened = browser.new_page()
    opened.goto((made.root / "build/index.html").as_uri())
    assert opened.locator(".gk-footer + p.gk-width").is_visible()
    colour = "getComputedStyle(document.querySelector('.gk-tree a[href^=statutory]').parentElement.parentElement)"
    found = []
    schemes: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", ""), ("dark", ""), ("light", "high"))
    for scheme, contrast in schemes:
        opened.emulate_media(color_scheme=scheme)
        opened.evaluate("contrast => { document.documentElement.dataset.gkContrast = contrast; }", contrast)
        found.append(opened.evaluate(f"{colour}.borderTopColor"))
    assert found == ["rgb(29, 90, 60)", "rgb(156, 196, 242)", "rgb(255, 230, 0)"]
    opened.close()


def test_a_column_overrides_a_file(column: MakeColumn) -> None:
    made = column({"content/column.yml": OWN, "themes/own/static/custom.css": "h1 { color: green }"})
    made.build()
    assert made.text("theme/custom.css") == "h1 { color: green }"
    assert (made.root / "build/theme/layout.css").is_file()


def test_texts_are_escaped_in_every_place(column: MakeColumn) -> None:
    hostile = '"><script>alert(1)</script>&amp;'
    quoted = f"'{hostile}'"
    away = "https://www.example.gov.cn/a?b=<i>"
    fields = dict.fromkeys(("doc_no", "index_no", "topic", "genre", "summary", "passed_at", "source", "issuer"), quoted)
    made = column(
        {
            "content/rules/a.md": entry(
                quoted,
                source_url=f"'{away}'",
                published="2026-01-01",
                annexes=f"[{{file: b.txt, title: {quoted}, note: {quoted}}}]",
                **fields,
            ),
            "content/rules/b.txt": "b",
            "content/rules/c.md": entry(quoted, attribute="on-request", reason=quoted),
        }
    )
    made.build()
    for path, data in made.files().items():
        if path.endswith(".html"):
            assert b"<script>" not in data, path


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 B"), (1023, "1023 B"), (2048, "2 KB"), (5 * 1024 * 1024 + 300_000, "5.3 MB")]
)
def test_sizes_are_written_as_people_read_them(count: int, shown: str) -> None:
    assert size(count) == shown
