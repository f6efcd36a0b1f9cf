"""Organs: what they are for, and what they issued."""

from gkssg.site.desk import Desk
from gkssg.site.model import Content, OpenDocument, OrganPage

_NEWEST = 20


def organ_page(desk: Desk, organ: OpenDocument) -> tuple[str, Content]:
    """Give the page of an organ, with the newest entries it issued."""
    issued = desk.by_organ[organ.entry.address][-_NEWEST:]
    return "organ.html", OrganPage(organ, tuple(reversed(issued)))
