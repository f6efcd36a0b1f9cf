"""The foot of a page: its address and the QR code of it, how it is cited, what comes before and after it."""

from collections.abc import Iterator
import datetime
from io import BytesIO
from itertools import product
from pathlib import Path
import random
import re

from PIL import Image
from playwright.sync_api import Browser, Page, expect
import pypdf
import pytest
import segno
import zxingcpp

from gkssg.dates import parse_date
from gkssg.output.qr import Drawing, draw
from gkssg.site.foot import citation
from gkssg.site.model import Entry, OrganLink
from gkssg.terms import Attribute, Kind

from conftest import BASE, Column, MakeColumn, entry

BASE_URL = "https://www.example.gov.cn/zfxxgk/"
POLICY = "content/statutory/policy"


def modules(drawing: Drawing) -> list[list[bool]]:
    """Give what a drawing shows, square by square: it is gone over as a pen goes."""
    shown = [[False] * drawing.side for _ in range(drawing.side)]
    x = y = 0.0
    for step, across, down in re.findall(r"([Mmh])(-?\d+)(?: ([\d.]+))?", drawing.path):
        if step == "h":
            for column in range(int(across)):
                shown[int(y)][int(x) + column] = True
        x, y = (float(across), float(down)) if step == "M" else (x + float(across), y + float(down or 0))
    return shown


