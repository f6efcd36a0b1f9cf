"""The page of a dossier: what happened to a matter, stage by stage, each with what shows it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from gkssg.dates import PartialDate
from gkssg.gather import gather
from gkssg.profiles import ANY_TIME, Profile, Stage
from gkssg.site.desk import Desk
from gkssg.site.model import Content, Detail, DetailValue, Entry, EntryLink, Label, OpenDocument, Row
from gkssg.terms import STAGE_STATES, Kind, Progress, Word

_DONE, _PLANNED = STAGE_STATES["done"], STAGE_STATES["planned"]
_REACHED = frozenset({"done", "ongoing"})
_BY_WEIGHT = ("ongoing", "done", "planned", "skipped")
_PROGRESS = {Progress.OPEN: "ongoing", Progress.PLANNED: "planned"}
_UNDATED = PartialDate(0)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened in a stage, or will: when, in what state it is, and the entries that show it."""

    date: PartialDate | None
    state: Word
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a dossier, with what happened in it, oldest first; nothing may have happened yet.

    ``stage`` is None where an editor's stage is none of the profile's. ``over`` tells, where nothing happened, whether
    later stages have been reached.
    """

    name: Label
    stage: Stage | None
    happenings: tuple[Happening, ...]
    over: bool = False

    @property
    def state(self) -> Word | None:
        """How far it has come: under way, else done, else planned, else decided against."""
        states = {happening.state.code for happening in self.happenings}
        return next((STAGE_STATES[code] for code in _BY_WEIGHT if code in states), None)

    @property
    def reached(self) -> bool:
        """Whether something happened in it."""
        return self.state is not None and self.state.code in _REACHED

    @property
    def skipped(self) -> bool:
        """Whether it was decided not to hold it."""
        return self.state is not None and self.state.code == "skipped"

    @property
    def date(self) -> PartialDate | None:
        """The day of the first thing that happened in it."""
        return next((happening.date for happening in self.happenings if happening.date), None)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What shows it."""
        return tuple(dict.fromkeys(entry for happening in self.happenings for entry in happening.entries))


@dataclass(frozen=True, slots=True)
class DossierPage(OpenDocument):
    """A dossier with its stages in order. Its details hold what is no stage, and the stage it has reached."""

    steps: tuple[Step, ...] = ()

    @property
    def rules(self) -> tuple[Stage, ...]:
        """The stages of its profile that a rule prescribes or describes."""
        stages = (step.stage for step in self.steps if step.stage)
        return tuple(stage for stage in stages if stage.source or stage.limit or stage.condition)


def dossier_page(desk: Desk, dossier: OpenDocument) -> tuple[str, Content]:
    """Give the page of a dossier."""
    told = steps(desk, dossier)
    details = tuple(detail for detail in dossier.details if detail.name != "stages")
    now = reached(told)
    if now:
        details = (*details, Detail("reached", Label("进展", "Stage reached"), (Word("reached", now.zh, now.en),)))
    kept = {field.name: getattr(dossier, field.name) for field in fields(OpenDocument)}
    return "dossier.html", DossierPage(**{**kept, "details": details}, steps=told)


def profile_of(desk: Desk, dossier: OpenDocument) -> Profile | None:
    """Give the profile of a dossier, where it has one."""
    code = next((word.code for word in dossier.detail("profile") if isinstance(word, Word)), "")
    return next((profile for profile in desk.site.profiles if profile.id == code), None)


def reached(told: tuple[Step, ...]) -> Label | None:
    """Give the name of the stage a matter has come to: the last of its profile that was reached.

    Stages that may come at any time do not tell how far it has come, unless there is no other.
    """
    happened = [step for step in told if step.reached]
    over = [step for step in happened if step.stage and step.stage.last]
    ordered = [step for step in happened if step.stage and step.stage.phase != ANY_TIME]
    return next((step.name for step in reversed(over or ordered or happened)), None)


def steps(desk: Desk, dossier: OpenDocument) -> tuple[Step, ...]:
    """Give the stages of a dossier: those of its profile in their order, others where their date puts them.

    A stage for which the dossier names no entry is shown by those that the relations of the others lead to.
    """
    known = desk.once(_Steps)
    if dossier.entry.address not in known:
        known[dossier.entry.address] = _steps(desk, dossier)
    return known[dossier.entry.address]


class _Steps(dict[str, tuple[Step, ...]]):
    """The stages of dossiers by their addresses: the page of a dossier and its directory show the same."""

    def __init__(self, _desk: Desk) -> None:
        super().__init__()


