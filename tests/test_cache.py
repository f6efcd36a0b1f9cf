"""The cache changes no byte of the output, whatever state it is in, and keeps nothing that is not open."""

from collections.abc import Callable
import datetime
import hashlib
import os
from pathlib import Path
import pickle
import shutil
import sqlite3

import pytest

from gkssg import archive, stages, store
from gkssg.build import build
from gkssg.output import theme
from gkssg.output.compiled import Compiled
from gkssg.output.search import block

from conftest import TODAY, Column, MakeColumn, entry
from test_leaks import CANARIES, files, forms

OTHERS = {f"content/rules/{number}.md": entry(f"制度{number}", f"第{number}项。") for number in range(5)}


def built(column: Column, cache: Path | None, out: str = "build") -> dict[str, bytes]:
    """Build with a cache; give every file."""
    report = build(column.root, column.root / out, TODAY, cache=cache)
    assert not report.failed
    return column.files(out)


def counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[object]:
    """Note the calls of a function, by their first argument."""
    calls: list[object] = []
    original = getattr(module, name)

    def call(first: object, *rest: object) -> object:
        calls.append(first)
        return original(first, *rest)

    monkeypatch.setattr(module, name, call)
    return calls


def test_a_file_that_stays_is_not_read_again(
    column: MakeColumn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = column(OTHERS)
    built(made, tmp_path / "c")
    rendered = counted(monkeypatch, archive.load, "convert")
    analysed = counted(monkeypatch, block, "analysed")
    again = built(made, tmp_path / "c", "again")
    assert rendered == []
    assert analysed == []
    assert again == built(made, None, "clean")
    made.write({"content/rules/3.md": entry("制度3", "改过的。")})
    rendered.clear()
    changed = built(made, tmp_path / "c")
    assert rendered == ["改过的。\n"]
    assert changed == built(made, None, "clean")


def test_of_a_file_that_stays_not_even_the_bytes_are_read(
    column: MakeColumn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = column(OTHERS)
    settled(made)
    built(made, tmp_path / "c")
    read = counted(monkeypatch, archive.known, "digest_file")
    rendered = counted(monkeypatch, archive.load, "convert")
    made.write({"content/rules/3.md": entry("制度3", "改过的。")})
    os.utime(made.root / "content/rules/2.md")  # copied, or checked out anew
    again = built(made, tmp_path / "c", "again")
    assert {Path(str(path)).name for path in read} == {"2.md", "3.md"}
    assert rendered == ["改过的。\n"]
    assert again == built(made, None, "clean")


def test_a_change_within_the_same_tick_of_the_disk_is_noticed(column: MakeColumn, tmp_path: Path) -> None:
    made = column(OTHERS)
    path = made.root / "content/rules/3.md"
    built(made, tmp_path / "c")
    written = path.stat().st_mtime_ns
    _rewrite(made)
    os.utime(path, ns=(written, written))
    made.write({"content/rules/4.md": entry("制度4", "也改过。")})
    assert built(made, tmp_path / "c") == built(made, None, "clean")


def test_a_changed_tree_of_sections_is_read_anew(column: MakeColumn, tmp_path: Path) -> None:
    made = column({"content/statutory/policy/x/a.md": entry("甲")})
    built(made, tmp_path / "c")
    settings = made.root / "content" / "column.yml"
    settings.write_text(settings.read_text("utf-8") + "sections: [{id: statutory/policy/x, title: 其中}]\n", "utf-8")
    assert built(made, tmp_path / "c") == built(made, None, "clean")


def _flip(path: Path) -> None:
    """Change every byte of the later half."""
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(data[:half] + bytes(byte ^ 0xFF for byte in data[half:]))


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _fill(path: Path) -> None:
    path.write_bytes(b"not a database, not a run" * 50)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [_flip, _truncate, _fill, _empty, Path.unlink])
@pytest.mark.parametrize("which", ["texts.db", "runs/*", "templates/*/*"])
def test_a_broken_cache_is_made_anew(
    column: MakeColumn, tmp_path: Path, which: str, spoil: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "Compiled", Compiled)
    made = column(OTHERS)
    built(made, tmp_path / "c")
    kept = sorted((tmp_path / "c").glob(which))
    assert kept
    for path in kept:
        spoil(path)
    made.write({"content/rules/3.md": entry("制度3", "改过的。")})
    expected = built(made, None, "clean")
    assert built(made, tmp_path / "c") == expected
    assert built(made, tmp_path / "c", "again") == expected


def test_one_changed_byte_of_a_text_is_noticed(column: MakeColumn, tmp_path: Path) -> None:
    made = column(OTHERS)
    expected = built(made, tmp_path / "c")
    file = tmp_path / "c" / "texts.db"
    file.write_bytes(file.read_bytes().replace("第3项".encode(), "第8项".encode()))
    assert built(made, tmp_path / "c", "again") == expected


def test_a_cache_of_other_code_is_made_anew(column: MakeColumn, tmp_path: Path) -> None:
    made = column(OTHERS)
    built(made, tmp_path / "c")
    with store.open_store(tmp_path / "c", "other code") as opened:
        assert list(opened.rows()) == []
    assert built(made, tmp_path / "c") == built(made, None, "clean")


def test_what_a_build_of_other_code_remembers_is_not_read(column: MakeColumn, tmp_path: Path) -> None:
    made = column(OTHERS)
    built(made, tmp_path / "c")
    # An earlier version kept it this way, with other fields.
    data = pickle.dumps("what it found")
    (tmp_path / "c" / "last").write_bytes(hashlib.sha256(data).digest() + data)
    assert built(made, tmp_path / "c") == built(made, None, "clean")


def test_a_cache_in_use_is_left_to_its_user(column: MakeColumn, tmp_path: Path) -> None:
    made = column(OTHERS)
    built(made, tmp_path / "c")
    made.write({"content/rules/3.md": entry("制度3", "改过的。")})
    other = sqlite3.connect(tmp_path / "c" / "texts.db")
    other.execute("BEGIN EXCLUSIVE")
    assert built(made, tmp_path / "c") == built(made, None, "clean")
    other.close()


def settled(column: Column) -> None:
    """Let all files look as if they had been written long ago."""
    for place, path in enumerate(sorted((column.root / "content").rglob("*"))):
        os.utime(path, (1_700_000_000 + place, 1_700_000_000 + place))


def _rewrite(column: Column) -> None:
    """Change a text, but not its length."""
    path = column.root / "content/rules/3.md"
    path.write_text(path.read_text("utf-8").replace("第3项", "第8项"), "utf-8")


CHANGES: dict[str, Callable[[Column], object]] = {
    "a text": _rewrite,
    "a new file": lambda column: column.write({"content/rules/new.md": entry("新")}),
    "a file gone": lambda column: (column.root / "content/rules/2.md").unlink(),
    "a file renamed": lambda column: (column.root / "content/rules/2.md").rename(column.root / "content/rules/x.md"),
    "a template": lambda column: column.write(
        {"themes/default/templates/page.html": '{% extends "default/page.html" %}{% block footer %}{% endblock %}'}
    ),
    "a built page gone": lambda column: (column.root / "build/rules/2.html").unlink(),
    "a built folder gone": lambda column: shutil.rmtree(column.root / "build/rules"),
    "the manifest": lambda column: (column.root / "build/manifest.json").write_text("{}", "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_is_read_where_nothing_changed_and_any_change_is_seen(
    column: MakeColumn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Column], object]
) -> None:
    made = column(OTHERS)
    settled(made)
    first = build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    with monkeypatch.context() as patch:
        patch.setattr("gkssg.stages.load", None)
        again = build(made.root, made.root / "build", TODAY, cache=tmp_path / "c")
    assert (again.problems, again.planned, again.made) == (first.problems, first.planned, ())
    change(made)
    assert built(made, tmp_path / "c") == built(made, None, "clean")


