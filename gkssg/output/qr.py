"""QR codes of addresses, drawn fast: segno draws one, and all others of its size and length are told from that.

The modules of a symbol are a linear function of the bits of its text, but for what symbols of one size, mask and length
have in common. So segno draws that, with a text of nothing but zeros; what a byte changes where it stands is worked out
once (ISO/IEC 18004, 7.4 to 7.7), and the symbol of an address is the sum of all these. One mask serves for all: the
standard wants the best of eight, but readers take any.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, product
from urllib.parse import quote

import segno

_LEVEL = "m"
"""A seventh of a symbol may be soiled."""
_MASK = 2
_QUIET = 4
"""Modules of white that a symbol needs around it."""
_BLOCKS = {
    1: (10, (16,)),
    2: (16, (28,)),
    3: (26, (44,)),
    4: (18, (32, 32)),
    5: (24, (43, 43)),
    6: (16, (27, 27, 27, 27)),
    7: (18, (31, 31, 31, 31)),
    8: (22, (38, 38, 39, 39)),
    9: (22, (36, 36, 36, 37, 37)),
}
"""By version: how many bytes correct a block, and how many each block holds (table 9)."""
_MODE_AND_LENGTH = 12
"""Bits before the text, in these versions (tables 2 and 3)."""
_TIMING = 6
"""The row and the column whose modules alternate."""
_TELLS_VERSION = 7
"""The first version that has its number in the symbol."""
_FIELD = 0x11D
"""The polynomial of the field that codewords are elements of (7.5.2)."""
_PART = 10
"""Modules that are drawn at one go: few enough that all there may be can be kept."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A QR code as a path of strokes one unit wide, in a square of ``side`` units that has the white margin too."""

    side: int
    path: str


def draw(address: str) -> Drawing:
    """Draw the QR code of an address; what is not ASCII in it is percent-encoded."""
    text = quote(address, safe="!#$%&'()*+,/:;=?@[]~").encode()
    version = next((version for version, (_, sizes) in _BLOCKS.items() if len(text) <= sum(sizes) - 2), None)
    if version is None:
        return _drawn(_modules(segno.make(text, error=_LEVEL, mask=_MASK, mode="byte", boost_error=False, micro=False)))
    modules = _empty(version, len(text))
    for place, byte in enumerate(text):
        modules ^= _change(version, place, byte)
    return _drawn(format(modules, f"0{_side(version) ** 2}b"))


def _drawn(modules: str) -> Drawing:
    side = round(len(modules) ** 0.5)
    parts = [(start, min(start + _PART, side)) for start in range(0, side, _PART)]
    rows = ["".join([_strokes(modules[row + a : row + b]) for a, b in parts]) for row in range(0, side * side, side)]
    return Drawing(side + 2 * _QUIET, f"M{_QUIET} {_QUIET}.5" + f"m-{side} 1".join(rows))


@cache
def _strokes(modules: str) -> str:
    """Give a stroke for each run of dark modules, and a step for each of light ones."""
    runs = ((module, len(tuple(run))) for module, run in groupby(modules))
    return "".join(f"h{length}" if module == "1" else f"m{length} 0" for module, length in runs)


def _side(version: int) -> int:
    return 17 + 4 * version


def _modules(code: segno.QRCode) -> str:
    return "".join("1" if module else "0" for row in code.matrix for module in row)


@lru_cache(256)
def _empty(version: int, length: int) -> int:
    """Give the modules of a symbol whose text is so many zeros, row by row, as the bits of a number."""
    zeros = segno.make(
        bytes(length), version=version, error=_LEVEL, mask=_MASK, mode="byte", boost_error=False, micro=False
    )
    return int(_modules(zeros), 2)


@cache
def _change(version: int, place: int, byte: int) -> int:
    """Give the modules that a byte of the text changes where it stands, as the bits of a number."""
    bits = _bits(version)
    start = _MODE_AND_LENGTH + 8 * place
    changed = 0
    for number in range(8):
        if byte >> (7 - number) & 1:
            changed ^= bits[start + number]
    return changed


@cache
def _bits(version: int) -> tuple[int, ...]:
    """Give the modules that each bit of data changes: its own, and those of the codewords that correct its block."""
    correcting, sizes = _BLOCKS[version]
    order = tuple(_order(version))
    found: list[int] = []
    data = sum(sizes)
    for block, size in enumerate(sizes):
        for place, remainders in enumerate(_remainders(correcting, size)):
            own = _interleaved(sizes, block, place)
            for bit in range(8):
                codewords = {own: 0x80 >> bit}
                codewords |= {data + at * len(sizes) + block: _times(r, 0x80 >> bit) for at, r in enumerate(remainders)}
                found.append(_placed(codewords, order))
    return tuple(found)


def _interleaved(sizes: Sequence[int], block: int, place: int) -> int:
    """Give which codeword of the symbol one of a block is: the first of each block come first, and so on (7.6)."""
    before = sum(min(size, place) for size in sizes)
    return before + sum(size > place for size in sizes[:block])


def _placed(codewords: dict[int, int], order: Sequence[int]) -> int:
    modules = 0
    for at, codeword in codewords.items():
        for bit in range(8):
            if codeword >> (7 - bit) & 1:
                modules |= 1 << order[8 * at + bit]
    return modules


def _order(version: int) -> Iterator[int]:
    """Give the module of each bit of the codewords: two columns at a time from the right, up and down by turns (7.7.3).

    A module is the place of its bit in the number that stands for a symbol.
    """
    side = _side(version)
    fixed = {at for rows, columns in _patterns(version) for at in product(rows, columns)}
    upwards = True
    for right in (*range(side - 1, _TIMING, -2), *range(_TIMING - 1, 0, -2)):
        for row in range(side - 1, -1, -1) if upwards else range(side):
            for column in (right, right - 1):
                if (row, column) not in fixed:
                    yield side * side - 1 - (row * side + column)
        upwards = not upwards


def _patterns(version: int) -> Iterator[tuple[range, range]]:
    """Give the rows and columns of what no text changes: by it readers find a symbol, and know its sort (6.3)."""
    side = _side(version)
    near, far = range(9), range(side - 8, side)
    yield from ((near, near), (near, far), (far, near))
    yield from ((range(_TIMING, _TIMING + 1), range(side)), (range(side), range(_TIMING, _TIMING + 1)))
    if version >= _TELLS_VERSION:
        yield from ((range(6), range(side - 11, side - 8)), (range(side - 11, side - 8), range(6)))
    first, last = _TIMING, side - 7
    centres = (first, side // 2, last) if version >= _TELLS_VERSION else (last,) if version > 1 else ()
    for row, column in product(centres, centres):
        if {row, column} != {first, last}:
            yield range(row - 2, row + 3), range(column - 2, column + 3)


def _remainders(correcting: int, size: int) -> list[list[int]]:
    """Give, for a codeword of 1 in each place of a block, the codewords that correct the block (7.5.2, annex A)."""
    generator = [0] * (correcting - 1) + [1]
    root = 1
    for _ in range(correcting):
        higher = (*generator[1:], 0)
        generator = [_times(one, root) ^ above for one, above in zip(generator, higher, strict=True)]
        root = _times(root, 2)
    found = [generator]
    while len(found) < size:
        first, *rest = found[-1]
        found.append([_times(one, first) ^ above for one, above in zip(generator, (*rest, 0), strict=True)])
    return found[::-1]


def _times(one: int, other: int) -> int:
    """Multiply two elements of the field."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (_FIELD if one & 0x80 else 0)
        other >>= 1
    return product
