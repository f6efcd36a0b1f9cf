"""The documentation is true: its examples check, its rules are those of the code, its links lead to files.

A fence says what it holds: ``markdown PATH`` that begins with ``---`` is the content file of that path, other
``markdown`` is a text, ``yaml content/column.yml`` are settings, other ``yaml`` are keys of a front matter. What an
example refers to stands on the same page or in :data:`AROUND`.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
import json
from pathlib import Path
import re
import shlex

import pytest
import yaml

from gkssg.authoring.new import new
from gkssg.authoring.starter import init
from gkssg.build import inspect
from gkssg.checks import explained
from gkssg.cli import main
from gkssg.language import Speaker
from gkssg.markup.convert import convert
from gkssg.markup.official import CONTAINERS
from gkssg.markup.safety import CLASSES, TAGS
from gkssg.problem import Severity
from gkssg.report import as_text
from gkssg.schema import COLUMN as SETTINGS
from gkssg.schema import COMMON, Field, field_named
from gkssg.terms import GROUNDS, KINDS, Kind

from conftest import COLUMN, TODAY, MakeColumn, entry, picture

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("themes/**/*.md")])
FOR_EDITORS = sorted([*ROOT.glob("README*.md"), *MANUAL.glob("*.md")])
FENCE = re.compile(r"^(?P<marks>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=marks)[ \t]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?P<marks>`+)(?!`)(?P<text>.+?)(?<!`)(?P=marks)(?!`)")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
KEY = re.compile(r"^([^\W\d]\w*)[ \t]*:", re.MULTILINE)
SETTINGS_FILE = "content/column.yml"
POLICY = "content/statutory/policy"

SAMPLES = ROOT / "content/statutory"
AROUND: Mapping[str, str | bytes] = {
    "themes/mine/static/custom.css": "",
    "content/statutory/organs/bangongshi.md": entry("示例区人民政府办公室", kind="organ"),
    "content/statutory/organs/chengguanju.md": entry("示例区城市管理局", kind="organ"),
    "content/statutory/normative/2021-tingche.md": entry("示例区停车场管理办法", published="2021-05-01"),
    "content/statutory/normative/停车场名录.csv": "名称,地址\n",
    f"{POLICY}/清理结果.csv": "标题,清理结果\n示例区停车场管理办法,继续有效\n",
    f"{POLICY}/2026-jihua.md": entry("停车设施建设计划", "## 一、目标\n\n正文。"),
    "content/statutory/budget/2026-shouzhi.csv": "期间,收入,说明\n2026-01,1,增长\n",
    f"{POLICY}/附件1.xlsx": (SAMPLES / "livelihood/附件2-补助台账.xlsx").read_bytes(),
    f"{POLICY}/附件2.pdf": (SAMPLES / "emergency/附件2-应急联络卡.pdf").read_bytes(),
    f"{POLICY}/申请表.docx": (SAMPLES / "livelihood/附件1-补助申请表.docx").read_bytes(),
    f"{POLICY}/流程图.png": picture(),
}
"""What examples refer to without showing it, on top of the smallest column."""


@dataclass(frozen=True)
class Example:
    """One fence of a page: its language, the path it names, and its text."""

    page: Path
    line: int
    language: str
    path: str
    text: str

    def __str__(self) -> str:
        """Name it as tests are named."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def examples(page: Path) -> Iterator[Example]:
    """Give every fence of a page."""
    whole = page.read_text("utf-8")
    for match in FENCE.finditer(whole):
        language, _, path = match["info"].strip().partition(" ")
        yield Example(page, whole.count("\n", 0, match.start()) + 1, language, path, match["text"])


def prose(page: Path) -> str:
    """Give the text of a page without its fences."""
    return FENCE.sub("", page.read_text("utf-8"))


EVERY = [example for page in PAGES for example in examples(page)]
SETTINGS_EXAMPLES = [example for example in EVERY if example.path == SETTINGS_FILE]


def completed(text: str, table: tuple[Field, ...], defaults: Mapping[str, str]) -> str:
    """Add to YAML the keys that an excerpt leaves out."""
    typed = {field.name for key in KEY.findall(text) if (field := field_named(table, key))}
    return "".join(f"{name}: {value}\n" for name, value in defaults.items() if name not in typed) + text


