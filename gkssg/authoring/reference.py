"""The reference of the fields, made from the field tables: a page for editors and a JSON Schema for their programs."""

from collections.abc import Iterator
import json

from gkssg.language import Speaker, say
from gkssg.schema import COLUMN, COMMON, DETAILS, Field, Type
from gkssg.terms import GROUNDS, KINDS, Kind

_TYPES = {
    Type.TEXT: say("text"),
    Type.DATE: say("date"),
    Type.BOOLEAN: say("yes or no"),
    Type.WORD: say("one of the words"),
    Type.ENTRY: say("id of an entry"),
    Type.CLAUSE: say("id of an entry, #, and a clause"),
    Type.ORGAN: say("name or id of an organ"),
    Type.FILE: say("file"),
    Type.RECORD: say("keys of its own"),
}
_TRUTHS = {"true": True, "false": False}
_SIMPLE = {"type": ["string", "number", "boolean", "null"]}


def fields_page(speaker: Speaker) -> str:
    """Write ``docs/manual/fields.md``: every key of every kind, with alias, type, meaning and words."""
    title = speaker.word("Keys of the front matter")
    made = speaker.word("Made by “make manual” from gkssg/schema.py; do not edit.")
    common, grounds = speaker.word("All kinds"), speaker.word("Grounds for not disclosing")
    lines = [
        f"# {title}",
        "",
        f"<!-- {made} -->",
        "",
        speaker.word("Either the English key or its Chinese name may be written, and so may coded words."),
        speaker.word("A star marks what must be there."),
        "",
        f"## {common}",
        "",
        *_table(COMMON, speaker),
    ]
    for kind in Kind:
        if DETAILS[kind]:
            word = KINDS[kind]
            lines += [
                "",
                f"## {word.said(speaker.language)} `kind: {kind.value}`",
                "",
                *_table(DETAILS[kind], speaker),
            ]
    lines += ["", "## content/column.yml", "", *_table(COLUMN, speaker)]
    lines += ["", f"## {grounds} `reason`", ""]
    lines += [f"- `{ground.code}` {speaker.text(ground.text)}" for ground in GROUNDS]
    return "\n".join([*lines, ""])


def json_schema(speaker: Speaker) -> str:
    """Write the JSON Schema (2020-12) of a content file's front matter."""
    properties = dict(_properties(COMMON, speaker))
    conditions = [
        {
            "if": {"anyOf": _says_kind(kind)},
            "then": {"properties": dict(_properties(DETAILS[kind], speaker))},
        }
        for kind in Kind
        if DETAILS[kind]
    ]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": speaker.word("Front matter of a content file"),
        "type": "object",
        "properties": properties,
        "anyOf": [{"required": ["title", "attribute"]}, {"required": ["标题", "公开属性"]}],
        "allOf": conditions,
        "unevaluatedProperties": False,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _says_kind(kind: Kind) -> list[dict[str, object]]:
    """Give what a front matter of a kind is known by; one that names no kind is a document."""
    keys = ("kind", "种类")
    typed: list[dict[str, object]] = [
        {"properties": {key: {"enum": [kind.value, KINDS[kind].zh]}}, "required": [key]} for key in keys
    ]
    untyped: dict[str, object] = {"not": {"anyOf": [{"required": [key]} for key in keys]}}
    return [*typed, untyped] if kind is Kind.DOCUMENT else typed


def _table(fields: tuple[Field, ...], speaker: Speaker) -> Iterator[str]:
    heads = (say("key"), say("Chinese name"), say("value"), say("meaning"))
    yield "| " + " | ".join(speaker.text(head) for head in heads) + " |"
    yield "|---|---|---|---|"
    yield from _rows(fields, speaker, "")


def _rows(fields: tuple[Field, ...], speaker: Speaker, mark: str) -> Iterator[str]:
    for row in fields:
        required = " *" if row.required else ""
        yield f"| {mark}`{row.name}`{required} | {row.alias} | {_value(row, speaker)} | {_meaning(row, speaker)} |"
        yield from _rows(row.parts, speaker, f"{mark}… ")


def _value(field: Field, speaker: Speaker) -> str:
    text = speaker.text(_TYPES[field.type])
    return speaker.text(say("{type}, several allowed", type=_TYPES[field.type])) if field.many else text


def _meaning(field: Field, speaker: Speaker) -> str:
    text = speaker.text(field.sentence)
    if field.words:
        text += "：" + "、".join(f"`{word.code}` {word.zh}" for word in field.words)
    if field.example:
        text += f"（`{field.example}`）"
    return text.replace("|", r"\|")


def _properties(fields: tuple[Field, ...], speaker: Speaker) -> Iterator[tuple[str, object]]:
    for field in fields:
        description = speaker.text(field.sentence)
        yield field.name, {"description": f"{field.alias}：{description}", **_shape(field, speaker)}
        yield field.alias, {"description": description, **_shape(field, speaker)}


def _shape(field: Field, speaker: Speaker) -> dict[str, object]:
    one: dict[str, object]
    if field.words:
        names = [name for word in field.words for name in (word.code, word.zh, *word.also)]
        known: dict[str, object] = {"enum": [*names, *(truth for name, truth in _TRUTHS.items() if name in names)]}
        one = {"anyOf": [known, {"type": "string"}]} if field.extensible else known
    elif field.parts:
        record = {
            "type": "object",
            "properties": dict(_properties(field.parts, speaker)),
            "additionalProperties": False,
        }
        one = {"anyOf": [{"type": "string"}, record]} if field.compact else record
    else:
        one = dict(_SIMPLE)
    return {"anyOf": [one, {"type": "array", "items": one}]} if field.many else one
