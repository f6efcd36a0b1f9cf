"""Text of a content file → front matter as YAML nodes with their places, and the body.

YAML is composed, not constructed: ``no`` stays the text it is, ``2025-13-40`` does not raise, and every node knows
its line and column. When the whole does not parse, it is read key by key, so that one fault does not hide the others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, Protocol

import yaml

from gkssg.language import say
from gkssg.problem import Place, Problem, Severity
from gkssg.text import HAN

if TYPE_CHECKING:
    Loader = yaml.SafeLoader
else:
    Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_FRONT_MATTER = 64 * 1024
_MAX_DEPTH = 20
_SUSPICIOUS_NESTING = 64
_FENCE = "---"
_KEY_WITHOUT_COLON_SPACE = re.compile(rf"(?P<key>[\w{HAN}][\w{HAN} -]{{0,40}}?)[ \t]*(?P<colon>：|:(?=[^\s:/]))")
_PROPER_KEY = re.compile(r"[^\s#\"'\[\]{}][^#]*?:(?:\s|$)")
_TAB_INDENT = re.compile(r" *\t[ \t]*")
_REMARK = re.compile(r"[ \t]+#(?=[^\s#])")


class _Mark(Protocol):
    """What the marks of PyYAML's two parsers share."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Keys and values in the order in which they stand, and the text below them.

    ``items`` may hold a key twice. ``body_line`` is the line of the file on which the body starts, from 1.
    """

    items: tuple[tuple[yaml.ScalarNode, yaml.Node], ...]
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def split(text: str, path: str) -> FrontMatter:
    """Take a content file apart. Never raises; without front matter there are no items, and a problem says so."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        message = say("the file does not begin with front matter")
        return FrontMatter((), text, 1, (Problem(Place(path), "front-matter-missing", message, _MISSING_HINT),))
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), 0)
    if not end:
        message = say("the front matter that begins here is not closed")
        hint = say("put a line --- behind the last key, before the text")
        problem = Problem(Place(path), "front-matter-unclosed", message, hint)
        end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
        inner = read_yaml("\n".join(lines[1:end]), path, first_line=2)
        return FrontMatter(inner.items, "", len(lines), (problem, *inner.problems))
    inner = read_yaml("\n".join(lines[1:end]), path, first_line=2)
    problems = inner.problems
    if not inner.items and not problems:
        problems = (Problem(Place(path), "front-matter-missing", say("the front matter is empty"), _MISSING_HINT),)
    return FrontMatter(inner.items, "\n".join(lines[end + 1 :]), end + 2, problems)


_MISSING_HINT = say("the first line is ---, then the keys (title, attribute …), then a line --- again")


def read_yaml(text: str, path: str, first_line: int = 1) -> FrontMatter:
    """Read a YAML mapping whose first line is line ``first_line`` of the file. Never raises."""
    if len(text) > MAX_FRONT_MATTER:
        message = say(
            "the front matter has {size} characters; {most} are allowed",
            size=len(text),
            most=MAX_FRONT_MATTER,
        )
        hint = say("keep facts in the front matter and the text below it")
        return FrontMatter((), "", 0, (Problem(Place(path, first_line), "front-matter-size", message, hint),))
    problems: list[Problem] = []
    # Line and paragraph separators: to YAML they end a line, to editors and to the places of problems they do not.
    text = _without_tabs(text.replace("\u2028", " ").replace("\u2029", " "), path, first_line, problems)
    padded = "\n" * (first_line - 1) + text
    faults = tuple(_dangers(padded, path))
    if faults:
        return FrontMatter((), "", 0, (*problems, *faults))
    node, fault = _compose(padded, path)
    if fault is None and (node is None or isinstance(node, yaml.MappingNode)):
        items, more = _items(node, path)
        return FrontMatter(items, "", 0, (*problems, *more, *_remarks(items, padded, path)))
    all_items: list[tuple[yaml.ScalarNode, yaml.Node]] = []
    for line, block in _blocks(text):
        items, more = _read_block(block, path, first_line + line)
        all_items += items
        problems += more
    problems += _remarks(all_items, padded, path)
    return FrontMatter(tuple(all_items), "", 0, tuple(problems))


