"""Every file that belongs to an open entry has its page, which says what the file is, by its content."""

from html import unescape
from html.parser import HTMLParser
from io import BytesIO
import json
from pathlib import Path
import posixpath
import re
import shutil
from urllib.parse import quote, unquote, urlsplit
import zipfile

import openpyxl
from openpyxl.styles import numbers
from PIL import Image
from playwright.sync_api import Browser, expect
import pytest

from gkssg.annexes.examination import Examination
from gkssg.annexes.limits import LARGEST_PART, MOST_MEMBERS, MOST_ROWS
from gkssg.annexes.look import examine, look_at
from gkssg.annexes.looks import Sheets, Table, Writing
from gkssg.annexes.sniff import sniff
from gkssg.annexes.types import TYPES, name_fits
from gkssg.archive.load import load
from gkssg.build import inspect
from gkssg.digest import digest_bytes
from gkssg.store import open_store

from conftest import BASE, TODAY, Column, MakeColumn, Sample, entry, picture

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "corpus" / "attachments"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES_PART = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Give an archive of the parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, before: str = "") -> bytes:
    """Give a Word document with a body."""
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES_PART, "word/document.xml": document})


def paragraph(text: str, inside: str = "<w:t>{}</w:t>") -> str:
    """Give a paragraph of a Word document."""
    return f"<w:p><w:r>{inside.format(text)}</w:r></w:p>"


