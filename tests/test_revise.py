"""An edit of texts alone goes the short way, and its outcome is that of a clean build, byte for byte."""

from collections.abc import Callable
from dataclasses import is_dataclass
import os
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from test_cache import counted

from gkssg import stages
from gkssg.archive.likeness import Sketches
from gkssg.build import build, inspect
from gkssg.site.answers import Answers
from gkssg.site.model import Page, SearchBlock, SearchSegment
from gkssg.site.output import Value
from gkssg.store import Stored

from conftest import TODAY, Column, MakeColumn, entry

LAW = "第一条 为了示例。\n\n第二条 适用本区。\n"
LONG = "\n\n".join(f"第{number}段：各街道办事处、区政府各部门要做好第{number}件事。" for number in range(1, 9))
FILES = {
    "content/index.md": entry("首页", "欢迎。", kind="page"),
    "content/guide/index.md": entry("指南", "本机关的指南。", kind="page"),
    "content/statutory/policy/a.md": entry("甲", "见[乙](b.md)。\n\n又。", published="2026-01-01"),
    "content/statutory/policy/b.md": entry("乙", "## 一节\n\n文字。", published="2026-01-02", issuer="某局"),
    "content/statutory/policy/same.md": entry("同", "文字。", published="2026-01-03"),
    "content/statutory/policy/alike.md": entry("似", "文字。", published="2026-01-03"),
    "content/statutory/policy/linking.md": entry("引", "见[一节](b.md#一节)。", published="2026-01-03"),
    "content/statutory/normative/old.md": entry("办法", LAW, published="2024-01-01"),
    "content/statutory/normative/new.md": entry(
        "办法", LAW.replace("本区", "全区"), published="2026-02-01", replaces="statutory/normative/old"
    ),
    "content/statutory/interpretations/q.md": entry(
        "问", "答。", kind="question", of="statutory/normative/new", clauses="[statutory/normative/new#第二条]"
    ),
    "content/statutory/policy/p.md": entry(
        "工作方案", "（一）做一件事。（责任单位：某局）\n", published="2026-01-05", ledger="quarterly"
    ),
    "content/rules/r.md": entry("制度", "![图](x.txt)".replace("!", ""), published="2020-01-01"),
    "content/statutory/policy/long.md": entry("长文", LONG, published="2026-01-03"),
    "content/statutory/planning/other.md": entry("另一长文", LONG.replace("要做好", "不做"), published="2026-01-03"),
    "content/rules/x.txt": "附件",
    "content/statutory/policy/remarked.md": entry("评", "半角,逗号。\n\n又。", published="2026-01-03"),
    "content/statutory/policy/allowed.md": entry("许", "无。", published="2026-01-03").replace(
        "title:", "# gkssg: allow width because 原文如此\ntitle:", 1
    ),
}


def settled(column: Column) -> None:
    """Let all files look as if they had been written long ago."""
    for path in (column.root / "content").rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def replaced(path: str, old: str, new: str) -> Callable[[Column], None]:
    """Give the edit that replaces some words of a file."""

    def edit(made: Column) -> None:
        file = made.root / "content" / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return edit


SHORT: dict[str, Callable[[Column], None]] = {
    "words": replaced("statutory/policy/a.md", "又。", "又一段，改过。"),
    "a paragraph above a link": replaced("statutory/policy/a.md", "见[乙]", "先说一句。\n\n见[乙]"),
    "another heading": replaced("statutory/policy/same.md", "文字。", "文字。\n\n## 二节\n\n更多。"),
    "one of two texts that are the same": replaced("statutory/policy/same.md", "文字。", "不再相同。"),
    "a text becomes that of another": replaced("statutory/policy/a.md", "又。", "文字。"),
    "a text that is compared with another": replaced("statutory/normative/old.md", "适用本区", "适用本市"),
    "blanks": replaced("statutory/policy/a.md", "又。", "又。\n\n\n"),
    "a file saved again": lambda made: os.utime(made.root / "content/statutory/policy/a.md"),
    "a long text": replaced("statutory/policy/long.md", "第1段", "第一段"),
    "a remark comes": replaced("statutory/policy/a.md", "又。", "又,又。"),
    "a remark goes": replaced("statutory/policy/remarked.md", "半角,", "半角，"),
    "a remark moves": replaced("statutory/policy/remarked.md", "半角", "先说一句。\n\n半角"),
    "a remark stays": replaced("statutory/policy/remarked.md", "又。", "又又。"),
    "an interpretation's answer": replaced("statutory/interpretations/q.md", "答。", "另一个答。"),
    "two texts": lambda made: [
        replaced("statutory/policy/a.md", "又。", "再。")(made),
        replaced("statutory/policy/alike.md", "文字。", "别的。")(made),
    ][0],
}

