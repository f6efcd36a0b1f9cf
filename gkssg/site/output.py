"""A file of the built column before it exists: how it is made, and of what."""

from dataclasses import dataclass
from enum import StrEnum

from gkssg.site.model import Catalogue, Feed, FileCopy, Page, Sitemap, SitemapIndex


class Maker(StrEnum):
    """How a file's bytes are made of its value."""

    PAGE = "page"
    COPY = "copy"
    FEED = "feed"
    CATALOGUE_JSON = "catalogue.json"
    CATALOGUE_CSV = "catalogue.csv"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap-index"


Value = Page | FileCopy | Feed | Catalogue | Sitemap | SitemapIndex


@dataclass(frozen=True, slots=True)
class Output:
    """One file of ``build/``: its path there, its maker, and the value that holds everything the maker may see.

    ``source`` names what it comes from, for people; it is no part of the value.
    """

    path: str
    maker: Maker
    value: Value
    source: str
