"""The search page in a browser, from a disk: a small index in two segments, written here after docs/search.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
import json
from pathlib import Path
import shutil
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Browser, Page, Request, expect
import pytest

from gkssg.output.search.tokens import crossings, number_terms, title_terms, tokens

from conftest import BASE, TODAY, Column

pytestmark = pytest.mark.browser

VECTORS = Path(__file__).parent / "data" / "tokens.json"
ALPHABET = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in "`\\$"]
BLOCK = 11
FACETS = ("section", "organ", "topic", "attribute", "validity", "kind")


@dataclass(frozen=True)
class Doc:
    """One entry of the small index."""

    address: str
    title: str
    body: str = "正文。"
    number: str = ""
    date: str = "2024-01-01"
    organ: str = "甲局"
    validity: str = "valid"
    attribute: str = "active"
    section: str = "statutory/policy"

    def head(self) -> list[str]:
        """Give the row of SEG/d."""
        return [
            self.address,
            self.title,
            self.number,
            self.organ,
            self.date,
            self.validity,
            self.attribute,
            self.section,
            "document",
        ]

    def value(self, facet: str) -> str:
        """Give its value of a facet."""
        return {"section": self.section, "organ": self.organ, "attribute": self.attribute}.get(
            facet, self.validity if facet == "validity" else "document" if facet == "kind" else "综合政务"
        )


ARCHIVE = (
    Doc("a/undated.html", "没有日期的文件", date=""),
    Doc("a/2019.html", "2019年政务公开工作要点", "谁起草谁解读。重点税源。", date="2019-04-02", validity="repealed"),
    Doc("a/scattered.html", "零散的词", "政务工作。务公社。公开办事。", date="2019-05-01"),
    *(
        Doc(f"a/row{n}.html", f"例行通报之{n}", "通报各地情况。", date=f"2020-{n:02}-01", organ="乙局")
        for n in range(1, 13)
    ),
)
RECENT = (
    Doc(
        "r/9.html",
        "关于印发政务公开工作要点的通知",
        "各县（市、区）人民政府：<img src=x onerror=alert(1)>落实“五公开”要求。",
        "聊政办发〔2023〕9号",
        "2023-07-25",
    ),
    Doc("r/other9.html", "关于秸秆禁烧的通知", "严禁露天焚烧。", "济政发〔2023〕9号", "2023-08-01", "乙局"),
    Doc("r/tax.html", "税收优惠办法", "依照聊政办发〔2023〕9号执行。", date="2024-02-03"),
    Doc("r/hidden.html", "", "甲局", "示例发〔2024〕1号", "2024-03-01", attribute="on-request"),
)


def number(value: int) -> str:
    """Encode a number."""
    high, low = divmod(value, 72)
    return digits(high) + ALPHABET[low]


def digits(value: int) -> str:
    """Write in bijective base 20."""
    text = ""
    while value:
        value, digit = divmod(value - 1, 20)
        text = ALPHABET[72 + digit] + text
    return text


def postings(counts: dict[int, int]) -> str:
    """Encode documents with frequencies."""
    text, before = "", -1
    for doc, count in sorted(counts.items()):
        high, low = divmod(doc - before - 1, 24)
        text += digits(high) + ALPHABET[24 * (min(count, 3) - 1) + low] + (number(count - 3) if count > 2 else "")
        before = doc
    return text


def write_index(root: Path, segments: dict[str, Sequence[Doc]], text: str = "full", **changes: int) -> None:
    """Write a whole index below ``search/``."""
    shutil.rmtree(root / "search", ignore_errors=True)
    for name, docs in segments.items():
        write_segment(root / "search" / name, name, docs, text)
    head = {"version": 2, "tokeniser": 1, "text": text, "boost": {"title": 5, "body": 1}, "k1": 1.2, "b": 0.75}
    put(root / "search" / "manifest.js", "m", {**head, "heads": 8, "texts": 4, "segments": list(segments), **changes})


def write_segment(folder: Path, name: str, docs: Sequence[Doc], text: str) -> None:
    """Write the files of one segment; a shard has twenty terms, a range of terms three shards."""
    index: dict[str, tuple[dict[int, int], dict[int, int]]] = {}
    lengths: tuple[list[int], list[int]] = ([], [])
    for place, doc in enumerate(docs):
        titled = tokens(f"{doc.title}\n{doc.number}")
        body = tokens(doc.body)
        crossed = crossings(f"{doc.title}\n{doc.body}")
        lengths[0].append(len(body))
        lengths[1].append(len(titled))
        for which, found in enumerate(
            ([*body, *crossed], [*titled, *title_terms(doc.title), *number_terms(doc.number)])
        ):
            for token in found:
                counts = index.setdefault(token, ({}, {}))[which]
                counts[place] = counts.get(place, 0) + 1
    records = [
        (term, postings(index[term][0]) + (f"\t{postings(index[term][1])}" if index[term][1] else ""))
        for term in sorted(index)
    ]
    shards = [records[start : start + 20] for start in range(0, len(records), 20)]
    for shard_number, shard in enumerate(shards):
        lines = "".join(f"\n{term}\t{coded}" for term, coded in shard)
        shard_name = f"{shard_number // 3}-{shard_number % 3}"
        put_raw(folder / "t" / f"{shard_name}.js", f"gks.t({json.dumps(name)},{json.dumps(shard_name)},`{lines}\n`)")
    body_lengths, title_lengths = ("".join(map(number, column)) for column in lengths)
    put_raw(folder / "len.js", f"gks.l({json.dumps(name)},`{body_lengths}`,`{title_lengths}`)")
    blocks = [(f"b-{name}-{start}", start) for start in range(0, len(docs), BLOCK)]
    for block, start in blocks:
        write_block(folder.parent / block, block, docs[start : start + BLOCK], text)
    years: dict[str, int] = {}
    for place, doc in enumerate(docs):
        years.setdefault(doc.date[:4], place)
    sums = {"n": len(docs), "body": sum(lengths[0]), "title": sum(lengths[1])}
    first = "\t".join(shard[0][0] for shard in shards)
    cut = {"blocks": blocks, "shards": [min(3, len(shards) - i) for i in range(0, len(shards), 3)], "first": first}
    put(folder / "segment.js", "s", name, {**sums, **cut, "years": list(years.items())})
    for facet in FACETS:
        values = sorted({doc.value(facet) for doc in docs})
        pairs = [[value, f"{value}的名称"] for value in values]
        column = "".join(number(values.index(doc.value(facet))) for doc in docs)
        combinations = [[place] for place in range(len(values))]
        put_raw(
            folder / "c" / f"{facet}.js",
            f"gks.c({json.dumps(name)},{json.dumps(facet)},{json.dumps(pairs)},{json.dumps(combinations)},`{column}`)",
        )


def write_block(folder: Path, name: str, docs: Sequence[Doc], text: str) -> None:
    """Write heads and texts of one block."""
    heads = [doc.head() for doc in docs]
    texts = [[doc.head(), doc.body] for doc in docs]
    for letter, size, rows in (("d", 8, heads), ("x", 4, texts)):
        for page, start in enumerate(range(0, len(rows), size)):
            if letter == "d" or text != "none":
                put(folder / letter / f"{page}.js", letter, name, page, rows[start : start + size])


def put(path: Path, letter: str, *values: object) -> None:
    """Write a script that gives values to gks."""
    put_raw(path, f"gks.{letter}({','.join(json.dumps(value, ensure_ascii=False) for value in values)})")


def put_raw(path: Path, text: str) -> None:
    """Write a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n", "utf-8", newline="")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the smallest column, for its pages, and put the small index into it."""
    made = Column(tmp_path_factory.mktemp("small") / "专 栏#1")
    made.write(BASE)
    made.build(today=TODAY)
    write_index(made.root / "build", {"archive-1": ARCHIVE, "recent-2": RECENT})
    put_raw(made.root / "build" / "r" / "tax.html", "<!doctype html><title>税收优惠办法</title>")
    return made.root / "build"


