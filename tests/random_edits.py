"""A small column of many kinds, and what an editor may do to it, one value an edit, so that a failure can be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
import datetime
from itertools import count
import os
from pathlib import Path
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from gkssg.build import Report, build

from conftest import BASE, COLUMN, TODAY, Column, picture

Made = TypeVar("Made")

LONG_AGO = 1_700_000_000
"""Files look as if they had been written then: what was changed a moment ago is never taken for unchanged."""


@dataclass(frozen=True)
class Draft:
    """A content file: its keys with their values as YAML has them, and its body."""

    keys: Mapping[str, str]
    body: str

    def text(self) -> str:
        """Give the file."""
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in self.keys.items()) + f"---\n{self.body}\n"


@dataclass
class State:
    """What a column consists of: entries by name, other files by path, settings, and the day it is built for."""

    entries: dict[str, Draft]
    files: dict[str, bytes]
    settings: dict[str, str] = field(default_factory=dict)
    today: datetime.date = TODAY

    def copy(self) -> "State":
        """Give a state that edits may change while this one stays."""
        return State(dict(self.entries), dict(self.files), dict(self.settings), self.today)

    def all_files(self) -> dict[str, bytes]:
        """Give every file of the column by its path."""
        settings = "".join(f"{key}: {value}\n" for key, value in self.settings.items())
        pages = {f"content/{name}.md": draft.text().encode() for name, draft in self.entries.items()}
        fixed = {path: text.encode() for path, text in BASE.items()}
        return fixed | pages | self.files | {"content/column.yml": (COLUMN + settings).encode()}

    def write(self, root: Path, moment: int) -> None:
        """Bring the column on disk to this state; what changes looks as written at a moment long ago."""
        wanted = self.all_files()
        there = {
            path.relative_to(root).as_posix(): path
            for top in ("content", "themes")
            for path in (root / top).rglob("*")
            if path.is_file()
        }
        gone = {name: path.read_bytes() for name, path in there.items() if name not in wanted}
        for name, data in wanted.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            same = next((old for old, text in gone.items() if text == data), "") if name not in there else ""
            if same:
                (root / same).rename(target)
                del gone[same]
            elif name not in there or there[name].read_bytes() != data:
                target.write_bytes(data)
        for name in gone:
            (root / name).unlink()
        for path in (root / "content", root / "themes", *(root / "content").rglob("*"), *(root / "themes").rglob("*")):
            if path.exists() and path.stat().st_mtime > LONG_AGO + 10_000_000:
                os.utime(path, (LONG_AGO + moment, LONG_AGO + moment))


class Edit(Protocol):
    """Something an editor does."""

    def apply(self, state: State) -> None:
        """Change the state; what is not there cannot be changed."""


@dataclass(frozen=True)
class Write:
    """A key of an entry gets a value; None removes it."""

    entry: str
    key: str
    value: str | None

    def apply(self, state: State) -> None:
        """Change the key."""
        if draft := state.entries.get(self.entry):
            keys = {**draft.keys, self.key: self.value}
            state.entries[self.entry] = replace(draft, keys={k: v for k, v in keys.items() if v is not None})


@dataclass(frozen=True)
class Withdraw:
    """An entry is no longer active."""

    entry: str
    attribute: str
    title_open: bool

    def apply(self, state: State) -> None:
        """Change the attribute."""
        if draft := state.entries.get(self.entry):
            more = {"attribute": self.attribute, "reason": "16-2" if self.attribute == "on-request" else "14-1"}
            more |= {"title_open": str(self.title_open).lower(), "review_by": "2027"}
            state.entries[self.entry] = replace(draft, keys={**draft.keys, **more})


@dataclass(frozen=True)
class Open:
    """An entry is active, whatever it was."""

    entry: str

    def apply(self, state: State) -> None:
        """Change the attribute."""
        if draft := state.entries.get(self.entry):
            kept = {k: v for k, v in draft.keys.items() if k not in {"reason", "title_open", "review_by"}}
            state.entries[self.entry] = replace(draft, keys={**kept, "attribute": "active"})


@dataclass(frozen=True)
class Say:
    """An entry has another body; what nobody else says stays in it."""

    entry: str
    body: str

    def apply(self, state: State) -> None:
        """Change the body."""
        if draft := state.entries.get(self.entry):
            state.entries[self.entry] = replace(draft, body=f"{self.body}\n\n{canary(self.entry)}")


@dataclass(frozen=True)
class Remove:
    """An entry is deleted."""

    entry: str

    def apply(self, state: State) -> None:
        """Delete it."""
        state.entries.pop(self.entry, None)


@dataclass(frozen=True)
class Restore:
    """An entry is as it was at first, or, where it never was, a new one."""

    entry: str

    def apply(self, state: State) -> None:
        """Write it."""
        new = draft_of(self.entry, f"新文件{self.entry[-1]}", published="2026-06-01")
        state.entries[self.entry] = ENTRIES.get(self.entry, new)


@dataclass(frozen=True)
class Rename:
    """The file of an entry gets another name."""

    entry: str
    name: str

    def apply(self, state: State) -> None:
        """Rename it."""
        if self.entry in state.entries and self.name not in state.entries:
            state.entries[self.name] = state.entries.pop(self.entry)


@dataclass(frozen=True)
class Put:
    """A file that is no entry: an annex, a picture, a template; None deletes it."""

    path: str
    content: bytes | None

    def __repr__(self) -> str:
        """Tell the content by its beginning."""
        return f"Put({self.path!r}, {self.content if self.content is None else self.content[:40]!r})"

    def apply(self, state: State) -> None:
        """Write or delete it."""
        if self.content is None:
            state.files.pop(self.path, None)
        else:
            state.files[self.path] = self.content


@dataclass(frozen=True)
class Set:
    """A setting of the column; None removes it."""

    key: str
    value: str | None

    def apply(self, state: State) -> None:
        """Change it."""
        state.settings.pop(self.key, None)
        if self.value is not None:
            state.settings[self.key] = self.value


@dataclass(frozen=True)
class Today:
    """The column is built for another day."""

    day: datetime.date

    def apply(self, state: State) -> None:
        """Change the day."""
        state.today = self.day


def draft_of(name: str, title: str, body: str = "正文。", **keys: str) -> Draft:
    """Give an active entry, with a word in its body that stands nowhere else."""
    return Draft({"title": title, "attribute": "active", **keys}, f"{body}\n\n{canary(name)}")


def canary(name: str) -> str:
    """Give the word that only one entry has, of characters that nothing else has."""
    place = sorted(NAMES).index(name)
    return "".join(chr(0x4DB5 - 3 * place - step) for step in range(3))


def private(state: State) -> Iterator[tuple[str, str]]:
    """Give the words that nobody may read, with their entries: of those that are not active, or not there."""
    for name in sorted(NAMES):
        draft = state.entries.get(name)
        word = canary(name)
        open_texts = (d.body for d in state.entries.values() if d.keys["attribute"] == "active")
        if (draft is None or draft.keys["attribute"] != "active") and not any(word in text for text in open_texts):
            yield name, word
    if not any("x.txt" in d.text() for d in state.entries.values() if d.keys["attribute"] == "active"):
        yield "x.txt", FILE_WORD


def forms(word: str) -> Iterator[bytes]:
    """Give the forms in which a word stands in pages, indexes and stores; a pair of its characters is enough."""
    yield word[:2].encode()
    yield word[:2].encode("utf-16-le")
    yield "".join(f"\\u{ord(character):04x}" for character in word[:2]).encode()


def leaks(state: State, files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Name the entries that nobody may read and the files that have words of theirs."""
    for name, word in private(state):
        for form in forms(word):
            yield from ((name, path) for path, data in files.items() if form in data)


