"""Finds personal data, secrecy marks and authors' names inside a file, in whatever its program shows and hides.

What it may cost is bounded by bytes and characters, not by the clock, so that the outcome is the same everywhere.
"""

from collections.abc import Iterator
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
    """Search a file and all files inside it. Never raises."""
    seen = _Seen()
    seen.look_into(file, kind)
    return seen.outcome()


class _Seen:
    """What was found so far, and where the search is: ``_way`` names the files that lie in one another."""

    def __init__(self) -> None:
        self._leaks: dict[Leak, None] = {}
        self._known: set[tuple[Kind, str]] = set()
        self._unread: list[Message] = []
        self._watches: dict[object, Watch] = {}
        self._budget = Budget()
        self._way: list[str] = []

    def outcome(self) -> Search:
        """Give all of it, the first findings one by one."""
        leaks = tuple(self._leaks)
        return Search(leaks[:MOST_LEAKS], max(len(leaks) - MOST_LEAKS, 0), next(iter(self._unread), None))

    def look_into(self, file: IO[bytes], kind: FileType) -> None:
        """Search a file."""
        try:
            if kind.group in {Group.OTHER, Group.PDF}:
                refuse_large(file, LARGEST_SLOW if kind.code in _SLOW else LARGEST)
            file.seek(0)
            for part in parts_of(file, kind, self._budget, is_inner=bool(self._way)):
                self._take(part)
        except UnfitError as error:
            self._cannot(error.why)
        except Exception:  # noqa: BLE001  (a library that reads a damaged file raises whatever its arithmetic does)
            self._cannot(DAMAGED)

    def _take(self, part: Part) -> None:
        match part:
            case Inner():
                self._way.append(part.name)
                self._inner(part)
                self._way.pop()
            case Known():
                self._found(Finding(part.kind, 0, 0, "…"), part.where)
            case Piece():
                self._piece(part)
            case Cells():
                self._row(part)

    def _inner(self, part: Inner) -> None:
        for finding in find(part.name.translate(_PARTED)):
            self._found(finding, say("name of a file"))
        if len(self._way) > _DEEPEST:
            self._cannot(say("files lie in one another more than {most} levels deep", most=_DEEPEST))
            return
        file = BytesIO(part.data)
        self.look_into(file, sniff_file(file, part.name))

    def _piece(self, part: Piece) -> None:
        self._budget.read(len(part.text))
        name = part.text.strip()
        if part.is_author and is_name(name):
            self._found(Finding(Kind.AUTHOR, 0, 0, f"{name[0]}{'*' * (len(name) - 1)}"), part.where)
        for finding in _findings(part.text):
            if not (part.is_again and (finding.kind, finding.masked) in self._known):
                self._found(finding, part.where)

    def _row(self, part: Cells) -> None:
        watch = self._watches.setdefault(part.table, Watch())
        before = ""
        for column, cell in enumerate(part.cells if not part.is_line else ()):
            self._budget.read(len(cell))
            for finding in _findings(cell, f"{watch.label(column)} {before}"):
                self._found(finding, part.where(column))
            before = cell[-_SHORTEST:] or before
        for kind, shown, column in watch.see(part.cells):
            self._found(Finding(kind, 0, 0, shown), part.where(column))

    def _found(self, finding: Finding, where: Message) -> None:
        if self._way:
            where = say("{name} inside it, {where}", name=self._inside(), where=where)
        self._known.add((finding.kind, finding.masked))
        self._leaks[Leak(finding.kind, finding.masked, where)] = None

    def _cannot(self, why: Message) -> None:
        self._unread.append(say("{name} inside it: {why}", name=self._inside(), why=why) if self._way else why)

    def _inside(self) -> str:
        return "/".join(map(masked_text, self._way))


def _findings(text: str, label: str = "") -> Iterator[Finding]:
    if len(text) >= _SHORTEST:
        yield from find(text, label)
    if "密" in text or "内部" in text or "注意" in text:
        yield from find_marks(text)
