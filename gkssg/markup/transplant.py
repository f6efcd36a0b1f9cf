"""A text that is shown on another page than its own: its links still lead where they led, its ids stay apart."""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
import posixpath
import re

from gkssg.text import relative

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_DEEPEST = 6


def transplanted(html: str, source: str, page: str, prefix: str) -> str:
    """Give the sanitised HTML of the entry at one address for the page at another.

    Ids begin with ``prefix``, as do the links to them; headings stand one level lower, below one of the page's.
    """
    mover = _Mover(source, page, prefix)
    mover.feed(html)
    mover.close()
    return "".join(mover.parts)


class _Mover(HTMLParser):
    """Writes down again what it reads, with attributes and headings changed."""

    def __init__(self, source: str, page: str, prefix: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._source = source
        self._page = page
        self._prefix = prefix

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a start tag."""
        written = "".join(f' {name}="{escape(value)}"' for name, value in self._moved(attrs))
        self.parts.append(f"<{_lower(tag)}{written}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag that closes itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Write an end tag."""
        self.parts.append(f"</{_lower(tag)}>")

    def handle_data(self, data: str) -> None:
        """Write a text."""
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        """Write a reference such as ``&amp;``."""
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a reference such as ``&#160;``."""
        self.parts.append(f"&#{name};")

    def _moved(self, attrs: list[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
        for name, value in attrs:
            match name:
                case "id":
                    yield name, f"{self._prefix}{value}"
                case "headers":
                    yield name, " ".join(f"{self._prefix}{one}" for one in (value or "").split())
                case "href" | "src":
                    yield name, self._link(value or "")
                case _:
                    yield name, value or ""

    def _link(self, link: str) -> str:
        if link.startswith("#"):
            return f"#{self._prefix}{link[1:]}"
        path = re.split("[?#]", link, maxsplit=1)[0]
        if not path or _ELSEWHERE.match(link) or self._source == self._page:
            return link
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self._source), path))
        return f"{relative(target, self._page)}{link[len(path) :]}"


def _lower(tag: str) -> str:
    level = int(tag[1]) if re.fullmatch("h[2-5]", tag) else _DEEPEST
    return f"h{level + 1}" if level < _DEEPEST else tag
