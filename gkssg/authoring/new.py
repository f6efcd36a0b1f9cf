"""``gkssg new``: a content file with the fields of its kind, each explained in a comment."""

from collections.abc import Iterator
import json
from pathlib import Path
import re

from gkssg.language import Speaker, say
from gkssg.problem import Place, Problem
from gkssg.schema import Field, Type, fields_of
from gkssg.terms import Kind

FOLDERS = {
    Kind.DOCUMENT: "statutory/policy",
    Kind.INTERPRETATION: "statutory/interpretations",
    Kind.DOSSIER: "statutory/decisions",
    Kind.CONSULTATION: "statutory/consultations",
    Kind.MEETING: "statutory/meetings",
    Kind.PROPOSAL: "statutory/proposals",
    Kind.QUESTION: "statutory/interpretations",
    Kind.ITEM: "statutory/policy",
    Kind.DATASET: "statutory/lists",
    Kind.REPORT: "reports",
    Kind.GAZETTE: "statutory/gazette",
    Kind.ORGAN: "statutory/organs",
    Kind.PAGE: "rules",
}
_LONGEST_NAME = 40
_REPORT = Path(__file__).with_name("report.md")
"""The form of a report: headings and tables of 国办公开办函〔2021〕30号, with nothing in the cells."""


def new(
    root: Path, kind: Kind, title: str, folder: str, year: int, speaker: Speaker
) -> tuple[str, tuple[Problem, ...]]:
    """Write a new content file into ``content/`` below ``root``; give its path. Never overwrites a file.

    ``folder`` is the section's, counted from ``content/``; empty: the usual one of the kind. ``year`` begins the name.
    """
    if not (root / "content" / "column.yml").is_file():
        message = say("there is no column here: content/column.yml is missing")
        hint = say("go to the column's folder, name it with -C, or make a new column with “gkssg init DIR”")
        return "", (Problem(Place("content/column.yml"), "column-missing", message, hint),)
    title = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", title).split())
    if not title:
        return "", (Problem(Place("content"), "new", say("the title is empty"), say("give a title in quotes")),)
    folder = (folder or FOLDERS[kind]).strip("/")
    name = re.sub(r"[^\w-]+", "-", title).strip("-_")[:_LONGEST_NAME].strip("-_") or kind.value
    name = name if kind in {Kind.ORGAN, Kind.PAGE} else f"{year}-{name}"
    path = f"content/{folder}/{name}.md"
    target = root / path
    if not target.resolve().is_relative_to((root / "content").resolve()):
        message = say("the folder “{found}” is not in content/", found=folder)
        return "", (Problem(Place(path), "new", message, say("name a section's folder, as statutory/policy")),)
    if target.exists():
        message = say("there is such a file already")
        return "", (Problem(Place(path), "new", message, say("edit it, or give another title")),)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content(kind, title, speaker), "utf-8", newline="\n")
    return path, ()


def content(kind: Kind, title: str, speaker: Speaker) -> str:
    """Give the text of a new content file. The attribute is left empty: somebody has to decide."""
    text = _REPORT.read_text("utf-8") if kind is Kind.REPORT else speaker.word("(Write the text here.)") + "\n"
    return "\n".join(["---", *_lines(kind, title, speaker), "---", "", text])


def _lines(kind: Kind, title: str, speaker: Speaker) -> Iterator[str]:
    for field in fields_of(kind):
        if field.name == "kind":
            if kind is not Kind.DOCUMENT:
                yield f"kind: {kind.value}"
            continue
        yield f"# {_explained(field, speaker)}"
        if field.name == "title":
            yield f"title: {json.dumps(title, ensure_ascii=False)}"
        elif field.required:
            yield f"{field.name}:"
        else:
            yield f"#{field.name}:{_shape(field)}"


def _explained(field: Field, speaker: Speaker) -> str:
    words = " ".join(f"{word.code}（{word.zh}）" for word in field.words) if field.words else ""
    parts = [f"{field.alias}：{speaker.text(field.sentence)}"]
    parts += [words] if words else []
    parts += [speaker.text(say("for example {example}", example=field.example))] if field.example else []
    return "；".join(parts)


def _shape(field: Field) -> str:
    if field.type is Type.RECORD or (field.parts and not field.compact):
        keys = ", ".join(f"{part.name}: …" for part in field.parts)
        return f" [{{{keys}}}]" if field.many else f" {{{keys}}}"
    return " []" if field.many else ""
