"""The short way for the most frequent change: texts alone were edited. No document but those is read, nothing planned.

A plan is made of documents in which a text stands by its digest. So where documents differ in nothing but the digests
of their texts, and nothing was decided by what is written in those (which is watched), the plan differs in nothing but
these digests: every page that shows one of the texts is the page of the last build with the new text instead, and of
the search index the blocks that hold the documents change. Whatever does not fit is left to a whole build.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
import pickle

from gkssg.archive.config import load_column
from gkssg.archive.likeness import Sketches
from gkssg.archive.load import reread
from gkssg.archive.model import BodyText
from gkssg.findings import Findings
from gkssg.output.packed import document_of, unpack, with_texts
from gkssg.site.model import Masthead, PublicDocument, SearchSegment
from gkssg.site.output import Output
from gkssg.site.search import block_of, document_digest, manifest, with_block
from gkssg.store import Store, Stored
from gkssg.unchanged import Last

MOST = 32
"""Changed files up to which the short way is tried."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages share, and how the search index is cut.

    The blocks of the segments are without their documents; ``members`` are the addresses of these, one a line, by
    segment and block.
    """

    masthead: Masthead
    segments: tuple[SearchSegment, ...]
    members: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """What is to be made again, and what is wrong with the column now; ``theme`` is the name of the theme."""

    outputs: tuple[Output, ...]
    theme: str
    problems: Findings
    sketches: Sketches


@dataclass(frozen=True, slots=True)
class IndexRevision:
    """What is to be made again of the search index, the folders that go, and how it is cut now.

    ``were`` are the segments as they were, by their ids of now.
    """

    outputs: tuple[Output, ...]
    gone: tuple[str, ...]
    frame: Frame
    were: dict[str, SearchSegment]


def frame_of(masthead: Masthead, outputs: Iterable[Output]) -> bytes:
    """Give what :func:`revise` and :func:`revise_search` need to know of a plan."""
    segments = tuple(output.value for output in outputs if isinstance(output.value, SearchSegment))
    members = tuple(
        tuple("\n".join(document.entry.address for document in block.documents) for block in segment.blocks)
        for segment in segments
    )
    bare = tuple(replace(one, blocks=tuple(replace(block, documents=()) for block in one.blocks)) for one in segments)
    return packed(Frame(masthead, bare, members))


def packed(frame: Frame) -> bytes:
    """Give a frame as bytes."""
    return pickle.dumps(frame, pickle.HIGHEST_PROTOCOL)


def _frame(last: Last) -> Frame:
    frame: Frame = pickle.loads(last.frame)  # noqa: S301  (written by this very code, for this user alone)
    return frame


def revise(root: Path, changed: Iterable[str], last: Last, store: Store) -> Revision | None:
    """Plan the pages that show the texts of some changed files, whose paths are counted from ``content/``.

    Gives None where more than texts has changed, or where something depends on them that is not known here.
    """
    column, _ = load_column(root)
    texts: dict[str, Stored] = {}
    problems, sketches = last.problems, Sketches(*last.sketches)
    for path in changed:
        file = f"content/{path}"
        told = problems.among(file)
        found = reread(root, column, path, store, told)
        if found is None:
            return None
        if found.faults != found.faults_before:
            from gkssg.checks.verdict import retold  # noqa: PLC0415  (the rules take long to load)

            now = retold(column, found, told)
            if now is None:
                return None
            problems = problems.instead(file, now)
        old, new = found.before.gist.sketch, found.after.gist.sketch
        if old != new:
            if sketches.has_like(file, old) or sketches.has_like(file, new):
                return None
            sketches = sketches.instead(file, new)
        texts |= _differing(found.before.body, found.after.body)
    if not last.looked_into.isdisjoint(texts):
        return None
    frame = _frame(last)
    outputs: list[Output] = []
    for address in sorted({address for name in texts for address in store.showing(name)}):
        kept = store.page(address)
        if kept is None:
            return None
        page = with_texts(unpack(kept.data, frame.masthead), texts)
        outputs.append(Output(address, page, address))
    return Revision(tuple(outputs), column.theme, problems, sketches)


def _differing(before: BodyText, after: BodyText) -> dict[str, Stored]:
    """Give the new texts of a body by their names."""
    pairs = ((before.html, after.html), (before.headings, after.headings), (before.anchors, after.anchors))
    return {new.name: new for old, new in pairs if new != old}


def revise_search(last: Last, store: Store, digest: Callable[[object], str]) -> IndexRevision | None:
    """Plan what changes in the search index by new texts of the entries that it waits for.

    Gives None where the page of an entry is not known, of which the entry is taken.
    """
    frame = _frame(last)
    outputs: list[Output] = []
    segments: list[SearchSegment] = []
    were: dict[str, SearchSegment] = {}
    for segment, members in zip(frame.segments, frame.members, strict=True):
        now = segment
        for place, addresses in enumerate(names.split("\n") for names in members):
            if last.waiting.isdisjoint(addresses):
                continue
            documents = tuple(_documents(addresses, frame.masthead, store))
            if len(documents) < len(addresses):
                return None
            digests = [document_digest(document, digest) for document in documents]
            block = block_of(documents, digests, segment.blocks[place].text, digest)
            if block != segment.blocks[place]:
                outputs.append(Output(f"search/{block.id}/d/0.js", block, "the search index"))
                now = with_block(now, place, block, digest)
        if now is not segment:
            outputs.append(Output(f"search/{now.id}/segment.js", now, "the search index"))
            were[now.id] = segment
        segments.append(replace(now, blocks=tuple(replace(block, documents=()) for block in now.blocks)))
    after = replace(frame, segments=tuple(segments))
    if outputs:
        text = after.segments[0].blocks[0].text
        outputs.append(Output("search/manifest.js", manifest(after.segments, text), "the search index"))
    gone = set(_folders(frame.segments)) - set(_folders(after.segments))
    return IndexRevision(tuple(outputs), tuple(sorted(gone)), after, were)


def _documents(addresses: Iterable[str], masthead: Masthead, store: Store) -> Iterator[PublicDocument]:
    """Give the entries of some addresses, as far as their pages are kept."""
    for address in addresses:
        kept = store.page(address)
        document = document_of(unpack(kept.data, masthead)) if kept else None
        if document is not None:
            yield document


def _folders(segments: Iterable[SearchSegment]) -> Iterator[str]:
    for segment in segments:
        yield f"search/{segment.id}/"
        yield from (f"search/{block.id}/" for block in segment.blocks)
