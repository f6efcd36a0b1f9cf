"""The short way of a build (:mod:`gkssg.revise`): pages first, then the search index."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from gkssg.digest import Digester
from gkssg.making import keep_pages, prune, put_in_place
from gkssg.outcome import Built, Reason, Scratch, Work
from gkssg.output.search.block import term_ranges
from gkssg.output.search.segment import Former
from gkssg.output.theme import ThemeError, open_theme
from gkssg.output.write import Manifest, read_manifest
from gkssg.revise import MOST, packed, revise, revise_search
from gkssg.site.model import SearchSegment
from gkssg.site.output import Output
from gkssg.unchanged import forget


def revise_pages(work: Work, built: Built, changed: tuple[str, ...], scratch: Scratch) -> Built | None:
    """Make the pages that an edit of texts changes; None where it is more than that.

    ``built`` is what the last build left, ``changed`` are the files that are not as they were.
    """
    content = f"{work.root / 'content'}/"
    last = built.last
    if (
        not last
        or len(changed) > MOST
        or not all(path.startswith(content) and path.endswith(".md") for path in changed)
    ):
        return None
    forget(scratch.cache)
    revision = revise(work.root, [path.removeprefix(content) for path in changed], last, scratch.store)
    if revision is None:
        return None
    try:
        made, values = _revised(work, scratch, revision.theme, revision.outputs, (), built)
    except ThemeError:
        return None  # a whole build tells of it
    keep_pages(scratch.store, revision.outputs, values, {})
    waiting = last.waiting | {output.path for output in revision.outputs}
    report = replace(made.report, problems=revision.problems, index_waits=True)
    found = replace(last, problems=revision.problems, sketches=revision.sketches.data, waiting=waiting)
    return replace(made, report=report, last=found)


def revise_index(work: Work, built: Built, scratch: Scratch) -> Built | None:
    """Make what new texts change in the search index; None where what is known of it is not enough."""
    revision = revise_search(built.last, scratch.store, Digester().digest) if built.last else None
    if revision is None or built.last is None:
        return None
    made, _ = _revised(work, scratch, "", revision.outputs, revision.gone, built, revision.were)
    prune(scratch.cache / "runs", {block.digest for one in revision.frame.segments for block in one.blocks})
    last = replace(built.last, waiting=frozenset(), frame=packed(revision.frame))
    return replace(made, report=replace(made.report, index_waits=False), last=last)


def _revised(
    work: Work,
    scratch: Scratch,
    theme: str,
    outputs: tuple[Output, ...],
    gone: tuple[str, ...],
    built: Built,
    were: Mapping[str, SearchSegment] | None = None,
) -> tuple[Built, dict[str, str]]:
    """Make some outputs where all others stay, but for folders that go; give the digests of their values too."""
    found = read_manifest(work.out) if gone else None
    digester = Digester()
    values = {output.path: digester.digest(output.value) for output in outputs}

    def manifests(digests: dict[str, str]) -> tuple[Manifest, Manifest]:
        before = found or read_manifest(work.out)
        files, known = (
            {path: digest for path, digest in old.items() if not path.startswith(gone)} if gone else old
            for old in (before.outputs, before.values)
        )
        return before, replace(before, outputs=files | digests, values=known | values)

    chosen = tuple((output, Reason.VALUE) for output in outputs)
    themed = open_theme(work.root, theme)
    former = _former(work.out, were, found.outputs) if found and were else {}
    report, after = put_in_place(
        work, scratch, themed, chosen, manifests, built.report, nothing_goes=not gone, former=former
    )
    return Built(report, after.outputs, built.last), values


def _former(out: Path, were: Mapping[str, SearchSegment], known: Mapping[str, str]) -> dict[str, Former]:
    """Give what lies in ``build/`` of the segments as they were; ``known`` are the digests of its files."""

    def shards(segment: SearchSegment, number_of_range: int) -> Iterator[str]:
        for number in count():
            sha256 = known.get(f"search/{segment.id}/t/{number_of_range}-{number}.js")
            if sha256 is None:
                return
            yield sha256

    return {
        now: Former(
            out / "search" / segment.id,
            segment.blocks,
            tuple(tuple(shards(segment, number_of_range)) for number_of_range in term_ranges()),
        )
        for now, segment in were.items()
    }
