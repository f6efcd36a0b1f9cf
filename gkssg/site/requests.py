"""依申请公开: the titles that can be asked for, the form and where to hand it in; what was disclosed since."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gkssg.language import Message, Speaker
from gkssg.sections import ATTRIBUTES, CONVERTED, FORM, OFFICES, TITLES
from gkssg.site.charts import Chart, by_years
from gkssg.site.desk import Desk, Special
from gkssg.site.model import (
    Content,
    Conversion,
    DataTable,
    Detail,
    Entry,
    OpenDocument,
    OrganLink,
    PublicDocument,
    Row,
    WithheldDocument,
)
from gkssg.terms import ATTRIBUTES as WORDS_OF_ATTRIBUTES
from gkssg.terms import Attribute, Kind

_TITLES_TABLE = "request/titles.csv"
_TITLES_HEAD = (
    ("标题", "Title"),
    ("发文字号", "Document number"),
    ("成文日期", "Date written"),
    ("公开机构", "Organ"),
    ("公开属性", "Disclosure attribute"),
    ("理由", "Reason"),
    ("复审日期", "Next review"),
    ("地址", "Address"),
)
_ATTRIBUTES_TABLE = "request/attributes.csv"
_COUNT_HEAD = (
    ("公开机构", "Organ"),
    ("年度", "Year"),
    ("主动公开", "Disclosed"),
    ("依申请公开", "On request"),
    ("不予公开", "Withheld"),
    ("合计", "Total"),
    ("公文公开率", "Rate"),
)


@dataclass(frozen=True, slots=True)
class TitlesPage(Content):
    """Everything that is registered and not published, newest first: what can be asked for, and what is withheld."""

    on_request: tuple[WithheldDocument, ...]
    withheld: tuple[WithheldDocument, ...]
    table: str


@dataclass(frozen=True, slots=True)
class RequestForm(Content):
    """The application form (Disclosure Regulation, article 29)."""

    organ: str


@dataclass(frozen=True, slots=True)
class Office:
    """The office of an organ that takes applications."""

    organ: OrganLink
    facts: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class OfficesPage(Content):
    """Where applications are taken (受理点), the column's own organ first."""

    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """An entry that was not disclosed before, and how it came to be."""

    entry: Entry
    conversion: Conversion


@dataclass(frozen=True, slots=True)
class ConvertedPage(Content):
    """The log of conversions, newest first."""

    rows: tuple[Converted, ...]


@dataclass(frozen=True, slots=True)
class AttributeCount:
    """How many documents have which attribute. ``year`` is 0 where it is not known, ``organ`` None for all together."""

    organ: OrganLink | None
    year: int
    active: int
    on_request: int
    withheld: int

    @property
    def registered(self) -> int:
        """All of them."""
        return self.active + self.on_request + self.withheld

    @property
    def rate(self) -> str:
        """公文公开率: the active ones among all, in per cent."""
        return f"{100 * self.active / self.registered:.1f}%"


@dataclass(frozen=True, slots=True)
class AttributesPage(Content):
    """公开属性统计: documents by attribute, by year and by organ and year."""

    years: tuple[AttributeCount, ...]
    organs: tuple[AttributeCount, ...]
    table: str
    chart: Chart | None


def request_pages(desk: Desk) -> Iterator[Special]:
    """Plan the pages of 依申请公开 that are no entry's."""
    form = RequestForm(desk.site.masthead.organ.name)
    yield _special(desk, FORM, ("政府信息公开申请表", "Application form"), form)
    yield _special(desk, OFFICES, ("受理点", "Where to apply"), OfficesPage(tuple(_offices(desk))))
    titles = TitlesPage(_registered(desk, Attribute.ON_REQUEST), _registered(desk, Attribute.WITHHELD), _TITLES_TABLE)
    rows = (_title_row(document, desk) for document in (*titles.on_request, *titles.withheld))
    table = _table(desk, _TITLES_HEAD, rows)
    yield _special(desk, TITLES, ("依申请公开标题目录", "Titles on request"), titles, ((_TITLES_TABLE, table),))
    log = ConvertedPage(tuple(sorted(_converted(desk), key=lambda row: row.conversion.date, reverse=True)))
    yield _special(desk, CONVERTED, ("依申请公开转主动公开", "Disclosed after review"), log)
    years = tuple(_by_year(desk))
    counts = AttributesPage(years, tuple(_by_organ(desk)), _ATTRIBUTES_TABLE, _drawn(desk, years))
    table = _table(desk, _COUNT_HEAD, map(_count_row, counts.organs))
    yield _special(desk, ATTRIBUTES, ("公开属性统计", "Disclosure figures"), counts, ((_ATTRIBUTES_TABLE, table),))


