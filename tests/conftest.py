"""What many tests need: a column written from a dict, the sample column as it is built, and a real browser."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
import datetime
from io import BytesIO
import os
from pathlib import Path
import shutil

from hypothesis import settings
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
import pytest

from gkssg.archive.load import load
from gkssg.build import Report, build
from gkssg.digest import Digester
from gkssg.disclose import disclose
from gkssg.output import theme
from gkssg.output.compiled import Compiled
from gkssg.site.annexes import AnnexPage
from gkssg.site.model import FileCopy, OpenDocument
from gkssg.site.model import Page as PageValue
from gkssg.site.plan import plan

ROOT = Path(__file__).parents[1]
TODAY = datetime.date(2026, 11, 20)

# How long an example takes says how busy the machine is, and nothing else.
settings.register_profile("gkssg", deadline=None)
settings.load_profile("gkssg")

COLUMN = """\
name: 政府信息公开
organ: 示例区人民政府
base_url: https://www.example.gov.cn/zfxxgk/
site: {name: 示例区人民政府网站, domain: www.example.gov.cn, id_code: "0000000000", contact: 示例区人民政府办公室, \
icp: 示例ICP备00000000号, police: 示例公网安备00000000000000号, find_error: https://www.example.gov.cn/jiucuo}
"""

ORGAN = """\
---
title: 示例区人民政府
kind: organ
attribute: active
address: 示例路1号
hours: 工作日 8:30—12:00，13:30—17:30
phone: 0000-00000000
leaders: [{name: 示例甲, post: 区长}]
departments: [{name: 示例科}]
---
履行职能。
"""

BASE: Mapping[str, str] = {"content/column.yml": COLUMN, "content/statutory/organs/gov.md": ORGAN}
"""The smallest column without a problem."""

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Without these, Chromium looks for its maker's hosts at every start.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Column:
    """A column on disk that a test writes and builds."""

    root: Path

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files by their path from the column's folder."""
        for path, text in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def build(self, out: str = "build", today: datetime.date = TODAY, **options: bool | int | str | Path) -> Report:
        """Build it; the report must have no errors."""
        report = self.try_build(out, today, **options)
        assert not report.failed, [(problem.place, problem.rule, problem.message) for problem in report.problems]
        return report

    def try_build(self, out: str = "build", today: datetime.date = TODAY, **options: bool | int | str | Path) -> Report:
        """Build it, errors or not."""
        return build(self.root, self.root / out, today, **options)  # type: ignore[arg-type]  # passed on as given

    def files(self, out: str = "build") -> dict[str, bytes]:
        """Give every file of the built column by path."""
        folder = self.root / out
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    def text(self, path: str, out: str = "build") -> str:
        """Give the text of one built file."""
        return (self.root / out / path).read_text("utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``make snapshots`` take the golden pictures anew."""
    parser.addoption("--snapshots", action="store_true", help="take the pictures in tests/golden/ anew")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a command caches apart from the user's own."""
    monkeypatch.setenv("GKSSG_CACHE", str(tmp_path / "cache"))


MakeColumn = Callable[[Mapping[str, str | bytes]], Column]


@pytest.fixture
def column(tmp_path: Path) -> MakeColumn:
    """Make a column of the given files on top of the smallest one."""

    def make(files: Mapping[str, str | bytes]) -> Column:
        made = Column(tmp_path / "column")
        made.write({**BASE, **files})
        return made

    return make


@dataclass(frozen=True)
class Sample:
    """The sample column, built: its folder, and for each template the longest page of every sort that it makes."""

    folder: Path
    pages: Mapping[str, tuple[str, ...]]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Build the sample column, once a test process; nobody may change it."""
    folder = tmp_path_factory.mktemp("sample") / "build"
    report = build(ROOT, folder, TODAY)
    assert not report.failed, report.problems
    site = disclose(load(ROOT)[0], TODAY, "zh", lambda path: FileCopy("content", path, "", 0))
    made: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for output in plan(site, {}, Digester().digest):
        if isinstance(output.value, PageValue):
            made[output.value.template][_sort(output.value)].append(output.path)
    longest = {
        template: tuple(max(paths, key=lambda path: (folder / path).stat().st_size) for paths in sorts.values())
        for template, sorts in made.items()
    }
    return Sample(folder, longest)


def _sort(page: PageValue) -> str:
    """Tell apart pages that one template makes in different ways: documents by kind and state, annexes by type."""
    match page.content:
        case OpenDocument() as document:
            return f"{document.entry.kind} {document.entry.validity}"
        case AnnexPage():
            return Path(page.address).suffixes[-2]
        case _:
            return ""


def entry(title: str, body: str = "正文。", **fields: str) -> str:
    """Give the text of a content file; it is active unless ``attribute`` says otherwise."""
    facts = {"title": title, "attribute": "active", **fields}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in facts.items()) + f"---\n{body}\n"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """Give a picture, written by Pillow with the options."""
    out = BytesIO()
    image = Image.radial_gradient("L").resize(size)
    Image.merge("RGB", (image, image.rotate(90), image.rotate(180))).save(out, form, **options)
    return out.getvalue()


def chromium() -> str:
    """Find the Chromium that ``make browser`` provides."""
    named = os.environ.get("GKSSG_CHROMIUM")
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    found = named or next(filter(None, map(shutil.which, _CHROMIUMS)), None) or (str(mac) if mac.exists() else None)
    if not found:
        pytest.fail("no Chromium: run make browser, or name one with GKSSG_CHROMIUM")
    return found


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled templates for all columns of a run: the most of a small build is compiling them."""
    kept = tmp_path_factory.getbasetemp().parent / "compiled templates"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme, "Compiled", lambda folder, words: Compiled(kept / folder.name, words))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a headless Chromium, one a test process."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(_FLAGS))
        yield launched
        launched.close()
