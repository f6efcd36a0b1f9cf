"""YAML nodes → values, as the field tables have it; whatever does not fit is a problem with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
import re
from typing import TypeVar

import yaml

from gkssg.archive.frontmatter import place_of
from gkssg.archive.source import CONTROL
from gkssg.dates import DateError, PartialDate, parse_date
from gkssg.language import Message, say
from gkssg.problem import Place, Problem, Severity
from gkssg.schema import Field, Type, field_named
from gkssg.terms import TRUTHS, Word
from gkssg.text import nearest


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where it stands; also the form of references to entries and organs."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file named in front matter: ``path`` as typed, counted from the content file."""

    path: str
    place: Place
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Several named values that belong together, with the fields that name them.

    A record that says ``open: false`` keeps to itself all but what names it and why it is not open.
    """

    parts: tuple[tuple[Field, "tuple[Value, ...]"], ...]
    place: Place

    @property
    def is_open(self) -> bool:
        """Whether all of it may be published with the entry it stands in."""
        return not any(field.name == "open" and False in values for field, values in self.parts)

    @property
    def published(self) -> tuple[tuple[Field, "tuple[Value, ...]"], ...]:
        """The parts that may be published with the entry it stands in."""
        return self.parts if self.is_open else tuple(part for part in self.parts if _is_named(part[0]))

    def part(self, name: str) -> "tuple[Value, ...]":
        """Give the values of one part, or none."""
        return next((values for field, values in self.parts if field.name == name), ())

    def texts(self, name: str) -> tuple[Text, ...]:
        """Give the texts of one part, or none."""
        return tuple(value for value in self.part(name) if isinstance(value, Text))

    def text(self, name: str) -> str:
        """Give the first text of one part, or an empty one."""
        return next((text.value for text in self.texts(name)), "")


def _is_named(field: Field) -> bool:
    return field.required or field.name in {"open", "reason"}


Value = Text | PartialDate | bool | Word | FileRef | Record
T = TypeVar("T", Text, PartialDate, bool, Word, FileRef, Record)


@dataclass(frozen=True, slots=True)
class Values:
    """All values of one front matter, by field, in the order of the file, and where each key stands.

    ``faulty`` names the fields that hold something which is no value of theirs; that has been reported.
    """

    items: tuple[tuple[Field, tuple[Value, ...], Place], ...]
    faulty: frozenset[str] = frozenset()

    def all(self, name: str, kind: type[T]) -> tuple[T, ...]:
        """Give the values of a field; ``kind`` is their type by the field table."""
        for field, values, _ in self.items:
            if field.name == name:
                return tuple([value for value in values if isinstance(value, kind)])
        return ()

    def one(self, name: str, kind: type[T]) -> T | None:
        """Give the first value of a field, or None."""
        return next(iter(self.all(name, kind)), None)

    def text(self, name: str) -> str:
        """Give the text of a field, or an empty one."""
        found = self.one(name, Text)
        return found.value if found else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give all texts of a field."""
        return tuple(text.value for text in self.all(name, Text))

    def code(self, name: str) -> str:
        """Give the code of a field that holds a word, or an empty text."""
        found = self.one(name, Word)
        return found.code if found else ""

    def date(self, name: str) -> PartialDate | None:
        """Give the date of a field, or None."""
        return self.one(name, PartialDate)

    def flag(self, name: str, *, default: bool) -> bool:
        """Give the truth of a field, or the default."""
        found = self.one(name, bool)
        return default if found is None else found

    def place(self, name: str, fallback: Place) -> Place:
        """Tell where the value of a field stands."""
        return next((place for field, _, place in self.items if field.name == name), fallback)


Items = tuple[tuple[yaml.ScalarNode, yaml.Node], ...]


def parse(items: Items, table: tuple[Field, ...], path: str) -> tuple[Values, tuple[Problem, ...]]:
    """Read the keys of a front matter by a field table. Required fields that are missing are not reported here."""
    reader = _Reader(path)
    values = reader.mapping(items, table)
    return values, tuple(reader.problems)


