"""Personal data inside files: each planted one is found, wherever programs put it, and what is found is told masked."""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
import zipfile

import openpyxl
from openpyxl.comments import Comment
from PIL import ExifTags, Image
import pypdf
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
import pytest

from gkssg.annexes.examination import Search
from gkssg.annexes.inside import MOST_LEAKS, search
from gkssg.annexes.limits import LARGEST_PART
from gkssg.annexes.sniff import sniff_file
from gkssg.build import inspect
from gkssg.language import Speaker
from gkssg.report import as_text

from conftest import TODAY, MakeColumn, entry, picture

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="urn:p"'
SAMPLES = Path(__file__).parents[1] / "content/statutory"

PLANTED: Mapping[str, tuple[str, str]] = {
    "身份证号码11010519491231002X": ("resident-id", "110105********002X"),
    "110105 19491231 002X": ("resident-id", "110105********002X"),
    "110105491231002": ("resident-id", "110105*****1002"),
    "13800138000": ("mobile", "138****8000"),
    "138-0013-8000": ("mobile", "138****8000"),
    "6222021001116245702": ("card", "***************5702"),
    "护照号码E12345678": ("passport", "E*****678"),
    "京A12345": ("plate", "京A***45"),
    "住址：示例市示例区示例街道示例路12号3栋501室": ("address", "示例市示例区示例街道***"),
    "机密★1年": ("secrecy", "机密★1年"),
}


def zipped(parts: Mapping[str, str | bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give an archive of the parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(name: str, inner: str) -> bytes:
    """Give a Word document with a part that holds something."""
    parts = {"word/document.xml": "<w:p><w:r><w:t>文</w:t></w:r></w:p>", f"word/{name}.xml": inner}
    made = {path: f"<w:part {W}><w:body>{text}</w:body></w:part>" for path, text in parts.items()}
    return zipped({"[Content_Types].xml": "<Types/>", **made})


def run(text: str, settings: str = "") -> str:
    """Give a paragraph, its text cut in two, as Word cuts texts wherever they were edited."""
    half = len(text) // 2
    runs = (f"<w:r>{settings}<w:t>{part}</w:t></w:r>" for part in (text[:half], text[half:]))
    return f"<w:p>{''.join(runs)}</w:p>"


def bare(text: str, name: str = "t") -> str:
    """Give a run of a Word document."""
    return f"<w:r><w:{name}>{text}</w:{name}></w:r>"


def table(*cells: str) -> str:
    """Give a table of one row."""
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def with_part(name: str, data: str | bytes) -> bytes:
    """Give a Word document with one more part."""
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document {W}/>", name: data})


def odt(text: str) -> bytes:
    """Give an OpenDocument text, in which a part of the words is set off."""
    content = f'<o xmlns:t="u"><t:p><t:span>{text[:4]}</t:span>{text[4:]}</t:p></o>'
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}, zipfile.ZIP_STORED)


def said(text: str) -> str:
    """Give a paragraph of a presentation."""
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


def slides(name: str, inner: str) -> bytes:
    """Give a presentation with a part that holds something."""
    parts = {"ppt/presentation.xml": "", f"ppt/{name}.xml": inner}
    made = {path: f"<p:part {A}>{text}</p:part>" for path, text in parts.items()}
    return zipped({"[Content_Types].xml": "<Types/>", **made})


