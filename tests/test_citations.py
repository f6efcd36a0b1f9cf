"""What texts cite and name, copies of entries, pictures and scans: what is told, and what is left alone."""

import inspect as python
from io import BytesIO
import re

from PIL import Image
import pypdf
from pypdf.generic import DictionaryObject, NameObject
import pytest

from gkssg.archive import pictures
from gkssg.build import inspect
from gkssg.checks import citations, copies, coverage, numbers, readable
from gkssg.language import Speaker
from gkssg.report import as_text

from conftest import TODAY, Column, MakeColumn, entry

FOLDER = "content/statutory/policy"
OLD = {
    f"{FOLDER}/old.md": entry("示例办法", doc_no="示政发〔2019〕5号", written="2019-03-01"),
    f"{FOLDER}/new.md": entry("示例新办法", written="2024-03-01", repeals="[statutory/policy/old]"),
}
LONG = "\n\n".join(f"第{number}段：各街道办事处、区政府各部门要落实责任。" for number in "一二三四五六七八")
RULES = (
    citations.cited_document_is_in_force,
    citations.cited_document_is_here,
    citations.organ_is_named_as_it_is,
    copies.title_is_given_once,
    copies.text_is_published_once,
    readable.report_has_its_tables,
    numbers.number_is_given_once,
    numbers.index_no_is_in_form,
    *pictures.RULES,
)


def found(made: Column) -> str:
    """Check a column and give the problems as they are printed."""
    return as_text(inspect(made.root, TODAY), Speaker("en"))


def rules(made: Column) -> list[str]:
    """Give the names of the problems of a column."""
    return [problem.rule for problem in inspect(made.root, TODAY)]


def test_a_document_that_had_been_repealed_is_told_with_what_repealed_it(column: MakeColumn) -> None:
    text = "各部门：\n\n按照《示例办法》（示政发〔2019〕5号）的规定办理。"
    made = column({**OLD, f"{FOLDER}/a.md": entry("示例通知", text, written="2026-03-01")})
    path = f"{FOLDER}/a.md"
    assert found(made) == (
        f"{path}:8:10: warning: “示政发〔2019〕5号” was not in force any more when this was written [cited-repealed]\n"
        f"    see {FOLDER}/new.md; cite what holds now, or say that it was repealed\n"
    )


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("按照示政发〔2019〕5号的规定办理。", {"written": "2023-03-01"}),
        ("按照示政发〔2019〕5号的规定办理。", {}),
        ("示政发〔2019〕5号同时废止。", {"written": "2026-03-01"}),
        ("原《示例办法》（示政发〔2019〕5号）。", {"written": "2026-03-01"}),
        ("按照他政发〔2019〕5号的规定办理。", {"written": "2026-03-01"}),
        ("按照示政发〔2019〕5号的规定办理。", {"written": "2026-03-01", "implements": "[statutory/policy/old]"}),
    ],
)
def test_citations_that_are_right(column: MakeColumn, text: str, fields: dict[str, str]) -> None:
    assert found(column({**OLD, f"{FOLDER}/a.md": entry("示例通知", text, **fields)})) == ""


def test_orders_and_expired_documents_are_known(column: MakeColumn) -> None:
    made = column(
        {
            f"{FOLDER}/order.md": entry("示例规定", doc_no="示例市人民政府令第12号", expires="2020-12-31"),
            f"{FOLDER}/a.md": entry("示例通知", "根据示例市人民政府令第12号办理。", written="2026-03-01"),
        }
    )
    assert rules(made) == ["cited-repealed"]
    made.write({f"{FOLDER}/a.md": entry("示例通知", "根据示例市人民政府令第13号办理。", written="2026-03-01")})
    assert rules(made) == []


def test_nothing_is_said_of_an_entry_that_is_not_open(column: MakeColumn) -> None:
    closed = {"attribute": "withheld", "reason": "16-2", "review_by": "2027-01-01"}
    made = column({**OLD, f"{FOLDER}/old.md": entry("示例办法", doc_no="示政发〔2019〕5号", **closed)})
    made.write({f"{FOLDER}/a.md": entry("示例通知", "按照示政发〔2019〕5号办理。", written="2026-03-01")})
    assert "cited-repealed" not in rules(made)
    made.write({f"{FOLDER}/a.md": entry("示例通知", "按照示政发〔2019〕5号办理。", written="2026-03-01", **closed)})
    assert rules(made) == []


