"""What may stand in a page: an allow-list of HTML, held by nh3, and a report of whatever it takes away."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
import re

import nh3

TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins"
    " li ol p pre rp rt ruby s small span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
CLASSES = frozenset(
    "center signature imprint note align-left align-center align-right footnote footnote-ref footnote-backref".split()
)
SWALLOWED = frozenset("script style title template textarea xmp iframe noembed noframes".split())
"""Tags that go with all that stands in them."""
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "lang", "title", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "align", "scope"},
    "tr": {"align"},
    "p": {"align"},
    "div": {"align"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "li": {"value"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
RESERVED_ID = "gk-"
"""Ids that begin so belong to the page around the text; a text cannot take them."""
_NUMBER = re.compile(r"\d{1,4}")


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """Decide on one attribute of an allowed tag: its value, or None to take it away."""
    match attribute:
        case "class":
            return " ".join(name for name in value.split() if name in CLASSES) or None
        case "id":
            return None if value.startswith(RESERVED_ID) or not value.strip() else value
        case "colspan" | "rowspan" | "span" | "width" | "height" | "start" | "value":
            return value if _NUMBER.fullmatch(value) else None
        case "align":
            return value.lower() if value.lower() in {"left", "center", "right"} else None
        case "dir":
            return value.lower() if value.lower() in {"ltr", "rtl", "auto"} else None
        case "src":
            return value if tag == "img" and not is_elsewhere(value) else None
        case _:
            return value


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(SWALLOWED),
    attributes=_ATTRIBUTES,
    attribute_filter=_kept,
    link_rel=None,
    url_schemes=set(SCHEMES),
)


def is_elsewhere(url: str) -> bool:
    """Tell whether a URL, as a browser reads it, leads out of the column (another host, or a scheme of its own)."""
    plain = re.sub(r"[\x00-\x20]", "", url).replace("\\", "/")
    return plain.startswith("//") or bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", plain))


_BEGINNING = re.compile(r"<(?=[A-Za-z/!?])")
_WHOLE = re.compile(
    r"""<!--.*?--!?>|</?[A-Za-z](?>[^>=]+|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>|<(?!!--)[!?/][^>]*+>""", re.DOTALL
)
_SWALLOWING = re.compile(rf"<(/?)({'|'.join(sorted(SWALLOWED))})(?![\w-])", re.IGNORECASE)


def closed(html: str) -> str:
    """Make text of every < whose tag, comment or content has no end: it would swallow all that follows."""
    starts = {start for start, whole in _tags(html) if not whole}
    opened: dict[str, list[int]] = {}
    for match in _SWALLOWING.finditer(html):
        if match[1]:
            opened.pop(match[2].lower(), None)
        else:
            opened.setdefault(match[2].lower(), []).append(match.start())
    starts |= {start for places in opened.values() for start in places}
    parts = [html[start:end] for start, end in pairwise([0, *sorted(starts), len(html)])] if starts else [html]
    return "&lt;".join([parts[0], *(part[1:] for part in parts[1:])])


def _tags(html: str) -> Iterator[tuple[int, bool]]:
    """Find where tags and comments begin, and whether each comes to its end."""
    position = 0
    while beginning := _BEGINNING.search(html, position):
        whole = _WHOLE.match(html, beginning.start())
        yield beginning.start(), whole is not None
        position = whole.end() if whole else beginning.end()


def clean(html: str) -> str:
    """Keep what the allow-list has; the text of other tags stays, that of scripts and styles goes."""
    return _CLEANER.clean(html)


def removed(html: str) -> tuple[str, ...]:
    """Name what :func:`clean` takes out of the HTML, in its order.

    Tags as ``<script>``, comments as ``<!-- -->``, attributes as ``onclick=``; of a link, an id or a class, the value.
    """
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return tuple(finder.found)


_PLAIN = re.compile(
    r"""[^<]*+(?:<(?:/?(?:p|h[2-6]|ul|ol|li|a|strong|em|code|br|hr|blockquote|div|table|thead|tbody|tr|t[dh])"""
    r"""|(?:p|h[2-6])[ ]id="(?!gk-)[^\s"&]++"|div[ ]class="(?:center|signature|imprint|note)\""""
    r"""|a[ ]href="(?:https?://)?[^\x00-\x20":&\\]*+\""""
    r"""|t[dh](?:[ ](?:align="(?:left|center|right)"|(?:col|row)span="\d{1,4}"|scope="col"))*+)>[^<]*+)*+"""
)


def is_plain(html: str) -> bool:
    """Tell at a glance that nothing is to be taken out of HTML that Markdown made, without any of the text's own."""
    return _PLAIN.fullmatch(html) is not None


def pictures(html: str) -> tuple[str, ...]:
    """Give the addresses of all pictures of a HTML text."""
    if "<img" not in html.lower():
        return ()
    finder = _Pictures()
    finder.feed(html)
    finder.close()
    return tuple(finder.found)


class _Reader(HTMLParser):
    """Reads any HTML: where Python's parser gives up on ``<![`` without a name, browsers see a comment."""

    def parse_html_declaration(self, i: int) -> int:
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)


class _Pictures(_Reader):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found += [value for name, value in attrs if name == "src" and value]


class _Finder(_Reader):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._open: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[tag] += 1
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
            return
        allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set())
        for name, value in attrs:
            if name not in allowed or not _survives(tag, name, value or ""):
                speaks = name in {"href", "src", "id", "class"} and value and value.strip()
                self.found.append(str(value).strip() if speaks else f"{name}=")

    def handle_endtag(self, tag: str) -> None:
        if self._open[tag] <= 0 and tag != "br":
            self.found.append(f"</{tag}>")
        self._open[tag] -= 1

    def handle_comment(self, data: str) -> None:  # noqa: ARG002  (the comment itself is not shown)
        self.found.append("<!-- -->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl.split(maxsplit=1)[0] if decl.split() else ''}>")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002  (the instruction itself is not shown)
        self.found.append("<?>")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002  (the section itself is not shown)
        self.found.append("<![CDATA[")


def _survives(tag: str, attribute: str, value: str) -> bool:
    if attribute in {"href", "src"} and is_elsewhere(value):
        scheme = re.sub(r"[\x00-\x20]", "", value).partition(":")[0].lower()
        if attribute == "src":
            return True  # a picture on another host has a problem of its own
        return scheme in SCHEMES or value.strip().startswith("//")
    kept = _kept(tag, attribute, value)
    return kept is not None and len(kept.split()) == len(value.split())


def places(source: str, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Find where in the Markdown the removed things stand: each name with its offset, in order; -1 where unknown."""
    masked = _without_code(source) if names else source
    offsets: dict[str, Iterator[re.Match[str]]] = {}
    for name in names:
        if name not in offsets:
            offsets[name] = re.finditer(_pattern(name), masked, re.IGNORECASE)
        match = next(offsets[name], None)
        yield name, match.start() if match else -1


def _pattern(name: str) -> str:
    if name == "<!-- -->":
        return "<!--"
    if re.fullmatch(r"[^\s<]+=", name):
        return rf"(?<![\w-]){re.escape(name[:-1])}(?![\w-])"
    return re.escape(name.rstrip(">")) + (r"(?![\w-])" if name.startswith("<") else "")


def _without_code(source: str) -> str:
    """Blank out inline code, whose tags are text."""
    return re.sub(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", lambda match: " " * len(match[0]), source, flags=re.DOTALL)
