"""Problems are packed by file, and what is said of many of them is short, the worst first, and said again as it was."""

from pathlib import Path
import re

import pytest
from test_cache import counted
from test_revise import settled

from gkssg import excerpts
from gkssg.build import build
from gkssg.cli import main
from gkssg.findings import Findings, foremost, tally
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity
from gkssg.report import MOST
from gkssg.said import said

from conftest import TODAY, MakeColumn, entry


def problem(path: str, line: int, severity: Severity) -> Problem:
    """Give a problem."""
    return Problem(Place(path, line), "rule", say("{n} is wrong", n=line), None, severity)


ALL = tuple(
    problem(path, line, severity)
    for path in ("content/a.md", "content/b.md")
    for line, severity in enumerate((Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.INFO), 1)
)


@pytest.mark.parametrize("problems", [ALL, Findings.of(ALL), Findings.read(Findings.of(ALL).data)])
def test_the_foremost_are_the_worst_in_their_order(problems: tuple[Problem, ...] | Findings) -> None:
    assert foremost(problems, 8) == ALL
    assert [one.severity.value[0] for one in foremost(problems, 5)] == ["i", "w", "e", "w", "e"]
    assert [one.severity.value[0] for one in foremost(problems, 1)] == ["e", "e"]
    assert tally(problems) == {Severity.ERROR: 2, Severity.WARNING: 2, Severity.INFO: 4}


def test_findings_are_the_problems_they_were_made_of() -> None:
    found = Findings.of(ALL)
    assert found == ALL
    assert found != ALL[:3]
    assert len(found) == len(ALL)
    assert found[3] == ALL[3]
    assert found.among("content/b.md") == ALL[4:]
    assert found.among("content/c.md") == ()
    assert found.instead("content/a.md", ()) == ALL[4:]
    assert found.instead("content/0.md", ALL[:1]) == ALL[:1] + ALL


def test_a_build_shows_the_foremost_problems_and_says_the_same_again(
    column: MakeColumn, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GKSSG_CACHE", str(tmp_path / "c"))
    remarks = {f"content/rules/{number}.md": entry(f"制度{number}", "半角,逗号。") for number in range(MOST + 3)}
    made = column(remarks | {"content/rules/z.md": entry("末", "[无](https://x.example)。", issuer="未知机关")})
    settled(made)
    arguments = ("-C", str(made.root), "--lang", "en", "build", "--today", str(TODAY))

    def run() -> str:
        assert main(arguments) == 0
        return capsys.readouterr().err

    first = run()
    assert first.count(": info: ") + first.count(": warning: ") == MOST
    assert re.search(r"^content/rules/z.md:\d+:\d+: warning: ", first, re.MULTILINE)  # before remarks on other files
    assert re.search(r"^\d+ more are not shown here; “gkssg check” names them all$", first, re.MULTILINE)
    looked_at = counted(monkeypatch, excerpts, "read")
    again = run()
    assert again.partition("errors,")[0] == first.partition("errors,")[0]
    assert looked_at == []


def test_what_was_said_is_forgotten_with_what_it_was_said_of(column: MakeColumn, tmp_path: Path) -> None:
    made = column({"content/rules/a.md": entry("甲", "保密的词,与逗号。")})
    mark = build(made.root, made.root / "build", TODAY, cache=tmp_path / "c").mark
    assert mark
    assert said(tmp_path / "c", mark, lambda: "保密的词") == "保密的词"
    assert said(tmp_path / "c", mark, lambda: "别的") == "保密的词"
    assert said(tmp_path / "c", "another", lambda: "别的") == "别的"
    path = tmp_path / "c" / "said"
    said(tmp_path / "c", mark, lambda: "保密的词")
    path.write_bytes(path.read_bytes().replace("词".encode(), "字".encode()))
    assert said(tmp_path / "c", mark, lambda: "又一次") == "又一次"
    said(tmp_path / "c", mark, lambda: "保密的词")
    made.write({"content/rules/a.md": entry("甲", "保密的词。", attribute="withheld")})  # no reason: an error
    assert build(made.root, made.root / "build", TODAY, cache=tmp_path / "c").failed
    assert not path.exists()