def place_of(mark: _Mark | None, path: str) -> Place:
    """Turn a YAML mark, which counts from 0, into a place."""
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)


def _without_tabs(text: str, path: str, first_line: int, problems: list[Problem]) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _TAB_INDENT.match(line)
        if match and line.strip():
            place = Place(path, first_line + number, line.index("\t") + 1)
            hint = say("indent with spaces; set the editor to write spaces for the Tab key")
            problems.append(Problem(place, "tab", say("a line is indented with a tab"), hint))
            lines[number] = "  " * line[: match.end()].count("\t") + line[match.end() :]
    return "\n".join(lines)


def _remarks(items: Iterable[tuple[yaml.ScalarNode, yaml.Node]], padded: str, path: str) -> Iterator[Problem]:
    """Find values that a # cuts off, as in ``title: 关于 #1楼``; behind the # of a remark stands a blank."""
    lines = padded.split("\n")
    waiting = [value for _, value in items]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.ScalarNode) and not node.style and node.end_mark:
            rest = "".join(lines[node.end_mark.line : node.end_mark.line + 1])[node.end_mark.column :]
            match = _REMARK.match(rest)
            if match:
                message = say("what stands behind a blank and a # is a remark and no part of the value")
                place = Place(path, node.end_mark.line + 1, node.end_mark.column + match.end())
                yield Problem(place, "yaml-trap", message, say("put the whole value in quotes"), Severity.WARNING)


def _dangers(padded: str, path: str) -> Iterator[Problem]:
    """Find what may not even be composed: aliases, which can grow without bound, and nesting without end."""
    nested = padded.count("[") + padded.count("{") + padded.count("- ") + padded.count("? ")
    if "*" not in padded and "&" not in padded and nested < _SUSPICIOUS_NESTING:
        return
    depth = 0
    try:
        for event in yaml.parse(padded, Loader=Loader):
            if isinstance(event, yaml.AliasEvent):
                hint = say("write the value out; a text that begins with * belongs in quotes")
                place = place_of(event.start_mark, path)
                yield Problem(place, "yaml-alias", say("aliases (*name) are not allowed in front matter"), hint)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _MAX_DEPTH:
                    place = place_of(event.start_mark, path)
                    message = say("values stand in one another more than {most} levels deep", most=_MAX_DEPTH)
                    yield Problem(place, "yaml-depth", message, say("no field needs more than three levels"))
                    return
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except (yaml.YAMLError, RecursionError):
        return  # composing meets the same fault and reports it


def _compose(padded: str, path: str) -> tuple[yaml.Node | None, Problem | None]:
    try:
        return yaml.compose(padded, Loader=Loader), None
    except yaml.MarkedYAMLError as error:
        return None, _syntax_problem(error, padded, path)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None, Problem(Place(path), "yaml-syntax", say("this cannot be read as YAML"), _YAML_HINT)


_YAML_HINT = say("write “key: value”, one on a line; a text that holds a colon and a blank belongs in quotes")

