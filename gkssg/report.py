"""Problems as text for people, and as JSON, SARIF 2.1.0 and GitHub annotations for programs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
import json
from typing import TYPE_CHECKING

from gkssg import __version__
from gkssg.findings import foremost, tally
from gkssg.language import Message, Speaker, printable, say
from gkssg.problem import Problem, Severity

if TYPE_CHECKING:
    from gkssg.excerpts import Excerpts

_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LONGEST_PATH = 4096
MOST = 200
"""Problems that are shown where somebody wants to know how a build went; errors are shown in any case."""


def as_text(problems: Iterable[Problem], speaker: Speaker, excerpts: "Excerpts | None" = None) -> str:
    """Write ``path:line:column: severity: message [rule]`` with the excerpt and the hint on the next lines."""
    lines = []
    for problem in problems:
        place = problem.place
        where = f"{printable(place.path, _LONGEST_PATH)}:{place.line}:{place.column}"
        severity = speaker.word(problem.severity.value)
        lines.append(f"{where}: {severity}: {_said(problem.message, speaker)} [{problem.rule}]")
        if excerpts:
            lines += (f"    {line}" for line in excerpts.of(problem))
        if problem.hint:
            lines.append(f"    {_said(problem.hint, speaker)}")
    return "".join(f"{line}\n" for line in lines)


def as_brief(problems: Sequence[Problem], speaker: Speaker, excerpts: "Excerpts | None" = None) -> str:
    """Write the foremost problems as :func:`as_text` does, and how many more there are."""
    shown = foremost(problems, MOST)
    rest = more(len(problems) - len(shown), speaker)
    return as_text(shown, speaker, excerpts) + (f"{rest}\n" if rest else "")


def more(count: int, speaker: Speaker) -> str:
    """Say that so many problems are not shown, if any."""
    return (
        speaker.text(say("{count} more are not shown here; “gkssg check” names them all", count=count)) if count else ""
    )


def rows(problems: Iterable[Problem], speaker: Speaker) -> list[dict[str, str | int]]:
    """Give for each problem its path, line, column, severity, rule, message and hint."""
    return [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": problem.severity.value,
            "rule": problem.rule,
            "message": _said(problem.message, speaker),
            "hint": _said(problem.hint, speaker) if problem.hint else "",
        }
        for problem in problems
    ]


def counted(problems: Iterable[Problem], speaker: Speaker) -> str:
    """Say how many errors and warnings there are."""
    count = tally(problems)
    errors, warnings = count[Severity.ERROR], count[Severity.WARNING]
    return speaker.text(say("{errors} errors, {warnings} warnings", errors=errors, warnings=warnings))


def as_json(problems: Iterable[Problem], speaker: Speaker) -> str:
    """Write a list of objects, those of :func:`rows`."""
    return json.dumps(rows(problems, speaker), ensure_ascii=False, indent=2) + "\n"


def as_sarif(problems: Iterable[Problem], speaker: Speaker) -> str:
    """Write a SARIF 2.1.0 log, as code hosts and editors read it."""
    problems = tuple(problems)
    results = [
        {
            "ruleId": problem.rule,
            "level": _SARIF_LEVEL[problem.severity],
            "message": {"text": _whole(problem, speaker)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": problem.place.path},
                        "region": {"startLine": problem.place.line, "startColumn": problem.place.column},
                    }
                }
            ],
        }
        for problem in problems
    ]
    rules = list(_sarif_rules({problem.rule for problem in problems}, speaker))
    driver = {"name": "gkssg", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_rules(names: set[str], speaker: Speaker) -> Iterator[dict[str, object]]:
    """Describe the rules that are named; of several rows with one name, the first."""
    from gkssg.checks import explained  # noqa: PLC0415  (the rules are told of here alone)

    known = {rule.name: rule for rule in reversed(explained())}
    for name in sorted(names):
        about = known.get(name)
        if about is None:
            yield {"id": name}
            continue
        yield {
            "id": name,
            "shortDescription": {"text": speaker.word(about.sentence)},
            "help": {"text": speaker.word(about.remedy)},
            "defaultConfiguration": {"level": _SARIF_LEVEL[about.severities[0]]},
            "properties": {"source": about.source},
        }


def as_github(problems: Iterable[Problem], speaker: Speaker) -> str:
    """Write workflow commands that annotate the lines of a pull request."""
    lines = []
    for problem in problems:
        place = problem.place
        where = f"file={_property(place.path)},line={place.line},col={place.column},title={_property(problem.rule)}"
        lines.append(f"::{_GITHUB_LEVEL[problem.severity]} {where}::{_data(_whole(problem, speaker))}\n")
    return "".join(lines)


FORMATS: dict[str, Callable[[Iterable[Problem], Speaker], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}


def _said(message: Message, speaker: Speaker) -> str:
    """Give the sentence of a message; personal data in what it quotes are masked, whatever it is about."""
    from gkssg.personal.find import masked_text  # noqa: PLC0415  (where nothing is said it is not wanted)

    return masked_text(speaker.text(message))


def _whole(problem: Problem, speaker: Speaker) -> str:
    hint = f"\n{_said(problem.hint, speaker)}" if problem.hint else ""
    return _said(problem.message, speaker) + hint


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
