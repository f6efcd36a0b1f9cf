"""A section's list by year, by issuing organ and by topic: lists of their own, so that choosing needs no script."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
import re

from gkssg.sections import Section
from gkssg.site.consultations import SECTION as CONSULTATIONS
from gkssg.site.desk import Desk, Special
from gkssg.site.lists import Part, list_pages, part_address
from gkssg.site.model import Choice, Entry, Facet, Label, OpenDocument

ENOUGH = 10
"""Entries from which on a section's list is parted."""
_LONGEST = 60
_UNFIT = re.compile(r'[\\/:*?"<>|#%\s]+')

_Names = Callable[[Desk, Entry], Iterable[str]]
"""What an entry is listed under."""


@dataclass(frozen=True)
class _Part:
    """Entries of a section that have something in common, oldest first; ``name`` is where their list stands."""

    title: str
    name: str
    entries: list[Entry]


def facets(desk: Desk, section: Section) -> tuple[Facet, ...]:
    """Give the ways from the front of a section's list to its parts, with the number of entries in each."""
    return tuple(
        Facet(label, tuple(Choice(part.title, part_address(part.name), len(part.entries)) for part in parts))
        for label, parts in _parts(desk, section)
    )


def facet_pages(desk: Desk) -> Iterator[Special]:
    """Plan the lists of all parts of sections' lists.

    Each leads to the other parts of its facet: a way to one of another would drop what was chosen. It does not say how
    many entries they have, since that changes often.
    """
    for section in desk.sections.values():
        for label, parts in _parts(desk, section):
            ways = Part((Facet(label, tuple(Choice(part.title, part_address(part.name), 0) for part in parts)),))
            for part in parts:
                title = desk.said(f"{section.title}：{part.title}", f"{section.title}: {part.title}")
                yield from list_pages(desk, section.id, part.name, title, part.entries, ways)


def _parts(desk: Desk, section: Section) -> tuple[tuple[Label, tuple[_Part, ...]], ...]:
    return desk.once(_all_parts).get(section.id, ())


def _all_parts(desk: Desk) -> dict[str, tuple[tuple[Label, tuple[_Part, ...]], ...]]:
    return {
        section.id: tuple((label, parts) for label, parts in _facets_of(desk, section) if len(parts) > 1)
        for section in desk.sections.values()
        if len(desk.by_section[section.id]) >= ENOUGH
    }


def _facets_of(desk: Desk, section: Section) -> Iterator[tuple[Label, tuple[_Part, ...]]]:
    """Part the entries of a section: the newest year first, of organs and topics that with most entries."""
    years = _parted(desk, section, "year", _year, lambda year: desk.said(f"{year}年", year))
    yield Label("年度", "Year"), tuple(sorted(years, key=lambda part: part.name, reverse=True))
    by_size: list[tuple[Label, str, _Names]] = [(Label("制发机关", "Organ"), "organ", _organs)]
    if section.id != CONSULTATIONS:  # they have lists by topic of their own, with their states
        by_size.append((Label("主题", "Topic"), "topic", _topic))
    for label, name, names in by_size:
        parts = _parted(desk, section, name, names)
        yield label, tuple(sorted(parts, key=lambda part: (-len(part.entries), part.name)))


def _parted(
    desk: Desk, section: Section, name: str, names: _Names, said: Callable[[str], str] = str
) -> Iterator[_Part]:
    titles: dict[str, str] = {}
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in desk.by_section[section.id]:
        for title in dict.fromkeys(names(desk, entry)):
            slug = _UNFIT.sub("-", title).casefold()[:_LONGEST]
            titles.setdefault(slug, title)
            found[slug].append(entry)
    for slug, entries in found.items():
        yield _Part(said(titles[slug]), f"{section.id}/by-{name}-{slug}", entries)


def _year(_desk: Desk, entry: Entry) -> Iterator[str]:
    if entry.when:
        yield str(entry.when.year)


def _organs(_desk: Desk, entry: Entry) -> Iterator[str]:
    return (organ.name for organ in entry.issuers if organ.name)


def _topic(desk: Desk, entry: Entry) -> Iterator[str]:
    document = desk.by_address[entry.address]
    topic = document.facts.topic.partition("\\")[0].strip() if isinstance(document, OpenDocument) else ""
    if topic:
        yield topic
