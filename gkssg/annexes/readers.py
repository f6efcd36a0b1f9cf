"""Which reader gives the parts of a file of which type; PDF, ZIP, plain texts and pictures are read here."""

from collections.abc import Callable, Iterator
from html import unescape
import logging
import re
from typing import IO

from PIL import ExifTags, Image
import pypdf

from gkssg.annexes import cells, flow, raw
from gkssg.annexes.limits import DAMAGED, UnfitError, open_zip
from gkssg.annexes.parts import Budget, Inner, Known, Part, Piece, opened
from gkssg.annexes.sniff import decoded
from gkssg.annexes.types import FileType, Group
from gkssg.language import say
from gkssg.personal.find import Kind, masked_text

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would say of a faulty file is said by us

_MOST_PAGES = 500
_MOST_OPERATIONS = 5_000_000
_MOST_PAGE_BYTES = 24 * 1024 * 1024
_LOCKED = say("the file is locked with a password")
_UTF8_NAME, _ENCRYPTED = 0x800, 1
_TAG = re.compile(r"<[^<>]*>")
_XP_AUTHOR = 0x9C9D
"""Where Windows keeps the author of a picture, in UTF-16."""


def parts_of(file: IO[bytes], kind: FileType, budget: Budget, *, is_inner: bool) -> Iterator[Part]:
    """Give what a file of a type holds. Raises UnfitError for what cannot be searched."""
    if kind.code in _READERS:
        yield from _READERS[kind.code](file, budget)
    elif kind.group is Group.PICTURE:
        if is_inner:  # one that is published by itself is cleaned
            yield from _picture(file)
    elif kind.code in _UNREADABLE:
        raise UnfitError(_LOCKED if kind.code == "locked" else say("files of this type cannot be searched"))


def _archive(file: IO[bytes], budget: Budget) -> Iterator[Inner]:
    with open_zip(file) as archive:
        for info in archive.infolist():
            name = info.filename if info.flag_bits & _UTF8_NAME else _renamed(info.filename)
            if info.is_dir():
                continue
            if info.flag_bits & _ENCRYPTED:
                yield Inner(name, b"")
                raise UnfitError(_LOCKED)
            with opened(archive, info.filename, budget) as part:
                yield Inner(name, part.read())


def _renamed(name: str) -> str:
    """Give the name of a file in an archive of a Chinese system, which zipfile reads as that of an American one."""
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _document(file: IO[bytes], budget: Budget) -> Iterator[Part]:
    with open_zip(file) as archive:
        yield from flow.document(archive, budget)


def _workbook(file: IO[bytes], budget: Budget) -> Iterator[Part]:
    with open_zip(file) as archive:
        yield from cells.workbook(archive, budget)


def _old_workbook(file: IO[bytes], budget: Budget) -> Iterator[Part]:
    yield from cells.old_workbook(file.read())
    file.seek(0)
    yield from raw.container(file, budget, is_again=True)


def _text(file: IO[bytes]) -> str:
    text = decoded(file.read())
    if text is None:
        raise UnfitError(DAMAGED)
    return text


def _lines(text: str) -> Iterator[Part]:
    one = object()
    for number, line in enumerate(text.splitlines(), 1):
        place = say("line {number}", number=number)
        yield Piece(line, place)
        yield from cells.in_columns(one, line, place)


def _pdf(file: IO[bytes], budget: Budget) -> Iterator[Part]:
    reader = pypdf.PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnfitError(_LOCKED)
    for key, value in (reader.metadata or {}).items():
        where = say("document property {name}", name=say("author") if key == "/Author" else key.strip("/"))
        yield Piece(str(value), where, is_author=key == "/Author")
    for name, datas in reader.attachments.items():
        for data in datas:
            budget.unpack(len(data))
            yield Inner(name, data)
    for name, value in (reader.get_form_text_fields() or {}).items():
        yield Piece(str(value or ""), say("form field {name}", name=masked_text(name)))
    yield from _pages(reader)


def _pages(reader: pypdf.PdfReader) -> Iterator[Part]:
    size = done = 0

    def count(*_: object) -> None:
        nonlocal done
        done += 1
        if done > _MOST_OPERATIONS:  # forms may call each other and so grow without limit
            raise UnfitError(DAMAGED)

    for number, page in enumerate(reader.pages, 1):
        place = say("page {number}", number=number)
        contents = page.get_contents()
        size += len(contents.get_data()) if contents is not None else 0
        if number > _MOST_PAGES or size > _MOST_PAGE_BYTES:
            raise UnfitError(say("only the first {number} pages were searched", number=number - 1))
        one = object()
        for line in page.extract_text(visitor_operand_before=count).splitlines():
            yield Piece(line, place)
            yield from cells.in_columns(one, line, place)
        for note in page.annotations or ():
            yield Piece(str(note.get_object().get("/Contents", "")), say("comment on page {number}", number=number))


def _tag(value: object) -> str:
    """Give a text of EXIF, which says nothing of its encoding; Pillow takes it for Latin-1."""
    if isinstance(value, bytes):
        return value.decode("utf-16-le", "replace").strip("\0")
    try:
        return decoded(str(value or "").encode("latin-1")) or ""
    except UnicodeError:
        return str(value)


def _picture(file: IO[bytes]) -> Iterator[Part]:
    """Tell where and by whom a picture inside another file was taken."""
    with Image.open(file) as image:
        exif = image.getexif()
        if exif.get_ifd(ExifTags.IFD.GPSInfo).get(ExifTags.GPS.GPSLatitude):
            yield Known(Kind.POSITION, say("data of the picture"))
        for tag in (ExifTags.Base.Artist, ExifTags.Base.ImageDescription, ExifTags.Base.Copyright, _XP_AUTHOR):
            value = exif.get(tag)
            yield Piece(_tag(value), say("data of the picture"), is_author=tag != ExifTags.Base.ImageDescription)


_READERS: dict[str, Callable[[IO[bytes], Budget], Iterator[Part]]] = {
    **dict.fromkeys(("docx", "pptx", "odt", "ods", "odp", "ofd"), _document),
    **dict.fromkeys(("doc", "ppt", "ole"), lambda file, budget: raw.container(file, budget, is_again=False)),
    **dict.fromkeys(("html", "mhtml", "xml"), lambda file, _budget: _lines(_TAG.sub("\t", unescape(_text(file))))),
    "txt": lambda file, _budget: _lines(_text(file)),
    "csv": lambda file, _budget: cells.table(_text(file)),
    "rtf": lambda file, _budget: raw.rtf(file.read()),
    "word-xml": lambda file, _budget: flow.flow(file, say("text")),
    "xlsx": _workbook,
    "xls": _old_workbook,
    "zip": _archive,
    "pdf": _pdf,
}
_UNREADABLE = {"unknown", "rar", "7z", "gzip", "tar", "xlsb", "locked"}
