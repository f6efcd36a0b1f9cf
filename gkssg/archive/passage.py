"""A text as rules read it: without what is no text, and with the places of what stands in it."""

from bisect import bisect_right
import datetime
from itertools import accumulate
import re

from gkssg.language import Message, say
from gkssg.problem import Place

IN_FORCE = datetime.date(2012, 7, 1)
"""Since when the standards of 2011 and 2012 about figures and document numbers apply."""
_UNREAD = re.compile(
    r"```.*?^```|`[^`\n]*`|<!--(?:(?!<!--).)*?-->|</?[A-Za-z][^<>]*>|(?<=\])\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)"
    r"|(?:https?|ftp)://[^\s，。；、）》”<>]+",
    re.DOTALL | re.MULTILINE,
)
"""What is no text: code, comments, tags, the targets of links, addresses."""
_AROUND = 12


class Passage:
    """Something to be read for slips: a text in which whatever is no text is blank, and where it stands.

    ``raw`` is the text as the file has it; ``is_old`` tells whether it was written before the standards about figures
    came into force.
    """

    def __init__(
        self, text: str, path: str, first_line: int = 1, *, is_old: bool = False, at: Place | None = None
    ) -> None:
        """``at`` is the place of a text that has only one, as a title."""
        self.raw = text
        marked = "`" in text or "<" in text or "](" in text or "://" in text
        self.text = _UNREAD.sub(_blank, text) if marked else text
        self.is_old = is_old
        self._path = path
        self._first_line = first_line
        self._at = at
        self._starts: list[int] = []

    def place(self, offset: int) -> Place:
        """Tell where in the file a character of the text stands."""
        if self._at:
            return self._at
        if not self._starts:
            self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        line = bisect_right(self._starts, offset) - 1
        return Place(self._path, self._first_line + line, offset - self._starts[line] + 1)

    def counted(self, what: Message, found: list[re.Match[str]]) -> tuple[Place, Message]:
        """Tell of what stands in many places of the text: where the first of them is, and how many there are."""
        first = min(found, key=lambda match: match.start())
        around = self.around(first.start(), first.end())
        message = say("{what} ({count} times, first here): {found}", what=what, count=len(found), found=around)
        return self.place(first.start()), message

    def around(self, start: int, end: int) -> str:
        """Give the words from one character to another, with some before and behind them on the same line."""
        first = max(self.text.rfind("\n", 0, start) + 1, start - _AROUND)
        last = self.text.find("\n", end)
        return self.text[first : min(last if last >= 0 else len(self.text), end + _AROUND)].strip()


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
