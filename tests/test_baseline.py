"""What was wrong before is not reported; what is new is, and so is what guards the gate."""

import json
from pathlib import Path

import pytest

from gkssg.cli import main

from conftest import TODAY, MakeColumn, entry

A = "content/rules/a.md"
WRONG = "见[办法](c.md#第一条)。"


def check(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    """Run ``gkssg check`` in English; give its status and what it wrote."""
    status = main(["-C", str(root), "--lang", "en", "check", "--today", str(TODAY), "--jobs", "1", *options])
    return status, *capsys.readouterr()


def test_known_problems_are_left_out_though_lines_move(
    column: MakeColumn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {A: entry("甲", "见[乙](b.md#第九条)。"), "content/rules/b.md": entry("乙", "第一条　正文。")}
    made, file = column(files), tmp_path / "known.json"
    assert check(made.root, capsys)[0] == 1
    assert check(made.root, capsys, "--write-baseline", str(file)) == (
        0, "", f"{file}: what is wrong today is known from now on\n",
    )  # fmt: skip
    (row,) = json.loads(file.read_text("utf-8"))["problems"]
    assert (row["path"], row["rule"], row["count"]) == (A, "link-anchor", 1)
    assert "第九条" not in file.read_text("utf-8")
    made.write({A: entry("甲", "前文。\n\n见[乙](b.md#第九条)。")})
    assert check(made.root, capsys, "--baseline", str(file)) == (
        0, "", "1 known problems not shown; 0 known ones are mended\n0 errors, 0 warnings\n",
    )  # fmt: skip
    made.write({A: entry("甲", "见[乙](b.md#第九条)，再见[乙](b.md#第九条)，又见[乙](b.md#第八条)。")})
    status, out, err = check(made.root, capsys, "--baseline", str(file))
    assert (status, out.count("[link-anchor]"), err) == (
        1, 2, "1 known problems not shown; 0 known ones are mended\n2 errors, 0 warnings\n",
    )  # fmt: skip
    made.write({A: entry("甲")})
    assert check(made.root, capsys, "--baseline", str(file))[2].startswith("0 known problems not shown; 1 known ones")


def test_what_guards_the_gate_is_never_known(
    column: MakeColumn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, file = column({A: entry("甲", "联系电话13800138000。", published="2026-13-01")}), tmp_path / "known.json"
    check(made.root, capsys, "--write-baseline", str(file))
    assert json.loads(file.read_text("utf-8"))["problems"] == []
    status, out, _ = check(made.root, capsys, "--baseline", str(file))
    assert status == 1
    assert "[personal-data]" in out
    assert "[date]" in out


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"version": 2, "problems": []}', '{"version": 1, "problems": [{}]}', '{"version": 1, "problems": [1]}',
     '{"version": 1, "problems": [{"path": "a", "rule": "b", "digest": "c", "count": true}]}'],
)  # fmt: skip
def test_a_file_that_is_no_baseline_is_refused(
    column: MakeColumn, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "known.json"
    file.write_text(text, "utf-8")
    status, out, err = check(column({}).root, capsys, "--baseline", str(file))
    assert (status, out) == (2, "")
    assert str(file) in err
    assert check(column({}).root, capsys, "--baseline", str(tmp_path / "none"))[0] == 2
