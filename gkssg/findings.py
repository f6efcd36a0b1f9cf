"""Many problems as one value that is read again file by file: who looks at one file need not unpack the others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
import marshal
import pickle
from typing import Self, overload

from gkssg.problem import Problem, Severity, in_order
from gkssg.values import pickled

_Group = tuple[dict[str, int], bytes]
"""How many problems of each severity a file has, and the problems."""


class Findings(Sequence[Problem]):
    """Problems in order, packed by the path of their place."""

    def __init__(self, groups: Mapping[str, _Group]) -> None:
        self._groups = groups

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Self:
        """Pack problems that are in order (:func:`gkssg.problem.in_order`)."""
        grouped = groupby(problems, key=lambda problem: problem.place.path)
        return cls({path: _packed(tuple(some)) for path, some in grouped})

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read what :attr:`data` gave; it must come from this very code."""
        return cls(marshal.loads(data))  # noqa: S302  (who calls has made sure)

    @property
    def data(self) -> bytes:
        """All of it as bytes."""
        return marshal.dumps(dict(self._groups))

    def among(self, path: str) -> tuple[Problem, ...]:
        """Give the problems of a file."""
        return _unpacked(self._groups[path]) if path in self._groups else ()

    def instead(self, path: str, problems: tuple[Problem, ...]) -> Self:
        """Give the same with other problems of a file."""
        groups = {name: group for name, group in self._groups.items() if name != path}
        if problems:
            groups[path] = _packed(problems)
        return type(self)(dict(sorted(groups.items())))

    def tally(self) -> Counter[Severity]:
        """Count the problems by severity."""
        found: Counter[Severity] = Counter()
        for counts, _ in self._groups.values():
            for severity, count in counts.items():
                found[Severity(severity)] += count
        return found

    def of_severity(self, severity: Severity) -> Iterator[Problem]:
        """Give the problems of a severity."""
        groups = (group for group in self._groups.values() if severity in group[0])
        return (problem for group in groups for problem in _unpacked(group) if problem.severity is severity)

    def __len__(self) -> int:
        return sum(sum(counts.values()) for counts, _ in self._groups.values())

    def __iter__(self) -> Iterator[Problem]:
        return (problem for group in self._groups.values() for problem in _unpacked(group))

    @overload
    def __getitem__(self, place: int) -> Problem: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Problem, ...]: ...
    def __getitem__(self, place: int | slice) -> Problem | tuple[Problem, ...]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # nobody keeps it in a set


def tally(problems: Iterable[Problem]) -> Counter[Severity]:
    """Count problems by severity."""
    return problems.tally() if isinstance(problems, Findings) else Counter(problem.severity for problem in problems)


def foremost(problems: Sequence[Problem], most: int) -> tuple[Problem, ...]:
    """Give all errors, and of the rest so many that there are no more than ``most``, warnings before remarks."""
    if len(problems) <= most:
        return tuple(problems)
    chosen: list[Problem] = []
    for severity in Severity:
        if isinstance(problems, Findings):
            some = problems.of_severity(severity)
        else:
            some = (problem for problem in problems if problem.severity is severity)
        chosen += some if severity is Severity.ERROR else islice(some, max(most - len(chosen), 0))
    return in_order(chosen)


def _packed(problems: tuple[Problem, ...]) -> _Group:
    return dict(Counter(str(problem.severity) for problem in problems)), pickled(problems)


def _unpacked(group: _Group) -> tuple[Problem, ...]:
    problems: tuple[Problem, ...] = pickle.loads(group[1])  # noqa: S301  (see Findings.read)
    return problems
