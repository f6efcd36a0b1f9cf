"""Figures as drawings: what a chart shows, and where its lines and bars stand. The template draws nothing of its own.

A chart is never without its table: only pages that show the figures draw them. Series are told apart without colours,
by the pattern of bars and by the dashes and dots of lines.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
import math
import re

FEWEST = 3
"""Points below which there is nothing to be seen in a drawing that the table does not say better."""
MOST_SERIES = 4
"""Series of one drawing: there are as many patterns, and no more can be told apart."""

_MOST_YEARS = 10
WIDTH, HEIGHT = 600, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 12, 16, 32
_TICKS = 5
_FACTORS = (1, 2, 2.5, 5, 10, 20)
_LABEL = 8
"""Pixels of a character below the axis; a Chinese one counts twice."""
_FULL = 0x2E80
_GAP = 0.25
"""Of the place of a label, what its bars leave free."""
_FIGURE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_SIGNS = str.maketrans("−－—，％", "---,%")


class Form(StrEnum):
    """How figures are drawn: amounts of separate years as bars, what goes on from month to month as lines."""

    BARS = "bars"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over all points; None where it is not known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: where it stands, and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar, or the dot of a line, with what it stands for; a dot has no size."""

    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series as drawn: its marks, and of a line the points, a run for every stretch without a gap."""

    name: str
    marks: tuple[Mark, ...]
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its title with the unit, the axes, and the series; ``zero`` is where the amount 0 lies."""

    form: Form
    title: str
    unit: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    zero: float
    series: tuple[Drawn, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def chart(form: Form, title: str, unit: str, labels: Sequence[str], series: Iterable[Series]) -> Chart | None:
    """Draw some series over labels; None where there are too few points, or too many series to be told apart."""
    shown = tuple(one for one in series if any(value is not None for value in one.values))
    if len(labels) < FEWEST or not 0 < len(shown) <= MOST_SERIES:
        return None
    known = [0.0, *(value for one in shown for value in one.values if value is not None)]
    step = _step(max(known) - min(known))
    lowest, highest = math.floor(min(known) / step), max(math.ceil(max(known) / step), 1)
    scale = (HEIGHT - _TOP - _BOTTOM) / ((highest - lowest) * step)

    def height(value: float) -> float:
        return round(HEIGHT - _BOTTOM - (value - lowest * step) * scale, 1)

    slot = (WIDTH - _LEFT - _RIGHT) / len(labels)
    middles = tuple(round(_LEFT + slot * (place + 0.5), 1) for place in range(len(labels)))
    paper = _Paper(unit, tuple(labels), middles, slot, height)
    if form is Form.BARS:
        drawn = tuple(paper.bars(one, number, len(shown)) for number, one in enumerate(shown))
    else:
        drawn = tuple(paper.line(one) for one in shown)
    every = math.ceil(max(map(_extent, labels)) / slot)
    return Chart(
        form=form,
        title=title,
        unit=unit,
        across=tuple(Tick(x, label) for x, label in zip(middles[::every], labels[::every], strict=True)),
        up=tuple(Tick(height(number * step), written(number * step)) for number in range(lowest, highest + 1)),
        zero=height(0),
        series=drawn,
    )


def by_years(title: str, unit: str, names: Sequence[str], told: Mapping[int, Sequence[float | None]]) -> Chart | None:
    """Draw what is told of the newest years, the oldest of them first; year 0 is one that is not known.

    A year between of which nothing is told has its place too, or the years would seem to follow each other.
    """
    known = [year for year in told if year]
    years = range(max(min(known), max(known) - _MOST_YEARS + 1), max(known) + 1) if known else range(0)
    nothing = (None,) * len(names)
    series = [Series(name, tuple(told.get(year, nothing)[place] for year in years)) for place, name in enumerate(names)]
    return chart(Form.BARS, title, unit, tuple(map(str, years)), series)


def written(value: float) -> str:
    """Write a figure as it stands in a table: without needless places."""
    return f"{value:.10g}"


def figure(text: str) -> float | None:
    """Read a figure from a table: ``1,234.5``, ``−2.1``, ``3.1%``; None where it is none."""
    plain = text.strip().translate(_SIGNS).removesuffix("%")
    if not _FIGURE.fullmatch(plain):
        return None
    return float(plain.replace(",", ""))


@dataclass(frozen=True)
class _Paper:
    """What is drawn upon: the labels with their places, and the height of a value."""

    unit: str
    labels: tuple[str, ...]
    middles: tuple[float, ...]
    slot: float
    height: Callable[[float], float]

    def bars(self, series: Series, number: int, among: int) -> Drawn:
        width = self.slot * (1 - _GAP) / among
        marks = []
        for middle, (text, value) in zip(self.middles, self._told(series), strict=True):
            if value is not None:
                x = middle - self.slot * (1 - _GAP) / 2 + width * number
                top, bottom = sorted((self.height(value), self.height(0)))
                marks.append(Mark(round(x, 1), top, round(width, 1), round(bottom - top, 1), text))
        return Drawn(series.name, tuple(marks), ())

    def line(self, series: Series) -> Drawn:
        marks: list[Mark] = []
        runs: list[list[str]] = [[]]
        for x, (text, value) in zip(self.middles, self._told(series), strict=True):
            if value is None:
                runs.append([])
            else:
                y = self.height(value)
                marks.append(Mark(x, y, 0, 0, text))
                runs[-1].append(f"{x:g},{y:g}")
        return Drawn(series.name, tuple(marks), tuple(" ".join(run) for run in runs if len(run) > 1))

    def _told(self, series: Series) -> Iterator[tuple[str, float | None]]:
        """Give every value with what is said of it."""
        for label, value in zip(self.labels, series.values, strict=True):
            yield (f"{label} {series.name} {written(value)}{self.unit}" if value is not None else ""), value


def _step(extent: float) -> float:
    """Give the distance of the marks of an axis: a round number, so that there are about five."""
    if extent <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(extent / _TICKS))
    return next(factor * power for factor in _FACTORS if factor * power * _TICKS >= extent)


def _extent(text: str) -> int:
    """Give about how many pixels a label takes, with the space behind it."""
    return sum(2 if ord(char) >= _FULL else 1 for char in text) * _LABEL + _LABEL
