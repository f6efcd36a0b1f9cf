"""清理结果: the list that a clean-up notice carries, and which documents of the column its rows mean."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
import re
import unicodedata

from gkssg.archive.fields import FileRef
from gkssg.archive.model import CleanupRow, Document
from gkssg.archive.paths import file_path
from gkssg.archive.tables import Line, read_lines
from gkssg.docno import parse_doc_no
from gkssg.language import say
from gkssg.problem import Place, Problem
from gkssg.terms import CLEANUP_RESULTS, Kind, Word

MOST_ROWS = 20_000
_HEADS = {
    "title": {"标题", "文件名称", "文件标题", "规范性文件名称", "名称"},
    "doc_no": {"发文字号", "文号", "文件编号"},
    "result": {"清理结果", "处理意见", "清理意见", "处理结果"},
    "note": {"备注", "说明"},
}
_RESULTS = {
    "keep": {"继续有效", "有效", "保留", "继续执行"},
    "repeal": {"废止", "予以废止"},
    "end": {"宣布失效", "失效", "予以失效"},
    "amend": {"修改", "拟修改", "予以修改", "列入修改计划"},
}
_BEFORE_TABLE = 20
"""Rows in which the head of the table is looked for: titles and remarks stand above it."""
_LONGEST_CELL = 1000
_MARKS = re.compile(r"[\s《》〈〉<>“”\"'‘’]")
_PROMULGATION = re.compile(r"^(?:.{0,60}?)关于(?:印发|发布|公布)《(?P<inner>.+)》的(?:通知|公告|决定)$")


def with_cleanup(document: Document, root: Path) -> tuple[Document, tuple[Problem, ...]]:
    """Add to a clean-up notice of a column the rows of its list; that of a notice that is not open stays unread."""
    rows: list[CleanupRow] = []
    problems: list[Problem] = []
    for ref in document.detail("cleanup") if document.is_active else ():
        path = file_path(document, ref) if isinstance(ref, FileRef) else ""
        if path and not path.startswith("..") and (root / "content" / path).is_file():  # else the checks say so
            lines, _, faults = read_lines(root / "content" / path, f"content/{path}")
            problems += faults or _read(lines, f"content/{path}", rows)
    return (replace(document, cleanup=tuple(rows)) if rows else document), tuple(problems)


def _read(lines: tuple[Line, ...], shown: str, rows: list[CleanupRow]) -> Iterator[Problem]:
    """Read the rows below the head of the table into ``rows``."""
    heads = [_columns(line) for line in lines[:_BEFORE_TABLE]]
    head = next(
        (at for at, names in enumerate(heads) if "result" in names and names.keys() & {"title", "doc_no"}), None
    )
    if head is None:
        message = say("the list has no head that names its columns")
        hint = say("it needs a row with 清理结果, and with 标题 or 发文字号 or both")
        yield Problem(Place(shown), "cleanup-list", message, hint)
        return
    columns = heads[head]
    below = lines[head + 1 :]
    if len(below) > MOST_ROWS:
        message = say("the list has {count} rows; {most} are read", count=len(below), most=MOST_ROWS)
        yield Problem(below[MOST_ROWS].place, "cleanup-list", message, say("part it into several files"))
    for line in below[:MOST_ROWS]:
        title, number, result, note = (line.cell(columns.get(name))[:_LONGEST_CELL] for name in _HEADS)
        if not result and not (title and number):
            continue  # a heading inside the table, or a remark below it
        word = _result(result)
        if word is None:
            message = say("“{found}” is no result of a clean-up", found=result)
            known = tuple(CLEANUP_RESULTS)
            yield Problem(line.place, "cleanup-result", message, say("one of {words}", words=known))
        elif not title and not number:
            yield Problem(line.place, "cleanup-list", say("this row names no document"), say("give 标题 or 发文字号"))
        else:
            rows.append(CleanupRow(title, number_of(number), word, note, line.place))


def _columns(line: Line) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(line.cells):
        for name, heads in _HEADS.items():
            if "".join(cell.split()) in heads:
                found.setdefault(name, place)
    return found


def _result(text: str) -> Word | None:
    plain = "".join(text.split())
    return next((CLEANUP_RESULTS[code] for code, words in _RESULTS.items() if plain in words), None)


def number_of(text: str) -> str:
    """Write a document number as the standard has it, or without blanks where it is of another kind."""
    plain = "".join(text.split())
    number = parse_doc_no(plain)
    return str(number) if number else plain


class Finder:
    """Finds the documents that the rows of clean-up lists mean, among those whose titles anyone may read."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_number: dict[str, list[Document]] = defaultdict(list)
        self._by_title: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            if document.kind is Kind.DOCUMENT and (document.is_active or document.title_open):
                if document.doc_no:
                    self._by_number[number_of(document.doc_no)].append(document)
                for name in names(document):
                    self._by_title[name].append(document)

    def find(self, notice: Document, row: CleanupRow) -> tuple[Document, ...]:
        """Give the documents that a row may mean: those of its number, else those of its title and no other number."""
        numbered = self._others(self._by_number.get(row.doc_no, ()) if row.doc_no else (), notice)
        if numbered:
            return numbered
        named = self._others(self._by_title.get(folded(row.title), ()) if row.title else (), notice)
        return tuple(document for document in named if not (row.doc_no and document.doc_no))

    @staticmethod
    def _others(documents: Iterable[Document], notice: Document) -> tuple[Document, ...]:
        return tuple(document for document in documents if document is not notice and document.id != notice.id)


def names(document: Document) -> frozenset[str]:
    """Give the forms of a document's title that a list may have, folded: with its issuers before it, and without.

    The document that a notice only brings out (关于印发《…办法》的通知) is also known by the name inside.
    """
    issuers = sorted((folded(issuer.value) for issuer in document.issuers), key=len, reverse=True)
    bare = folded(document.title)
    for issuer in (*issuers, *issuers):
        bare = bare.removeprefix(issuer).removeprefix("、")
    inner = _PROMULGATION.match("".join(document.title.split()))
    found = {folded(document.title), bare, *(issuer + bare for issuer in issuers)}
    return frozenset(filter(None, found | ({folded(inner["inner"])} if inner else set())))


def folded(title: str) -> str:
    """Fold a title as lists write it: without blanks and marks, full-width and half-width alike."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", title))