_CLAUSES = "## 总则\n\n第一条 为了示例。\n\n第二条 本办法适用于示例区。\n\n（一）甲；\n\n（二）乙。"
NAMES = frozenset(
    """
    guide/index rules/r statutory/budget/e1 statutory/consultations/con statutory/decisions/d
    statutory/interpretations/i statutory/interpretations/j statutory/meetings/m statutory/normative/n
    statutory/normative/o statutory/planning/plan statutory/policy/a statutory/policy/b statutory/policy/c
    statutory/policy/d statutory/policy/e statutory/policy/q statutory/policy/new1 statutory/policy/new2
    statutory/proposals/p statutory/regulations/reg statutory/statistics/s statutory/organs/bureau
    """.split()
)
FOLDER = "content/statutory/policy"
FILE_WORD = "㐀㐁㐂"
"""A word that only one file beside the entries has."""
ENTRIES: dict[str, Draft] = {}
ENTRIES |= {
    "guide/index": draft_of("guide/index", "指南", "本机关的指南。", kind="page"),
    "rules/r": draft_of("rules/r", "制度", "见[甲](../statutory/policy/a.md)。", aliases="[old/r.html]"),
    "statutory/budget/e1": draft_of("statutory/budget/e1", "预算", "|甲|乙|\n|-|-|\n|1|2|", published="2026-01"),
    "statutory/consultations/con": draft_of(
        "statutory/consultations/con",
        "征集意见",
        kind="consultation",
        starts="2026-11-01",
        ends="2026-12-05",
        draft="statutory/policy/d",
    ),
    "statutory/decisions/d": draft_of(
        "statutory/decisions/d", "决策事项", kind="dossier", stages="[{stage: draft, entry: [statutory/policy/d]}]"
    ),
    "statutory/interpretations/i": draft_of(
        "statutory/interpretations/i", "解读一", kind="interpretation", interprets="statutory/normative/n"
    ),
    "statutory/interpretations/j": draft_of(
        "statutory/interpretations/j", "解读二", kind="interpretation", interprets="statutory/policy/a"
    ),
    "statutory/meetings/m": draft_of(
        "statutory/meetings/m", "第1次常务会议", kind="meeting", published="2026-02-01", held="2026-01-30"
    ),
    "statutory/normative/n": draft_of(
        "statutory/normative/n",
        "管理办法",
        _CLAUSES,
        doc_no="示政规〔2026〕1号",
        published="2026-03-01",
        effective="2026-04-01",
        expires="2026-12-31",
        issuer="示例区人民政府",
    ),
    "statutory/normative/o": draft_of(
        "statutory/normative/o", "旧办法", _CLAUSES, published="2019-03-01", replaces="statutory/regulations/reg"
    ),
    "statutory/planning/plan": draft_of(
        "statutory/planning/plan", "工作要点", "一、抓好示例。（示例局负责，12月底前完成）", published="2026-01-10"
    ),
    "statutory/policy/a": draft_of(
        "statutory/policy/a", "甲", "见[乙](b.md)。", published="2026-01-01", issuer="示例区人民政府", topic="财政"
    ),
    "statutory/policy/b": draft_of(
        "statutory/policy/b", "乙", "![图](p.png)", published="2026-01-02", annexes="[x.txt]"
    ),
    "statutory/policy/c": draft_of(
        "statutory/policy/c",
        "丙",
        published="2026-01-03",
        annexes="[{file: 表.csv, title: 表}]",
        amends="statutory/policy/a",
    ),
    "statutory/policy/d": draft_of("statutory/policy/d", "草案", published="2026-10-20"),
    "statutory/policy/e": draft_of("statutory/policy/e", "戊", attribute="on-request", reason="16-2", review_by="2027"),
    "statutory/policy/q": draft_of("statutory/policy/q", "问", kind="question", answers="statutory/policy/a"),
    "statutory/proposals/p": draft_of("statutory/proposals/p", "1号提案答复", kind="proposal", published="2026-05-01"),
    "statutory/regulations/reg": draft_of("statutory/regulations/reg", "条例", _CLAUSES, published="2010-03-01"),
    "statutory/statistics/s": draft_of("statutory/statistics/s", "统计", kind="dataset", published="2026-07-01"),
    "statutory/organs/bureau": draft_of("statutory/organs/bureau", "示例区示例局", kind="organ"),
}
FILES: dict[str, bytes] = {
    f"{FOLDER}/p.png": picture(),
    f"{FOLDER}/x.txt": f"附件{FILE_WORD}".encode(),
    f"{FOLDER}/表.csv": "项,数\n甲,1\n".encode(),
}


