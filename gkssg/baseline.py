"""What was known to be wrong with an old column: it is kept in a file, and only what is new is reported.

A problem is known by its file, its rule and a digest of its message, so that lines may move; the file quotes nothing.
"""

from collections import Counter
from collections.abc import Iterable
import json
from pathlib import Path

from gkssg.checks import explained
from gkssg.digest import digest_bytes
from gkssg.language import Message, Speaker, say
from gkssg.problem import Problem

_VERSION = 1
_KEYS = {"path", "rule", "digest", "count"}
_SIZE = 16
_ENGLISH = Speaker("en")

Known = Counter[tuple[str, str, str]]
"""How often a path, a rule and a digest were found."""


class BaselineError(Exception):
    """A file is no baseline."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.template)
        self.why = why


def written(problems: Iterable[Problem]) -> str:
    """Write a baseline of problems; those that nothing is exempt from are left out, and reported for ever."""
    known = _counted(problems)
    rows = [dict(zip(("path", "rule", "digest"), key, strict=True)) | {"count": known[key]} for key in sorted(known)]
    return json.dumps({"version": _VERSION, "problems": rows}, ensure_ascii=False, indent=1) + "\n"


def read(file: Path) -> Known:
    """Read a baseline. Raises BaselineError."""
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BaselineError(say("the baseline cannot be read")) from error
    rows = data.get("problems") if isinstance(data, dict) and data.get("version") == _VERSION else None
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise BaselineError(say("this is no baseline that “gkssg check --write-baseline” wrote"))
    return Counter({(row["path"], row["rule"], row["digest"]): row["count"] for row in rows})


def beyond(problems: Iterable[Problem], known: Known) -> tuple[tuple[Problem, ...], int, int]:
    """Give the problems that are not known yet, how many are, and how many that were known there are no more."""
    left, new = known.copy(), []
    firm = _firm()
    hidden = 0
    for problem in problems:
        key = _key(problem)
        if problem.rule not in firm and left[key] > 0:
            left[key] -= 1
            hidden += 1
        else:
            new.append(problem)
    return tuple(new), hidden, left.total()


def _counted(problems: Iterable[Problem]) -> Known:
    firm = _firm()
    return Counter(_key(problem) for problem in problems if problem.rule not in firm)


def _firm() -> set[str]:
    return {rule.name for rule in explained() if rule.fixed}


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.place.path, problem.rule, digest_bytes(_ENGLISH.text(problem.message).encode())[:_SIZE]


def _is_row(row: object) -> bool:
    if not isinstance(row, dict) or set(row) != _KEYS:
        return False
    count = row["count"]
    return all(isinstance(row[name], str) for name in ("path", "rule", "digest")) and type(count) is int and count > 0
