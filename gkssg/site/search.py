"""What is searched, and how it is cut into segments: pure functions of the site."""

from collections.abc import Callable, Iterator, Sequence
import html
import re
from zlib import crc32

from gkssg.dates import PartialDate
from gkssg.sections import Section
from gkssg.site.model import OpenDocument, PublicDocument, SearchBlock, SearchManifest, SearchSegment

FORMAT = 2
RECENT = 2000
"""Entries the recent segment has at most, unless the newest month alone has more."""

_SMALLEST = {"archive": 256, "recent": 64}
"""Documents a block has at least, but for the last: few where edits are frequent."""
_LARGEST = 4
"""How many times as many it has at most."""
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
    parts = (("archive", oldest_first[:cut]), ("recent", oldest_first[cut:]))
    return tuple(
        segment_of(name, tuple(blocks_of(documents, _SMALLEST[name], text, digest)), words, language, digest)
        for name, documents in parts
        if documents
    )


def segment_of(
    name: str,
    blocks: tuple[SearchBlock, ...],
    sections: tuple[tuple[str, str], ...],
    language: str,
    digest: Callable[[object], str],
) -> SearchSegment:
    """Make a segment of blocks, of whose documents nothing but the digests is needed."""
    made_of = digest((FORMAT, tuple(block.digest for block in blocks), sections, language))
    return SearchSegment(f"{name}-{made_of[:12]}", blocks, sections, language)


def with_block(
    segment: SearchSegment, place: int, block: SearchBlock, digest: Callable[[object], str]
) -> SearchSegment:
    """Give the segment with another block at a place, after an edit that left all addresses and dates as they were."""
    blocks = (*segment.blocks[:place], block, *segment.blocks[place + 1 :])
    name = segment.id.rpartition("-")[0]
    return segment_of(name, blocks, segment.sections, segment.language, digest)


def block_of(
    documents: Sequence[PublicDocument], digests: Sequence[str], text: str, digest: Callable[[object], str]
) -> SearchBlock:
    """Make a block of documents, whose :func:`document_digest` are given."""
    return SearchBlock(len(documents), digest((FORMAT, text, tuple(digests))), text, tuple(documents))


def document_digest(document: PublicDocument, digest: Callable[[object], str]) -> str:
    """Give one digest of all that the index has of a document."""
    if isinstance(document, OpenDocument):
        facts = document.facts
        return digest((document.entry, facts.topic, facts.keywords, facts.summary, document.text))
    return digest(document.entry)


def manifest(parts: tuple[SearchSegment, ...], text: str) -> SearchManifest:
    """Give the value of ``search/manifest.js``."""
    return SearchManifest(tuple(part.id for part in parts), text)


def blocks_of(
    documents: Sequence[PublicDocument], smallest: int, text: str, digest: Callable[[object], str]
) -> Iterator[SearchBlock]:
    """Part documents where the address of one says so, so that a new one among them changes one block or two."""
    digests = [document_digest(document, digest) for document in documents]
    start = 0
    for place in range(1, len(documents) + 1):
        size = place - start
        last = place == len(documents) or size == smallest * _LARGEST
        if last or (size >= smallest and crc32(documents[place].entry.address.encode()) % smallest == 0):
            yield block_of(documents[start:place], digests[start:place], text, digest)
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