def _steps(desk: Desk, dossier: OpenDocument) -> tuple[Step, ...]:
    profile = profile_of(desk, dossier)
    named: dict[str, list[Happening]] = defaultdict(list)
    others: dict[str, list[Happening]] = defaultdict(list)
    for typed, happening in _typed(desk, dossier):
        stage = profile.find(typed) if profile else None
        (named[stage.id] if stage else others[typed]).append(happening)
    if profile is None:
        return tuple(_by_date([_step(Label(name, name), None, found) for name, found in others.items()]))
    _add_gathered(desk, profile, named)
    ordered = [_step(Label(s.zh, s.en), s, named.get(s.id, [])) for s in profile.stages]
    furthest = max((step.stage.phase for step in ordered if step.reached and step.stage), default=0)
    ordered = [replace(step, over=bool(step.stage and step.stage.phase < furthest)) for step in ordered]
    for name, found in others.items():
        step = _step(Label(name, name), None, found)
        ordered.insert(_place(ordered, step.date), step)
    return tuple(ordered)


def _typed(desk: Desk, dossier: OpenDocument) -> Iterator[tuple[str, Happening]]:
    """Give what the editor wrote, each with the name of its stage."""
    for row in dossier.detail("stages"):
        if not isinstance(row, Row):
            continue
        cells = {cell.name: cell.values for cell in row.cells}
        date = next((value for value in cells.get("date", ()) if isinstance(value, PartialDate)), None)
        typed = next((value for value in cells.get("state", ()) if isinstance(value, Word)), None)
        entries = _at(desk, tuple(link.address for link in cells.get("entry", ()) if isinstance(link, EntryLink)))
        state = typed or _state(desk, date, entries)
        yield _text(cells.get("stage", ())), Happening(date, state, _text(cells.get("note", ())), entries)


def _state(desk: Desk, date: PartialDate | None, entries: tuple[Entry, ...]) -> Word:
    """Tell from dates how far something has come: its own, and those of the consultations that show it."""
    if date and date.first > desk.site.today:
        return _PLANNED
    asked = {_PROGRESS[entry.progress] for entry in entries if entry.progress in _PROGRESS}
    return next((STAGE_STATES[code] for code in _BY_WEIGHT if code in asked), _DONE)


def _text(values: tuple[DetailValue, ...]) -> str:
    return next((value for value in values if isinstance(value, str)), "")


def _add_gathered(desk: Desk, profile: Profile, named: dict[str, list[Happening]]) -> None:
    """Add what the relations of the named entries lead to, at the stages that have no entry."""
    explicit = {stage: tuple(e.address for h in found for e in h.entries) for stage, found in named.items()}
    skipped = frozenset(s for s, found in named.items() if all(h.state.code == "skipped" for h in found))

    def related(address: str, relation: str, kind: Kind | None) -> Iterator[str]:
        document = desk.by_address.get(address)
        if not isinstance(document, OpenDocument):
            return
        for detail in (*document.relations, *document.details):
            if detail.name == relation:
                links = [link.address for link in detail.values if isinstance(link, EntryLink)] or [address]
                yield from (link for link in links if kind is None or _is(desk, link, kind))

    for stage, addresses in gather(profile, explicit, skipped, related).items():
        entries = _at(desk, addresses)
        if named.get(stage):
            first, *rest = named[stage]
            named[stage] = [replace(first, entries=entries), *rest]
        else:
            named[stage] = [_found(desk, entry) for entry in entries]


def _at(desk: Desk, addresses: tuple[str, ...]) -> tuple[Entry, ...]:
    """Give the entries at the addresses that have pages of their own."""
    return tuple(desk.by_address[address].entry for address in addresses if address in desk.by_address)


def _found(desk: Desk, entry: Entry) -> Happening:
    """Tell what an entry shows that no editor named, on the day of the meeting or call for opinions, else its own."""
    document = desk.by_address[entry.address]
    told = (document.detail("held") or document.detail("starts")) if isinstance(document, OpenDocument) else ()
    date = next((value for value in told if isinstance(value, PartialDate)), entry.when)
    return Happening(date, _state(desk, date, (entry,)), "", (entry,))


def _is(desk: Desk, address: str, kind: Kind) -> bool:
    return address in desk.by_address and desk.by_address[address].entry.kind is kind


def _step(name: Label, stage: Stage | None, found: list[Happening]) -> Step:
    return Step(name, stage, tuple(sorted(found, key=lambda happening: happening.date or _UNDATED)))


def _by_date(found: list[Step]) -> list[Step]:
    return sorted(found, key=lambda step: step.date or _UNDATED)


def _place(ordered: list[Step], date: PartialDate | None) -> int:
    """Tell where among the stages one belongs that is none of the profile: behind the last that is not later."""
    if date is None:
        return len(ordered)
    earlier = [number for number, step in enumerate(ordered, 1) if step.date and step.date <= date]
    return max(earlier, default=0)
