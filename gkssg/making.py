"""What was planned is made and put in its place, and kept for the next build."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from gkssg.digest import digest_file
from gkssg.outcome import Report, Scratch, Work
from gkssg.output.make import Workshop, make_all
from gkssg.output.packed import pack
from gkssg.output.search.segment import Former
from gkssg.output.stale import Stale
from gkssg.output.theme import Theme
from gkssg.output.write import Manifest, place, publish
from gkssg.site.answers import Answers
from gkssg.site.model import Page
from gkssg.site.output import Output
from gkssg.store import Row, Store


def put_in_place(
    work: Work,
    scratch: Scratch,
    theme: Theme,
    chosen: Sequence[Stale],
    manifests: Callable[[dict[str, str]], tuple[Manifest, Manifest]],
    report: Report,
    *,
    nothing_goes: bool = False,
    former: Mapping[str, Former] | None = None,
) -> tuple[Report, Manifest]:
    """Make some outputs and publish them; give the report with what was done, and what the manifest says now.

    ``manifests`` gives the one before and the one now, of the digests of the files that were made; where
    ``nothing_goes``, the files are in their places before it is asked. ``former`` is as :class:`Workshop` has it.
    Raises ThemeError before anything has changed.
    """
    runs, compiled = (scratch.cache / name for name in ("runs", "templates"))
    for folder in (runs, compiled):
        folder.mkdir(exist_ok=True)
    workshop = Workshop(theme, work.language, work.root / "content", runs, compiled, former or {})
    outputs = [output for output, _ in chosen]
    making, indexing = (partial(work.progress, stage) for stage in ("make", "index"))
    made = list(make_all(outputs, workshop, scratch.folder, work.jobs, making, indexing))
    changed = [(path, file) for path, file, digest in made if not _holds(work.out / path, digest)]
    if nothing_goes:
        place(work.out, changed)
    before, after = manifests({path: digest for path, _, digest in made})
    removed = publish(work.out, () if nothing_goes else changed, before, after)
    done = replace(
        report,
        made=(*report.made, *((output.path, reason) for output, reason in chosen)),
        written=(*report.written, *(path for path, _ in changed)),
        removed=(*report.removed, *removed),
    )
    return done, after


def keep_pages(store: Store, outputs: Iterable[Output], values: dict[str, str], known: Mapping[str, str]) -> None:
    """Keep the values that hold texts for :mod:`gkssg.revise`; ``known`` are the marks of those that are kept."""
    pages = {output.path: output.value for output in outputs if isinstance(output.value, Page | Answers)}
    packed = ((path, pack(page)) for path, page in pages.items() if known.get(path) != values[path])
    rows = ((Row(path, values[path], one.data), one.texts) for path, one in packed)
    store.keep_pages(rows, known.keys() - pages.keys())
    store.commit()


def prune(runs: Path, used: set[str]) -> None:
    """Remove the search runs that no block has."""
    for path in runs.iterdir():
        if path.name not in used:
            path.unlink()


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and digest_file(path) == digest