def content_files(page: Path) -> dict[str, str]:
    """Give the content files that the examples of a page make."""
    files: dict[str, str] = {}
    for example in examples(page):
        path = f"{POLICY}/example-{example.line}.md"
        if example.language == "markdown" and example.text.startswith("---\n"):
            assert example.path, f"{example} names no path"
            files[example.path] = example.text
        elif example.language == "markdown":
            files[path] = entry("例", example.text)
        elif example.language == "yaml" and not example.path:
            front = completed(example.text, COMMON, {"title": "例", "attribute": "active"})
            files[path] = f"---\n{front}---\n正文。\n"
    return files


def problems(root: Path) -> str:
    """Say everything that is wrong with a column."""
    return as_text(inspect(root, TODAY), Speaker("en"))


@pytest.mark.parametrize("page", [page for page in FOR_EDITORS if content_files(page)], ids=lambda page: page.name)
def test_content_files_in_the_documentation_check(column: MakeColumn, page: Path) -> None:
    assert problems(column({**AROUND, **content_files(page)}).root) == ""


@pytest.mark.parametrize("example", SETTINGS_EXAMPLES, ids=str)
def test_settings_in_the_documentation_check(column: MakeColumn, example: Example) -> None:
    least = {name: json.dumps(value, ensure_ascii=False) for name, value in yaml.safe_load(COLUMN).items()}
    text = completed(example.text, SETTINGS, least)
    assert problems(column({**AROUND, SETTINGS_FILE: text}).root) == ""


def test_the_manual_has_examples_of_every_sort() -> None:
    assert len(SETTINGS_EXAMPLES) > 2
    for name in ("content.md", "markdown.md", "disclosure.md"):
        assert content_files(MANUAL / name)
    for readme in ("README.md", "README.zh-CN.md"):
        assert content_files(ROOT / readme)


def emitted() -> dict[str, set[str]]:
    """Give every rule that the sources can report, with its severities."""
    rules: dict[str, set[str]] = defaultdict(set)
    for module in sorted((ROOT / "gkssg").rglob("*.py")):
        tree = ast.parse(module.read_text("utf-8"))
        assigned = {
            str(ast.literal_eval(node.value))
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "rule"
        }
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not re.search(r"(^|\.)(Problem|report)$", ast.unparse(call.func)):
                continue
            typed = [*call.args[4:], *(keyword.value for keyword in call.keywords if keyword.arg == "severity")]
            severity = ast.unparse(typed[0]).rpartition(".")[2].lower() if typed else "error"
            match call.args[1] if len(call.args) > 1 else None:
                case ast.Constant(value=str(rule)):
                    rules[rule].add(severity)
                case ast.Name(id="rule"):
                    for rule in assigned:
                        rules[rule].add(severity)
                case ast.JoinedStr():  # the rules that a value stands twice, each named after its field
                    for field in re.findall(r'_unique\(archive, "(\w+)"', module.read_text("utf-8")):
                        rules[f"{field.replace('_', '-')}-twice"].add(severity)
    return rules


def known() -> dict[str, set[str]]:
    """Give every rule that the manual explains, with the severities it names."""
    rules: dict[str, set[str]] = defaultdict(set)
    for rule in explained():
        rules[rule.name] |= set(rule.severities)
    return rules


def test_the_manual_explains_every_rule_and_no_other() -> None:
    assert sorted(known()) == sorted(emitted())
    assert len(known()) > 100
    for page in ("rules.md", "rules.en.md"):
        named = re.findall(r"^### ([a-z-]+)$", (MANUAL / page).read_text("utf-8"), re.MULTILINE)
        assert sorted(named) == sorted(known())


def test_the_manual_names_the_severity_of_every_rule() -> None:
    for rule, severities in emitted().items():
        if severities <= set(Severity):
            assert known()[rule] == severities, rule


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_relative_links_lead_to_files(page: Path) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(CODE.sub("", prose(page)))]
    for target in targets:
        if target and not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target


def test_the_architecture_names_every_module() -> None:
    _, _, rooms = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Rooms\n")
    named = set(re.findall(r"`(\w+\.py)`", rooms.partition("\n## ")[0]))
    assert named - {"__init__.py"} == {path.name for path in (ROOT / "gkssg").rglob("[!_]*.py")}
    room, seen = "", set()
    for row in re.findall(r"^\| (?:(`\w+/`) )?\| (.*?) \|", rooms, re.MULTILINE):
        room = row[0] or room
        for name in re.findall(r"`(\w+\.py)`", row[1]):
            assert (room, name) not in seen, row
            seen.add((room, name))