@dataclass
class Search:
    """The search page of the small column, and what it did wrong."""

    page: Page
    root: Path
    faults: list[str] = field(default_factory=list)

    def open(self, address: str = "search.html", **parameters: str) -> Page:
        """Open a page and wait until the search is done."""
        query = "&".join(f"{name}={quote(value)}" for name, value in parameters.items())
        self.page.goto((self.root / address).as_uri() + (f"?{query}" if query else ""))
        if parameters:
            self.wait()
        return self.page

    def wait(self) -> None:
        """Wait until the page says what it found."""
        expect(self.page.locator("#gk-search-status")).not_to_be_empty()
        expect(self.page.locator("[aria-busy]")).to_have_count(0)

    def hits(self, **parameters: str) -> list[str]:
        """Search, and give the addresses of the hits shown."""
        self.open(**parameters)
        return self.shown()

    def shown(self) -> list[str]:
        """Give the addresses of the hits shown."""
        return [str(hit.get_attribute("data-hit")) for hit in self.page.locator("[data-hit]").all()]

    def asked(self) -> dict[str, list[str]]:
        """Give what the address asks for."""
        return parse_qs(urlsplit(self.page.url).query)

    def call(self, expression: str, argument: object = None) -> Any:  # noqa: ANN401  (whatever the script gives)
        """Call something of gks."""
        return self.page.evaluate(expression, argument)


