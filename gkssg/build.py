"""The story, one line a stage: content is loaded, checked, disclosed, planned; what changed is made and written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
import datetime
from enum import StrEnum
from functools import partial
from importlib.metadata import version
from pathlib import Path
import re
import shutil

from gkssg.archive.load import load
from gkssg.checks import check
from gkssg.digest import Digester, digest_bytes, digest_file, digest_tree
from gkssg.disclose import disclose
from gkssg.language import say
from gkssg.output.make import Workshop, make_all
from gkssg.output.theme import Theme, ThemeError, default_folder, open_theme
from gkssg.output.write import Manifest, UnsafeTargetError, aside, check_target, publish, read_manifest
from gkssg.problem import Place, Problem, any_error, in_order
from gkssg.site.model import FileCopy, Page, SearchSegment, WithheldDocument
from gkssg.site.output import Output
from gkssg.site.plan import collisions, plan
from gkssg.store import IN_MEMORY, Store, StoreError, open_store
from gkssg.unchanged import Last, began, recall, remember, state_of_output, state_of_sources

Progress = Callable[[str, int, int], None]
"""Told the stage (``load``, ``make``, ``index``), how much of it is done, and all of it."""


class Reason(StrEnum):
    """Why a file is made."""

    NEW = "new"
    MISSING = "missing"
    CODE = "code"
    THEME = "theme"
    VALUE = "value"
    CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: paths made with the reason, written and removed, and how many files are planned.

    ``index_waits`` says that the search index is still to be made.
    """

    problems: tuple[Problem, ...]
    made: tuple[tuple[str, Reason], ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    planned: int = 0
    index_waits: bool = False

    @property
    def failed(self) -> bool:
        """Whether errors stopped the build, so that ``build/`` is as it was."""
        return any_error(self.problems)


def _silent(_stage: str, _done: int, _all: int) -> None:
    """Report no progress."""


def inspect(
    root: Path, today: datetime.date, jobs: int = 1, progress: Progress = _silent, cache: Path | None = None
) -> tuple[Problem, ...]:
    """Find everything that is wrong with the column in the folder ``root``; nothing is written but the ``cache``."""
    if cache is not None:
        with suppress(StoreError), open_store(cache, code_digest()) as store:
            return _inspect(root, today, jobs, progress, store)
        shutil.rmtree(cache, ignore_errors=True)  # broken, or in use by another build
    return _inspect(root, today, jobs, progress, IN_MEMORY)


def _inspect(root: Path, today: datetime.date, jobs: int, progress: Progress, store: Store) -> tuple[Problem, ...]:
    archive, problems = load(root, jobs, store, partial(progress, "load"))
    problems += check(archive, today)
    if not any_error(problems):
        site = disclose(archive, today, "zh", lambda path: FileCopy("content", path, "", 0))
        problems += tuple(collisions(plan(site, {}, Digester().digest)))
    return in_order(problems)


def build(
    root: Path,
    out: Path,
    today: datetime.date,
    *,
    language: str = "zh",
    jobs: int = 1,
    clean: bool = False,
    cache: Path | None = None,
    progress: Progress = _silent,
    index: bool = True,
) -> Report:
    """Build the column in the folder ``root`` into the folder ``out``, as on the day ``today``.

    With a problem of severity error nothing in ``out`` changes. ``clean`` makes every file anew. ``cache`` is a folder
    in which the next build finds what this one read; it changes no byte of the output and may be deleted at any time.

    Without ``index`` the search index waits for the next build: the old one stays, or goes where it may name what is
    withdrawn. An error raised by ``progress`` ends the build and leaves ``out`` as it was.
    """
    one = partial(_build, root, out, today=today, language=language, jobs=jobs, clean=clean)
    one = partial(one, progress=progress, index=index)
    try:
        check_target(out, root)
        if cache is not None and not clean:
            folders = (root / "content", root / "themes", default_folder())
            with suppress(StoreError):
                return _build_with(cache, folders, out, f"{today} {language}", one)
            shutil.rmtree(cache, ignore_errors=True)  # broken, or in use by another build
        with aside(out) as folder, open_store(folder / "cache", "") as store:
            return one(folder, store, folder / "cache")
    except UnsafeTargetError as error:
        return Report((error.problem,))


def _build_with(
    cache: Path, folders: tuple[Path, ...], out: Path, settings: str, one: Callable[[Path, Store, Path], Report]
) -> Report:
    """Build with what an earlier build left in the cache, unless nothing at all has changed since."""
    code = code_digest()
    sources, newest = state_of_sources(folders, f"{code} {out.resolve()} {settings}")
    last = recall(cache)
    if last and (last.sources, last.out) == (sources, state_of_output(out)):
        return Report(last.problems, planned=last.planned)
    with aside(out) as folder, open_store(cache, code) as store:
        start = began(cache)
        report = one(folder, store, cache)
    if not report.failed and not report.index_waits:
        remember(cache, Last(sources, state_of_output(out), report.problems, report.planned), newest, start)
    return report


def _build(
    root: Path,
    out: Path,
    folder: Path,
    store: Store,
    cache: Path,
    *,
    today: datetime.date,
    language: str,
    jobs: int,
    clean: bool,
    progress: Progress,
    index: bool,
) -> Report:
    archive, problems = load(root, jobs, store, partial(progress, "load"))
    problems += check(archive, today)
    if any_error(problems):
        return Report(in_order(problems))

    theme = open_theme(root, archive.column.theme)
    site = disclose(archive, today, language, lambda path: _copy("content", path, root / "content" / path), store)
    store.commit()
    del archive  # nothing beyond the gate needs it, and it may be large
    digester = Digester()
    static = {name: _copy("theme", name, path) for name, path in theme.static().items()}
    outputs = plan(site, static, digester.digest)
    problems += tuple(collisions(outputs))
    if any_error(problems):
        return Report(in_order(problems), planned=len(outputs))

    before = read_manifest(out)
    values = {output.path: digester.digest(output.value) for output in outputs}
    code, templates = code_digest(), theme.digest()
    stale = _stale(outputs, values, code, templates, before, out, clean=clean)
    waiting = {output.path for output, _ in stale if _INDEX.match(output.path)} if not index else set()
    stale = [(output, reason) for output, reason in stale if output.path not in waiting]
    runs = cache / "runs"
    runs.mkdir(exist_ok=True)
    workshop = Workshop(theme, language, root / "content", runs)
    try:
        chosen = [output for output, _ in stale]
        made = list(make_all(chosen, workshop, folder, jobs, partial(progress, "make"), partial(progress, "index")))
    except ThemeError as error:
        return Report(in_order([*problems, _theme_problem(error, theme)]), planned=len(outputs))

    _prune(runs, outputs)
    digests = {path: digest for path, _, digest in made}
    fresh = {output.path for output, _ in stale} | waiting
    kept = dict(_kept([output for output in outputs if output.path not in fresh], before))
    if waiting and not _withdrawn(chosen, outputs, before):
        kept |= {path: digest for path, digest in before.outputs.items() if _INDEX.match(path)}
    known = {path: value for path, value in values.items() if path not in waiting}
    changed = [(path, file) for path, file, digest in made if not _holds(out / path, digest)]
    removed = publish(out, changed, before, Manifest(kept | digests, code, templates, known))
    return Report(
        in_order(problems),
        tuple((output.path, reason) for output, reason in stale),
        tuple(path for path, _ in changed),
        removed,
        len(outputs),
        index_waits=bool(waiting),
    )


_INDEX = re.compile(r"search/(manifest\.js$|(recent|archive)-[0-9a-f]+/)")
"""The paths of the search index."""


def _withdrawn(made: Iterable[Output], outputs: Iterable[Output], before: Manifest) -> bool:
    """Tell whether the old search index may name what is disclosed no more: a page went, or shows no open entry."""
    planned = {output.path for output in outputs}
    gone = any(path not in planned and not _INDEX.match(path) for path in before.outputs)
    return gone or any(isinstance(o.value, Page) and isinstance(o.value.content, WithheldDocument) for o in made)


def _prune(runs: Path, outputs: Sequence[Output]) -> None:
    """Remove the search runs that none of the outputs is made of."""
    segments = [output.value for output in outputs if isinstance(output.value, SearchSegment)]
    used = {block.digest for segment in segments for block in segment.blocks}
    for path in runs.iterdir():
        if path.name not in used:
            path.unlink()


_LIBRARIES = (
    "markdown",
    "jinja2",
    "nh3",
    "pyyaml",
    "olefile",
    "openpyxl",
    "pillow",
    "pypdf",
    "striprtf",
    "xlrd",
)


def code_digest() -> str:
    """Give one digest of gkssg's own sources and of the libraries that decide on the bytes of a page."""
    package = Path(__file__).parent
    libraries = "".join(f"{name} {version(name)}\n" for name in _LIBRARIES)
    parts = (
        digest_tree(package, "**/*.py"),
        digest_tree(package / "defaults"),
        digest_tree(package / "locale"),
        libraries,
    )
    return digest_bytes("\n".join(parts).encode())


def _kept(outputs: Sequence[Output], before: Manifest) -> Iterator[tuple[str, str]]:
    """Give the files of current outputs with their digests; an output that fills a folder has all that is in it."""
    folders = tuple(output.folder for output in outputs if output.folder)
    paths = {output.path for output in outputs}
    for path, digest in before.outputs.items():
        if path in paths or (folders and path.startswith(folders)):
            yield path, digest


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and digest_file(path) == digest


def _copy(root: str, name: str, path: Path) -> FileCopy:
    return FileCopy(root, name, digest_file(path), path.stat().st_size)


def _stale(
    outputs: Sequence[Output],
    values: dict[str, str],
    code: str,
    theme: str,
    before: Manifest,
    out: Path,
    *,
    clean: bool,
) -> list[tuple[Output, Reason]]:
    """Find the outputs that are not current, each with the reason."""

    def reason(output: Output) -> Reason | None:
        if clean:
            return Reason.CLEAN
        if output.path not in before.outputs:
            return Reason.NEW
        if not (out / output.path).is_file():
            return Reason.MISSING
        if before.code != code:
            return Reason.CODE
        if before.values.get(output.path) != values[output.path]:
            return Reason.VALUE
        if before.theme != theme and isinstance(output.value, Page):
            return Reason.THEME
        return None

    return [(output, why) for output in outputs if (why := reason(output))]


def _theme_problem(error: ThemeError, theme: Theme) -> Problem:
    folder = next((f for f in theme.folders if (f / "templates" / error.template).is_file()), default_folder())
    place = Place(f"themes/{folder.name}/templates/{error.template}", max(error.line, 1))
    message = say("the template cannot be rendered: {why}", why=error.why)
    return Problem(place, "theme", message, say("themes/default/README.md lists what a template may use"))
