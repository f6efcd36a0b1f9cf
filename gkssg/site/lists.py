"""Lists of entries that are no section's own, cut into pages that stay as a section's are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gkssg.sections import Section
from gkssg.site.desk import Desk, Special
from gkssg.site.model import Entry, Facet, Listing, Pager
from gkssg.site.paging import sheet_address, sheets

MOST_OF_PART = 100
"""Entries on one page of a part, at least: whoever has chosen wants to see all of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A list that is part of a section's: ``facets`` are the ways from its front to the others."""

    facets: tuple[Facet, ...]


def list_pages(
    desk: Desk, section: str, folder: str, title: str, oldest_first: Sequence[Entry], part: Part | None = None
) -> Iterator[Special]:
    """Plan a list in a folder of its own; ``section`` is the id of the section it belongs to.

    A ``part`` of that section's list has no folder: it stands beside the list, in files whose names begin with it.
    """
    for sheet in sheets(oldest_first, max(desk.site.per_page, MOST_OF_PART) if part else desk.site.per_page):
        numbers = (sheet.number, sheet.newer, sheet.older)
        address, newer, older = (_address(folder, number, is_part=part is not None) for number in numbers)
        content = Listing(
            section=Section(folder, title),
            introduction="",
            revised=None,
            headings=(),
            annexes=(),
            blocks=(),
            views=(),
            entries=sheet.items,
            pager=Pager(sheet.number, newer, older),
            empty_note="",
            facets=part.facets if part and sheet.number == 0 else (),
            whole=section,
        )
        yield Special(section, address, title, "list.html", content, f"the list {folder}", listed=False)


def part_address(name: str) -> str:
    """Give the address of the front of a part's list."""
    return f"{name}.html"


def _address(folder: str, number: int | None, *, is_part: bool) -> str:
    if number is None or not is_part:
        return sheet_address(Section(folder, ""), number)
    return f"{folder}.page-{number}.html" if number else part_address(folder)
