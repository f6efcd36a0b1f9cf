"""The command line: the only place that prints, reads the clock and decides on exit codes.

Exit status: 0 well; 1 problems of severity error; 2 wrong usage.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
import datetime
from functools import partial
import gc
import os
from pathlib import Path
import re
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

from platformdirs import user_cache_dir

from gkssg import __version__
from gkssg import build as story
from gkssg.dates import DateError, parse_date
from gkssg.digest import digest_bytes
from gkssg.explain import built_at, explanation
from gkssg.language import LANGUAGES, Speaker, printable, say
from gkssg.output.write import UnsafeTargetError, check_target
from gkssg.periods import Span, parse_period
from gkssg.problem import About, Problem, any_error, in_order
from gkssg.report import FORMATS, as_brief, as_text, counted
from gkssg.said import said
from gkssg.terms import KINDS, REVIEW_RESULTS, REVIEW_STEPS, Kind

if TYPE_CHECKING:
    from gkssg.checks.deadlines import Deadline

WELL, FAULTY, MISUSED = 0, 1, 2
PORT = 8000
_Placed = TypeVar("_Placed", Problem, "Deadline")
_LAST_PORT = 65535
_A_YEAR, _MOST_DAYS = 366, 3660
_COLLECT = (20_000, 10, 100)
"""Of how many new values Python looks for those that hold one another: a build makes millions, and hardly any does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; ``arguments`` are those of the process unless given. Returns the exit status."""
    gc.set_threshold(*_COLLECT)
    arguments = sys.argv[1:] if arguments is None else arguments
    speaker = Speaker(_language(arguments))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser(speaker).parse_args(arguments, argparse.Namespace(root=Path()))
    try:
        return int(options.run(options, speaker))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    except OSError as error:
        _complain(speaker.text(say("{path}: {why}", path=error.filename or "", why=error.strerror or str(error))))
        return FAULTY


def _init(options: argparse.Namespace, speaker: Speaker) -> int:
    from gkssg.authoring.starter import init

    written, problems = init(options.folder)
    _print(FORMATS["text"](problems, speaker), sys.stderr)
    if any_error(problems):
        return FAULTY
    for path in written:
        _print(f"{options.folder / path}\n")
    folder = str(options.folder)
    _print(
        speaker.text(say("A new column. Fill in content/column.yml, then: gkssg -C {folder} build", folder=folder))
        + "\n"
    )
    return WELL


def _new(options: argparse.Namespace, speaker: Speaker) -> int:
    from gkssg.authoring.new import new

    kind = KINDS.find(options.kind)
    if kind is None:
        words = tuple(f"{word.code}（{word.zh}）" for word in KINDS)
        _complain(
            speaker.text(say("there is no kind “{found}”; the kinds are: {words}", found=options.kind, words=words))
        )
        return MISUSED
    year = datetime.datetime.now().astimezone().year
    path, problems = new(options.root, Kind(kind.code), options.title, options.category, year, speaker)
    _print(FORMATS["text"](problems, speaker), sys.stderr)
    if any_error(problems):
        return FAULTY
    _print(f"{path}\n")
    return WELL


def _ledger(options: argparse.Namespace, speaker: Speaker) -> int:
    from gkssg.authoring.ledger import write_ledger

    path = Path(os.path.relpath(options.file, options.root)).as_posix()
    if not options.file.is_file() or not path.startswith("content/"):
        _complain(speaker.text(say("there is no content file “{found}”", found=str(options.file))))
        return MISUSED
    done, problems = write_ledger(options.root, path, options.period)
    _print(FORMATS["text"](problems, speaker), sys.stderr)
    if any_error(problems):
        return FAULTY
    for message in (
        say("{path}: {count} rows added", path=done.path, count=len(done.added)),
        *(say("added: {number}", number=number) for number in done.added),
        *(
            say("no longer in the plan: {number}; its rows were left as they are", number=number)
            for number in done.gone
        ),
    ):
        _print(speaker.text(message) + "\n")
    return WELL


def _mask(options: argparse.Namespace, speaker: Speaker) -> int:
    from gkssg.authoring.mask import UnmaskableError, mask_file

    try:
        found = mask_file(options.file, write=False)
    except UnmaskableError as error:
        _complain(speaker.text(say("{path}: {why}", path=str(options.file), why=error.why)))
        return MISUSED
    for one in found:
        place = f"{options.file}:{one.line}"
        _print(speaker.text(say("{place}: {what} becomes {found}", place=place, what=one.what, found=one.shown)) + "\n")
    if not found:
        _print(speaker.word("No personal data are found.") + "\n", sys.stderr)
    elif options.yes or _agreed(speaker):
        mask_file(options.file, write=True)
        _print(speaker.text(say("{count} places masked", count=len(found))) + "\n", sys.stderr)
    else:
        _print(speaker.word("Nothing was changed.") + "\n", sys.stderr)
        return FAULTY
    return WELL


def _agreed(speaker: Speaker) -> bool:
    _print(speaker.word("Write this into the file? [y/N] "), sys.stderr)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}


def _review(options: argparse.Namespace, speaker: Speaker) -> int:
    from gkssg.authoring.review import Review, write_review

    path = Path(os.path.relpath(options.file, options.root)).as_posix()
    if not options.file.is_file() or not path.startswith("content/"):
        _complain(speaker.text(say("there is no content file “{found}”", found=str(options.file))))
        return MISUSED
    review = Review(options.step, options.person, options.today, options.result, options.opinion)
    problems = write_review(options.root, path, review)
    _print(FORMATS["text"](problems, speaker), sys.stderr)
    if any_error(problems):
        return FAULTY
    done = say("{path}: the review is recorded; any change of the entry or its files makes it void", path=path)
    _print(speaker.text(done) + "\n")
    return WELL


def _log(options: argparse.Namespace, speaker: Speaker) -> int:
    from gkssg.archive.publishlog import LOG
    from gkssg.authoring.publishlog import write_rows

    with _progress(speaker) as progress:
        rows, errors = story.unlogged(options.root, options.today, options.jobs, progress, _cache(options.root))
    if errors:
        _print(FORMATS["text"](errors, speaker), sys.stderr)
        _complain(speaker.word("Nothing was recorded: what has errors is not published."))
        return FAULTY
    if rows:
        write_rows(options.root, rows)
    _print(speaker.text(say("{path}: {count} rows added", path=LOG, count=len(rows))) + "\n")
    return WELL


def _check(options: argparse.Namespace, speaker: Speaker) -> int:
    for path in options.paths:
        if not path.exists():
            _complain(speaker.text(say("there is no file or folder “{found}”", found=str(path))))
            return MISUSED
    if options.due is not None or options.ics:
        return _due(options, speaker)
    if options.diff or options.fix:
        count = _mended(options, speaker)
        if options.diff:
            return FAULTY if count else WELL
    problems, about = _found(options, speaker)
    if options.write_baseline:
        return _baseline_written(options, speaker, problems)
    if options.baseline:
        from gkssg import baseline

        try:
            problems = _beyond(options, speaker, problems)
        except baseline.BaselineError as error:
            _complain(speaker.text(say("{path}: {why}", path=str(options.baseline), why=error.why)))
            return MISUSED
    _print(_formatted(problems, speaker, options, about))
    if options.format == "text":
        _print(counted(problems, speaker) + "\n", sys.stderr)
    return FAULTY if any_error(problems) else WELL


def _found(options: argparse.Namespace, speaker: Speaker) -> tuple[tuple[Problem, ...], About]:
    with _progress(speaker) as progress:
        problems, about = story.overview(options.root, options.today, options.jobs, progress, _cache(options.root))
    if options.external:
        problems = _with_external(options, problems)
    return tuple(_among(problems, options.paths, options.root)), about


def _baseline_written(options: argparse.Namespace, speaker: Speaker, problems: tuple[Problem, ...]) -> int:
    from gkssg import baseline

    options.write_baseline.write_text(baseline.written(problems), "utf-8")
    done = say("{path}: what is wrong today is known from now on", path=str(options.write_baseline))
    _print(speaker.text(done) + "\n", sys.stderr)
    return WELL


def _beyond(options: argparse.Namespace, speaker: Speaker, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    from gkssg import baseline

    new, hidden, gone = baseline.beyond(problems, baseline.read(options.baseline))
    counts = say("{hidden} known problems not shown; {gone} known ones are mended", hidden=hidden, gone=gone)
    _print(speaker.text(counts) + "\n", sys.stderr)
    return new


def _mended(options: argparse.Namespace, speaker: Speaker) -> int:
    """Show what is mended of the files that are named, and mend it unless only the difference is wanted."""
    from gkssg.archive.source import survey
    from gkssg.authoring.mend import mend_files, write

    paths = (f"content/{path}" for path in survey(options.root / "content").pages)
    count = 0
    for file in mend_files(options.root, (path for path in paths if _is_wanted(path, options.paths, options.root))):
        name = file.path.relative_to(options.root).as_posix()
        if not file.shown:
            hidden = say("{path}: changed; its lines are not shown", path=name)
            _print(speaker.text(hidden) + "\n")
        else:
            _print(file.diff(name))
        if not options.diff:
            write(file)
        count += 1
    done = say("{count} files would change", count=count) if options.diff else say("{count} files changed", count=count)
    _print(speaker.text(done) + "\n", sys.stderr)
    return count


def _formatted(
    problems: Sequence[Problem], speaker: Speaker, options: argparse.Namespace, about: About | None = None
) -> str:
    """Write problems in the form that was asked for; as text, with the lines they stand in."""
    if about and options.format == "html":
        from gkssg.office import as_html

        return as_html(problems, about, speaker, options.today)
    if options.format != "text" or not problems:
        return FORMATS[options.format](problems, speaker)
    from gkssg.excerpts import Excerpts

    return as_text(problems, speaker, Excerpts(options.root))


def _due(options: argparse.Namespace, speaker: Speaker) -> int:
    from gkssg import agenda

    forms = {"text": agenda.as_text, "json": agenda.as_json}
    if options.format not in forms:
        _complain(speaker.text(say("what falls due is given as {formats} only", formats=tuple(forms))))
        return MISUSED
    days = _A_YEAR if options.due is None else options.due
    with _progress(speaker) as progress:
        deadlines, errors, host = story.upcoming(
            options.root, options.today, days, options.jobs, progress, _cache(options.root)
        )
    deadlines = tuple(_among(deadlines, options.paths, options.root))
    _print(FORMATS["text"](errors, speaker), sys.stderr)
    if options.ics:
        text = agenda.as_calendar(deadlines, speaker, options.today, host)
        options.ics.write_text(text, "utf-8", newline="")
        done = say("{path}: {count} dates for the calendar", path=str(options.ics), count=len(deadlines))
        _print(speaker.text(done) + "\n", sys.stderr)
    else:
        _print(forms[options.format](deadlines, speaker))
    if options.format == "text" and not options.ics:
        done = say("{count} dates in the next {days} days", count=len(deadlines), days=days)
        _print(speaker.text(done) + "\n", sys.stderr)
    return FAULTY if errors else WELL


def _with_external(options: argparse.Namespace, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    from gkssg.external import external_problems

    now = datetime.datetime.now().astimezone()
    return in_order((*problems, *external_problems(options.root, _cache(options.root), now, options.jobs)))


def _build(options: argparse.Namespace, speaker: Speaker) -> int:
    out = options.out or options.root / "build"
    since = built_at(out)
    with _progress(speaker) as progress:
        report = story.build(
            options.root,
            out,
            options.today,
            language=speaker.language,
            jobs=options.jobs,
            clean=options.clean,
            cache=_cache(options.root),
            progress=progress,
        )
    if options.format == "text":
        mark = report.mark and f"{report.mark} {speaker.language}"
        _print(said(_cache(options.root), mark, partial(_brief, report, speaker, options)), sys.stderr)
    else:
        _print(FORMATS[options.format](report.problems, speaker))
    if options.explain is not None and not report.failed:
        asked = options.explain.removeprefix("build/").strip("/")
        for line in explanation(report, options.root, out, since, asked, speaker):
            _print(f"{line}\n")
    if options.format == "text":
        _print(counted(report.problems, speaker) + "\n", sys.stderr)
    if report.failed:
        _complain(speaker.word("Not built: the errors come first. What was built before is untouched."))
        return FAULTY
    counts = {"made": len(report.made), "written": len(report.written), "removed": len(report.removed)}
    summary = say(
        "{planned} files: {made} made, {written} written, {removed} removed", planned=report.planned, **counts
    )
    _print(speaker.text(summary) + "\n", sys.stderr)
    if report.made and (version := _unknown_version()):
        slower = say(
            "Python-Markdown {version} is not known to this gkssg: texts are read as ever, slower", version=version
        )
        _print(speaker.text(slower) + "\n", sys.stderr)
    _print(speaker.text(say("Open {path}", path=printable(str(out / "index.html"), 4096))) + "\n", sys.stderr)
    return WELL


def _brief(report: story.Report, speaker: Speaker, options: argparse.Namespace) -> str:
    from gkssg.excerpts import Excerpts

    return as_brief(report.problems, speaker, Excerpts(options.root))


def _unknown_version() -> str:
    from gkssg.markup.fast import unknown_version

    return unknown_version()


def _serve(options: argparse.Namespace, speaker: Speaker) -> int:
    from gkssg.serve.session import folder_of, let_processes_start_beside_threads, serve
    from gkssg.serve.watch import Watch
    from gkssg.serve.web import ADDRESS

    root = options.root
    if not (root / "content" / "column.yml").is_file():
        _print(FORMATS["text"](story.inspect(root, _today()), speaker), sys.stderr)
        return FAULTY
    try:
        listening = socket.create_server((ADDRESS, options.port))
    except OSError as error:
        why = say("port {port} cannot be used: {why}", port=options.port, why=error.strerror or str(error))
        _complain(speaker.text(why))
        _complain(speaker.word("Choose another with --port; --port 0 takes one that is free."))
        return FAULTY
    with listening, folder_of(_cache(root), options.port) as folder:
        out = options.out or folder / "served"
        try:
            check_target(out, root)
        except UnsafeTargetError as error:
            _print(FORMATS["text"]([error.problem], speaker), sys.stderr)
            return FAULTY

        def build(*, index: bool, progress: story.Progress) -> story.Report:
            where = {"language": speaker.language, "jobs": options.jobs, "cache": folder / "cache"}
            return story.build(root, out, options.today or _today(), **where, progress=progress, index=index)

        def polled(why: str) -> None:
            _complain(speaker.text(say("the system cannot watch the folders ({why}); they are polled", why=why)))

        if options.jobs > 1:
            let_processes_start_beside_threads()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        _print(f"http://{ADDRESS}:{listening.getsockname()[1]}/\n")
        _print(speaker.word("Open this address. Ctrl+C ends the server.") + "\n", sys.stderr)
        sys.stdout.flush()
        watch = Watch(root, poll=options.poll, fallen_back=polled)
        with suppress(KeyboardInterrupt):
            serve(listening, out, build, watch, speaker, partial(_told, speaker))
    _print(speaker.word("The server has ended.") + "\n", sys.stderr)
    return WELL


def _told(speaker: Speaker, report: story.Report) -> None:
    if not report.index_waits:  # the report that follows has the same ones
        _print(as_brief(report.problems, speaker), sys.stderr)
    time = datetime.datetime.now().astimezone().strftime("%H:%M:%S")
    if report.failed:
        done = say("Not built: the errors come first. What was built before is untouched.")
    elif report.index_waits:
        done = say("{written} files written; the search index follows", written=len(report.written))
    else:
        done = say(
            "{written} files written, {removed} removed", written=len(report.written), removed=len(report.removed)
        )
    _print(f"{time}  {counted(report.problems, speaker)}  {speaker.text(done)}\n", sys.stderr)
    sys.stderr.flush()


def _cache(root: Path) -> Path:
    """Give the folder for what the next build of the column in ``root`` may find again, among the user's caches."""
    folder = Path(os.environ.get("GKSSG_CACHE") or user_cache_dir("gkssg", appauthor=False))
    return folder / digest_bytes(str(root.resolve()).encode())[:16]