def test_a_number_of_our_own_that_is_not_here(column: MakeColumn) -> None:
    ours = {"issuer": "示例区人民政府", "doc_no": "示政发〔2026〕1号"}
    made = column(
        {f"{FOLDER}/a.md": entry("示例通知", "按照示政发〔2024〕5号、国发〔2024〕6号、示政发〔2007〕1号办理。", **ours)}
    )
    assert found(made) == (
        f"{FOLDER}/a.md:7:1: info: “按照示政发〔2024〕5号” is cited, but is not in this column [cited-missing]\n"
        "    publish it, or give it an entry that says why it is not open\n"
    )
    closed = {"attribute": "withheld", "reason": "16-2", "review_by": "2027-01-01"}
    made.write({f"{FOLDER}/b.md": entry("示例办法", doc_no="示政发〔2024〕5号", **closed)})
    assert rules(made) == []


def test_a_former_name_stays_where_it_belongs(column: MakeColumn) -> None:
    organs = {
        "content/statutory/organs/old.md": entry("示例区建设管理局", kind="organ"),
        "content/statutory/organs/new.md": entry(
            "示例区住房建设局", kind="organ", succeeds="[{organ: statutory/organs/old, date: 2019-03-01}]"
        ),
    }
    for text, day, told in (
        ("请报送示例区建设管理局。", "2026-03-01", True),
        ("请报送示例区建设管理局。", "2018-03-01", False),
        ("请报送原示例区建设管理局。", "2026-03-01", False),
        ("示例区建设管理局更名为示例区住房建设局。", "2026-03-01", False),
        ("请报送他区建设管理局。", "2026-03-01", False),
    ):
        made = column({**organs, f"{FOLDER}/a.md": entry("示例通知", text, written=day)})
        assert ("name-former" in rules(made)) is told, (text, day)


def test_near_copies_are_told_once(column: MakeColumn) -> None:
    made = column(
        {
            f"{FOLDER}/a.md": entry("示例通知", LONG),
            "content/statutory/planning/a.md": entry("示例公告", LONG.replace("第八段：", "最后一段：")),
            "content/statutory/fees/a.md": entry("示例方案", LONG.replace("落实责任", "按时报送")),
        }
    )
    path = f"{FOLDER}/a.md"
    assert found(made) == (
        f"{path}:1:1: warning: the text is nearly the same as that of content/statutory/planning/a.md [text-twice]\n"
        "    keep one of them, and name both sections in its category（类别）\n"
    )
    made.write({"content/statutory/planning/a.md": entry("示例公告", LONG, draft_of="[statutory/policy/a]")})
    assert rules(made) == []


def test_titles_with_other_numbers_days_or_organs_are_no_copies(column: MakeColumn) -> None:
    title = "示例区人民政府关于示例事项的通知"
    other = "content/statutory/planning/a.md"
    made = column({f"{FOLDER}/a.md": entry(title), other: entry(title, "另一处。")})
    assert rules(made) == ["title-twice"]
    for fields in ({"written": "2026-01-01"}, {"doc_no": "示政发〔2026〕1号"}, {"kind": "meeting"}):
        made.write({other: entry(title, "另一处。", **fields)})
        assert rules(made) == [], fields
    made.write({other: entry(title, "另一处。", attribute="withheld", reason="16-2", review_by="2027-01-01")})
    assert rules(made) == []


def test_texts_of_one_number_that_belong_together_are_no_mistake(column: MakeColumn) -> None:
    number = {"doc_no": "示政发〔2026〕1号"}
    made = column({f"{FOLDER}/a.md": entry("甲", **number), f"{FOLDER}/b.md": entry("乙", **number)})
    assert found(made) == (
        f"{FOLDER}/b.md:4:9: warning: the document number “示政发〔2026〕1号” is taken [doc-no-twice]\n"
        f"    see {FOLDER}/a.md; correct the wrong one, or keep one of the two\n"
    )
    made.write({f"{FOLDER}/b.md": entry("乙", version_of="[statutory/policy/a]", **number)})
    assert rules(made) == []
    made.write({f"{FOLDER}/b.md": entry("乙", kind="meeting", **number)})
    assert "doc-no-twice" not in rules(made)


@pytest.mark.parametrize(
    "code", ["000014349/2026-00001", "114403006955506492/2026-00001", '"1"', "11000000000000000U/1"]
)
def test_index_numbers_that_may_stand(column: MakeColumn, code: str) -> None:
    assert rules(column({f"{FOLDER}/a.md": entry("甲", index_no=code)})) == []


