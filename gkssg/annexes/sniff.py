"""The type of a file by its content. Its name decides only where content cannot: a table and a text are both text.

The libraries that guess types were tried on files of real websites: one takes .doc for .xls, the other trusts names.
"""

import codecs
from pathlib import Path
import re
from typing import IO

import olefile

from gkssg.annexes.limits import UnfitError, open_zip
from gkssg.annexes.types import TYPES, FileType

_HEAD = 64 * 1024
_START = 4096
"""Bytes that are looked at for what a web page or XML begins with."""
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (8, b"WEBP", "webp"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"II+\0", "tiff"),
    (0, b"MM\0+", "tiff"),
    (0, b"{\\rtf", "rtf"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b\x08", "gzip"),
    (257, b"ustar", "tar"),
    (0, b"\x1aE\xdf\xa3", "webm"),
    (8, b"AVI ", "avi"),
    (8, b"WAVE", "wav"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "asf"),
    (0, b"FLV\x01", "flv"),
    (0, b"\0\0\x01\xba", "mpeg"),
    (0, b"\0\0\x01\xb3", "mpeg"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
    (0, b"#!AMR", "amr"),
)
_RIFF = {"webp", "avi", "wav"}
_MP3_FRAME = re.compile(rb"\xff[\xfa\xfb\xf2\xf3][^\xf0-\xff]")
_PDF = re.compile(rb"%PDF-\d")
_PDF_STARTS_WITHIN = 1024  # ISO 32000-1, annex H.3.4.1
_BRANDS = {
    b"qt  ": "mov",
    b"M4A ": "m4a",
    b"M4B ": "m4a",
    b"heic": "heif",
    b"heix": "heif",
    b"hevc": "heif",
    b"mif1": "heif",
    b"msf1": "heif",
    b"avif": "heif",
    b"avis": "heif",
}
_OOXML = (("word/document", "docx"), ("xl/workbook.bin", "xlsb"), ("xl/workbook", "xlsx"), ("ppt/presentation", "pptx"))
_ODF = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_OLE = (
    ("encryptedpackage", "locked"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
)
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|meta|title|table|script)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b")
_SVG = re.compile(rb"<(?:\w+:)?svg\b")
_MHTML = re.compile(
    rb"(?:MIME-Version|Content-Type|From|Subject|Date):[^\n]*\n(?:.*\n){0,12}?.*multipart/related", re.IGNORECASE
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")


def sniff(path: Path) -> FileType:
    """Tell the type of a file. Raises OSError only."""
    with path.open("rb") as file:
        return sniff_file(file, path.name)


def sniff_file(file: IO[bytes], name: str) -> FileType:
    """Tell the type of an open file of a name."""
    file.seek(0)
    head = file.read(_HEAD)
    return TYPES[_binary(head, file) or _text(name, head)] if head else TYPES["empty"]


def _binary(head: bytes, file: IO[bytes]) -> str:
    for offset, magic, code in _MAGIC:
        if head.startswith(magic, offset) and (code not in _RIFF or head.startswith(b"RIFF")):
            return code
    if head.startswith(b"BM") and b"\0" in head[:32]:
        return "bmp"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "mp4")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(file, head)
    if head.startswith(olefile.MAGIC):
        return _ole(file)
    if _PDF.search(head, 0, _PDF_STARTS_WITHIN):
        return "pdf"
    return "mp3" if _MP3_FRAME.match(head) else ""


def _zip(file: IO[bytes], head: bytes) -> str:
    try:
        with open_zip(file) as archive:
            names = archive.namelist()
    except UnfitError:
        # Its list cannot be read; the names also stand before each file in it.
        found = re.findall(rb"PK\x03\x04.{26}([\x20-\x7e]{1,80})", head, re.DOTALL)
        names = [name.decode("ascii") for name in found]
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" in names:
        for start, code in _OOXML:
            if any(name.lower().startswith(start) for name in names):
                return code
    kind = re.match(
        rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)",
        head,
        re.DOTALL,
    )
    return _ODF[kind[1].decode("ascii")] if kind else "zip"


def _ole(file: IO[bytes]) -> str:
    try:
        file.seek(0)
        with olefile.OleFileIO(file) as container:
            names = {"/".join(name).lower() for name in container.listdir()}
    except Exception:  # noqa: BLE001  (a damaged container; the library raises whatever its arithmetic does)
        return "ole"
    return next((code for name, code in _OLE if name in names), "ole")


def _text(name: str, head: bytes) -> str:
    text = decoded(head, is_whole=len(head) < _HEAD)
    if text is None:
        return "unknown"
    start = head[:_START] if not head.startswith(_BOMS[1:]) else text[:_START].encode()
    start = start.removeprefix(codecs.BOM_UTF8)
    if _MHTML.match(start):
        return "mhtml"
    if _XML.match(start):
        if b'progid="Word.Document"' in start:
            return "word-xml"
        return "svg" if _SVG.search(start) else "html" if _HTML.search(start) else "xml"
    if start.lstrip().startswith(b"<") and _SVG.search(start):
        return "svg"
    if start.lstrip().startswith(b"<") and _HTML.search(start):
        return "html"
    return "csv" if name.lower().endswith((".csv", ".tsv")) else "txt"


def decoded(data: bytes, *, is_whole: bool = True) -> str | None:
    """Turn bytes into text: UTF-8, UTF-16 with a mark, or GB18030; None for what is no text.

    ``is_whole`` is false for the beginning of a file, which may end inside a character.
    """
    encodings = ["utf-16"] if data.startswith(_BOMS[1:]) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data, is_whole)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
