"""Rules about the numbers of entries: 发文字号 and 索引号."""

from collections.abc import Iterator
import datetime
import re

from gkssg.archive.model import Archive, Document
from gkssg.archive.relations import relations_of
from gkssg.language import say
from gkssg.problem import Problem, Severity
from gkssg.terms import Kind

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(3**power % 31 for power in range(17))
_CODE = re.compile(rf"([{_SIGNS}]{{18}})/.+")


def number_is_given_once(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Two documents have the same number (发文字号), and neither says what it has to do with the other.

    An organ gives each number once a year. Correct the one that is wrong; where both are the same document, keep one.

    Rule: doc-no-twice, warning.
    Source: GB/T 9704-2012，7.2.5.
    Row: R03.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        doc_no: 示政发〔2026〕1号
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例意见
        attribute: active
        doc_no: 示政发〔2026〕1号
        ---
        另一件的正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        doc_no: 示政发〔2026〕1号
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例意见
        attribute: active
        doc_no: 示政发〔2026〕2号
        ---
        另一件的正文。
    """
    relations = relations_of(archive)
    first: dict[str, Document] = {}
    for document in archive.documents:
        if document.kind is not Kind.DOCUMENT or not document.doc_no or not document.is_active:
            continue
        other = first.setdefault(document.doc_no, document)
        if other is not document:
            about = {statement.target.value for statement in relations.of(document)}
            about |= {statement.source.id for statement in relations.about(document)}
            if other.id not in about:
                message = say("the document number “{found}” is taken", found=document.doc_no)
                hint = say("see {path}; correct the wrong one, or keep one of the two", path=other.path)
                yield Problem(document.place("doc_no"), "doc-no-twice", message, hint, Severity.WARNING)


def index_no_is_in_form(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The code of the organ at the front of an index number (索引号) is mistyped: its check character does not fit.

    Who puts the number together by machine does not find the organ. Copy the code from the organ's certificate. Codes
    of eighteen characters are meant (统一社会信用代码).

    Rule: index-no-form, warning.
    Source: 国办秘函〔2009〕6号；GB 32100-2015 法人和其他组织统一社会信用代码编码规则.
    Row: R04.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        index_no: 114403006955506493/2026-00001
        ---
        正文。

    Right::

        ---
        title: 示例通知
        attribute: active
        index_no: 114403006955506492/2026-00001
        ---
        正文。
    """
    for document in archive.documents:
        match = _CODE.fullmatch(document.index_no)
        if match and _check_sign(match[1][:17]) != match[1][17]:
            message = say("“{found}” does not begin with the code of an organ", found=document.index_no)
            hint = say("copy the eighteen characters (统一社会信用代码) from the organ's certificate")
            yield Problem(document.place("index_no"), "index-no-form", message, hint, Severity.WARNING)


def _check_sign(code: str) -> str:
    """Give the last character of a code by its first seventeen (GB 32100-2015)."""
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(code, _WEIGHTS, strict=True))
    return _SIGNS[-total % 31]
