"""What is reported of what was found: a column sets severities, and files are exempt from rules for a reason."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gkssg.archive.config import CONFIG
from gkssg.archive.ledger import ENDING
from gkssg.archive.load import Reread
from gkssg.archive.model import Allowance, Archive, Column
from gkssg.checks.rules import Rule
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity, in_order

OFF = "off"
_KEPT_BACK = {"personal-data", "secrecy-mark"}
_DOUBTFUL = {
    "colon-space",
    "front-matter-shape",
    "front-matter-unclosed",
    "full-width-colon",
    "key-twice",
    "yaml-syntax",
}
"""Of a file with these it is not sure that it says it is open: it was read as its author may have meant it."""


def quotable(archive: Archive, found: Iterable[Problem], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Mark the problems whose lines may be shown: those of open files in which nothing ``found`` is to be kept back.

    Lines of reviews are not: they name persons.
    """
    kept = {problem.place.path for problem in found if problem.rule in _KEPT_BACK | _DOUBTFUL}
    shown = {document.path for document in archive.documents if document.is_active} - kept | {CONFIG}
    reviews = {
        (document.path, line)
        for document in archive.documents
        if document.reviews
        for line in range(document.reviews[0].place.line, document.reviews[-1].place.line + 1)
    }

    def may_be_shown(place: Place) -> bool:
        return place.path in shown and (place.path, place.line) not in reviews

    return tuple(replace(problem, quotable=True) if may_be_shown(problem.place) else problem for problem in problems)


def retold(column: Column, read: Reread, told: Iterable[Problem]) -> tuple[Problem, ...] | None:
    """Give what is reported of an open file whose text alone is new, instead of what was ``told``.

    Gives None where more than this file decides on that: settings, exemptions, errors, what is to be kept back.
    """
    were = set(read.faults_before)
    others = [problem for problem in told if replace(problem, quotable=False) not in were]
    if (
        column.rules
        or read.after.allowances
        or read.after.reviews
        or any(problem.severity is Severity.ERROR for problem in read.faults)
        or any(problem.rule in _KEPT_BACK | _DOUBTFUL for problem in (*read.faults_before, *read.faults, *others))
    ):
        return None
    return in_order([*(replace(problem, quotable=True) for problem in read.faults), *others])


def settled(archive: Archive, problems: Iterable[Problem], known: tuple[Rule, ...]) -> Iterator[Problem]:
    """Give the problems as the column wants them reported, and the exemptions with how often each was needed."""
    fixed = {rule.name for rule in known if rule.fixed}
    excusable = {rule.name for rule in known} - {rule.name for rule in known if not rule.exempt}
    chosen = {setting.rule.value: setting.severity for setting in archive.column.rules if setting.severity}
    for problem in _without_exempt(archive, problems, excusable):
        severity = chosen.get(problem.rule, "") if problem.rule not in fixed else ""
        if severity != OFF:
            yield replace(problem, severity=Severity(severity)) if severity else problem


def _without_exempt(archive: Archive, problems: Iterable[Problem], excusable: set[str]) -> Iterator[Problem]:
    exempt = {
        (document.path, allowance.rule): (allowance, document)
        for document in archive.documents
        for allowance in document.allowances
        if allowance.reason and allowance.rule in excusable
    }
    used: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        key = (_content_file(problem.place.path), problem.rule)
        if key in exempt:
            used[key] += 1
        else:
            yield problem
    for key, (allowance, document) in exempt.items():
        told = exemption_is_listed(allowance, used[key]) if used[key] else exemption_is_needed(allowance)
        yield told if document.is_active else told.without_quotes()


def _content_file(path: str) -> str:
    """Give the content file that a file beside it belongs to, or the path itself."""
    return path.removesuffix(ENDING) + ".md" if path.endswith(ENDING) else path


def exemption_is_listed(allowance: Allowance, count: int) -> Problem:
    """A file is exempt from a rule for a reason, which is told here.

    Nothing needs to be done; whoever reads the report can see what was not reported, and why.

    Rule: allowed, info, fixed.
    Source: gkssg.

    Wrong::

        ---
        title: 示例区停车场建设计划
        attribute: active
        # gkssg: allow interpretation-missing because 内容简单，不需要解读
        important: yes
        ---
        正文。

    Right::

        ---
        title: 示例区停车场建设计划
        attribute: active
        ---
        正文。
    """
    message = say(
        "{rule} is allowed in this file ({count}): {found}", rule=allowance.rule, count=count, found=allowance.reason
    )
    return Problem(allowance.place, "allowed", message, None, Severity.INFO)


def exemption_is_needed(allowance: Allowance) -> Problem:
    """A file is exempt from a rule that it does not break.

    The exemption would hide what goes wrong later. Delete the line.

    Rule: allow-unused, warning, fixed.
    Source: gkssg.

    Wrong::

        ---
        title: 示例区停车场建设计划
        attribute: active
        # gkssg: allow interpretation-missing because 内容简单，不需要解读
        ---
        正文。

    Right::

        ---
        title: 示例区停车场建设计划
        attribute: active
        ---
        正文。
    """
    message = say("{rule} is allowed here, but nothing in this file breaks it", rule=allowance.rule)
    return Problem(allowance.place, "allow-unused", message, say("delete this line"), Severity.WARNING)
