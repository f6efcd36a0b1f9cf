"""STAGE 4: every file of ``build/``, as values. Everything is planned each time; only what changed is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from gkssg.language import say
from gkssg.markup.body import Body
from gkssg.problem import Place, Problem
from gkssg.sections import Section
from gkssg.site.annexes import AnnexPage, annex_pages, files
from gkssg.site.around import document_page
from gkssg.site.consultations import consultation_lists, consultation_page
from gkssg.site.defaults import default_text
from gkssg.site.desk import Desk, Special
from gkssg.site.directories import directory_pages, directory_tables
from gkssg.site.dossiers import dossier_page
from gkssg.site.facets import facet_pages, facets
from gkssg.site.foot import foot
from gkssg.site.hall import hall_pages
from gkssg.site.home import home_page
from gkssg.site.interpretations import interpretation_page, interpretation_pages
from gkssg.site.labels import content_labels
from gkssg.site.limits import limit_pages
from gkssg.site.meetings import meeting_page, meeting_years
from gkssg.site.model import (
    Block,
    Catalogue,
    CatalogueTable,
    Content,
    Crumb,
    Feed,
    FeedEntry,
    FileCopy,
    Listing,
    NotFound,
    OpenDocument,
    Pager,
    PublicDocument,
    SearchPage,
    Site,
    SiteMap,
    Sitemap,
    SitemapIndex,
    WithheldDocument,
)
from gkssg.site.organs import organ_page, organ_pages
from gkssg.site.output import Output
from gkssg.site.paging import sheet_address, sheets
from gkssg.site.proposals import proposal_page, proposal_years
from gkssg.site.questions import answers, item_page, library_pages, question_page
from gkssg.site.register import register_pages, register_tables
from gkssg.site.requests import request_pages
from gkssg.site.search import manifest, segments
from gkssg.site.tasks import ledger_files, task_pages
from gkssg.site.versions import version_pages
from gkssg.terms import Kind

FEED_SIZE = 50
SITEMAP_SIZE = 40_000
_NEWEST_IN_BLOCK = 5


def plan(site: Site, static: dict[str, FileCopy], digest: Callable[[object], str]) -> tuple[Output, ...]:
    """Plan every file but the manifest.

    ``static`` are the theme's files by their path below ``theme/``; ``digest`` gives the digest of a value.
    """
    planner = _Planner(Desk(site))
    outputs = [
        planner.home(),
        *planner.lists(),
        *planner.documents(),
        *map(planner.desk.special, planner.specials),
        *(Output(address, table, special.source) for special in planner.specials for address, table in special.tables),
        *planner.others(),
        *planner.data(),
        *(output for tables in TABLES for output in tables(planner.desk)),
        *planner.search(digest),
        *files(planner.desk),
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


def _document(_desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    return "document.html", document


def _page(_desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    return "page.html", document


SUBJECTS: tuple[Callable[[Desk], Iterable[Special]], ...] = (
    annex_pages,
    facet_pages,
    consultation_lists,
    meeting_years,
    proposal_years,
    interpretation_pages,
    organ_pages,
    task_pages,
    directory_pages,
    library_pages,
    register_pages,
    version_pages,
    limit_pages,
    request_pages,
    hall_pages,
)
"""What plans the pages that are no entry's, one function a subject."""

TABLES: tuple[Callable[[Desk], Iterable[Output]], ...] = (
    ledger_files,
    directory_tables,
    register_tables,
)
"""What plans files for spreadsheet programs that stand beside pages."""

ENTRY_PAGES: dict[Kind, Callable[[Desk, OpenDocument], tuple[str, Content]]] = {
    Kind.DOCUMENT: document_page,
    Kind.ITEM: item_page,
    Kind.PAGE: _page,
    Kind.QUESTION: question_page,
    Kind.ORGAN: organ_page,
    Kind.CONSULTATION: consultation_page,
    Kind.MEETING: meeting_page,
    Kind.PROPOSAL: proposal_page,
    Kind.INTERPRETATION: interpretation_page,
    Kind.DOSSIER: dossier_page,
}
"""What makes the page of an open entry, as a template and its content; other kinds have ``document.html``."""


