"""The canary: what is not active is nowhere in ``build/``, in no encoding, and in no message.

Each private thing carries a text used nowhere else; every byte of every output, and every output's name, is searched
for it. The inverse (the same texts in an open entry are found) shows that the search would see a leak.
"""

from collections.abc import Iterator
import json
from pathlib import Path
from urllib.parse import quote
import zlib

import pytest

from gkssg.archive.load import load
from gkssg.build import inspect
from gkssg.cli import main
from gkssg.language import Speaker
from gkssg.report import FORMATS
from gkssg.store import open_store

from conftest import TODAY, MakeColumn, entry

# Rare characters, so that not even a pair of them occurs by chance.
CANARIES = {
    "body": "龘靐齉爩",
    "summary": "麤齾龖厵",
    "keyword": "灪籱纞虋",
    "annex_title": "讟钃鸜麷",
    "annex_name": "鱻麣鼺龗",
    "annex_content": "韊顲飝馫",
    "picture_name": "驫鬱鬻魖",
    "picture_content": "鑿钁閵闥",
    "topic": "蘺蠻襻覿",
    "passed_at": "糴糶纘缵",
    "source": "黷齄齇齯",
    "source_url": "纜纝纞纟",
    "review": "爨爩灩灪",
    "review_step": "癵籯糷纚",
    "review_opinion": "虌讝豔貛",
    "review_digest": "躩軉轢鑮",
    "alias": "鸞鸝鹂麡",
    "detail": "躝躞躧轥",
    "comment": "釁釅釃鈎",
    "conversion": "黌黗黶鼉",
}
TITLE = "齺龢龤龥"
FILE_NAME = "靇靏靐靉"
FIELDS = f"""\
summary: {CANARIES["summary"]}
keywords: [{CANARIES["keyword"]}]
topic: {CANARIES["topic"]}
passed_at: {CANARIES["passed_at"]}
source: {CANARIES["source"]}
source_url: https://www.example.gov.cn/{CANARIES["source_url"]}
written: 2026-01-01
aliases: [{CANARIES["alias"]}.html]
reviews: [{{step: {CANARIES["review_step"]}, person: {CANARIES["review"]}, date: 2026-01-01, result: 通过, \
opinion: {CANARIES["review_opinion"]}, digest: {CANARIES["review_digest"]}}}]
annexes: [{{file: {CANARIES["annex_name"]}.txt, title: {CANARIES["annex_title"]}}}]
converted: {{from: on-request, date: 2026-01-01, standard: {CANARIES["conversion"]}, \
reviewer: {CANARIES["conversion"]}, note: {CANARIES["conversion"]}}}
kind: meeting
attendees: {CANARIES["detail"]}
"""
PUBLIC_FIELDS = frozenset(name for name in CANARIES if name != "comment" and not name.startswith("review"))
"""What an open entry shows; reviews and comments are never published."""


def document(attribute: str) -> str:
    """Give a content file that holds every canary."""
    body = f"{CANARIES['body']}\n\n![图]({CANARIES['picture_name']}.png)\n\n<!-- {CANARIES['comment']} -->"
    return f"---\ntitle: {TITLE}\n{attribute}\n{FIELDS}---\n{body}\n"


def files(attribute: str) -> dict[str, str | bytes]:
    """Give the entry with its annex and picture, and an open one that leads to it."""
    folder = "content/statutory/meetings"
    return {
        f"{folder}/{FILE_NAME}.md": document(attribute),
        f"{folder}/{CANARIES['annex_name']}.txt": CANARIES["annex_content"],
        f"{folder}/{CANARIES['picture_name']}.png": CANARIES["picture_content"].encode("gb18030"),
        f"{folder}/beside.md": entry("列表里相邻的", kind="meeting"),
        "content/statutory/policy/open.md": entry("公开的", f"见[会议](../meetings/{FILE_NAME}.md)。"),
    }


def forms(text: str) -> Iterator[bytes]:
    """Give every form in which a text may stand in a file: encodings, escapes, and pairs as an index holds them."""
    for part in (text, text[:2]):
        yield part.encode()
        yield part.encode("gb18030")
        yield part.encode("utf-16-le")
        yield part.encode("utf-16-be")
        yield json.dumps(part)[1:-1].encode()
        yield json.dumps(part)[1:-1].upper().replace("\\U", "\\u").encode()
        yield quote(part).encode()
        yield quote(part).lower().encode()
        yield quote(part.encode("gb18030")).encode()
        yield "".join(f"&#{ord(c)};" for c in part).encode()
        yield "".join(f"&#x{ord(c):x};" for c in part).encode()
        yield part.encode().hex().encode()


