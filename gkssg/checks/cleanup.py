"""Rules about clean-up notices (清理结果): each row of a list means one document, and says one thing of it."""

from collections.abc import Iterator
import datetime

from gkssg.archive.cleanup import folded, names
from gkssg.archive.model import Archive, CleanupRow, Document
from gkssg.archive.relations import relations_of
from gkssg.language import Message, say
from gkssg.problem import Problem, Severity
from gkssg.terms import Kind
from gkssg.text import nearest


def cleanup_row_is_known(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every row of a clean-up list means one document of the column, so that its page is marked.

    A row that means none may be right, because the column need not hold every old document; a row that may mean two
    marks neither (济南市莱芜区2019年政府信息公开工作年度报告: 根据清理结果，在原文件上作出了明确标注).
    """
    relations = relations_of(archive)
    for notice in archive.documents:
        first: dict[str, CleanupRow] = {}
        for row, meant in relations.listed(notice):
            if not meant:
                message = say("no document of the column is meant by “{found}”", found=_shown(row))
                yield Problem(row.place, "cleanup-unknown", message, _near(archive, row), Severity.WARNING)
            elif len(meant) > 1:
                message = say("“{found}” may mean {count} documents", found=_shown(row), count=len(meant))
                paths = tuple(document.path for document in meant)
                hint = say("give the document number; see {others}", others=paths)
                yield Problem(row.place, "cleanup-ambiguous", message, hint)
            else:
                yield from _agrees(row, meant[0], first.setdefault(meant[0].id, row))


def _agrees(row: CleanupRow, document: Document, first: CleanupRow) -> Iterator[Problem]:
    if first is not row:
        message = say("this document stands in the list twice: “{found}”", found=_shown(row))
        hint = say(
            "line {line} has it already, as {result}; keep one of them", line=first.place.line, result=first.result
        )
        yield Problem(row.place, "cleanup-twice", message, hint)
    elif row.title and folded(row.title) not in names(document):
        message = say("the number is that of another title than “{found}”", found=row.title)
        hint = say("it is the number of {other}; look whether it is mistyped", other=document.path)
        yield Problem(row.place, "cleanup-title", message, hint, Severity.WARNING)


def _shown(row: CleanupRow) -> str:
    return " ".join(filter(None, (row.title, row.doc_no)))


def _near(archive: Archive, row: CleanupRow) -> Message:
    """Say which open document was probably meant."""
    open_ones = [d for d in archive.documents if d.kind is Kind.DOCUMENT and d.is_active]
    named = next((d for d in open_ones if row.title and folded(row.title) in names(d)), None)
    if named:
        return say("{other} has this title and the number “{found}”", other=named.path, found=named.doc_no)
    meant = nearest(row.doc_no, (d.doc_no for d in open_ones if d.doc_no)) if row.doc_no else ""
    meant = meant or nearest(row.title, (d.title for d in open_ones))
    if meant:
        return say("did you mean “{found}”?", found=meant)
    return say("it stays in the published list; nothing is marked")