@dataclass(frozen=True)
class _Planner:
    desk: Desk

    @property
    def site(self) -> Site:
        return self.desk.site

    @cached_property
    def introductions(self) -> dict[str, OpenDocument]:
        return {document.entry.address: document for document in self.site.introductions}

    @cached_property
    def specials(self) -> tuple[Special, ...]:
        """The pages that are no entry's, from every subject."""
        return tuple(special for subject in SUBJECTS for special in subject(self.desk))

    def home(self) -> Output:
        own = self.introductions.get("index.html")
        content = home_page(self.desk, own.html if own else self.default("").html)
        name = self.site.masthead.name
        return self.desk.page("home.html", "index.html", name, self.desk.frame(""), content, "content/index.md")

    def lists(self) -> Iterator[Output]:
        for section in self.desk.sections.values():
            own = self.introductions.get(section.address)
            text = Body(own.html, own.headings) if own else self.default(section.id)
            frame = self.desk.frame(section.id)
            frame = replace(frame, crumbs=frame.crumbs[:-1])
            source = self.desk.origins.get(section.address, f"the list of {section.id}")
            for sheet in sheets(self.desk.by_section[section.id], self.site.per_page):
                front = sheet.number == 0
                content = Listing(
                    section=section,
                    introduction=text.html if front else "",
                    revised=(own.entry.written or own.entry.published) if own and front else None,
                    headings=text.headings if front else (),
                    annexes=own.annexes if own and front else (),
                    blocks=tuple(self.block(child) for child in section.children) if front else (),
                    views=self.views(section) if front else (),
                    entries=sheet.items,
                    pager=Pager(sheet.number, sheet_address(section, sheet.newer), sheet_address(section, sheet.older)),
                    empty_note=section.empty_note or self.site.empty_note,
                    facets=facets(self.desk, section) if front else (),
                    whole=section.id,
                )
                address = sheet_address(section, sheet.number)
                yield self.desk.page("list.html", address, section.title, frame, content, source)

    def documents(self) -> Iterator[Output]:
        for document in self.desk.oldest_first:
            entry = document.entry
            here = self.desk.section_of(entry)
            frame = self.desk.frame(here) if here else self.desk.bare
            facts = document.facts if isinstance(document, OpenDocument) else None
            labels = tuple(content_labels(self.site.masthead, entry, facts, entry.title))
            template, content = self.content(document)
            source = self.desk.origins.get(entry.address, entry.address)
            below = foot(self.desk, document)
            yield self.desk.page(template, entry.address, entry.title, frame, content, source, labels, below)
        for redirect in self.site.redirects:
            title = redirect.entry.title
            source = self.desk.origins.get(redirect.entry.address, redirect.entry.address)
            yield self.desk.page("redirect.html", redirect.old, title, self.desk.bare, redirect, source)

    def content(self, document: PublicDocument) -> tuple[str, Content]:
        if isinstance(document, WithheldDocument):
            return "withheld.html", document
        return ENTRY_PAGES.get(document.entry.kind, _document)(self.desk, document)

    def others(self) -> Iterator[Output]:
        masthead = self.site.masthead
        title = "网站地图" if masthead.language == "zh" else "Site map"
        tree = SiteMap(masthead.tree)
        yield self.desk.page("sitemap.html", "sitemap.html", title, self.desk.frame(""), tree, "the site map")
        missing = NotFound(f"{masthead.base_url}index.html")
        yield self.desk.page("404.html", "404.html", "404", self.desk.bare, missing, "the 404 page")

    def search(self, digest: Callable[[object], str]) -> Iterator[Output]:
        masthead, text = self.site.masthead, self.site.search_text
        title = "检索" if masthead.language == "zh" else "Search"
        lists = SearchPage(masthead.tree)
        yield self.desk.page("search.html", "search.html", title, self.desk.frame(""), lists, "the search page")
        parts = segments(self.desk.oldest_first, masthead.tree, text, masthead.language, digest)
        yield Output("search/manifest.js", manifest(parts, text), "the search index")
        for part in parts:
            yield Output(f"search/{part.id}/segment.js", part, "the search index")
            for block in part.blocks:
                yield Output(f"search/{block.id}/d/0.js", block, "the search index")

    def data(self) -> Iterator[Output]:
        masthead = self.site.masthead
        rows = tuple((d.entry, d.facts if isinstance(d, OpenDocument) else None) for d in self.desk.oldest_first)
        yield Output("catalogue.json", Catalogue(masthead, rows), "the catalogue")
        yield Output("catalogue.csv", CatalogueTable(masthead, rows), "the catalogue")
        asked = answers(self.desk)
        if asked.answers:
            yield Output(asked.address, asked, "the questions")
        feed = [
            FeedEntry(d.entry.address, d.entry.title, d.entry.issuers, d.entry.when, d.facts.summary)
            for d in self.desk.oldest_first
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
        lists = [("index.html", None), *((section.address, None) for section in self.desk.sections.values())]
        views = ((s.address, None) for s in self.specials if s.listed or isinstance(s.content, AnnexPage))
        rows = [*lists, *views, *((d.entry.address, d.entry.when) for d in self.desk.oldest_first)]
        if len(rows) <= SITEMAP_SIZE:
            yield Output("sitemap.xml", Sitemap(base, tuple(rows)), "the sitemap")
            return
        parts = [tuple(rows[start : start + SITEMAP_SIZE]) for start in range(0, len(rows), SITEMAP_SIZE)]
        names = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
        for name, part in zip(names, parts, strict=True):
            yield Output(name, Sitemap(base, part), "the sitemap")
        yield Output("sitemap.xml", SitemapIndex(base, names), "the sitemap")

    def views(self, section: Section) -> tuple[Crumb, ...]:
        return tuple(Crumb(s.title, s.address) for s in self.specials if s.listed and s.section == section.id)

    def block(self, section: Section) -> Block:
        newest = tuple(reversed(self.desk.by_section[section.id][-_NEWEST_IN_BLOCK:]))
        return Block(section, newest, section.empty_note or self.site.empty_note)

    def default(self, section: str) -> Body:
        masthead = self.site.masthead
        organ = self.desk.by_address.get(masthead.organ.address)
        return default_text(
            section, masthead.name, masthead.organ.name, organ if isinstance(organ, OpenDocument) else None
        )


def _feed(number: int) -> str:
    return f"feed-{number}.xml" if number else "feed.xml"