@pytest.mark.parametrize(
    "options", [{"today": TODAY + datetime.timedelta(1)}, {"language": "en"}, {"out": "other"}], ids=str
)
def test_other_settings_are_a_change(
    column: MakeColumn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, object]
) -> None:
    made = column(OTHERS)
    settled(made)
    made.build(cache=tmp_path / "c")
    loaded = counted(monkeypatch, stages, "load")
    made.build(**{"cache": tmp_path / "c", **options})  # type: ignore[arg-type]  # as named above
    assert len(loaded) == 1


def test_a_file_changed_a_moment_ago_is_looked_at_again(
    column: MakeColumn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = column(OTHERS)
    built(made, tmp_path / "c")
    loaded = counted(monkeypatch, stages, "load")
    built(made, tmp_path / "c")
    assert len(loaded) == 1


@pytest.mark.parametrize("withdrawn", ["attribute: on-request\nreason: 15", "attribute: withheld\nreason: 14-1", None])
def test_what_is_withdrawn_is_gone_from_the_cache(column: MakeColumn, tmp_path: Path, withdrawn: str | None) -> None:
    made = column({**OTHERS, **files("attribute: active")})
    built(made, tmp_path / "c")
    assert {name for name in ("body", "summary", "detail") if _found(CANARIES[name], tmp_path / "c")} == {
        "body",
        "summary",
        "detail",
    }
    if withdrawn:
        made.write(files(withdrawn))
    else:
        for path in files("attribute: active"):
            (made.root / path).unlink()
    built(made, tmp_path / "c")
    assert [name for name, text in CANARIES.items() if _found(text, tmp_path / "c")] == []


def _found(text: str, folder: Path) -> bool:
    return any(form in path.read_bytes() for path in folder.rglob("*") if path.is_file() for form in forms(text))
