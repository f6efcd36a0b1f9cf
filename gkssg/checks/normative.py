"""Rules about administrative normative documents (行政规范性文件)."""

from collections.abc import Iterator
import datetime

from gkssg.archive.model import Archive, Document
from gkssg.language import say
from gkssg.problem import Problem, Severity
from gkssg.schema import COMMON, field_named
from gkssg.terms import Kind

_REQUIRED = ("doc_no", "issuer", "written", "published")


def normative_document_is_complete(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A normative document lacks its number, its issuer, a date or its text.

    People must be able to tell what binds them. Write it as on the document.

    Rule: normative-facts, error.
    Source: 政府信息公开条例（国务院令第711号）第二十条第一项；
    聊政办发〔2023〕9号（明确标题、正文、文号、成文日期、发布日期、有效性等）.
    Row: R02.

    Wrong::

        --- content/statutory/normative/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        normative: yes
        issuer: 示例区人民政府
        written: 2026-03-01
        published: 2026-03-02
        effective: 2026-04-01
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例办法》解读
        kind: interpretation
        attribute: active
        published: 2026-03-02
        interprets: statutory/normative/banfa
        ---
        正文。

    Right::

        --- content/statutory/normative/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        normative: yes
        doc_no: 示政发〔2026〕3号
        issuer: 示例区人民政府
        written: 2026-03-01
        published: 2026-03-02
        effective: 2026-04-01
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例办法》解读
        kind: interpretation
        attribute: active
        published: 2026-03-02
        interprets: statutory/normative/banfa
        ---
        正文。
    """
    for document in archive.documents:
        if not document.normative or document.kind is not Kind.DOCUMENT:
            continue
        for name in _REQUIRED:
            if not getattr(document, "issuers" if name == "issuer" else name):
                message = say("a normative document needs {field}", field=_name(name))
                hint = say("write it as on the document; see the page on validity of the manual")
                yield Problem(document.place("normative"), "normative-facts", message, hint)
        if document.is_active and not _has_text(document):
            message = say("a normative document needs its text or an annex that holds it")
            hint = say("put the text below the front matter")
            yield Problem(document.place("normative"), "normative-facts", message, hint)


def normative_document_says_from_when(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A normative document does not say from when it is in force.

    Without it, it counts as in force from the beginning. Write effective（施行日期）; where the text says
    自印发之日起, the date written.

    Rule: normative-effective, warning.
    Source: 聊政办发〔2023〕9号（明确标题、正文、文号、成文日期、发布日期、有效性等）.
    Row: R02.

    Wrong::

        --- content/statutory/normative/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        normative: yes
        doc_no: 示政发〔2026〕3号
        issuer: 示例区人民政府
        written: 2026-03-01
        published: 2026-03-02
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例办法》解读
        kind: interpretation
        attribute: active
        published: 2026-03-02
        interprets: statutory/normative/banfa
        ---
        正文。

    Right::

        --- content/statutory/normative/banfa.md ---
        ---
        title: 示例办法
        attribute: active
        normative: yes
        doc_no: 示政发〔2026〕3号
        issuer: 示例区人民政府
        written: 2026-03-01
        published: 2026-03-02
        effective: 2026-04-01
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例办法》解读
        kind: interpretation
        attribute: active
        published: 2026-03-02
        interprets: statutory/normative/banfa
        ---
        正文。
    """
    for document in archive.documents:
        if not document.normative or document.kind is not Kind.DOCUMENT:
            continue
        if not document.effective and not document.validity:
            message = say("it is not said from when this normative document is in force")
            hint = say("effective（施行日期）: the day in its text; if it says 自印发之日起, the date written")
            yield Problem(document.place("normative"), "normative-effective", message, hint, Severity.WARNING)


def _has_text(document: Document) -> bool:
    return bool(document.annexes or not document.body.is_empty)


def _name(name: str) -> str:
    field = field_named(COMMON, name)
    return f"{name}（{field.alias}）" if field else name
