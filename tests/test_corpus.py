"""Real laws and policies are published word for word: whatever Markdown changes in them is listed here.

The corpora lie outside the repository, in ``../shared/corpus``; without them these tests are skipped. Both sides are
read without gkssg: the built page by a parser of HTML, the source by :func:`unmarked`, whose table :data:`CHANGES` is
the whole of what may differ. White space is left aside.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import takewhile
import json
from pathlib import Path
import re
import sys

import pytest

from gkssg.build import Report, build
from gkssg.cli import main

from conftest import TODAY

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import corpus

LAWS, POLICIES = 1008, 514

pytestmark = pytest.mark.skipif(
    not (corpus.LAWS.is_file() and corpus.POLICIES.is_file()),
    reason="the corpora are not here (../shared/corpus)",
)


@dataclass(frozen=True, slots=True)
class Change:
    """Something Markdown takes out of a text or puts in the place of something else."""

    why: str
    found: re.Pattern[str]
    put: str | Callable[[re.Match[str]], str] = ""


def _marked(why: str, found: str, put: str | Callable[[re.Match[str]], str] = "") -> Change:
    return Change(why, re.compile(found, re.MULTILINE | re.DOTALL), put)


ASIDE = 0x10F000
"""Where characters behind a backslash stay while marks are taken away: a private area that no text uses."""

CHANGES = (
    _marked("a backslash says that what follows is text", r"\\([!-/:-@\[-`{-~])", lambda m: chr(ASIDE + ord(m[1]))),
    _marked("an HTML comment is taken out, with a warning", r"<!--.*?-->"),
    _marked("tables may be written in HTML", r"</?(?:table|tbody|tr|td|colgroup|col)\b[^>]*>"),
    _marked("number signs make a heading", r"^#{1,6}[ \t]+"),
    _marked("dashes alone on a line are a rule, dashes and pipes the line below a table's head", r"^[ |:-]*-[ |:-]*$"),
    _marked("pipes part the cells of a table", r"^\|[^\n]*$", lambda match: match[0].replace("|", "")),
    _marked("a dash makes an item of a list", r"^-[ ]+"),
    _marked("of a link, the words are seen", r"\[([^\[\]]*)\]\([^()\s]*\)", r"\1"),
    _marked("two asterisks make it bold", r"\*\*(?!\s)(.+?)(?<!\s)\*\*", r"\1"),
    _marked("what a backslash kept", f"[{chr(ASIDE)}-{chr(ASIDE + 127)}]", lambda match: chr(ord(match[0]) - ASIDE)),
)
"""All that Markdown changes in these texts, in the order in which it is undone."""


def unmarked(text: str) -> str:
    """Give the words of a Markdown text, without white space."""
    for change in CHANGES:
        text = change.found.sub(change.put, text)
    return re.sub(r"\s", "", text)


class _Body(HTMLParser):
    """Collects the words in the element that holds an entry's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self._depth or ("class", "gk-text") in attrs):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.words.append(data)


def visible(page: Path) -> str:
    """Give the words of an entry's text on its page, without white space."""
    body = _Body()
    body.feed(page.read_text("utf-8"))
    body.close()
    return re.sub(r"\s", "", "".join(body.words))


def difference(wanted: str, found: str) -> str:
    """Show where two texts part, or nothing when they are equal."""
    if wanted == found:
        return ""
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, found, strict=False)))
    near = slice(max(0, at - 15), at + 25)
    return f"character {at}: wanted …{wanted[near]}…, found …{found[near]}…"


