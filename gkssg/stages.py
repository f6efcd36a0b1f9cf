"""The story, one line a stage: content is loaded, checked, disclosed, planned; what changed is made and written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from gkssg.archive.load import load
from gkssg.archive.model import Archive, Document
from gkssg.archive.organs import Organs
from gkssg.archive.publishlog import rows_to_add
from gkssg.checks import check, due
from gkssg.checks.deadlines import Deadline
from gkssg.code import code_digest, default_theme
from gkssg.digest import Digester, digest_file
from gkssg.disclose import disclose
from gkssg.findings import Findings
from gkssg.language import say
from gkssg.outcome import Built, Progress, Reason, Report, Scratch, Work
from gkssg.output.make import Workshop, make_all
from gkssg.output.packed import pack
from gkssg.output.stale import Stale, find_stale, is_of_index, manifest_after
from gkssg.output.theme import Theme, ThemeError, open_theme
from gkssg.output.write import Manifest, publish, read_manifest
from gkssg.problem import About, Place, Problem, Severity, any_error, in_order
from gkssg.revise import MOST, frame_of, packed, revise, revise_search
from gkssg.site.answers import Answers
from gkssg.site.model import FileCopy, Page, SearchBlock
from gkssg.site.output import Output
from gkssg.site.plan import collisions, plan
from gkssg.store import Row, Store, watching
from gkssg.terms import Kind
from gkssg.unchanged import Last, forget

Upcoming = tuple[tuple[Deadline, ...], tuple[Problem, ...], str]
"""What falls due; the errors on account of which something may be missing there; and the host of the column."""


def find_problems(
    root: Path, today: datetime.date, jobs: int, progress: Progress, store: Store
) -> tuple[tuple[Problem, ...], About]:
    """Find everything that is wrong with a column, and whose files they are; nothing is made."""
    archive, problems = load(root, jobs, store, partial(progress, "load"))
    problems = check(archive, today, problems)
    if not any_error(problems):
        site = disclose(archive, today, "zh", lambda path: FileCopy("content", path, "", 0))
        problems += tuple(collisions(plan(site, {}, Digester().digest)))
    return in_order(problems), _about(archive, {problem.place.path for problem in problems})


def _about(archive: Archive, paths: set[str]) -> About:
    """Tell of some files which organ answers for each: the first issuer; an organ's page is its own."""
    organs, ours = Organs(archive.documents), archive.column.organ.value

    def owner(document: Document) -> str:
        if document.kind is Kind.ORGAN:
            return document.title if document.is_active else ours
        name = next((issuer.value for issuer in document.issuers), ours)
        organ = organs.named(name)
        return organ.title if organ and organ.is_active else name

    owners = tuple((document.path, owner(document)) for document in archive.documents if document.path in paths)
    return About(archive.column.name, ours, owners, sum(document.is_active for document in archive.documents))


def find_due(root: Path, today: datetime.date, days: int, jobs: int, progress: Progress, store: Store) -> Upcoming:
    """Find what falls due within so many days."""
    archive, problems = load(root, jobs, store, partial(progress, "load"))
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    host = urlsplit(archive.column.base_url).hostname or "gkssg.invalid"
    return due(archive, today, days), in_order(errors), host


def find_unlogged(
    root: Path, today: datetime.date, jobs: int, progress: Progress, store: Store
) -> tuple[tuple[tuple[str, str, str], ...], tuple[Problem, ...]]:
    """Find the rows that the publish log lacks, and the errors of the column."""
    archive, problems = load(root, jobs, store, partial(progress, "load"))
    problems += check(archive, today)
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    ids = ((document.id, str(document.published or "")) for document in archive.documents if document.is_active)
    return rows_to_add(ids, archive.log, today), in_order(errors)


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
    _keep_pages(scratch.store, revision.outputs, values, {})
    waiting = last.waiting | {output.path for output in revision.outputs}
    report = replace(made.report, problems=revision.problems, index_waits=True)
    return replace(made, report=report, last=replace(last, problems=revision.problems, waiting=waiting))


def revise_index(work: Work, built: Built, scratch: Scratch) -> Built | None:
    """Make what new texts change in the search index; None where what is known of it is not enough."""
    revision = revise_search(built.last, scratch.store, Digester().digest) if built.last else None
    if revision is None or built.last is None:
        return None
    made, _ = _revised(work, scratch, "", revision.outputs, revision.gone, built)
    _prune(scratch.cache / "runs", {block.digest for one in revision.frame.segments for block in one.blocks})
    last = replace(built.last, waiting=frozenset(), frame=packed(revision.frame))
    return replace(made, report=replace(made.report, index_waits=False), last=last)


def _revised(
    work: Work, scratch: Scratch, theme: str, outputs: tuple[Output, ...], gone: tuple[str, ...], built: Built
) -> tuple[Built, dict[str, str]]:
    """Make some outputs where all others stay, but for folders that go; give the digests of their values too."""
    before = read_manifest(work.out)
    digester = Digester()
    values = {output.path: digester.digest(output.value) for output in outputs}

    def manifest(digests: dict[str, str]) -> Manifest:
        files, known = (
            {path: digest for path, digest in old.items() if not path.startswith(gone)} if gone else old
            for old in (before.outputs, before.values)
        )
        return replace(before, outputs=files | digests, values=known | values)

    chosen = tuple((output, Reason.VALUE) for output in outputs)
    report, after = _put_in_place(work, scratch, open_theme(work.root, theme), chosen, before, manifest, built.report)
    return Built(report, after.outputs, built.last), values


