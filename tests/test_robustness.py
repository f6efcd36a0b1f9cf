"""Whatever an editor's file holds, it is read without an exception, and its faults are reported where they are.

``tests/faults/`` has one file for each fault (its ``.gitattributes`` keeps git from mending them). The YAML test suite
and the big list of naughty strings lie outside the repository, in ``../shared/corpus``; without them their tests are
skipped.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
import json
from pathlib import Path
import re
import shutil
import subprocess
import sys
from textwrap import indent
import time
from typing import Any
import xml.etree.ElementTree as etree

from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Dialog, Page
import pytest

from gkssg.archive.load import read_document
from gkssg.archive.source import decode, survey
from gkssg.build import inspect
from gkssg.markup.convert import convert
from gkssg.markup.safety import TAGS
from gkssg.problem import Place, Severity

from conftest import BASE, COLUMN, TODAY, Column, MakeColumn, entry

FAULTS = Path(__file__).parent / "faults"
ROBUSTNESS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "robustness"
FOLDER = "content/statutory/policy"

corpus_needed = pytest.mark.skipif(not ROBUSTNESS.is_dir(), reason="the corpora are not here (../shared/corpus)")

Found = tuple[int, int, str, str]
"""Line, column, rule and severity of a problem."""


def error(line: int, column: int, rule: str) -> Found:
    """Expect an error."""
    return line, column, rule, "error"


def warning(line: int, column: int, rule: str) -> Found:
    """Expect a warning."""
    return line, column, rule, "warning"


EXPECTED: Mapping[str, list[Found]] = {
    "alias-bomb.md": [error(3, column, "yaml-alias") for column in (14, 18)]
    + [error(4, column, "yaml-alias") for column in (15, 19)],
    "bom.md": [warning(1, 1, "bom")],
    "broken-link.md": [
        error(7, 10, "link-broken"),
        error(7, 30, "link-anchor"),
        error(7, 43, "file-missing"),
        error(9, 8, "link-outside"),
    ],
    "control-escapes.md": [
        error(2, 8, "control-character"),
        error(4, 16, "yaml-syntax"),
        error(5, 12, "control-character"),
    ],
    "crlf.md": [warning(1, 4, "line-ends")],
    "deep-nesting.md": [error(4, 30, "yaml-depth")],
    "duplicate-keys.md": [error(4, 1, "key-twice"), error(5, 1, "key-twice")],
    "full-width-colon.md": [
        error(2, 3, "full-width-colon"),
        error(3, 5, "full-width-colon"),
        error(5, 7, "full-width-colon"),
    ],
    "gb18030.md": [error(2, 8, "encoding")],
    "html-removed.md": [
        warning(5, 1, "html-removed"),
        warning(7, 3, "html-removed"),
        warning(9, 4, "html-removed"),
        warning(9, 23, "html-removed"),
        warning(11, 6, "html-removed"),
        warning(11, 27, "html-removed"),
        warning(13, 1, "html-removed"),
    ],
    "impossible-date.md": [
        error(4, 10, "date"),
        error(5, 12, "date"),
        error(6, 12, "date"),
        error(7, 10, "date"),
        error(8, 12, "date"),
    ],
    "large.md": [error(1, 1, "file-size")],
    "linked.md": [error(1, 1, "symlink")],
    "linked-folder": [error(1, 1, "symlink")],
    "missing-annex.md": [error(5, 5, "file-missing"), error(6, 11, "file-forbidden"), error(8, 11, "reference")],
    "missing-space.md": [error(2, 6, "colon-space"), error(4, 8, "colon-space")],
    "no-front-matter.md": [error(1, 1, "front-matter-missing")],
    "nothing.md": [error(1, 1, "front-matter-missing")],
    "nul.md": [error(5, 2, "control-character"), warning(5, 5, "control-character")],
    "several-faults.md": [
        error(2, 1, "field-missing"),
        error(2, 1, "field-missing"),
        error(2, 8, "yaml-syntax"),
        error(3, 1, "key-unknown"),
        error(4, 12, "date"),
        error(5, 4, "full-width-colon"),
        error(6, 8, "colon-space"),
        error(8, 1, "block-unclosed"),
        error(9, 10, "link-broken"),
        warning(9, 22, "html-removed"),
        error(11, 6, "picture-elsewhere"),
    ],
    "tab-indent.md": [error(5, 1, "tab"), error(6, 1, "tab")],
    "unclosed-bracket.md": [error(4, 11, "yaml-syntax")],
    "unclosed-container.md": [
        error(5, 1, "block-unclosed"),
        error(12, 1, "block-unopened"),
        error(14, 1, "block-unopened"),
        error(18, 1, "block-unclosed"),
    ],
    "unclosed-front-matter.md": [error(1, 1, "front-matter-unclosed")],
    "unclosed-quote.md": [error(2, 1, "field-missing"), error(2, 8, "yaml-syntax")],
    "unknown-key.md": [
        error(2, 1, "field-missing"),
        error(3, 1, "key-unknown"),
        error(4, 1, "key-unknown"),
        error(5, 1, "key-unknown"),
    ],
    "withheld-without-reason.md": [
        error(3, 12, "reason-missing"),
        warning(3, 12, "review-missing"),
        error(5, 5, "field-missing"),
        error(8, 10, "link-broken"),
    ],
    "wrong-type.md": [
        error(2, 8, "field-type"),
        error(3, 12, "field-type"),
        error(4, 10, "field-type"),
        error(5, 12, "field-type"),
        error(6, 10, "field-type"),
        error(7, 11, "field-type"),
    ],
    "yaml-traps.md": [
        warning(2, 8, "yaml-trap"),
        warning(4, 9, "organ-page"),
        warning(4, 9, "yaml-trap"),
        warning(5, 8, "yaml-trap"),
        warning(6, 8, "yaml-trap"),
        warning(8, 15, "yaml-trap"),
        warning(9, 15, "yaml-trap"),
    ],
}
"""All problems of each file below :data:`FOLDER`, in the order of their places; there are no others."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """What the check of the faulty column said."""

    status: int
    as_json: list[dict[str, Any]]
    as_text: str


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Faulty:
    """Check a column of all faults through the command line."""
    made = Column(tmp_path_factory.mktemp("faults") / "column")
    made.write(BASE)
    folder = made.root / FOLDER
    folder.mkdir(parents=True)
    for file in FAULTS.glob("*.md"):
        shutil.copy(file, folder)
    (folder / "large.md").write_bytes(b"---\ntitle: large\nattribute: active\n---\n" + bytes([0x61]) * 10_000_000)
    (folder / "nothing.md").write_bytes(b"")
    (made.root / "outside.md").write_text(entry("外面"), "utf-8")
    (folder / "linked.md").symlink_to(made.root / "outside.md")
    (folder / "linked-folder").symlink_to(made.root)
    outputs = {form: check(made.root, form) for form in ("json", "text")}
    return Faulty(outputs["json"].returncode, json.loads(outputs["json"].stdout), outputs["text"].stdout)


def check(root: Path, form: str) -> subprocess.CompletedProcess[str]:
    """Check a column as people do; give what the command said."""
    command = [sys.executable, "-m", "gkssg", "-C", str(root), "check", "--format", form, "--today", TODAY.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_every_fault_is_found_where_it_is_and_nothing_else(faulty: Faulty) -> None:
    found: dict[str, list[Found]] = defaultdict(list)
    for problem in faulty.as_json:
        place = problem["line"], problem["column"], problem["rule"], problem["severity"]
        found[problem["path"].removeprefix(f"{FOLDER}/")].append(place)
    assert {path: sorted(places) for path, places in found.items()} == EXPECTED
    assert faulty.status == 1


def test_every_file_of_faults_is_expected() -> None:
    made_here = {"large.md", "linked.md", "linked-folder", "nothing.md"}
    assert {file.name for file in FAULTS.glob("*.md")} == set(EXPECTED) - made_here


def test_every_problem_has_a_message_and_a_hint(faulty: Faulty) -> None:
    assert all(problem["message"] and problem["hint"] for problem in faulty.as_json)
    lines = [line for line in faulty.as_text.splitlines() if not re.match(r" +\d* \| ", line)]  # the lines themselves
    assert len(lines) == 2 * len(faulty.as_json)
    for line, hint, problem in zip(lines[::2], lines[1::2], faulty.as_json, strict=True):
        assert line.startswith(f"{problem['path']}:{problem['line']}:{problem['column']}: ")
        assert line.endswith(f": {problem['message']} [{problem['rule']}]")
        assert hint == f"    {problem['hint']}"


def test_no_fault_shows_what_an_undisclosed_entry_says(faulty: Faulty) -> None:
    assert "秘密" not in faulty.as_text
    assert "张三" not in faulty.as_text


def test_a_link_to_itself_is_a_fault_like_others(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "c.md")
    found = survey(tmp_path)
    assert found.files == frozenset()
    assert sorted((problem.place.path, problem.rule) for problem in found.problems) == [
        ("content/a.md", "symlink"),
        ("content/b.md", "symlink"),
    ]


def test_a_misspelt_key_is_answered_with_the_right_one(faulty: Faulty) -> None:
    hints = [problem["hint"] for problem in faulty.as_json if problem["rule"] == "key-unknown"]
    assert sum("attribute" in hint for hint in hints) == 2
    assert sum("发文字号" in hint for hint in hints) == 1


def read_text(text: str | bytes) -> None:
    """Read a content file; every problem stands in it."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    source = decode(data, "content/a.md")
    _, problems = read_document(source)
    assert all(1 <= problem.place.line <= source.text.count("\n") + 2 for problem in problems)
    assert all(problem.place.column >= 1 for problem in problems)


