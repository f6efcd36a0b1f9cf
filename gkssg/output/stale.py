"""Which outputs are not current, and what the manifest says when some of them have been made."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
import re

from gkssg.outcome import Reason
from gkssg.output.write import Manifest
from gkssg.site.model import Page, WithheldDocument
from gkssg.site.output import Output

Stale = tuple[Output, Reason]

_INDEX = re.compile(r"search/(manifest\.js$|(recent|archive|b)-[0-9a-f]+/)")
"""The paths of the search index."""


def is_of_index(path: str) -> bool:
    """Tell whether a file is one of the search index."""
    return _INDEX.match(path) is not None


def find_stale(
    outputs: Iterable[Output], target: Manifest, before: Manifest, out: Path, *, clean: bool
) -> tuple[Stale, ...]:
    """Find the outputs that are not current, each with the reason.

    ``target`` says of what every output is to be made, ``before`` of what the files in ``out`` were.
    """

    def reason(output: Output) -> Reason | None:
        if clean:
            return Reason.CLEAN
        if output.path not in before.outputs:
            return Reason.NEW
        if not (out / output.path).is_file():
            return Reason.MISSING
        if before.code != target.code:
            return Reason.CODE
        if before.values.get(output.path) != target.values[output.path]:
            return Reason.VALUE
        if before.theme != target.theme and isinstance(output.value, Page):
            return Reason.THEME
        return None

    return tuple((output, why) for output in outputs if (why := reason(output)))


def manifest_after(
    outputs: Sequence[Output],
    made: Sequence[Output],
    waiting: frozenset[str],
    digests: dict[str, str],
    target: Manifest,
    before: Manifest,
) -> Manifest:
    """Give the manifest for when ``made`` are in their places; ``digests`` are those of their files.

    ``waiting`` are the paths of what is not made yet. The old search index stays while the new one waits, unless it may
    name what is disclosed no more.
    """
    fresh = {output.path for output in made} | waiting
    kept = dict(_kept([output for output in outputs if output.path not in fresh], before))
    if waiting and not _withdrawn(made, outputs, before):
        kept |= {path: digest for path, digest in before.outputs.items() if is_of_index(path)}
    known = {path: value for path, value in target.values.items() if path not in waiting}
    return Manifest(kept | digests, target.code, target.theme, known)


def _withdrawn(made: Iterable[Output], outputs: Iterable[Output], before: Manifest) -> bool:
    """Tell whether the old search index may name what is disclosed no more: a page went, or shows no open entry."""
    planned = {output.path for output in outputs}
    gone = any(path not in planned and not is_of_index(path) for path in before.outputs)
    return gone or any(isinstance(o.value, Page) and isinstance(o.value.content, WithheldDocument) for o in made)


def _kept(outputs: Sequence[Output], before: Manifest) -> Iterator[tuple[str, str]]:
    """Give the files of current outputs with their digests; an output that fills a folder has all that is in it."""
    folders = tuple(output.folder for output in outputs if output.folder)
    paths = {output.path for output in outputs}
    for path, digest in before.outputs.items():
        if path in paths or (folders and path.startswith(folders)):
            yield path, digest