def test_make_targets_in_the_documentation_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named: set[str] = set()
    for page in PAGES:
        fences = [example.text for example in examples(page) if example.language == "sh"]
        spans = [match["text"] for match in CODE.finditer(prose(page))]
        named |= {name for text in (*fences, *spans) for name in re.findall(r"^make ([a-z]+)", text, re.MULTILINE)}
    assert {"site", "test", "check", "messages", "manual"} <= named <= targets


def commands() -> Iterator[tuple[str, list[str]]]:
    """Give every gkssg command line of the documentation: the page, and its words."""
    for example in EVERY:
        if example.language == "sh":
            for line in example.text.splitlines():
                if line.startswith("gkssg "):
                    yield str(example), shlex.split(line, comments=True)[1:]


def test_commands_in_the_documentation_exist(capsys: pytest.CaptureFixture[str]) -> None:
    for where, words in commands():
        name = next(
            (
                word
                for word in words
                if word in {"init", "new", "ledger", "mask", "review", "log", "check", "build", "serve"}
            ),
            "",
        )
        with pytest.raises(SystemExit):
            main([name, "--help"] if name else ["--help"])
        usage = capsys.readouterr().out
        for option in (word for word in words if word.startswith("-")):
            assert option.partition("=")[0] in usage, (where, option)
        assert name or {"--help", "--version"} & set(words), where
    assert len(list(commands())) > 5


def test_messages_in_the_manual_are_those_of_the_code(
    column: MakeColumn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = column({"content/rules/a.md": entry("甲", published="2026-13-01")}).root
    fresh = tmp_path / "fresh"
    assert init(fresh)[1] == ()
    path, _ = new(fresh, Kind.DOCUMENT, "关于印发《示例办法》的通知", "", 2026, Speaker("zh"))
    for root, page in ((faulty, "problems.md"), (fresh, "start.md")):
        assert main(["-C", str(root), "check", "--today", str(TODAY)]) == 1
        printed = capsys.readouterr().out
        assert printed in [example.text for example in examples(MANUAL / page)], printed
    assert f"{path}\n" in [example.text for example in examples(MANUAL / "start.md")]


def test_texts_in_the_manual_look_as_it_says() -> None:
    texts = [example.text for example in examples(MANUAL / "markdown.md") if example.language == "markdown"]
    html = re.sub(r'<p id="[^"]*">', "<p>", convert("\n\n".join(texts), f"{POLICY}/a.md").html)
    for piece in (
        "<p>（一）收费标准；</p>", "<p>1. 编号照写", "<h2 ", "<h3 ", "<h4 ", "<li>户口簿，</li>",
        "<strong>公示对象：</strong> 张**，电话 138****1234，签名 ______。", '<td rowspan="2">教育</td>',
        '<td colspan="2" class="align-right">15</td>', '<td colspan="3">合计</td>', '<div class="signature">',
        "示例区人民政府<br>", 'class="footnote-ref"', '<a href="https://www.gov.cn/">', "<hr>",
        "<caption>收费标准</caption>", '<h2 id="fubiao">', '<p class="center">表1', 'width="600"',
    ):  # fmt: skip
        assert piece in html


def test_the_manual_lists_the_html_that_is_allowed() -> None:
    _, _, section = (MANUAL / "markdown.md").read_text("utf-8").partition("## 可以用的 HTML\n")
    section = section.partition("\n## ")[0]
    assert set(re.findall(r"`<([a-z0-9]+)>`", section)) == TAGS
    classes = {name for name in CLASSES if not name.startswith("footnote")}
    assert {name for name in classes if f"`{name}`" in section} == classes


def test_the_manual_names_what_the_code_knows() -> None:
    text = {page.name: page.read_text("utf-8") for page in MANUAL.glob("*.md")}
    keys = [field.name for field in SETTINGS] + [part.name for field in SETTINGS for part in field.parts]
    for page, words in {
        "column.md": keys,
        "content.md": [kind.code for kind in KINDS],
        "disclosure.md": [ground.code for ground in GROUNDS],
    }.items():
        assert [word for word in words if f"`{word}`" not in text[page]] == []
    assert [name for name in CONTAINERS if f"::: {name}" not in text["markdown.md"] and not name.isascii()] == []
