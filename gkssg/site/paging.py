"""Lists cut into pages that stay as they are.

Pages are numbered from the oldest: page 1 holds the oldest entries for ever, and something new changes only the
newest page and the front. The front shows the newest page, and the one before it while the newest is short.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from gkssg.sections import Section

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list: its number (0: the front), what it shows, newest first, and its neighbours' numbers.

    A neighbour is None where there is none.
    """

    number: int
    items: tuple[T, ...]
    newer: int | None
    older: int | None


def sheets(oldest_first: Sequence[T], size: int) -> list[Sheet[T]]:
    """Cut a list into its front and its numbered pages; a list that fits on one page has only the front."""
    count = -(-len(oldest_first) // size)
    if count <= 1:
        return [Sheet(0, tuple(reversed(oldest_first)), None, None)]
    short = len(oldest_first) < count * size
    shown = count - 1 if short else count  # the oldest numbered page whose entries the front shows
    front = Sheet(0, tuple(reversed(oldest_first[(shown - 1) * size :])), None, shown - 1 or None)
    numbered = [
        Sheet(
            number,
            tuple(reversed(oldest_first[(number - 1) * size : number * size])),
            number + 1 if number < count else 0,
            number - 1 or None,
        )
        for number in range(1, count + 1)
    ]
    return [front, *numbered]


def sheet_address(section: Section, number: int | None) -> str:
    """Give the address of a page of a section's list; an empty one where there is no such page."""
    if number is None:
        return ""
    return f"{section.id}/page-{number}.html" if number else section.address
