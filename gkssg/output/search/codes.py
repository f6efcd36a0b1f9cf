"""Numbers and postings in printable characters that need no escape in a script (docs/search.md, “Codes”)."""

from collections.abc import Iterable
from functools import cache

ALPHABET = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in "`\\$")
_DIGITS = 20
_FIRST_DIGIT = 72
_LOW = 72
_LOW_IN_CLASS = 24
_TABLE = 4096


def _continued(quotient: int) -> str:
    """Write a quotient in bijective base 20, most significant digit first; nothing for zero."""
    digits = ""
    while quotient:
        quotient, digit = divmod(quotient - 1, _DIGITS)
        digits = ALPHABET[_FIRST_DIGIT + digit] + digits
    return digits


def _number(value: int) -> str:
    quotient, low = divmod(value, _LOW)
    return _continued(quotient) + ALPHABET[low]


def _step(value: int, of_class: int) -> str:
    quotient, low = divmod(value, _LOW_IN_CLASS)
    return _continued(quotient) + ALPHABET[of_class * _LOW_IN_CLASS + low]


_NUMBERS = tuple(map(_number, range(_TABLE)))
_STEPS = tuple(tuple(_step(value, of_class) for value in range(_TABLE)) for of_class in range(3))

ONCE = _STEPS[0]
"""Postings of frequency 1, by distance less one, as far as a block of documents goes."""


def number(value: int) -> str:
    """Encode a number from 0."""
    return _NUMBERS[value] if value < _TABLE else _number(value)


def numbers(values: Iterable[int]) -> str:
    """Encode numbers one behind the other."""
    return "".join(map(number, values))


def posting(distance: int, frequency: int) -> str:
    """Encode one posting: the distance from the document before, from 1, and how often the term stands in it."""
    value = distance - 1
    of_class, rest = parted(frequency)
    return (_STEPS[of_class][value] if value < _TABLE else _step(value, of_class)) + rest


def parted(frequency: int) -> tuple[int, str]:
    """Give what of a posting does not depend on the distance: the class of its frequency, and what comes behind."""
    return (frequency - 1, "") if frequency < 3 else (2, number(frequency - 3))  # noqa: PLR2004  (the third class)


@cache
def steps(size: int) -> tuple[tuple[str, ...], ...]:
    """Give for each class the codes of all distances up to ``size``, by distance less one."""
    if size <= _TABLE:
        return _STEPS
    high = [_continued(quotient) for quotient in range(size // _LOW_IN_CLASS + 1)]
    lows = (ALPHABET[start : start + _LOW_IN_CLASS] for start in range(0, 3 * _LOW_IN_CLASS, _LOW_IN_CLASS))
    return tuple(tuple(digits + low for digits in high for low in symbols) for symbols in lows)
