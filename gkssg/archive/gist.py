"""What rules about several texts need to know of each, found where it is read: what it cites, names and is like."""

from dataclasses import dataclass
from itertools import chain
import re
from zlib import crc32

from gkssg.archive.fields import Text
from gkssg.archive.passage import Passage
from gkssg.text import HAN

_CITED = (
    re.compile(rf"〔(?<=[{HAN}].)\s?(?P<year>(?:19|20)\d\d)\s?〕\s?(?P<serial>[1-9]\d*)\s?号"),
    re.compile(r"令(?:第\s?)?(?P<order>[1-9]\d*)\s?号"),
)
_CODE = re.compile(rf"[{HAN}]+$")
_LONGEST_CODE = 14
_ENDED = re.compile(r"废止|失效|停止执行|不再执行|届满|到期|替代|修订|修改|修正|更名|原《|原来")
_BREAK = "。；\n"
_NAMES = tuple(re.compile(rf"{end}(?<=([{HAN}]{{{5 - len(end)}}}{end}))") for end in ("局", "委员会", "办公室"))
SKETCH = 8
"""Sums of a sketch, at most."""
_SHORTEST = 15
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Gist:
    """``cites``: the numbers of documents it cites as in force, with up to 14 characters of what stands before them.

    ``names``: the last five characters of what may be names of organs. ``sketch``: checksums of its
    longest paragraphs; texts that are nearly the same share nearly all of them.
    """

    cites: tuple[Text, ...] = ()
    names: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()


NO_GIST = Gist()


def gist_of(passage: Passage) -> Gist:
    """Find what there is to know of a text."""
    text = passage.text
    names = sorted({name for pattern in _NAMES for name in pattern.findall(text)})
    return Gist(tuple(_cites(passage).values()), tuple(names), _sketch(text))


def _cites(passage: Passage) -> dict[str, Text]:
    found: dict[str, Text] = {}
    text = passage.text
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _CITED):
        at = match.start()
        code = _CODE.search(text, max(at - _LONGEST_CODE, 0), at)
        if code and not _ENDED.search(text, *_sentence(text, at)):
            parts = match.groupdict()
            order = parts.get("order")
            value = code[0] + (f"令第{order}号" if order else f"〔{parts['year']}〕{parts['serial']}号")
            if value not in found:
                found[value] = Text(value, passage.place(code.start()))
    return found


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Tell where the sentence begins and ends in which a character stands."""
    ends = [end for mark in _BREAK if (end := text.find(mark, at)) >= 0]
    return max(text.rfind(mark, 0, at) for mark in _BREAK) + 1, min(ends, default=len(text))


def _sketch(text: str) -> tuple[int, ...]:
    longest = sorted(text.split("\n"), key=len, reverse=True)[:SKETCH]
    sums = (crc32(line.strip().encode()) for line in longest if len(line) >= _SHORTEST)
    return tuple(sorted(sums)) if len(longest) >= _FEWEST else ()
