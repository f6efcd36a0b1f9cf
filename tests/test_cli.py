"""The command line: exit status, forms of output, languages."""

import json
from pathlib import Path
import re
import subprocess
import sys

import pytest

from gkssg.cli import main

from conftest import MakeColumn, entry

_SECRET = entry("密", attribute="withheld", reason="14-1", title_open="false", review_by="2027")
FAULTY = {
    "content/rules/a.md": entry("甲", "[断](b.md)", published="2026-13-01"),
    "content/guide/b.md": entry("乙", kind="pag"),
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run a command; give its status and what it printed on both streams."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as leaving:
        status = int(str(leaving.code))
    out, err = capsys.readouterr()
    return status, out, err


def test_a_new_column_checks_and_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "新 栏目"
    assert run(capsys, "init", folder)[0] == 0
    assert run(capsys, "-C", folder, "check")[:2] == (0, "")
    status, _, err = run(capsys, "-C", folder, "build")
    assert (status, (folder / "build/index.html").is_file()) == (0, True)
    assert "错误0个" in err


def test_init_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/column.yml").write_text("mine", "utf-8")
    status, _, err = run(capsys, "init", tmp_path)
    assert status == 1
    assert "content/column.yml" in err
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["column.yml"]


@pytest.mark.parametrize("kind", ["document", "organ", "政策解读", "dossier", "dataset", "page", "gazette"])
def test_a_new_file_lacks_only_the_attribute(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    run(capsys, "init", tmp_path)
    status, out, _ = run(capsys, "-C", tmp_path, "new", kind, '带"引号"和: 冒号')
    assert status == 0
    _, out, _ = run(capsys, "-C", tmp_path, "--lang", "en", "check", "--format", "json")
    assert [(p["rule"], p["message"]) for p in json.loads(out)] == [
        ("field-missing", "attribute（公开属性） is missing")
    ]
    path = tmp_path / json.loads(out)[0]["path"]
    path.write_text(path.read_text("utf-8").replace("\nattribute:\n", "\nattribute: active\n"), "utf-8")
    assert run(capsys, "-C", tmp_path, "check")[:2] == (0, "")


def test_new_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "init", tmp_path)
    assert run(capsys, "-C", tmp_path, "new", "page", "甲")[0] == 0
    assert run(capsys, "-C", tmp_path, "new", "page", "甲")[0] == 1
    assert run(capsys, "-C", tmp_path, "new", "page", "乙", "--category", "../../..")[0] == 1
    assert run(capsys, "-C", tmp_path, "new", "pag", "乙")[0] == 2


def test_problems_as_text(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "-C", column(FAULTY).root, "--lang", "en", "check")
    assert (status, out) == (
        1,
        """\
content/guide/b.md:4:7: error: kind（种类） cannot be “pag” [field-word]
    4 | kind: pag
      |       ^
    did you mean “page”? write one of: document（文件）, interpretation（政策解读）, dossier（事项）, \
consultation（意见征集）, meeting（会议）, proposal（建议提案）, question（政策问答）, item（政策事项）, \
dataset（数据集）, report（年度报告）, gazette（政府公报）, organ（机构）, page（页面）
content/rules/a.md:4:12: error: “2026-13-01” cannot be: there is no month 13 [date]
    4 | published: 2026-13-01
      |            ^
    published（发布日期）: write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known
content/rules/a.md:6:5: error: the link “b.md” leads nowhere [link-broken]
    6 | [断](b.md)
      |      ^
    did you mean “../guide/b.md”?
""",
    )


def test_problems_in_forms_for_programs(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    root = column(FAULTY).root
    _, text, _ = run(capsys, "-C", root, "check", "--format", "json")
    problems = json.loads(text)
    assert [set(problem) for problem in problems] == [
        {"path", "line", "column", "severity", "rule", "message", "hint"}
    ] * 3
    _, text, _ = run(capsys, "-C", root, "check", "--format", "sarif")
    (log,) = json.loads(text)["runs"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in log["results"]]
    assert [(region["startLine"], region["startColumn"]) for region in regions] == [(4, 7), (4, 12), (6, 5)]
    _, text, _ = run(capsys, "-C", root, "check", "--format", "github")
    assert [line.partition("::")[2].partition("::")[0] for line in text.splitlines()] == [
        "error file=content/guide/b.md,line=4,col=7,title=field-word",
        "error file=content/rules/a.md,line=4,col=12,title=date",
        "error file=content/rules/a.md,line=6,col=5,title=link-broken",
    ]


def test_check_can_be_asked_of_some_files(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    root = column(FAULTY).root
    _, text, _ = run(capsys, "-C", root, "check", "--format", "json", root / "content/guide")
    assert [problem["path"] for problem in json.loads(text)] == ["content/guide/b.md"]


def test_messages_are_chinese_unless_asked(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    root = column({"content/rules/a.md": entry("甲", titel="乙")}).root
    assert "错误" in run(capsys, "-C", root, "check")[1]
    assert "error: there is no key “titel”" in run(capsys, "-C", root, "check", "--lang", "en")[1]
    assert "error: there is no key" in run(capsys, "--lang=en", "-C", root, "check")[1]


def test_pages_can_be_english(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    made = column({"content/rules/a.md": entry("甲")})
    assert run(capsys, "-C", made.root, "--lang", "en", "build")[0] == 0
    text = made.text("rules/a.html")
    assert '<html lang="en"' in text
    assert "Document number" in text
    assert "发文字号" not in text


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nothing",),
        ("build", "--jobs", "0"),
        ("build", "--today", "2026-13-01"),
        ("build", "--today", "2026"),
        ("--lang", "fr", "check"),
    ],
)
def test_wrong_usage_is_status_2(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert "gkssg" in err


def test_a_folder_without_a_column_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "-C", tmp_path, "--lang", "en", "check")
    assert status == 1
    assert out == (
        "content/column.yml:1:1: error: there is no column here: content/column.yml is missing [column-missing]\n"
        "    go to the column's folder, name it with -C, or make a new column with “gkssg init DIR”\n"
    )


def test_explain_says_why_each_file_was_made(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    made = column({"content/rules/a.md": entry("甲")})
    command = ("-C", made.root, "--lang", "en", "build", "--explain")
    _, out, _ = run(capsys, *command)
    first, *_, more, index = out.splitlines()
    assert re.fullmatch(r"new: \d+ files", first)
    assert re.fullmatch(r"    and \d+ more; “--explain PATH” names all in a folder", more)
    assert re.fullmatch(r"    search/ \(\d+\)", index)
    made.write({"content/rules/a.md": entry("甲", "改了"), "content/rules/b.md": _SECRET})
    (made.root / "build/guide/index.html").unlink()
    _, out, _ = run(capsys, *command)
    lines = out.splitlines()
    assert lines[:3] == [
        "changed in the column since the last build: 1 files",
        "    content/rules/a.md",
        "    and 1 that have no page of their name",
    ]
    missing = lines.index("the file is missing: 1 files")
    assert lines[missing + 1] == "    guide/index.html"
    shown = next(place for place, line in enumerate(lines) if line.startswith("what it shows has changed: "))
    assert "    rules/a.html" in lines[shown:]
    assert "rules/b" not in out, "the name of a file may say what nobody may know"


def test_explain_speaks_of_one_file_or_folder(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    made = column({f"content/rules/{number}.md": entry(f"制度{number}") for number in range(30)})
    _, out, _ = run(capsys, "-C", made.root, "--lang", "en", "build", "--explain", "build/rules/")
    first, *others = out.splitlines()
    assert first == f"new: {len(others)} files"
    assert set(others) >= {f"    rules/{number}.html" for number in range(30)}
    made.write({"content/rules/3.md": entry("制度3", "改了")})
    for path, said in (
        ("rules/3.html", "what it shows has changed: 1 files\n    rules/3.html\n"),
        ("rules/4.html", "rules/4.html: nothing was made anew there: what it shows is as it was\n"),
    ):
        made.write({"content/rules/3.md": entry("制度3", f"改了{path}")})
        assert run(capsys, "-C", made.root, "--lang", "en", "build", "--explain", path)[1] == said


def test_the_module_runs_as_a_program_without_a_terminal(column: MakeColumn) -> None:
    root = column({}).root
    made = subprocess.run(
        [sys.executable, "-m", "gkssg", "-C", str(root), "build"], capture_output=True, check=False, env={"LC_ALL": "C"}
    )
    assert (made.returncode, made.stdout) == (0, b"")
    assert b"\x1b" not in made.stderr
    assert "文件" in made.stderr.decode()


def test_a_link_to_itself_is_a_problem_and_no_crash(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    root = column({}).root
    (root / "content/rules").mkdir()
    (root / "content/rules/a.md").symlink_to("a.md")
    status, out, _ = run(capsys, "-C", root, "--lang", "en", "check", root / "content")
    assert (status, out.splitlines()[0]) == (1, "content/rules/a.md:1:1: error: this link leads nowhere [symlink]")