def _special(
    desk: Desk,
    address: str,
    title: tuple[str, str],
    content: Content,
    tables: tuple[tuple[str, DataTable], ...] = (),
) -> Special:
    template = address.rpartition("/")[2]
    return Special("request", address, desk.said(*title), template, content, f"the page {address}", tables=tables)


def _table(desk: Desk, head: tuple[tuple[str, str], ...], rows: Iterable[tuple[str, ...]]) -> DataTable:
    return DataTable((tuple(desk.said(*label) for label in head), *rows))


def _offices(desk: Desk) -> Iterator[Office]:
    own = desk.site.masthead.organ.address
    for organ in sorted(desk.of_kind(Kind.ORGAN), key=lambda organ: (organ.entry.address != own, organ.entry.address)):
        for row in organ.detail("disclosure_office"):
            if isinstance(row, Row):
                yield Office(OrganLink(organ.entry.title, organ.entry.address), row.cells)


def _registered(desk: Desk, attribute: Attribute) -> tuple[WithheldDocument, ...]:
    """Give the entries with an attribute that is not active, newest first."""
    return tuple(
        document
        for document in reversed(desk.oldest_first)
        if isinstance(document, WithheldDocument) and document.entry.attribute is attribute
    )


def _title_row(document: WithheldDocument, desk: Desk) -> tuple[str, ...]:
    entry, language = document.entry, desk.site.masthead.language
    reason = document.reason
    return (
        entry.title,
        entry.doc_no,
        str(entry.written or ""),
        "、".join(organ.name for organ in entry.issuers),
        WORDS_OF_ATTRIBUTES[entry.attribute].said(language),
        Speaker(language).text(reason) if isinstance(reason, Message) else reason,
        str(document.review_by or ""),
        entry.address,
    )


def _converted(desk: Desk) -> Iterator[Converted]:
    for document in reversed(desk.opened):
        if document.conversion:
            yield Converted(document.entry, document.conversion)


def _by_year(desk: Desk) -> Iterator[AttributeCount]:
    counts = Counter((_year(document), document.entry.attribute) for document in _documents(desk))
    for year in sorted({year for year, _ in counts}, reverse=True):
        yield AttributeCount(None, year, *(counts[year, attribute] for attribute in Attribute))


def _drawn(desk: Desk, years: Iterable[AttributeCount]) -> Chart | None:
    language = desk.site.masthead.language
    told = {count.year: (count.active, count.on_request, count.withheld) for count in years}
    names = [WORDS_OF_ATTRIBUTES[attribute].said(language) for attribute in Attribute]
    return by_years(desk.said("历年公文公开属性", "Documents by attribute"), desk.said("件", ""), names, told)


def _by_organ(desk: Desk) -> Iterator[AttributeCount]:
    """Count by organ and year, the column's organ first; a joint document counts for the one that leads."""
    own = desk.site.masthead.organ.name
    counts = Counter((_organ(document), _year(document), document.entry.attribute) for document in _documents(desk))
    found = {(organ, year) for organ, year, _ in counts}
    for organ, year in sorted(found, key=lambda key: (key[0].name != own, not key[0].name, key[0].name, -key[1])):
        yield AttributeCount(organ, year, *(counts[organ, year, attribute] for attribute in Attribute))


def _documents(desk: Desk) -> Iterator[PublicDocument]:
    """Give what counts as a document (公文): an older text of another is not one more."""
    for document in desk.oldest_first:
        relations = document.relations if isinstance(document, OpenDocument) else ()
        if document.entry.kind is Kind.DOCUMENT and all(relation.name != "version_of" for relation in relations):
            yield document


def _year(document: PublicDocument) -> int:
    when = document.entry.written or document.entry.published
    return when.year if when else 0


def _organ(document: PublicDocument) -> OrganLink:
    return next(iter(document.entry.issuers), OrganLink(""))


def _count_row(count: AttributeCount) -> tuple[str, ...]:
    figures = (count.active, count.on_request, count.withheld, count.registered)
    return (count.organ.name if count.organ else "", str(count.year or ""), *map(str, figures), count.rate)
