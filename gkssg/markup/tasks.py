"""The tasks of a work plan, read out of its rendered text: each clause that says who is to do it, and by when."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
import re

from gkssg.dates import PartialDate
from gkssg.markup.clauses import Clause, Grid, Paragraph, blocks
from gkssg.markup.deadlines import deadline, targets
from gkssg.markup.duties import Bracket, Duty, brackets, read_duties, role_of
from gkssg.terms import Role

_BRIEF = 30
_EDGES = " \u3000。；;，,、"
_TOTAL = re.compile(r"(?:合计|总计|小计|共计)$")
_WHO = re.compile(r"(?:责任|牵头|配合|负责|承办|主办|协办|落实|实施|参与)[^时人]{0,4}(?:单位|部门|机构|主体)|责任主体")
_WHEN = re.compile(r"时限|时间|期限|节点|进度要求")
_WHAT = re.compile(r"项目|任务|事项|内容|举措|措施|名称")
_COUNTED = re.compile(r"序号|编号|备注")
_GOAL = re.compile(r"目标|指标")


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``number`` is its clause with an ordinal where the clause has several: it stays while the text does.

    ``title`` is the clause's, ``text`` what this task has to itself; ``anchor`` leads to it in the plan.
    """

    number: str
    title: str
    text: str
    anchor: str
    duties: tuple[Duty, ...]
    times: tuple[str, ...]
    due: PartialDate | None
    targets: tuple[str, ...]

    @property
    def brief(self) -> str:
        """Its first words: enough to see which task it is."""
        words = "：".join(filter(None, (self.title, self.text)))
        return words if len(words) <= _BRIEF else f"{words[:_BRIEF]}…"


@dataclass
class _Draft:
    clause: Clause
    anchor: str
    text: str
    duties: tuple[Duty, ...] = ()
    words: str = ""
    goals: tuple[str, ...] = ()
    table: bool = False


def tasks_of(html: str, year: int) -> tuple[Task, ...]:
    """Read the tasks of a plan for ``year`` (0: unknown) out of its sanitised HTML, in the order of the text."""
    drafts = _first_leads(list(_drafts(html)))
    seen: Counter[str] = Counter()
    found = []
    for draft, duties in drafts:
        base = f"{draft.clause.number}表" if draft.table else draft.clause.number or "段"
        seen[base] += 1
        ordinal = f"-{seen[base]}" if seen[base] > 1 or draft.table or not draft.clause.number else ""
        whole = f"{draft.clause.title}。{draft.text}{draft.words}"
        when = deadline(whole, year)
        goals = draft.goals or targets(whole)
        number = f"{base}{ordinal}"
        found.append(Task(number, draft.clause.title, draft.text, draft.anchor, duties, when.words, when.due, goals))
    return tuple(found)


def _first_leads(drafts: Iterable[tuple[_Draft, bool]]) -> Iterator[tuple[_Draft, tuple[Duty, ...]]]:
    """Make the first of several organs the leading one, from where the plan says so."""
    leads = False
    for draft, says in drafts:
        leads = leads or says
        duties = draft.duties
        several = sum(duty.role is Role.RESPONSIBLE for duty in duties) > 1
        if leads and several and duties[0].role is Role.RESPONSIBLE:
            duties = (replace(duties[0], role=Role.LEAD), *duties[1:])
        yield draft, duties


def _drafts(html: str) -> Iterator[tuple[_Draft, bool]]:
    reader = _Reader()
    for block in blocks(html):
        if isinstance(block, Grid):
            reader.table(block)
        else:
            reader.paragraph(block)
    yield from ((draft, id(draft) in reader.says_first_leads) for draft in reader.done)


