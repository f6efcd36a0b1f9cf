"""Faults that are planted in a copy of the sample column are found, each where it is, and nothing else is."""

from pathlib import Path
import shutil

from test_personal_files import CARRIERS, PLANTED

from gkssg.build import inspect
from gkssg.checks import explained
from gkssg.checks.rules import EXAMPLE, files_of
from gkssg.problem import Severity

from conftest import TODAY, entry

SAMPLE = Path(__file__).parents[1] / "content"


def test_every_planted_fault_is_found_and_no_other(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "content")
    before = set(inspect(tmp_path, TODAY))
    assert not [problem for problem in before if problem.severity is Severity.ERROR]
    planted = {**by_rule(tmp_path), **by_carrier(tmp_path)}
    found = set(inspect(tmp_path, TODAY)) - before
    assert {(problem.place.path, problem.rule) for problem in found if problem.rule != "file-broken"} == set(
        planted.items()
    )
    broken = {problem.place.path for problem in found if problem.rule == "file-broken"}
    assert broken <= {path for path, rule in planted.items() if rule == "personal-data"}, "only carriers are"


def by_rule(root: Path) -> dict[str, str]:
    """Plant a fault for each rule that one file can break; give the files, and what is to be said of them."""
    planted = {}
    for rule in explained():
        text = files_of(rule.wrong[0]).get(EXAMPLE) if rule.wrong else None
        if text and len(files_of(rule.wrong[0])) == 1:
            path = EXAMPLE.replace("example", f"planted-{rule.name}")
            planted[path] = rule.name
            (root / path).write_text(text.replace("title: 示例通知", f"title: 示例通知 {rule.name}"), "utf-8")
    assert len(planted) >= 40
    return planted


def by_carrier(root: Path) -> dict[str, str]:
    """Plant personal data in each place of a file where a program may put them."""
    texts = tuple(text for text, (sort, _) in PLANTED.items() if sort != "secrecy")
    planted = {}
    for number, (name, _, write) in enumerate(CARRIERS.values()):
        folder = f"content/statutory/policy/planted-{number}"
        (root / folder).mkdir()
        (root / folder / name).write_bytes(write(texts[number % len(texts)]))
        (root / folder / "a.md").write_text(entry(f"示例通知 {number}", annexes=f"[{name}]"), "utf-8")
        planted[f"{folder}/a.md"] = "personal-data"
    assert len(planted) >= 30
    return planted
