"""Incremental equals clean, byte for byte, whatever was edited; and what need not be made is not."""

from collections.abc import Callable
import datetime
import json
import os
from pathlib import Path

from PIL.PngImagePlugin import PngInfo
import pytest

from gkssg.build import Reason
from gkssg.digest import digest_bytes
from gkssg.problem import Severity

from conftest import BASE, COLUMN, ORGAN, Column, MakeColumn, entry, picture

COMMENT = PngInfo()
COMMENT.add_text("Author", "Zhang")

FILES: dict[str, str | bytes] = {
    "content/index.md": entry("首页", "欢迎。", kind="page"),
    "content/guide/index.md": entry("指南", "本机关的指南。", kind="page"),
    "content/statutory/policy/a.md": entry("甲", "见[乙](b.md)。", published="2026-01-01", issuer="示例区人民政府"),
    "content/statutory/policy/b.md": entry("乙", "![图](p.png)", published="2026-01-02", annexes="[x.txt]"),
    "content/statutory/policy/c.md": entry("丙", published="2026-01-03", effective="2026-01-03", expires="2026-12-31"),
    "content/statutory/policy/p.png": picture(),
    "content/statutory/policy/x.txt": "附件",
    "content/statutory/normative/n.md": entry(
        "丁", attribute="on-request", reason="16-2", review_by="2027", written="2025"
    ),
    "content/statutory/interpretations/i.md": entry("解读", kind="interpretation", interprets="statutory/policy/a"),
    "content/rules/r.md": entry("制度", aliases="[old/r.html]"),
}


def rewrite(path: str, text: str | bytes) -> Callable[[Column], None]:
    """Give the edit that writes a file."""
    return lambda made: made.write({path: text})


def remove(path: str) -> Callable[[Column], None]:
    """Give the edit that deletes a file."""
    return lambda made: (made.root / path).unlink()


