"""Front matter → values, by the field tables."""

import pytest

from gkssg.archive.load import read_document
from gkssg.archive.model import Document
from gkssg.archive.source import decode
from gkssg.language import Speaker
from gkssg.problem import Problem
from gkssg.report import as_text
from gkssg.schema import COMMON, DETAILS, fields_of
from gkssg.terms import Kind

ENGLISH = """\
---
title: 关于某事的通知
attribute: active
category: [statutory/policy, statutory/planning]
doc_no: 示政办发[2026]001号
issuer: [甲局, 乙局]
written: 2026年1月5日
published: 2026-01-08 09:00
keywords: [一, 二]
normative: true
aspect: [decision, result]
annexes:
  - a.pdf
  - {file: b.xls, title: 表, note: 说明}
---
"""
CHINESE = """\
---
标题: 关于某事的通知
公开属性: 主动公开
类别: [statutory/policy, statutory/planning]
发文字号: 示政办发[2026]001号
发布机构: [甲局, 乙局]
成文日期: 2026年1月5日
发布日期: 2026-01-08 09:00
关键词: [一, 二]
规范性文件: 是
五公开: [决策, 结果]
附件:
  - a.pdf
  - {文件: b.xls, 标题: 表, 说明: 说明}
---
"""


def read(text: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read a content file from text."""
    return read_document(decode(text.encode(), "content/statutory/policy/a.md"), ("statutory", "statutory/policy"))


def said(text: str) -> str:
    """Read a content file and give its problems as an English reader sees them."""
    return as_text(read(text)[1], Speaker("en"))


def without_places(document: Document) -> str:
    """Give everything of a document but where it stands."""
    facts = [
        document.title, document.attribute, [c.value for c in document.categories], document.doc_no,
        [i.value for i in document.issuers], str(document.written), str(document.published), document.keywords,
        document.normative, document.aspects, [(a.path, a.title, a.note) for a in document.annexes],
    ]  # fmt: skip
    return repr(facts)


def test_chinese_keys_and_words_mean_the_same_as_english_ones() -> None:
    english, problems = read(ENGLISH)
    chinese, same = read(CHINESE)
    assert without_places(english) == without_places(chinese)
    assert [problem.rule for problem in (*problems, *same)] == ["doc-no-form", "doc-no-form"]
    assert (english.doc_no, str(english.published)) == ("示政办发〔2026〕1号", "2026-01-08 09:00")


def test_a_single_value_is_a_list_of_one() -> None:
    document, problems = read(
        "---\ntitle: 甲\nattribute: active\nissuer: 甲局\nannexes: a.pdf\nkeywords: 一、二，三\n---\n"
    )
    assert problems == ()
    assert ([i.value for i in document.issuers], document.keywords) == (["甲局"], ("一", "二", "三"))
    assert [a.path for a in document.annexes] == ["a.pdf"]


def test_empty_values_are_no_values() -> None:
    document, problems = read("---\ntitle: 甲\nattribute: active\nsummary:\nissuer: []\npublished: ~\nannexes:\n---\n")
    assert problems == ()
    assert (document.summary, document.issuers, document.published, document.annexes) == ("", (), None, ())


def test_the_folder_gives_the_category_and_the_path_the_id() -> None:
    document, _ = read("---\ntitle: 甲\nattribute: active\n---\n")
    assert ([c.value for c in document.categories], document.id) == (["statutory/policy"], "statutory/policy/a")


FAULTS = {
    "title: 甲\nattribute: activ": """\
content/statutory/policy/a.md:3:12: error: attribute（公开属性） cannot be “…” [field-word]
    did you mean “active”? write one of: active（主动公开）, on-request（依申请公开）, withheld（不予公开）
""",
    "title: 甲\nattribute: active\ntitel: 乙": """\
content/statutory/policy/a.md:4:1: error: there is no key “titel” [key-unknown]
    did you mean “title”?
""",
    "title: 甲\nattribute: active\n发布日其: 2026-01-01": """\
content/statutory/policy/a.md:4:1: error: there is no key “发布日其” [key-unknown]
    did you mean “发布日期”?
""",
    "title: 甲\nattribute: active\n标题: 乙": """\
content/statutory/policy/a.md:4:1: error: title（标题） is given twice [key-twice]
    it stands on line 2 already; keep one of the two
""",
    "title: [甲]\nattribute: active\nissuer: {a: b}": """\
content/statutory/policy/a.md:2:8: error: title（标题） holds a list; one value is expected [field-type]
    full title, as on the document; for example “关于印发《示例办法》的通知”
content/statutory/policy/a.md:4:9: error: issuer（发布机构） holds keys or a list; a single value is expected \
[field-type]
    name or id of the organ; several: the lead organ first; for example “示例区人民政府办公室”
""",
    "title: no\nattribute: active\nsummary: 12:30\ngenre: 0123": """\
content/statutory/policy/a.md:2:8: warning: other programs read “no” as true or false, not as text [yaml-trap]
    put it in quotes
content/statutory/policy/a.md:4:10: warning: other programs read “12:30” as another number [yaml-trap]
    put it in quotes
content/statutory/policy/a.md:5:8: warning: other programs read “0123” as another number [yaml-trap]
    put it in quotes
""",
    "title: 甲\nattribute: active\nnormative: 也许\nreviews: [一审]": """\
content/statutory/policy/a.md:4:12: error: “也许” is neither yes nor no [field-type]
    normative（规范性文件）: write true（是）or false（否）
content/statutory/policy/a.md:5:11: error: reviews（审核） needs keys of its own here [field-type]
    the keys are: step（环节）, person（审核人）, date（日期）, result（结论）, opinion（意见）, digest（摘要值）
""",
    "title: 甲\nattribute: on-request": """\
content/statutory/policy/a.md:3:12: error: an entry that is not disclosed needs a reason [reason-missing]
    reason（理由）: one of 14-1, 14-2, 14-3, 15, 16-1, 16-2, 16-3, or a text
""",
    'title: "甲\\x00乙"\nattribute: active': """\
content/statutory/policy/a.md:2:8: error: control character U+0000 in the text [control-character]
    delete the escape \\x… or \\u… that makes it
""",
}


@pytest.mark.parametrize(("front", "message"), FAULTS.items())
def test_a_fault_is_told_with_its_place_and_remedy(front: str, message: str) -> None:
    assert said(f"---\n{front}\n---\n") == message


def test_names_and_aliases_are_used_once_in_every_table() -> None:
    for kind in Kind:
        names = [name for field in fields_of(kind) for name in (field.name, field.alias)]
        assert len(names) == len(set(names)), kind


def test_fields_with_words_have_words_and_records_have_parts() -> None:
    tables = [COMMON, *DETAILS.values()]
    fields = [field for table in tables for field in table] + [p for t in tables for f in t for p in f.parts]
    for field in fields:
        assert (field.type.value == "word") == (field.words is not None), field.name
        assert (field.type.value in {"file", "record"}) == bool(field.parts), field.name
        assert not field.compact or any(part.name == field.compact for part in field.parts), field.name
