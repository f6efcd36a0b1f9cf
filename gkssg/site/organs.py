"""Organs: what they are for, what became of them, and what they issued."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gkssg.site.desk import Desk, Special
from gkssg.site.lists import list_pages
from gkssg.site.model import (
    Content,
    Entry,
    EntryLink,
    OpenDocument,
    OrganLink,
    PublicDocument,
    Succession,
    first,
    ledger_address,
)
from gkssg.terms import Kind

SECTION = "statutory/organs"
_NEWEST = 10
_NEWEST_OF_SECTION = 3
_YEARS = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of a kind there are: in each of the years shown, and in all."""

    kind: Kind
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SectionIssues:
    """The newest entries that an organ issued in one section, by its title, and how many there are."""

    section: str
    newest: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FormerIssues:
    """The newest entries issued under a name of the past; ``every`` lists all ``total`` of that organ's page."""

    organ: OrganLink
    newest: tuple[Entry, ...]
    total: int
    every: str


@dataclass(frozen=True, slots=True)
class OrganPage(Content):
    """An organ, what became of it and what it came from, the organs below it, and what it issued.

    ``every`` is the address of the list of all ``total`` it issued, under names of the past too; empty where ``newest``
    shows them all. ``years`` head the columns of ``tallies``; an entry without a date counts in the total alone.
    ``tasks`` is the address of its tasks, empty where it has none.
    """

    organ: OpenDocument
    later: tuple[Succession, ...]
    former: tuple[OrganLink, ...]
    below: tuple[EntryLink, ...]
    newest: tuple[Entry, ...]
    total: int
    every: str
    by_section: tuple[SectionIssues, ...]
    years: tuple[int, ...]
    tallies: tuple[Tally, ...]
    former_issues: tuple[FormerIssues, ...]
    tasks: str


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """An organ of the directory: how deep below the first it stands, and how it is reached."""

    depth: int
    organ: OrganLink
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class OrganDirectory(Content):
    """Organs by hierarchy, and those whose functions went to others."""

    rows: tuple[DirectoryRow, ...]
    former: tuple[OrganLink, ...]


def organ_page(desk: Desk, organ: OpenDocument) -> tuple[str, Content]:
    """Give the page of an organ, with what it issued under its own name and what was issued under names of the past."""
    address = organ.entry.address
    known = desk.organs[address]
    issued = _under_own_name(desk, address)
    every = _every(address, issued)
    years, tallies = _tallies(issued)
    content = OrganPage(
        organ=organ,
        later=known.later,
        former=tuple(_predecessors(desk, address)),
        below=tuple(EntryLink(below.name, below.address) for below in desk.organs_below[address]),
        newest=_newest(issued, _NEWEST),
        total=len(desk.by_organ[address]),
        every=every,
        by_section=tuple(_by_section(desk, issued)) if every else (),
        years=years,
        tallies=tallies,
        former_issues=tuple(_former_issues(desk, address)),
        tasks=ledger_address(organ.entry) if address in desk.tasks_by_organ else "",
    )
    return "organ.html", content


def organ_pages(desk: Desk) -> Iterator[Special]:
    """Plan the directory of organs, and for every organ that issued much the list of all of it."""
    organs = desk.of_kind(Kind.ORGAN)
    if organs:
        title = desk.said("机构名录", "Directory of organs")
        content = OrganDirectory(tuple(_directory(desk)), tuple(o for o in desk.organs.values() if o.later))
        yield Special(SECTION, f"{SECTION}/directory.html", title, "organs.html", content, "the directory of organs")
    for organ in organs:
        address, name = organ.entry.address, organ.entry.title
        issued = desk.by_organ[address]
        if len(issued) > _NEWEST:
            title = desk.said(f"{name}制发的信息", f"Issued by {name}")
            yield from list_pages(desk, SECTION, address.removesuffix(".html"), title, issued)


def _every(address: str, issued: Sequence[Entry]) -> str:
    """Give the address of the list of all that an organ issued, where its page cannot show what is asked for."""
    return f"{address.removesuffix('.html')}/index.html" if len(issued) > _NEWEST else ""


