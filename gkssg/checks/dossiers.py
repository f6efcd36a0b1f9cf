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
    """A major administrative decision does not say who handles it, when it is planned for or how people take part.

    The yearly directory shows it. Add undertaker（承办单位）, decide_by（决策时间）and participation（公众参与方式）.

    Rule: decision-incomplete, error.
    Source: 重大行政决策程序暂行条例（国务院令第713号）第三条、第十一条、第十四条.

    Wrong::

        ---
        title: 示例区停车收费标准调整
        kind: dossier
        attribute: active
        profile: decision
        undertaker: 示例区人民政府
        participation: 听证会
        ---
        正文。

    Right::

        ---
        title: 示例区停车收费标准调整
        kind: dossier
        attribute: active
        profile: decision
        undertaker: 示例区人民政府
        participation: 听证会
        decide_by: 2026-12
        ---
        正文。
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
    """A dossier has a stage that its type does not have.

    It is shown all the same, by its date. Correct the name; where it is indeed another stage, leave it.

    Rule: stage-unknown, warning.
    Source: gkssg.

    Wrong::

        ---
        title: 示例道路工程
        kind: dossier
        attribute: active
        profile: project
        stages: [{stage: 项目批复了, date: 2026-03-01}]
        ---
        正文。

    Right::

        ---
        title: 示例道路工程
        kind: dossier
        attribute: active
        profile: project
        stages: [{stage: 批准结果, date: 2026-03-01}]
        ---
        正文。
    """
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
    """A stage that is prescribed is passed over, or was not held and it is not said why.

    Add the stage. Where it was not held, say so, with the reason: the profile names the article that prescribes it.

    Rule: stage-missing, warning.
    Source: 事项类型里每个环节的依据，例如重大行政决策程序暂行条例（国务院令第713号）第十条至第三十二条.

    Wrong::

        ---
        title: 示例道路工程
        kind: dossier
        attribute: active
        profile: project
        stages: [{stage: 施工, date: 2026-03-01}]
        ---
        正文。

    Right::

        ---
        title: 示例道路工程
        kind: dossier
        attribute: active
        profile: project
        stages: [{stage: 批准结果, date: 2026-01-05}, {stage: 施工, date: 2026-03-01}]
        ---
        正文。
    """
    for dossier, profile, rows, found in _told(archive, today):
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


def stage_has_its_entry(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A stage that was reached leads to no entry, so that readers cannot see it.

    Add entry（链接）: the id of the entry that shows it.

    Rule: stage-unlinked, warning.
    Source: 事项类型里每个环节的依据，例如政府采购法实施条例（国务院令第658号）第四十三条.

    Wrong::

        ---
        title: 示例办公设备采购
        kind: dossier
        attribute: active
        profile: procurement
        stages: [{stage: intention, date: 2026-01-05}, {stage: notice, date: 2026-03-01}, {stage: result, date:
        2026-04-01}]
        ---
        正文。

    Right::

        --- content/statutory/policy/caigou.md ---
        ---
        title: 示例办公设备采购
        kind: dossier
        attribute: active
        profile: procurement
        stages:
          - {stage: intention, date: 2026-01-05}
          - {stage: notice, date: 2026-03-01}
          - {stage: result, date: 2026-04-01, entry: statutory/policy/chengjiao}
        ---
        正文。
        --- content/statutory/policy/chengjiao.md ---
        ---
        title: 示例办公设备采购成交公告
        attribute: active
        ---
        正文。
    """
    for _, _, rows, found in _told(archive, today):
        for row in rows:
            if row.stage and row.stage.linked and row.reached and not row.entries and row.stage.id not in found:
                message = say("“{stage}” leads to no entry, so that readers cannot see it", stage=row.stage.word)
                hint = say("add entry（链接）: the id of the entry that shows it")
                yield Problem(row.place, "stage-unlinked", message, hint, Severity.WARNING)


def stages_are_in_order(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A stage has an earlier date than one that must come before it.

    Compare both dates with the files.

    Rule: stage-order, warning.
    Source: 事项类型里每个环节的依据，例如重大行政决策程序暂行条例（国务院令第713号）第十条至第三十二条.

    Wrong::

        ---
        title: 示例道路工程
        kind: dossier
        attribute: active
        profile: project
        stages: [{stage: 批准结果, date: 2026-05-01}, {stage: 施工, date: 2026-03-01}]
        ---
        正文。

    Right::

        ---
        title: 示例道路工程
        kind: dossier
        attribute: active
        profile: project
        stages: [{stage: 批准结果, date: 2026-01-05}, {stage: 施工, date: 2026-03-01}]
        ---
        正文。
    """
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


def _told(
    archive: Archive, today: datetime.date
) -> Iterator[tuple[Document, Profile, tuple[_Row, ...], dict[str, tuple[str, ...]]]]:
    """Give each dossier with what it says of its stages, and what shows stages without being named."""
    links, by_id = relations_of(archive), {document.id: document for document in archive.documents}
    for dossier, profile in _dossiers(archive):
        rows = _rows(dossier, profile, today)
        yield dossier, profile, rows, _gathered(profile, rows, links, by_id)


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
