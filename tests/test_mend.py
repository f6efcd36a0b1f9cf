"""Mechanical slips are mended, shown before, and nothing is lost."""

from pathlib import Path

import pytest

from gkssg.authoring.mend import mended
from gkssg.cli import main

from conftest import TODAY, MakeColumn, entry

A = "content/rules/a.md"


def front(*lines: str) -> str:
    """Give a content file of these lines of front matter."""
    return "\n".join(["---", *lines, "---", "正文：２０２６年［1］号。", ""])


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("发文字号：示政发〔2026〕1号", "发文字号: 示政发〔2026〕1号"),
        ("genre:通知", "genre: 通知"),
        ("doc_no: 示政发[2026]第01号", "doc_no: 示政发〔2026〕1号"),
        ('doc_no: "示政发（2026）1号"  # 见原件', 'doc_no: "示政发〔2026〕1号"  # 见原件'),
        ("发文字号：示政发[2026]1号", "发文字号: 示政发〔2026〕1号"),
        ("doc_no: 示政发［2026］1号", "doc_no: 示政发〔2026〕1号"),
        ("published: 2026/13/6", "published: 2026/13/6"),
        ("published: 去年", "published: 去年"),
        ("doc_no: 2026年第2号", "doc_no: 2026年第2号"),
        ("summary: 2026/5/6 发布：见示政发[2026]1号", "summary: 2026/5/6 发布：见示政发[2026]1号"),
    ],
)
def test_a_slip_is_mended_and_nothing_else(line: str, right: str) -> None:
    assert mended(front("title: 甲", "attribute: active", line), A) == front("title: 甲", "attribute: active", right)


def test_several_slips_and_line_ends_at_once() -> None:
    wrong = front("title：甲", "attribute:active", "发文字号：示政发[2026]1号").replace("\n", "\r\n")
    assert mended("\ufeff" + wrong, A) == front("title: 甲", "attribute: active", "发文字号: 示政发〔2026〕1号")


def test_keys_are_put_in_order_with_their_remarks() -> None:
    wrong = front(
        "# 审过", "published: 2026-05-06", "keywords:", "  - 乙", "", "  # 里面", "  - 丙", "attribute: active", "# 题",
        "标题: 甲", "# 末",
    )  # fmt: skip
    assert mended(wrong, A) == front(
        "# 题", "标题: 甲", "# 末", "attribute: active", "# 审过", "published: 2026-05-06", "keywords:", "  - 乙", "",
        "  # 里面", "  - 丙",
    )  # fmt: skip
    assert mended(mended(wrong, A), A) == mended(wrong, A)


@pytest.mark.parametrize(
    "lines",
    [
        ("attribute: active", "titel: 甲"),
        ("attribute: active", "title: 甲", "title: 乙"),
        ('summary: "一', '二"', "attribute: active", "title: 甲"),
        ("{attribute: active, title: 甲}",),
        ("attribute: active", "title: [甲"),
    ],
)
def test_what_is_not_understood_stays(lines: tuple[str, ...]) -> None:
    assert mended(front(*lines), A) == front(*lines)
    assert mended("没有要素区。\n", A) == "没有要素区。\n"
    assert mended("", A) == ""


def check(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    """Run ``gkssg check`` in English; give its status and what it wrote."""
    status = main(["-C", str(root), "--lang", "en", "check", "--today", str(TODAY), "--jobs", "1", *options])
    return status, *capsys.readouterr()


def test_a_difference_is_shown_before_and_then_written(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = front("title: 甲", "attribute: active", "doc_no: 示政发[2026]1号").replace("２０２６年［1］号", "例")
    made = column({A: wrong, "content/rules/b.md": entry("乙")})
    difference = f"--- {A}\n+++ {A}\n@@ -4 +4 @@\n-doc_no: 示政发[2026]1号\n+doc_no: 示政发〔2026〕1号\n"
    assert check(made.root, capsys, "--diff") == (1, difference, "1 files would change\n")
    assert (made.root / A).read_text("utf-8") == wrong
    (made.root / A).chmod(0o640)
    status, out, err = check(made.root, capsys, "--fix")
    assert (status, out, err) == (0, difference, "1 files changed\n0 errors, 0 warnings\n")
    assert (made.root / A).read_text("utf-8") == wrong.replace("[2026]", "〔2026〕")
    assert (made.root / A).stat().st_mode & 0o777 == 0o640
    assert check(made.root, capsys, "--diff") == (0, "", "0 files would change\n")
    assert sorted(path.name for path in (made.root / "content/rules").iterdir()) == ["a.md", "b.md"]


def test_only_the_files_that_are_named_are_mended(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = front("title: 甲", "attribute: active", "doc_no: 示政发[2026]1号")
    made = column({A: wrong, "content/guide/b.md": wrong.replace("1号", "2号")})
    check(made.root, capsys, "--fix", str(made.root / "content/guide"))
    assert (made.root / A).read_text("utf-8") == wrong
    assert "〔2026〕2号" in (made.root / "content/guide/b.md").read_text("utf-8")


def test_no_line_of_a_file_that_is_not_open_is_shown(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ("title: 绝密标题", "attribute: withheld", "reason: 16-1", "review_by: 2027-06-30", "doc_no: 密发[2026]1号")
    made = column(
        {
            A: front(*lines),
            "content/rules/b.md": front("title: 示例甲", "attribute: active", "doc_no: 示[2026]1号").replace(
                "正文", "13800138000"
            ),
        }
    )
    _, out, _ = check(made.root, capsys, "--fix")
    assert f"{A}: changed; its lines are not shown\n" in out
    assert "content/rules/b.md: changed; its lines are not shown\n" in out
    assert "密" not in out.replace("个人", "")
    assert "[2026]" not in (made.root / A).read_text("utf-8")