class _Reader:
    """Gathers text until a bracket says whose it is."""

    def __init__(self) -> None:
        self.done: list[_Draft] = []
        self.says_first_leads: set[int] = set()
        self._pending: list[_Draft] = []
        self._last: list[_Draft] = []
        self._open: _Draft | None = None

    def paragraph(self, block: Paragraph) -> None:
        if block.is_heading:
            self._pending, self._last = [], []
        if block.starts:
            self._last, self._open = [], None
        clause, text = block.clause, block.text
        named = list(brackets(clause.title)) if block.starts else []
        if named:  # the bracket stands in the title itself, and the text follows
            clause = replace(clause, title=_without(clause.title, named))
            draft = _Draft(clause, block.anchor, text.strip())
            self._settle([draft], named)
            self._open = draft
            return
        found = list(brackets(text))
        if not found and self._open and self._open.clause.path == clause.path:
            self._open.text += text
            return
        start = 0
        for bracket in found:
            self._take(clause, block, text[start : bracket.start], bracket)
            start = bracket.end
        rest = text[start:].strip(_EDGES)
        if rest or (block.starts and not found):
            self._pending.append(_Draft(clause, block.anchor, text[start:].strip()))

    def _take(self, clause: Clause, block: Paragraph, before: str, bracket: Bracket) -> None:
        if before.strip(_EDGES) or (block.starts and not self._last):
            same = [draft for draft in self._pending if clause.path and draft.clause.path == clause.path]
            text = "".join([*(draft.text for draft in same), before.lstrip(_EDGES).rstrip()])
            anchor = same[0].anchor if same else block.anchor
            self._settle([_Draft(clause, anchor, text)], [bracket])
        elif self._pending:
            numbered = [draft for draft in self._pending if draft.clause.path]
            self._settle(list(_shared(numbered or self._pending[-1:])), [bracket])
        else:
            for draft in self._last:
                draft.duties += bracket.duties
                draft.words += f"（{bracket.inside}）"

    def _settle(self, drafts: list[_Draft], named: list[Bracket]) -> None:
        for draft in drafts:
            draft.duties = tuple(duty for bracket in named for duty in bracket.duties)
            draft.words = "".join(f"（{bracket.inside}）" for bracket in named)
            if any(bracket.first_leads for bracket in named):
                self.says_first_leads.add(id(draft))
        self.done += drafts
        self._last, self._pending = drafts, []

    def table(self, grid: Grid) -> None:
        self._pending, self._last, self._open = [], [], None
        self.done += _rows(grid)


def _shared(pending: list[_Draft]) -> Iterator[_Draft]:
    """Give the clauses that one bracket stands behind; the title above several clauses is none of them."""
    paths = [draft.clause.path for draft in pending]
    merged: dict[tuple[str, ...], _Draft] = {}
    for draft in pending:
        path = draft.clause.path
        above = any(other[: len(path)] == path and len(other) > len(path) for other in paths)
        if above and not draft.text.strip(_EDGES):
            continue
        if path in merged:
            merged[path].text += draft.text
        else:
            merged[path] = draft
    yield from merged.values()


def _without(title: str, named: list[Bracket]) -> str:
    for bracket in reversed(named):
        title = title[: bracket.start] + title[bracket.end :]
    return title.strip(_EDGES)


def _rows(grid: Grid) -> Iterator[_Draft]:
    """Give the rows of a table that has a column for those who are to do it."""
    if not grid.rows:
        return
    head = ["".join(words.split()) for words in grid.rows[0]]
    who = [x for x, words in enumerate(head) if _WHO.search(words)]
    what = next((x for x, words in enumerate(head) if _WHAT.search(words) and x not in who), None)
    if not who or what is None:
        return
    for row in grid.rows[1:]:
        title = row[what].strip(_EDGES)
        duties = tuple(duty for x in who for duty in _cell_duties(head[x], row[x]))
        if not duties or not title or any(_TOTAL.search(words) for words in row[: what + 1]):
            continue
        facts: dict[str, str] = {}
        for x, words in enumerate(row):
            if x not in who and x != what and words and not _COUNTED.search(head[x]):
                facts[head[x]] = facts.get(head[x], "") + ("" if words in facts.get(head[x], "") else words)
        text = "；".join(f"{name}：{words}" for name, words in facts.items())
        goals = tuple(words for name, words in facts.items() if _GOAL.search(name))
        when = "".join(words for name, words in facts.items() if _WHEN.search(name))
        yield _Draft(Clause(grid.clause.path, title), grid.anchor, text, duties, when, goals, table=True)


def _cell_duties(label: str, words: str) -> tuple[Duty, ...]:
    role = role_of(label) or Role.RESPONSIBLE
    named = {Role.LEAD: "牵头单位", Role.SUPPORT: "配合单位"}.get(role, "责任单位")
    return read_duties(words if "：" in words else f"{named}：{words}") if words.strip("—-/ ") else ()
