"""Files on disk: which ones are content, and their text, whatever state they are in.

Nothing here raises on account of a file; whatever is wrong comes back as problems.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
import hashlib
import os
from pathlib import Path
import re

from gkssg.language import say
from gkssg.problem import Place, Problem, Severity
from gkssg.text import composed

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes a content file may have; the longest law in force has a tenth of it."""
_HEAD = 128 * 1024
"""Bytes read of a file that is too large: its front matter is looked at, its text is not."""
_LONGEST_NAME = 200
_BAD_NAME = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]|^[ ]|[ .]$')
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text holds: controls, lone surrogates, non-characters."""
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file with line ends LF and without control characters, and what was wrong with it.

    ``sha256`` is the digest of the file's bytes, or empty where not all of them were read.
    """

    path: str
    text: str
    problems: tuple[Problem, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in ``content/``: paths of the Markdown files and of all files, counted from it, and the faults."""

    pages: tuple[str, ...]
    files: frozenset[str]
    problems: tuple[Problem, ...]


def survey(content: Path) -> Folder:
    """List a content folder; hidden files are left alone, links that leave it are reported and not followed."""
    problems: list[Problem] = []
    files = sorted(_files(content, problems)) if content.is_dir() else []
    for path in files:
        if path.lower().endswith((".md", ".markdown")) and not path.endswith(".md"):
            hint = say("let its name end in .md, in small letters")
            problems.append(Problem(Place(f"content/{path}"), "file-ending", say("this file is not read"), hint))
    return Folder(tuple(path for path in files if path.endswith(".md")), frozenset(files), tuple(problems))


def _files(content: Path, problems: list[Problem]) -> Iterator[str]:
    root = content.resolve()
    ahead = [""]
    while ahead:
        folder = ahead.pop()
        try:
            with os.scandir(content / folder) as listed:
                entries = sorted((entry for entry in listed if not entry.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            message = say("the folder cannot be read: {why}", why=error.strerror or "")
            place = Place(f"content/{folder}".removesuffix("/"))
            problems.append(Problem(place, "file-unreadable", message, say("look at its permissions")))
            continue
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.is_symlink() and not _may_be_followed(entry, root):
                problems.append(_link_problem(content, content / path, root))
            elif entry.is_dir():
                ahead.append(f"{path}/")
            elif entry.is_file():
                problems += _name_problems(path)
                yield path


def _may_be_followed(link: os.DirEntry[str], root: Path) -> bool:
    """Tell whether a link leads to a file of the content folder."""
    path = Path(link.path)
    return path.exists() and not path.is_dir() and path.resolve().is_relative_to(root)


def _link_problem(content: Path, link: Path, root: Path) -> Problem:
    shown = f"content/{link.relative_to(content).as_posix()}"
    if not link.exists():
        message = say("this link leads nowhere")
    elif link.resolve().is_relative_to(root):
        message = say("a linked folder is not read")
    else:
        message = say("this link leads out of content/ and is not followed")
    return Problem(Place(shown), "symlink", message, say("put the file itself here, or remove the link"))


def _name_problems(path: str) -> Iterator[Problem]:
    place = Place(f"content/{path}")
    if any(_BAD_NAME.search(part) for part in path.split("/")):
        message = say("the name “{found}” holds a character that some systems cannot store", found=path)
        hint = say('rename it without \\ : * ? " < > | or control characters, and without a space or dot at its end')
        yield Problem(place, "file-name", message, hint)
    if any(len(part.encode("utf-8", "surrogateescape")) > _LONGEST_NAME for part in path.split("/")):
        message = say("the name “{found}” is longer than {most} bytes", found=path, most=_LONGEST_NAME)
        yield Problem(
            place,
            "file-name",
            message,
            say("give it a shorter name; the full title stands in the front matter"),
        )
    try:
        path.encode()
    except UnicodeEncodeError:
        yield Problem(place, "file-name", say("the name is not UTF-8"), say("rename the file"))
    if composed(path) != path:
        message = say("the name is written with decomposed characters")
        yield Problem(place, "file-name", message, say("rename the file; type the name anew"), Severity.WARNING)


def read(path: Path, shown: str) -> Source:
    """Read a text file; ``shown`` is its path in messages. Never raises."""
    place = Place(shown)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            message = say("the file has {size} bytes; a content file may have {most}", size=size, most=LARGEST_FILE)
            hint = say("keep the text here and put tables and pictures into annexes")
            with path.open("rb") as file:
                head = decode(file.read(_HEAD).rpartition(b"\n")[0], shown)
            front, fence, _ = head.text.partition("\n---\n")
            return Source(shown, front + fence, (Problem(place, "file-size", message, hint), *head.problems))
        data = path.read_bytes()
    except OSError as error:
        return Source(shown, "", (read_error(error, place),))
    return replace(decode(data, shown), sha256=hashlib.sha256(data).hexdigest())


def read_error(error: OSError, place: Place) -> Problem:
    """Say that a file cannot be read."""
    message = say("the file cannot be read: {why}", why=error.strerror or type(error).__name__)
    return Problem(place, "file-unreadable", message, say("look at its permissions"))


def decode(data: bytes, shown: str) -> Source:
    """Turn bytes into text; other encodings, byte order marks, CRLF and control characters are reported and mended."""
    problems: list[Problem] = []
    text, encoding = _decoded(data)
    if encoding != "utf-8":
        start = data[: _first_bad_byte(data)]
        tail = start.rpartition(b"\n")[2].decode("utf-8", "replace")
        problems.append(
            Problem(
                Place(shown, start.count(b"\n") + 1, len(tail) + 1),
                "encoding",
                say("the file is not UTF-8 but {encoding}", encoding=encoding.upper())
                if encoding
                else say("the file is not UTF-8"),
                say("save it as UTF-8: in the editor, “Save as”, encoding UTF-8"),
            )
        )
    if text.startswith(_BOM):
        text = text.removeprefix(_BOM)
        message = say("the file begins with a byte order mark (BOM)")
        problems.append(Problem(Place(shown), "bom", message, say("save it as UTF-8 without BOM"), Severity.WARNING))
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        column = text.index("\r") - (text.rfind("\n", 0, text.index("\r")) + 1) + 1
        message = say("line ends are CRLF, as Windows writes them; LF is expected")
        hint = say("set the editor's line ends to LF; .editorconfig does it for most editors")
        problems.append(Problem(Place(shown, line, column), "line-ends", message, hint, Severity.WARNING))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL.search(text):
        problems += _control_problems(text, shown)
        text = CONTROL.sub(" ", text)
    return Source(shown, text, tuple(problems))


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace"), ""


def _first_bad_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _control_problems(text: str, shown: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for match in CONTROL.finditer(text):
        if match[0] in seen:
            continue
        seen.add(match[0])
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        name = f"U+{ord(match[0]):04X}"
        severity = Severity.ERROR if match[0] == "\0" else Severity.WARNING
        message = say("control character {name} in the text", name=name)
        hint = say("delete it; it often comes in with text pasted from Word or a PDF")
        yield Problem(Place(shown, line, column), "control-character", message, hint, severity)