def read(drawing: Drawing) -> str:
    """Read a QR code as a telephone does."""
    scale = 3
    image = Image.new("L", (drawing.side * scale, drawing.side * scale), 255)
    shown = modules(drawing)
    for y, x in product(range(image.height), range(image.width)):
        if shown[y // scale][x // scale]:
            image.putpixel((x, y), 0)
    found = zxingcpp.read_barcodes(image)
    assert len(found) == 1
    return str(found[0].text)


@pytest.mark.parametrize("length", [*range(1, 20), *range(20, 190, 7), 213, 600])
def test_a_code_is_the_one_that_segno_draws(length: int) -> None:
    text = "".join(random.Random(length).choices("abcdefghijklmnopqrstuvwxyz0123456789-./:%_", k=length))  # noqa: S311
    code = segno.make(text, error="m", mask=2, mode="byte", boost_error=False, micro=False)
    drawing = draw(text)
    inside = [row[4:-4] for row in modules(drawing)[4:-4]]
    assert inside == [[bool(module) for module in row] for row in code.matrix]
    assert drawing.side == len(inside) + 8


@pytest.mark.parametrize("length", [14, 15, 62, 84, 106, 122, 152, 180, 181])
def test_a_reader_reads_it(length: int) -> None:
    address = f"{BASE_URL}{'a' * length}"[:length]
    assert read(draw(address)) == address


def test_chinese_in_an_address_is_percent_encoded_once() -> None:
    assert read(draw(f"{BASE_URL}政策/a%20b.html")) == f"{BASE_URL}%E6%94%BF%E7%AD%96/a%20b.html"


def foot(page: str) -> str:
    """Give the part of a page with its address."""
    return page.partition('<section class="gk-address"')[2].partition("</section>")[0]


def drawn(page: str) -> Drawing:
    """Give the code of a page."""
    found = re.search(r'viewBox="0 0 (\d+) \1".*?<path [^>]*d="([^"]*)"', foot(page))
    assert found
    return Drawing(int(found[1]), found[2])


def test_every_entry_shows_the_address_at_which_it_stays(column: MakeColumn) -> None:
    made = column(
        {
            f"{POLICY}/政策 1.md": entry("甲"),
            "content/rules/d.md": entry("乙", kind="dossier"),
            "content/rules/w.md": entry("丙", attribute="on-request", reason="16-2", review_by="2027"),
        }
    )
    made.build()
    for path, address in (
        ("statutory/policy/政策 1.html", "statutory/policy/%E6%94%BF%E7%AD%96%201.html"),
        ("rules/d.html", "rules/d.html"),
        ("rules/w.html", "rules/w.html"),
    ):
        assert read(drawn(made.text(path))) == BASE_URL + address
    assert f">{BASE_URL}statutory/policy/政策%201.html</span>" in foot(made.text("statutory/policy/政策 1.html"))
    withheld = made.text("rules/w.html")
    assert "gk-cite" not in withheld
    assert "gk-neighbours" not in withheld


def cited(issuers: tuple[str, ...] = ("示例局",), doc_no: str = "", published: str = "", written: str = "") -> str:
    """Cite an entry."""
    return citation(
        Entry(
            address="a.html",
            kind=Kind.DOCUMENT,
            attribute=Attribute.ACTIVE,
            title="关于甲的通知",
            doc_no=doc_no,
            index_no="",
            issuers=tuple(map(OrganLink, issuers)),
            written=parse_date(written) if written else None,
            published=parse_date(published) if published else None,
            validity=None,
            progress=None,
            turns=(),
            sections=(),
        )
    )


def test_an_entry_is_cited_as_the_standard_has_it() -> None:
    assert cited(doc_no="示发〔2026〕1号", published="2026-05-01 09:30", written="2026-04-01") == (
        "示例局. 关于甲的通知: 示发〔2026〕1号[EB/OL]. (2026-05-01)"
    )
    assert cited(written="2019") == "示例局. 关于甲的通知[EB/OL]. (2019)"
    assert cited(("甲局", "", "乙局")) == "甲局, 乙局. 关于甲的通知[EB/OL]. "
    assert cited(("甲", "乙", "丙", "丁")).startswith("甲, 乙, 丙, 等. 关于")
    assert cited(()) == "关于甲的通知[EB/OL]. "


def test_without_a_script_the_day_of_citing_is_left_to_the_reader(column: MakeColumn) -> None:
    made = column({f"{POLICY}/a.md": entry("甲", published="2026-05-01", issuer="示例区人民政府")})
    made.build()
    text = re.sub(r"<[^>]*>", "", foot(made.text("statutory/policy/a.html")).partition("<details")[2])
    assert f"示例区人民政府. 甲[EB/OL]. (2026-05-01)[引用日期]. {BASE_URL}statutory/policy/a.html." in text


NEIGHBOURS: dict[str, str | bytes] = {
    **{f"{POLICY}/{n}.md": entry(f"第{n}件", published=f"2026-01-0{n}") for n in range(1, 6)},
    f"{POLICY}/asked.md": entry("依申请", published="2026-01-03", attribute="on-request", reason="16-2"),
    f"{POLICY}/secret.md": entry(
        "不公开", published="2026-01-03", attribute="withheld", reason="14-1", title_open="false"
    ),
    "content/rules/r.md": entry("制度", published="2026-01-03", category="[rules, statutory/policy]"),
}  # fmt: skip


def neighbours(made: Column, name: str) -> dict[str, str]:
    """Give the addresses of what comes before and after an entry."""
    part = made.text(f"statutory/policy/{name}.html").partition('<nav class="gk-neighbours"')[2].partition("</nav>")[0]
    return dict(re.findall(r'rel="(\w+)" href="([^"]*)"', part))


def test_neighbours_are_those_of_the_list_and_open(column: MakeColumn) -> None:
    made = column(NEIGHBOURS)
    made.build()
    assert neighbours(made, "5") == {"next": "4.html"}
    assert neighbours(made, "4") == {"prev": "5.html", "next": "3.html"}
    assert neighbours(made, "3") == {"prev": "4.html", "next": "../../rules/r.html"}
    assert neighbours(made, "1") == {"prev": "2.html"}
    assert "gk-neighbours" not in made.text("rules/r.html")  # the only one in the first of its sections
    assert "gk-neighbours" not in made.text("statutory/organs/gov.html")
    for name in "12345":
        assert not re.search("asked|secret|withheld|不公开", made.text(f"statutory/policy/{name}.html"))


@pytest.mark.parametrize(
    ("path", "text", "remade"),
    [
        (f"{POLICY}/new.md", entry("新", published="2026-01-04"), {"new", "4", "5"}),
        (f"{POLICY}/2.md", entry("改名", published="2026-01-02"), {"1", "2", "3"}),
        (f"{POLICY}/2.md", entry("第2件", "改了。", published="2026-01-02"), {"2"}),
        (f"{POLICY}/2.md", entry("第2件", published="2026-01-02", summary="改了。"), {"2"}),
        (f"{POLICY}/2.md", entry("第2件", written="2026-01-02", attribute="withheld", reason="14-1"), {"1", "2", "3"}),
    ],
    ids=["a new entry", "a title", "a text", "a summary", "withdrawn"],
)  # fmt: skip
def test_only_the_neighbours_of_what_changed_are_made_again(
    column: MakeColumn, path: str, text: str, remade: set[str]
) -> None:
    numbered = {name: text for name, text in NEIGHBOURS.items() if re.search(r"\d\.md", name)}
    made = column(numbered)
    made.build()
    made.write({path: text})
    paths = {path for path, _ in made.build().made}
    assert {match[1] for path in paths if (match := re.fullmatch(r"statutory/policy/(\w+)\.html", path))} - {
        "index"
    } == (remade)
    made.build("clean")
    assert made.files() == made.files("clean")


def test_a_red_head_stands_above_numbered_documents_where_the_column_wants_it(column: MakeColumn) -> None:
    files = {
        f"{POLICY}/a.md": entry("甲", doc_no="示政发〔2026〕1号", issuer="示例区人民政府"),
        f"{POLICY}/b.md": entry("乙", doc_no="示财发〔2026〕2号", issuer="[示例区财政局, 示例区教育局]"),
        f"{POLICY}/c.md": entry("丙", doc_no="示政函〔2026〕3号", issuer="示例区人民政府"),
        f"{POLICY}/d.md": entry("丁", doc_no="第711号令", issuer="示例区人民政府"),
        f"{POLICY}/e.md": entry("戊", issuer="示例区人民政府"),
        f"{POLICY}/f.md": entry("己", kind="report", doc_no="示政发〔2026〕4号", issuer="示例区人民政府"),
    }
    made = column(files)
    made.build()
    assert not [path for path, data in made.files().items() if b'class="gk-letterhead' in data]
    made.write({"content/column.yml": (made.root / "content/column.yml").read_text("utf-8") + "红头: 是\n"})
    made.build()

    def head(name: str) -> list[str]:
        part = (
            made.text(f"statutory/policy/{name}.html").partition('<div class="gk-letterhead"')[2].partition("</div>")[0]
        )
        return re.findall(r">([^<>\n]+)<", part)

    assert head("a") == ["示例区人民政府", "文件", "示政发〔2026〕1号"]
    assert head("b") == ["示例区财政局", "示例区教育局", "文件", "示财发〔2026〕2号"]
    assert head("c") == ["示例区人民政府", "示政函〔2026〕3号"]
    assert [head(name) for name in "def"] == [[], [], []]
    made.build("clean")
    assert made.files() == made.files("clean")


LONG = "\n\n".join(
    (
        "附表如下。",
        "| " + " | ".join(f"第{n}列" for n in range(1, 15)) + " |\n" + "|---:" * 14 + "|\n"
        + "| " + " | ".join(f"{n}23456.78" for n in range(1, 15)) + " |",
        "\n\n".join(f"第{n}条　为了演示，制定本办法。" * 3 for n in range(1, 40)),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a document that has a red head, a wide table and a long text."""
    made = Column(tmp_path_factory.mktemp("column"))
    column = BASE["content/column.yml"]
    files: dict[str, str | bytes] = {
        "content/column.yml": f"{column}letterhead: true\n",
        f"{POLICY}/a.md": entry(
            "甲", LONG, doc_no="示政发〔2026〕1号", issuer="示例区人民政府", published="2026-05-01"
        ),
        f"{POLICY}/b.md": entry("乙", published="2025"),
    }
    made.write({**BASE, **files})
    made.build()
    return made.root / "build/statutory/policy/a.html"


@pytest.fixture
def page(browser: Browser, built: Path) -> Iterator[Page]:
    """Open it; what it would put into the clipboard is kept."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, timezone_id="America/New_York")
    opened = context.new_page()
    opened.add_init_script("document.addEventListener('copy', () => { window.copied = getSelection().toString(); })")
    opened.goto(built.as_uri())
    yield opened
    context.close()


@pytest.mark.browser
def test_the_address_and_the_citation_are_copied(page: Page) -> None:
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # as on a host without https
    page.get_by_role("button", name="复制地址").click()
    expect(page.get_by_role("status").first).to_have_text("已复制")
    assert page.evaluate("window.copied") == f"{BASE_URL}statutory/policy/a.html"
    page.locator(".gk-cite summary").click()
    page.get_by_role("button", name="复制引文").click()
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    assert page.evaluate("window.copied") == (
        f"示例区人民政府. 甲: 示政发〔2026〕1号[EB/OL]. (2026-05-01)[{today}]. {BASE_URL}statutory/policy/a.html."
    )
    expect(page.get_by_role("status").first).to_have_text("", timeout=9000)


@pytest.mark.browser
def test_where_a_page_may_write_to_the_clipboard_it_does(page: Page) -> None:
    page.evaluate("navigator.clipboard.writeText = async text => { window.written = text; }")
    page.get_by_role("button", name="复制地址").click()
    expect(page.get_by_role("status").first).to_have_text("已复制")
    assert page.evaluate("window.written") == f"{BASE_URL}statutory/policy/a.html"


@pytest.mark.browser
def test_without_scripts_nothing_is_missing_but_the_buttons(browser: Browser, built: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(built.as_uri())
    expect(page.locator("#gk-address")).to_have_text(f"{BASE_URL}statutory/policy/a.html")
    expect(page.locator(".gk-cite p")).to_contain_text("[引用日期]")
    assert page.locator(".gk-copy:visible").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [1366, 390])
def test_the_code_is_read_off_the_screen_dark_or_not(browser: Browser, built: Path, width: int) -> None:
    page = browser.new_context(color_scheme="dark", viewport={"width": width, "height": 900}).new_page()
    page.goto(built.as_uri())
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator(".gk-qr").screenshot())))
    assert code.text == f"{BASE_URL}statutory/policy/a.html"
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
def test_a_line_holds_some_forty_characters_and_begins_two_in(page: Page) -> None:
    first = page.locator(".gk-text > p").first
    width, indent = first.evaluate(
        "e => [e.offsetWidth, parseFloat(getComputedStyle(e).textIndent)]"
        ".map(length => length / parseFloat(getComputedStyle(e).fontSize))"
    )
    assert 39 <= width <= 42
    assert indent == 2


@pytest.mark.browser
def test_on_paper_pages_are_numbered_and_nothing_is_cut(page: Page) -> None:
    paper = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = ["".join(sheet.extract_text().split()) for sheet in paper]
    assert len(paper) > 3
    assert [f"—{number}/{len(paper)}—" in text for number, text in enumerate(texts, 1)] == [True] * len(paper)
    across = [sheet.mediabox.width > sheet.mediabox.height for sheet in paper]
    assert across.count(True) == 1  # the wide table
    assert [f"{n}23456.78" in texts[across.index(True)] for n in range(1, 15)] == [True] * 14
    whole = "".join(texts)
    assert whole.count("制定本办法") == 39 * 3
    assert f"{BASE_URL}statutory/policy/a.html" in texts[-1]
    assert not re.search("复制|引用|上一篇|下一篇|高对比度", whole)
    assert {round(float(sheet.mediabox.width)) for sheet in paper} == {595, 842}


@pytest.mark.browser
def test_the_code_is_read_off_paper(page: Page) -> None:
    page.emulate_media(media="print")
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator(".gk-qr").screenshot())))
    assert code.text == f"{BASE_URL}statutory/policy/a.html"
