"""What is shown of a file, and what is wrong with it: the page and the check ask the same question."""

from collections.abc import Callable
import hashlib
from pathlib import Path

import pypdf

from gkssg.annexes import tables, texts
from gkssg.annexes.examination import Examination
from gkssg.annexes.inside import search
from gkssg.annexes.limits import DAMAGED, LARGEST, LARGEST_SLOW, UnfitError, open_zip, refuse_large
from gkssg.annexes.looks import Look, NoLook, Pages
from gkssg.annexes.pictures import cleaned, dimensions
from gkssg.annexes.scans import is_scan
from gkssg.annexes.sniff import sniff
from gkssg.annexes.types import FileType, Group
from gkssg.language import say

_LARGEST_PICTURE = 128 * 1024 * 1024


def examine(path: Path) -> Examination:
    """Find out what a file is. Raises OSError only."""
    kind = sniff(path)
    if kind.group is Group.PICTURE:
        return _picture(path, kind)
    look = look_at(path, kind)
    fault = look.why if isinstance(look, NoLook) else None
    with path.open("rb") as file:
        found = search(file, kind)
    return Examination(kind, fault=fault, is_scan=kind.code == "pdf" and not fault and _is_scan(path), search=found)


def _is_scan(path: Path) -> bool:
    try:
        return is_scan(path)
    except OSError:
        raise
    except Exception:  # noqa: BLE001  (as below)
        return False


def _picture(path: Path, kind: FileType) -> Examination:
    try:
        refuse_large(path, _LARGEST_PICTURE)
        data = path.read_bytes()
        clean = cleaned(data, kind)
    except UnfitError as error:
        return Examination(kind, fault=error.why, may_be_published=False)
    digest, size = (hashlib.sha256(clean).hexdigest(), len(clean)) if clean != data else ("", 0)
    try:
        width, height = dimensions(clean, kind)
    except UnfitError as error:
        return Examination(kind, digest, size, fault=error.why)
    return Examination(kind, digest, size, width, height)


def look_at(path: Path, kind: FileType) -> Look:
    """Give what is shown of a file that is no picture; never raises but for a file that is gone."""
    if kind.code in _FAULTS:
        return NoLook(_FAULTS[kind.code])
    if kind.code not in _READERS:
        return NoLook()
    reader, most = _READERS[kind.code]
    try:
        refuse_large(path, most)
        return reader(path)
    except UnfitError as error:
        return NoLook(error.why)
    except OSError:
        raise
    except Exception:  # noqa: BLE001  (a library that reads a damaged file raises whatever its arithmetic does)
        return NoLook(DAMAGED)


def _pages(path: Path) -> Pages:
    with path.open("rb") as file:
        reader = pypdf.PdfReader(file)
        return Pages(0 if reader.is_encrypted else len(reader.pages))


def _archive(path: Path) -> NoLook:
    open_zip(path).close()
    return NoLook()


_READERS: dict[str, tuple[Callable[[Path], Look], int]] = {
    "pdf": (_pages, LARGEST),
    "csv": (tables.read_csv, LARGEST),
    "xlsx": (tables.read_xlsx, LARGEST),
    "xls": (tables.read_xls, LARGEST_SLOW),
    "txt": (texts.read_txt, LARGEST),
    "rtf": (texts.read_rtf, LARGEST_SLOW),
    "docx": (texts.read_docx, LARGEST),
    "word-xml": (texts.read_word_xml, LARGEST),
    "zip": (_archive, LARGEST),
}
_FAULTS = {
    "empty": say("the file is empty"),
    "locked": say("the file is locked with a password"),
}
