"""Runs of blocks → the terms and tables of one segment: the second half of the index.

Each range of terms is merged by itself, and none needs a document. The codes and files are those of docs/search.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from gkssg.digest import digest_bytes
from gkssg.output.search.block import FACETS, HEADS, TEXTS
from gkssg.output.search.codes import number, steps
from gkssg.output.search.runs import Column, read_range, read_table
from gkssg.output.search.scripts import Written, js, put
from gkssg.output.search.tokens import VERSION
from gkssg.site.model import SearchBlock, SearchManifest, SearchSegment
from gkssg.site.search import FORMAT
from gkssg.store import StoreError
from gkssg.terms import ATTRIBUTES, KINDS, VALIDITIES, Attribute, Kind, Validity

_SHARD = 16_000
_ALONE = 8_000
_END = "\n`)\n"
"""What stands behind the records of a shard."""


def search_manifest(value: SearchManifest) -> bytes:
    """Write ``search/manifest.js``, the file a browser reads first."""
    head = {
        "version": FORMAT,
        "tokeniser": VERSION,
        "text": value.text,
        "boost": {"title": 5, "body": 1},
        "k1": 1.2,
        "b": 0.75,
        "heads": HEADS,
        "texts": TEXTS,
        "segments": value.segments,
    }
    return f"gks.m({js(head)})\n".encode()


@dataclass(frozen=True, slots=True)
class Former:
    """A segment as it was made before, in the ``folder``, of blocks of the same sizes.

    ``shards`` are the SHA-256 of its files of terms, by range.
    """

    folder: Path
    blocks: tuple[SearchBlock, ...]
    shards: tuple[tuple[str, ...], ...]

    def records(self, number_of_range: int) -> dict[str, str] | None:
        """Read the records of a range by their terms; None where a file is not as it was made."""
        found: dict[str, str] = {}
        for number_of_shard, sha256 in enumerate(self.shards[number_of_range]):
            try:
                data = (self.folder / "t" / f"{number_of_range}-{number_of_shard}.js").read_bytes()
            except OSError:
                return None
            if digest_bytes(data) != sha256:
                return None
            text = data.decode()
            lines = text[text.index("`") + 2 : -len(_END)].split("\n")
            found |= {line.partition("\t")[0]: f"\n{line}" for line in lines}
        return found


def write_terms(
    segment: SearchSegment, out: Path, runs: Path, former: Former | None, number_of_range: int
) -> tuple[list[str], list[Written]]:
    """Merge one range of terms into shards; give the first term of each, and what was written.

    Where the ``former`` segment is known, only terms are merged that changed with its blocks.
    """
    written: list[Written] = []
    firsts: list[str] = []
    records = _mended(segment, runs, former, number_of_range) if former else None
    for first, some in _shards(records or _merged(segment, runs, number_of_range)):
        shard = f"{number_of_range}-{len(firsts)}"
        written.append(put(out, f"{segment.id}/t/{shard}.js", f"gks.t({js(segment.id)},{js(shard)},`{some}\n`)"))
        firsts.append(first)
    return firsts, written


def _mended(
    segment: SearchSegment, runs: Path, former: Former, number_of_range: int
) -> Iterator[tuple[str, str]] | None:
    """Give each term of a range with its record, in order, out of those that were; None where that cannot be."""
    changed: set[str] = set()
    with suppress(StoreError):
        for old, new in zip(former.blocks, segment.blocks, strict=True):
            if old.digest != new.digest:
                fields = zip(*(read_range(runs / one.digest, number_of_range) for one in (old, new)), strict=True)
                changed.update(posted[0] for before, after in fields for posted in set(before) ^ set(after))
        records = former.records(number_of_range)
        if records is not None:
            for term in changed:
                records.pop(term, None)
            if changed:
                records |= _merged(segment, runs, number_of_range, changed)
            return iter(sorted(records.items()))
    return None


def _merged(
    segment: SearchSegment, runs: Path, number_of_range: int, only: Collection[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Give each term of a range, or ``only`` some, with its record, in order."""
    codes = steps(sum(block.size for block in segment.blocks))
    fields: tuple[_Field, _Field] = (_Field(), _Field())
    for start, block in zip(_starts(segment), segment.blocks, strict=True):
        for field, every in zip(fields, read_range(runs / block.digest, number_of_range), strict=True):
            parts, ends = field.parts, field.ends
            rows = every if only is None else [row for row in every if row[0] in only]
            for term, first, of_class, last, rest in rows:
                parts[term] += (codes[of_class][start + first - ends[term]], rest)
                ends[term] = start + last + 1
    bodies, titles = (field.parts for field in fields)
    for term in sorted(bodies.keys() | titles.keys()):
        body = "".join(bodies.get(term, ()))
        title = "".join(titles.get(term, ()))
        yield term, f"\n{term}\t{body}\t{title}" if title else f"\n{term}\t{body}"


