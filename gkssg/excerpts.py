"""The line in which a problem stands, with a mark under the place: only of what everyone may read anyway."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
import unicodedata

from gkssg.archive.source import read
from gkssg.language import UNPRINTABLE
from gkssg.personal.find import find
from gkssg.personal.lists import find_lists
from gkssg.problem import Problem

_BEFORE, _AFTER = 48, 40
"""Characters shown of a long line, before and behind the place."""
_FENCE = "---"


class Excerpts:
    """Lines of the content files of a column."""

    def __init__(self, root: Path) -> None:
        """``root`` is the folder of the column."""
        self._lines = cache(lambda path: tuple(_showable(read(root / path, path).text)))

    def of(self, problem: Problem) -> tuple[str, ...]:
        """Give the line of a problem, and one with a mark under its place; nothing where nothing may be shown."""
        place = problem.place
        lines = self._lines(place.path) if problem.quotable else ()
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        if not line.strip() or line.rstrip() == _FENCE:
            return ()
        at = min(place.column - 1, len(line))
        start, end = max(at - _BEFORE, 0), min(at + _AFTER, len(line))
        before = ("…" if start else "") + _shown(line[start:at])
        behind = _shown(line[at:end]) + ("…" if end < len(line) else "")
        number = str(place.line)
        return (f"{number} | {before}{behind}", f"{' ' * len(number)} | {' ' * _cells(before)}^")


def _showable(text: str) -> Iterator[str]:
    """Give the lines of a text; those with personal data are empty."""
    found = (*find(text), *find_lists(text))
    private = {text.count("\n", 0, finding.start) for finding in found}
    return ("" if number in private else line for number, line in enumerate(text.split("\n")))


def _shown(text: str) -> str:
    return UNPRINTABLE.sub("�", text.replace("\t", " "))


def _cells(text: str) -> int:
    """Tell how wide a text is on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
