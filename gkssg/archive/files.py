"""What the files are that entries publish: each is opened once, those of entries that are not active never.

What was found is found again in the store while the file stays as it was.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
import pickle

from gkssg.annexes.examination import Examination
from gkssg.annexes.types import TYPES
from gkssg.archive.model import Document
from gkssg.archive.paths import referenced_files
from gkssg.digest import digest_file
from gkssg.language import say
from gkssg.processes import workers
from gkssg.store import Row, Store

_PREFIX = "file:"
"""What the names of rows of files begin with; no file in ``content/`` may have a colon in its name."""
_FEW = 32
_CHUNK = 8


def is_of_file(row: Row) -> bool:
    """Tell whether a row of the store says what a file is."""
    return row.name.startswith(_PREFIX)


def examinations(
    root: Path, documents: Iterable[Document], files: frozenset[str], jobs: int, store: Store
) -> tuple[tuple[str, Examination], ...]:
    """Examine the files of active documents, by their paths below ``content/``."""
    paths = sorted({path for d in documents if d.is_active for path, _ in referenced_files(d) if path in files})
    rows = {row.name: row for row in store.rows(_PREFIX)}
    marks = {path: _mark(root / "content" / path, path) for path in paths}
    known = {path: row for path in paths if (row := rows.get(_PREFIX + path)) and marks[path] == row.mark}
    found: dict[str, Examination] = {path: pickle.loads(row.data) for path, row in known.items()}  # noqa: S301  (written by this very code, for this user alone)
    changed = [path for path in paths if path not in known]
    new = dict(zip(changed, _each(partial(_examine, root / "content"), changed, jobs), strict=True))
    store.keep(
        (Row(_PREFIX + path, marks[path], pickle.dumps(new[path])) for path in changed if marks[path]),
        rows.keys() - {_PREFIX + path for path in paths},
    )
    store.commit()
    return tuple((path, found.get(path) or new[path]) for path in paths)


def _mark(path: Path, name: str) -> str:
    """Give what the outcome depends on: the bytes of a file and the ending of its name."""
    try:
        return f"{name.rpartition('.')[2]} {digest_file(path)}"
    except OSError:
        return ""


def _each(one: partial[Examination], paths: list[str], jobs: int) -> Iterator[Examination]:
    if jobs <= 1 or len(paths) < _FEW:
        yield from map(one, paths)
        return
    with workers(jobs) as pool:
        yield from pool.map(one, paths, chunksize=_CHUNK)


def _examine(content: Path, path: str) -> Examination:
    from gkssg.annexes.look import examine  # noqa: PLC0415  (its libraries take as long to load as all the rest)

    try:
        found = examine(content / path)
        return replace(found, weight=found.size or (content / path).stat().st_size)
    except OSError as error:
        why = say("the file cannot be read: {why}", why=error.strerror or type(error).__name__)
        return Examination(TYPES["unknown"], fault=why, may_be_published=False)