def missing(values: Values, table: tuple[Field, ...], place: Place) -> Iterator[Problem]:
    """Report the required fields that have no value; ``place`` is where the front matter begins."""
    for field in table:
        if not field.required or field.name in values.faulty:
            continue
        if not any(known.name == field.name and found for known, found, _ in values.items):
            message = say("{field} is missing", field=_name(field))
            yield Problem(values.place(field.name, place), "field-missing", message, _expected(field))


def _name(field: Field) -> str:
    return f"{field.name}（{field.alias}）"


def _expected(field: Field) -> Message:
    if field.words:
        words = tuple(f"{word.code}（{word.zh}）" for word in field.words)
        return say("write one of: {words}", words=words)
    if field.example:
        return say("{sentence}; for example “{example}”", sentence=field.sentence, example=field.example)
    return say("{sentence}", sentence=field.sentence)


_ODD_FOR_YAML = re.compile(r"[-+]?(?:\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|0[0-7]+)")


class _Reader:
    """Collects the problems of one file while its nodes become values."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def report(
        self, node: yaml.Node, rule: str, message: Message, hint: Message, severity: Severity = Severity.ERROR
    ) -> None:
        self.problems.append(Problem(place_of(node.start_mark, self.path), rule, message, hint, severity))

    def mapping(self, items: Items, table: tuple[Field, ...]) -> Values:
        faulty: set[str] = set()
        found: list[tuple[Field, tuple[Value, ...], Place]] = []
        lines: dict[str, int] = {}
        for key, node in items:
            field = field_named(table, key.value.strip())
            if field is None:
                self.unknown(key, table)
                continue
            if field.name in lines:
                message = say("{field} is given twice", field=_name(field))
                hint = say("it stands on line {line} already; keep one of the two", line=lines[field.name])
                self.report(key, "key-twice", message, hint)
                continue
            lines[field.name] = key.start_mark.line + 1
            faults = len(self.problems)
            found.append((field, self.field(field, node), place_of(node.start_mark, self.path)))
            if len(self.problems) > faults:
                faulty.add(field.name)
        return Values(tuple(found), frozenset(faulty))

    def unknown(self, key: yaml.ScalarNode, table: tuple[Field, ...]) -> None:
        meant = nearest(key.value, [name for field in table for name in (field.name, field.alias)])
        message = say("there is no key “{found}”", found=key.value)
        hint = (
            say("did you mean “{meant}”?", meant=meant)
            if meant
            else say("the keys are listed in the manual, page fields.md; delete this one")
        )
        self.report(key, "key-unknown", message, hint)

    def field(self, field: Field, node: yaml.Node) -> tuple[Value, ...]:
        if isinstance(node, yaml.SequenceNode):
            if not field.many:
                message = say("{field} holds a list; one value is expected", field=_name(field))
                self.report(node, "field-type", message, _expected(field))
                return ()
            return tuple(value for item in node.value for value in self.single(field, item))
        return tuple(self.single(field, node))

    def single(self, field: Field, node: yaml.Node) -> Iterator[Value]:
        if field.parts:
            yield from self.record(field, node)
        elif isinstance(node, yaml.ScalarNode):
            yield from self.scalar(field, node)
        else:
            message = say("{field} holds keys or a list; a single value is expected", field=_name(field))
            self.report(node, "field-type", message, _expected(field))

    def record(self, field: Field, node: yaml.Node) -> Iterator[Value]:
        place = place_of(node.start_mark, self.path)
        if isinstance(node, yaml.ScalarNode) and field.compact:
            if self.mistyped_part(field, node):
                return
            if field.type is Type.FILE and node.value.strip():
                yield FileRef(node.value.strip(), place)
            elif field.type is Type.RECORD:
                part = next(part for part in field.parts if part.name == field.compact)
                yield from (Record(((part, (value,)),), place) for value in self.scalar(part, node))
            return
        if isinstance(node, yaml.ScalarNode) and not node.value.strip():
            return
        if not isinstance(node, yaml.MappingNode):
            parts = tuple(f"{part.name}（{part.alias}）" for part in field.parts)
            message = say("{field} needs keys of its own here", field=_name(field))
            self.report(node, "field-type", message, say("the keys are: {parts}", parts=parts))
            return
        items = tuple((key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))
        values = self.mapping(items, field.parts)
        self.problems += missing(values, field.parts, place)
        if field.type is Type.FILE:
            file = values.one("file", Text)
            if file:
                yield FileRef(file.value, file.place, values.text("title"), values.text("note"))
            return
        yield Record(tuple((part, found) for part, found, _ in values.items), place)

    def mistyped_part(self, field: Field, node: yaml.ScalarNode) -> bool:
        """Report ``- 文件：a.pdf``: YAML sees one text there, the editor meant a key."""
        name, colon, _ = node.value.partition("：")
        if not colon or not field_named(field.parts, name.strip()):
            return False
        place = place_of(node.start_mark, self.path)
        place = Place(place.path, place.line, place.column + len(name))
        message = say("a full-width colon “：” stands behind the key “{found}”", found=name.strip())
        hint = say("write “{found}: …”, with a half-width colon and a blank", found=name.strip())
        self.problems.append(Problem(place, "full-width-colon", message, hint))
        return True

    def scalar(self, field: Field, node: yaml.ScalarNode) -> Iterator[Value]:
        text = self.fit(node)
        plain = not node.style
        if not text or (plain and text in {"~", "null"}):
            return
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self.report(node, "yaml-tag", say("a value begins with a YAML tag"), say("put the value in quotes"))
            return
        match field.type:
            case Type.DATE:
                yield from self.date(field, node, text)
            case Type.BOOLEAN:
                yield from self.truth(field, node, text)
            case Type.WORD:
                yield from self.word(field, node, text)
            case _:
                if plain:
                    self.warn_of_traps(node, text)
                yield from self.texts(field, node, text)

    def fit(self, node: yaml.ScalarNode) -> str:
        """Give the text of a node; control characters that YAML's escapes brought in are reported and taken out."""
        text = str(node.value)
        found = CONTROL.search(text)
        if found:
            message = say("control character {name} in the text", name=f"U+{ord(found[0]):04X}")
            self.report(node, "control-character", message, say("delete the escape \\x… or \\u… that makes it"))
        return CONTROL.sub(" ", text).strip()

    def texts(self, field: Field, node: yaml.ScalarNode, text: str) -> Iterator[Text]:
        place = place_of(node.start_mark, self.path)
        parts = re.split(f"[{re.escape(field.separators)}]", text) if field.separators else [text]
        for part in parts:
            if part.strip():
                yield Text(" ".join(part.split()), place)

    def warn_of_traps(self, node: yaml.ScalarNode, text: str) -> None:
        as_truth = node.tag == "tag:yaml.org,2002:bool"
        if as_truth or (
            node.tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"} and _ODD_FOR_YAML.fullmatch(text)
        ):
            message = (
                say("other programs read “{found}” as true or false, not as text", found=text)
                if as_truth
                else say("other programs read “{found}” as another number", found=text)
            )
            self.report(node, "yaml-trap", message, say("put it in quotes"), Severity.WARNING)

    def date(self, field: Field, node: yaml.ScalarNode, text: str) -> Iterator[PartialDate]:
        try:
            yield parse_date(text)
        except DateError as error:
            hint = say("{field}: write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known", field=_name(field))
            self.report(node, "date", error.message, hint)

    def truth(self, field: Field, node: yaml.ScalarNode, text: str) -> Iterator[bool]:
        word = TRUTHS.find({"on": "yes", "off": "no", "y": "yes", "n": "no"}.get(text.casefold(), text))
        if word:
            yield word.code == "true"
        else:
            message = say("“{found}” is neither yes nor no", found=text)
            self.report(
                node,
                "field-type",
                message,
                say("{field}: write true（是）or false（否）", field=_name(field)),
            )

    def word(self, field: Field, node: yaml.ScalarNode, text: str) -> Iterator[Word]:
        words = field.words
        assert words is not None  # noqa: S101  (the field table's own consistency; a test holds it)
        known = words.find(text)
        if known:
            yield known
            return
        meant = nearest(text, [name for word in words for name in (word.code, word.zh)])
        message = say("{field} cannot be “{found}”", field=_name(field), found=text)
        hint = say("did you mean “{meant}”? {all}", meant=meant, all=_expected(field)) if meant else _expected(field)
        self.report(node, "field-word", message, hint)