WHOLE: dict[str, Callable[[Column], None]] = {
    "a title": replaced("statutory/policy/a.md", "甲", "甲甲"),
    "a link": replaced("statutory/policy/a.md", "又。", "又见[同](same.md)。"),
    "another heading in a text that others link to": replaced("statutory/policy/b.md", "文字。", "## 二节"),
    "a heading that others link to": replaced("statutory/policy/b.md", "一节", "第一节"),
    "a clause that others quote": replaced("statutory/normative/new.md", "适用全区", "适用全市"),
    "a plan with a ledger": replaced("statutory/policy/p.md", "做一件事", "做两件事"),
    "an introduction": replaced("guide/index.md", "本机关的", "我们的"),
    "the front": replaced("index.md", "欢迎", "您好"),
    "no text any more": replaced("statutory/policy/same.md", "文字。", ""),
    "a text becomes nearly that of another": replaced("statutory/planning/other.md", "不做", "要做好"),
    "a remark in a file that is exempt": replaced("statutory/policy/allowed.md", "无。", "无,有。"),
    "personal data": replaced("statutory/policy/a.md", "又。", "电话13812345678。"),
    "a mistake": replaced("statutory/policy/same.md", "文字。", "[断](nowhere.md)"),
    "an annex": lambda made: made.write({"content/rules/x.txt": "另一个附件"}),
}


@pytest.mark.parametrize(
    ("edit", "whole"),
    [*((edit, False) for edit in SHORT.values()), *((edit, True) for edit in WHOLE.values())],
    ids=[*SHORT, *WHOLE],
)
def test_an_edit_of_texts_goes_the_short_way_and_equals_a_clean_build(
    column: MakeColumn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Column], None], *, whole: bool
) -> None:
    made = column(FILES)
    settled(made)
    assert not build(made.root, made.root / "build", TODAY, cache=tmp_path / "c").failed
    edit(made)
    loaded = counted(monkeypatch, stages, "load")
    report = build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    assert bool(loaded) == whole
    clean = build(made.root, made.root / "clean", TODAY)
    assert report.failed == clean.failed
    assert report.problems == clean.problems
    if not report.failed:
        assert report.planned == clean.planned
        assert made.files() == made.files("clean")


def test_no_other_value_holds_a_text() -> None:
    """What :mod:`gkssg.stages` keeps must be all that shows texts."""
    holding = {kind for kind in get_args(Value) if _holds_text(kind, set())}
    assert holding == {Page, Answers, SearchBlock, SearchSegment}  # the latter two are made of entries


def _holds_text(kind: object, seen: set[object]) -> bool:
    """Tell whether a value of a type may hold a stored text, going by the types of its fields."""
    if kind is Stored:
        return True
    if kind in seen:
        return False
    seen.add(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        below = [*kind.__subclasses__(), *get_type_hints(kind).values()]
        return any(_holds_text(one, seen) for one in below)
    return any(_holds_text(one, seen) for one in get_args(kind))


def test_one_short_way_after_another(column: MakeColumn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = column(FILES)
    settled(made)
    build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    loaded = counted(monkeypatch, stages, "load")
    for number in range(4):
        for path, old in (("a", "又"), ("b", "文字"), ("same", "文字")):
            replaced(f"statutory/policy/{path}.md", old, f"{number}{old}")(made)
        build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    assert not loaded
    WHOLE["a title"](made)
    SHORT["words"](made)
    build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    build(made.root, made.root / "clean", TODAY)
    assert made.files() == made.files("clean")


def test_a_check_in_between_changes_nothing(column: MakeColumn, tmp_path: Path) -> None:
    made = column(FILES)
    settled(made)
    build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    SHORT["words"](made)
    inspect(made.root, TODAY, cache=tmp_path / "c")
    build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    build(made.root, made.root / "clean", TODAY)
    assert made.files() == made.files("clean")


def test_what_was_cut_out_of_a_text_is_gone_from_the_cache(column: MakeColumn, tmp_path: Path) -> None:
    made = column({**FILES, "content/rules/z.md": entry("丁", "身份证号码某某。")})
    settled(made)
    build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    replaced("rules/z.md", "身份证号码某某", "隐去")(made)
    build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    secret = "身份证号码某某".encode()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and secret in path.read_bytes()] == []


def test_a_text_that_was_nearly_that_of_another_is_told_of_no_more(column: MakeColumn, tmp_path: Path) -> None:
    """The warning stands at the other one, which is not read again."""
    path = "content/statutory/planning/other.md"
    made = column(FILES | {path: entry("另一长文", LONG, published="2026-01-03")})
    settled(made)
    report = build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    assert [problem.place.path for problem in report.problems if problem.rule == "text-twice"] == [
        "content/statutory/policy/long.md"
    ]
    replaced("statutory/planning/other.md", "要做好", "不做")(made)
    again = build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    assert again.problems == build(made.root, made.root / "clean", TODAY).problems
    assert not any(problem.rule == "text-twice" for problem in again.problems)


def test_sketches_say_whether_another_text_is_nearly_the_same() -> None:
    one, other, third = tuple(range(1, 9)), tuple(range(2, 10)), (1, 2, 3, 100)
    sketches = Sketches.of([("a", one), ("b", third), ("c", ())])
    assert not sketches.has_like("a", one)
    assert sketches.has_like("c", other)  # seven of nine
    assert not sketches.has_like("c", (1, 2, 3, 4, 11, 12, 13, 14))
    assert not sketches.has_like("c", ())
    moved = sketches.instead("a", third)
    assert moved.has_like("b", third)
    assert not moved.has_like("c", other)
    assert not moved.instead("a", ()).has_like("b", third)
    assert Sketches(*moved.data) == moved
