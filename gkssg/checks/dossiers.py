"""Rules about dossiers: what a decision must say, and stages that are unknown, missing or out of order."""

from collections.abc import Iterator
from dataclasses import dataclass
import datetime

from gkssg.archive.fields import Record, Text
from gkssg.archive.model import Archive, Document
from gkssg.archive.relations import Relations, relations_of
from gkssg.dates import PartialDate
from gkssg.gather import gather
from gkssg.language import Message, say
from gkssg.problem import Place, Problem, Severity
from gkssg.profiles import ANY_TIME, Profile, Stage
from gkssg.schema import DETAILS, field_named
from gkssg.terms import Kind, Word
from gkssg.text import nearest

_NEEDED = ("undertaker", "decide_by", "participation")


@dataclass(frozen=True, slots=True)
class _Row:
    """What a dossier says of a stage; ``stage`` is None where its profile has none of that name."""

    typed: Text
    stage: Stage | None
    date: PartialDate | None
    state: str
    entries: tuple[str, ...]
    note: str
    place: Place

    @property
    def reached(self) -> bool:
        return self.state in {"done", "ongoing"}


def decision_is_complete(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A decision names who handles it, when it is planned for and how people take part: the directory shows it.

    《重大行政决策程序暂行条例》（国务院令第713号）第三条、第十一条、第十四条.
    """
    for dossier, profile in _dossiers(archive):
        if profile.id == "decision":
            for name in _NEEDED:
                field = field_named(DETAILS[Kind.DOSSIER], name)
                if field and not dossier.detail(name):
                    shown = f"{name}（{field.alias}）"
                    message = say("a major administrative decision needs {field}", field=shown)
                    hint = say(
                        "the yearly directory shows it; add {field}: {sentence}", field=shown, sentence=field.sentence
                    )
                    yield Problem(dossier.place("profile"), "decision-incomplete", message, hint)


def stage_is_known(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """Every stage of a dossier is one of its profile; others are shown where their date puts them."""
    for dossier, profile in _dossiers(archive):
        for row in _rows(dossier, profile, today):
            if row.stage is None:
                name = row.typed.value
                meant = nearest(name, (known for stage in profile.stages for known in stage.names))
                message = say(
                    "{profile} has no stage “{found}”; it is shown by its date", profile=profile.word, found=name
                )
                hint = (
                    say("did you mean “{meant}”?", meant=meant)
                    if meant
                    else say("the stages are: {stages}", stages=tuple(stage.word for stage in profile.stages))
                )
                yield Problem(row.typed.place, "stage-unknown", message, hint, Severity.WARNING)


def required_stage_is_there(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """No prescribed stage is passed over: the profile names the article that prescribes each."""
    links, by_id = relations_of(archive), {document.id: document for document in archive.documents}
    for dossier, profile in _dossiers(archive):
        rows = _rows(dossier, profile, today)
        found = _gathered(profile, rows, links, by_id)
        there = {row.stage.id for row in rows if row.stage} | found.keys()
        reached = {row.stage.id for row in rows if row.stage and row.reached} | found.keys()
        furthest = max((s for s in profile.stages if s.id in reached), key=lambda s: s.phase, default=None)
        for stage in profile.stages:
            if stage.required and stage.id not in there and furthest and ANY_TIME < stage.phase < furthest.phase:
                message = say(
                    "“{stage}” is prescribed, and the dossier says nothing of it, though “{later}” has been reached",
                    stage=stage.word,
                    later=furthest.word,
                )
                yield Problem(dossier.place("stages"), "stage-missing", message, _remedy(stage), Severity.WARNING)
        for row in rows:
            if row.stage and row.stage.required and row.state == "skipped" and not row.note:
                message = say("“{stage}” is prescribed; it is not said why it was not held", stage=row.stage.word)
                hint = say("add note（说明）with the reason")
                yield Problem(row.place, "stage-missing", message, hint, Severity.WARNING)
            if row.stage and row.stage.linked and row.reached and not row.entries and row.stage.id not in found:
                message = say("“{stage}” leads to no entry, so that readers cannot see it", stage=row.stage.word)
                hint = say("add entry（链接）: the id of the entry that shows it")
                yield Problem(row.place, "stage-unlinked", message, hint, Severity.WARNING)


def stages_are_in_order(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """No stage has an earlier date than one that must come before it."""
    for dossier, profile in _dossiers(archive):
        dated = [
            (row, row.stage, row.date)
            for row in _rows(dossier, profile, today)
            if row.stage and row.date and row.stage.phase != ANY_TIME
        ]
        for row, stage, date in dated:
            before = [(other, on) for _, other, on in dated if other.phase < stage.phase and on.first > date.last]
            if before:
                other, on = max(before, key=lambda pair: pair[1])
                message = say(
                    "“{stage}” is dated {date}, but “{other}”, which comes before it, {on}",
                    stage=stage.word,
                    date=str(date),
                    other=other.word,
                    on=str(on),
                )
                hint = say("compare both dates with the files")
                yield Problem(row.place, "stage-order", message, hint, Severity.WARNING)


def _dossiers(archive: Archive) -> Iterator[tuple[Document, Profile]]:
    """Give the dossiers that readers see, with their profiles."""
    profiles = {profile.id: profile for profile in archive.column.profiles}
    for document in archive.documents:
        if document.kind is Kind.DOSSIER and document.is_active:
            for word in document.detail("profile"):
                if isinstance(word, Word) and word.code in profiles:
                    yield document, profiles[word.code]


def _rows(dossier: Document, profile: Profile, today: datetime.date) -> tuple[_Row, ...]:
    return tuple(
        _row(record, profile, typed, today)
        for record in dossier.detail("stages")
        if isinstance(record, Record)
        for typed in record.texts("stage")
    )


def _row(record: Record, profile: Profile, typed: Text, today: datetime.date) -> _Row:
    date = next((value for value in record.part("date") if isinstance(value, PartialDate)), None)
    state = next((value.code for value in record.part("state") if isinstance(value, Word)), "")
    return _Row(
        typed=typed,
        stage=profile.find(typed.value),
        date=date,
        state=state or ("planned" if date and date.first > today else "done"),
        entries=tuple(text.value for text in record.texts("entry")),
        note=record.text("note"),
        place=record.place,
    )


def _gathered(
    profile: Profile, rows: tuple[_Row, ...], links: Relations, by_id: dict[str, Document]
) -> dict[str, tuple[str, ...]]:
    """Find what shows stages without the dossier naming it, as the page of the dossier does."""
    named: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row.stage:
            named[row.stage.id] = (*named.get(row.stage.id, ()), *row.entries)
    skipped = frozenset(row.stage.id for row in rows if row.stage and row.state == "skipped")

    def related(entry: str, relation: str, kind: Kind | None) -> Iterator[str]:
        document = by_id.get(entry)
        if document is None or not document.is_active:
            return
        for other in _related(document, relation, links):
            if kind is None or (other in by_id and by_id[other].kind is kind):
                yield other

    return gather(profile, named, skipped, related)


def _related(document: Document, relation: str, links: Relations) -> list[str]:
    if relation.endswith("-back"):
        said = (statement for statement in links.about(document) if statement.source.is_active)
        return [statement.source.id for statement in said if f"{statement.field.name}-back" == relation]
    targets = [statement.target.value for statement in links.of(document) if statement.field.name == relation]
    return targets or ([document.id] if document.detail(relation) else [])


def _remedy(stage: Stage) -> Message:
    added = say(
        "add it to stages（阶段）; if it was not held, say so: state: skipped（不开展）, and the reason in note（说明）"
    )
    return say("{source}. {remedy}", source=stage.source, remedy=added) if stage.source else added
