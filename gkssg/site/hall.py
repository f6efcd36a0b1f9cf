"""Pages for people who come to the office: the query machine of a service hall, and sheets for the notice board."""

from collections.abc import Iterator
from dataclasses import dataclass
import itertools

from gkssg.periods import Span
from gkssg.site.desk import Desk, Special
from gkssg.site.home import home_page
from gkssg.site.model import Content, Crumb, Entry
from gkssg.terms import Attribute

SECTION = "statutory"
_SHEETS = 4
_MOST = 200
"""Entries on a sheet: five of A3. Whoever has more to show on a board has it on the web."""


@dataclass(frozen=True, slots=True)
class Board(Content):
    """A sheet for the notice board: what was disclosed in a quarter, newest first, and the sheets of others.

    Of ``total`` entries the newest are shown.
    """

    quarter: Span
    entries: tuple[Entry, ...]
    total: int
    others: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class Kiosk(Content):
    """Where the query machine starts: what is asked now, and what is new, as on the front page."""

    consultations: tuple[Entry, ...]
    newest: tuple[Entry, ...]


def hall_pages(desk: Desk) -> Iterator[Special]:
    """Plan the page of the query machine, and the sheets of the newest quarters in which anything was disclosed."""
    title = desk.said("政府信息公开查询", "Find public information")
    front = home_page(desk, "")
    kiosk = Kiosk(front.consultations, front.newest)
    yield Special("", "kiosk.html", title, "kiosk.html", kiosk, "the kiosk page", listed=False)
    found = (entry for entry in reversed(desk.entries) if entry.attribute is Attribute.ACTIVE and _quarter(entry))
    newest = itertools.islice(itertools.groupby(found, _quarter), _SHEETS)
    shown = [(quarter, tuple(entries)) for quarter, entries in newest if quarter]
    links = tuple(
        Crumb(quarter.said(desk.site.masthead.language), _address(place, quarter))
        for place, (quarter, _) in enumerate(shown)
    )
    for place, (quarter, entries) in enumerate(shown):
        others = tuple(link for link in links if link is not links[place])
        content = Board(quarter, tuple(entry.stateless for entry in entries[:_MOST]), len(entries), others)
        name = desk.said(f"{quarter.zh}政府信息公开公示", f"Disclosed in {quarter}")
        yield Special(SECTION, links[place].address, name, "board.html", content, "the board", listed=place == 0)


def _address(place: int, quarter: Span) -> str:
    return f"board-{quarter}.html" if place else "board.html"


def _quarter(entry: Entry) -> Span | None:
    """Give the quarter in which an entry was published; one of which no month is known is in none."""
    when = entry.published
    return Span(when.year, (when.month - 1) // 3 * 3 + 1, 3) if when and when.month else None
