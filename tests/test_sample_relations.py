"""In the sample column every relation stands on both pages, however each kind of page lays it out."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
import posixpath
from urllib.parse import unquote

import pytest

from gkssg.archive.load import load
from gkssg.archive.model import Document
from gkssg.archive.relations import Relations, Statement

from conftest import Sample

ROOT = Path(__file__).parents[1]


class _Links(HTMLParser):
    """Collects where the links inside ``main`` lead, as addresses from the column's root."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.folder = posixpath.dirname(address)
        self.inside = 0
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link."""
        self.inside += tag == "main"
        href = unquote(dict(attrs).get("href") or "").partition("#")[0]
        if self.inside and tag == "a" and href:
            self.found.add(posixpath.normpath(posixpath.join(self.folder, href)))

    def handle_endtag(self, tag: str) -> None:
        """Leave ``main``."""
        self.inside -= tag == "main"


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    """Give the sample column."""
    return sample.folder


@cache
def links(built: Path, address: str) -> set[str]:
    """Give the addresses that a page leads to in its own part."""
    parser = _Links(address)
    parser.feed((built / address).read_text("utf-8"))
    return parser.found


def statements() -> tuple[dict[str, Document], list[Statement]]:
    """Give all documents by id, and all that open ones say about others."""
    archive, _ = load(ROOT)
    relations = Relations(archive)
    said = [statement for document in archive.documents if document.is_active for statement in relations.of(document)]
    return {document.id: document for document in archive.documents}, said


def address(document: Document) -> str:
    """Give the address of a document whose title is open."""
    return document.path.removeprefix("content/").removesuffix(".md") + ".html"


def test_both_pages_lead_to_each_other(built: Path) -> None:
    documents, said = statements()
    open_titles = [s for s in said if documents[s.target.value].is_active or documents[s.target.value].title_open]
    missing = [
        (address(one), statement.field.name, address(other))
        for statement in open_titles
        for one, other in (
            (statement.source, documents[statement.target.value]),
            (documents[statement.target.value], statement.source),
        )
        if address(other) not in links(built, address(one))
    ]
    assert missing == []
    assert len(said) > 60


def test_every_relation_that_can_be_stated_is_in_the_sample() -> None:
    _, said = statements()
    used = {statement.field.name for statement in said}
    assert used >= {
        "repeals", "replaces", "amends", "based_on", "implements", "interprets", "draft_of", "answers", "version_of",
        "passed_at", "entry", "draft", "of", "articles",
    }  # fmt: skip
