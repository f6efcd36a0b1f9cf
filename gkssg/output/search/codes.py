"""Numbers and postings in printable characters that need no escape in a script (docs/search.md, “Codes”)."""

from collections.abc import Iterable

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
    of_class = min(frequency, 3) - 1
    step = _STEPS[of_class][value] if value < _TABLE else _step(value, of_class)
    return step + number(frequency - 3) if of_class == 2 else step  # noqa: PLR2004  (the third class: more than twice)
