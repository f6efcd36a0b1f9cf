"""A file of the built column before it exists: how it is made, and of what."""

from dataclasses import dataclass

from gkssg.site.answers import Answers
from gkssg.site.model import (
    Catalogue,
    CatalogueTable,
    DataTable,
    Feed,
    FileCopy,
    Page,
    Picture,
    SearchBlock,
    SearchManifest,
    SearchSegment,
    Sitemap,
    SitemapIndex,
)

Data = Feed | Answers | Catalogue | CatalogueTable | DataTable | Sitemap | SitemapIndex | SearchManifest
Value = Page | FileCopy | Picture | SearchSegment | SearchBlock | Data


@dataclass(frozen=True, slots=True)
class Output:
    """One file of ``build/``: its path there, and the value that holds everything its maker may see.

    The type of the value decides on the maker (:mod:`gkssg.output.make`). ``source`` names what it comes from, for
    people; it is no part of the value. A segment of the search index, or a block, is many files: all of its folder.
    """

    path: str
    value: Value
    source: str

    @property
    def folder(self) -> str:
        """The folder that the output fills alone, with a slash; empty for an output of one file."""
        return f"search/{self.value.id}/" if isinstance(self.value, SearchSegment | SearchBlock) else ""
