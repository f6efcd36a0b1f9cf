"""Markdown → :class:`Body`: the one way from an editor's text to HTML.

One Markdown engine is made a process and used again. The HTML is sanitised last, so that nothing an extension or a
text does can put in what the allow-list does not have.
"""

from collections.abc import Iterator
from functools import cache
import html as entities
import posixpath
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown import Markdown
from markdown.extensions.toc import TocExtension, slugify_unicode

from gkssg.language import say
from gkssg.markup import safety
from gkssg.markup.anchors import anchored
from gkssg.markup.body import Body, Heading, Link
from gkssg.markup.fast import Contents, FastMarkdown, LostError, unknown_version
from gkssg.markup.inlines import AttributeLists
from gkssg.markup.limits import TooMuchError
from gkssg.markup.official import CONTAINER_CLOSE, CONTAINERS, Footnotes, OfficialText
from gkssg.problem import Place, Problem, Severity
from gkssg.text import relative, web_path

_TARGET = re.compile(r'(<a\b[^>]*? href|<img\b[^>]*? src)="([^"]*)"')
_ALIGN = re.compile(r'<(td|th|tr|p|div)\b([^>]*?) align="(left|center|right)"([^>]*)>')
_CLASS = re.compile(r' class="([^"]*)"')
_TABLE = re.compile(r"</?table\b[^>]*>")
_ID = re.compile(r'<[^>]*? id="([^"]*)"')
_CONTAINER = re.compile(r":::[ \t]*(?P<name>\S.*?)[ \t]*")
_FOOTNOTE = re.compile(r"#fn(?:ref\d*)?:")
_BEGINNING = 80


def convert(source: str, path: str, first_line: int = 1) -> Body:
    """Render the Markdown of the file ``path`` (counted from the column's folder); never raises.

    ``first_line`` is the line of the file on which the text begins; the problems' places count from it.
    """
    if not source.strip():
        return Body()
    try:
        return converted(source, path, first_line, fast=not unknown_version())
    except LostError:
        return converted(source, path, first_line, fast=False)


def converted(source: str, path: str, first_line: int = 1, *, fast: bool) -> Body:
    """Do what :func:`convert` does, with the help of :mod:`gkssg.markup.fast` (which may give up) or without."""
    at = _Places(source, path, first_line)
    markdown = engine(fast=fast)
    try:
        markdown.reset()
        raw = markdown.convert(source)
        has_html = bool(markdown.htmlStash.rawHtmlBlocks)
        raw = safety.closed(_whole(markdown, raw)) if has_html else raw  # what Markdown makes is closed
        tokens: list[dict[str, Any]] = markdown.toc_tokens  # type: ignore[attr-defined]  # set by the toc extension
    except TooMuchError as error:
        engine.cache_clear()
        message = say("there are {count} of “{mark}” here, too many to be read", count=error.count, mark=error.mark)
        hint = say("part the text into paragraphs, or put a backslash before each one that is no Markdown")
        return Body(problems=(Problem(at.find(error.text[:_BEGINNING].partition("\n")[0]), "markdown", message, hint),))
    except (RuntimeError, ValueError, AssertionError) as error:
        engine.cache_clear()  # it still stands in the middle of this text
        message = say("the text is nested too deeply to be read ({why})", why=type(error).__name__)
        hint = say("look for hundreds of >, * or brackets in a row")
        return Body(problems=(Problem(at.start, "markdown", message, hint),))
    problems = [*(_removals(raw, at) if has_html or not safety.is_plain(raw) else ()), *_containers(at)]
    clean = safety.clean(raw)
    for address in safety.pictures(raw):
        if safety.is_elsewhere(address):
            message = say("the picture lies on another host; a column loads nothing from outside")
            hint = say("save the picture beside this file and name it by its path")
            problems.append(Problem(at.find(address), "picture-elsewhere", message, hint))
    links: list[Link] = []
    clean = _TARGET.sub(lambda match: _resolved(match, path, at, links, problems), clean)
    clean = _tables(_ALIGN.sub(_aligned, clean))
    clean = anchored(clean if has_html else _whole(markdown, clean))
    anchors = frozenset(map(entities.unescape, _ID.findall(clean)))
    headings = tuple(heading for heading in _headings(tokens) if heading.id in anchors)
    return Body(clean, headings, tuple(links), anchors, tuple(problems))


@cache
def engine(*, fast: bool) -> Markdown:
    """Give the process's Markdown engine, with or without the help of :mod:`gkssg.markup.fast`."""
    extensions = [
        Footnotes(BACKLINK_TITLE="返回正文中的注 %d", BACKLINK_TEXT="↩"),
        (Contents if fast else TocExtension)(marker="", slugify=_slug),
        AttributeLists(),
        OfficialText(),
    ]
    return FastMarkdown(extensions) if fast else Markdown(extensions=extensions, output_format="html")


def _whole(markdown: Markdown, html: str) -> str:
    return markdown.whole(html) if isinstance(markdown, FastMarkdown) else html


