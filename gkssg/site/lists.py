"""Lists of entries that are no section's own, cut into pages that stay as a section's are."""

from collections.abc import Iterator, Sequence

from gkssg.sections import Section
from gkssg.site.desk import Desk, Special
from gkssg.site.model import Entry, Facet, Listing, Pager
from gkssg.site.paging import sheet_address, sheets


def list_pages(
    desk: Desk,
    section: str,
    folder: str,
    title: str,
    oldest_first: Sequence[Entry],
    *,
    facets: tuple[Facet, ...] = (),
    size: int = 0,
) -> Iterator[Special]:
    """Plan a list in a folder of its own; ``section`` is the id of the section it belongs to.

    Its front shows ``facets``, of which it is one choice; ``size`` is the number of entries on a page, else as always.
    """
    lists = Section(folder, title)
    for sheet in sheets(oldest_first, size or desk.site.per_page):
        content = Listing(
            section=lists,
            introduction="",
            revised=None,
            headings=(),
            annexes=(),
            blocks=(),
            views=(),
            entries=sheet.items,
            pager=Pager(sheet.number, sheet_address(lists, sheet.newer), sheet_address(lists, sheet.older)),
            empty_note="",
            facets=facets if sheet.number == 0 else (),
            whole=section,
        )
        address = sheet_address(lists, sheet.number)
        yield Special(section, address, title, "list.html", content, f"the list {folder}", listed=False)
