"""``gkssg check --fix``: mechanical slips of content files are mended; every value and every word of the text stays.

Mended are what the rules of :data:`SLIPS` find: a byte order mark, line ends, a colon behind a key, brackets and
widths of a document number; and the keys are put into the order of the field table.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
import os
from pathlib import Path
import tempfile

import yaml

from gkssg.archive.frontmatter import split
from gkssg.archive.load import read_document
from gkssg.archive.model import Document
from gkssg.archive.source import LARGEST_FILE, Source
from gkssg.personal.find import find
from gkssg.problem import Problem
from gkssg.schema import field_named, fields_of

SLIPS = ("full-width-colon", "colon-space", "doc-no-form")
_BOM = "\ufeff"
_FENCE = "---"
_MOST_ROUNDS = 8
"""A fault of form may hide the next one behind it."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file before and after; ``shown`` tells whether its lines may be printed."""

    path: Path
    before: str
    after: str
    shown: bool

    def diff(self, name: str) -> str:
        """Give what changes, as a unified diff without any other line."""
        old, new = (text.splitlines(keepends=True) for text in (_visible(self.before), _visible(self.after)))
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in unified_diff(old, new, name, name, n=0))


def mend_files(root: Path, paths: Iterable[str]) -> Iterator[Mended]:
    """Give the content files that would change; ``paths`` are counted from the folder of the column."""
    for path in paths:
        try:
            data = (root / path).read_bytes()
            before = data.decode()
        except (OSError, UnicodeDecodeError):
            continue
        after = mended(before, path) if len(data) <= LARGEST_FILE else before
        if after != before:
            document, _ = read_document(Source(path, after))
            yield Mended(root / path, before, after, document.is_active and not any(find(after)))


def write(file: Mended) -> None:
    """Put the mended text into the file, at once and whole. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=file.path.parent, prefix=".", suffix=".gkssg")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(file.after.encode())
        Path(name).chmod(file.path.stat().st_mode & 0o777)
        Path(name).replace(file.path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def mended(text: str, path: str) -> str:
    """Mend the slips in the text of a content file."""
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    for _ in range(_MOST_ROUNDS):
        document, problems = read_document(Source(path, text))
        slip = next((new for problem in problems if (new := _without(problem, document, text, problems, path))), "")
        if not slip:
            break
        text = slip
    return _in_order(text, path)


def _without(problem: Problem, document: Document, text: str, problems: tuple[Problem, ...], path: str) -> str:
    """Give the text without a slip, or nothing where it is another problem or mending it would make a new one."""
    if problem.rule not in SLIPS:
        return ""
    lines = text.split("\n")
    line, at = lines[problem.place.line - 1], problem.place.column - 1
    match problem.rule:
        case "full-width-colon":
            line = f"{line[:at]}: {line[at + 1 :].lstrip()}"
        case "colon-space":
            line = f"{line[: at + 1]} {line[at + 1 :]}"
        case _:
            line = line[:at] + line[at:].replace(document.typed_doc_no, document.doc_no, 1)
    lines[problem.place.line - 1] = line
    new = "\n".join(lines)
    rest = Counter(other.rule for other in read_document(Source(path, new))[1])
    before = Counter(other.rule for other in problems)
    return new if new != text and rest[problem.rule] < before[problem.rule] else ""


def _in_order(text: str, path: str) -> str:
    """Put the keys of front matter into the order of the field table; remarks stay above the key that follows them."""
    front = split(text, path)
    if front.problems or not front.items:
        return text
    lines = text.split("\n")
    inner, rest = lines[1 : front.body_line - 2], lines[front.body_line - 2 :]
    blocks = list(_blocks(inner))
    document, _ = read_document(Source(path, text))
    places = {field.name: number for number, field in enumerate(fields_of(document.kind))}
    names = [field_named(fields_of(document.kind), key.value.strip()) for key, _ in front.items]
    if len(blocks) != len(names) or None in names or len(set(names)) < len(names):
        return text
    ranked = sorted(zip(names, blocks, strict=True), key=lambda pair: places[pair[0].name] if pair[0] else 0)
    new = "\n".join([lines[0], *(line for _, block in ranked for line in block), *rest])
    return new if _values(new, path) == _values(text, path) else text


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Cut lines of YAML into keys with what belongs to them: remarks above, further lines of the value below."""
    block: list[str] = []
    waiting: list[str] = []
    begun = False
    for line in lines:
        if not line.strip() or line.startswith("#"):
            waiting.append(line)
        elif line[0] in " -]}":
            block += (*waiting, line)
            waiting = []
        else:
            if begun:
                yield block
                block = []
            block += (*waiting, line)
            waiting, begun = [], True
    yield block + waiting


def _values(text: str, path: str) -> list[str]:
    items = split(text, path).items
    return sorted(f"{key.value} {yaml.serialize(value)}" for key, value in items)


def _visible(text: str) -> str:
    """Show what cannot be seen and is mended."""
    return text.replace(_BOM, "<BOM>").replace("\r", "<CR>")
