"""What is written, where, and what is never touched."""

from pathlib import Path

import pytest

from gkssg.output.write import Manifest, UnsafeTargetError, check_target, publish, read_manifest
from gkssg.problem import Severity

from conftest import MakeColumn, entry


def rules(column: MakeColumn, out: str) -> list[str]:
    """Try to build into a folder; give the rules that were broken."""
    return [problem.rule for problem in column({}).try_build(out).problems]


@pytest.mark.parametrize("out", [".", "content", "content/x", "themes", "..", "/"])
def test_a_folder_that_holds_what_editors_wrote_is_refused(column: MakeColumn, out: str) -> None:
    assert rules(column, out) == ["out-unsafe"]


def test_a_folder_of_other_files_is_refused_and_untouched(column: MakeColumn) -> None:
    made = column({"mine/letter.txt": "dear"})
    assert [problem.rule for problem in made.try_build("mine").problems] == ["out-foreign"]
    assert made.files("mine") == {"letter.txt": b"dear"}


def test_a_file_is_no_folder(column: MakeColumn) -> None:
    made = column({"mine": "dear"})
    assert [problem.rule for problem in made.try_build("mine").problems] == ["out-unsafe"]


def test_files_that_others_put_into_the_column_stay(column: MakeColumn) -> None:
    made = column({})
    made.build()
    made.write({"build/CNAME": "www.example.gov.cn", "build/.well-known/x": "y"})
    made.build(clean=True)
    assert made.text("CNAME") == "www.example.gov.cn"


def test_a_link_in_the_output_is_not_followed_out_of_it(column: MakeColumn, tmp_path: Path) -> None:
    made = column({"content/rules/r.md": entry("甲")})
    outside = tmp_path / "outside"
    outside.mkdir()
    (made.root / "build").mkdir()
    (made.root / "build/manifest.json").write_text('{"outputs": {"rules/../../secret": ""}}', "utf-8")
    (made.root / "build/rules").symlink_to(outside)
    (made.root / "secret").write_text("kept", "utf-8")
    assert [problem.rule for problem in made.try_build().problems] == ["out-unsafe"]
    assert list(outside.iterdir()) == []
    assert (made.root / "secret").read_text("utf-8") == "kept"


def test_what_is_no_longer_planned_goes_with_its_empty_folders(tmp_path: Path) -> None:
    for path in ("a/b/c.html", "a/d.html", "e.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, "utf-8")
    before = Manifest({"a/b/c.html": "1", "a/d.html": "2", "e.html": "3"})
    removed = publish(tmp_path, [], before, Manifest({"e.html": "3"}))
    assert removed == ("a/b/c.html", "a/d.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.html", "manifest.json"]


def test_a_page_may_take_the_place_of_a_folder_and_the_other_way_round(column: MakeColumn) -> None:
    made = column({"content/rules/x/r.md": entry("甲"), "content/rules/y.html/r.md": entry("乙")})
    made.build()
    (made.root / "content/rules/y.html/r.md").unlink()
    (made.root / "content/rules/y.html").rmdir()
    made.write({"content/rules/y.md": entry("丙")})
    made.build()
    made.build("clean")
    assert made.files() == made.files("clean")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"outputs": 3}', '{"outputs": {"a": "b"}}', "\0"])
def test_a_spoilt_manifest_means_everything_is_made_again(column: MakeColumn, text: str) -> None:
    made = column({})
    made.build()
    made.write({"build/manifest.json": text})
    report = made.build()
    assert len(report.made) == report.planned
    assert set(report.removed) <= {"a"}


def test_reading_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == Manifest()
    check_target(tmp_path / "new", tmp_path)
    with pytest.raises(UnsafeTargetError):
        check_target(tmp_path, tmp_path)


COLLISIONS = {
    "a page and a list": {"content/statutory/policy/page-1.md": entry("甲")}
    | {f"content/statutory/policy/{n}.md": entry(str(n), published=f"20{n}") for n in range(10, 40)},
    "a page and an annex": {
        "content/rules/a.md": entry("甲", annexes="[b.html]"),
        "content/rules/b.md": entry("乙"),
        "content/rules/b.html": "<!doctype html><html><body><p>乙</p></body></html>",
    },
    "capital letters": {"content/rules/a.md": entry("甲"), "content/rules/A.md": entry("乙")},
    "an alias and a page": {
        "content/rules/a.md": entry("甲", aliases="[rules/b.html]"),
        "content/rules/b.md": entry("乙"),
    },
    "a page and the site map": {"content/sitemap.md": entry("甲", kind="page")},
    "a folder and a file": {
        "content/rules/a.md": entry("甲", aliases="[rules/b.html/c.html]"),
        "content/rules/b.md": entry("乙"),
    },
}


@pytest.mark.parametrize("files", COLLISIONS.values(), ids=COLLISIONS.keys())
def test_two_outputs_with_one_path_are_an_error_that_names_both(column: MakeColumn, files: dict[str, str]) -> None:
    report = column(dict(files)).try_build()
    (problem,) = (one for one in report.problems if one.severity is Severity.ERROR)
    values = dict(problem.message.values)
    assert problem.rule == "output-twice"
    assert values["one"] != values["other"]
    assert str(values["one"]).startswith("content/") or str(values["other"]).startswith("content/")