def build_whole(work: Work, scratch: Scratch) -> Built:
    """Build the column: all of it is loaded, checked, disclosed and planned, and what changed is made."""
    forget(scratch.cache)
    with watching() as looked_into:
        archive, problems = load(work.root, work.jobs, scratch.store, partial(work.progress, "load"))
        problems = check(archive, work.today, problems)
        if any_error(problems):
            return Built(Report(in_order(problems)))

        theme = open_theme(work.root, archive.column.theme)
        content = work.root / "content"
        site = disclose(
            archive, work.today, work.language, lambda path: _copy("content", path, content / path), scratch.store
        )
        scratch.store.commit()
        del archive  # nothing beyond the gate needs it, and it may be large
        digester = Digester()
        static = {name: _copy("theme", name, path) for name, path in theme.static().items()}
        outputs = plan(site, static, digester.digest)
    problems += tuple(collisions(outputs))
    if any_error(problems):
        return Built(Report(in_order(problems), planned=len(outputs)))

    before = read_manifest(work.out)
    values = {output.path: digester.digest(output.value) for output in outputs}
    target = Manifest({}, code_digest(), theme.digest(), values)
    stale = find_stale(outputs, target, before, work.out, clean=work.clean)
    waiting = frozenset(output.path for output, _ in stale if is_of_index(output.path) and not work.index)
    chosen = tuple(one for one in stale if one[0].path not in waiting)
    manifest = partial(manifest_after, outputs, [output for output, _ in chosen], waiting, target=target, before=before)
    report = Report(in_order(problems), planned=len(outputs), index_waits=bool(waiting))
    try:
        report, after = _put_in_place(work, scratch, theme, chosen, before, manifest, report)
    except ThemeError as error:
        return Built(replace(report, problems=in_order([*problems, _theme_problem(error, theme)])))
    _prune(scratch.cache / "runs", {output.value.digest for output in outputs if isinstance(output.value, SearchBlock)})
    if waiting or work.clean:
        return Built(report, after.outputs)
    _keep_pages(scratch.store, outputs, values, scratch.store.pages())
    found = Findings.of(report.problems)
    last = Last(found, len(outputs), frame_of(site.masthead, outputs), frozenset(looked_into))
    return Built(replace(report, problems=found), after.outputs, last)


def _put_in_place(
    work: Work,
    scratch: Scratch,
    theme: Theme,
    chosen: Sequence[Stale],
    before: Manifest,
    manifest: Callable[[dict[str, str]], Manifest],
    report: Report,
) -> tuple[Report, Manifest]:
    """Make some outputs and publish them; give the report with what was done, and what the manifest says now.

    ``manifest`` gives it, of the digests of the files that were made. Raises ThemeError before anything has changed.
    """
    runs, compiled = (scratch.cache / name for name in ("runs", "templates"))
    for folder in (runs, compiled):
        folder.mkdir(exist_ok=True)
    workshop = Workshop(theme, work.language, work.root / "content", runs, compiled)
    outputs = [output for output, _ in chosen]
    making, indexing = (partial(work.progress, stage) for stage in ("make", "index"))
    made = list(make_all(outputs, workshop, scratch.folder, work.jobs, making, indexing))
    changed = [(path, file) for path, file, digest in made if not _holds(work.out / path, digest)]
    after = manifest({path: digest for path, _, digest in made})
    removed = publish(work.out, changed, before, after)
    done = replace(
        report,
        made=(*report.made, *((output.path, reason) for output, reason in chosen)),
        written=(*report.written, *(path for path, _ in changed)),
        removed=(*report.removed, *removed),
    )
    return done, after


def _keep_pages(store: Store, outputs: Iterable[Output], values: dict[str, str], known: Mapping[str, str]) -> None:
    """Keep the values that hold texts for :mod:`gkssg.revise`; ``known`` are the marks of those that are kept."""
    pages = {output.path: output.value for output in outputs if isinstance(output.value, Page | Answers)}
    packed = ((path, pack(page)) for path, page in pages.items() if known.get(path) != values[path])
    rows = ((Row(path, values[path], one.data), one.texts) for path, one in packed)
    store.keep_pages(rows, known.keys() - pages.keys())
    store.commit()


def _prune(runs: Path, used: set[str]) -> None:
    """Remove the search runs that no block has."""
    for path in runs.iterdir():
        if path.name not in used:
            path.unlink()


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and digest_file(path) == digest


def _copy(root: str, name: str, path: Path) -> FileCopy:
    return FileCopy(root, name, digest_file(path), path.stat().st_size)


def _theme_problem(error: ThemeError, theme: Theme) -> Problem:
    folder = next((f for f in theme.folders if (f / "templates" / error.template).is_file()), default_theme())
    place = Place(f"themes/{folder.name}/templates/{error.template}", max(error.line, 1))
    message = say("the template cannot be rendered: {why}", why=error.why)
    return Problem(place, "theme", message, say("themes/default/README.md lists what a template may use"))
