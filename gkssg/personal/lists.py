"""Lists of names beside what must not be told of persons: minors, and the health of anyone.

Personal Information Protection Law, article 28: data on health and on minors under 14 are sensitive.
"""

from collections.abc import Iterable, Iterator, Sequence
import re

from gkssg.personal.find import Finding, Kind
from gkssg.text import HAN

_NAME = re.compile(r"姓名|名字|^(?:患者|学生|幼儿|儿童|未成年人)$")
_CHILD = re.compile(
    r"学籍|监护人|(?:学生|幼儿|儿童|未成年人|孩子|子女)姓名|^(?:学生|幼儿|儿童|未成年人)$|班级|就读(?:学校|幼儿园)"
)
_HEALTH = re.compile(r"病名|病种|疾病|诊断|病情|患病|病史|残疾(?:类别|类型|等级|程度|证)|健康状况|住院")
_PERSON = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}[·•][{HAN}]{{1,8}}")
_VAGUE = re.compile(r"[某*×xX]|合计|总计|姓名|示范|说明|备注")
_CELL = re.compile(r"<t[dh]\b[^<>]*>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_DATA = re.compile(r"\d{5}|.{21}")
"""What is in no head."""
_LONGEST_HEAD = 12
_FEWEST = 2
"""Columns of a table, at least."""


def find_lists(text: str) -> Iterator[Finding]:
    """Find such lists among the tables of a Markdown text."""
    if "|" not in text and "<" not in text:
        return
    rows: list[tuple[int, Sequence[str]]] = []
    start = 0
    for line in text.split("\n"):
        if line.startswith("|"):
            rows.append((start, line.strip().strip("|").split("|")))
        elif rows:
            yield from in_table(rows)
            rows = []
        start += len(line) + 1
    yield from in_table(rows)
    if "<tr" in text:
        starts = [row.start() for row in _ROW.finditer(text)]
        ends = [*starts[1:], len(text)]
        yield from in_table((start, _cells(text[start:end])) for start, end in zip(starts, ends, strict=True))


def _cells(row: str) -> list[str]:
    """Give the words of the cells of a row of HTML."""
    return [_TAG.sub("", cell) for cell in _CELL.split(row)[1:]]


def in_table(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Finding]:
    """Find a list in a table whose rows have numbers, once for each head; the finding stands at its first person."""
    watch = Watch()
    for number, row in rows:
        for kind, shown, _ in watch.see(row):
            yield Finding(kind, number, number, shown)


class Watch:
    """Looks at a table row by row: knows its head, and tells when persons stand under it."""

    def __init__(self) -> None:
        self.head: Sequence[str] = ()
        self._name = -1
        self._columns: dict[Kind, int] = {}

    def see(self, row: Sequence[str]) -> Iterator[tuple[Kind, str, int]]:
        """Take the next row; give what kinds of lists the table is by it, with two heads and the column of names."""
        cells = ["".join(cell.split()) for cell in row]
        name = next((at for at, cell in enumerate(cells) if _NAME.search(cell) and len(cell) <= _LONGEST_HEAD), -1)
        if sum(map(bool, cells)) < _FEWEST:
            return
        if name >= 0 or not self.head:
            self._begin(cells, name)
        elif self._columns and self._name < len(cells):
            person = cells[self._name]
            if _PERSON.fullmatch(person) and not _VAGUE.search(person):
                for kind, at in tuple(self._columns.items()):
                    if at == self._name or (at < len(cells) and cells[at] and not _VAGUE.match(cells[at])):
                        del self._columns[kind]
                        yield kind, "、".join(dict.fromkeys((self.head[self._name], self.head[at]))), self._name

    def _begin(self, cells: Sequence[str], name: int) -> None:
        """Take a row for the head; without a column of names the first row is it, if it may be."""
        if name < 0 and any(_DATA.search(cell) for cell in cells):
            return
        self.head, self._name, self._columns = cells, name, {}
        for kind, pattern in ((Kind.MINORS, _CHILD), (Kind.HEALTH, _HEALTH)):
            found = [at for at, cell in enumerate(cells) if pattern.search(cell)]
            if name >= 0 and found:
                self._columns[kind] = next((at for at in found if at != name), name)

    def label(self, column: int) -> str:
        """Give what the cells of a column stand under, and 姓名 where the rows are persons."""
        return f"{self.head[column] if column < len(self.head) else ''} {'姓名' if self._name >= 0 else ''}"
