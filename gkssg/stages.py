"""The story, one line a stage: content is loaded, checked, disclosed, planned; what changed is made and written."""

from dataclasses import replace
import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from gkssg.archive.likeness import Sketches
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
from gkssg.making import keep_pages, prune, put_in_place
from gkssg.outcome import Built, Progress, Report, Scratch, Work
from gkssg.output.stale import find_stale, is_of_index, manifest_after
from gkssg.output.theme import Theme, ThemeError, open_theme
from gkssg.output.write import Manifest, read_manifest
from gkssg.problem import About, Place, Problem, Severity, any_error, in_order
from gkssg.revise import frame_of
from gkssg.site.model import FileCopy, SearchBlock
from gkssg.site.plan import collisions, plan
from gkssg.store import Store, watching
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
        sketches = Sketches.of((document.path, document.gist.sketch) for document in archive.documents).data
        del archive  # nothing beyond the gate needs it, and it may be large
        digester = Digester()
        static = {name: _copy("theme", name, path) for name, path in theme.static().items()}
        outputs = plan(site, static, digester.digest)
    problems += tuple(collisions(outputs))
    if any_error(problems):
        return Built(Report(in_order(problems), planned=len(outputs)))

    before = read_manifest(work.out)
    values = {output.path: digester.digest(output.value) for output in outputs}
    found, masthead = Findings.of(in_order(problems)), site.masthead
    del digester, problems, site  # all that follows is in the plan, and other processes are about to share the memory
    target = Manifest({}, code_digest(scratch.cache), theme.digest(), values)
    stale = find_stale(outputs, target, before, work.out, clean=work.clean)
    waiting = frozenset(output.path for output, _ in stale if is_of_index(output.path) and not work.index)
    chosen = tuple(one for one in stale if one[0].path not in waiting)
    made = [output for output, _ in chosen]

    def manifests(digests: dict[str, str]) -> tuple[Manifest, Manifest]:
        return before, manifest_after(outputs, made, waiting, digests, target=target, before=before)

    report = Report(found, planned=len(outputs), index_waits=bool(waiting))
    try:
        report, after = put_in_place(work, scratch, theme, chosen, manifests, report)
    except ThemeError as error:
        return Built(replace(report, problems=in_order([*found, _theme_problem(error, theme)])))
    prune(scratch.cache / "runs", {output.value.digest for output in outputs if isinstance(output.value, SearchBlock)})
    if waiting or work.clean:
        return Built(report, after.outputs)
    keep_pages(scratch.store, outputs, values, scratch.store.pages())
    last = Last(found, len(outputs), frame_of(masthead, outputs), frozenset(looked_into), sketches)
    return Built(report, after.outputs, last)


def _copy(root: str, name: str, path: Path) -> FileCopy:
    return FileCopy(root, name, digest_file(path), path.stat().st_size)


def _theme_problem(error: ThemeError, theme: Theme) -> Problem:
    folder = next((f for f in theme.folders if (f / "templates" / error.template).is_file()), default_theme())
    place = Place(f"themes/{folder.name}/templates/{error.template}", max(error.line, 1))
    message = say("the template cannot be rendered: {why}", why=error.why)
    return Problem(place, "theme", message, say("themes/default/README.md lists what a template may use"))