def yaml_cases() -> list[dict[str, Any]]:
    """Give the cases of the YAML test suite."""
    return [json.loads(line) for line in (ROBUSTNESS / "yaml_cases.jsonl").read_text("utf-8").splitlines()]


def naughty() -> list[str]:
    """Give the big list of naughty strings."""
    return [str(text) for text in json.loads((ROBUSTNESS / "blns" / "blns.json").read_text("utf-8"))]


@corpus_needed
def test_no_yaml_raises() -> None:
    cases = yaml_cases()
    assert len(cases) == 402
    for case in cases:
        read_text(f"---\n{case['yaml']}\n---\n正文。\n")
        read_text(f"---\ntitle: 甲\nkeywords:\n{indent(case['yaml'], '  ')}\n---\n正文。\n")


@corpus_needed
def test_no_naughty_string_raises() -> None:
    strings = naughty()
    assert len(strings) == 515
    for text in strings:
        read_text(f"---\ntitle: {text}\nattribute: active\n---\n")
        read_text(f"---\ntitle: {json.dumps(text)}\nattribute: active\n---\n")
        for key in ("attribute", "written", "normative", "annexes", "keywords", "reviews", "id", text):
            read_text(f"---\ntitle: 甲\n{key}: {text}\n{key}: [{text}]\n---\n")
        read_text(f"---\ntitle: 甲\nattribute: active\n---\n{text}\n")
        read_text(text)


