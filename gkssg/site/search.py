"""What is searched, and how it is cut into segments: pure functions of the site."""

from collections.abc import Callable, Iterator, Sequence
import html
import re
from zlib import crc32

from gkssg.dates import PartialDate
from gkssg.sections import Section
from gkssg.site.model import OpenDocument, PublicDocument, SearchBlock, SearchManifest, SearchSegment

FORMAT = 1
RECENT = 2000
"""Entries the recent segment has at most, unless the newest month alone has more."""

_SMALLEST_BLOCK = 256
_LARGEST_BLOCK = 1024
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|td|th|div|dd|dt|caption|figcaption|blockquote|pre|tr)>|<(?:br|hr)\b[^>]*>")
_BACK = re.compile(r'<a class="footnote-backref".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[ \t\xa0\u3000]+")


def plain_text(markup: str) -> str:
    """Give the text of sanitised HTML, one line a block."""
    if "<a class" in markup:
        markup = _BACK.sub("", markup)
    joined = markup.replace("\n", " ")
    text = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", joined)))
    return "\n".join(line for raw in text.split("\n") if (line := _BLANKS.sub(" ", raw).strip()))


def title_field(document: PublicDocument) -> str:
    """Give the text of the field ``title``: title, document number and index number, one a line."""
    entry = document.entry
    return "\n".join(filter(None, (entry.title, entry.doc_no, entry.index_no)))


def body_field(document: PublicDocument) -> str:
    """Give the text of the field ``body``; of an entry that is not disclosed only the names of its issuers."""
    lines = ["、".join(organ.name for organ in document.entry.issuers if organ.name)]
    if isinstance(document, OpenDocument):
        facts = document.facts
        lines += [facts.topic, "、".join(facts.keywords), facts.summary, plain_text(document.html)]
    return "\n".join(filter(None, lines))


def segments(
    oldest_first: Sequence[PublicDocument],
    tree: tuple[Section, ...],
    text: str,
    language: str,
    digest: Callable[[object], str],
) -> tuple[SearchSegment, ...]:
    """Cut the documents into the archive and the recent ones; either is left out where it is empty.

    The cut is the earliest first of a month from which on at most :data:`RECENT` entries are left.
    """
    cut = _cut(oldest_first)
    words = tuple((section.id, section.title) for top in tree for section in top.walk() if not section.children)
    parts = (("archive", tuple(oldest_first[:cut])), ("recent", tuple(oldest_first[cut:])))
    found: list[SearchSegment] = []
    for name, documents in parts:
        if documents:
            blocks = tuple(blocks_of(documents, digest))
            made_of = digest((FORMAT, documents, words, text, language))
            found.append(SearchSegment(f"{name}-{made_of[:12]}", documents, blocks, words, text, language))
    return tuple(found)


def manifest(parts: tuple[SearchSegment, ...], text: str) -> SearchManifest:
    """Give the value of ``search/manifest.js``."""
    return SearchManifest(tuple(part.id for part in parts), text)


def blocks_of(documents: tuple[PublicDocument, ...], digest: Callable[[object], str]) -> Iterator[SearchBlock]:
    """Part documents where the address of one says so, so that a new one among them changes one block or two."""
    start = 0
    for place in range(1, len(documents) + 1):
        size = place - start
        last = place == len(documents) or size == _LARGEST_BLOCK
        if last or (size >= _SMALLEST_BLOCK and crc32(documents[place].entry.address.encode()) % _SMALLEST_BLOCK == 0):
            yield SearchBlock(start, place, digest(documents[start:place]))
            start = place


def _cut(oldest_first: Sequence[PublicDocument]) -> int:
    """Give the number of the first recent document."""
    start = max(len(oldest_first) - RECENT, 0)
    if start == 0:
        return 0
    month = _month(oldest_first[start].entry.when)
    if _month(oldest_first[start - 1].entry.when) == month:
        while start < len(oldest_first) and _month(oldest_first[start].entry.when) == month:
            start += 1
    if start < len(oldest_first):
        return start
    # One month alone has more: it stays whole.
    while start > 0 and _month(oldest_first[start - 1].entry.when) == month:
        start -= 1
    return start


def _month(when: PartialDate | None) -> tuple[int, int]:
    return (when.year, when.month) if when else (0, 0)
