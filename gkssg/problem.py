"""A fault, warning or remark about what editors wrote: always with its place, and with the remedy."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from gkssg.language import Message


class Severity(StrEnum):
    """How much a problem matters: an ``ERROR`` stops the build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: path from the column's folder, line and column counted from 1, in characters."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor should know: where, which rule, what was found and expected, and what to do.

    ``quotable`` tells that the line in which it stands may be shown.
    """

    place: Place
    rule: str
    message: Message
    hint: Message | None = None
    severity: Severity = Severity.ERROR
    quotable: bool = False

    def without_quotes(self) -> "Problem":
        """Give the same problem with nothing quoted from the file, for entries behind the gate."""
        hint = self.hint.without_quotes() if self.hint else None
        return replace(self, message=self.message.without_quotes(), hint=hint)


@dataclass(frozen=True, slots=True)
class About:
    """What there is to say of a column besides its problems: whose files have some, and how many entries are open."""

    name: str
    organ: str
    owners: tuple[tuple[str, str], ...]
    open_entries: int


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place; those of one place stay as they were found, and equal ones are given once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.place))


def any_error(problems: Iterable[Problem]) -> bool:
    """Tell whether one of the problems stops the build."""
    return any(problem.severity is Severity.ERROR for problem in problems)
