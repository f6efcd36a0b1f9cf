"""What is known of a rule besides its code: read from the docstring of its function, or a row of :mod:`reading`.

A docstring says what is found, why it matters and what to do; then come a name with the severities, the source, the
row of the list of rules in the issue where there is one, and what breaks the rule and what does not::

    Rule: consultation-days, error.
    Source: 重大行政决策程序暂行条例（国务院令第713号）第十五条.
    Row: R08.

    Wrong::

        (a content file; or several files, each behind a line ``--- content/….md ---``)

    Right::

        (the same, mended)

A rule that is ``fixed``, as in ``Rule: file-private, error, fixed.``, guards the gate or the build: no
column can switch it off, and no file can be exempt. Of one that is ``kept`` a file may be exempt for a reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
import inspect
import re
from typing import Any

from gkssg.problem import Severity

EXAMPLE = "content/statutory/policy/example.md"
"""The path of an example that is one content file."""

_PARTS = re.compile(
    r"(?P<sentence>.+?)\n\n(?P<why>.*?\n\n)?"
    r"Rule: (?P<rule>[^\n]+)\.\nSource: (?P<source>.+?)\.\n(?:Row: (?P<row>[^\n]+)\.\n)?"
    r"(?P<examples>(?:\n(?:Wrong|Right)::\n(?:\n|    [^\n]*\n?)*)*)\s*",
    re.DOTALL,
)
_EXAMPLE = re.compile(r"^(Wrong|Right)::\n((?:\n|    [^\n]*\n?)*)", re.MULTILINE)
_FILE = re.compile(r"^--- (content/\S+) ---\n", re.MULTILINE)
_FIXED, _KEPT = "fixed", "kept"


class RuleError(Exception):
    """The docstring of a rule does not have the form of :mod:`gkssg.checks.rules`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the manual explains it.

    ``fixed`` tells that no column can set its severity, ``exempt`` that a file can be exempt for a reason. ``sentence``
    and ``remedy`` are templates of messages. ``source`` is the law or standard that asks for it, or ``gkssg``; ``row``
    is that of the list in the issue, as R08. ``wrong`` and ``right`` are examples; ``subject`` is what rules beside it
    are about.
    """

    name: str
    severities: tuple[Severity, ...]
    fixed: bool
    exempt: bool
    sentence: str
    remedy: str
    source: str = "gkssg"
    row: str = ""
    wrong: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    subject: str = ""


def described(function: Callable[..., Any]) -> Rule:
    """Read the docstring of a rule."""
    match = _PARTS.fullmatch(inspect.cleandoc(function.__doc__ or "") + "\n")
    if match is None:
        msg = (
            f"{function.__module__}.{function.__name__}: the docstring is not as gkssg/checks/rules.py says:"
            " what is found, what to do, “Rule: NAME, SEVERITY.”, “Source: ….”, “Row: ….”, Wrong::, Right::"
        )
        raise RuleError(msg)
    name, *marks = match["rule"].split(", ")
    examples = [(kind, inspect.cleandoc(f"\n{text}") + "\n") for kind, text in _EXAMPLE.findall(match["examples"])]
    try:
        severities = tuple(Severity(mark) for mark in marks if mark not in {_FIXED, _KEPT})
    except ValueError as error:
        msg = f"{function.__module__}.{function.__name__}: “Rule:” is not followed by a name and severities"
        raise RuleError(msg) from error
    return Rule(
        name=name,
        severities=severities,
        fixed=_FIXED in marks or _KEPT in marks,
        exempt=_FIXED not in marks,
        sentence=_one_line(match["sentence"]),
        remedy=_one_line(match["why"] or ""),
        source=_one_line(match["source"]),
        row=match["row"] or "",
        wrong=tuple(text for kind, text in examples if kind == "Wrong"),
        right=tuple(text for kind, text in examples if kind == "Right"),
        subject=_subject(function),
    )


def files_of(example: str) -> dict[str, str]:
    """Give the files that an example consists of, by their paths."""
    first, *rest = _FILE.split(example)
    if rest:
        return dict(zip(rest[::2], rest[1::2], strict=True))
    return {EXAMPLE: first}


def _subject(function: Callable[..., Any]) -> str:
    """Give what the module of a rule is about, as its docstring begins: “Rules about …: …”."""
    said = (inspect.getmodule(function).__doc__ or "").partition(".")[0].partition(":")[0]
    about = _one_line(said).removeprefix("Rules about ")
    return about[:1].upper() + about[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
