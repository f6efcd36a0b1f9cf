"""What differs between two texts of one document: article by article (条), by numbered clauses, or by paragraphs.

Articles are matched by what they say before what they are called, so that one that was only renumbered is known again.
Inside a pair, sentences are compared first and characters in the sentences that differ. Whatever the texts, the work is
bounded: beyond :data:`EFFORT` a pair is shown as a whole, old and new, and the comparison says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
import difflib
from itertools import groupby, pairwise
import re

from gkssg.markup.anchors import ARTICLE, Clause, clause_number, clauses, plain, same_name

EFFORT = 40_000_000
"""How many comparisons of one character with another are made for two texts."""
LONGEST = 800_000
"""Texts of more characters than this are not compared."""

_ONE_PAIR = 4_000_000
_LIKE, _LIKE_BY_NAME, _LIKE_BY_PLACE = 0.5, 0.3, 0.2
_COMMON, _CANDIDATES = 60, 6
_TOO_DIFFERENT = 0.3
_SPECK, _SPECK_BETWEEN = 2, 6

_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|tr|div|caption|figcaption|dt|dd|pre)>|<br>")
_CELL_END = re.compile(r"</t[dh]>")
_SENTENCE = re.compile(r"[^。；;：:\n]*(?:[。；;：:]|\n|$)")
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.,]\d+)*|[一二三四五六七八九十百千零〇]+(?=[条款项])|.", re.DOTALL)
_ONE_WIDTH = str.maketrans("(),:;?!", "（），：；？！")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; ``mark`` is ``del`` where only the old text has it, ``ins`` where only the new one has."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A part of one text: its number (第五条, or empty) and its paragraphs."""

    label: str
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A part in both texts, or in one: ``kind`` is ``same``, ``changed``, ``added`` or ``removed``."""

    kind: str
    old: Side | None
    new: Side | None

    @property
    def side(self) -> Side:
        """The new side, or the old one where there is no new one."""
        side = self.new or self.old
        assert side is not None  # noqa: S101  (a row has a side)
        return side

    @property
    def is_renumbered(self) -> bool:
        """Whether the two sides have different numbers."""
        return bool(self.old and self.new and not same_name(self.old.label, self.new.label))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts, part by part in the order of the new one.

    ``by`` is ``articles``, ``clauses`` or ``paragraphs``; ``is_coarse``: some pairs were too long to be compared
    inside; without rows, the texts were too long to be compared at all.
    """

    by: str
    rows: tuple[Row, ...]
    is_coarse: bool = False

    def count(self, kind: str) -> int:
        """Give how many numbered parts (or, where nothing is numbered, paragraphs) are of a kind."""
        return sum(row.kind == kind for row in self.rows if row.side.label or self.by == "paragraphs")

    @property
    def renumbered(self) -> int:
        """How many parts have the same words and another number."""
        return sum(row.kind == "same" and row.is_renumbered for row in self.rows)

    @property
    def others(self) -> int:
        """How many paragraphs without a number differ: headings, the notice before the articles, what follows them."""
        return sum(row.kind != "same" and not row.side.label for row in self.rows) if self.by != "paragraphs" else 0

    @property
    def stretches(self) -> tuple[tuple[Row, ...], ...]:
        """The rows, those that stayed the same and stand together in one stretch."""
        runs = groupby(self.rows, lambda row: row.kind == "same")
        return tuple(stretch for same, run in runs for stretch in ([tuple(run)] if same else ((row,) for row in run)))


def compare(old: str, new: str) -> Comparison:
    """Compare two texts in sanitised HTML."""
    sides = _cut(old), _cut(new)
    by = "articles" if any(cut.by == "articles" for cut in sides) else sides[1].by
    if any(cut.size > LONGEST for cut in sides):
        return Comparison(by, ())
    before, after = sides[0].units, sides[1].units
    effort = _Effort()
    rows = tuple(_rows(before, after, _matched(before, after), effort))
    return Comparison(by, rows, effort.is_spent)