def first_state() -> State:
    """Give the column before anything was edited."""
    return State(dict(ENTRIES), dict(FILES))


_entries = st.sampled_from(sorted(NAMES))
_there = st.sampled_from(sorted(ENTRIES))
_addresses = st.sampled_from([*sorted(ENTRIES), "", None])
_days = st.sampled_from(["2008-05-01", "2025", "2026-03", "2026-11-20", "2026-11-30", "2027-01-01", None])
_bodies = st.sampled_from(
    [
        "改了。",
        "## 小标题\n\n一段。\n\n### 又一个\n\n末段。",
        "见[甲](/statutory/policy/a.md)、[办法第二条](/statutory/normative/n.md)。",
        "根据《管理办法》第二条，制定本文件。[^1]\n\n[^1]: 注。",
        "![图](/statutory/policy/p.png) [附件](/statutory/policy/x.txt)",
        _CLAUSES.replace("示例区", "示例县"),
        "一、抓好甲。（示例局负责，6月底前完成）\n\n二、抓好乙。（示例局负责）",
        "",
    ]
)
_texts: dict[str, list[str | None]] = {
    "title": ["甲", "关于示例的通知", "《管理办法》解读", "A & B <b>", "示例区人民政府"],
    "doc_no": ["示政发〔2026〕2号", "示政规〔2026〕1号", None],
    "index_no": ["000014349/2026-00001", None],
    "issuer": ["示例区人民政府", "[示例区人民政府, 示例区示例局]", "别的机关", None],
    "summary": ["概述。", None],
    "topic": ["财政", "教育", None],
    "keywords": ["[停车, 收费]", None],
    "validity": ["expired", "repealed", None],
    "normative": ["true", None],
    "category": ["[rules, statutory/budget]", "statutory/policy", None],
    "annexes": ["[x.txt]", "[{file: p.png, title: 图}, 表.csv]", None],
    "aliases": ["[old/another.html]", None],
    "id": ["renamed-id", None],
    "converted": ["{from: on-request, date: 2026-01-01, standard: 甲, reviewer: 乙}", None],
}
_RELATIONS = "amends answers based_on draft_of implements interprets repeals replaces version_of".split()
_DATES = ("published", "written", "effective", "expires")
_contents: dict[str, list[bytes | None]] = {
    "p.png": [picture(size=(41, 30)), picture(size=(1500, 900)), picture("JPEG"), None],
    "x.txt": [f"新附件{FILE_WORD}".encode(), "新附件".encode("gb18030"), b"%PDF-1.4 not really", None],
    "表.csv": ["项,数\n乙,2\n".encode(), "项,数\n乙,2\n".encode("gb18030"), None],
    "unused.txt": [b"nobody names it", None],
}
_settings: dict[str, list[str | None]] = {
    "per_page": ["3", "5", None],
    "search_text": ["none", "summary", None],
    "empty_note": ["暂无内容", None],
    "theme": ["own", None],
    "sections": ["[{id: statutory/policy, title: 政策}]", "[{id: statutory/policy/x, title: 其中}]", None],
}
_templates: dict[str, list[str | None]] = {
    "themes/own/templates/document.html": [
        '{% extends "default/document.html" %}{% block footer %}一{% endblock %}',
        '{% extends "default/document.html" %}{% block footer %}二{% endblock %}',
        None,
    ],
    "themes/default/templates/page.html": ['{% extends "default/page.html" %}{% block footer %}三{% endblock %}', None],
    "themes/own/static/custom.css": ["h1 { color: red }", "h1 { color: blue }", None],
}


