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
    """A row of a clean-up list means no document of the column.

    Compare title and number. Where the column does not hold the document, nothing needs to be done: the list is
    published as it is.

    Rule: cleanup-unknown, warning.
    Source: gkssg.
    Row: R25.

    Wrong::

        --- content/statutory/policy/清理结果.md ---
        ---
        title: 示例区规范性文件清理结果
        attribute: active
        cleanup: 清理结果.csv
        ---
        正文。
        --- content/statutory/policy/清理结果.csv ---
        标题,发文字号,清理结果
        示例区停车场管理办法,示政发〔2021〕1号,废止

    Right::

        --- content/statutory/policy/清理结果.md ---
        ---
        title: 示例区规范性文件清理结果
        attribute: active
        cleanup: 清理结果.csv
        ---
        正文。
        --- content/statutory/policy/清理结果.csv ---
        标题,发文字号,清理结果
        示例区停车场管理办法,示政发〔2021〕1号,废止
        --- content/statutory/policy/tingche.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2021〕1号
        ---
        正文。
    """
    for _, row, meant in _rows(archive):
        if not meant:
            message = say("no document of the column is meant by “{found}”", found=_shown(row))
            yield Problem(row.place, "cleanup-unknown", message, _near(archive, row), Severity.WARNING)


def cleanup_row_means_one(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A row of a clean-up list may mean more than one document.

    Neither is marked. Write the document number into the row.

    Rule: cleanup-ambiguous, error.
    Source: gkssg.
    Row: R25.

    Wrong::

        --- content/statutory/policy/清理结果.md ---
        ---
        title: 示例区规范性文件清理结果
        attribute: active
        cleanup: 清理结果.csv
        ---
        正文。
        --- content/statutory/policy/清理结果.csv ---
        标题,发文字号,清理结果
        示例区停车场管理办法,,废止
        --- content/statutory/policy/a.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2021〕1号
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2011〕7号
        ---
        正文。

    Right::

        --- content/statutory/policy/清理结果.md ---
        ---
        title: 示例区规范性文件清理结果
        attribute: active
        cleanup: 清理结果.csv
        ---
        正文。
        --- content/statutory/policy/清理结果.csv ---
        标题,发文字号,清理结果
        示例区停车场管理办法,示政发〔2011〕7号,废止
        --- content/statutory/policy/a.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2021〕1号
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2011〕7号
        ---
        正文。
    """
    for _, row, meant in _rows(archive):
        if len(meant) > 1:
            message = say("“{found}” may mean {count} documents", found=_shown(row), count=len(meant))
            paths = tuple(document.path for document in meant)
            hint = say("give the document number; see {others}", others=paths)
            yield Problem(row.place, "cleanup-ambiguous", message, hint)


def cleanup_row_stands_once(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A document stands in a clean-up list twice.

    Two rows may say two things of it. Keep one of them.

    Rule: cleanup-twice, error.
    Source: gkssg.
    Row: R25.

    Wrong::

        --- content/statutory/policy/清理结果.md ---
        ---
        title: 示例区规范性文件清理结果
        attribute: active
        cleanup: 清理结果.csv
        ---
        正文。
        --- content/statutory/policy/清理结果.csv ---
        标题,发文字号,清理结果
        示例区停车场管理办法,示政发〔2021〕1号,废止
        示例区停车场管理办法,,继续有效
        --- content/statutory/policy/tingche.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2021〕1号
        ---
        正文。

    Right::

        --- content/statutory/policy/清理结果.md ---
        ---
        title: 示例区规范性文件清理结果
        attribute: active
        cleanup: 清理结果.csv
        ---
        正文。
        --- content/statutory/policy/清理结果.csv ---
        标题,发文字号,清理结果
        示例区停车场管理办法,示政发〔2021〕1号,废止
        --- content/statutory/policy/tingche.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2021〕1号
        ---
        正文。
    """
    for row, _, first in _certain(archive):
        if first is not row:
            message = say("this document stands in the list twice: “{found}”", found=_shown(row))
            hint = say(
                "line {line} has it already, as {result}; keep one of them", line=first.place.line, result=first.result
            )
            yield Problem(row.place, "cleanup-twice", message, hint)


def cleanup_title_agrees(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A row of a clean-up list has the number of one document and the title of another.

    The document with the number is marked. Compare the number.

    Rule: cleanup-title, warning.
    Source: gkssg.
    Row: R25.

    Wrong::

        --- content/statutory/policy/清理结果.md ---
        ---
        title: 示例区规范性文件清理结果
        attribute: active
        cleanup: 清理结果.csv
        ---
        正文。
        --- content/statutory/policy/清理结果.csv ---
        标题,发文字号,清理结果
        示例区供水管理办法,示政发〔2021〕1号,废止
        --- content/statutory/policy/tingche.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2021〕1号
        ---
        正文。

    Right::

        --- content/statutory/policy/清理结果.md ---
        ---
        title: 示例区规范性文件清理结果
        attribute: active
        cleanup: 清理结果.csv
        ---
        正文。
        --- content/statutory/policy/清理结果.csv ---
        标题,发文字号,清理结果
        示例区停车场管理办法,示政发〔2021〕1号,废止
        --- content/statutory/policy/tingche.md ---
        ---
        title: 示例区停车场管理办法
        attribute: active
        doc_no: 示政发〔2021〕1号
        ---
        正文。
    """
    for row, document, first in _certain(archive):
        if first is row and row.title and folded(row.title) not in names(document):
            message = say("the number is that of another title than “{found}”", found=row.title)
            hint = say("it is the number of {other}; look whether it is mistyped", other=document.path)
            yield Problem(row.place, "cleanup-title", message, hint, Severity.WARNING)


def _rows(archive: Archive) -> Iterator[tuple[Document, CleanupRow, tuple[Document, ...]]]:
    """Give every row of every list: the notice, the row, and the documents it may mean."""
    relations = relations_of(archive)
    return ((notice, row, meant) for notice in archive.documents for row, meant in relations.listed(notice))


def _certain(archive: Archive) -> Iterator[tuple[CleanupRow, Document, CleanupRow]]:
    """Give every row that means one document, with it, and with the first row of the list that means it."""
    first: dict[tuple[str, str], CleanupRow] = {}
    for notice, row, meant in _rows(archive):
        if len(meant) == 1:
            yield row, meant[0], first.setdefault((notice.path, meant[0].id), row)


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
