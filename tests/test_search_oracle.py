"""lunr.py is the oracle: the shards, read in a browser, give the hits and scores of its full index.

The documents are made of sentences of this repository's own texts, so that the test needs nothing from outside; the
segments are made small, so that there are two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import json
from pathlib import Path
import random
from typing import Any

from lunr import get_default_builder, lunr
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.query import QueryPresence
from playwright.sync_api import Browser, Page
import pytest

from gkssg.output.search.tokens import query_tokens, tokens
import gkssg.site.search

from conftest import BASE, Column, entry

ROOT = Path(__file__).parents[1]
COUNT = 300
RECENT = 90


@dataclass(frozen=True)
class Indexed:
    """A built column, the texts that were indexed by address, and the oracle's index of them."""

    column: Column
    documents: dict[str, tuple[str, str, str]]
    oracle: Index


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """Build a column of many documents in two segments."""
    chance = random.Random(20190515)  # noqa: S311  (a repeatable choice, no secret)
    sentences = [
        line.strip()
        for path in sorted((ROOT / "content").rglob("*.md"))
        for line in path.read_text("utf-8").split("\n---\n", 1)[1].split("\n")
        if len(line.strip()) > 20 and line[0] not in "#|:!<[{-" and "](" not in line and "[^" not in line
    ]
    files: dict[str, str] = {}
    documents: dict[str, tuple[str, str, str]] = {}
    for number in range(COUNT):
        body = chance.choices(sentences, k=chance.randint(1, 12))
        title = f"{body[0][: chance.randint(4, 24)].strip('*')}第{number}件"
        doc_no = f"示政办发〔{2010 + number % 15}〕{number}号"
        day = f"{2010 + number % 15}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        text = "\n\n".join(body)
        files[f"content/statutory/policy/{number}.md"] = entry(
            json.dumps(title, ensure_ascii=False), text, doc_no=doc_no, published=day, issuer="示例区人民政府"
        )
        documents[f"statutory/policy/{number}.html"] = (f"{title}\n{doc_no}", text, day)
    column = Column(tmp_path_factory.mktemp("oracle"))
    column.write({**BASE, **files})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gkssg.site.search, "RECENT", RECENT)
        column.build()
    return Indexed(column, documents, _oracle(column))


def _oracle(column: Column) -> Index:
    """Index the same fields with lunr.py, without its pipelines, which are made for English."""
    built = column.root / "build"
    rows = []
    for path in sorted((built / "search").glob("b-*/")):
        for (address, title, doc_no, *_), text in _rows(path / "x"):
            rows.append({"id": address, "title": tokens(f"{title}\n{doc_no}"), "body": tokens(text)})
    assert len(rows) == COUNT + 1
    builder = get_default_builder()
    builder.pipeline = Pipeline()
    builder.search_pipeline = Pipeline()
    fields: list[Any] = [{"field_name": "title", "boost": 5}, {"field_name": "body", "boost": 1}]
    index = lunr(ref="id", fields=fields, documents=rows, builder=builder)
    assert isinstance(index, Index)
    return index


def _rows(folder: Path) -> list[Any]:
    pages = sorted(folder.glob("*.js"), key=lambda path: int(path.stem))
    return [row for page in pages for row in json.loads(page.read_text("utf-8").strip().split(",", 2)[2][:-1])]


@pytest.fixture(scope="module")
def search_page(indexed: Indexed, browser: Browser) -> Iterator[Page]:
    """Open the search page from disk."""
    page = browser.new_page()
    page.goto((indexed.column.root / "build" / "search.html").as_uri())
    yield page
    page.close()


def queries(indexed: Indexed) -> list[list[str]]:
    """Cut queries of two to twelve characters out of the texts."""
    chance = random.Random(713)  # noqa: S311  (a repeatable choice, no secret)
    cut: list[list[str]] = []
    while len(cut) < 60:
        title, body, _ = chance.choice(list(indexed.documents.values()))
        text = chance.choice((title, body))
        start = chance.randrange(len(text))
        terms = query_tokens(text[start : start + chance.randint(2, 12)])
        if terms:
            cut.append(terms)
    return cut


@pytest.mark.browser
@pytest.mark.parametrize("presence", ["and", "or"])
@pytest.mark.parametrize("fields", [["title", "body"], ["title"], ["body"]], ids="+".join)
def test_scores_are_those_of_the_full_index(
    indexed: Indexed, search_page: Page, presence: str, fields: list[str]
) -> None:
    found = 0
    for terms in queries(indexed):
        query = indexed.oracle.create_query(fields)
        required = QueryPresence.REQUIRED if presence == "and" else QueryPresence.OPTIONAL
        for term in terms:
            query.term(term, use_pipeline=False, presence=required)
        expected = {hit["ref"]: hit["score"] for hit in indexed.oracle.query(query)}
        given = dict(
            search_page.evaluate("q => gks.scores(q)", {"terms": terms, "presence": presence, "fields": fields})
        )
        assert given.keys() == expected.keys(), terms
        assert all(abs(given[ref] - score) < 1e-9 for ref, score in expected.items()), terms
        found += len(expected)
    assert found > 300


@pytest.mark.browser
def test_a_range_of_years_leaves_the_scores_as_they_are(indexed: Indexed, search_page: Page) -> None:
    for terms in queries(indexed)[:20]:
        query = indexed.oracle.create_query()
        for term in terms:
            query.term(term, use_pipeline=False, presence=QueryPresence.REQUIRED)
        expected = {
            hit["ref"]: hit["score"]
            for hit in indexed.oracle.query(query)
            if hit["ref"] in indexed.documents and "2014" <= indexed.documents[hit["ref"]][2][:4] <= "2021"
        }
        asked = {"terms": terms, "presence": "and", "fields": ["title", "body"], "from": "2014", "to": "2021"}
        given = dict(search_page.evaluate("q => gks.scores(q)", asked))
        assert given.keys() == expected.keys()
        assert all(abs(given[ref] - score) < 1e-9 for ref, score in expected.items())


def test_there_are_two_segments(indexed: Indexed) -> None:
    names = sorted(path.parent.name.partition("-")[0] for path in (indexed.column.root / "build/search").glob("*/t"))
    assert names == ["archive", "recent"]