def _failed(search: Search, request: Request) -> None:
    """Note a request that failed, but not one that was given up since the page was left."""
    if request.failure != "net::ERR_ABORTED":
        search.faults.append(request.url)


@pytest.fixture
def search(built: Path, browser: Browser) -> Iterator[Search]:
    """Give the search page on a wide screen; it must do nothing wrong."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    made = Search(page, built)
    page.on("console", lambda message: made.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: made.faults.append(str(error)))
    page.on("requestfailed", lambda request: _failed(made, request))
    yield made
    context.close()
    assert made.faults == []


def test_the_twins_give_the_same_tokens(search: Search) -> None:
    if not VECTORS.exists():
        pytest.skip("tests/data/tokens.json is not there")
    vectors: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8"))
    search.open()
    given = search.call(
        "texts => texts.map(t => [gks.tokens(t), gks.canonical(t), gks.queryTokens(t), gks.crossings(t)])",
        [v["text"] for v in vectors],
    )
    wanted = [[v["tokens"], v["canonical"], v["query"], v["crossings"]] for v in vectors]
    assert [(v["text"], g, w) for v, g, w in zip(vectors, given, wanted, strict=True) if g != w] == []


def test_codes_are_read_back(search: Search) -> None:
    search.open()
    values = [0, 1, 71, 72, 143, 1511, 1512, 1513, 30_000, 2_000_000]
    assert search.call("t => Array.from(gks.decodeNumbers(t))", "".join(map(number, values))) == values
    counts = {0: 1, 1: 2, 2: 3, 26: 4, 27: 74, 28: 75, 30_000: 2, 30_001: 5000, 900_000: 1}
    given = search.call(
        "t => { const p = gks.decodePostings(t); return [Array.from(p.docs), Array.from(p.freqs)] }", postings(counts)
    )
    assert given == [list(counts), list(counts.values())]


def test_all_words_must_occur_and_the_best_comes_first(search: Search) -> None:
    assert set(search.hits(q="政务公开 要点")) == {"a/2019.html", "r/9.html"}
    assert search.hits(q="秸秆 焚烧") == ["r/other9.html"]
    assert search.hits(q="谁起草谁解读") == ["a/2019.html"]
    assert search.hits(q="谁起草 焚烧") == []


def test_what_holds_the_words_only_stands_behind_and_is_marked(search: Search) -> None:
    hits = search.hits(q="政务公开")
    assert set(hits[:2]) == {"r/9.html", "a/2019.html"}
    assert hits[2:] == ["a/scattered.html"]
    partial = search.page.locator("[data-hit]:has(.gk-mark-partial)")
    assert [item.get_attribute("data-hit") for item in partial.all()] == ["a/scattered.html"]


@pytest.mark.parametrize("query", ['"政务公开"', "“政务公开”", "title:政务公开", "政务公开 -零散"])
def test_a_phrase_is_meant_as_it_is(search: Search, query: str) -> None:
    assert set(search.hits(q=query)) == {"r/9.html", "a/2019.html"}


def test_quotation_marks_of_any_form_are_found(search: Search) -> None:
    assert search.hits(q="落实“五公开”要求") == ["r/9.html"]
    assert search.hits(q="落实「五公开」要求") == ["r/9.html"]


def test_words_can_be_barred_and_asked_for_in_titles(search: Search) -> None:
    assert search.hits(q="政务公开 -五公开") == ["a/2019.html", "a/scattered.html"]
    assert search.hits(q="title:税收") == ["r/tax.html"]
    assert search.hits(q="title:税源") == []
    assert len(search.hits(q="-通报")) == 7


def test_one_character_searches_titles(search: Search) -> None:
    assert search.hits(q="税") == ["r/tax.html"]
    assert search.hits(q="聊") == []
    assert search.page.locator("[data-no-hits] p").count() == 2


@pytest.mark.parametrize(
    "query", ["聊政办发〔2023〕9号", "聊政办发[2023]9号", "聊政办发（２０２３）第９号", "聊政办发 〔2023〕 9 号"]
)
def test_a_document_number_comes_first_in_any_form(search: Search, query: str) -> None:
    assert search.hits(q=query) == ["r/9.html", "r/tax.html"]
    assert search.page.locator(".gk-mark-partial").count() == 0


def test_the_tail_of_a_number_comes_first(search: Search) -> None:
    assert set(search.hits(q="9号")[:2]) == {"r/9.html", "r/other9.html"}
    assert search.shown()[2:] == ["r/tax.html"]
    assert set(search.hits(q="〔2023〕9号")[:2]) == {"r/9.html", "r/other9.html"}


def test_a_hit_shows_its_facts_and_its_words_as_text(search: Search) -> None:
    search.open(q="五公开")
    hit = search.page.locator("[data-hit]")
    for fact in (
        "关于印发政务公开工作要点的通知",
        "聊政办发〔2023〕9号",
        "甲局",
        "2023-07-25",
        "政策文件",
        "<img src=x",
    ):
        expect(hit).to_contain_text(fact)
    assert hit.locator("mark").all_inner_texts() == ["五公开"]
    assert search.page.locator("main img").count() == 0
    assert hit.locator("a").get_attribute("href") == "r/9.html"
    search.open(q="示例发〔2024〕1号")
    expect(search.page.locator("[data-hit]").first.locator(".gk-mark-on-request")).to_be_visible()


def test_filters_alone_browse_the_catalogue_by_date(search: Search) -> None:
    assert search.hits(organ="乙局")[0] == "r/other9.html"
    assert search.hits(attribute="on-request") == ["r/hidden.html"]
    assert search.hits(**{"from": "2019", "to": "2019"}) == ["a/scattered.html", "a/2019.html"]
    assert search.hits(**{"from": "2024"}) == ["r/hidden.html", "r/tax.html"]
    assert search.hits(q="政务公开", validity="repealed") == ["a/2019.html"]


def test_filters_show_counts_and_change_the_address(search: Search) -> None:
    search.open(q="通知")
    search.page.click("#gk-filters summary")
    organ = search.page.locator("select[name=organ]")
    expect(organ.locator("option")).to_have_count(3)
    assert all("1" in text for text in organ.locator("option").all_inner_texts()[1:])
    organ.select_option("乙局")
    expect(search.page.locator("[data-hit]")).to_have_count(1)
    assert search.asked() == {"q": ["通知"], "organ": ["乙局"]}
    search.page.click("#gk-clear-filters")
    expect(search.page.locator("[data-hit]")).to_have_count(2)
    assert search.asked() == {"q": ["通知"]}


def test_sorting_by_date(search: Search) -> None:
    search.open(q="政务公开")
    search.page.select_option("#gk-sort", "date")
    search.page.wait_for_url("**sort=date")
    search.wait()
    assert search.shown() == ["r/9.html", "a/scattered.html", "a/2019.html"]


def test_pages_go_forth_and_back(search: Search) -> None:
    first = search.hits(q="通报")
    assert len(first) == 10
    search.page.click("#gk-search-pager a[rel=next]")
    expect(search.page.locator("[data-hit]")).to_have_count(2)
    assert set(first) & set(search.shown()) == set()
    assert search.page.locator("#gk-hits").get_attribute("start") == "11"
    search.page.fill("#gk-q", "税")
    search.page.keyboard.press("Enter")
    expect(search.page.locator("[data-hit]")).to_have_count(1)
    search.page.go_back()
    expect(search.page.locator("[data-hit]")).to_have_count(2)
    search.page.go_back()
    expect(search.page.locator("[data-hit]")).to_have_count(10)
    assert search.shown() == first
    search.page.go_forward()
    expect(search.page.locator("[data-hit]")).to_have_count(2)
    assert search.page.input_value("#gk-q") == "通报"


def test_nothing_found_offers_some_of_the_words_and_near_titles(search: Search) -> None:
    assert search.hits(q="秸秆禁烧补贴发放") == []
    assert search.page.locator("[data-no-hits]").is_visible()
    assert search.page.locator("[data-some] [data-offer='r/other9.html']").count() == 1
    assert search.page.locator("[data-nearest] [data-offer='r/other9.html']").count() == 1
    assert search.hits(q="完全没有") == []
    assert search.page.inner_text("[role=status]#gk-search-status")


def test_what_was_cut_inside_a_figure_is_found_all_the_same(search: Search) -> None:
    assert search.hits(q="19年政务公开") == ["a/2019.html"]


def test_of_many_figures_that_begin_otherwise_the_one_that_was_cut_comes_first(search: Search) -> None:
    others = [Doc(f"o/{n}.html", f"办法{n}", f"自{2000 + n % 8}年3月1日起施行，3月1日修订。") for n in range(60)]
    write_index(
        search.root,
        {"archive-1": [Doc("o/this.html", "这一件", "自2018年3月1日起施行。" + "各地情况。" * 30), *others]},
    )
    try:
        assert search.hits(q="018年3月1日")[0] == "o/this.html"
    finally:
        write_index(search.root, {"archive-1": ARCHIVE, "recent-2": RECENT})


def test_scores_are_those_of_the_whole_index(search: Search) -> None:
    search.open()
    asked = {"terms": ["政务", "公开"], "presence": "and", "fields": ["title", "body"]}
    both = search.call("q => gks.scores(q)", asked)
    assert {address for address, _ in both} == {"r/9.html", "a/2019.html", "a/scattered.html"}
    assert [score for _, score in both] == sorted((score for _, score in both), reverse=True)
    titles = search.call("q => gks.scores(q)", {**asked, "fields": ["title"], "to": "2020"})
    assert [address for address, _ in titles] == ["a/2019.html"]
    some = search.call("q => gks.scores(q)", {**asked, "terms": ["税收", "通报", "没有"], "presence": "or"})
    assert len(some) == 14
    assert search.call("q => gks.scores(q)", {**asked, "terms": ["政务", "龘龘"]}) == []


def test_only_what_a_query_needs_is_loaded(search: Search) -> None:
    loaded: list[str] = []
    search.page.on("request", lambda request: loaded.append(urlsplit(request.url).path.rpartition("/search/")[2]))
    search.open()
    assert [path for path in loaded if path.endswith(".js") and "/theme/" not in path] == ["manifest.js"]
    loaded.clear()
    search.open(q="谁起草谁解读")
    scripts = [path for path in loaded if path.endswith(".js") and "theme" not in path]
    assert len(scripts) == len(set(scripts))
    assert not [path for path in scripts if "/c/" in path]


def test_an_index_without_texts_can_be_searched(search: Search) -> None:
    write_index(search.root, {"archive-1": ARCHIVE, "recent-2": RECENT}, text="none")
    try:
        assert set(search.hits(q="政务公开")) == {"r/9.html", "a/2019.html", "a/scattered.html"}
        assert search.page.locator(".gk-mark-partial").count() == 0
    finally:
        write_index(search.root, {"archive-1": ARCHIVE, "recent-2": RECENT})


def test_an_index_of_another_version_is_refused(search: Search) -> None:
    write_index(search.root, {"archive-1": ARCHIVE}, tokeniser=2)
    try:
        assert search.hits(q="政务公开") == []
        words = json.loads(search.page.locator("#gk-search-words").text_content() or "")
        assert search.page.inner_text("#gk-search-status") == words["version"]
    finally:
        write_index(search.root, {"archive-1": ARCHIVE, "recent-2": RECENT})


def test_a_part_that_cannot_be_loaded_is_named(search: Search) -> None:
    hidden = search.root / "search" / "recent-2" / "segment.js"
    aside = hidden.rename(hidden.with_suffix(".aside"))
    try:
        search.open(q="税")
        assert "search/recent-2/segment.js" in search.page.inner_text("#gk-search-status")
        assert len(search.faults) == 2
        search.faults.clear()
    finally:
        aside.rename(hidden)
    search.page.fill("#gk-q", "税收")
    search.page.keyboard.press("Enter")
    expect(search.page.locator("[data-hit]")).to_have_count(1)


def test_an_empty_index_finds_nothing_and_says_so(search: Search) -> None:
    write_index(search.root, {})
    try:
        assert search.hits(q="政务公开") == []
        assert search.hits(kind="document") == []
        assert search.page.locator("[data-no-hits]").is_visible()
    finally:
        write_index(search.root, {"archive-1": ARCHIVE, "recent-2": RECENT})


def test_the_box_in_the_banner_suggests_titles_and_numbers(search: Search) -> None:
    page = search.open("statutory/policy/index.html")
    page.locator("#gk-q").press_sequentially("聊政办发〔2023")
    options = page.locator("[role=option]")
    expect(options).to_have_count(1)
    assert page.get_attribute("#gk-q", "aria-expanded") == "true"
    page.fill("#gk-q", "9号")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#gk-q", "aria-activedescendant") == page.locator("[aria-selected]").get_attribute("id")
    page.keyboard.press("Escape")
    assert page.get_attribute("#gk-q", "aria-expanded") == "false"
    page.fill("#gk-q", "税收")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/tax.html")


def test_suggestions_do_not_change_under_who_chooses_one(search: Search) -> None:
    page = search.open("statutory/policy/index.html")
    page.fill("#gk-q", "9号")
    expect(page.locator("[role=option]")).to_have_count(2)
    page.locator("#gk-q").evaluate("""box => {
        box.value = "税收";
        box.dispatchEvent(new InputEvent("input"));
        box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
    }""")
    page.wait_for_timeout(600)
    expect(page.locator("[role=option]")).to_have_count(2)
    expect(page.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
    page.fill("#gk-q", "税收")
    expect(page.locator("[role=option]")).to_have_count(1)


def test_enter_in_the_banner_leads_to_the_search_page(search: Search) -> None:
    page = search.open("statutory/policy/index.html")
    page.fill("#gk-q", "税")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    search.wait()
    assert search.shown() == ["r/tax.html"]


@pytest.mark.parametrize("width", [1366, 390])
def test_what_is_touched_is_large_enough_and_nothing_scrolls_sideways(search: Search, width: int) -> None:
    search.page.set_viewport_size({"width": width, "height": 800})
    search.open(q="政务公开", section="statutory/policy")
    search.page.locator("[data-hit]").first.wait_for()
    assert search.call("document.documentElement.scrollWidth") == width
    low = "els => els.filter(e => e.offsetHeight && e.offsetHeight < 44).map(e => e.outerHTML.slice(0, 80))"
    controls = search.page.locator("form input, form button, form select, form summary")
    if width < 640:
        assert controls.evaluate_all(low) == []
    search.open("index.html")
    assert search.page.locator(".gk-search-box > *:visible").evaluate_all("els => els.length") >= 2
    assert search.page.locator("form input, form button").evaluate_all(low) == []


def test_a_strict_policy_on_scripts_is_kept(built: Path) -> None:
    for path in ("search.html", "index.html"):
        source = (built / path).read_text("utf-8")
        assert " onclick" not in source
        assert " onsubmit" not in source
        for script in source.split("<script")[1:]:
            assert "src=" in script.split(">")[0] or 'type="application/json"' in script.split(">")[0]


def test_without_scripts_the_page_leads_to_the_lists(built: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / "search.html").as_uri())
    assert "JavaScript" in page.inner_text("main")
    for address in ("statutory/index.html", "sitemap.html", "request/index.html"):
        assert page.locator(f"main a[href='{address}']").is_visible()
    assert not page.locator("#gk-search-form").is_visible()
    page.goto((built / "index.html").as_uri())
    page.fill("#gk-q", "税")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    context.close()
