"""Page labels (网页标签): the meta elements that 政府网站发展指引 (国办发〔2017〕47号, annex) asks for."""

from collections.abc import Iterator

from gkssg.dates import PartialDate
from gkssg.sections import Section
from gkssg.site.model import Entry, Facts, Masthead, PageLabel

_TITLE_NOT_OPEN = "（标题不予公开）"


def site_labels(masthead: Masthead) -> Iterator[PageLabel]:
    """网站标签, on every page."""
    yield PageLabel("SiteName", masthead.website.name or masthead.organ.name)
    yield PageLabel("SiteDomain", masthead.website.domain)
    yield PageLabel("SiteIDCode", masthead.website.id_code)


def column_labels(masthead: Masthead, section: Section | None) -> Iterator[PageLabel]:
    """栏目标签, on the column's front and on lists; also on the content pages of the section."""
    name = section.title if section else masthead.name
    description = section.description if section else ""
    yield PageLabel("ColumnName", name)
    yield PageLabel("ColumnDescription", description or f"{masthead.organ.name}{masthead.name}：{name}")
    yield PageLabel("ColumnKeywords", f"{masthead.organ.name},{masthead.name},{name}")
    yield PageLabel("ColumnType", (section.column_type if section else "首页") or "信息公开目录")


def content_labels(masthead: Masthead, entry: Entry, facts: Facts | None, title: str) -> Iterator[PageLabel]:
    """内容页标签: title, date and source; words, summary and address where they are known."""
    yield PageLabel("ArticleTitle", title or _TITLE_NOT_OPEN)
    yield PageLabel("PubDate", publication_time(entry.when))
    issuers = "、".join(organ.name for organ in entry.issuers if organ.name)
    yield PageLabel("ContentSource", (facts.source if facts else "") or issuers or masthead.organ.name)
    if facts and facts.keywords:
        yield PageLabel("Keywords", ",".join(facts.keywords))
    if issuers:
        yield PageLabel("Author", issuers)
    if facts and facts.summary:
        yield PageLabel("Description", facts.summary)


def publication_time(when: PartialDate | None) -> str:
    """Write a date as the label PubDate has it, ``YYYY-MM-DD HH:MM``; one known to the year or month stays so."""
    if when is None:
        return ""
    return f"{when} 00:00" if when.day and when.hour < 0 else str(when)
