"""Directories of dossiers: one a profile, section and year, as a page and as a table for spreadsheet programs.

That of major administrative decisions (重大行政决策事项目录) follows article 3 of their procedure (国务院令第713号).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gkssg.dates import PartialDate
from gkssg.profiles import Profile
from gkssg.site.desk import Desk, Special
from gkssg.site.dossiers import Step, profile_of, reached, steps
from gkssg.site.model import (
    Content,
    Crumb,
    DataTable,
    Entry,
    Label,
    Masthead,
    OpenDocument,
    OrganLink,
    PublicDocument,
)
from gkssg.site.output import Output
from gkssg.terms import ATTRIBUTES, TRUTHS, Attribute, Kind, Word

_YES, _NO = TRUTHS["true"], TRUTHS["false"]
_PLANNED, _ACTUAL = Label("计划", "Planned"), Label("实际", "Actual")
_DECIDED = ("meeting", "result")
_HEARING = "hearing"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a cell: what it says, the address it leads to, the title of what is there, and a date."""

    text: Label | Word | str
    address: str = ""
    title: str = ""
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier: its entry and a cell for each column; one that is not disclosed has none."""

    number: int
    entry: Entry
    cells: tuple[tuple[Item, ...], ...]


@dataclass(frozen=True, slots=True)
class Directory(Content):
    """All dossiers of a profile in a section and a year. ``csv`` is the address of the same table as a file."""

    matter: Label
    columns: tuple[Label, ...]
    lines: tuple[Line, ...]
    csv: str
    others: tuple[Crumb, ...]


def directory_pages(desk: Desk) -> Iterator[Special]:
    """Plan the directories, of each section the newest first."""
    yield from desk.once(_specials)


def directory_tables(desk: Desk) -> Iterator[Output]:
    """Plan the directories as tables for spreadsheet programs."""
    for special in desk.once(_specials):
        if isinstance(special.content, Directory):
            yield Output(special.content.csv, _table(desk, special.content), special.source)


def _specials(desk: Desk) -> tuple[Special, ...]:
    return tuple(_planned(desk))


def _planned(desk: Desk) -> Iterator[Special]:
    for (section, profile), years in _gathered(desk).items():
        named = {year: _address(section, profile, year) for year in sorted(years, reverse=True)}
        crumbs = {year: Crumb(_title(desk, profile, year), f"{address}.html") for year, address in named.items()}
        for year, address in named.items():
            others = tuple(crumb for other, crumb in crumbs.items() if other != year)
            content = _directory(desk, profile, years[year], f"{address}.csv", others)
            source = f"the directory of {section} for {year}"
            yield Special(section, f"{address}.html", crumbs[year].title, "directory.html", content, source)


def _title(desk: Desk, profile: Profile, year: int) -> str:
    return desk.said(f"{year}年度{profile.directory.zh}", f"{profile.directory.en}, {year}")


def _address(section: str, profile: Profile, year: int) -> str:
    """Give the address without its ending; where a profile is at home, it need not be named."""
    kind = "" if section == profile.section else f"-{profile.id}"
    return f"{section}/directory{kind}-{year}"


def _gathered(desk: Desk) -> dict[tuple[str, Profile], dict[int, list[PublicDocument]]]:
    """Give the dossiers by section and profile, then by year.

    Of one that is not disclosed nobody may know the profile and the year: it stands in the directory of its section,
    if there is but one, by its date.
    """
    found: dict[tuple[str, Profile], dict[int, list[PublicDocument]]] = {}
    dossiers = [document for document in desk.oldest_first if document.entry.kind is Kind.DOSSIER]
    for dossier in dossiers:
        profile = profile_of(desk, dossier) if isinstance(dossier, OpenDocument) else None
        year = _year(dossier) if isinstance(dossier, OpenDocument) else 0
        if profile and year:
            for section in dossier.entry.sections:
                found.setdefault((section, profile), defaultdict(list))[year].append(dossier)
    for dossier in dossiers:
        when = dossier.entry.when
        if not isinstance(dossier, OpenDocument) and when:
            for section in dossier.entry.sections:
                here = [key for key in found if key[0] == section]
                if len(here) == 1:
                    found[here[0]][when.year].append(dossier)
    return found


def _year(dossier: OpenDocument) -> int:
    typed = next((value for value in dossier.detail("year") if isinstance(value, PartialDate)), None)
    when = typed or dossier.entry.when
    return when.year if when else 0


def _directory(
    desk: Desk, profile: Profile, dossiers: Sequence[PublicDocument], csv: str, others: tuple[Crumb, ...]
) -> Directory:
    opened = [dossier for dossier in dossiers if isinstance(dossier, OpenDocument)]
    told = {dossier.entry.address: steps(desk, dossier) for dossier in opened}
    facts = _facts(profile, opened)
    groups = profile.columns or tuple((stage.word, (stage.id,)) for stage in profile.stages)
    lines = []
    for number, dossier in enumerate(dossiers, 1):
        cells: tuple[tuple[Item, ...], ...] = ()
        if isinstance(dossier, OpenDocument):
            by_stage = {step.stage.id: step for step in told[dossier.entry.address] if step.stage}
            own = (_fact(name, dossier, told[dossier.entry.address], by_stage) for name in facts)
            shown = (tuple(_material([by_stage[s] for s in i if s in by_stage], alone=len(i) == 1)) for _, i in groups)
            cells = (*own, *shown)
        lines.append(Line(number, dossier.entry, cells))
    columns = (*facts.values(), *(Label(word.zh, word.en) for word, _ in groups))
    matter = Label("决策事项", "Decision") if profile.id == "decision" else Label("事项", "Matter")
    return Directory(matter, columns, tuple(lines), csv, others)


def _facts(profile: Profile, dossiers: Sequence[OpenDocument]) -> dict[str, Label]:
    """Give the columns before those of the stages, by name; those that no dossier has something for are left out."""
    facts = {
        "undertaker": Label("承办单位", "Undertaking office"),
        "decide_by": Label("决策时间", "Time of the decision"),
        "participation": Label("公众参与方式", "Participation"),
        "hearing": Label("是否听证", "Hearing"),
        "reached": Label("进展", "Stage reached"),
    }
    stages = {stage.id for stage in profile.stages}
    kept = {"reached"} | ({"hearing"} if _HEARING in stages else set())
    kept |= {name for name in facts for dossier in dossiers if dossier.detail(name)}
    return {name: label for name, label in facts.items() if name in kept}


def _fact(name: str, dossier: OpenDocument, told: tuple[Step, ...], by_stage: dict[str, Step]) -> tuple[Item, ...]:
    values = dossier.detail(name)
    match name:
        case "undertaker":
            return tuple(Item(value.name, value.address) for value in values if isinstance(value, OrganLink))
        case "decide_by":
            planned = [Item(_PLANNED, date=value) for value in values if isinstance(value, PartialDate)]
            dates = [by_stage[s].date for s in _DECIDED if s in by_stage and by_stage[s].reached]
            return (*planned, *(Item(_ACTUAL, date=date) for date in list(filter(None, dates))[:1]))
        case "participation":
            return tuple(Item(value) for value in values if isinstance(value, str))
        case "hearing":
            return _hearing(dossier, by_stage[_HEARING])
        case _:
            now = reached(told)
            return (Item(now),) if now else ()


def _hearing(dossier: OpenDocument, step: Step) -> tuple[Item, ...]:
    """Tell whether there is a hearing: nothing where that cannot be known yet."""
    announced = any(isinstance(way, str) and "听证" in way for way in dossier.detail("participation"))
    if announced or (step.happenings and not step.skipped):
        return (Item(_YES),)
    return (Item(_NO),) if step.skipped or step.over else ()


def _material(shown: list[Step], *, alone: bool) -> Iterator[Item]:
    """Give what shows some stages; where nothing does, in what state they are.

    A stage that is ``alone`` in its column need not be named again.
    """
    for step in shown:
        many = len(step.entries) > 1
        for number, entry in enumerate(step.entries, 1):
            name = Label(f"{step.name.zh}{number}", f"{step.name.en} {number}") if many else step.name
            yield Item(name, entry.address, entry.title)
        if step.state and not step.entries:
            zh, en = step.state.zh, step.state.en
            said = Label(zh, en) if alone else Label(f"{step.name.zh}{zh}", f"{step.name.en}: {en}")
            yield Item(said, date=step.date)


def _table(desk: Desk, directory: Directory) -> DataTable:
    """Give a directory as texts; behind what is linked stands its whole address."""
    masthead = desk.site.masthead
    labels = (directory.matter, *directory.columns)
    head = (
        desk.said("序号", "Number"),
        *(label.said(masthead.language) for label in labels),
        desk.said("地址", "Address"),
    )
    rows = []
    for line in directory.lines:
        entry = line.entry
        title = entry.title or desk.said("（标题不予公开）", "(title not disclosed)")
        if entry.attribute is not Attribute.ACTIVE:
            title = f"{title}（{ATTRIBUTES[entry.attribute].said(masthead.language)}）"
        cells = ["；".join(_said(item, masthead) for item in cell) for cell in line.cells]
        rows.append(
            (str(line.number), title, *(cells or [""] * len(directory.columns)), masthead.base_url + entry.address)
        )
    return DataTable((head, *rows))


def _said(item: Item, masthead: Masthead) -> str:
    if isinstance(item.text, str):  # an organ, or a way to take part: the name is enough
        return item.text
    address = masthead.base_url + item.address if item.address else ""
    return " ".join(filter(None, (item.text.said(masthead.language), str(item.date or ""), address)))
