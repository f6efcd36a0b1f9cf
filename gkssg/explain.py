"""What ``gkssg build --explain`` says: what was changed since the last build, what was made of it, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from gkssg.build import Reason, Report
from gkssg.language import Message, Speaker, printable, say

_MOST = 20
"""Files that are named for one reason, unless only some of them are asked for."""
_LONGEST = 4096
_INDEX = "search/"

REASONS = {
    Reason.NEW: say("new"),
    Reason.MISSING: say("the file is missing"),
    Reason.CODE: say("gkssg itself has changed"),
    Reason.THEME: say("the theme has changed"),
    Reason.VALUE: say("what it shows has changed"),
    Reason.CLEAN: say("--clean makes all anew"),
}
_REMOVED = say("removed: no longer planned")
_AS_IT_WAS = say("nothing was made anew there: what it shows is as it was")


def built_at(out: Path) -> int:
    """Give the time when what is in ``build/`` was made, in nanoseconds; 0 where nothing is."""
    try:
        return (out / "manifest.json").stat().st_mtime_ns
    except OSError:
        return 0


def explanation(report: Report, root: Path, out: Path, since: int, asked: str, speaker: Speaker) -> Iterator[str]:
    """Say line by line what was changed since a moment, what was made and why, grouped by reason.

    ``asked`` is a file or a folder of ``build/``, or empty: everything.
    """
    if since and not asked:
        named, others = _changed(root, out, since)
        yield from _group(say("changed in the column since the last build"), named, _MOST, speaker)
        if others:
            nameless = say("and {count} that have no page of their name", count=others)
            yield f"    {speaker.text(nameless)}"
    groups: defaultdict[Message, list[str]] = defaultdict(list)
    for path, reason in (
        *((path, REASONS[why]) for path, why in report.made),
        *((p, _REMOVED) for p in report.removed),
    ):
        if not asked or path == asked or path.startswith(f"{asked}/"):
            groups[reason].append(path)
    for reason, paths in groups.items():
        yield from _group(reason, paths, len(paths) if asked else _MOST, speaker)
    if asked and not groups:
        yield f"{asked}: {speaker.text(_AS_IT_WAS)}"


def _changed(root: Path, out: Path, since: int) -> tuple[tuple[str, ...], int]:
    """Name the files of the column that were written since; of those that have no public name, give the number alone.

    The name of a file may say what nobody may know. One that a file of ``build/`` has too is known anyway.
    """
    found = (path for top in ("content", "themes") for path in (root / top).rglob("*"))
    late = sorted(path.relative_to(root).as_posix() for path in found if path.is_file() and _written(path) > since)
    named = tuple(path for path in late if _is_known(path, out))
    return named, len(late) - len(named)


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns


def _is_known(path: str, out: Path) -> bool:
    if path.startswith("themes/") or path == "content/column.yml":
        return True
    inside = path.removeprefix("content/")
    return (out / inside).is_file() or (inside.endswith(".md") and (out / f"{inside[:-3]}.html").is_file())


def _group(title: Message, paths: Iterable[str], most: int, speaker: Speaker) -> Iterator[str]:
    """Name files under a title; those of the search index only by their number, unless all are to be named."""
    paths = tuple(paths)
    yield speaker.text(say("{title}: {count} files", title=title, count=len(paths)))
    index = tuple(path for path in paths if path.startswith(_INDEX)) if len(paths) > most else ()
    others = tuple(path for path in paths if not (index and path.startswith(_INDEX)))
    yield from (f"    {printable(path, _LONGEST)}" for path in others[:most])
    if len(others) > most:
        rest = say("and {count} more; “--explain PATH” names all in a folder", count=len(others) - most)
        yield f"    {speaker.text(rest)}"
    if index:
        yield f"    {_INDEX} ({len(index)})"
