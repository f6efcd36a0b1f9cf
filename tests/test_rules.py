"""Every rule is explained with examples, each of which gives exactly what it says."""

from _pytest.mark import ParameterSet
import pytest

from gkssg.build import inspect
from gkssg.checks import explained
from gkssg.checks.rules import Rule, files_of
from gkssg.language import Speaker
from gkssg.report import as_text

from conftest import TODAY, MakeColumn


def examples(kind: str) -> list[ParameterSet]:
    """Give every example of every rule."""
    every = ((rule, text) for rule in explained() for text in getattr(rule, kind))
    return [pytest.param(rule, text, id=rule.name) for rule, text in every]


@pytest.mark.parametrize(("rule", "text"), examples("wrong"))
def test_a_wrong_example_gives_this_problem_alone(column: MakeColumn, rule: Rule, text: str) -> None:
    found = inspect(column(files_of(text)).root, TODAY)
    assert {problem.rule for problem in found} == {rule.name}, as_text(found, Speaker("en"))
    assert {problem.severity for problem in found} <= set(rule.severities)


@pytest.mark.parametrize(("rule", "text"), examples("right"))
def test_a_right_example_gives_nothing(column: MakeColumn, rule: Rule, text: str) -> None:
    assert as_text(inspect(column(files_of(text)).root, TODAY), Speaker("en")) == "", rule.name
