"""What is too much for the Markdown engine, found before it begins.

Its time grows with the square of some texts: a bracket that nothing closes is looked for through the whole rest of its
paragraph, once for every such bracket. No document that people read comes near the limit; a file that was spoilt in
some conversion does.
"""

from collections.abc import Iterator
import re

from markdown.preprocessors import Preprocessor

_COST_OF_BRACKET = 150
"""Nanoseconds a character on the way from a bracket to its end, as measured."""
_COSTS = {"*": 7, "<": 3, "&": 2, "`": 2, "\\": 1}
"""Nanoseconds that one mark costs for every character of its paragraph."""
_MARK = re.compile(r"[*<&`\\\[]")
_COST_OF_OPEN_TAG = 25
"""Nanoseconds that a tag without an end costs for every character of the text."""
_MOST = 2_000_000_000

_MOST_REPEATED = 200_000
"""Elements that tags of formatting without an end may make: HTML repeats them in every paragraph that follows."""

_OPEN_TAG = re.compile(r"<[A-Za-z/!?][^<>]*(?=<|\Z)")
_FORMATTING = re.compile(r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?![\w-])", re.IGNORECASE)
_BRACKET = re.compile(r"\]\(|[\[\]()]")
_TABLE_LINE = re.compile(r"[ |:-]+")
_ITEM = re.compile(r"[ ]*(?:[-+*][ ]|#{1,6}[ ])")


class TooMuchError(Exception):
    """A text the engine would not get through in a bearable time: where it is, and of which mark it has how many."""

    def __init__(self, text: str, mark: str, count: int) -> None:
        super().__init__(mark, count)
        self.text = text
        self.mark = mark
        self.count = count


class TagLimit(Preprocessor):
    """Refuses a text with very many tags that have no end; it stands before raw HTML is taken out."""

    def run(self, lines: list[str]) -> list[str]:
        """Look at the whole text."""
        text = "\n".join(lines)
        if "<" not in text:
            return lines
        found = _OPEN_TAG.findall(text)
        if len(found) * len(text) * _COST_OF_OPEN_TAG > _MOST:
            raise TooMuchError(found[0], "<", len(found))
        formatting = list(_FORMATTING.finditer(text))
        unclosed = sum(-1 if match[1] else 1 for match in formatting)
        if unclosed * text.count("<") > _MOST_REPEATED:
            raise TooMuchError(text[formatting[0].start() :], formatting[0][0], unclosed)
        return lines


class MarkLimit(Preprocessor):
    """Refuses a text whose paragraphs hold very many marks; it stands behind the taking out of raw HTML."""

    def run(self, lines: list[str]) -> list[str]:
        """Add up what the paragraphs cost."""
        total = 0
        text = "\n".join(lines)
        for paragraph in _paragraphs(text) if _MARK.search(text) else ():
            if not _MARK.search(paragraph):
                continue
            costs = {mark: cost * paragraph.count(mark) * len(paragraph) for mark, cost in _COSTS.items()}
            costs["["] = _COST_OF_BRACKET * _reach(paragraph)
            total += sum(costs.values())
            if total > _MOST:
                mark = max(costs, key=lambda mark: costs[mark])
                raise TooMuchError(paragraph, mark, paragraph.count(mark))
        return lines


def _paragraphs(text: str) -> Iterator[str]:
    """Cut a text into the parts whose marks the engine pairs: paragraphs, rows of tables, items of lists."""
    for block in re.split(r"\n[ ]*\n", text):
        lines = block.split("\n")
        if len(lines) > 1 and _TABLE_LINE.fullmatch(lines[1]):
            yield from lines
            continue
        start = 0
        for number, line in enumerate(lines):
            if number > start and _ITEM.match(line):
                yield "\n".join(lines[start:number])
                start = number
        yield "\n".join(lines[start:])


def _reach(paragraph: str) -> int:
    """Add up how far it is from every bracket, and from every link's parenthesis, to its end."""
    if "[" not in paragraph:
        return 0
    total = 0
    brackets: list[int] = []
    parentheses: list[int | None] = []
    for match in _BRACKET.finditer(paragraph):
        found, place = match[0], match.start()
        if found == "[":
            brackets.append(place)
        elif found == "(":
            parentheses.append(None)
        elif found == ")":
            start = parentheses.pop() if parentheses else None
            total += place - start if start is not None else 0
        else:
            total += place - brackets.pop() if brackets else 0
            if found == "](":
                parentheses.append(place)
    return total + sum(len(paragraph) - start for start in (*brackets, *parentheses) if start is not None)