@dataclass(frozen=True, slots=True)
class Built:
    """The column of both corpora, and what building it said."""

    root: Path
    report: Report


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Write and build the whole column once."""
    root = tmp_path_factory.mktemp("corpus")
    corpus.write_column(root)
    return Built(root, build(root, root / "build", TODAY, jobs=2))


def test_every_law_and_policy_becomes_a_page(built: Built) -> None:
    assert not built.report.failed
    pages = [path for path, _ in built.report.made if re.fullmatch(r"statutory/\w+/(?:laws|policies)-\d+\.html", path)]
    assert len(pages) == LAWS + POLICIES


def test_every_page_says_what_its_source_says(built: Built) -> None:
    differences = {}
    for record in corpus.records():
        file = corpus.content_file(record)
        page = built.root / "build" / file.path.replace(".md", ".html")
        if found := difference(unmarked(file.body), visible(page)):
            differences[file.path] = found
    assert differences == {}


def test_every_change_on_the_list_happens() -> None:
    bodies = [corpus.content_file(record).body for record in corpus.records()]
    for change in CHANGES:
        seen = [change.found.sub(change.put, body) for body in bodies]
        assert seen != bodies or change is CHANGES[-1], change.why
        bodies = seen


def test_the_check_finds_no_error_in_real_texts_and_few_slips(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["-C", str(built.root), "check", "--format", "json", "--today", TODAY.isoformat()]
    assert main(arguments) == 0
    problems = json.loads(capsys.readouterr().out)
    found = Counter((problem["severity"], problem["rule"]) for problem in problems)
    assert {rule for severity, rule in found if severity == "warning"} == {
        "organ-page", "organ-facts", "doc-no-form", "html-removed",
        "section-stale", "sections-empty", "report-late", "arrears-late",
        "mark-unpaired", "doubled", "title-twice", "doc-no-twice", "wording",
    }  # fmt: skip
    assert {rule for severity, rule in found if severity != "warning"} == {"width", "zero", "number-form", "item-empty"}
    # Read one by one: all but two or three are slips of the published texts.
    assert found["warning", "mark-unpaired"] <= 46
    assert found["warning", "doubled"] <= 10
    assert found["warning", "wording"] == 1, "秸杆 in a regulation"
    assert found["warning", "doc-no-twice"] == 4, "three laws with two versions, a policy found twice"


def test_what_a_column_cannot_hold_is_told(tmp_path: Path) -> None:
    left_out = corpus.write_column(tmp_path)
    files = [path.relative_to(tmp_path / "content").as_posix() for path in (tmp_path / "content").rglob("*.md")]
    assert len(files) == LAWS + POLICIES + 1
    assert {omission.path for omission in left_out} <= set(files)
    counts = {what: sum(1 for omission in left_out if omission.what == what) for what in ("picture", "link", "annex")}
    assert counts == {"picture": 87, "link": 85, "annex": 9}
    assert [omission.path for omission in left_out if omission.what == "text"] == ["statutory/regulations/laws-0218.md"]


@pytest.mark.parametrize(
    ("body", "made", "left_out"),
    [
        ("![](http://a.cn/b.png)", "[图片：b.png](http://a.cn/b.png)", [("picture", "http://a.cn/b.png")]),
        ("![图](x/%E5%9B%BE.png)", "〔图片：图〕", [("picture", "x/%E5%9B%BE.png")]),
        ("![](x/%E5%9B%BE.png)", "〔图片：图.png〕", [("picture", "x/%E5%9B%BE.png")]),
        ("![]()", "〔图片〕", [("picture", "")]),
        ("[甲](http://a.cn/) [乙](../b.html)", "[甲](http://a.cn/) 乙", [("link", "../b.html")]),
        ("[打印](javascript:print(this);)", "打印", [("link", "javascript:print(this);")]),
        ("〔2019〕5号 [2019]5号", "〔2019〕5号 [2019]5号", []),
    ],
)
def test_pictures_and_links_that_lead_nowhere_become_words(
    body: str, made: str, left_out: list[tuple[str, str]]
) -> None:
    assert corpus.adapted(body) == (made, left_out)


def test_values_are_quoted_so_that_nothing_breaks_them() -> None:
    assert corpus.quoted('a: "b" #c\\\n\u0085\u2028\ud800') == '"a: \\"b\\" #c\\\\\\n\\u0085\\u2028\\ud800"'
