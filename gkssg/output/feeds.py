"""Atom (RFC 4287, paged as RFC 5005, section 4) and sitemaps (sitemaps.org): for programs that follow the column."""

from xml.sax.saxutils import escape, quoteattr

from gkssg.dates import PartialDate
from gkssg.site.model import Feed, FeedEntry, Sitemap, SitemapIndex
from gkssg.text import fit_for_xml, uri_path

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_NO_DATE = PartialDate(1970)


def atom(feed: Feed) -> bytes:
    """Write one document of the feed; what is known of a date is written as its first moment in China's time."""
    head = feed.masthead
    base = head.base_url
    updated = max((item.entry.when or _NO_DATE for item in feed.entries), default=_NO_DATE)
    lines = [
        _DECLARATION + '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0">',
        f"  <id>{escape(base + feed.address)}</id>",
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
        f"  <url><loc>{escape(value.base_url + uri_path(address))}</loc>"
        + (f"<lastmod>{_day(when)}</lastmod>" if when else "")
        + "</url>"
        for address, when in value.rows
    ]
    return _document("urlset", rows)


def sitemap_index(value: SitemapIndex) -> bytes:
    """Write an index of sitemaps."""
    rows = [f"  <sitemap><loc>{escape(value.base_url + address)}</loc></sitemap>" for address in value.addresses]
    return _document("sitemapindex", rows)


def _document(name: str, rows: list[str]) -> bytes:
    opening = f'<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return (_DECLARATION + "\n".join([opening, *rows, f"</{name}>", ""])).encode()


def _entry(base: str, item: FeedEntry) -> str:
    entry = item.entry
    address = base + uri_path(entry.address)
    authors = "".join(f"<author><name>{_text(organ.name)}</name></author>" for organ in entry.issuers if organ.name)
    summary = f"<summary>{_text(item.summary)}</summary>" if item.summary else ""
    return (
        f"  <entry><id>{escape(address)}</id><title>{_text(entry.title)}</title>"
        f"<updated>{(entry.when or _NO_DATE).timestamp}</updated>{authors}"
        f'<link rel="alternate" href={quoteattr(address)}/>{summary}</entry>'
    )


def _link(rel: str, address: str) -> str:
    return f'  <link rel="{rel}" href={quoteattr(address)}/>'


def _text(text: str) -> str:
    return escape(fit_for_xml(text))


def _day(when: PartialDate) -> str:
    """Write a date as W3C date and time formats have it: as far as the day it is known to."""
    return str(when).partition(" ")[0]