def _one_of(table: Mapping[str, Sequence[Made | None]]) -> st.SearchStrategy[tuple[str, Made | None]]:
    return st.sampled_from([(key, value) for key, values in table.items() for value in values])


EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(Say, _entries, _bodies),
    st.builds(lambda entry, text: Write(entry, *text), _entries, _one_of(_texts)),
    st.builds(Write, _entries, st.sampled_from(_RELATIONS), _addresses),
    st.builds(Write, _entries, st.sampled_from(_DATES), _days),
    st.builds(Withdraw, _there, st.sampled_from(["on-request", "withheld"]), st.booleans()),
    st.builds(Open, _entries),
    st.builds(Remove, _entries),
    st.builds(Restore, _entries),
    st.builds(Rename, _there, _entries),
    st.builds(lambda file: Put(f"{FOLDER}/{file[0]}", file[1]), _one_of(_contents)),
    st.builds(lambda file: Put(file[0], file[1] and file[1].encode()), _one_of(_templates)),
    st.builds(lambda setting: Set(*setting), _one_of(_settings)),
    st.builds(Today, st.sampled_from([TODAY + datetime.timedelta(days) for days in (-30, 0, 1, 15, 45, 400)])),
)


class Desk:
    """A column that is edited and built again and again, always with one cache."""

    def __init__(self, folder: Path) -> None:
        self.column = Column(folder / "column")
        self.cache = folder / "cache"
        self.state = first_state()
        self.numbers = count(1)

    def edit(self, edits: list[Edit]) -> None:
        """Do some edits."""
        for edit in edits:
            edit.apply(self.state)
        self.state.write(self.column.root, next(self.numbers))

    def build(self, jobs: int = 1) -> Report:
        """Build it as an editor does."""
        return build(self.column.root, self.column.root / "build", self.state.today, jobs=jobs, cache=self.cache)

    def verify(self, report: Report) -> None:
        """Hold what was built against a clean build, and search it for what nobody may read."""
        fresh = f"clean-{next(self.numbers)}"
        clean = build(self.column.root, self.column.root / fresh, self.state.today)
        files, expected = self.column.files("build"), self.column.files(fresh)
        assert report.problems == clean.problems
        if clean.failed:
            return
        assert sorted(files) == sorted(expected)
        assert [path for path in files if files[path] != expected[path]] == []
        assert list(leaks(self.state, {**files, **self.cached()})) == []

    def cached(self) -> dict[str, bytes]:
        """Give every file of the cache."""
        return {str(path): path.read_bytes() for path in self.cache.rglob("*") if path.is_file()}
