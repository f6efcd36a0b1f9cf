"""Finds personal data, secrecy marks and authors' names inside a file, in whatever its program shows and hides.

What it may cost is bounded by bytes and characters, not by the clock, so that the outcome is the same everywhere.
"""

from io import BytesIO
from typing import IO

from gkssg.annexes.examination import Leak, Search
from gkssg.annexes.limits import DAMAGED, LARGEST, LARGEST_SLOW, UnfitError, refuse_large
from gkssg.annexes.parts import Budget, Cells, Inner, Known, Part, Piece
from gkssg.annexes.readers import parts_of
from gkssg.annexes.sniff import sniff_file
from gkssg.annexes.types import FileType, Group
from gkssg.language import Message, say
from gkssg.personal.find import Finding, Kind, find, masked_text
from gkssg.personal.lists import Watch
from gkssg.personal.names import is_name
from gkssg.personal.secrecy import find_marks

MOST_LEAKS = 20
"""Findings of one file that are told one by one."""
_DEEPEST = 3
_SHORTEST = 5
"""Characters of a text that may hold anything but a mark."""
_SLOW = {"xls", "doc", "ppt", "ole", "rtf"}
_PARTED = str.maketrans("_-", "  ")


def search(file: IO[bytes], kind: FileType) -> Search:
    """Search a file and all files inside it. Never raises but for a file that cannot be read at all."""
    seen = _Seen()
    seen.look_into(file, kind, Budget(), ())
    return seen.outcome()


class _Seen:
    """What was found so far."""

    def __init__(self) -> None:
        self._leaks: dict[Leak, None] = {}
        self._unread: dict[Message, None] = {}
        self._watches: dict[object, Watch] = {}

    def outcome(self) -> Search:
        """Give all of it, the first findings one by one."""
        leaks = tuple(self._leaks)
        return Search(leaks[:MOST_LEAKS], max(len(leaks) - MOST_LEAKS, 0), next(iter(self._unread), None))

    def look_into(self, file: IO[bytes], kind: FileType, budget: Budget, way: tuple[str, ...]) -> None:
        """Search a file that lies in others, whose names are the ``way``."""
        try:
            if kind.group is Group.OTHER or kind.group is Group.PDF:
                refuse_large(file, LARGEST_SLOW if kind.code in _SLOW else LARGEST)
            file.seek(0)
            for part in parts_of(file, kind, budget, is_inner=bool(way)):
                self._take(part, budget, way)
        except UnfitError as error:
            self._cannot(error.why, way)
        except Exception:  # noqa: BLE001  (a library that reads a damaged file raises whatever its arithmetic does)
            self._cannot(DAMAGED, way)

    def _cannot(self, why: Message, way: tuple[str, ...]) -> None:
        inside = "/".join(masked_text(name) for name in way)
        self._unread[say("{name} inside it: {why}", name=inside, why=why) if way else why] = None

    def _take(self, part: Part, budget: Budget, way: tuple[str, ...]) -> None:
        match part:
            case Inner():
                deeper = (*way, part.name)
                for finding in find(part.name.translate(_PARTED)):
                    self._found(finding, say("name of a file"), deeper)
                if len(deeper) > _DEEPEST:
                    self._cannot(say("files lie in one another more than {most} levels deep", most=_DEEPEST), deeper)
                else:
                    file = BytesIO(part.data)
                    self.look_into(file, sniff_file(file, part.name), budget, deeper)
            case Known():
                self._found(Finding(part.kind, 0, 0, "…"), part.where, way)
            case Piece():
                budget.read(len(part.text))
                if part.is_author and is_name(part.text.strip()):
                    name = part.text.strip()
                    self._found(Finding(Kind.AUTHOR, 0, 0, f"{name[0]}{'*' * (len(name) - 1)}"), part.where, way)
                if len(part.text) >= _SHORTEST or "★" in part.text or "内部" in part.text:
                    for finding in (*find(part.text), *find_marks(part.text)):
                        self._found(finding, part.where, way)
            case Cells():
                self._row(part, budget, way)

    def _row(self, part: Cells, budget: Budget, way: tuple[str, ...]) -> None:
        watch = self._watches.setdefault(part.table, Watch())
        before = ""
        for column, cell in enumerate(part.cells):
            budget.read(len(cell))
            if part.is_line:
                break
            if len(cell) >= _SHORTEST or "★" in cell or "内部" in cell:
                for finding in (*find(cell, f"{watch.label(column)} {before} "), *find_marks(cell)):
                    self._found(finding, part.where(column), way)
            before = cell[-_SHORTEST:] if cell else before
        for kind, shown, column in watch.see(part.cells):
            self._found(Finding(kind, 0, 0, shown), part.where(column), way)

    def _found(self, finding: Finding, where: Message, way: tuple[str, ...]) -> None:
        if way:
            inside = "/".join(masked_text(name) for name in way)
            where = say("{name} inside it, {where}", name=inside, where=where)
        self._leaks[Leak(finding.kind, finding.masked, where)] = None
