"""Figures by period out of a table that a dataset publishes: what of it is drawn, and how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
import itertools

from gkssg.annexes.looks import Look, Sheets, Table
from gkssg.periods import Span, parse_period
from gkssg.site.charts import FEWEST, MOST_SERIES, Chart, Form, Series, chart, figure

_YEAR = 12
_MOST_CHARTS = 4
_MOST_POINTS = 60
_NONE = {"", "—", "-", "…", "..."}
"""What stands in a cell where there is no figure."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a dataset's table as its editors describe it: its name and unit."""

    name: str
    unit: str


def charts_of(look: Look | None, measures: tuple[Measure, ...]) -> tuple[Chart, ...]:
    """Draw what a table shows period by period: one drawing for the figures of each unit.

    Nothing is drawn of a table whose first column is not all periods, nor of one that is not shown whole, since its
    figures stand beside the drawing.
    """
    if not isinstance(look, Sheets) or len(look.tables) != 1 or not look.tables[0].is_whole:
        return ()
    table = look.tables[0]
    periods = [parse_period(row.cells[0]) if row.cells else None for row in table.rows]
    known = [period for period in periods if period]
    labels = _labels(known)
    form = Form.BARS if all(period.months == _YEAR for period in known) else Form.LINES
    if len(labels) != len(periods) or not FEWEST <= len(labels) <= _MOST_POINTS:
        return ()
    units = {measure.name: measure.unit for measure in measures}
    drawn = []
    by_unit: dict[str, list[Series]] = {}
    for one in _series(table):
        by_unit.setdefault(units.get(one.name, ""), []).append(one)
    for unit, series in by_unit.items():
        for some in _some(series):
            names = "、".join(one.name for one in some)
            drawn.append(chart(form, names, unit, labels, some))
    return tuple(one for one in drawn if one)[:_MOST_CHARTS]


def _labels(periods: list[Span]) -> list[str]:
    """Write periods as short as they can be told apart: 3月 where all are of one year."""
    years = {period.year for period in periods}
    return [period.zh.removeprefix(f"{period.year}年") if len(years) == 1 else str(period) for period in periods]


def _series(table: Table) -> Iterator[Series]:
    """Give the columns that hold figures and nothing else, but for empty cells."""
    for place, name in itertools.islice(enumerate(table.columns), 1, None):
        texts = [row.cells[place].strip() if place < len(row.cells) else "" for row in table.rows]
        values = tuple(figure(text) for text in texts)
        if sum(value is not None for value in values) >= FEWEST and all(
            value is not None or text in _NONE for text, value in zip(texts, values, strict=True)
        ):
            yield Series(name, values)


def _some(series: Sequence[Series]) -> Iterator[Sequence[Series]]:
    for start in range(0, len(series), MOST_SERIES):
        yield series[start : start + MOST_SERIES]
