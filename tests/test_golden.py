"""The main pages look as they did when somebody last looked at them: `make snapshots` takes their pictures anew."""

from collections.abc import Iterator
from dataclasses import dataclass
import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page
import pytest

from conftest import TODAY, Sample

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parent / "golden"
NOON = datetime.datetime.combine(TODAY, datetime.time(12), datetime.timezone(datetime.timedelta(hours=8)))
WIDTHS = (1366, 390)
PAPER = 794
"""The width of A4 in CSS pixels."""
TALLEST = {1366: 2600, 390: 1600, PAPER: 2600}
"""How much of a long page is looked at, from its top."""
CELL = 32
"""A picture is compared in cells of so many pixels: more than a line of text, so that it matters where text stands and
how much there is of it, not how a machine draws its letters."""
STEP = 16
"""By how much of 255 a cell may differ in a colour."""
SHARE = 0.04
"""How many of the cells may differ by more: another typeface makes 3 in 100 do so at most, another main colour 6."""
HEIGHT = 0.04
"""By how much of its height a page may be taller or shorter."""
LARGEST = 60_000


@dataclass(frozen=True)
class Shot:
    """A picture to be taken: its name, the page, and how it is looked at."""

    name: str
    address: str
    width: int
    query: str = ""
    layout: str = ""

    def take(self, page: Page, folder: Path) -> Image.Image:
        """Take it."""
        printed = self.width == PAPER
        page.set_viewport_size({"width": self.width, "height": 900})
        page.emulate_media(media="print" if printed else "screen")
        page.goto((folder / self.address).as_uri() + self.query)
        if self.query:
            page.locator("[data-hit]").first.wait_for()
        page.evaluate("layout => { document.documentElement.dataset.gkLayout = layout; }", self.layout)
        return seen(page)


def seen(page: Page) -> Image.Image:
    """Give the picture of a page, from its top, in half its size where it is wide."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST[width])
    data = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    picture = Image.open(BytesIO(data)).convert("RGB")
    return picture if width < PAPER else picture.reduce(2)


def cells(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Give the colours of the cells of the upper part of a picture."""
    columns, rows = (max(1, length // CELL) for length in size)
    return picture.crop((0, 0, columns * CELL, rows * CELL)).resize((columns, rows), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> str:
    """Say how two pictures differ by more than is allowed; an empty text where they do not."""
    taller, lower = max(one.height, other.height), min(one.height, other.height)
    if one.width != other.width or taller - lower > HEIGHT * taller:
        return f"{one.size} and {other.size}"
    apart = ImageChops.difference(cells(one, (one.width, lower)), cells(other, (one.width, lower)))
    most = [max(pixel) for pixel in zip(*(band.tobytes() for band in apart.split()), strict=True)]
    share = sum(step > STEP for step in most) / len(most)
    return f"{share:.1%} of the cells differ" if share > SHARE else ""


PAGES = {
    "front": "index.html",
    "list": "statutory/policy/index.html",
    "document": "statutory/normative/2026-diandongche.html",
    "directory": "statutory/decisions/directory-2026.html",
    "consultation": "statutory/consultations/2026-diandongche.html",
    "annex": "statutory/livelihood/附件2-补助台账.xlsx.html",
    "on-request": "statutory/policy/2026-zhengqiu-yijian-han.html",
    "application": "request/form.html",
    "404": "404.html",
}
SHOTS = [
    *(Shot(f"{name}-{width}", address, width) for width in WIDTHS for name, address in PAGES.items()),
    *(Shot(f"search-{width}", "search.html", width, query="?q=电动自行车") for width in WIDTHS),
    *(
        Shot(f"plain-{name}-{width}", PAGES[name], width, layout="plain")
        for width in WIDTHS
        for name in ("front", "document")
    ),
    *(Shot(f"print-{name}", PAGES[name], PAPER) for name in ("document", "application")),
]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Give a browser on the day of the sample."""
    # Tests put styles into pages, which no policy of a page allows.
    context = browser.new_context(color_scheme="light", device_scale_factor=1, bypass_csp=True)
    context.clock.set_fixed_time(NOON)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_page_looks_as_it_did(shot: Shot, page: Page, sample: Sample, request: pytest.FixtureRequest) -> None:
    now = shot.take(page, sample.folder)
    path = GOLDEN / f"{shot.name}.webp"
    if request.config.getoption("--snapshots"):
        GOLDEN.mkdir(exist_ok=True)
        now.save(path, quality=35, method=6)
    assert path.is_file(), "there is no picture of it: run make snapshots, and look at what it makes"
    assert path.stat().st_size <= LARGEST
    with Image.open(path) as then:
        told = difference(then.convert("RGB"), now)
    assert not told, f"{told}: if that is meant, run make snapshots and look at {path.name}"


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {shot.name for shot in SHOTS}


DOCUMENT = next(shot for shot in SHOTS if shot.name == "document-1366")
CHANGES = {
    "the tree on the other side": ".gk-frame { direction: rtl } .gk-frame > * { direction: ltr }",
    "no header table": ".gk-facts { display: none }",
    "another main colour": ":root { --gk-banner: #1d5a3c !important; --gk-main: #1d5a3c !important }",
    "a text without leading": ".gk-text { line-height: 1.3 !important }",
    "a wider banner": ".gk-banner .gk-width { padding-block: 5rem !important }",
    "a ground": "body { background: #e6e6e6 }",
}
SLIGHT = {
    "another typeface": "* { font-family: 'Noto Serif CJK SC', serif !important }",
    "one pixel": "body { padding-top: 1px }",
}


@pytest.mark.parametrize("change", [*CHANGES, *SLIGHT])
def test_a_change_of_the_layout_is_seen_and_another_way_to_draw_letters_is_not(
    change: str, page: Page, sample: Sample
) -> None:
    before = DOCUMENT.take(page, sample.folder)
    page.add_style_tag(content=(CHANGES | SLIGHT)[change])
    assert bool(difference(before, seen(page))) == (change in CHANGES)
