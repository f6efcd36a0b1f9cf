"""Clauses of official texts: where 条, 款 and 项 begin and end in sanitised HTML, and the ids they can be linked by.

A clause is named by what a reader would say: ``第五条``, ``第五条第二款``, ``第五条第（一）项``, and outside of
articles ``一``, ``一（一）``, ``一（一）1``. A name depends on what stands before it in the same article or part alone.
It is never the id of a heading, and what is named twice in one text is told apart as headings are: ``第五条_1``.

款 are the paragraphs of an article. One that has a single paragraph has none that could be named; of several, the first
is ``第五条第一款`` and, with all that follows it, ``第五条``.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
import html as entities
import re
from typing import NamedTuple

from gkssg.markup.body import Heading
from gkssg.store import Stored

_HAN_DIGITS = "一二三四五六七八九"
_NUMERALS = f"{_HAN_DIGITS}十百千零〇○两"
_ATTRIBUTES = r"""(?:[^>"]|"[^"]*")*"""
_TAG = re.compile(
    r"<p>(?P<plain>[^<&]*+)</p>"
    rf"|<(?:(?P<tag>p|h[2-6])|(?P<closing>/?)(?:div|table|ul|ol|dl|blockquote|figure|pre))\b(?P<rest>{_ATTRIBUTES})>"
)
"""A paragraph of words alone, or a tag that begins a block or stands around some."""
_MARKUP = re.compile(rf"</?[a-z][a-z0-9]*\b{_ATTRIBUTES}>")
_ID = re.compile(r' id="([^"]*)"')
_ANCHORS = re.compile(r'(?:<span id="[^"]*"></span>)*')
_LINK = re.compile(rf"</?(?:a|img)\b{_ATTRIBUTES}>")
_NOTE = re.compile(r'<sup id="fnref[^"]*">.*?</sup>', re.DOTALL)
_BEGINNING = 80

ARTICLE = re.compile(
    rf"第\s*[{_NUMERALS}\d]+\s*条(?:之[{_NUMERALS}]+)?(?=\s|$|[：【（(「《]|(?![、，。；）的和或与至及]|规定|第|之|所[列称])\w)"
)
"""The beginning of an article; 第三条规定 and 第三条第一款 at the beginning of a sentence are none."""
_NUMBER = re.compile(
    rf"([{_NUMERALS}]+)、|([（(][{_NUMERALS}]+[）)])|(\d{{1,3}})(?:[.．](?!\d)|、)|([（(]\d{{1,3}}[）)])|(\d{{1,3}}[）)])|([①-⑳])"
)
"""Numbers of clauses, the outer ones first: one group a depth."""
_CLOSING = re.compile(
    rf"第[{_NUMERALS}\d]+[编章节](?!规定|的|第)|附[件录表图则：:]|附\s|[（(]此件|抄送|\d{{4}}年\d{{1,2}}月\d{{1,2}}日$"
)
"""What stands after the last clause and is no part of it, or opens a new part."""

_ARTICLE_DEPTH, _PARAGRAPH_DEPTH, _NUMBER_DEPTH = 1, 2, 3


class Clause(NamedTuple):
    """A clause in a text: where in the HTML it begins and ends, how deep it lies (1: an article), and its ``id``.

    ``inside`` is where the words of its first paragraph begin; ``is_anchored``: the id is there already.
    """

    start: int
    depth: int
    id: str
    inside: int
    end: int
    is_anchored: bool

    @property
    def is_article(self) -> bool:
        """Whether it is a 条."""
        return self.depth == _ARTICLE_DEPTH


def anchored(html: str) -> str:
    """Give the HTML with an id for every clause that has none; its words stay as they are."""
    marks: list[tuple[int, int, str]] = []
    marked: set[int] = set()
    for name, depth, block in _read(html).found:
        if name in block.ids:
            continue
        if block.inside - block.start == len("<p>") and block.start not in marked:
            marked.add(block.start)
            marks.append((block.start + len("<p"), depth, f' id="{name}"'))
        else:
            marks.append((block.inside, depth, f'<span id="{name}"></span>'))
    marks.sort()
    parts: list[str] = []
    done = 0
    for at, _, mark in marks:
        parts += (html[done:at], mark)
        done = at
    return "".join((*parts, html[done:]))


def clauses(html: str) -> tuple[Clause, ...]:
    """Find the clauses of a text, outer ones before those in them."""
    reader = _read(html)
    begun = sorted(Clause(b.start, depth, name, b.inside, -1, name in b.ids) for name, depth, b in reader.found)
    ends = sorted([(clause.start, clause.depth) for clause in begun] + [(at, 0) for at in (*reader.ends, len(html))])
    found: list[Clause] = []
    unended: list[Clause] = []
    following = iter(begun)
    for at, depth in ends:
        while unended and unended[-1].depth >= depth:
            found.append(unended.pop()._replace(end=at))
        if depth:
            unended.append(next(following))
    return tuple(sorted(found))


def clauses_of(text: Stored) -> tuple[Clause, ...]:
    """Find the clauses of a stored text; those of a text that is quoted are asked for again and again."""
    text.note()
    return _clauses_of(text)


@lru_cache(512)
def _clauses_of(text: Stored) -> tuple[Clause, ...]:
    return clauses(text.read())


def quoted(html: str, name: str, known: Iterable[Clause]) -> str:
    """Give the HTML of one of the ``known`` clauses to be shown elsewhere, without ids, links, pictures and notes.

    It is empty where there is no such clause.
    """
    found = next((clause for clause in known if clause.id == name), None)
    if found is None:
        return ""
    part = _LINK.sub("", _NOTE.sub("", html[found.start : found.end]))
    part = re.sub(r"<span></span>", "", _MARKUP.sub(lambda tag: _ID.sub("", tag[0]), part))
    return re.sub(r"<(/?)h[2-6]>", r"<\1p>", part).strip()


def headings_above(html: str, headings: tuple[Heading, ...]) -> dict[str, str]:
    """Give for every id in a text the words of the last heading up to it."""
    words = {heading.id: heading.text for heading in headings}
    above: dict[str, str] = {}
    last = ""
    for name in map(entities.unescape, _ID.findall(html)):
        last = words.get(name, last)
        above[name] = last
    return above


def meant(name: str, known: Iterable[str]) -> str:
    """Give the id of the clause that a reference means, or nothing.

    第一项 is 第（一）项, 第5条 is 第五条, and the first 款 of an article need not be named before its 项.
    """
    known = tuple(known)
    if name in known or not name.startswith("第"):
        return name if name in known else ""
    by_form = {_form(other): other for other in reversed(known) if other.startswith("第")}
    form = _form(name)
    return by_form.get(form) or by_form.get(form.replace("第1款", ""), "")


def plain(html: str) -> str:
    """Give the words of a piece of HTML."""
    return entities.unescape(_MARKUP.sub("", re.sub(r"<br>\n?", "\n", html)))


def same_name(one: str, other: str) -> bool:
    """Tell whether two names mean the same clause: 第5条 and 第五条."""
    return one == other or (one.startswith("第") and _form(one) == _form(other))


def clause_number(words: str) -> str:
    """Give the number that a paragraph without an article begins with, as typed, or nothing."""
    match = _NUMBER.match(words)
    return match[0] if match else ""


def _form(name: str) -> str:
    """Write a reference so that forms of one name are equal: numbers as digits, without brackets and blanks."""
    digits = re.sub(rf"[{_NUMERALS}]+", lambda match: str(number(match[0])), re.sub(r"\s", "", name))
    return digits.replace("第（", "第").replace("第(", "第").replace("）项", "项").replace(")项", "项")


def number(numerals: str) -> int:
    """Read Chinese numerals up to thousands: 一百二十 is 120; 二〇 is 20."""
    if not re.search("[十百千]", numerals):
        return int("".join(str(_digit(sign)) for sign in numerals))
    total, digit = 0, 0
    for sign in numerals:
        unit = {"十": 10, "百": 100, "千": 1000}.get(sign)
        total, digit = (total + (digit or 1) * unit, 0) if unit else (total, _digit(sign))
    return total + digit


def _digit(sign: str) -> int:
    return 2 if sign == "两" else _HAN_DIGITS.find(sign) + 1


class _Block(NamedTuple):
    """A paragraph or heading right in the text, or (an empty ``tag``) something that ends a clause before it."""

    tag: str
    start: int
    inside: int
    ids: tuple[str, ...]
    words: str


def _blocks(html: str) -> Iterator[_Block]:
    """Give the blocks of a text that are in no other; lists, tables and quotations belong to the clause they follow."""
    depth = skip_to = 0
    for match in _TAG.finditer(html):
        start, inside = match.span()
        if start < skip_to:
            continue
        plain_words, tag, closing, attributes = match.groups()
        if plain_words is not None:
            if depth == 0:
                yield _Block("p", start, start + len("<p>"), (), plain_words[:_BEGINNING].strip())
        elif not tag:
            if depth == 0 and html.startswith("<div", start) and 'class="gk-' not in attributes:
                yield _Block("", start, inside, (), "")
            depth = max(depth - 1, 0) if closing else depth + 1
        elif depth == 0:
            skip_to = html.find(f"</{tag}>", inside)
            ids = tuple(map(entities.unescape, _ID.findall(attributes))) if attributes else ()
            if html.startswith("<span id=", inside) and (anchors := _ANCHORS.match(html, inside)):
                inside = anchors.end()
                ids += tuple(_ID.findall(anchors[0]))
            words = html[inside : min(inside + _BEGINNING, skip_to)]
            words = plain(words) if "<" in words or "&" in words else words
            yield _Block("" if "class=" in attributes else tag, start, inside, ids, words.strip())


def _read(html: str) -> "_Reader":
    reader = _Reader(frozenset(map(entities.unescape, _ID.findall(html))))
    for block in _blocks(html):
        reader.read(block)
    return reader


class _Reader:
    """Reads the blocks of a text one by one, and knows in which clause it is.

    ``found`` are names with their depths and blocks, ``ends`` the places where whatever clause there is ends.
    """

    def __init__(self, taken: frozenset[str]) -> None:
        self.found: list[tuple[str, int, _Block]] = []
        self.ends: list[int] = []
        self._taken = taken
        self._used: dict[str, int] = {}  # names with the first number that may be free for the next of the name
        self._article = ""
        self._paragraphs: list[_Block] = []
        self._numbers: list[tuple[int, str]] = []

    def read(self, block: _Block) -> None:
        """Take in the next block."""
        tag, words = block.tag, block.words
        if not tag:
            self._end(block)
        elif words.startswith("第") and (article := ARTICLE.match(words)):
            self._end(block)
            self._article = self._begin("".join(article[0].split()), _ARTICLE_DEPTH, block)
            self._paragraphs = [block] if tag == "p" and words != article[0] else []
        elif number := _NUMBER.match(words):
            self._numbered((number.lastindex or 1) - 1, number[number.lastindex or 1], block)
        elif tag != "p" or _CLOSING.match(words):
            self._end(block)
        elif self._article and words:
            self._paragraph(block)

    def _end(self, block: _Block) -> None:
        self.ends.append(block.start)
        self._article, self._numbers = "", []

    def _numbered(self, level: int, mark: str, block: _Block) -> None:
        if block.tag != "p" and self._article:  # a heading with a number begins something new
            self._end(block)
        numbers = self._numbers
        while numbers and numbers[-1][0] >= level:
            numbers.pop()
        mark = mark.replace("(", "（").replace(")", "）")
        part = (f"第{mark}目" if numbers else f"第{mark}项") if self._article else mark
        numbers.append((level, part))
        count = len(self._paragraphs)
        above = f"{self._article}第{_han(count)}款" if self._article and count > 1 else self._article
        self._begin(above + "".join(part for _, part in numbers), _NUMBER_DEPTH + level, block)

    def _paragraph(self, block: _Block) -> None:
        self._paragraphs.append(block)
        self._numbers = []
        count = len(self._paragraphs)
        if count == 2:  # noqa: PLR2004  (now the first one can be named, too)
            self._begin(f"{self._article}第一款", _PARAGRAPH_DEPTH, self._paragraphs[0])
        if count > 1:
            self._begin(f"{self._article}第{_han(count)}款", _PARAGRAPH_DEPTH, block)

    def _begin(self, name: str, depth: int, block: _Block) -> str:
        free, count = name, self._used.get(name, 0)
        if not count and name not in self._taken:
            self._used[name] = 1
            self.found.append((name, depth, block))
            return name
        if count:
            free = f"{name}_{count}"
        while free in self._used or (free in self._taken and free not in block.ids):
            count += 1
            free = f"{name}_{count}"
        self._used[name] = count + 1
        self._used.setdefault(free, 1)
        self.found.append((free, depth, block))
        return free


def _han(count: int) -> str:
    """Write a number in Chinese numerals, one above 99 (no article has as many paragraphs) in digits."""
    tens, ones = divmod(count, 10)
    if tens >= 10:  # noqa: PLR2004
        return str(count)
    words = ("" if tens == 1 else _HAN_DIGITS[tens - 1]) + "十" if tens else ""
    return words + (_HAN_DIGITS[ones - 1] if ones else "")
