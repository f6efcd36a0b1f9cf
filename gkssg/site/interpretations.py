"""Interpretations (政策解读): what each explains and shows; all of them by form; and which documents are explained."""

from collections import Counter
from collections.abc import Iterable, Iterator

from gkssg.dates import PartialDate
from gkssg.media import player_of
from gkssg.site.desk import Desk, Special
from gkssg.site.model import (
    Annex,
    Content,
    CoverageYear,
    Entry,
    EntryLink,
    Explained,
    FormIssues,
    InterpretationCoverage,
    InterpretationForms,
    InterpretationPage,
    Medium,
    OpenDocument,
)
from gkssg.terms import INTERPRETATION_FORMS, MULTIMEDIA, Kind, Word

SECTION = "statutory/interpretations"


def interpretation_page(desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    """Give the page of an interpretation, with the entries it explains."""
    explained = (desk.by_address.get(link.address) for link in _links(document, "interprets"))
    content = InterpretationPage(
        document=document,
        explained=tuple(other.entry for other in explained if other),
        by_head="head" in _forms(document),
        media=tuple(
            Medium(player_of(file.address), file) for file in document.detail("media") if isinstance(file, Annex)
        ),
    )
    return "interpretation.html", content


def interpretation_pages(desk: Desk) -> Iterator[Special]:
    """Plan the interpretations by form, and the documents to be explained with their interpretations."""
    interpretations = desk.of_kind(Kind.INTERPRETATION)
    due = tuple(document for document in desk.of_kind(Kind.DOCUMENT) if must_be_explained(document))
    if interpretations:
        title = desk.said("按形式查看", "By form")
        content = _by_form(interpretations)
        yield Special(
            SECTION, f"{SECTION}/by-form.html", title, "interpretation_forms.html", content, "interpretations"
        )
    if interpretations or due:
        title = desk.said("解读覆盖情况", "Documents explained")
        coverage = _coverage(desk, due, interpretations)
        address = f"{SECTION}/coverage.html"
        yield Special(SECTION, address, title, "interpretation_coverage.html", coverage, "interpretations")


def must_be_explained(document: OpenDocument) -> bool:
    """Tell whether a document must be explained: a normative document, or one that its editors call important."""
    return document.facts.normative or any(
        isinstance(value, Word) and value.code == "true" for value in document.detail("important")
    )


def _by_form(interpretations: Iterable[OpenDocument]) -> InterpretationForms:
    documents = tuple(interpretations)
    years = _years(document.entry for document in documents)
    forms: list[FormIssues] = []
    for word in (*INTERPRETATION_FORMS, None):
        entries = [d.entry for d in documents if (word.code in _forms(d) if word else not _forms(d))]
        if entries:
            count = Counter(entry.when.year for entry in entries if entry.when)
            forms.append(FormIssues(word, tuple(count[year] for year in years), tuple(reversed(entries))))
    return InterpretationForms(years, tuple(forms))


def _coverage(
    desk: Desk, due: tuple[OpenDocument, ...], interpretations: tuple[OpenDocument, ...]
) -> InterpretationCoverage:
    told = tuple(_explained(desk, document) for document in due)
    rows = tuple(
        CoverageYear(
            year=year,
            documents=sum(_in(one.document, year) for one in told),
            explained=sum(_in(one.document, year) and bool(one.by) for one in told),
            same_day=sum(_in(one.document, year) and one.days is not None and one.days <= 0 for one in told),
            interpretations=sum(_in(one.entry, year) for one in interpretations),
            by_head=sum(_in(one.entry, year) and "head" in _forms(one) for one in interpretations),
            multimedia=sum(_in(one.entry, year) and bool(MULTIMEDIA & _forms(one)) for one in interpretations),
        )
        for year in _years((*(one.document for one in told), *(one.entry for one in interpretations)))
    )
    newest_first = tuple(reversed(told))
    return InterpretationCoverage(
        years=rows,
        missing=tuple(one.document for one in newest_first if not one.by),
        explained=tuple(one for one in newest_first if one.by),
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
        value
        for detail in document.relations
        if detail.name == relation
        for value in detail.values
        if isinstance(value, EntryLink)
    )


def _forms(document: OpenDocument) -> frozenset[str]:
    return frozenset(value.code for value in document.detail("form") if isinstance(value, Word))


def _years(entries: Iterable[Entry]) -> tuple[int, ...]:
    return tuple(sorted({entry.when.year for entry in entries if entry.when}, reverse=True))


def _in(entry: Entry, year: int) -> bool:
    return entry.when is not None and entry.when.year == year