def test_items_of_the_law_without_entries_are_told_of_a_column_that_is_set_up(column: MakeColumn) -> None:
    few = {f"{FOLDER}/{number}.md": entry(f"第{number}件") for number in range(coverage.FEWEST - 2)}
    made = column(few)
    assert "item-empty" not in rules(made)
    made.write({"content/statutory/budget/a.md": entry("预算")})
    told = found(made)
    assert told.count("[item-empty]") == len(coverage.ITEMS) - 2
    assert (
        "content/column.yml:1:1: info: item （八）行政事业性收费 of article 20 has no entry [item-empty]\n"
        "    publish what there is in statutory/fees, or say in column.yml (empty_note) why there is nothing\n"
    ) in told
    settings = (made.root / "content/column.yml").read_text("utf-8")
    made.write({"content/column.yml": f"{settings}sections: [{{id: statutory/fees, empty_note: 本机关不收费。}}]\n"})
    assert found(made).count("[item-empty]") == len(coverage.ITEMS) - 3


def test_pictures_in_code_and_with_words_are_left_alone(column: MakeColumn) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    made = column({"content/a.svg": svg, f"{FOLDER}/a.md": entry("甲", "`![](x.png)` ![收支图表](/a.svg)")})
    assert rules(made) == []
    made.write({f"{FOLDER}/a.md": entry("甲", '![](/a.svg)\n\n<img src="/a.svg">\n\n![表1 收支](/a.svg)')})
    assert found(made) == (
        f"{FOLDER}/a.md:5:1: warning: the picture “/a.svg” has no words for those who cannot see it [picture-alt]\n"
        "    write what it shows, as ![示例区停车场位置示意图](map.png)\n"
        f"{FOLDER}/a.md:7:1: warning: the picture “/a.svg” has no words for those who cannot see it [picture-alt]\n"
        "    write what it shows, as ![示例区停车场位置示意图](map.png)\n"
        f"{FOLDER}/a.md:9:1: warning: the table “表1 收支” is a picture [table-picture]\n"
        "    write it as a table, or add it as a CSV or Excel file: nobody can search a picture\n"
    )


def scan(*, font: bool) -> bytes:
    """Give a PDF file with a picture on its page; with ``font`` it may have text too."""
    picture = BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PDF")
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(picture))
    if font:
        resources = writer.pages[0]["/Resources"]
        assert isinstance(resources, DictionaryObject)
        kind = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
        resources[NameObject("/Font")] = DictionaryObject({NameObject("/F1"): kind})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_scanned_files_are_told(column: MakeColumn) -> None:
    made = column({f"{FOLDER}/a.md": entry("甲", annexes="[a.pdf]"), f"{FOLDER}/a.pdf": scan(font=False)})
    assert found(made) == (
        f"{FOLDER}/a.md:4:11: warning: the pages of “statutory/policy/a.pdf” are pictures without text [file-scan]\n"
        "    export it from the program it was written with, or recognise its text (OCR) before publishing\n"
    )
    made.write({f"{FOLDER}/a.pdf": scan(font=True)})
    assert rules(made) == []
    made.write({f"{FOLDER}/a.pdf": scan(font=False)[:200]})
    assert rules(made) == ["file-broken"]


def examples(kind: str) -> list[tuple[dict[str, str], str]]:
    """Give the examples in the docstrings of the rules as files, with the names of these."""
    given = []
    for rule in RULES:
        text = python.cleandoc(rule.__doc__ or "")
        match = re.search(rf"^{kind}::\n(.*?)(?=^\S|\Z)", text, re.DOTALL | re.MULTILINE)
        name = re.search(r"^Rule: ([\w-]+)", text, re.MULTILINE)
        assert match, rule
        assert name, rule
        first, *parts = re.split(
            r"^--- (content/\S+) ---\n", python.cleandoc("\n" + match[1]) + "\n", flags=re.MULTILINE
        )
        given.append((dict(zip(parts[::2], parts[1::2], strict=True)) or {f"{FOLDER}/a.md": first}, name[1]))
    return given


@pytest.mark.parametrize(
    ("files", "rule"), examples("Wrong"), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_example_of_a_rule_breaks_it_alone(column: MakeColumn, files: dict[str, str], rule: str) -> None:
    assert set(rules(column(files))) - {"organ-facts"} == {rule}


@pytest.mark.parametrize(
    ("files", "rule"), examples("Right"), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_mended_example_breaks_none(column: MakeColumn, files: dict[str, str], rule: str) -> None:
    assert rules(column(files)) == [], rule
