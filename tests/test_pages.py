"""The sample column as people meet it: opened from disk in a browser, followed by clicks, read without scripts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
import html
from html.parser import HTMLParser
from pathlib import Path
import posixpath
import re
from urllib.parse import unquote, urlsplit
import xml.etree.ElementTree as etree

from playwright.sync_api import Browser, Page
import pytest

from conftest import MakeColumn, Sample, entry

SOURCES = {
    "statutory/policy/2019-tianqiao-yaodian.html": "2019年济南市天桥区政务公开工作要点",
    "rules/2019-kuancheng-fangan.html": "2019年宽城区政务公开工作实施方案",
    "statutory/policy/2023-liaocheng-yaodian.html": "聊城市",
    "reports/2019-laiwu.html": "济南市莱芜区2019年政府信息公开工作年度报告",
    "statutory/policy/2017-jingan-yaodian.html": "2017年静安区政务公开工作要点",
}


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    """Give the sample column."""
    return sample.folder


@dataclass
class Watch:
    """What a page did that it must not: console errors, script errors, requests that leave the disk."""

    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Page:
        """Watch a page."""
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("requestfailed", lambda request: self._failed(request.url))
        page.on("request", lambda request: None if _is_local(request.url) else self.faults.append(request.url))
        return page

    def _failed(self, url: str) -> None:
        if urlsplit(url).scheme not in _READER and not url.endswith(".pdf"):  # cut short by going on to the next page
            self.faults.append(f"failed: {url}")


_READER = {"chrome-extension", "chrome"}
"""The schemes of Chromium's own reader of PDF."""