def _slug(text: str, separator: str) -> str:
    """Make an id out of a heading's words: Chinese stays, so that an address tells what it leads to."""
    slug = slugify_unicode(text, separator).strip("-_")
    return f"节-{slug}" if not slug or slug.startswith(safety.RESERVED_ID) else slug


class _Places:
    """Finds where in the file something stands; a text that stands there several times is found in turn."""

    def __init__(self, source: str, path: str, first_line: int) -> None:
        self.source = source
        self.start = Place(path, first_line)
        self._next: dict[str, int] = {}

    def at(self, offset: int) -> Place:
        before = self.source[: max(offset, 0)]
        line = before.count("\n")
        return Place(self.start.path, self.start.line + line, len(before) - (before.rfind("\n") + 1) + 1)

    def find(self, text: str) -> Place:
        for form in (text, entities.escape(text, quote=False), text.replace("&", "&amp;")):
            offset = self.source.find(form, self._next.get(form, 0))
            if offset >= 0:
                self._next[form] = offset + max(len(form), 1)
                return self.at(offset)
        offset = self.source.find(text)
        return self.at(offset) if offset >= 0 else self.start


def _removals(raw: str, at: _Places) -> Iterator[Problem]:
    for name, offset in safety.places(at.source, safety.removed(raw)):
        message = say("{found} is not allowed in a text and was taken out", found=name)
        hint = say("the manual, page markdown.md, lists the HTML that is allowed")
        place = at.at(offset) if offset >= 0 else at.start
        yield Problem(place, "html-removed", message, hint, Severity.WARNING)


def _containers(at: _Places) -> Iterator[Problem]:
    if ":::" not in at.source:
        return
    opened: Place | None = None
    for number, line in enumerate(at.source.split("\n")):
        match = _CONTAINER.fullmatch(line) if line.startswith(":::") else None
        if match:
            if opened:
                yield _unclosed(opened)
            opened = Place(at.start.path, at.start.line + number)
            if match["name"] not in CONTAINERS:
                yield Problem(
                    opened, "block-unopened", say("there is no block “{found}”", found=match["name"]), _BLOCKS
                )
        elif CONTAINER_CLOSE.fullmatch(line):
            if not opened:
                message = say("this line closes a block that was not opened")
                yield Problem(Place(at.start.path, at.start.line + number), "block-unopened", message, _BLOCKS)
            opened = None
    if opened:
        yield _unclosed(opened)


_BLOCKS = say("open one with ::: 居中, ::: 落款, ::: 版记 or ::: 说明")


def _unclosed(opened: Place) -> Problem:
    return Problem(opened, "block-unclosed", say("this block is not closed"), say("close it with a line :::"))


def _resolved(match: re.Match[str], path: str, at: _Places, links: list[Link], problems: list[Problem]) -> str:
    """Turn a link to a content file into a link to its page; note what it leads to."""
    url = entities.unescape(match[2])
    if safety.is_elsewhere(url) or _FOOTNOTE.match(url):
        return match[0]
    parts = urlsplit(url.replace("\\", "/"))
    is_picture = match[1].startswith("<img")
    here = path.removeprefix("content/")
    if not parts.path:
        links.append(Link("", unquote(parts.fragment), url, is_picture, at.find(url)))
        return match[0]
    target = unquote(parts.path)
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(here), target)
    target = posixpath.normpath(joined)
    place = at.find(url)
    if target.startswith(".."):
        message = say("the link “{found}” leads out of content/", found=url)
        hint = say("put the file into content/, or write the whole address with https://")
        problems.append(Problem(place, "link-outside", message, hint))
        return f'{match[1]}="#"'
    if joined.endswith("/") or target == ".":
        target = posixpath.normpath(f"{target}/index.md")
    links.append(Link(target, unquote(parts.fragment), url, is_picture, place))
    href = web_path(relative(f"{target.removesuffix('.md')}.html" if target.endswith(".md") else target, here))
    href += f"?{parts.query}" if parts.query else ""
    href += f"#{parts.fragment}" if parts.fragment else ""
    return f'{match[1]}="{entities.escape(href)}"'


def _aligned(match: re.Match[str]) -> str:
    tag, before, side, after = match.groups()
    rest = before + after
    own = _CLASS.search(rest)
    names = f"{own[1]} align-{side}" if own else f"align-{side}"
    return f'<{tag}{_CLASS.sub("", rest)} class="{names}">'


def _tables(html: str) -> str:
    """Put every outermost table into a box of its own that a narrow screen, or a keyboard, can scroll."""
    depth = 0

    def boxed(match: re.Match[str]) -> str:
        nonlocal depth
        if match[0].startswith("</"):
            depth -= 1
            return f"{match[0]}</div>" if depth == 0 else match[0]
        depth += 1
        return f'<div class="gk-table" tabindex="0">{match[0]}' if depth == 1 else match[0]

    return _TABLE.sub(boxed, html) if "<table" in html else html


def _headings(tokens: list[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(int(token["level"]), str(token["id"]), entities.unescape(str(token["name"])))
        yield from _headings(token["children"])
