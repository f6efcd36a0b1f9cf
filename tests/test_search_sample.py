"""The sample column, searched from disk: what is found is what a plain scan of the texts finds."""

from pathlib import Path
import re

from playwright.sync_api import Browser
import pytest

from gkssg.archive.load import load
from gkssg.disclose import disclose
from gkssg.output.search.tokens import canonical
from gkssg.site.model import FileCopy
from gkssg.site.search import body_field, title_field

from conftest import TODAY, Sample

ROOT = Path(__file__).parents[1]

QUERIES = {
    "政务公开": "政务公开",
    "聊政办发[2023]9号": r"聊政办发\(2023\)9号",
    "聊政办发〔2023〕9号": r"聊政办发\(2023\)9号",
    "9号": r"(?<!\d)9号",
    "天桥区": "天桥区",
    "依申请公开": "依申请公开",
    '"五公开"': "五公开",
    "谁起草谁解读": "谁起草谁解读",
    "title:要点": "要点",
    "电动自行车 -解读": "电动自行车",
    "税": "税",
    "章": "章",
}
TITLES_ONLY = {"title:要点", "税", "章"}


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    """Give the sample column."""
    return sample.folder


@pytest.fixture(scope="module")
def texts() -> dict[str, tuple[str, str]]:
    """Give the canonical title and text of every entry, by address, straight from the content."""
    archive, _ = load(ROOT)
    site = disclose(archive, TODAY, "zh", lambda path: FileCopy("content", path, "", 0))
    return {
        document.entry.address: (canonical(title_field(document)), canonical(body_field(document)))
        for document in site.documents
    }


@pytest.mark.browser
@pytest.mark.parametrize("query", QUERIES)
def test_what_is_found_is_what_a_plain_scan_finds(
    built: Path, browser: Browser, texts: dict[str, tuple[str, str]], query: str
) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    found: set[str] = set()
    number, pages = 1, 1
    while number <= pages:
        page.goto(f"{(built / 'search.html').as_uri()}?q={query}&page={number}")
        page.wait_for_selector("[data-hit], [data-no-hits]", state="attached")
        result = page.evaluate(
            "([q, page]) => gks.search({q, page: String(page)}).then(r => [r.pages, r.hits])", [query, number]
        )
        pages = result[0]
        found |= {hit["address"] for hit in result[1] if not hit["partial"]}
        number += 1
    wanted = re.compile(QUERIES[query])
    expected = {
        address
        for address, (title, body) in texts.items()
        if wanted.search(title) or (query not in TITLES_ONLY and wanted.search(body))
    }
    if query == "电动自行车 -解读":
        expected = {address for address in expected if "解读" not in texts[address][0] + texts[address][1]}
    assert found == expected
    assert faults == []
    page.close()


def test_the_scan_itself_finds_something(texts: dict[str, tuple[str, str]]) -> None:
    everything = " ".join(title + body for title, body in texts.values())
    assert [query for query, pattern in QUERIES.items() if not re.search(pattern, everything)] == []
