"""The column's own types of dossiers, from ``content/column.yml``."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
import re

from gkssg.archive.fields import Record, Text
from gkssg.language import say
from gkssg.problem import Place, Problem
from gkssg.profiles import PROFILES, Profile, Stage, with_own
from gkssg.terms import Word

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def own_profiles(records: Iterable[Record]) -> tuple[tuple[Profile, ...], tuple[Problem, ...]]:
    """Give all profiles of the column, its own among them, and what is wrong with these."""
    problems: list[Problem] = []
    own: dict[str, Profile] = {}
    for record in records:
        code = next(iter(record.texts("id")), Text("", record.place))
        problems += _problems(record, code, own)
        own.setdefault(code.value, _profile(record, code.value))
    return with_own(tuple(own.values())), tuple(problems)


def _profile(record: Record, code: str) -> Profile:
    """Make a profile; what it has in common with the one it changes is kept."""
    title = record.text("title")
    base = next((profile for profile in PROFILES if profile.id == code), None)
    stages: list[Stage] = []
    for part in record.part("stages"):
        if isinstance(part, Record):
            stages.append(_stage(part, base, stages))
    if base is None:
        directory = Word("directory", f"{title}事项清单", title)
        return Profile(code, title, title, tuple(stages), directory)
    known = {stage.id for stage in base.stages}
    added = tuple((s.word, (s.id,)) for s in stages if s.id not in known)
    columns = (*base.columns, *added) if base.columns else ()
    return replace(base, zh=title or base.zh, stages=tuple(stages), columns=columns)


def _stage(record: Record, base: Profile | None, before: list[Stage]) -> Stage:
    """Make a stage; one of the profile that is changed keeps what the column does not say.

    A new one among those stands in no order to the one before it; in a profile of the column's own the order is as
    written.
    """
    title = record.text("title")
    code = record.text("id") or title
    known = (base.find(code) or base.find(title)) if base else None
    previous = before[-1].phase if before else 1
    new = Stage(code, title, title, previous if base else len(before) + 1)
    stage = known or new
    required = next((value for value in record.part("required") if isinstance(value, bool)), stage.required)
    return replace(
        stage,
        zh=title or stage.zh,
        also=(*stage.also, stage.zh, code),
        required=required,
        limit=record.text("limit") or stage.limit,
        source=record.text("source") or stage.source,
    )


def _problems(record: Record, code: Text, own: dict[str, Profile]) -> Iterator[Problem]:
    if code.value and not _ID.fullmatch(code.value):
        message = say("a type of dossiers cannot have the id “{found}”", found=code.value)
        hint = say("it becomes part of an address: small letters, digits and hyphens, as old-estates")
        yield Problem(code.place, "profile-id", message, hint)
    if code.value in own:
        message = say("the type of dossiers “{found}” is given twice", found=code.value)
        yield Problem(code.place, "profile-twice", message, say("keep one of the two"))
    seen: dict[str, Place] = {}
    for part in record.part("stages"):
        if not isinstance(part, Record):
            continue
        for text in dict.fromkeys((*part.texts("title"), *part.texts("id"))):
            first = seen.setdefault(text.value, part.place)
            if first != part.place:
                message = say("two stages of this type are called “{found}”", found=text.value)
                hint = say("line {line} has it already: give one of them another name", line=first.line)
                yield Problem(text.place, "profile-twice", message, hint)
