"""（此件公开发布）: what the text of a document says of its disclosure attribute.

The mark stands on a line of its own below the text (党政机关公文处理工作条例, 2012; GB/T 9704-2012 calls it 附注).
"""

from collections.abc import Iterator
import re

from gkssg.archive.fields import Record
from gkssg.archive.model import Document
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity
from gkssg.terms import ATTRIBUTES, Attribute, Word

_MARK = re.compile(
    r"^[\s*　>]*[（(]\s*此件\s*(?P<words>主动公开|公开发布|公开|依申请公开|不予公开|不公开|不宜公开)\s*[）)][\s*　]*$",
    re.MULTILINE,
)
_MEANT = {"依申请公开": Attribute.ON_REQUEST} | dict.fromkeys(("不予公开", "不公开", "不宜公开"), Attribute.WITHHELD)


def marked_attribute(text: str) -> Attribute | None:
    """Give the attribute that a text says it has, or None where it says nothing; the last mark counts."""
    found = [match["words"] for match in _MARK.finditer(text)] if "此件" in text else []
    return _MEANT.get(found[-1], Attribute.ACTIVE) if found else None


def mark_problems(document: Document, text: str, first_line: int) -> Iterator[Problem]:
    """Report a mark that says something else than the attribute, unless the entry was converted since.

    That an open entry's text says it is not open is an error: one of the two is a mistake that cannot be undone.
    """
    marked = marked_attribute(text)
    if marked in {None, document.attribute, _before(document.converted)} or document.attribute is None:
        return
    match = list(_MARK.finditer(text))[-1]
    line = first_line + text.count("\n", 0, match.start("words"))
    message = say(
        "the text says “{found}”, but the attribute is {attribute}",
        found=f"此件{match['words']}",
        attribute=ATTRIBUTES[document.attribute],
    )
    if document.is_active:
        hint = say("mend the attribute or the text; if it was disclosed after a review, add converted（属性转换）")
        yield Problem(Place(document.path, line), "mark", message, hint)
    else:
        hint = say("mend the attribute or the text; nothing of it is published as it stands")
        yield Problem(Place(document.path, line), "mark", message, hint, Severity.WARNING)


def _before(converted: Record | None) -> Attribute | None:
    words = converted.part("from") if converted else ()
    return next((Attribute(word.code) for word in words if isinstance(word, Word)), None)