def _parser(speaker: Speaker) -> argparse.ArgumentParser:
    word = speaker.word
    common: Any = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=word("language of messages and pages")
    )
    common.add_argument(
        "-C",
        dest="root",
        metavar="DIR",
        type=Path,
        default=argparse.SUPPRESS,
        help=word("folder of the column, instead of this one"),
    )
    parser = _Parser(
        prog="gkssg",
        description=word("Compiles content/ into a government information disclosure column."),
        parents=[common],
        speaker=speaker,
    )
    parser.add_argument("--version", action="version", version=f"gkssg {__version__}", help=word("print the version"))
    commands = parser.add_subparsers(metavar=word("COMMAND"), required=True, title=word("commands"))

    def command(name: str, run: Callable[[argparse.Namespace, Speaker], int], sentence: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=sentence, description=sentence, parents=[common], speaker=speaker)
        made.set_defaults(run=run)
        return made

    made = command("init", _init, word("make a new column"))
    made.add_argument("folder", metavar="DIR", type=Path, help=word("folder to make it in"))

    made = command("new", _new, word("make a new content file, with the keys of its kind explained"))
    made.add_argument("kind", metavar="KIND", help=", ".join(f"{kind.code}（{kind.zh}）" for kind in KINDS))
    made.add_argument("title", metavar="TITLE", help=word("title, in quotes"))
    made.add_argument("--category", metavar="ID", default="", help=word("section to put it into, as statutory/policy"))

    made = command(
        "ledger", _ledger, word("make or complete the ledger beside a work plan: a row for each task in its text")
    )
    made.add_argument("file", metavar="FILE", type=Path, help=word("the plan, as content/statutory/policy/plan.md"))
    made.add_argument(
        "--period",
        metavar="PERIOD",
        type=_period(speaker),
        help=word("add a row for this period to each task, as 2026-Q3 or 2026-09"),
    )

    made = command("mask", _mask, word("mask the personal data of a text file, as 138****1234"))
    made.add_argument("file", metavar="FILE", type=Path, help=word("a content file, a CSV file or plain text"))
    made.add_argument("--yes", action="store_true", help=word("write without asking"))

    steps = ", ".join(f"{step.code}（{step.zh}）" for step in REVIEW_STEPS)
    made = command("review", _review, word("record in a content file that it was reviewed, bound to what it says now"))
    made.add_argument("file", metavar="FILE", type=Path, help=word("the content file that was reviewed"))
    made.add_argument("--step", metavar="STEP", type=_filled(speaker), required=True, help=steps)
    made.add_argument("--person", metavar="NAME", type=_filled(speaker), required=True, help=word("who reviewed it"))
    made.add_argument(
        "--result",
        choices=[result.code for result in REVIEW_RESULTS],
        default="passed",
        help=", ".join(f"{result.code}（{result.zh}）" for result in REVIEW_RESULTS),
    )
    made.add_argument("--opinion", metavar="TEXT", default="", help=word("what was said, in quotes"))
    made.add_argument(
        "--today", metavar="DATE", type=_day(speaker), default=_today(), help=word("the day of the review")
    )

    made = command("log", _log, word("record which entries are public now, each on the day it is first there"))
    _how_options(made, speaker, _today())

    made = command("check", _check, word("report everything that is wrong"))
    made.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help=word("report only on these files and folders")
    )
    _check_options(made, speaker)
    made.add_argument(
        "--external", action="store_true", help=word("also ask other hosts whether links to them still lead somewhere")
    )
    _run_options(made, speaker, "html")

    made = command("build", _build, word("compile content/ into build/"))
    made.add_argument("--out", metavar="DIR", type=Path, help=word("folder to build into, instead of build/"))
    made.add_argument("--clean", action="store_true", help=word("make every file anew"))
    made.add_argument(
        "--explain",
        metavar="PATH",
        nargs="?",
        const="",
        help=word("say what was made and why; with a file or a folder of build/, of that alone"),
    )
    _run_options(made, speaker)

    made = command("serve", _serve, word("build, show in the browser on this machine, and build again what changes"))
    made.add_argument(
        "--port", metavar="N", type=_port(speaker), default=PORT, help=word("port, instead of 8000; 0 takes a free one")
    )
    made.add_argument("--poll", action="store_true", help=word("look for changes every second: for network folders"))
    made.add_argument("--out", metavar="DIR", type=Path, help=word("folder to build into, instead of one of its own"))
    _how_options(made, speaker, None)
    return parser


