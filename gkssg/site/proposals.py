"""建议提案: the reply to a proposal in full; the proposals of a year in a table."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gkssg.dates import PartialDate
from gkssg.site.desk import Desk, Special
from gkssg.site.model import Content, Crumb, Entry, OpenDocument, OrganLink, every, first
from gkssg.site.years import History, by_year, history, year_links
from gkssg.terms import PROPOSAL_OUTCOMES, PROPOSAL_TYPES, Kind, Vocabulary, Word

SECTION = "statutory/proposals"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in the table of its year."""

    entry: Entry
    type: Word | None
    number: str
    undertakers: tuple[OrganLink, ...]
    outcome: Word | None
    replied: PartialDate | None
    satisfaction: str


@dataclass(frozen=True, slots=True)
class ProposalYear(Content):
    """The proposals of a year, counted by sort and by outcome; the newest tells of all years."""

    year: int
    years: tuple[Crumb, ...]
    rows: tuple[ProposalRow, ...]
    by_type: tuple[tuple[Word, int], ...]
    by_outcome: tuple[tuple[Word, int], ...]
    history: History | None = None


def proposal_page(_desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    """Give the page of a proposal."""
    return "proposal.html", document


def proposal_years(desk: Desk) -> Iterator[Special]:
    """Give a table of the proposals of each year; the list of the section leads to the newest."""
    if SECTION not in desk.sections:
        return
    years = tuple(by_year(desk.of_kind(Kind.PROPOSAL), "replied"))
    links = year_links(SECTION, (year for year, _ in years))
    tables = [tuple(map(_row, documents)) for _, documents in years]
    names = tuple(word.said(desk.site.masthead.language) for word in PROPOSAL_TYPES)
    counts = (tuple(sum(row.type == word for row in rows) for word in PROPOSAL_TYPES) for rows in tables)
    told = history(
        desk.said("历年建议提案", "Proposals by year"), desk.said("件", ""), names, zip(links, counts, strict=True)
    )
    for (year, _), link, rows in zip(years, links, tables, strict=True):
        is_newest = link is links[0]
        by_type = _counted(PROPOSAL_TYPES, (row.type for row in rows))
        by_outcome = _counted(PROPOSAL_OUTCOMES, (row.outcome for row in rows))
        content = ProposalYear(year, links, rows, by_type, by_outcome, told if is_newest else None)
        title = desk.said(f"{year}年建议提案办理情况", f"Proposals answered in {year}")
        source = "the tables of proposals"
        yield Special(SECTION, link.address, title, "proposals.html", content, source, listed=is_newest)


def _counted(words: Vocabulary, found: Iterator[Word | None]) -> tuple[tuple[Word, int], ...]:
    counts = Counter(found)
    return tuple((word, counts[word]) for word in words if counts[word])


def _row(document: OpenDocument) -> ProposalRow:
    return ProposalRow(
        entry=document.entry,
        type=first(document.detail("type"), Word),
        number=first(document.detail("number"), str) or "",
        undertakers=every(document.detail("undertaker"), OrganLink) or document.entry.issuers,
        outcome=first(document.detail("outcome"), Word),
        replied=first(document.detail("replied"), PartialDate),
        satisfaction=first(document.detail("satisfaction"), str) or "",
    )