def found(text: str, built: dict[str, bytes]) -> list[str]:
    """Name the outputs that hold a text in any form, in their content, their name or compressed inside."""
    hits = []
    for path, data in built.items():
        hay = path.encode() + b"\n" + data + b"\n" + _inflated(data)
        if any(form in hay for form in forms(text)):
            hits.append(path)
    return hits


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=47).decompress(data)
    except zlib.error:
        return b""


@pytest.mark.parametrize(
    "attribute",
    [
        "attribute: on-request\nreason: 16-2",
        "attribute: withheld\nreason: 14-1",
        "公开属性: 不予公开\n理由: 14-3",
        "attribute: on-request\nreason: 自定理由",
    ],
)
def test_nothing_of_an_entry_that_is_not_active_is_published(column: MakeColumn, attribute: str) -> None:
    made = column(files(attribute))
    made.build()
    built = made.files()
    assert {name: found(text, built) for name, text in CANARIES.items() if found(text, built)} == {}
    assert found(TITLE, built), "the title of an entry that is not disclosed is listed, unless it is not open"


@pytest.mark.parametrize("attribute", ["attribute: on-request\nreason: 15", "attribute: withheld\nreason: 14-1"])
def test_a_title_that_is_not_open_leaves_no_trace_nor_does_the_file_name(column: MakeColumn, attribute: str) -> None:
    made = column(files(f"{attribute}\ntitle_open: false"))
    made.build()
    built = made.files()
    secrets = {**CANARIES, "title": TITLE, "file name": FILE_NAME}
    assert {name: found(text, built) for name, text in secrets.items() if found(text, built)} == {}
    assert [path for path in built if "withheld-" in path]
    for listed in ("request/titles.html", "request/titles.csv"):
        assert b"withheld-" in built[listed], "it is registered in the tables, without a title"
    page = next(path for path in built if "withheld-" in path)
    assert f"../meetings/{page.rpartition('/')[2]}" in made.text("statutory/policy/open.html"), "links still lead there"


def test_the_search_would_see_a_leak(column: MakeColumn) -> None:
    made = column(files("attribute: active"))
    made.build()
    built = made.files()
    assert {name for name, text in CANARIES.items() if found(text, built)} == PUBLIC_FIELDS
    assert found(TITLE, built)
    assert found(FILE_NAME, built)


@pytest.mark.parametrize("jobs", [1, 2])
def test_withdrawing_an_open_entry_removes_every_trace(column: MakeColumn, jobs: int) -> None:
    made = column(files("attribute: active"))
    made.build(jobs=jobs)
    assert found(CANARIES["body"], made.files())
    made.write({f"content/statutory/meetings/{FILE_NAME}.md": document("attribute: on-request\nreason: 16-1")})
    made.build(jobs=jobs)
    built = made.files()
    assert {name: found(text, built) for name, text in CANARIES.items() if found(text, built)} == {}


