"""For programs that follow the column.

Atom (RFC 4287, paged as RFC 5005, section 4), sitemaps (sitemaps.org), questions as JSON Feed 1.1 (jsonfeed.org).
"""

import json

from gkssg.dates import PartialDate
from gkssg.site.answers import Answer, Answers
from gkssg.site.model import EntryLink, Feed, FeedEntry, Sitemap, SitemapIndex
from gkssg.site.search import plain_text
from gkssg.text import fit_for_xml, uri_path

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_NO_DATE = PartialDate(1970)


def written(value: Feed | Answers | Sitemap | SitemapIndex) -> bytes:
    """Write a feed or a sitemap."""
    match value:
        case Feed():
            return atom(value)
        case Answers():
            return answers(value)
        case Sitemap():
            return sitemap(value)
        case SitemapIndex():
            return sitemap_index(value)


def atom(feed: Feed) -> bytes:
    """Write one document of the feed; what is known of a date is written as its first moment in China's time."""
    head = feed.masthead
    base = head.base_url
    updated = max((item.when or _NO_DATE for item in feed.entries), default=_NO_DATE)
    lines = [
        _DECLARATION + '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0">',
        f"  <id>{_escaped(base + feed.address)}</id>",
        f"  <title>{_text(head.organ.name)} {_text(head.name)}</title>",
        f"  <updated>{updated.timestamp}</updated>",
        f"  <author><name>{_text(head.organ.name or head.name)}</name></author>",
        _link("self", base + feed.address),
        _link("alternate", f"{base}index.html"),
    ]
    if feed.archive:
        lines += ["  <fh:archive/>", _link("current", f"{base}feed.xml")]
        if feed.newer and feed.newer != "feed.xml":
            lines.append(_link("next-archive", base + feed.newer))
    if feed.older:
        lines.append(_link("prev-archive", base + feed.older))
    lines += [_entry(base, item) for item in feed.entries]
    return "\n".join([*lines, "</feed>", ""]).encode()


def sitemap(value: Sitemap) -> bytes:
    """Write a sitemap."""
    rows = [
        f"  <url><loc>{_escaped(value.base_url + uri_path(address))}</loc>"
        + (f"<lastmod>{_day(when)}</lastmod>" if when else "")
        + "</url>"
        for address, when in value.rows
    ]
    return _document("urlset", rows)


def sitemap_index(value: SitemapIndex) -> bytes:
    """Write an index of sitemaps."""
    rows = [f"  <sitemap><loc>{_escaped(value.base_url + address)}</loc></sitemap>" for address in value.addresses]
    return _document("sitemapindex", rows)


def answers(value: Answers) -> bytes:
    """Write the questions as a JSON Feed, one a line; what the format has no word for stands below ``_policy``."""
    head = value.masthead
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{head.organ.name}政策问答",
        "home_page_url": f"{head.base_url}index.html",
        "feed_url": head.base_url + value.address,
        "language": "zh-CN",
        "authors": [{"name": head.organ.name or head.name}],
    }
    items = ",\n".join(json.dumps(_answer(head.base_url, one), ensure_ascii=False) for one in value.answers)
    return f'{json.dumps(feed, ensure_ascii=False)[:-1]}, "items": [\n{items}\n]}}\n'.encode()


def _answer(base: str, answer: Answer) -> dict[str, object]:
    listed = answer.listed
    url = base + uri_path(listed.address)
    policy = {
        "question": answer.question,
        "asked": str(answer.asked or ""),
        "answered": str(listed.when or ""),
        "policies": [_named(base, link) for link in listed.policies],
        "clauses": [
            {**_named(base, link.entry, link.clause), "clause": link.clause, "text": plain_text(link.html)}
            for link in listed.clauses
        ],
    }
    item: dict[str, object] = {
        "id": url,
        "url": url,
        "title": listed.title,
        "summary": listed.summary,
        "content_text": plain_text(answer.text.read()) or listed.summary or listed.title,
        "date_published": listed.when.timestamp if listed.when else "",
        "authors": [{"name": organ.name} for organ in listed.organs if organ.name],
        "tags": [answer.topic] if answer.topic else [],
        "_policy": policy,
    }
    return {name: found for name, found in item.items() if found not in ("", [])}


def _named(base: str, link: EntryLink, part: str = "") -> dict[str, object]:
    url = base + uri_path(link.address) + (f"#{uri_path(part)}" if part else "")
    return {"title": link.title or None, "url": url}


def _document(name: str, rows: list[str]) -> bytes:
    opening = f'<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return (_DECLARATION + "\n".join([opening, *rows, f"</{name}>", ""])).encode()


def _entry(base: str, item: FeedEntry) -> str:
    address = base + uri_path(item.address)
    authors = "".join(f"<author><name>{_text(organ.name)}</name></author>" for organ in item.issuers if organ.name)
    summary = f"<summary>{_text(item.summary)}</summary>" if item.summary else ""
    return (
        f"  <entry><id>{_escaped(address)}</id><title>{_text(item.title)}</title>"
        f"<updated>{(item.when or _NO_DATE).timestamp}</updated>{authors}"
        f'<link rel="alternate" href="{_escaped(address)}"/>{summary}</entry>'
    )


def _link(rel: str, address: str) -> str:
    return f'  <link rel="{rel}" href="{_escaped(address)}"/>'


def _text(text: str) -> str:
    return _escaped(fit_for_xml(text))


def _day(when: PartialDate) -> str:
    """Write a date as W3C date and time formats have it: as far as the day it is known to."""
    return str(when).partition(" ")[0]


def _escaped(text: str) -> str:
    """Write a text for XML, in an element or between quotation marks."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
