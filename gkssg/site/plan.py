"""STAGE 4: every file of ``build/``, as values. Everything is planned each time; only what changed is made."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from gkssg.dates import PartialDate
from gkssg.language import say
from gkssg.markup.body import Body
from gkssg.problem import Place, Problem
from gkssg.sections import Section
from gkssg.site.defaults import default_text
from gkssg.site.labels import column_labels, content_labels, site_labels
from gkssg.site.model import (
    Block,
    Catalogue,
    CatalogueTable,
    Content,
    Crumb,
    Entry,
    Feed,
    FeedEntry,
    FileCopy,
    Home,
    Listing,
    NotFound,
    OpenDocument,
    OrganPage,
    Page,
    PageLabel,
    Pager,
    PublicDocument,
    SearchPage,
    Site,
    SiteMap,
    Sitemap,
    SitemapIndex,
    WithheldDocument,
)
from gkssg.site.output import Output
from gkssg.site.paging import sheets
from gkssg.site.search import manifest, segments
from gkssg.terms import Attribute, Kind

FEED_SIZE = 50
SITEMAP_SIZE = 40_000
_NEWEST_ON_HOME = 10
_NEWEST_IN_BLOCK = 5
_NEWEST_OF_ORGAN = 20
_UNDATED = PartialDate(0)


def plan(site: Site, static: dict[str, FileCopy], digest: Callable[[object], str]) -> tuple[Output, ...]:
    """Plan every file but the manifest.

    ``static`` are the theme's files by their path below ``theme/``; ``digest`` gives the digest of a value.
    """
    planner = _Planner(site)
    outputs = [
        planner.home(),
        *planner.lists(),
        *planner.documents(),
        *planner.others(),
        *planner.data(),
        *planner.search(digest),
        *(Output(address, copy, f"content/{copy.path}") for address, copy in site.files),
        *(Output(f"theme/{name}", copy, f"themes/…/static/{name}") for name, copy in static.items()),
    ]
    return tuple(sorted(outputs, key=lambda output: output.path))


def collisions(outputs: Iterable[Output]) -> Iterator[Problem]:
    """Report every two outputs with one path, small and capital letters alike, since some disks do not tell them apart.

    A path that is also a folder of another's is reported too. Both sources are named.
    """
    taken: dict[str, Output] = {}
    folders: dict[str, Output] = {}
    outputs = tuple(outputs)
    for output in outputs:
        first = taken.setdefault(output.path.casefold(), output)
        if first is not output and first != output:
            yield _collision(output, first)
        parts = output.path.casefold().split("/")
        for depth in range(1, len(parts)):
            folders.setdefault("/".join(parts[:depth]), output)
    for output in outputs:
        inside = folders.get(output.path.casefold())
        if inside:
            yield _collision(inside, output)


def _collision(output: Output, first: Output) -> Problem:
    message = say(
        "{path} would be written twice: from {one} and from {other}",
        path=output.path,
        one=first.source,
        other=output.source,
    )
    written = next((source for source in (output.source, first.source) if source.startswith("content/")), output.source)
    return Problem(Place(written), "output-twice", message, say("rename one of the two"))


@dataclass(frozen=True)
class _Planner:
    site: Site

    @cached_property
    def sections(self) -> dict[str, Section]:
        return {section.id: section for top in self.site.masthead.tree for section in top.walk()}

    @cached_property
    def oldest_first(self) -> tuple[PublicDocument, ...]:
        return tuple(sorted(self.site.documents, key=lambda d: (d.entry.when or _UNDATED, d.entry.address)))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that lists show, oldest first: organs and pages are listed in their own sections only."""
        return tuple(d.entry for d in self.oldest_first if d.entry.kind not in {Kind.ORGAN, Kind.PAGE})

    @cached_property
    def by_section(self) -> dict[str, list[Entry]]:
        """Entries of every section, oldest first; 依申请公开 also lists all that can be asked for."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for document in self.oldest_first:
            entry = document.entry
            sections = dict.fromkeys(entry.sections)
            if entry.attribute is Attribute.ON_REQUEST:
                sections["request"] = None
            for section in sections:
                found[section].append(entry)
        return found

    @cached_property
    def by_organ(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for organ in entry.issuers:
                if organ.address:
                    found[organ.address].append(entry)
        return found

    @cached_property
    def introductions(self) -> dict[str, OpenDocument]:
        return {document.entry.address: document for document in self.site.introductions}

    @cached_property
    def origins(self) -> dict[str, str]:
        return {origin.address: origin.path for origin in self.site.origins}

    def home(self) -> Output:
        own = self.introductions.get("index.html")
        leaves = [section for section in self.sections.values() if not section.children and "/" in section.id]
        content = Home(
            introduction=own.html if own else self.default("").html,
            newest=tuple(reversed(self.entries[-_NEWEST_ON_HOME:])),
            blocks=tuple(self.block(section) for section in leaves),
        )
        labels = column_labels(self.site.masthead, None)
        return self.page(
            "home.html", "index.html", self.site.masthead.name, (), "", labels, content, "content/index.md"
        )

    def lists(self) -> Iterator[Output]:
        for section in self.sections.values():
            own = self.introductions.get(section.address)
            text = Body(own.html, own.headings) if own else self.default(section.id)
            for sheet in sheets(self.by_section[section.id], self.site.per_page):
                front = sheet.number == 0
                content = Listing(
                    section=section,
                    introduction=text.html if front else "",
                    headings=text.headings if front else (),
                    annexes=own.annexes if own and front else (),
                    blocks=tuple(self.block(child) for child in section.children) if front else (),
                    entries=sheet.items,
                    pager=Pager(sheet.number, _sheet(section, sheet.newer), _sheet(section, sheet.older)),
                    empty_note=section.empty_note or self.site.empty_note,
                )
                yield self.page(
                    "list.html",
                    _sheet(section, sheet.number),
                    section.title,
                    self.crumbs(section.id)[:-1],
                    section.id,
                    column_labels(self.site.masthead, section),
                    content,
                    self.origins.get(section.address, f"the list of {section.id}"),
                )

    def documents(self) -> Iterator[Output]:
        for document in self.oldest_first:
            entry = document.entry
            here = next((section for section in entry.sections if section in self.sections), "")
            facts = document.facts if isinstance(document, OpenDocument) else None
            labels = (
                *(column_labels(self.site.masthead, self.sections[here]) if here else ()),
                *content_labels(self.site.masthead, entry, facts, entry.title),
            )
            template, content = self.content(document)
            source = self.origins.get(entry.address, entry.address)
            yield self.page(template, entry.address, entry.title, self.crumbs(here), here, labels, content, source)
        for redirect in self.site.redirects:
            title = redirect.entry.title
            source = self.origins.get(redirect.entry.address, redirect.entry.address)
            yield self.page("redirect.html", redirect.old, title, (), "", (), redirect, source)

    def content(self, document: PublicDocument) -> tuple[str, Content]:
        if isinstance(document, WithheldDocument):
            return "withheld.html", document
        if document.entry.kind is Kind.ORGAN:
            issued = self.by_organ[document.entry.address][-_NEWEST_OF_ORGAN:]
            return "organ.html", OrganPage(document, tuple(reversed(issued)))
        return ("page.html" if document.entry.kind is Kind.PAGE else "document.html"), document

    def others(self) -> Iterator[Output]:
        masthead = self.site.masthead
        tree = SiteMap(masthead.tree)
        labels = tuple(column_labels(masthead, None))
        yield self.page(
            "sitemap.html",
            "sitemap.html",
            "网站地图" if masthead.language == "zh" else "Site map",
            (),
            "",
            labels,
            tree,
            "the site map",
        )
        yield self.page(
            "404.html",
            "404.html",
            "404",
            (),
            "",
            (),
            NotFound(f"{masthead.base_url}index.html"),
            "the 404 page",
        )

    def search(self, digest: Callable[[object], str]) -> Iterator[Output]:
        masthead, text = self.site.masthead, self.site.search_text
        title = "检索" if masthead.language == "zh" else "Search"
        labels = tuple(column_labels(masthead, None))
        lists = SearchPage(masthead.tree)
        yield self.page("search.html", "search.html", title, (), "", labels, lists, "the search page")
        parts = segments(self.oldest_first, masthead.tree, text, masthead.language, digest)
        yield Output("search/manifest.js", manifest(parts, text), "the search index")
        for part in parts:
            yield Output(f"search/{part.id}/segment.js", part, "the search index")

    def data(self) -> Iterator[Output]:
        masthead = self.site.masthead
        rows = tuple((d.entry, d.facts if isinstance(d, OpenDocument) else None) for d in self.oldest_first)
        yield Output("catalogue.json", Catalogue(masthead, rows), "the catalogue")
        yield Output("catalogue.csv", CatalogueTable(masthead, rows), "the catalogue")
        feed = [
            FeedEntry(d.entry, d.facts.summary)
            for d in self.oldest_first
            if isinstance(d, OpenDocument) and d.entry.kind not in {Kind.ORGAN, Kind.PAGE}
        ]
        for sheet in sheets(feed, FEED_SIZE):
            address = _feed(sheet.number)
            older, newer = (_feed(n) if n is not None else "" for n in (sheet.older, sheet.newer))
            value = Feed(address, masthead, sheet.items, older, newer, archive=sheet.number > 0)
            yield Output(address, value, "the feed")
        yield from self.sitemaps()

    def sitemaps(self) -> Iterator[Output]:
        base = self.site.masthead.base_url
        lists = [("index.html", None), *((section.address, None) for section in self.sections.values())]
        rows = [*lists, *((d.entry.address, d.entry.when) for d in self.oldest_first)]
        if len(rows) <= SITEMAP_SIZE:
            yield Output("sitemap.xml", Sitemap(base, tuple(rows)), "the sitemap")
            return
        parts = [tuple(rows[start : start + SITEMAP_SIZE]) for start in range(0, len(rows), SITEMAP_SIZE)]
        names = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
        for name, part in zip(names, parts, strict=True):
            yield Output(name, Sitemap(base, part), "the sitemap")
        yield Output("sitemap.xml", SitemapIndex(base, names), "the sitemap")

    def block(self, section: Section) -> Block:
        newest = tuple(reversed(self.by_section[section.id][-_NEWEST_IN_BLOCK:]))
        return Block(section, newest, section.empty_note or self.site.empty_note)

    def default(self, section: str) -> Body:
        masthead = self.site.masthead
        organ = next((d for d in self.site.documents if d.entry.address == masthead.organ.address), None)
        return default_text(
            section, masthead.name, masthead.organ.name, organ if isinstance(organ, OpenDocument) else None
        )

    def crumbs(self, section: str) -> tuple[Crumb, ...]:
        parts = section.split("/") if section else []
        ids = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
        return tuple(Crumb(self.sections[i].title, self.sections[i].address) for i in ids if i in self.sections)

    def page(
        self,
        template: str,
        address: str,
        title: str,
        crumbs: tuple[Crumb, ...],
        here: str,
        labels: Iterable[PageLabel],
        content: Content,
        source: str,
    ) -> Output:
        masthead = self.site.masthead
        every = (*site_labels(masthead), *labels)
        return Output(
            address,
            Page(template, address, title, masthead, crumbs, here, every, content),
            source,
        )


def _sheet(section: Section, number: int | None) -> str:
    """Give the address of a page of a section's list; an empty one where there is no such page."""
    if number is None:
        return ""
    return f"{section.id}/page-{number}.html" if number else section.address


def _feed(number: int) -> str:
    return f"feed-{number}.xml" if number else "feed.xml"
