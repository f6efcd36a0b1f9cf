"""Interpretations (政策解读): what each explains and shows; all of them by form; and which documents are explained."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gkssg.dates import PartialDate
from gkssg.media import player_of
from gkssg.site.charts import Chart, by_years
from gkssg.site.desk import Desk, Special
from gkssg.site.lists import list_pages
from gkssg.site.model import Annex, Content, Entry, EntryLink, OpenDocument, every
from gkssg.terms import INTERPRETATION_FORMS, MULTIMEDIA, Kind, Word

SECTION = "statutory/interpretations"
_NEWEST_OF_FORM = 10


@dataclass(frozen=True, slots=True)
class Medium:
    """A file that explains: ``player`` is the element that shows it (``img``, ``video``, ``audio``), or empty."""

    player: str
    file: Annex


@dataclass(frozen=True, slots=True)
class InterpretationPage(Content):
    """An interpretation with the entries it explains and what it shows of its media."""

    document: OpenDocument
    explained: tuple[Entry, ...]
    by_head: bool
    media: tuple[Medium, ...]


@dataclass(frozen=True, slots=True)
class FormIssues:
    """The newest interpretations of one form (None: not stated), and how many there are: in each of the years, in all.

    ``every`` is the address of the list of all; empty where ``newest`` shows them all.
    """

    form: Word | None
    counts: tuple[int, ...]
    total: int
    newest: tuple[Entry, ...]
    every: str


@dataclass(frozen=True, slots=True)
class InterpretationForms(Content):
    """Interpretations by their form; one of several forms stands under each."""

    years: tuple[int, ...]
    forms: tuple[FormIssues, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A document that is to be explained: its interpretations, and how many days later the first came.

    ``days`` is None where there is none, or where a day is not known.
    """

    document: Entry
    by: tuple[EntryLink, ...]
    days: int | None


@dataclass(frozen=True, slots=True)
class CoverageYear:
    """One year of the coverage.

    Documents to be explained, those that were, those on the day they were published; and the interpretations of the
    year, those by the person in charge, those in pictures, sound or film.
    """

    year: int
    address: str
    documents: int
    explained: int
    same_day: int
    interpretations: int
    by_head: int
    multimedia: int


@dataclass(frozen=True, slots=True)
class InterpretationCoverage(Content):
    """Which documents that must be explained were, newest first, and what that makes a year.

    Where there are several years, only what is not explained is listed: each year has a page of its own.
    """

    years: tuple[CoverageYear, ...]
    missing: tuple[Entry, ...]
    explained: tuple[Explained, ...]
    chart: Chart | None = None


