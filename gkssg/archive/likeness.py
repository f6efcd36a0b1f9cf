"""Which texts are nearly the same as others, told by their sketches (:class:`gkssg.archive.gist.Gist`)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import hashlib
from typing import Self

from gkssg.archive.gist import SKETCH

NEARLY = 0.75
"""Share of the sums of two sketches that both have, from which on the texts are nearly the same."""
_NAME, _SUM = 12, 4


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Give the share of the sums of two sketches that both have."""
    ours, theirs = set(one), set(other)
    return len(ours & theirs) / len(ours | theirs)


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of many texts in little room: digests of their names one behind the other, and their sums.

    A name may say too much of what is not disclosed, so it is not kept.
    """

    names: bytes = b""
    sums: bytes = b""

    @property
    def data(self) -> tuple[bytes, bytes]:
        """All of it; of these it is made again."""
        return self.names, self.sums

    @classmethod
    def of(cls, sketches: Iterable[tuple[str, tuple[int, ...]]]) -> Self:
        """Pack sketches, given with the names of their texts; empty ones are left out."""
        some = [(name, sketch) for name, sketch in sketches if sketch]
        return cls(b"".join(_digest(name) for name, _ in some), b"".join(_packed(sketch) for _, sketch in some))

    def has_like(self, name: str, sketch: tuple[int, ...]) -> bool:
        """Tell whether another text than that of the name is nearly the same as one with this sketch."""
        shared = Counter(place for one in set(sketch) for place in self._with(one))
        shared.pop(self._place(name), None)
        return any(
            count >= NEARLY * len(set(sketch)) and likeness(sketch, self._sketch(place)) >= NEARLY
            for place, count in shared.items()
        )

    def instead(self, name: str, sketch: tuple[int, ...]) -> Self:
        """Give the same with another sketch of a text."""
        place = self._place(name)
        names, sums = self.names, self.sums
        if place >= 0:
            names = names[: place * _NAME] + names[(place + 1) * _NAME :]
            sums = sums[: place * SKETCH * _SUM] + sums[(place + 1) * SKETCH * _SUM :]
        return type(self)(names + _digest(name), sums + _packed(sketch)) if sketch else type(self)(names, sums)

    def _place(self, name: str) -> int:
        return next(_places(self.names, _digest(name), _NAME), -1)

    def _with(self, one: int) -> Iterator[int]:
        """Find the texts whose sketches have a sum."""
        return (place // SKETCH for place in _places(self.sums, one.to_bytes(_SUM), _SUM))

    def _sketch(self, place: int) -> tuple[int, ...]:
        packed = self.sums[place * SKETCH * _SUM : (place + 1) * SKETCH * _SUM]
        sums = (int.from_bytes(packed[at : at + _SUM]) for at in range(0, len(packed), _SUM))
        return tuple(filter(None, sums))


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode(errors="surrogateescape"), digest_size=_NAME).digest()


def _packed(sketch: tuple[int, ...]) -> bytes:
    return b"".join(one.to_bytes(_SUM) for one in sketch).ljust(SKETCH * _SUM, b"\0")


def _places(packed: bytes, wanted: bytes, width: int) -> Iterator[int]:
    """Find something among things of one width that stand one behind the other."""
    at = packed.find(wanted)
    while at >= 0:
        if at % width == 0:
            yield at // width
        at = packed.find(wanted, at + 1)
