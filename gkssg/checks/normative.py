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
    """A normative document has its number, issuer and dates, and a text, so that people can tell what binds them.

    Disclosure Regulation, article 20 (1); 聊政办发〔2023〕9号: 明确标题、正文、文号、成文日期、发布日期、有效性等.
    The day from which it is in force decides on its validity; without it, it counts as in force from the beginning.
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
        if not document.effective and not document.validity:
            message = say("it is not said from when this normative document is in force")
            hint = say("effective（施行日期）: the day in its text; if it says 自印发之日起, the date written")
            yield Problem(document.place("normative"), "normative-effective", message, hint, Severity.WARNING)


def _has_text(document: Document) -> bool:
    return bool(document.annexes or not document.body.is_empty)


def _name(name: str) -> str:
    field = field_named(COMMON, name)
    return f"{name}（{field.alias}）" if field else name