@pytest.mark.parametrize(
    "attribute",
    ["", "attribute: open", "attribute: [active]", "attribute: activ", "attribute:active", "attribut: active"],
)
def test_what_is_not_known_to_be_active_is_private(
    column: MakeColumn, attribute: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = column(files(attribute))
    report = made.try_build()
    assert report.failed
    assert not (made.root / "build").exists() or not made.files()
    main(["-C", str(made.root), "check"])
    printed = "".join(capsys.readouterr())
    assert {name for name, text in CANARIES.items() if text in printed} == set()


FAULTS = f"""\
---
title: {TITLE}
attribute: withheld
reason: 14-1
published: {CANARIES["body"]}
{CANARIES["keyword"]}: 1
kind: {CANARIES["detail"]}
doc_no: {CANARIES["topic"]}[2023]9号
category: {CANARIES["passed_at"]}
issuer: {CANARIES["source"]}
interprets: [{CANARIES["summary"]}]
index_no: "1"
annexes: [{CANARIES["annex_name"]}.txt]
aliases: ["../{CANARIES["alias"]}"]
converted: {{from: {CANARIES["conversion"]}, date: 2026-01-01, standard: {CANARIES["conversion"]}}}
---
（此件公开发布）

[{CANARIES["body"]}]({CANARIES["review"]}.md) ![]({CANARIES["picture_name"]}.png) <{CANARIES["comment"]} onclick=x>
<script {CANARIES["annex_title"]}>{CANARIES["annex_content"]}</script> [x](../../../{CANARIES["picture_content"]}.md)
"""


def test_no_message_quotes_an_entry_that_is_not_active(column: MakeColumn) -> None:
    made = column(
        {
            "content/statutory/policy/a.md": FAULTS,
            "content/statutory/policy/b.md": entry("乙", index_no='"1"', id="statutory/policy/a"),
        }
    )
    problems = inspect(made.root, TODAY)
    rules = {problem.rule for problem in problems if problem.place.path.endswith("a.md")}
    assert {
        "date",
        "key-unknown",
        "field-word",
        "doc-no-form",
        "category",
        "organ-page",
        "reference",
        "file-missing",
        "mark",
        "conversion",
        "review-missing",
    } <= rules
    for language in ("zh", "en"):
        for form in FORMATS.values():
            printed = form(problems, Speaker(language))
            assert {name for name, text in {**CANARIES, "title": TITLE}.items() if text in printed} == set()


def test_a_file_of_a_private_entry_cannot_be_published_by_an_open_one(column: MakeColumn) -> None:
    made = column(
        {
            "content/statutory/policy/a.md": entry(
                "甲", attribute="withheld", reason="14-1", review_by="2027", annexes="[x.txt]"
            ),
            "content/statutory/policy/b.md": entry("乙", "见[附件](x.txt)。"),
            "content/statutory/policy/x.txt": CANARIES["body"],
        }
    )
    report = made.try_build()
    assert [problem.rule for problem in report.problems] == ["file-private"]
    assert report.problems[0].place.path == "content/statutory/policy/b.md"


def test_the_list_of_a_notice_that_is_not_active_leaves_no_trace(column: MakeColumn) -> None:
    listed = f"标题,清理结果,备注\n乙,废止,{CANARIES['body']}\n{CANARIES['summary']},失效,\n"
    for attribute, traces in (("withheld", 0), ("active", 2)):
        made = column(
            {
                "content/statutory/policy/a.md": entry(
                    "甲", attribute=attribute, reason="14-1", cleanup=f"{CANARIES['annex_name']}.csv"
                ),
                "content/statutory/policy/b.md": entry("乙", effective="2020-01-01"),
                f"content/statutory/policy/{CANARIES['annex_name']}.csv": listed,
            }
        )
        made.build()
        built = made.files()
        assert len([name for name in ("body", "summary") if found(CANARIES[name], built)]) == traces
        assert bool(found(CANARIES["annex_name"], built)) is (attribute == "active")
        assert ("已废止" in made.text("statutory/policy/b.html")) is (attribute == "active")


def test_files_that_no_open_entry_names_are_not_copied(column: MakeColumn) -> None:
    made = column(
        {
            "content/statutory/policy/a.md": entry("甲"),
            "content/statutory/policy/draft.docx": CANARIES["body"],
            "content/statutory/policy/.secret": CANARIES["body"],
        }
    )
    made.build()
    assert found(CANARIES["body"], made.files()) == []


@pytest.mark.parametrize("file", ["column.yml", "publish-log.csv", "calendar/2027.json"])
def test_the_settings_are_no_annex(column: MakeColumn, file: str) -> None:
    made = column({"content/statutory/policy/a.md": entry("甲", f"[设置](../../{file})", annexes=f"[../../{file}]")})
    assert {problem.rule for problem in made.try_build().problems} == {"file-forbidden"}


def test_a_closed_item_of_an_agenda_and_a_closed_draft_are_nowhere(column: MakeColumn) -> None:
    item = f"{{item: 某事项, open: false, reason: 16-2, outcome: {CANARIES['body']}, entry: rules/{FILE_NAME}}}"
    made = column(
        {
            "content/statutory/meetings/m.md": entry("会议", kind="meeting", agenda=f"[{item}]"),
            f"content/rules/{FILE_NAME}.md": entry(
                TITLE, CANARIES["detail"], attribute="withheld", reason="14-1", title_open="false"
            ),
            "content/statutory/consultations/c.md": entry(
                "公告", kind="consultation", starts="2026-11-01", draft=f"rules/{FILE_NAME}", explanation="rules/e"
            ),
            "content/rules/e.md": entry("说明", CANARIES["source"], attribute="on-request", reason="16-2"),
        }
    )
    made.build()
    built = made.files()
    private = (CANARIES["body"], CANARIES["detail"], CANARIES["source"], TITLE, FILE_NAME)
    assert [text for text in private if found(text, built)] == []
    assert built[next(path for path in built if "withheld-" in path)]


def test_the_canaries_share_no_pair_of_characters() -> None:
    pairs = [text[:2] for text in (*CANARIES.values(), TITLE, FILE_NAME)]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("attribute", ["attribute: on-request\nreason: 15", "attribute: withheld\nreason: 14-1", ""])
def test_nothing_private_is_stored_while_a_build_runs(column: MakeColumn, tmp_path: Path, attribute: str) -> None:
    made = column(files(attribute))
    made.write({"content/statutory/meetings/heading.md": document(attribute) + f"\n## {CANARIES['topic']}\n"})
    with open_store(tmp_path / "store", "") as store:
        load(made.root, 1, store)
    stored = {path.name: path.read_bytes() for path in (tmp_path / "store").iterdir()}
    assert stored, "the open entries are there"
    assert {name for name, text in CANARIES.items() if found(text, stored)} == set()
