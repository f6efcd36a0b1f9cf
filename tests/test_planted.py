"""Faults that are planted in a copy of the sample column are found, each where it is, and nothing else is."""

from pathlib import Path
import shutil

from gkssg.build import inspect
from gkssg.checks import explained
from gkssg.checks.rules import EXAMPLE, files_of
from gkssg.problem import Severity

from conftest import TODAY

SAMPLE = Path(__file__).parents[1] / "content"


def test_every_planted_fault_is_found_and_no_other(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "content")
    before = set(inspect(tmp_path, TODAY))
    assert not [problem for problem in before if problem.severity is Severity.ERROR]
    planted: dict[str, str] = {}
    for rule in explained():
        text = files_of(rule.wrong[0]).get(EXAMPLE) if rule.wrong else None
        if text and len(files_of(rule.wrong[0])) == 1:
            path = EXAMPLE.replace("example", f"planted-{rule.name}")
            planted[path] = rule.name
            (tmp_path / path).write_text(text.replace("title: 示例通知", f"title: 示例通知 {rule.name}"), "utf-8")
    found = set(inspect(tmp_path, TODAY)) - before
    assert {(problem.place.path, problem.rule) for problem in found} == set(planted.items())
    assert len(planted) >= 40