def interpretation_page(desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    """Give the page of an interpretation, with the entries it explains."""
    explained = (desk.by_address.get(link.address) for link in _links(document, "interprets"))
    content = InterpretationPage(
        document=document,
        explained=tuple(other.entry for other in explained if other),
        by_head="head" in _forms(document),
        media=tuple(Medium(player_of(file.address), file) for file in every(document.detail("media"), Annex)),
    )
    return "interpretation.html", content


def interpretation_pages(desk: Desk) -> Iterator[Special]:
    """Plan the interpretations by form, and the documents to be explained with their interpretations."""
    interpretations = desk.of_kind(Kind.INTERPRETATION)
    due = tuple(document for document in desk.of_kind(Kind.DOCUMENT) if must_be_explained(document))
    if interpretations:
        yield from _form_pages(desk, interpretations)
    if interpretations or due:
        yield from _coverage_pages(desk, due, interpretations)


def must_be_explained(document: OpenDocument) -> bool:
    """Tell whether a document must be explained: a normative document, or one that its editors call important."""
    return document.facts.normative or any(word.code == "true" for word in every(document.detail("important"), Word))


def _form_pages(desk: Desk, interpretations: tuple[OpenDocument, ...]) -> Iterator[Special]:
    title = desk.said("按形式查看", "By form")
    years = _years(document.entry for document in interpretations)
    forms: list[FormIssues] = []
    for word in (*INTERPRETATION_FORMS, None):
        entries = [d.entry for d in interpretations if (word.code in _forms(d) if word else not _forms(d))]
        if entries:
            folder = f"{SECTION}/form-{word.code if word else 'none'}"
            whole = len(entries) <= _NEWEST_OF_FORM
            count = Counter(entry.when.year for entry in entries if entry.when)
            forms.append(
                FormIssues(
                    form=word,
                    counts=tuple(count[year] for year in years),
                    total=len(entries),
                    newest=tuple(reversed(entries[-_NEWEST_OF_FORM:])),
                    every="" if whole else f"{folder}/index.html",
                )
            )
            if not whole:
                name = word.said(desk.site.masthead.language) if word else desk.said("未注明形式", "Form not stated")
                yield from list_pages(desk, SECTION, folder, f"{title}：{name}", entries)
    content = InterpretationForms(years, tuple(forms))
    yield Special(
        SECTION, f"{SECTION}/by-form.html", title, "interpretation_forms.html", content, "the interpretations by form"
    )


def _coverage_pages(
    desk: Desk, due: tuple[OpenDocument, ...], interpretations: tuple[OpenDocument, ...]
) -> Iterator[Special]:
    """Plan the coverage: all years with all that is not explained, and each year with what is."""
    title = desk.said("解读覆盖情况", "Documents explained")
    told = tuple(reversed([_explained(desk, document) for document in due]))
    years = tuple(
        _coverage_year(year, [one for one in told if _in(one.document, year)], interpretations)
        for year in _years((*(one.document for one in told), *(one.entry for one in interpretations)))
    )
    whole = InterpretationCoverage(years, tuple(one.document for one in told if not one.by), (), _drawn(desk, years))
    pages = [(f"{SECTION}/coverage.html", title, whole)]
    for row in years:
        inside = [one for one in told if _in(one.document, row.year)]
        missing = tuple(one.document for one in inside if not one.by)
        content = InterpretationCoverage((row,), missing, tuple(one for one in inside if one.by))
        pages.append((row.address, desk.said(f"{row.year}年{title}", f"{title}, {row.year}"), content))
    for address, name, content in pages:
        yield Special(
            SECTION,
            address,
            name,
            "interpretation_coverage.html",
            content,
            "the interpretations",
            listed=content is whole,
        )


def _drawn(desk: Desk, years: Iterable[CoverageYear]) -> Chart | None:
    names = (desk.said("应解读文件", "Documents to be explained"), desk.said("已解读文件", "Documents explained"))
    told = {year.year: (year.documents, year.explained) for year in years}
    return by_years(desk.said("历年政策解读", "Documents explained by year"), desk.said("件", ""), names, told)


def _coverage_year(year: int, told: list[Explained], interpretations: Iterable[OpenDocument]) -> CoverageYear:
    published = [one for one in interpretations if _in(one.entry, year)]
    return CoverageYear(
        year=year,
        address=f"{SECTION}/coverage-{year}.html",
        documents=len(told),
        explained=sum(bool(one.by) for one in told),
        same_day=sum(one.days is not None and one.days <= 0 for one in told),
        interpretations=len(published),
        by_head=sum("head" in _forms(one) for one in published),
        multimedia=sum(bool(MULTIMEDIA & _forms(one)) for one in published),
    )


def _explained(desk: Desk, document: OpenDocument) -> Explained:
    links = _links(document, "interprets-back")
    dates = [other.entry.when for link in links if (other := desk.by_address.get(link.address))]
    days = [days for date in dates if (days := _days(document.entry.published, date)) is not None]
    return Explained(document.entry, links, min(days, default=None))


def _days(published: PartialDate | None, explained: PartialDate | None) -> int | None:
    if published is None or explained is None or not (published.day and explained.day):
        return None
    return (explained.first - published.first).days


def _links(document: OpenDocument, relation: str) -> tuple[EntryLink, ...]:
    return tuple(
        link for detail in document.relations if detail.name == relation for link in every(detail.values, EntryLink)
    )


def _forms(document: OpenDocument) -> frozenset[str]:
    return frozenset(word.code for word in every(document.detail("form"), Word))


def _years(entries: Iterable[Entry]) -> tuple[int, ...]:
    return tuple(sorted({entry.when.year for entry in entries if entry.when}, reverse=True))


def _in(entry: Entry, year: int) -> bool:
    return entry.when is not None and entry.when.year == year
