"""What stands below an open entry: how it is cited (GB/T 7714—2015), and its neighbours in the list of its section."""

from gkssg.site.desk import Desk
from gkssg.site.model import Entry, EntryLink, Foot, OpenDocument, PublicDocument
from gkssg.terms import Attribute, Kind

_AUTHORS = 3
"""Authors that are named; of more, the first three and 等 (8.1.2)."""
_ALONE = {Kind.ORGAN, Kind.PAGE}
"""Kinds whose order in a list tells nothing."""


def foot(desk: Desk, document: PublicDocument) -> Foot | None:
    """Give what stands below an entry; nothing below what is not open, and below organs and pages."""
    if not isinstance(document, OpenDocument) or document.entry.kind in _ALONE:
        return None
    newer, older = desk.once(_neighbours).get(document.entry.address, (None, None))
    return Foot(citation(document.entry), newer, older)


def citation(entry: Entry) -> str:
    """Cite an entry as an electronic resource (4.6), up to the date; the day of citing and the address follow.

    The document number stands where the standard has the numbers of reports and standards: behind the title.
    """
    names = [organ.name for organ in entry.issuers if organ.name]
    authors = ", ".join(names[:_AUTHORS]) + (", 等" if len(names) > _AUTHORS else "")
    title = f"{entry.title}: {entry.doc_no}" if entry.doc_no else entry.title
    when = f"({str(entry.when)[:10]})" if entry.when else ""
    return f"{authors}. {title}[EB/OL]. {when}" if authors else f"{title}[EB/OL]. {when}"


def _neighbours(desk: Desk) -> dict[str, tuple[EntryLink | None, EntryLink | None]]:
    """Give the open entries before and after each in the list of its section, which has the newest first."""
    found: dict[str, tuple[EntryLink | None, EntryLink | None]] = {}
    for section, listed in desk.by_section.items():
        opened = [entry for entry in listed if entry.attribute is Attribute.ACTIVE and entry.kind not in _ALONE]
        links = (None, *(EntryLink(entry.title, entry.address) for entry in opened), None)
        for older, entry, newer in zip(links, opened, links[2:], strict=False):
            if desk.section_of(entry) == section:
                found[entry.address] = (newer, older)
    return found