def _check_options(made: argparse.ArgumentParser, speaker: Speaker) -> None:
    word = speaker.word
    made.add_argument("--fix", action="store_true", help=word("mend mechanical slips of content files, then check"))
    made.add_argument("--diff", action="store_true", help=word("show what --fix would change, and change nothing"))
    made.add_argument("--baseline", metavar="FILE", type=Path, help=word("leave out the problems that this file knows"))
    made.add_argument(
        "--write-baseline", metavar="FILE", type=Path, help=word("write what is wrong today into such a file")
    )
    made.add_argument(
        "--due",
        metavar="N",
        type=_days(speaker),
        help=word("list what falls due from today until N days later, instead of what is wrong"),
    )
    made.add_argument(
        "--ics",
        metavar="FILE",
        type=Path,
        help=word("write what falls due, in a year unless --due says otherwise, as a calendar that mail programs read"),
    )


def _run_options(parser: argparse.ArgumentParser, speaker: Speaker, *more: str) -> None:
    forms = (*FORMATS, *more)
    parser.add_argument("--format", choices=forms, default="text", help=speaker.word("form of the problems"))
    _how_options(parser, speaker, _today())


def _how_options(parser: argparse.ArgumentParser, speaker: Speaker, today: datetime.date | None) -> None:
    word = speaker.word
    parser.add_argument(
        "--today",
        metavar="DATE",
        type=_day(speaker),
        default=today,
        help=word("the day for which it is made, instead of today"),
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_count(speaker),
        default=os.cpu_count() or 1,
        help=word("processes to use, instead of one a core"),
    )