def _is_local(url: str) -> bool:
    return urlsplit(url).scheme in {"file", "data", *_READER}


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """Give a page on a wide screen, and what it did wrong."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    watch = Watch()
    yield watch.over(context.new_page()), watch
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("address", SOURCES)
def test_clicks_lead_from_the_front_to_each_source_document(
    built: Path, watched: tuple[Page, Watch], address: str
) -> None:
    page, watch = watched
    page.goto((built / "index.html").as_uri())
    section = posixpath.dirname(address)
    page.click(f'nav a[href="{section}/index.html"]')
    page.click(f'main a[href="{posixpath.basename(address)}"]')
    page.wait_for_url(lambda url: unquote(url).endswith(f"/{address}"))
    assert SOURCES[address] in page.inner_text("h1")
    assert page.inner_text("main article").count("政务公开") >= 3
    assert watch.faults == []


@pytest.mark.browser
def test_every_page_opens_without_a_fault_and_does_not_scroll_sideways(
    built: Path, sample: Sample, watched: tuple[Page, Watch]
) -> None:
    page, watch = watched
    wide = []
    for path in sorted(built.rglob("*.html")):
        address = path.relative_to(built).as_posix()
        if address in sample.pages["redirect.html"]:
            continue
        page.goto(path.as_uri(), wait_until="load")
        for width in (1366, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((address, width))
    assert watch.faults == []
    assert wide == []


@pytest.mark.browser
def test_everything_can_be_read_with_scripts_off(built: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / "statutory/policy/2023-liaocheng-yaodian.html").as_uri())
    assert "逐项核查落实情况" in page.inner_text("main")
    assert page.locator("nav a:visible").count() > 20
    context.close()


class Links(HTMLParser):
    """Collects what a page refers to, its ids, its meta elements and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.references: list[str] = []
        self.ids: list[str] = []
        self.meta: dict[str, str] = {}
        self.tags: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element refers to."""
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.references += [found[name] for name in ("href", "src") if name in found]
        self.ids += [found["id"]] if "id" in found else []
        if tag == "meta" and "name" in found:
            self.meta[found["name"]] = found["content"]


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Links]:
    """Parse every built page."""
    return {p.relative_to(built).as_posix(): Links(p.read_text("utf-8")) for p in built.rglob("*.html")}


def test_no_link_is_broken(built: Path, pages: dict[str, Links]) -> None:
    broken = []
    for address, page in pages.items():
        for reference in page.references:
            parts = urlsplit(reference)
            if parts.scheme or reference.startswith("//"):
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(parts.path)))
                if parts.path
                else address
            )
            is_anchor = parts.fragment and "=" not in parts.fragment  # else it is what form.js fills in
            lacks_heading = is_anchor and unquote(parts.fragment) not in pages[target].ids
            if not (built / target).is_file() or lacks_heading:
                broken.append((address, reference))
    assert broken == []


def test_links_name_a_file_and_are_relative(pages: dict[str, Links]) -> None:
    for address, page in pages.items():
        for reference in page.references:
            path = urlsplit(reference).path
            assert not path.startswith("/") or urlsplit(reference).scheme, (address, reference)
            assert not path or urlsplit(reference).scheme or posixpath.splitext(path)[1], (address, reference)


def test_ids_are_used_once_a_page(pages: dict[str, Links]) -> None:
    assert [address for address, page in pages.items() if len(page.ids) != len(set(page.ids))] == []


def test_scripts_are_the_columns_own_files(built: Path) -> None:
    for path in built.rglob("*.html"):
        for attributes, content in re.findall(r"<script\b([^>]*)>(.*?)</script>", path.read_text("utf-8"), re.DOTALL):
            is_data = 'type="application/json"' in attributes
            assert is_data or (
                not content.strip() and re.search(r'src="(?:\.\./)*(?:theme/\w+|search/manifest)\.js"', attributes)
            ), path


SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
CONTENT = {"ArticleTitle", "PubDate", "ContentSource"}


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        ("index.html", SITE | COLUMN),
        ("statutory/policy/index.html", SITE | COLUMN),
        ("guide/index.html", SITE | COLUMN),
        ("statutory/policy/2023-liaocheng-yaodian.html", SITE | COLUMN | CONTENT),
        ("sitemap.html", SITE),
    ],
)
def test_pages_have_their_labels(pages: dict[str, Links], address: str, labels: set[str]) -> None:
    page = pages[address]
    assert labels <= set(page.meta)
    assert all(page.meta[name] for name in labels)
    assert re.fullmatch(r"\d{4}(-\d\d-\d\d \d\d:\d\d|-\d\d)?", page.meta.get("PubDate", "2026"))


HEADER = ("索引号", "主题分类", "发文机关", "成文日期", "标题", "发文字号", "发布日期", "有效性", "公开属性")


def test_a_document_has_the_header_table(built: Path) -> None:
    text = (built / "statutory/policy/2023-liaocheng-yaodian.html").read_text("utf-8")
    table = text[text.index("<table") : text.index("</table>")]
    words = html.unescape(re.sub(r"<[^>]+>", " ", table))
    assert [label for label in HEADER if label not in words] == []
    for value in ("聊政办发〔2023〕9号", "2023-07-25", "聊城市人民政府办公室", r"综合政务\政务公开", "主动公开"):
        assert value in words


def test_fixed_sections_have_useful_texts(built: Path) -> None:
    for section, words in {
        "guide": ("获取方式", "第二十九条", "办公时间"),
        "rules": ("第十七条",),
        "statutory": ("第二十条",),
        "reports": ("第五十条",),
        "request": ("20个工作日", "申请"),
    }.items():
        text = (built / section / "index.html").read_text("utf-8")
        assert [word for word in words if word not in text] == [], section


def test_an_empty_leaf_states_its_reason(built: Path) -> None:
    text = (built / "statutory/licensing/index.html").read_text("utf-8")
    assert "本机关暂无此类信息" in text or "示例" in text


def test_data_files_can_be_read(built: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.parse(built / "feed.xml").getroot()  # noqa: S314  (our own file)
    assert len(feed.findall(f"{atom}entry")) > 10
    urls = etree.parse(built / "sitemap.xml").getroot()  # noqa: S314  (our own file)
    assert len(urls) > 50


@pytest.mark.browser
def test_a_redirect_leads_from_the_old_address(column: MakeColumn, browser: Browser) -> None:
    made = column({"content/rules/r.md": entry("制度甲", aliases="[旧/地 址.html, old]")})
    made.build()
    page = browser.new_page()
    for old in ("旧/地 址.html", "old/index.html"):
        page.goto((made.root / "build" / old).as_uri())
        page.wait_for_url("**/rules/r.html")
        assert page.inner_text("h1") == "制度甲"
    page.close()


@pytest.mark.browser
def test_the_column_works_under_any_path_and_from_any_folder(
    built: Path, tmp_path: Path, watched: tuple[Page, Watch]
) -> None:
    page, watch = watched
    moved = tmp_path / "某 个#文件夹" / "a%20b"
    moved.parent.mkdir()
    moved.symlink_to(built)
    page.goto((moved / "index.html").as_uri())
    page.click('nav a[href="statutory/policy/index.html"]')
    page.click('main a[href="2023-liaocheng-yaodian.html"]')
    page.wait_for_url("**/2023-liaocheng-yaodian.html")
    assert page.locator("main article").count() == 1
    assert watch.faults == []
