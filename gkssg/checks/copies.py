"""Rules about entries that stand in the column twice: under one title, or with nearly one text."""

from collections import defaultdict
from collections.abc import Iterator
import datetime
from itertools import combinations

from gkssg.archive.likeness import NEARLY, likeness
from gkssg.archive.model import Archive, Document
from gkssg.archive.relations import relations_of
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity
from gkssg.terms import Kind

_MOST = 50
"""Entries that share a paragraph or a title; where there are more, it is a set phrase."""
_SHORTEST_TITLE = 10


def title_is_given_once(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Two entries of one organ have the same title and stand in different sections.

    Readers do not know which one holds, and a change of one leaves the other as it was. Keep one, and name both
    sections in its category（类别）. Entries with different document numbers or dates are not meant, nor titles of
    less than ten characters.

    Rule: title-twice, warning.
    Source: gkssg.
    Row: R33.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例区人民政府关于示例事项的通知
        attribute: active
        ---
        正文。
        --- content/statutory/planning/a.md ---
        ---
        title: 示例区人民政府关于示例事项的通知
        attribute: active
        ---
        另一处的正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例区人民政府关于示例事项的通知
        attribute: active
        category: [statutory/policy, statutory/planning]
        ---
        正文。
    """
    alike: dict[tuple[object, ...], list[Document]] = defaultdict(list)
    for document in archive.documents:
        if document.is_active and document.kind is not Kind.PAGE and len(document.title) >= _SHORTEST_TITLE:
            issuers = tuple(issuer.value for issuer in document.issuers)
            alike[document.kind, document.title, issuers, document.doc_no, str(document.written)].append(document)
    related = _related(archive)
    for first, *others in alike.values():
        for other in others[:_MOST]:
            if _home(first) != _home(other) and frozenset((first.id, other.id)) not in related:
                message = say("“{found}” is the title of another entry too", found=other.title)
                hint = say(
                    "see {path}; keep one of them, and name both sections in its category（类别）", path=first.path
                )
                yield Problem(other.place("title"), "title-twice", message, hint, Severity.WARNING)


def text_is_published_once(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Two entries in different sections have nearly the same text, and neither says what it has to do with the other.

    Keep one, and name both sections in its category（类别）; or say how they belong together: draft_of（草案）,
    version_of（历史文本）. Texts of four long paragraphs or more are compared, by their eight longest.

    Rule: text-twice, warning.
    Source: gkssg.
    Row: R33.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例区关于甲事项的通知
        attribute: active
        ---
        第一段：各街道办事处、区政府各部门要高度重视。

        第二段：各街道办事处、区政府各部门要落实责任。

        第三段：各街道办事处、区政府各部门要加强督查。

        第四段：各街道办事处、区政府各部门要按时报送。
        --- content/statutory/planning/a.md ---
        ---
        title: 示例区关于甲事项的公告
        attribute: active
        ---
        第一段：各街道办事处、区政府各部门要高度重视。

        第二段：各街道办事处、区政府各部门要落实责任。

        第三段：各街道办事处、区政府各部门要加强督查。

        第四段：各街道办事处、区政府各部门要按时报送。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例区关于甲事项的通知
        attribute: active
        category: [statutory/policy, statutory/planning]
        ---
        第一段：各街道办事处、区政府各部门要高度重视。

        第二段：各街道办事处、区政府各部门要落实责任。

        第三段：各街道办事处、区政府各部门要加强督查。

        第四段：各街道办事处、区政府各部门要按时报送。
    """
    by_sum: dict[int, list[int]] = defaultdict(list)
    documents = [document for document in archive.documents if document.gist.sketch]
    for number, document in enumerate(documents):
        for one in dict.fromkeys(document.gist.sketch):
            by_sum[one].append(number)
    related = _related(archive)
    pairs = dict.fromkeys(
        pair for numbers in by_sum.values() if 1 < len(numbers) <= _MOST for pair in combinations(numbers, 2)
    )
    told: set[str] = set()
    for first, other in ((documents[one], documents[two]) for one, two in sorted(pairs)):
        if (
            other.id not in told
            and _home(first) != _home(other)
            and first.title != other.title  # else told by title_is_given_once
            and likeness(first.gist.sketch, other.gist.sketch) >= NEARLY
            and frozenset((first.id, other.id)) not in related
        ):
            told.add(other.id)
            message = say("the text is nearly the same as that of {path}", path=first.path)
            hint = say("keep one of them, and name both sections in its category（类别）")
            yield Problem(Place(other.path), "text-twice", message, hint, Severity.WARNING)


def _home(document: Document) -> str:
    return document.categories[0].value if document.categories else ""


def _related(archive: Archive) -> set[frozenset[str]]:
    """Give the pairs of entries of which one says something about the other."""
    relations = relations_of(archive)
    return {
        frozenset((document.id, statement.target.value))
        for document in archive.documents
        for statement in relations.of(document)
    }