class _Help(argparse.HelpFormatter):
    """Help that begins in the language of the messages."""

    def __init__(self, speaker: Speaker, prog: str, **settings: Any) -> None:  # noqa: ANN401  (argparse's own settings)
        super().__init__(prog, **settings)
        self._speaker = speaker

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401  (same)
        """Write the usage behind a word of the language."""
        super().add_usage(usage, actions, groups, self._speaker.word("usage: ") if prefix is None else prefix)


# What argparse says, as regular expressions, and what is said instead.
_COMPLAINTS = (
    (r"unrecognized arguments: (?P<found>.*)", say("“{found}” is not known here")),
    (r"the following arguments are required: (?P<names>.*)", say("{names} is missing")),
    (
        r"argument (?P<name>.*?): invalid choice: '(?P<found>.*)' \(choose from (?P<words>.*)\)",
        say("{name} cannot be “{found}”; it is one of: {words}"),
    ),
    (r"argument (?P<name>.*?): expected one argument", say("{name} needs a value")),
    (r"argument (?P<name>.*?): (?P<why>.*)", say("{name}: {why}")),
)


class _Parser(argparse.ArgumentParser):
    """An argument parser that complains in the language of the messages."""

    def __init__(self, *, speaker: Speaker, **settings: Any) -> None:  # noqa: ANN401  (argparse's own settings)
        super().__init__(**settings, add_help=False, formatter_class=partial(_Help, speaker))
        self._speaker = speaker
        self._positionals.title = speaker.word("arguments")
        self._optionals.title = speaker.word("options")
        self.add_argument("-h", "--help", action="help", help=speaker.word("print this help"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and leave with status 2."""
        self.print_usage(sys.stderr)
        for pattern, complaint in _COMPLAINTS:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match:
                _complain(self._speaker.text(say(complaint.template, **match.groupdict())))
                break
        else:
            _complain(message)
        sys.exit(MISUSED)


def _language(arguments: Sequence[str]) -> str:
    """Find the language before anything is parsed, since the parser's own words depend on it."""
    for number, argument in enumerate(arguments):
        value = (
            arguments[number + 1]
            if argument == "--lang" and number + 1 < len(arguments)
            else argument.removeprefix("--lang=")
        )
        if argument.startswith("--lang") and value in LANGUAGES:
            return value
    return "zh"


def _day(speaker: Speaker) -> Callable[[str], datetime.date]:
    def parse(text: str) -> datetime.date:
        try:
            known = parse_date(text)
        except DateError as error:
            raise argparse.ArgumentTypeError(speaker.text(error.message)) from error
        if not known.day:
            raise argparse.ArgumentTypeError(speaker.text(say("“{found}” is not a whole date", found=text)))
        return known.first

    return parse


def _filled(speaker: Speaker) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not text.strip():
            raise argparse.ArgumentTypeError(speaker.text(say("“{found}” is empty", found=text)))
        return text.strip()

    return parse


def _period(speaker: Speaker) -> Callable[[str], Span]:
    def parse(text: str) -> Span:
        period = parse_period(text)
        if not period:
            raise argparse.ArgumentTypeError(speaker.text(say("“{found}” is not a period", found=text)))
        return period

    return parse


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


def _count(speaker: Speaker) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) < 1:
            raise argparse.ArgumentTypeError(speaker.text(say("“{found}” is not a number from 1", found=text)))
        return int(text)

    return parse


def _days(speaker: Speaker) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) > _MOST_DAYS:
            found = say("“{found}” is not a number from 0 to {most}", found=text, most=_MOST_DAYS)
            raise argparse.ArgumentTypeError(speaker.text(found))
        return int(text)

    return parse