@corpus_needed
def test_a_column_of_naughty_strings_builds(column: MakeColumn) -> None:
    strings = [re.sub(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", "", text) for text in naughty()]
    paths = [f"{FOLDER}/{number}.md" for number in range(len(strings))]
    titles = [f"{number} {text}" for number, text in enumerate(strings)]
    made = column({p: entry(quoted(title), text) for p, title, text in zip(paths, titles, strings, strict=True)})
    errors = [problem for problem in inspect(made.root, TODAY) if problem.severity is Severity.ERROR]
    assert {problem.rule for problem in errors} == {"file-missing", "picture-elsewhere"}
    # Some of them name files that are not there; those are shown as code.
    for path in {problem.place.path for problem in errors}:
        number = paths.index(path)
        made.write({path: entry(quoted(titles[number]), f"``` {strings[number]} ```")})
    made.build(jobs=2)
    shown = [row["title"] for row in json.loads(made.text("catalogue.json"))["entries"]]
    assert sorted(shown) == sorted([*(" ".join(title.split()) for title in titles), "示例区人民政府"])
    feeds = [path for path in made.files() if re.fullmatch(r"feed(-\d+)?\.xml", path)]
    roots = [etree.parse(made.root / "build" / path) for path in feeds]  # noqa: S314  (our own files)
    ids = {entry_id.text for root in roots for entry_id in root.iterfind("{*}entry/{*}id")}
    assert len(ids) == len(strings)


def quoted(text: str) -> str:
    """Write a title as JSON does, which is YAML as well."""
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


NAUGHTY_YAML = st.text(alphabet="ab甲: -#'\"[]{}|>&*!%@?,\n\t\\~0：\u2028\x00\ud800", max_size=60)
NAUGHTY_MARKDOWN = st.text(alphabet="a甲1 *_`[]()<>!#-+.:|{}^\\&;\n\"'/=~", max_size=80)
MODESTLY = settings(deadline=None, max_examples=300, database=None, derandomize=True)


@MODESTLY
@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    read_text(data)
    read_text(b"---\n" + data + b"\n---\n" + data)


@MODESTLY
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    read_text(text)
    read_text(f"---\ntitle: {text}\n---\n{text}")


@MODESTLY
@given(NAUGHTY_YAML, NAUGHTY_MARKDOWN)
def test_no_front_matter_and_no_markdown_raise(front: str, body: str) -> None:
    read_text(f"---\n{front}\n---\n{body}")
    read_text(f"---\ntitle: 甲\nattribute: active\nsummary: {front}\n---\n::: 居中\n{body}\n:::\n")


PATHOLOGICAL: Mapping[str, str] = {
    "opening brackets": "[" * 100_000,
    "closing brackets": "]" * 100_000,
    "pictures": "![" * 50_000,
    "links without an end": "[x](" * 25_000,
    "brackets in brackets": "[" * 50_000 + "]" * 50_000,
    "links": "[a](https://a.cn) " * 6_000,
    "asterisks": "*" * 100_000,
    "bold without an end": "**a " * 25_000,
    "italics without an end": "*a " * 33_000,
    "underscores": "_" * 100_000,
    "quotations in one another": ">" * 100_000,
    "quotations in lists": "> - " * 25_000,
    "lists in one another": "- " * 50_000,
    "lists of two kinds in one another": "* - " * 25_000,
    "indented lists": "".join("    " * depth + "- a\n" for depth in range(220)),
    "list items": "- a\n" * 25_000,
    "divisions": "<div>" * 20_000,
    "divisions in lines": "<div>\n" * 16_000,
    "tags of formatting": "".join(f"<b id=x{number}>" for number in range(3_000)) + "<p>a" * 3_000,
    "angles": "<" * 100_000,
    "tags without an end": "<a " * 33_000,
    "attributes without an end": '<a b="' * 16_000,
    "comments without an end": "<!--" * 25_000,
    "sections without an end": "<![CDATA[" * 11_000,
    "addresses without an end": "<https://a" * 10_000,
    "backticks": "`" * 100_000,
    "backticks apart": "`a " * 33_000,
    "backticks of all lengths": " ".join("`" * length for length in range(1, 440)),
    "pipes": "|" * 100_000,
    "a wide row": "|a|b|\n|-|-|\n" + "|" * 100_000,
    "a long table": "|a|b|\n|-|-|\n" + "|^^|<<|\n" * 12_000,
    "headings": "# a\n" * 25_000,
    "rules": "a\n***\n" * 16_000,
    "blocks": "::: 居中\nx\n:::\n" * 7_000,
    "open blocks": "::: 居中\n\n" * 12_000,
    "footnotes": "".join(f"[^{number}]: b\n\n" for number in range(8_000)),
    "references to a footnote": "[^1]: b\n\n" + "x[^1]\n\n" * 12_000,
    "definitions": "[a]: b\n" * 14_000,
    "backslashes": "\\\\" * 50_000,
    "entities": "&amp;" * 20_000,
    "braces": "**a**{: " * 11_000,
    "clauses": "第一条 甲\n" * 16_000,
    "blanks": " " * 100_000 + "x",
    "a heading of blanks": "# a" + " " * 50_000 + "b",
    "lines": "甲乙\n" * 33_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    body = convert(text, "content/a.md")
    assert time.process_time() - begun < 10
    assert body.html or body.problems


@pytest.mark.parametrize(
    ("mark", "count", "text"), [("[", 9_000, "[" * 9_000), ("*", 18_000, "**a " * 9_000), ("<", 9_000, "<a " * 9_000)]
)
def test_a_text_that_is_too_much_is_refused_with_its_place(mark: str, count: int, text: str) -> None:
    body = convert(f"一\n\n{text}", "content/a.md", first_line=5)
    (problem,) = body.problems
    assert (problem.place, problem.rule) == (Place("content/a.md", 7, 1), "markdown")
    assert dict(problem.message.values) == {"count": count, "mark": mark}
    assert body.html == ""


HARMLESS = "一段没有害处的正文。"
LOOK = """() => {
    const outer = (selector) => document.querySelector(selector)?.outerHTML ?? "";
    const names = (parent) => [...parent.children].map((child) => child.tagName + "." + child.className);
    const active = (element) => [...element.attributes].some((attribute) =>
        attribute.name.startsWith("on") || /^(href|src|action|srcdoc|style)$/.test(attribute.name)
        && /^[\\x00-\\x20]*(javascript|vbscript|data):/i.test(attribute.value));
    return {
        globals: Object.keys(window).sort(),
        frame: [outer(".gk-banner"), outer(".gk-tree"), outer(".gk-footer"), document.documentElement.lang],
        shape: [names(document.head), names(document.body), names(document.querySelector("main"))],
        active: [...document.body.querySelectorAll("*")].filter(active).map((element) => element.outerHTML),
        tags: [...new Set([...document.querySelectorAll(".gk-text *")].map((element) => element.localName))],
        heading: document.querySelector("h1")?.textContent ?? "",
    };
}"""
"""What a page is like: its globals, all around its text, and the elements that could do something."""


@dataclass
class Watch:
    """Opens pages, and notes what they did that a page of words does not do."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen."""
        self.page.on("dialog", self.dialog)
        self.page.on("pageerror", lambda fault: self.faults.append(f"script: {fault}"))
        self.page.on("request", lambda request: self.request(request.url))

    def dialog(self, dialog: Dialog) -> None:
        """Note a dialog, and close it."""
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def request(self, url: str) -> None:
        """Note a request that leaves the disk; the icon is an address of its own."""
        if not url.startswith(("file:", "data:image/svg+xml,")):
            self.faults.append(f"request: {url}")

    def look(self, path: Path) -> dict[str, Any]:
        """Open a page and tell what it is like."""
        self.page.goto(path.as_uri())
        return dict(self.page.evaluate(LOOK))


def attacks() -> list[str]:
    """Give the payloads of DOMPurify's tests, without the control characters that no content file may hold."""
    cases = json.loads((ROBUSTNESS / "xss-dompurify" / "xss_dompurify_cases.json").read_text("utf-8"))
    return [re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "", case["payload"]) for case in cases]


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """Give a page that is watched."""
    context = browser.new_context()
    yield Watch(context.new_page())
    context.close()


@pytest.mark.browser
@corpus_needed
def test_no_attack_in_a_text_succeeds(column: MakeColumn, watch: Watch) -> None:
    payloads = attacks()
    assert len(payloads) == 223
    bodies = {f"{FOLDER}/{number}.md": payload for number, payload in enumerate(payloads)}
    made = column({path: entry(f"正文{number}", payload) for number, (path, payload) in enumerate(bodies.items())})
    made.write({f"{FOLDER}/harmless.md": entry("无害", HARMLESS)})
    made.write({f"{FOLDER}/{name}": b"" for name in ("x", "y", "small.jpg")})
    errors = [problem for problem in inspect(made.root, TODAY) if problem.severity is Severity.ERROR]
    assert {problem.rule for problem in errors} == {"file-missing", "link-anchor", "link-broken", "picture-elsewhere"}
    refused = {problem.place.path for problem in errors}
    made.write({path: entry("拒绝") for path in refused})
    made.build(jobs=2)

    folder = made.root / "build" / FOLDER.removeprefix("content/")
    page = (folder / "harmless.html").read_text("utf-8")
    for path in refused:  # what is refused is never published; here it is put into a page all the same
        text = convert(bodies[path], path).html
        (folder / f"{Path(path).stem}.html").write_text(page.replace(f"<p>{HARMLESS}</p>", text), "utf-8")
    expected = watch.look(folder / "harmless.html")
    assert (expected["active"], expected["tags"]) == ([], ["p"])
    for path, payload in bodies.items():
        found = watch.look(folder / f"{Path(path).stem}.html")
        assert set(found["tags"]) <= TAGS, payload
        assert found | {"tags": ["p"], "heading": "无害"} == expected, payload
    assert watch.faults == []


@pytest.mark.browser
@corpus_needed
def test_no_attack_in_a_title_succeeds(column: MakeColumn, watch: Watch) -> None:
    titles = [title if title.strip() else "空" for title in attacks()]
    made = column({f"{FOLDER}/{number}.md": entry(quoted(title), HARMLESS) for number, title in enumerate(titles)})
    made.write({f"{FOLDER}/harmless.md": entry("无害", HARMLESS)})
    made.build(jobs=2)

    folder = made.root / "build" / FOLDER.removeprefix("content/")
    expected = watch.look(folder / "harmless.html")
    for number, title in enumerate(titles):
        found = watch.look(folder / f"{number}.html")
        assert found == {**expected, "heading": " ".join(title.split())}, title
    lists = ["index.html", "sitemap.html", "statutory/index.html", "statutory/policy/index.html"]
    lists += [path.relative_to(made.root / "build").as_posix() for path in folder.glob("page-*.html")]
    for address in (*lists, "statutory/organs/gov.html"):
        found = watch.look(made.root / "build" / address)
        assert (found["active"], found["globals"]) == ([], expected["globals"]), address
    assert len(lists) > 10
    assert watch.faults == []


NINES = "9" * 5000
"""More digits than Python makes a number of."""


@pytest.mark.parametrize(
    "files",
    [
        {"content/column.yml": f"{COLUMN}per_page: {NINES}\n"},
        {"content/column.yml": f"{COLUMN}limits: {{interpretation: {NINES}}}\n"},
        {"content/column.yml": f"{COLUMN}sections: [{{id: guide, update_every: {NINES} weeks}}]\n"},
        {"content/rules/a.md": entry("甲", f"第一条 甲。\n\n<table><tr><td colspan='{NINES}'>第一条 乙</table>")},
        {"content/rules/a.md": entry("甲", f"第{NINES}条 {NINES}年{NINES}月{NINES}日，{NINES}个工作日内，{NINES}元。")},
        {"content/rules/a.md": entry("甲", f"《办法》（示发〔2026〕{NINES}号）。", doc_no=f"示发〔2026〕{NINES}号")},
        {"content/rules/a.md": entry("甲", written=NINES, published=f"2026-01-{NINES}", kind="report", year=NINES)},
        {"content/rules/a.md": entry("要点", f"## 一、公开\n\n（一）至少{NINES}次。（牵头：甲）", ledger="monthly")},
    ],
    ids=range(8),
)  # fmt: skip
def test_numbers_of_any_length_end_no_build(column: MakeColumn, files: dict[str, str]) -> None:
    made = column(files)
    inspect(made.root, TODAY)
    made.try_build()