# What YAML's own messages mean to an editor. The C and the Python parser word some of them differently.
_EXPLANATIONS = (
    (
        "unknown escape character",
        say("a backslash in double quotes has a meaning of its own"),
        say("use single quotes, or write \\\\"),
    ),
    (
        "character escape code",
        say("a backslash in double quotes has a meaning of its own"),
        say("use single quotes, or write \\\\"),
    ),
    (
        "mapping values are not allowed",
        say("there is a second colon on this line, or the line above is not finished"),
        say("put the whole value in double quotes"),
    ),
    (
        "cannot start any token",
        say("a value cannot begin with this character"),
        say("put the value in quotes"),
    ),
    (
        "expected ',' or",
        say("a list in brackets is not well formed here"),
        say("close every [ and {{, and put commas between the values"),
    ),
    (
        "quoted scalar",
        say("a quotation mark is not closed"),
        say("put the same quotation mark at the end of the value"),
    ),
    (
        "unexpected end of stream",
        say("something that was opened is not closed"),
        say("look for an open quotation mark or bracket"),
    ),
    ("could not find expected ':'", say("there is no colon behind this key"), _YAML_HINT),
    (
        "expected key",
        say("this line is not indented as its neighbours are"),
        say("begin every key in the first column"),
    ),
    (
        "expected <block end>",
        say("this line is not indented as its neighbours are"),
        say("begin every key in the first column"),
    ),
    ("undefined alias", say("a value cannot begin with *"), say("put the value in quotes")),
    ("expected alphabetic", say("a value cannot begin with * or &"), say("put the value in quotes")),
    (
        "document start",
        say("a line --- or ... ends the front matter too early"),
        say("delete it"),
    ),
    (
        "expected a single document",
        say("a line --- or ... ends the front matter too early"),
        say("delete it"),
    ),
)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    mark, opening = error.problem_mark or error.context_mark, error.context_mark
    if mark and opening and ("quoted scalar" in said or "expected ',' or" in said) and mark.line > opening.line:
        mark = opening  # what is not closed is seen at the end of the text only
    if mark and ("expected key" in said or "<block end>" in said):
        before = "".join(text.split("\n")[mark.line : mark.line + 1])[: mark.column].strip()
        if before:
            message = say("the value has ended before this: “{found}”", found=before)
            hint = say("inside a value use “ ” or 「 」, or put the whole value in single quotes")
            return Problem(place_of(mark, path), "yaml-syntax", message, hint)
    for words, message, hint in _EXPLANATIONS:
        if words in said:
            opened = words in {"quoted scalar", "unexpected end of stream"} and opening
            return Problem(place_of(opened or mark, path), "yaml-syntax", message, hint)
    return Problem(place_of(mark, path), "yaml-syntax", say("this cannot be read as YAML"), _YAML_HINT)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text before every line that starts in the first column: each part is one key with its value."""
    start, lines = 0, text.split("\n")
    for number in range(1, len(lines) + 1):
        if number == len(lines) or (lines[number][:1].strip() and lines[number][0] not in "#-]}"):
            block = "\n".join(lines[start:number])
            if block.strip():
                yield start, block
            start = number


def _read_block(
    block: str, path: str, line: int
) -> tuple[tuple[tuple[yaml.ScalarNode, yaml.Node], ...], list[Problem]]:
    problems: list[Problem] = []
    match = _KEY_WITHOUT_COLON_SPACE.match(block)
    if match and not _PROPER_KEY.match(block[: match.end("colon") + 1]):
        place = Place(path, line, match.start("colon") + 1)
        if match["colon"] == "：":
            message = say("a full-width colon “：” stands behind the key “{found}”", found=match["key"])
            rule = "full-width-colon"
        else:
            message = say("there is no blank behind the colon of the key “{found}”", found=match["key"])
            rule = "colon-space"
        hint = say("write “{found}: …”, with a half-width colon and a blank", found=match["key"])
        problems.append(Problem(place, rule, message, hint))
        block = f"{match['key']}: {block[match.end('colon') :].lstrip()}"
    node, fault = _compose("\n" * (line - 1) + block, path)
    if fault:
        return (), [*problems, fault]
    if node is not None and not isinstance(node, yaml.MappingNode):
        message = say("this is not a key with a value")
        return (), [
            *problems,
            Problem(place_of(node.start_mark, path), "front-matter-shape", message, _YAML_HINT),
        ]
    items, more = _items(node, path)
    return items, [*problems, *more]


def _items(node: yaml.Node | None, path: str) -> tuple[tuple[tuple[yaml.ScalarNode, yaml.Node], ...], list[Problem]]:
    if node is None:
        return (), []
    items: list[tuple[yaml.ScalarNode, yaml.Node]] = []
    problems: list[Problem] = []
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            items.append((key, value))
        else:
            message = say("a key must be a word")
            problems.append(Problem(place_of(key.start_mark, path), "front-matter-shape", message, _YAML_HINT))
    return tuple(items), problems
