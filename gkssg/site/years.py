"""Entries of a kind in yearly tables: which year each belongs to, and the way from one year to the others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gkssg.dates import PartialDate
from gkssg.site.charts import Chart, by_years
from gkssg.site.model import Crumb, OpenDocument, first

Years = Iterator[tuple[int, tuple[OpenDocument, ...]]]


@dataclass(frozen=True, slots=True)
class History:
    """Counts of all years, the newest first, as a table and as a chart: ``names`` says what is counted."""

    title: str
    names: tuple[str, ...]
    years: tuple[tuple[Crumb, tuple[int, ...]], ...]
    chart: Chart


def by_year(documents: Iterable[OpenDocument], field: str) -> Years:
    """Group by the year of a field, or else of publication; the newest year first, and so within each year."""
    found: dict[int, list[tuple[PartialDate, OpenDocument]]] = defaultdict(list)
    for document in documents:
        when = first(document.detail(field), PartialDate) or document.entry.when
        if when:
            found[when.year].append((when, document))
    for year in sorted(found, reverse=True):
        newest = sorted(found[year], key=lambda pair: (pair[0], pair[1].entry.address), reverse=True)
        yield year, tuple(document for _, document in newest)


def year_links(section: str, years: Iterable[int]) -> tuple[Crumb, ...]:
    """Give the years with the addresses of their tables."""
    return tuple(Crumb(str(year), f"{section}/year-{year}.html") for year in years)


def history(
    title: str, unit: str, names: tuple[str, ...], counted: Iterable[tuple[Crumb, tuple[int, ...]]]
) -> History | None:
    """Give the counts of all years, each with the way to its table; None where they are too few to be drawn."""
    years = tuple(counted)
    drawn = by_years(title, unit, names, {int(year.title): counts for year, counts in years})
    return History(title, names, years, drawn) if drawn else None