@dataclass(frozen=True, slots=True)
class _Unit:
    label: str
    paragraphs: tuple[str, ...]

    @property
    def words(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def key(self) -> tuple[bool, str]:
        return bool(self.label), "".join(self.words.translate(_ONE_WIDTH).split())


@dataclass(frozen=True, slots=True)
class _Cut:
    by: str
    units: tuple[_Unit, ...]

    @property
    def size(self) -> int:
        return sum(len(paragraph) for unit in self.units for paragraph in unit.paragraphs)


def _cut(html: str) -> _Cut:
    """Cut a text at its articles; where there are none, at its numbered clauses."""
    found = clauses(html)
    articles = tuple(clause for clause in found if clause.is_article)
    units: list[_Unit] = []
    done = 0
    for clause, end in _ends(articles or found, len(html)):
        units += _unnumbered(html[done : clause.start])
        units.append(_numbered(clause, _paragraphs(html[clause.start : end])))
        done = end
    units += _unnumbered(html[done:])
    return _Cut("articles" if articles else "clauses" if found else "paragraphs", tuple(units))


def _ends(found: Sequence[Clause], end: int) -> Iterator[tuple[Clause, int]]:
    """Give every clause with the place where the next one begins, or where it ends, if it does so before."""
    starts = [*(clause.start for clause in found[1:]), end]
    for clause, following in zip(found, starts, strict=False):
        yield clause, min(clause.end, following)


def _numbered(clause: Clause, paragraphs: tuple[str, ...]) -> _Unit:
    first, *rest = paragraphs or ("",)
    article = ARTICLE.match(first) if clause.is_article else None
    typed = article[0] if article else clause_number(first)
    label = "".join(typed.split()) if article or clause.id in typed else clause.id
    return _Unit(label, tuple(filter(None, (first[len(typed) :].strip(), *rest))))


def _unnumbered(html: str) -> Iterator[_Unit]:
    yield from (_Unit("", (paragraph,)) for paragraph in _paragraphs(html))


def _paragraphs(html: str) -> tuple[str, ...]:
    text = plain(_CELL_END.sub(" ", _BLOCK_END.sub("\n", html.replace("\n", " "))))
    return tuple(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _matched(old: Sequence[_Unit], new: Sequence[_Unit]) -> dict[int, int]:
    """Find for the parts of the new text (by their place) the part of the old one that each comes from."""
    matched: dict[int, int] = {}
    alike: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for place in reversed(range(len(old))):
        alike[old[place].key].append(place)
    for place, unit in enumerate(new):
        if alike[unit.key]:
            matched[place] = alike[unit.key].pop()
    left = sorted(set(range(len(old))) - set(matched.values()))
    grams = {place: _grams(old[place]) for place in left}
    own = {place: _grams(unit) for place, unit in enumerate(new) if place not in matched}
    likely = sorted(_likely(old, new, grams, own), key=lambda one: (-one[0], abs(one[1] - one[2]), one[1]))
    free = set(left)
    for _, after, before in likely:
        if after not in matched and before in free:
            matched[after] = before
            free.remove(before)
    for after, counted in own.items():
        before = matched.get(after - 1, -1) + 1
        fits = after not in matched and before in free and bool(old[before].label) == bool(new[after].label)
        if fits and _likeness(grams[before], counted) >= _LIKE_BY_PLACE:
            matched[after] = before
            free.remove(before)
    return matched


def _likely(
    old: Sequence[_Unit], new: Sequence[_Unit], grams: dict[int, Counter[str]], own: dict[int, Counter[str]]
) -> Iterator[tuple[float, int, int]]:
    """Give pairs that may belong together, with how much they are alike; sharing common words is not enough."""
    holding: dict[str, list[int]] = defaultdict(list)
    for place, counted in grams.items():
        for gram in counted:
            holding[gram].append(place)
    named = {old[place].label: place for place in grams if old[place].label}
    for after, counted in own.items():
        shared: Counter[int] = Counter()
        for gram in counted:
            if len(holding.get(gram, ())) <= _COMMON:
                shared.update(holding.get(gram, ()))
        same = named.get(new[after].label)
        best = [place for place, _ in shared.most_common(_CANDIDATES)]
        for before in dict.fromkeys([*best, *([] if same is None else [same])]):
            alike = _likeness(grams[before], counted)
            enough = _LIKE_BY_NAME if before == same else _LIKE
            if bool(old[before].label) == bool(new[after].label) and alike >= enough:
                yield alike + (0.1 if before == same else 0), after, before


def _grams(unit: _Unit) -> Counter[str]:
    words = f" {unit.key[1]} "
    return Counter(map("".join, pairwise(words)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0


def _rows(old: Sequence[_Unit], new: Sequence[_Unit], matched: dict[int, int], effort: "_Effort") -> Iterator[Row]:
    """Give the rows in the order of the new text; what was removed stands behind what it stood behind."""
    kept = {before: after for after, before in matched.items()}
    removed: dict[int, list[int]] = defaultdict(list)
    last = -1
    for before in range(len(old)):
        if before in kept:
            last = kept[before]
        else:
            removed[last].append(before)
    for after in range(-1, len(new)):
        if after >= 0:
            before_unit = old[matched[after]] if after in matched else None
            yield _row(before_unit, new[after], effort)
        yield from (_row(old[before], None, effort) for before in removed[after])


def _row(old: _Unit | None, new: _Unit | None, effort: "_Effort") -> Row:
    if old is None or new is None:
        return Row("added" if new else "removed", _side(old), _side(new))
    if old.key == new.key:
        return Row("same", _side(old), _side(new))
    pieces = list(_differences(old.words, new.words, effort))
    return Row(
        "changed",
        Side(old.label, _parted(piece for piece in pieces if piece.mark != "ins")),
        Side(new.label, _parted(piece for piece in pieces if piece.mark != "del")),
    )


def _side(unit: _Unit | None) -> Side | None:
    return Side(unit.label, tuple((Piece(text),) for text in unit.paragraphs)) if unit else None


def _parted(pieces: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Part pieces into paragraphs."""
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Piece(line, piece.mark))
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


class _Effort:
    """How much work may still be done."""

    def __init__(self) -> None:
        self._left = EFFORT
        self.is_spent = False

    def allows(self, amount: int) -> bool:
        if amount > min(self._left, _ONE_PAIR):
            self.is_spent = True
            return False
        self._left -= amount
        return True


def _differences(old: str, new: str, effort: _Effort) -> Iterator[Piece]:
    """Compare sentence by sentence, and inside the sentences that differ."""
    before, after = ([part for part in _SENTENCE.findall(text) if part] for text in (old, new))
    for tag, a, b, c, d in _matcher(before, after).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            yield Piece(come)
        elif tag == "replace" and effort.allows(len(gone) * len(come)):
            yield from _inside(_TOKEN.findall(gone), _TOKEN.findall(come))
        else:
            yield from _whole(gone, come)


def _inside(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = _matcher(before, after)
    if matcher.ratio() < _TOO_DIFFERENT:
        yield from _whole("".join(before), "".join(after))
        return
    codes = matcher.get_opcodes()
    gone = come = ""
    for place, (tag, a, b, c, d) in enumerate(codes):
        old, new = "".join(before[a:b]), "".join(after[c:d])
        around = codes[max(place - 1, 0) : place + 2]
        is_speck = 0 < place < len(codes) - 1 and (
            b - a < _SPECK or (b - a == _SPECK and sum(x[2] - x[1] + x[4] - x[3] for x in around) > _SPECK_BETWEEN)
        )
        if tag == "equal" and not is_speck:
            yield from _whole(gone, come)
            gone = come = ""
            yield Piece(new)
        else:
            gone, come = gone + old, come + new
    yield from _whole(gone, come)


def _matcher(before: list[str], after: list[str]) -> difflib.SequenceMatcher[str]:
    """Compare two lists of texts; full-width and half-width punctuation are the same."""
    one, other = ([text.translate(_ONE_WIDTH) for text in texts] for texts in (before, after))
    return difflib.SequenceMatcher(None, one, other, autojunk=False)


def _whole(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece(gone, "del")
    if come:
        yield Piece(come, "ins")