def _port(speaker: Speaker) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) > _LAST_PORT:
            raise argparse.ArgumentTypeError(speaker.text(say("“{found}” is not a port from 0 to 65535", found=text)))
        return int(text)

    return parse


def _among(problems: Iterable[_Placed], paths: Sequence[Path], root: Path) -> Iterator[_Placed]:
    """Keep the problems, or dates, of the given files and folders; all of them where none is given."""
    return (problem for problem in problems if _is_wanted(problem.place.path, paths, root))


def _is_wanted(path: str, paths: Sequence[Path], root: Path) -> bool:
    """Tell whether a path of the column is among the files and folders that are given; where none is, it is."""
    place = Path(os.path.abspath(root / path))  # noqa: PTH100  (resolve() fails on a link to itself)
    return not paths or any(place.is_relative_to(os.path.abspath(one)) for one in paths)  # noqa: PTH100  (same)


@contextmanager
def _progress(speaker: Speaker) -> Iterator[story.Progress]:
    """Show how far long work has come, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _all: None
        return

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    words = {"load": speaker.word("reading"), "make": speaker.word("making"), "index": speaker.word("indexing")}
    # Without a thread of its own: the stages fork, and a fork beside a running thread may hang.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bars:
        tasks = {stage: bars.add_task(name, total=None, visible=False) for stage, name in words.items()}

        def show(stage: str, done: int, every: int) -> None:
            if done == every or not done % max(every // 100, 1):
                bars.update(tasks[stage], completed=done, total=every, visible=True, refresh=True)

        yield show


def _print(text: str, stream: TextIO | None = None) -> None:
    (stream or sys.stdout).write(text)


def _complain(text: str) -> None:
    sys.stderr.write(f"gkssg: {text}\n")
