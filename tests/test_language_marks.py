"""Whoever has a page read aloud hears Chinese as Chinese: on an English page, all Chinese is marked as such."""

from html.parser import HTMLParser
from pathlib import Path
import re

import pytest

from gkssg.build import build
from gkssg.code import default_theme

from conftest import ROOT, TODAY

CHINESE = re.compile(r"[\u4e00-\u9fff]")
READ = ("alt", "placeholder")
"""Attributes that are read aloud, but for those that name something Chinese in an English sentence."""
ENGLISH = re.compile(r"[A-Za-z]{3}")
"""An English sentence may name something Chinese (WCAG 3.1.2 exempts names and terms of the trade)."""
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Marks(HTMLParser):
    """Collects Chinese that stands in an element of another language."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.unmarked: list[str] = []
        self.open: list[tuple[str, str]] = [("", "")]
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        found = dict(attrs)
        language = found.get("lang") or self.open[-1][1]
        if tag not in VOID:
            self.open.append((tag, language))
        for name in READ:
            self.note(language, found.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        """Close it, and what it holds."""
        while tag in {name for name, _ in self.open} and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Look at a text."""
        if not {"head", "script", "template"} & {name for name, _ in self.open}:
            self.note(self.open[-1][1], data)

    def note(self, language: str, text: str) -> None:
        """Note a text whose language is not its own."""
        if CHINESE.search(text) and not language.startswith("zh") and not ENGLISH.search(text):
            self.unmarked.append(text.strip()[:60])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample column in English."""
    out = tmp_path_factory.mktemp("english") / "build"
    assert not build(ROOT, out, TODAY, language="en").failed
    return out


def test_chinese_on_an_english_page_is_marked(built: Path) -> None:
    unmarked = {
        (path.relative_to(built).as_posix(), text)
        for path in built.rglob("*.html")
        for text in Marks(path.read_text("utf-8")).unmarked
    }
    assert unmarked == set()


def test_unmarked_chinese_is_found() -> None:
    page = '<html lang="en"><p lang="zh-CN">甲<b>乙</b></p><p>丙 <img alt="丁"><span lang="zh-CN">戊</span> 己'
    assert Marks(page).unmarked == ["丙", "丁", "己"]


def test_nothing_of_the_theme_moves_by_itself() -> None:
    for path in (default_theme() / "static").glob("*.css"):
        assert not re.search(
            r"\b(?:animation|transition|scroll-behavior|view-transition)\b", path.read_text("utf-8")
        ), path
