"""Where nothing changed since the last check nothing is read again; where anything did, all is found."""

import os
from pathlib import Path

import pytest

from gkssg.archive.load import load
from gkssg.build import inspect, overview
from gkssg.problem import Problem

from conftest import TODAY, Column, MakeColumn, entry

A = "content/rules/a.md"
EARLIER = 1_600_000_000


def settle(made: Column) -> None:
    """Let all files be so old that their times tell of every change."""
    for path in made.root.rglob("*"):
        os.utime(path, (EARLIER, EARLIER))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every time that a column is read."""
    noted: list[str] = []

    def noting(root: Path, *rest: object) -> object:
        noted.append(root.name)
        return load(root, *rest)  # type: ignore[arg-type]  # passed on as given

    monkeypatch.setattr("gkssg.stages.load", noting)
    return noted


def rules(problems: tuple[Problem, ...]) -> list[str]:
    """Name the rules of some problems."""
    return [problem.rule for problem in problems]


def test_nothing_is_read_where_nothing_changed(column: MakeColumn, reads: list[str]) -> None:
    made = column({A: entry("甲", "见[乙](b.md)。", issuer="示例区人民政府")})
    settle(made)
    cache = made.root.parent / "cache"
    first = overview(made.root, TODAY, cache=cache)
    assert overview(made.root, TODAY, cache=cache) == first == overview(made.root, TODAY)
    assert rules(first[0]) == ["link-broken"]
    assert first[1].owners == ((A, "示例区人民政府"),)
    assert len(reads) == 2


def test_every_change_is_seen(column: MakeColumn, reads: list[str]) -> None:
    made = column({A: entry("甲", "见[乙](b.md)。")})
    settle(made)
    cache = made.root.parent / "cache"
    assert rules(inspect(made.root, TODAY, cache=cache)) == ["link-broken"]
    made.write({"content/rules/b.md": entry("乙")})
    assert rules(inspect(made.root, TODAY, cache=cache)) == []
    made.write({"content/rules/b.md": entry("乙", review_by="2026-13-01")})
    assert rules(inspect(made.root, TODAY, cache=cache)) == ["date"]
    (made.root / "content/rules/b.md").unlink()
    assert rules(inspect(made.root, TODAY, cache=cache)) == ["link-broken"]
    made.write({"content/column.yml": "name: 政府信息公开\n"})
    assert "field-missing" in rules(inspect(made.root, TODAY, cache=cache))
    count = len(reads)
    inspect(made.root, TODAY.replace(day=21), cache=cache)
    assert len(reads) == count + 1, "another day"


def test_a_file_that_was_just_changed_is_read_again(column: MakeColumn, reads: list[str]) -> None:
    made = column({A: entry("甲")})
    cache = made.root.parent / "cache"
    for _ in range(2):
        assert inspect(made.root, TODAY, cache=cache) == ()
    assert len(reads) == 2


def test_nothing_of_what_is_not_open_is_kept(column: MakeColumn) -> None:
    withheld = entry("绝密标题", "绝密正文[甲](绝密.md)", attribute="withheld", reason="绝密理由")
    made = column({A: withheld})
    cache = made.root.parent / "cache"
    assert "link-broken" in rules(inspect(made.root, TODAY, cache=cache))
    for path in cache.rglob("*"):
        assert not path.is_file() or "绝密".encode() not in path.read_bytes(), path


def test_a_broken_cache_is_no_trouble(column: MakeColumn) -> None:
    made = column({A: entry("甲", "见[乙](b.md)。")})
    settle(made)
    cache = made.root.parent / "cache"
    inspect(made.root, TODAY, cache=cache)
    for path in [path for path in cache.rglob("*") if path.is_file()]:
        path.write_bytes(b"x" * 64)
    assert rules(inspect(made.root, TODAY, cache=cache)) == ["link-broken"]
    (cache / "checked").unlink(missing_ok=True)
    assert rules(inspect(made.root, TODAY, cache=cache)) == ["link-broken"]