def workbook() -> bytes:
    """Give a workbook with hidden sheets, rows and columns, dates and number formats."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "收费"
    for row in (
        ["项目", "金额", "密", "日期", "比例"],
        ["甲", 1234.5, "机密列", None, 0.125],
        ["机密行", 1, "", "", ""],
    ):
        sheet.append(row)
    sheet["B2"].number_format = numbers.FORMAT_NUMBER_COMMA_SEPARATED1
    sheet["E2"].number_format = "0.0%"
    sheet["D2"] = TODAY
    sheet["A4"] = 2026
    sheet["B4"] = 3.1
    sheet["B4"].number_format = "0.00"
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("机密表").sheet_state = "hidden"
    book["机密表"]["A1"] = "机密"
    book.create_sheet("空表")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rows(table: Table) -> list[tuple[str, ...]]:
    """Give the cells of a table."""
    return [line.cells for line in table.rows]


def put(folder: Path, name: str, data: bytes) -> Path:
    """Write a file."""
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_in_every_encoding_is_a_table(tmp_path: Path, encoding: str, mark: str, end: str) -> None:
    lines = [["名称", "金额", "备注"], ["甲，乙", "007", '"一行' + end + '两行"'], [], ["丙", "1.50"]]
    path = put(tmp_path, "a.csv", end.join(mark.join(line) for line in lines).encode(encoding))
    look = look_at(path, sniff(path))
    assert isinstance(look, Sheets)
    (table,) = look.tables
    assert table.columns == ("名称", "金额", "备注")
    assert rows(table) == [("甲，乙", "007", "一行\n两行"), ("丙", "1.50", "")]
    assert (table.all_rows, table.is_whole) == (2, True)


def test_a_long_table_shows_its_beginning_and_says_how_much_there_is(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", annexes="[long.csv]"),
            "content/rules/long.csv": "\n".join(f"{n},{','.join('x' * 60)}" for n in range(1001)),
        }
    )
    made.build()
    page = made.text("rules/long.csv.html")
    assert "前200行（共1000行）、前40列（共61列）" in page
    assert page.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>") == MOST_ROWS


def test_a_workbook_shows_what_is_visible_as_it_looks(tmp_path: Path) -> None:
    path = put(tmp_path, "a.xlsx", workbook())
    look = look_at(path, sniff(path))
    assert isinstance(look, Sheets)
    first, empty = look.tables
    assert (look.all_tables, first.name, empty.name) == (2, "收费", "空表")
    assert first.columns == ("A", "B", "D", "E")
    assert [(line.number, *line.cells) for line in first.rows] == [
        (1, "项目", "金额", "日期", "比例"),
        (2, "甲", "1,234.50", "2026-11-20", "12.5%"),
        (4, "2026", "3.10", "", ""),
    ]
    assert empty.rows == ()
    assert "机密" not in str(look)


def test_a_word_document_shows_what_its_author_means_to_be_read(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        paragraph("第一条")
        + '<w:p><w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins>'
        + '<w:del w:id="2"><w:r><w:delText>删</w:delText></w:r></w:del></w:p>'
        + paragraph("隐藏", "<w:rPr><w:vanish/></w:rPr><w:t>{}</w:t>")
        + paragraph("PAGE", "<w:instrText>{}</w:instrText>")
        + f"<w:tbl><w:tr>{cell.format('甲')}{cell.format('乙')}</w:tr><w:tr>{cell.format('丙')}</w:tr></w:tbl>"
        + "<w:sdt><w:sdtContent>" + paragraph("控件里") + "</w:sdtContent></w:sdt>"
        + "<w:p><w:r><w:t>左</w:t><w:tab/><w:t>右</w:t><w:br/><w:t>下</w:t></w:r></w:p>"
    )  # fmt: skip
    path = put(tmp_path, "a.docx", docx(body))
    look = look_at(path, sniff(path))
    assert isinstance(look, Writing)
    first, inserted, table, inside, last = look.blocks
    assert (first, inserted, inside, last) == ("第一条", "新", "控件里", "左\t右\n下")
    assert isinstance(table, Table)
    assert rows(table) == [("甲", "乙"), ("丙", "")]
    assert look.is_whole


BOMB = b"<a>" * 100 + b" " * (LARGEST_PART + 1)
ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
BROKEN: dict[str, bytes] = {
    "empty.pdf": b"",
    "cut.docx": docx(paragraph("文" * 3000))[:-60],
    "cut.xlsx": workbook()[:3000],
    "cut.zip": zipped({"a.txt": "x" * 9000})[:40],
    "bomb.docx": zipped({"[Content_Types].xml": TYPES_PART, "word/document.xml": BOMB}),
    "bomb.xlsx": zipped({"[Content_Types].xml": TYPES_PART, "xl/workbook.xml": "<a/>", "xl/styles.xml": BOMB}),
    "entities.docx": docx(paragraph("&b;"), ENTITIES),
    "entities.xlsx": zipped({"[Content_Types].xml": TYPES_PART, "xl/workbook.xml": ENTITIES + "<w>&b;</w>"}),
    "deep.docx": docx("<w:p>" + "<w:smartTag>" * 30_000 + "</w:smartTag>" * 30_000 + "</w:p>"),
    "many.zip": zipped({str(n): "" for n in range(MOST_MEMBERS + 1)}),
    "broken.pdf": b"%PDF-1.7\n" + b"garbage " * 99,
    "broken.xls": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000,
    "cut.jpg": picture("JPEG", (400, 300))[:3000],
    "cut.png": picture("PNG", (400, 300))[:-2000],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_shown_has_a_page_that_says_why_and_a_warning(column: MakeColumn, name: str) -> None:
    made = column({"content/rules/a.md": entry("甲", annexes=f"[{name}]"), f"content/rules/{name}": BROKEN[name]})
    report = made.build()
    rules = {problem.rule for problem in report.problems}
    assert rules & {"file-broken", "file-empty", "file-type"}
    assert all((p.place.path, p.place.line, p.place.column) == ("content/rules/a.md", 4, 11) for p in report.problems)
    page = made.text(f"rules/{name}.html")
    if name != "broken.xls":
        assert re.search(r"没有预览：[^。]+。", page), "the reason is given"
    assert made.files()[f"rules/{name}"] == BROKEN[name] or name.endswith(("jpg", "png"))


LYING = {
    "a.doc": (docx(paragraph("文")), "docx"),
    "b.doc": (rb"{\rtf1\ansi\ansicpg936 \'d6\'d0\'ce\'c4}", "rtf"),
    "c.doc": ("<html><body>中文</body></html>".encode(), "html"),
    "d.pdf": (b"\n\n<!DOCTYPE html><html>404</html>", "html"),
    "e.jpg": (picture("PNG"), "png"),
    "f.png": (picture("JPEG"), "jpeg"),
    "g.xls": (workbook(), "xlsx"),
    "h.docx": (zipped({"a.txt": "x"}), "zip"),
    "i.xls": ("甲,乙\n1,2".encode("gb18030"), "txt"),
    "j.doc": (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n", "mhtml"),
    "k.txt": (bytes(range(256)) * 9, "unknown"),
}


@pytest.mark.parametrize("name", LYING)
def test_a_name_that_lies_is_told_on_the_page_and_by_a_warning(column: MakeColumn, name: str) -> None:
    data, code = LYING[name]
    made = column({"content/rules/a.md": entry("甲", annexes=f"[{name}]"), f"content/rules/{name}": data})
    problem, *others = made.build().problems
    assert (problem.rule, problem.place.line) == ("file-type", 4)
    assert {other.rule for other in others} <= {"file-unsearched"}
    page = made.text(f"rules/{name}.html")
    assert "请注意文件类型" in page
    assert f"内容却是：{TYPES[code].zh}。" in page


TRUE = {
    "a.txt": "通知".encode("gb18030"),
    "b.csv": "甲,乙".encode(),
    "c.TXT": "文".encode("utf-16"),
    "d.wps": b"",
    "e": docx(paragraph("文")),
    "f.JPG": picture("JPEG"),
    "g.DOCX": docx(paragraph("文")),
    "h.zip": zipped({"a": "x"}),
    "i.ofd": zipped({"OFD.xml": "<ofd/>"}),
    "j.json": b"{}",
    "k.dwg": b"AC1018" + bytes(99),
    "l.mp4": b"\0\0\0\x18ftypmp42" + bytes(99),
    "m.rtf": rb"{\rtf1 text}",
    "n.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
}


@pytest.mark.parametrize("name", TRUE)
def test_an_honest_name_is_no_problem(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, name, TRUE[name])
    kind = sniff(path)
    assert kind.code == "empty" or name_fits(name, kind)
    assert examine(path).fault is None or not TRUE[name]


class Page(HTMLParser):
    """Collects the links of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where one element leads."""
        found = dict(attrs)
        self.links += [str(found[name]) for name in ("href", "src", "data") if found.get(name) and tag != "link"]


def leads_to(made: Column, page: str) -> set[str]:
    """Give the files that a page links to, as a browser finds them."""
    links = [urlsplit(link) for link in Page(made.text(page)).links]
    folder = posixpath.dirname(page)
    return {
        posixpath.normpath(posixpath.join(folder, unquote(link.path)))
        for link in links
        if link.path and not link.scheme
    }


ODD = [
    "附件1（2026）[最终].txt",
    "有 空 格.txt",
    "换行%0A.txt",
    "井#号.txt",
    "百分%号.txt",
    "a&b'c;d=e+f,g@h!i~j$k^l{m}`n.txt",
    "没有后缀",
    "大写.TXT",
    "空格 .txt",
    "长" * 65 + "a.txt",
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_have_pages_and_links_that_work(column: MakeColumn, name: str) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", annexes=json.dumps([name], ensure_ascii=False)),
            f"content/rules/{name}": "文",
        }
    )
    made.build()
    assert len(f"{name}.1200.webp".encode()) <= 255
    assert {f"rules/{name}", f"rules/{name}.html"} <= leads_to(made, "rules/a.html")
    assert {f"rules/{name}", "rules/a.html"} <= leads_to(made, f"rules/{name}.html")
    assert f"{name}" in unescape(made.text(f"rules/{name}.html"))
    assert f"rules/{quote(name)}.html<" in made.text("sitemap.xml")


def test_several_entries_share_a_file(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", annexes="[{file: x.txt, note: 甲的说明}]"),
            "content/rules/b.md": entry("乙", annexes="[{file: x.txt, title: 申请表, note: 乙的说明}]"),
            "content/rules/c.md": entry("丙", "见[表](x.txt)。"),
            "content/rules/d.md": entry("丁", attribute="on-request", reason="16-2"),
            "content/rules/x.txt": "文",
        }
    )
    made.build()
    page = made.text("rules/x.txt.html")
    assert '<h1 lang="zh-CN">申请表</h1>' in page
    assert {"rules/a.html", "rules/b.html", "rules/c.html"} <= leads_to(made, "rules/x.txt.html")
    assert "甲的说明" in page
    assert "乙的说明" in page
    assert digest_bytes(made.files()["rules/x.txt"]) in page
    assert "rules/x.txt.html" in leads_to(made, "rules/c.html"), "a linked file is listed too"


def test_a_picture_shown_in_a_text_has_no_page_and_a_linked_one_has(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", "![图](small.png) [大图](big.png) [![](small.png)](big.png)"),
            "content/rules/small.png": picture(),
            "content/rules/big.png": picture(size=(1500, 1000)),
        }
    )
    made.build()
    built = made.files()
    assert {path for path in built if "png" in path} == {
        "rules/small.png", "rules/big.png", "rules/big.png.html", "rules/big.png.240.webp", "rules/big.png.1200.webp",
    }  # fmt: skip
    with Image.open(BytesIO(built["rules/big.png.1200.webp"])) as image:
        assert image.size == (1200, 800)
    assert 'width="1200" height="800"' in made.text("rules/big.png.html")


def test_data_files_and_files_of_introductions_have_pages(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", kind="dataset", file="x.csv"),
            "content/rules/x.csv": "甲,乙\n1,2",
            "content/rules/index.md": entry("说明", kind="page", annexes="[y.txt]"),
            "content/rules/y.txt": "文",
        }
    )
    made.build()
    assert "rules/x.csv.html" in leads_to(made, "rules/a.html")
    assert "rules/y.txt.html" in leads_to(made, "rules/index.html")
    assert "rules/index.html" in leads_to(made, "rules/y.txt.html")


def test_a_file_that_has_the_address_of_a_page_of_a_file_is_reported(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", annexes="[x.txt, x.txt.html]"),
            "content/rules/x.txt": "文",
            "content/rules/x.txt.html": "<html>x</html>",
        }
    )
    assert "output-twice" in {problem.rule for problem in made.try_build().problems}


def test_files_of_private_entries_are_not_even_opened(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry(
                "甲", "![图](p.png)", attribute="withheld", reason="14-1", review_by="2027-01-01", annexes="[x.pdf]"
            ),
            "content/rules/x.pdf": b"",
            "content/rules/p.png": b"\x89PNG\r\n\x1a\nbroken",
        }
    )
    assert made.build().problems == ()
    assert [path for path in made.files() if "x.pdf" in path or "p.png" in path] == []


def test_a_changed_file_remakes_what_shows_it_and_nothing_else(column: MakeColumn) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", annexes="[p.jpg, x.txt]"),
            "content/rules/p.jpg": picture("JPEG", (1500, 900)),
            "content/rules/x.txt": "文一",
        }
    )
    made.build()
    made.write({"content/rules/x.txt": "文二"})
    assert {path for path, _ in made.build().made} == {"rules/x.txt", "rules/x.txt.html"}


def test_the_gazette_can_be_read_and_downloaded(sample: Sample) -> None:
    gazette = (sample.folder / "statutory/gazette/2026-3.html").read_text("utf-8")
    assert 'href="2026-3.docx" download' in gazette
    assert 'href="../normative/2026-diandongche.html"' in gazette
    assert "停放充电" in (sample.folder / "statutory/gazette/2026-3.docx.html").read_text("utf-8")


def test_what_was_found_in_a_file_is_found_again_and_forgotten_with_its_entry(
    column: MakeColumn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = column({"content/rules/a.md": entry("甲", annexes="[x.csv]"), "content/rules/x.csv": "甲,乙"})
    opened: list[str] = []

    def examined(path: Path) -> Examination:
        opened.append(path.name)
        return examine(path)

    monkeypatch.setattr("gkssg.annexes.look.examine", examined)
    store = open_store(tmp_path / "store", "code")
    for _ in range(2):
        archive, _ = load(made.root, 1, store)
        assert [path for path, _ in archive.examinations] == ["rules/x.csv"]
    assert opened == ["x.csv"]
    made.write({"content/rules/a.md": entry("甲", attribute="withheld", reason="14-1", annexes="[x.csv]")})
    assert load(made.root, 1, store)[0].examinations == ()
    assert [row.name for row in store.rows() if "x.csv" in row.name] == []


# What is known to stand in the files of real websites, by a part of their name.
KNOWN = {
    "2016年成都市": "招生计划",
    "2020_北京市": "文明行为",
    "上海市居住证": "积分",
    "武汉市经济": "经济适用住房",
    "2020_台州市": "浙江省第十三届人民代表大会",
    "2021_银川市": "宁夏回族自治区",
    "2020_海南省": "海南省第六届人民代表大会",
    "陕西省流动": "第一条〔立法目的和依据〕",
    "2015531233317198": "分配计划数",
    "sz-深圳市": "恶性肿瘤药品和诊疗目录",
    "东莞市人才": ">9</td>",
    "小升初": "550 × 2429",
}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Column:
    """Build a column with the files of real websites once."""
    if not REAL.is_dir():
        pytest.skip("the files of real websites are not here (../shared)")
    made = Column(tmp_path_factory.mktemp("real"))
    names = sorted(path.name for path in REAL.iterdir() if path.suffix != ".jsonl")
    made.write({**BASE, "content/rules/a.md": entry("甲", annexes=json.dumps(names, ensure_ascii=False))})
    for name in names:
        shutil.copy(REAL / name, made.root / "content/rules" / name)
    made.build()
    return made


def test_real_files_are_known_by_their_content_and_shown(real: Column) -> None:
    rules = [problem.rule for problem in inspect(real.root, TODAY)]
    assert rules.count("file-type") == 8, (
        "four web pages, two .doc that are .docx, one the other way round, one Word XML"
    )
    assert rules.count("file-author") == 2, "two of those who saved a file last"
    assert rules.count("file-unsearched") == 1, "an archive of RAR"
    assert rules.count("file-scan") == 2, "two scans"
    assert len(rules) == 13
    pages = [path.name for path in (real.root / "build/rules").glob("*.*.html")]
    assert len(pages) == 37
    for part, words in KNOWN.items():
        (page,) = (name for name in pages if part in name)
        assert words in real.text(f"rules/{page}"), page


@pytest.mark.browser
def test_the_pages_of_real_files_open_without_a_fault(real: Column, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in sorted((real.root / "build/rules").glob("*.*.html")):
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        assert page.locator("h1").count() == 1
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            faults.append(f"wide: {path.name}")
    page.close()
    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ODD)
def test_odd_names_can_be_followed_from_disk(column: MakeColumn, browser: Browser, name: str) -> None:
    made = column(
        {
            "content/rules/a.md": entry("甲", annexes=json.dumps([name], ensure_ascii=False)),
            f"content/rules/{name}": "文",
        }
    )
    made.build()
    page = browser.new_page()
    page.goto((made.root / "build/rules/a.html").as_uri())
    page.click(".gk-annexes li > a:first-of-type")
    expect(page.locator("h1")).to_have_text(name)
    page.click(".gk-annex-uses a")
    expect(page.locator("h1")).to_have_text("甲")
    page.close()
