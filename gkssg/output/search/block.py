"""Documents of one block → its run, and the pages of its folder: the first half of the index.

A run is what the segment needs of the block: once it is there, nobody needs the documents again. The pages are what
the browser shows of them. Both depend on nothing but the block.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from gkssg.output.search.codes import ONCE, numbers, parted, posting
from gkssg.output.search.runs import Column, Posted, Table, write_run
from gkssg.output.search.scripts import Written, js, put
from gkssg.output.search.tokens import analysed, number_terms, title_terms
from gkssg.site.model import PublicDocument, SearchBlock
from gkssg.site.search import body_field, title_field
from gkssg.store import StoreError
from gkssg.terms import Kind

HEADS = 8
TEXTS = 4
FACETS = ("section", "organ", "topic", "attribute", "validity", "kind")
_BOUNDS = "|七中交以依六刑十可咨域定已建情按教期构水然由监第组能规负违门"
"""First characters that part the terms of Chinese official texts into ranges of like size."""
_SUMMARY = 200
_Terms = dict[str, list[int]]
"""Of each term, the documents it stands in, and what more often than once counts _MORE: so most numbers are shared."""
_MORE = 1 << 20  # more than documents of a block


def term_ranges() -> range:
    """Give the numbers of the ranges of terms."""
    return range(len(_BOUNDS) + 1)


def write_block(block: SearchBlock, out: Path, runs: Path) -> list[Written]:
    """Write the pages of a block below ``out``, and its run into ``runs`` unless it is there."""
    bodies = _bodies(block)
    if not (runs / block.digest).is_file():
        _write_run(block, bodies, runs)
    heads = [_head(document) for document in block.documents]
    written = _write_pages(block, out, "d", HEADS, heads)
    if block.text == "none":
        return written
    kept = [body if block.text == "full" else body[:_SUMMARY] for body in bodies]
    return written + _write_pages(block, out, "x", TEXTS, list(zip(heads, kept, strict=True)))


def index_block(block: SearchBlock, runs: Path) -> None:
    """Write the run of a block into ``runs``. Raises StoreError when that needs documents that are not given."""
    _write_run(block, _bodies(block), runs)


def _bodies(block: SearchBlock) -> list[str]:
    if len(block.documents) != block.size:
        raise StoreError(block.digest)
    return [body_field(document) for document in block.documents]


def _write_run(block: SearchBlock, bodies: Sequence[str], runs: Path) -> None:
    """Write all that a segment needs of a block: postings by range of terms, and a row of each table."""
    body_terms: _Terms = defaultdict(list)
    title_terms_: _Terms = defaultdict(list)
    body_lengths: list[int] = []
    title_lengths: list[int] = []
    for place, (document, body) in enumerate(zip(block.documents, bodies, strict=True)):
        for text, terms, lengths in (
            (body, body_terms, body_lengths),
            (title_field(document), title_terms_, title_lengths),
        ):
            words, crossed = analysed(text)
            lengths.append(len(words))
            for term, frequency in Counter(words).items():
                terms[term].append(place if frequency == 1 else place + (frequency - 1) * _MORE)
            for term in crossed:
                terms[term].append(place)
        entry = document.entry
        for term in (*title_terms(entry.title), *dict.fromkeys(number_terms(entry.doc_no))):
            title_terms_[term].append(place)
    table = Table(
        block.size,
        sum(body_lengths),
        sum(title_lengths),
        numbers(body_lengths),
        numbers(title_lengths),
        list(_years(block.documents).items()),
        [_column(block.documents, facet) for facet in FACETS],
    )
    write_run(runs / block.digest, table, list(zip(_ranges(body_terms), _ranges(title_terms_), strict=True)))


def _ranges(terms: _Terms) -> list[list[Posted]]:
    """Code the postings of a field, by range of terms."""
    ranges: list[list[Posted]] = [[] for _ in term_ranges()]
    range_of: dict[str, list[Posted]] = {}
    for term, packed in terms.items():
        initial = term[0]
        if initial not in range_of:
            range_of[initial] = ranges[bisect_right(_BOUNDS, initial)]
        more, first = divmod(packed[0], _MORE)
        of_class, rest = parted(more + 1)
        before = first
        for value in packed[1:]:
            if value < _MORE:
                rest += ONCE[value - before - 1]
                before = value
            else:
                more, place = divmod(value, _MORE)
                rest += posting(place - before, more + 1)
                before = place
        range_of[initial].append((term, first, of_class, before, rest))
    return ranges


def _years(documents: Sequence[PublicDocument]) -> dict[str, int]:
    """Give the first document of each year."""
    years: dict[str, int] = {}
    for place, document in enumerate(documents):
        when = document.entry.when
        years.setdefault(str(when.year) if when else "", place)
    return years


def _column(documents: Sequence[PublicDocument], facet: str) -> Column:
    """Give the combinations of values of a facet that occur, and of each document the number of its own."""
    combinations: dict[tuple[str, ...], int] = {}
    column = [combinations.setdefault(_values(document, facet), len(combinations)) for document in documents]
    return list(combinations), column


def _values(document: PublicDocument, facet: str) -> tuple[str, ...]:
    """Give the codes that a document has of a facet."""
    entry = document.entry
    match facet:
        case "section":
            return entry.sections
        case "organ":
            return tuple(organ.name for organ in entry.issuers if organ.name)
        case "topic":
            topic = getattr(getattr(document, "facts", None), "topic", "").partition("\\")[0].strip()
            return (topic,) if topic else ()
        case "attribute":
            return (entry.attribute.value,)
        case "validity":
            return (entry.validity.value if entry.validity else "",)
        case _:
            return (entry.kind.value,)


def _write_pages(block: SearchBlock, out: Path, folder: str, size: int, rows: Sequence[object]) -> list[Written]:
    """Write rows, so many a file."""
    (out / block.id / folder).mkdir(parents=True, exist_ok=True)
    return [
        put(
            out,
            f"{block.id}/{folder}/{page}.js",
            f"gks.{folder}({js(block.id)},{page},{js(rows[page * size : (page + 1) * size])})",
        )
        for page in range(-(-len(rows) // size))
    ]


def _head(document: PublicDocument) -> list[object]:
    entry = document.entry
    turns = [[str(turn.since or ""), turn.state] for turn in entry.turns] if entry.kind is Kind.DOCUMENT else []
    return [
        entry.address,
        entry.title,
        entry.doc_no,
        "、".join(organ.name for organ in entry.issuers if organ.name),
        str(entry.when or ""),
        entry.validity or "",
        entry.attribute,
        next(iter(entry.sections), ""),
        entry.kind,
        *([turns] if len(turns) > 1 else []),
    ]