def workbook(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """Give a workbook that was changed."""
    book = openpyxl.Workbook()
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def in_cell(book: openpyxl.Workbook, *rows: object) -> None:
    """Put texts, or rows of texts, into the first sheet."""
    for row in rows:
        book.worksheets[0].append(row if isinstance(row, list) else [row])


def in_header(book: openpyxl.Workbook, text: str) -> None:
    """Put a text into the header of the printed pages."""
    header = book.worksheets[0].oddHeader
    assert header is not None
    header.center.text = text


def hidden_sheet(book: openpyxl.Workbook, text: str) -> None:
    """Put a text into a sheet that is not shown."""
    sheet = book.create_sheet("稿")
    sheet["C7"] = text
    sheet.sheet_state = "veryHidden"


def hidden_row(book: openpyxl.Workbook, text: str) -> None:
    """Put a text into a row that is not shown."""
    book.worksheets[0]["B3"] = text
    book.worksheets[0].row_dimensions[3].hidden = True


def hidden_column(book: openpyxl.Workbook, text: str) -> None:
    """Put a text into a column that is not shown."""
    book.worksheets[0]["B3"] = text
    book.worksheets[0].column_dimensions["B"].hidden = True


def remark(book: openpyxl.Workbook, text: str) -> None:
    """Put a text into a comment."""
    book.worksheets[0]["B3"].comment = Comment(text, "示例")


def pdf(text: str = "", change: Callable[[pypdf.PdfWriter], object] = lambda _writer: None) -> bytes:
    """Give a PDF file with a text on its page, which is then changed."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    cmap = DecodedStreamObject()
    pairs = "\n".join(f"<{ord(sign):04x}> <{ord(sign):04x}>" for sign in text)
    cmap.set_data(
        "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(text)} beginbfchar\n{pairs}\nendbfchar\nendcmap".encode()
    )
    names = {"/Type": "/Font", "/Subtype": "/Type0", "/BaseFont": "/SimSun", "/Encoding": "/Identity-H"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    font[NameObject("/ToUnicode")] = writer._add_object(cmap)  # noqa: SLF001  (pypdf has no other way)
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 50 700 Td <%s> Tj ET" % text.encode("utf-16-be").hex().encode())
    page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001  (same)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def note(text: str) -> FreeText:
    """Give a remark on a page."""
    return FreeText(text=text, rect=(50, 50, 200, 100))


def rtf(text: str) -> bytes:
    """Give an RTF document that says something in its header."""
    coded = "".join(f"\\u{ord(sign)}?" if ord(sign) > 127 else sign for sign in text)
    fonts, picture_data = r"{\fonttbl{\f0 Times;}}", "ab12" * 40
    return rf"{{\rtf1\ansi\ansicpg936{fonts}{{\header {coded}\par}}{{\pict {picture_data}}}\par}}".encode()


def old(text: str) -> bytes:
    """Give bytes as they stand in an old Word file: UTF-16 between what is no text."""
    return b"\x01\x02\xff" * 7 + text.encode("utf-16-le") + b"\x0d\x00\x00\xff\x13"


WORD, SHEETS, SLIDES, PDF = "a.docx", "a.xlsx", "a.pptx", "a.pdf"
CARRIERS: Mapping[str, tuple[str, str, Callable[[str], bytes]]] = {
    "docx text": (WORD, "text, paragraph 1", lambda text: word("document", run(text))),
    "docx table": (WORD, "text, row 1 of a table", lambda text: word("document", table(run("甲"), run(text)))),
    "docx inserted": (
        WORD,
        "text, paragraph 1",
        lambda text: word("document", f"<w:p><w:ins>{bare(text)}</w:ins></w:p>"),
    ),
    "docx deleted": (
        WORD,
        "(deleted text)",
        lambda text: word("document", f"<w:p><w:del>{bare(text, 'delText')}</w:del></w:p>"),
    ),
    "docx hidden": (WORD, "(hidden text)", lambda text: word("document", run(text, "<w:rPr><w:vanish/></w:rPr>"))),
    "docx text box": (
        WORD,
        "text, paragraph 1",
        lambda text: word("document", f"<w:p><w:box>{run(text)}</w:box></w:p>"),
    ),
    "docx header": (WORD, "page header, paragraph 1", lambda text: word("header2", run(text))),
    "docx footnote": (WORD, "footnote, paragraph 1", lambda text: word("footnotes", run(text))),
    "docx comment": (WORD, "comment, paragraph 1", lambda text: word("comments", run(text))),
    "docx properties": (
        WORD,
        "property comments",
        lambda text: with_part("docProps/core.xml", f"<p><description>{text}</description></p>"),
    ),
    "docx embedded": (
        WORD,
        "b.xlsx inside it, sheet “Sheet”, cell A1",
        lambda text: with_part("word/embeddings/b.xlsx", workbook(lambda book: in_cell(book, text))),
    ),
    "xlsx cell": (SHEETS, "sheet “Sheet”, cell A1", lambda text: workbook(lambda book: in_cell(book, text))),
    "xlsx hidden sheet": (
        SHEETS,
        "“稿” (hidden), cell C7",
        lambda text: workbook(lambda book: hidden_sheet(book, text)),
    ),
    "xlsx hidden row": (SHEETS, "cell B3 (hidden row)", lambda text: workbook(lambda book: hidden_row(book, text))),
    "xlsx hidden column": (
        SHEETS,
        "cell B3 (hidden column)",
        lambda text: workbook(lambda book: hidden_column(book, text)),
    ),
    "xlsx comment": (SHEETS, "comment on cell B3", lambda text: workbook(lambda book: remark(book, text))),
    "xlsx properties": (
        SHEETS,
        "property subject",
        lambda text: workbook(lambda book: setattr(book.properties, "subject", text)),
    ),
    "xlsx header": (SHEETS, "page header or footer", lambda text: workbook(lambda book: in_header(book, text))),
    "pptx slide": (SLIDES, "slide 3, paragraph 1", lambda text: slides("slides/slide3", said(text))),
    "pptx notes": (SLIDES, "notes of slide 3", lambda text: slides("notesSlides/notesSlide3", said(text))),
    "pptx comment": (
        SLIDES,
        "comment, paragraph 1",
        lambda text: slides("comments/comment1", f"<p:text>{text}</p:text>"),
    ),
    "pdf page": (PDF, "page 1", pdf),
    "pdf remark": (PDF, "comment on page 1", lambda text: pdf("", lambda made: made.add_annotation(0, note(text)))),
    "pdf properties": (
        PDF,
        "property Subject",
        lambda text: pdf("", lambda made: made.add_metadata({"/Subject": text})),
    ),
    "pdf attachment": (
        PDF,
        "b.txt inside it, line 1",
        lambda text: pdf("", lambda made: made.add_attachment("b.txt", text.encode())),
    ),
    "odt text": ("a.odt", "text, paragraph 1", odt),
    "csv": ("a.csv", "row 2", lambda text: f"甲,乙\n丙,{text}\n".encode()),
    "csv in GBK": ("a.csv", "row 2", lambda text: f"甲,乙\n丙,{text}\n".encode("gb18030")),
    "txt": ("a.txt", "line 2", lambda text: f"甲\n{text}\n".encode()),
    "html": ("a.html", "line 1", lambda text: f"<html><p>{text}</p></html>".encode()),
    "rtf header": ("a.rtf", "line", rtf),
    "zip": ("a.zip", "名单/b.txt inside it, line 1", lambda text: zipped({"名单/b.txt": text})),
    "zip in a zip": ("a.zip", "b.zip/c.txt inside it, line 1", lambda text: zipped({"b.zip": zipped({"c.txt": text})})),
}


def searched(name: str, data: bytes) -> Search:
    """Search a file."""
    file = BytesIO(data)
    return search(file, sniff_file(file, name))


def told(found: Search) -> list[tuple[str, str, str]]:
    """Give what a search has found, in words."""
    return [(leak.kind.value, leak.masked, Speaker("en").text(leak.where)) for leak in found.leaks]


@pytest.mark.parametrize("carrier", CARRIERS)
def test_everything_planted_is_found(carrier: str) -> None:
    name, where, make = CARRIERS[carrier]
    for text, (kind, masked) in PLANTED.items():
        found = searched(name, make(text))
        assert found.unread is None, text
        assert [(one, shown) for one, shown, _ in told(found)] == [(kind, masked)], text
        assert where in told(found)[0][2], text


def test_as_many_are_planted_as_were_promised() -> None:
    assert len(CARRIERS) * len(PLANTED) >= 200


def test_words_of_old_files_are_found_wherever_they_stand() -> None:
    from gkssg.annexes.raw import words  # noqa: PLC0415
    from gkssg.personal.find import find  # noqa: PLC0415

    for before in (b"", b"\x00"):
        texts = [piece.text for piece in words(before + old("身份证11010519491231002X，电话13800138000"))]
        assert {finding.masked for text in texts for finding in find(text)} == {"110105********002X", "138****8000"}
    assert any("13800138000" in piece.text for piece in words(b"\x00\x01Tel 13800138000\x00"))


def test_lists_are_found_by_the_heads_of_their_columns() -> None:
    head = ["序号", "学生姓名", "学籍号", "家庭住址", "护照"]
    row = [1, "张三", "G01", "示例路8号", "E12345678"]
    for name, data in (
        ("a.xlsx", workbook(lambda book: in_cell(book, ["示例名单"], head, row))),
        ("a.csv", "\n".join(",".join(map(str, one)) for one in (head, row)).encode()),
    ):
        assert {(kind, shown) for kind, shown, _ in told(searched(name, data))} == {
            ("minors", "学生姓名、学籍号"), ("address", "***"), ("passport", "E*****678"),
        }  # fmt: skip
    text = "序号 姓名 病名\n1 张三 骨折\n".encode()
    assert told(searched("a.txt", text)) == [("health", "姓名、病名", "line 2")]


def test_what_only_looks_so_is_not_found_in_tables() -> None:
    rows = [
        ["名称", "统一社会信用代码", "预算金额（元）", "数量"],
        ["示例公司", "911101051949123108", "13800138000", 13800138000],
    ]
    assert told(searched("a.xlsx", workbook(lambda book: in_cell(book, *rows)))) == []


def test_numbers_of_a_sheet_are_read_as_they_are_shown() -> None:
    found = searched("a.xlsx", workbook(lambda book: in_cell(book, ["手机", 13800138000, 1.38e10 + 138000])))
    assert [leak.masked for leak in found.leaks] == ["138****8000", "138****8000"]


def test_a_text_that_no_cell_shows_is_found() -> None:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": "<workbook><sheets/></workbook>",
        "xl/sharedStrings.xml": "<sst><si><t>13800138000</t></si></sst>",
        "xl/pivotCache/pivotCacheRecords1.xml": '<r><s v="13900139000"/></r>',
    }
    assert told(searched("a.xlsx", zipped(parts))) == [
        ("mobile", "138****8000", "a text that no cell shows"),
        ("mobile", "139****9000", "data of the program"),
    ]


def test_a_picture_inside_a_file_tells_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (39.0, 54.0, 0.0)
    exif[ExifTags.Base.Artist] = "张三".encode()  # as cameras write it
    photograph = picture("JPEG", exif=exif)
    assert told(searched("a.zip", zipped({"b.jpg": photograph}))) == [
        ("position", "…", "b.jpg inside it, data of the picture"),
        ("author", "张*", "b.jpg inside it, data of the picture"),
    ]
    assert told(searched("b.jpg", photograph)) == []  # it is cleaned before it is published


def test_names_of_authors_are_told_and_those_of_programs_are_not() -> None:
    def by(name: str) -> list[tuple[str, str, str]]:
        return told(searched("a.xlsx", workbook(lambda book: setattr(book.properties, "creator", name))))

    assert by("张三丰") == [("author", "张**", "document property author")]
    for name in ("admin", "openpyxl", "微软用户", "示例区政府办", "综合科", "USER-20190101", ""):
        assert by(name) == []


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.zip", zipped({"b.zip": zipped({"c.zip": zipped({"d.zip": zipped({"e.txt": ""})})})}), "levels deep"),
        ("a.zip", zipped({"b.txt": b"\0" * (LARGEST_PART + 1)}), "holds so much"),
        ("a.docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:p"}), "damaged"),
        ("a.pdf", b"%PDF-1.7\nnothing", "damaged"),
        ("a.pdf", pdf("甲", lambda writer: writer.encrypt("secret", algorithm="RC4-128")), "password"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "this type"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_searched_is_said(name: str, data: bytes, why: str) -> None:
    found = searched(name, data)
    assert found.leaks == ()
    assert found.unread is not None
    assert why in Speaker("en").text(found.unread)


def test_what_a_search_costs_is_bounded_over_all_that_is_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    file = zipped({f"{n}.txt": "甲" * 100 for n in range(9)} | {"z.txt": "13800138000"})
    for name, most, why in (("MOST_UNPACKED", 600, "when unpacked"), ("MOST_CHARACTERS", 200, "so much text")):
        with monkeypatch.context() as patch:
            patch.setattr(f"gkssg.annexes.parts.{name}", most)
            found = searched("a.zip", file)
        assert found.unread is not None
        assert why in Speaker("en").text(found.unread)
    assert [leak.masked for leak in searched("a.zip", file).leaks] == ["138****8000"]


def test_not_all_of_many_findings_are_told_one_by_one() -> None:
    found = searched("a.txt", "\n".join(str(13800138000 + n) for n in range(50)).encode())
    assert (len(found.leaks), found.more) == (MOST_LEAKS, 50 - MOST_LEAKS)


def test_problems_name_file_and_place_and_nothing_is_published(column: MakeColumn) -> None:
    folder = "content/statutory/policy"
    sheet = workbook(lambda book: hidden_sheet(book, "110105 19491231 002X"))
    files: dict[str, str | bytes] = {
        f"{folder}/a.md": entry("甲", annexes="[表.xlsx, 说明.txt]"),
        f"{folder}/表.xlsx": sheet,
        f"{folder}/说明.txt": "机密★\n",
    }
    made = column(files)
    problems = inspect(made.root, TODAY, cache=made.root / "cache")
    page = f"{folder}/a.md"
    assert as_text(problems, Speaker("zh")).splitlines()[::2] == [
        f"{page}:4:11: 错误: 表.xlsx，工作表“稿”（隐藏），单元格C7：身份证号码110105********002X [personal-data]",
        f"{page}:4:19: 错误: 说明.txt，第1行：有“机密★”的标志 [secrecy-mark]",
    ]
    assert inspect(made.root, TODAY, cache=made.root / "cache") == problems
    assert made.try_build().failed
    assert not (made.root / "build").exists()
    made.write(
        {f"{folder}/a.md": entry("甲", attribute="withheld", reason="乙", review_by="2027-01-01", annexes="[表.xlsx]")}
    )
    assert inspect(made.root, TODAY) == ()


def test_real_files_are_no_false_alarms() -> None:
    for path in sorted(SAMPLES.rglob("附件*")):
        assert told(searched(path.name, path.read_bytes())) == []
