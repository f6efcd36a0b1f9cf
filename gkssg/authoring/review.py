"""``gkssg review``: the record of a review in a content file, bound to what was approved."""

from dataclasses import dataclass
import datetime
import json
from pathlib import Path
import re

import yaml

from gkssg.archive.approval import approved, wording
from gkssg.archive.config import load_column
from gkssg.archive.frontmatter import split
from gkssg.archive.load import read_document
from gkssg.archive.paths import referenced_files
from gkssg.archive.source import decode, read
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity, any_error
from gkssg.schema import COMMON, field_named
from gkssg.terms import REVIEW_RESULTS, REVIEW_STEPS
from gkssg.text import HAN

_PLAIN = re.compile(rf"[{HAN}]+")
_KEY = field_named(COMMON, "reviews")


@dataclass(frozen=True, slots=True)
class Review:
    """One review: which step, by whom, when, what came of it (a code), and what was said."""

    step: str
    person: str
    day: datetime.date
    result: str
    opinion: str = ""

    def record(self, digest: str) -> str:
        """Write it as it stands in front matter; ``digest`` is that of what was approved."""
        known = REVIEW_STEPS.find(self.step)
        parts = {"step": _scalar(known.zh if known else self.step), "person": _scalar(self.person)}
        parts |= {"date": self.day.isoformat(), "result": REVIEW_RESULTS[self.result].zh}
        parts |= {"opinion": _scalar(self.opinion)} if self.opinion else {}
        parts |= {"digest": json.dumps(digest)}
        return "{" + ", ".join(f"{name}: {value}" for name, value in parts.items()) + "}"


def write_review(root: Path, path: str, review: Review) -> tuple[Problem, ...]:
    """Add the record of a review to the content file ``path``, counted from ``root``; nothing else in it changes.

    Gives what stands in the way; then the file is as it was.
    """
    column, _ = load_column(root)
    source = read(root / path, path)
    document, problems = read_document(source, profiles=column.profiles)
    if any_error(problems):
        return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    place = Place(path)
    if not document.is_active:
        message = say("a review approves the publication, and this entry is not to be published")
        hint = say(
            "write attribute: active first; what is not reviewed yet is not built where column.yml wants reviews"
        )
        return (Problem(document.place("attribute"), "review", message, hint),)
    files = sorted({file for file, _ in referenced_files(document)})
    for file, where in referenced_files(document):
        if not (root / "content" / file).is_file():
            message = say("there is no file “{found}”, so nobody can have reviewed it", found=file)
            return (Problem(where, "review", message, say("put the file there, or correct its path")),)
    front = split(source.text, path)
    digest = approved(wording(front.items, front.body), root / "content", files)
    data = (root / path).read_bytes()
    after = _with_record(data.decode("utf-8-sig"), review.record(digest))
    written = decode(after.encode(), path)
    again, faults = read_document(written, profiles=column.profiles)
    check = split(written.text, path)
    kept = approved(wording(check.items, check.body), root / "content", files) == digest
    if any_error(faults) or not kept or len(again.reviews) != len(document.reviews) + 1:
        message = say("the record cannot be put into this front matter")
        hint = say("add it to reviews（审核）by hand: {record}", record=review.record(digest))
        return (Problem(place, "review", message, hint),)
    (root / path).write_bytes((b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + after.encode())
    return ()


def _scalar(text: str) -> str:
    text = " ".join(text.split())
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _with_record(text: str, record: str) -> str:
    """Put a record behind those that there are, in the way they are written; else at the end of the front matter."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    front = split("\n".join(lines), "")
    found = next((item for item in front.items if field_named(COMMON, item[0].value.strip()) == _KEY), None)
    if found is None:
        fence = front.body_line - 2
        lines[fence:fence] = ["reviews:", f"  - {record}"]
        return end.join(lines)
    key, value = found
    if isinstance(value, yaml.SequenceNode) and not value.flow_style:
        last = _last_line(value)
        lines.insert(last + 1, f"{' ' * value.start_mark.column}- {record}")
    elif isinstance(value, yaml.SequenceNode | yaml.MappingNode) and value.flow_style:
        line, column = value.end_mark.line, value.end_mark.column
        if isinstance(value, yaml.MappingNode):
            lines[line] = f"{lines[line][:column]}, {record}]{lines[line][column:]}"
            start, at = value.start_mark.line, value.start_mark.column
            lines[start] = f"{lines[start][:at]}[{lines[start][at:]}"
        else:
            comma = ", " if value.value else ""
            lines[line] = f"{lines[line][: column - 1]}{comma}{record}{lines[line][column - 1 :]}"
    elif isinstance(value, yaml.ScalarNode) and not value.value:
        lines.insert(key.start_mark.line + 1, f"  - {record}")
    return end.join(lines)


def _last_line(node: yaml.Node) -> int:
    """Give the last line on which anything of a node stands; YAML counts blank lines and remarks behind it too."""
    inner = (
        [part for child in node.value for part in (child if isinstance(child, tuple) else (child,))]
        if (isinstance(node, yaml.CollectionNode) and not node.flow_style)
        else []
    )
    if inner:
        return max(_last_line(part) for part in inner)
    return node.end_mark.line - (node.end_mark.column == 0)
