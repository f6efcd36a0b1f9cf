"""One segment of the search index → its files, in constant memory per process.

Blocks of documents become runs of postings by range of terms; each range is merged by itself. Neither the number of
processes nor their order shows in a byte. A run may be found again from an earlier build. The codes and files are those
of docs/search.md.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
import itertools
import json
from pathlib import Path
from typing import Any, Self

from gkssg.output.search.codes import ONCE, number, numbers, posting
from gkssg.output.search.runs import Lengths, Posted, read_lengths, read_range, write_run
from gkssg.output.search.tokens import VERSION, analysed, number_terms, title_terms
from gkssg.site.model import PublicDocument, SearchManifest, SearchSegment
from gkssg.site.search import FORMAT, body_field, title_field
from gkssg.terms import ATTRIBUTES, KINDS, VALIDITIES, Kind

HEADS = 8
TEXTS = 4
FACETS = ("section", "organ", "topic", "attribute", "validity", "kind")
_SHARD = 16_000
_ALONE = 8_000
_PAGES = 512
"""Documents whose heads and texts are written at one go; a multiple of HEADS and TEXTS."""
_SUMMARY = 200
_BOUNDS = "|七中交以依六刑十可咨域定已建情按教期构水然由监第组能规负违门"
"""First characters that part the terms of Chinese official texts into ranges of like size."""
_BODY, _TITLE = 0, 1
_BITS = 24  # for a frequency: more than a term can stand in one document
_FREQUENCY = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class _Job:
    """What every process knows: the segment, where its files go, and where runs and passing files lie."""

    segment: SearchSegment
    out: Path
    runs: Path
    passing: Path


Progress = Callable[[int, int], None]


def write_segment(
    segment: SearchSegment,
    out: Path,
    runs: Path,
    passing: Path,
    jobs: int,
    progress: Progress = lambda _done, _all: None,
) -> Iterator[str]:
    """Write a segment's files below ``out``; give their paths there.

    ``runs`` is a folder in which runs of earlier builds may lie and those of this one stay; ``passing`` is an empty
    one. ``progress`` is told how much is done. Raises StoreError when a run is broken.
    """
    count = len(segment.documents)
    starts = range(0, count, _PAGES)
    steps = len(segment.blocks) + len(starts) + len(_BOUNDS) + 1
    done = itertools.count(1)
    for folder in ("t", "d", "x", "c"):
        (out / folder).mkdir(parents=True)
    job = _Job(segment, out, runs, passing)
    lengths: list[Lengths] = []
    firsts: list[str] = []
    with _Pool(job, jobs if len(segment.blocks) > 1 else 1) as pool:
        for of_block in pool.map(_index_block, range(len(segment.blocks))):
            lengths.append(of_block)
            progress(next(done), steps)
        for _ in pool.map(_write_page_block, starts):
            progress(next(done), steps)
        for shards in pool.map(_merge_range, range(len(_BOUNDS) + 1)):
            for first, part in shards:
                _finish_shard(job, len(firsts), part)
                firsts.append(first)
            progress(next(done), steps)
    bodies = [length for body, _ in lengths for length in body]
    titles = [length for _, title in lengths for length in title]
    head = {
        "n": count,
        "title": sum(titles),
        "body": sum(bodies),
        "first": "\t".join(firsts),
        "years": _years(segment),
    }
    _put(out / "segment.js", f"gks.s({_js(segment.id)},{_js(head)})")
    _put(out / "len.js", f"gks.l({_js(segment.id)},`{numbers(bodies)}`,`{numbers(titles)}`)")
    for facet in FACETS:
        _put(out / "c" / f"{facet}.js", _column(segment, facet))
    yield from sorted(path.relative_to(out).as_posix() for path in out.rglob("*.js"))


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
    return f"gks.m({_js(head)})\n".encode()


class _Pool:
    """Runs functions of this module in order, here or in processes that share the job."""

    def __init__(self, job: _Job, jobs: int) -> None:
        self._pool = ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(job,)) if jobs > 1 else None
        _prepare(job)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Any, items: range) -> Iterator[Any]:  # noqa: ANN401  (what the function gives)
        return self._pool.map(function, items) if self._pool else map(function, items)


class _Worker:
    job: _Job


def _prepare(job: _Job) -> None:
    _Worker.job = job


def _index_block(number_of_block: int) -> Lengths:
    """Write the run of one block, unless it is there; give the lengths of the bodies and titles."""
    job = _Worker.job
    block = job.segment.blocks[number_of_block]
    path = job.runs / block.digest
    if path.is_file():
        return read_lengths(path)
    found: tuple[dict[str, list[int]], dict[str, list[int]]] = (defaultdict(list), defaultdict(list))
    bodies: list[int] = []
    titles: list[int] = []
    for place, document in enumerate(job.segment.documents[block.start : block.stop]):
        entry = document.entry
        here = place << _BITS
        for field, text, lengths in ((_BODY, body_field(document), bodies), (_TITLE, title_field(document), titles)):
            words, crossed = analysed(text)
            lengths.append(len(words))
            terms = found[field]
            for term, frequency in Counter(words).items():
                terms[term].append(here + frequency)
            for term in crossed:
                terms[term].append(here + 1)
        for term in (*title_terms(entry.title), *dict.fromkeys(number_terms(entry.doc_no))):
            found[_TITLE][term].append(here + 1)
    write_run(path, (bodies, titles), _ranges(found))
    return bodies, titles


def _ranges(found: tuple[dict[str, list[int]], ...]) -> list[list[Posted]]:
    """Code the postings of a block, by range of terms."""
    ranges: list[list[Posted]] = [[] for _ in range(len(_BOUNDS) + 1)]
    range_of: dict[str, int] = {}
    for field, terms in enumerate(found):
        for term, packed in terms.items():
            initial = term[0]
            if initial not in range_of:
                range_of[initial] = bisect_right(_BOUNDS, initial)
            first = before = packed[0] >> _BITS
            rest = []
            for value in packed[1:]:
                place, count = value >> _BITS, value & _FREQUENCY
                rest.append(ONCE[place - before - 1] if count == 1 else posting(place - before, count))
                before = place
            ranges[range_of[initial]].append((term, field, first, packed[0] & _FREQUENCY, before, "".join(rest)))
    return ranges


def _write_page_block(start: int) -> None:
    """Write heads and texts of some documents."""
    job = _Worker.job
    documents = job.segment.documents[start : start + _PAGES]
    _write_pages(job, "d", HEADS, start, [_head(document) for document in documents])
    if job.segment.text != "none":
        _write_pages(job, "x", TEXTS, start, [_kept(body_field(document), job.segment.text) for document in documents])


def _merge_range(number_of_range: int) -> list[tuple[str, str]]:
    """Merge the runs of one range of terms into shards; give the first term and the file of each."""
    job = _Worker.job
    merged: dict[str, tuple[list[str], list[str]]] = {}
    last: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for block in job.segment.blocks:
        for term, field, first, frequency, final, rest in read_range(job.runs / block.digest, number_of_range):
            parts = merged.setdefault(term, ([], []))[field]
            parts.append(posting(block.start + first - last[field].get(term, -1), frequency))
            parts.append(rest)
            last[field][term] = block.start + final
    shards: list[tuple[str, str]] = []
    waiting: list[str] = []
    first_term, size = "", 0

    def flush() -> None:
        nonlocal size
        if waiting:
            name = f"shard-{number_of_range}-{len(shards)}"
            (job.passing / name).write_text("".join(waiting), "utf-8", newline="")
            shards.append((first_term, name))
        waiting.clear()
        size = 0

    for term in sorted(merged):
        body, title = ("".join(parts) for parts in merged[term])
        record = f"\n{term}\t{body}\t{title}" if title else f"\n{term}\t{body}"
        weight = len(record) + 2 * len(term)
        if size and (size + weight > _SHARD or weight > _ALONE):
            flush()
        if not waiting:
            first_term = term
        waiting.append(record)
        size += weight
        if weight > _ALONE:
            flush()
    flush()
    return shards


def _finish_shard(job: _Job, place: int, name: str) -> None:
    part = job.passing / name
    _put(job.out / "t" / f"{place}.js", f"gks.t({_js(job.segment.id)},{place},`{part.read_text('utf-8')}\n`)")
    part.unlink()


def _write_pages(job: _Job, folder: str, size: int, start: int, rows: list[Any]) -> None:
    for offset in range(0, len(rows), size):
        page = (start + offset) // size
        text = f"gks.{folder}({_js(job.segment.id)},{page},{_js(rows[offset : offset + size])})"
        _put(job.out / folder / f"{page}.js", text)


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


def _kept(body: str, mode: str) -> str:
    return body if mode == "full" else body[:_SUMMARY]


def _years(segment: SearchSegment) -> list[tuple[str, int]]:
    years: dict[str, int] = {}
    for place, document in enumerate(segment.documents):
        when = document.entry.when
        years.setdefault(str(when.year) if when else "", place)
    return list(years.items())


def _column(segment: SearchSegment, facet: str) -> str:
    words: dict[str, str] = {}
    combinations: dict[tuple[str, ...], int] = {}
    column: list[int] = []
    for document in segment.documents:
        values = dict(_values(segment, document, facet))
        words |= values
        column.append(combinations.setdefault(tuple(sorted(values)), len(combinations)))
    codes = sorted(words)
    places = {code: place for place, code in enumerate(codes)}
    rows = [[places[code] for code in combination] for combination in combinations]
    pairs = [[code, words[code]] for code in codes]
    return f"gks.c({_js(segment.id)},{_js(facet)},{_js(pairs)},{_js(rows)},`{''.join(map(number, column))}`)"


def _values(segment: SearchSegment, document: PublicDocument, facet: str) -> Iterator[tuple[str, str]]:
    """Give the values of a facet of one document: pairs of code and word."""
    entry = document.entry
    language = segment.language
    match facet:
        case "section":
            titles = dict(segment.sections)
            yield from ((section, titles[section]) for section in entry.sections if section in titles)
        case "organ":
            yield from ((organ.name, organ.name) for organ in entry.issuers if organ.name)
        case "topic":
            topic = getattr(getattr(document, "facts", None), "topic", "").partition("\\")[0].strip()
            yield from ((topic, topic),) if topic else ()
        case "attribute":
            yield entry.attribute, ATTRIBUTES[entry.attribute].said(language)
        case "validity":
            yield entry.validity or "", VALIDITIES[entry.validity].said(language) if entry.validity else ""
        case _:
            yield entry.kind, KINDS[entry.kind].said(language)


def _js(value: object) -> str:
    """Write a value as JSON that is also JavaScript, in one line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _put(path: Path, text: str) -> None:
    path.write_text(f"{text}\n", "utf-8", newline="")
