"""A file of the built column before it exists: how it is made, and of what."""

from dataclasses import dataclass

from gkssg.site.model import Catalogue, CatalogueTable, Feed, FileCopy, Page, Sitemap, SitemapIndex

Value = Page | FileCopy | Feed | Catalogue | CatalogueTable | Sitemap | SitemapIndex


@dataclass(frozen=True, slots=True)
class Output:
    """One file of ``build/``: its path there, and the value that holds everything its maker may see.

    The type of the value decides on the maker (:mod:`gkssg.output.make`). ``source`` names what it comes from, for
    people; it is no part of the value.
    """

    path: str
    value: Value
    source: str