EDITS: dict[str, Callable[[Column], None]] = {
    "a body": rewrite("content/statutory/policy/a.md", entry("甲", "改了。", published="2026-01-01")),
    "a title": rewrite("content/statutory/policy/a.md", entry("甲甲", published="2026-01-01", issuer="示例区人民政府")),
    "a new entry": rewrite("content/statutory/policy/d.md", entry("新", published="2026-02-01")),
    "an old entry": rewrite("content/statutory/policy/d.md", entry("旧", published="2008-05-01")),
    "an entry removed": remove("content/statutory/normative/n.md"),
    "an entry opened": rewrite("content/statutory/normative/n.md", entry("丁", written="2025")),
    "an entry withdrawn": rewrite(
        "content/statutory/policy/b.md", entry("乙", attribute="withheld", reason="14-1", title_open="false")
    ),
    "another section": rewrite("content/statutory/policy/c.md", entry("丙", category="[rules, statutory/budget]")),
    "an annex": rewrite("content/statutory/policy/x.txt", "新附件"),
    "an annex that is a picture": lambda made: made.write(
        {
            "content/statutory/policy/a.md": entry("甲", annexes="[{file: big.jpg, title: 照片}, x.txt]"),
            "content/statutory/policy/big.jpg": picture("JPEG", (1500, 900), comment=b"secret"),
        }
    ),
    "a picture": rewrite("content/statutory/policy/p.png", picture(size=(41, 30), pnginfo=COMMENT)),
    "the organ": rewrite("content/statutory/organs/gov.md", ORGAN.replace("示例路1号", "示例路2号")),
    "the organ's name": lambda made: made.write(
        {
            "content/column.yml": COLUMN.replace("organ: 示例区人民政府", "organ: 示例县人民政府"),
            "content/statutory/organs/gov.md": ORGAN.replace("示例区人民政府", "示例县人民政府"),
        }
    ),
    "a section's name": rewrite("content/column.yml", COLUMN + "sections: [{id: statutory/policy, title: 政策}]\n"),
    "the introduction": remove("content/guide/index.md"),
    "a conversion": rewrite(
        "content/statutory/normative/n.md",
        entry("丁", written="2025", converted="{from: on-request, date: 2026-01-01, standard: 甲, reviewer: 乙}"),
    ),
    "a year of the calendar": rewrite("content/calendar/2027.json", '{"year": 2027, "days": []}'),
    "a repeal": rewrite(
        "content/statutory/policy/d.md", entry("废止", published="2026-03-01", repeals="statutory/policy/c")
    ),
    "an interpretation": rewrite(
        "content/statutory/interpretations/j.md",
        entry("解读二", kind="interpretation", interprets="statutory/policy/c", form="[head]", published="2026-02-01"),
    ),
    "a succession": rewrite(
        "content/statutory/organs/new.md",
        entry("新机关", kind="organ", succeeds="[{organ: statutory/organs/gov, date: 2026-05, how: 更名}]"),
    ),
    "where to complain": rewrite(
        "content/column.yml", COLUMN + "feedback: {suggest: a@example.gov.cn, supervise: {name: 办公室}}\n"
    ),
    "an alias": rewrite("content/rules/r.md", entry("制度", aliases="[old/s.html]")),
    "a comment": rewrite(
        "content/rules/r.md", entry("制度", aliases="[old/r.html]").replace("---\n", "---\n# 注\n", 1)
    ),
    "a template": rewrite(
        "themes/own/templates/document.html",
        '{% extends "default/document.html" %}{% block footer %}<p>本栏目的页脚</p>{% endblock %}',
    ),
    "a style": rewrite("themes/default/static/custom.css", "h1 { color: red }"),
    "a file of the column was lost": lambda made: (made.root / "build/rules/r.html").unlink(),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_incremental_build_equals_a_clean_one(column: MakeColumn, edit: Callable[[Column], None]) -> None:
    made = column({**FILES, "content/column.yml": COLUMN})
    made.build()
    edit(made)
    if (made.root / "themes/own").exists():
        made.write({"content/column.yml": COLUMN + "theme: own\n"})
    made.build()
    made.build("clean")
    assert made.files() == made.files("clean")


def test_a_second_build_makes_nothing(column: MakeColumn) -> None:
    made = column(FILES)
    first = made.build()
    before = {path: path.stat().st_mtime_ns for path in (made.root / "build").rglob("*")}
    second = made.build()
    assert len(first.made) == first.planned > 40
    assert (second.made, second.written, second.removed) == ((), (), ())
    assert {path: path.stat().st_mtime_ns for path in (made.root / "build").rglob("*")} == before


def test_one_changed_body_makes_its_page_and_its_part_of_the_search_index(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    made.write({"content/statutory/policy/c.md": str(FILES["content/statutory/policy/c.md"]) + "\n又一段。\n"})
    made_again = made.build().made
    assert [why for why in made_again if not why[0].startswith("search/")] == [
        ("statutory/policy/c.html", Reason.VALUE)
    ]
    assert len(made_again) == 4


def test_a_comment_in_front_matter_makes_nothing(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    EDITS["a comment"](made)
    assert made.build().made == ()


def test_moving_today_makes_only_pages_whose_state_changed(column: MakeColumn) -> None:
    made = column(FILES)
    made.build(today=datetime.date(2026, 12, 30))
    assert made.build(today=datetime.date(2026, 12, 31)).made == ()
    paths = set(made.build(today=datetime.date(2027, 1, 1)).written)
    assert "statutory/policy/c.html" in paths
    assert {path for path in paths if not path.startswith("search/")} <= {
        "statutory/policy/c.html", "statutory/policy/index.html", "statutory/index.html", "index.html",
        "kiosk.html",
        "catalogue.csv", "catalogue.json",
    }  # fmt: skip


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_processes_gives_the_same_bytes(column: MakeColumn, jobs: int) -> None:
    many = {
        f"content/statutory/policy/{n}.md": entry(f"文件{n}", f"第{n}件。", published=f"20{n % 17 + 10}")
        for n in range(250)
    }
    made = column({**FILES, **many})
    made.build("one", jobs=1)
    made.build("many", jobs=jobs)
    assert made.files("one") == made.files("many")


def test_the_same_content_elsewhere_and_on_another_day_gives_the_same_bytes(
    column: MakeColumn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = column(FILES)
    first.build()
    second = Column(tmp_path / "elsewhere" / "deeper")
    second.write({**BASE, **dict(reversed(FILES.items()))})
    for path in (second.root / "content").rglob("*"):
        os.utime(path, (0, 0))
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    second.build()
    assert first.files() == second.files()


def test_a_build_with_errors_leaves_the_old_column_byte_for_byte(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    before = made.files()
    for fault in (
        {"content/statutory/policy/a.md": entry("甲", "[断](nowhere.md)")},
        {"content/statutory/policy/a.md": "---\ntitle: [\n---\n"},
        {"content/column.yml": "organ: [\n"},
        {
            "content/statutory/policy/a.md": FILES["content/statutory/policy/a.md"],
            "content/column.yml": COLUMN + "theme: own\n",
            "themes/own/templates/document.html": "{{ value.nothing }}",
        },
    ):
        made.write(fault)
        assert made.try_build().failed
        assert made.files() == before


def test_a_fault_in_a_template_is_named_with_its_line(column: MakeColumn) -> None:
    made = column(
        {
            **FILES,
            "content/column.yml": COLUMN + "theme: own\n",
            "themes/own/templates/document.html": (
                '{% extends "default/document.html" %}\n{% block main %}\n{{ value.nothing }}{% endblock %}'
            ),
        }
    )
    (problem,) = (one for one in made.try_build().problems if one.severity is Severity.ERROR)
    assert (problem.rule, problem.place.path, problem.place.line) == ("theme", "themes/own/templates/document.html", 3)


def test_a_build_that_was_cut_off_is_mended_by_the_next(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    manifest = made.root / "build/manifest.json"
    whole = manifest.read_bytes()
    outputs = json.loads(whole)["outputs"]
    manifest.write_text(json.dumps({"format": 1, "outputs": {**outputs, "left/over.html": ""}}), "utf-8")
    made.write({"build/left/over.html": "half", "build/.gkssg-aside/3": "half", "build/rules/r.html": "half"})
    report = made.build()
    assert report.removed == ("left/over.html",)
    assert not (made.root / "build/left").exists()
    made.build("clean")
    assert made.files() == made.files("clean")


def test_the_manifest_holds_the_digest_of_every_other_file(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    built = made.files()
    manifest = json.loads(built.pop("manifest.json"))
    assert manifest["outputs"] == {path: digest_bytes(data) for path, data in built.items()}


def test_clean_makes_all_anew_and_writes_what_differs(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    made.write({"build/index.html": "spoilt"})
    report = made.build(clean=True)
    assert len(report.made) == report.planned
    made.build("other")
    assert made.files() == made.files("other")