def _under_own_name(desk: Desk, address: str) -> list[Entry]:
    """Give what an organ issued under the name it has, oldest first."""
    own = desk.organs[address].name
    return [e for e in desk.by_organ[address] if any((o.name, o.address) == (own, address) for o in e.issuers)]


def _newest(oldest_first: Sequence[Entry], count: int) -> tuple[Entry, ...]:
    return tuple(reversed(oldest_first[-count:]))


def _by_section(desk: Desk, issued: Sequence[Entry]) -> Iterator[SectionIssues]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in issued:
        for section in dict.fromkeys(entry.sections):
            found[section].append(entry)
    for shown in desk.sections.values():
        inside = found[shown.id]
        if inside:
            yield SectionIssues(shown.title, _newest(inside, _NEWEST_OF_SECTION), len(inside))


def _tallies(issued: Sequence[Entry]) -> tuple[tuple[int, ...], tuple[Tally, ...]]:
    """Count by kind and year, the newest years first; older ones count in the total."""
    years = tuple(sorted({e.when.year for e in issued if e.when}, reverse=True)[:_YEARS])
    counts = Counter((entry.kind, entry.when.year if entry.when else 0) for entry in issued)
    totals = Counter(entry.kind for entry in issued)
    rows = (Tally(kind, tuple(counts[kind, year] for year in years), totals[kind]) for kind in Kind if totals[kind])
    return years, tuple(rows)


def _predecessors(desk: Desk, address: str) -> Iterator[OrganLink]:
    """Give the organs that went into this one, each with the steps as far as this one."""
    for organ in desk.organs.values():
        ends = [place for place, step in enumerate(organ.later) if step.to.address == address]
        if ends:
            yield OrganLink(organ.name, organ.address, organ.later[: ends[0] + 1])


def _former_issues(desk: Desk, address: str) -> Iterator[FormerIssues]:
    for former in _predecessors(desk, address):
        issued = _under_own_name(desk, former.address)
        if issued:
            total = len(desk.by_organ[former.address])
            yield FormerIssues(former, _newest(issued, _NEWEST), total, _every(former.address, issued))
    own = desk.organs[address].name
    named: dict[str, list[Entry]] = defaultdict(list)
    for entry in desk.by_organ[address]:
        for name in dict.fromkeys(o.name for o in entry.issuers if o.address == address and o.name != own):
            named[name].append(entry)
    for name, issued in sorted(named.items()):
        total = len(desk.by_organ[address])
        yield FormerIssues(OrganLink(name), _newest(issued, _NEWEST), total, _every(address, issued))


def _directory(desk: Desk) -> Iterator[DirectoryRow]:
    """Give the organs that there are, each before those below it; the column's own hierarchy comes first."""
    top = _topmost(desk, desk.site.masthead.organ.address)
    roots = sorted(desk.organs_below[""], key=lambda organ: organ.address != top)
    circles = [organ for organ in desk.organs.values() if not organ.later]  # where superiors stand in a circle
    seen: set[str] = set()
    ahead = [(organ, 0) for organ in (*reversed(circles), *reversed(roots))]
    while ahead:
        organ, depth = ahead.pop()
        if organ.address not in seen:
            seen.add(organ.address)
            document = desk.by_address[organ.address]
            address, phone = (_text(document, name) for name in ("address", "phone"))
            yield DirectoryRow(depth, organ, address, phone)
            ahead += [(below, depth + 1) for below in reversed(desk.organs_below[organ.address])]


def _topmost(desk: Desk, address: str) -> str:
    """Give the address of the organ above all that stand above one."""
    above = {organ.address: parent for parent, organs in desk.organs_below.items() for organ in organs}
    seen = {""}
    while address not in seen and above.get(address):
        seen.add(address)
        address = above[address]
    return address


def _text(organ: PublicDocument, name: str) -> str:
    return (first(organ.detail(name), str) or "") if isinstance(organ, OpenDocument) else ""