class _Field:
    """What has been merged of a field: the postings of each term, and the document behind the last of them."""

    def __init__(self) -> None:
        self.parts: dict[str, list[str]] = defaultdict(list)
        self.ends: dict[str, int] = defaultdict(int)


def _shards(records: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Cut records into shards; give each with its first term."""
    first, waiting, size = "", list[str](), 0
    for term, record in records:
        weight = len(record) + 2 * len(term)
        if waiting and (size + weight > _SHARD or weight > _ALONE):
            yield first, "".join(waiting)
            waiting, size = [], 0
        if not waiting:
            first = term
        waiting.append(record)
        size += weight if weight <= _ALONE else _SHARD
    if waiting:
        yield first, "".join(waiting)


def write_tables(segment: SearchSegment, firsts: Sequence[Sequence[str]], out: Path, runs: Path) -> list[Written]:
    """Write all of a segment but the terms, of which the first of each shard is given, by range."""
    tables = [read_table(runs / block.digest) for block in segment.blocks]
    years: dict[str, int] = {}
    for start, table in zip(_starts(segment), tables, strict=True):
        for year, place in table.years:
            years.setdefault(year, start + place)
    head = {
        "n": sum(table.size for table in tables),
        "title": sum(table.title for table in tables),
        "body": sum(table.body for table in tables),
        "blocks": [[block.id, start] for start, block in zip(_starts(segment), segment.blocks, strict=True)],
        "shards": [len(terms) for terms in firsts],
        "first": "\t".join(term for terms in firsts for term in terms),
        "years": list(years.items()),
    }
    bodies = "".join(table.body_lengths for table in tables)
    titles = "".join(table.title_lengths for table in tables)
    (out / segment.id / "c").mkdir(parents=True, exist_ok=True)
    return [
        put(out, f"{segment.id}/segment.js", f"gks.s({js(segment.id)},{js(head)})"),
        put(out, f"{segment.id}/len.js", f"gks.l({js(segment.id)},`{bodies}`,`{titles}`)"),
        *(
            put(out, f"{segment.id}/c/{facet}.js", _column(segment, facet, [table.columns[place] for table in tables]))
            for place, facet in enumerate(FACETS)
        ),
    ]


def _starts(segment: SearchSegment) -> Iterator[int]:
    """Give the number of each block's first document."""
    return accumulate((block.size for block in segment.blocks[:-1]), initial=0)


def _column(segment: SearchSegment, facet: str, columns: Sequence[Column]) -> str:
    """Write the values of a facet, their combinations, and of each document the number of its combination."""
    words: dict[str, str] = {}
    found: dict[tuple[str, ...], int] = {}
    codes: list[str] = []
    for combinations, column in columns:
        renumbered: list[str] = []
        for combination in combinations:
            known = {code: word for code in combination if (word := _word(segment, facet, code)) is not None}
            words |= known
            renumbered.append(number(found.setdefault(tuple(sorted(known)), len(found))))
        codes += [renumbered[place] for place in column]
    places = {code: place for place, code in enumerate(sorted(words))}
    rows = [[places[code] for code in combination] for combination in found]
    pairs = [[code, words[code]] for code in places]
    return f"gks.c({js(segment.id)},{js(facet)},{js(pairs)},{js(rows)},`{''.join(codes)}`)"


def _word(segment: SearchSegment, facet: str, code: str) -> str | None:
    """Give what a value of a facet is called; None for a section that is no leaf."""
    language = segment.language
    match facet:
        case "section":
            return dict(segment.sections).get(code)
        case "attribute":
            return ATTRIBUTES[Attribute(code)].said(language)
        case "validity":
            return VALIDITIES[Validity(code)].said(language) if code else ""
        case "kind":
            return KINDS[Kind(code)].said(language)
        case _:
            return code
