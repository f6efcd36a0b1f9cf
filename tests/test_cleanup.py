"""清理结果: one list marks every document it names, on both sides, and no other."""

import datetime

import pytest

from gkssg.build import inspect

from conftest import TODAY, Column, MakeColumn, entry

FOLDER = "content/statutory/normative"
HEAD = "序号,文件名称,文号,清理结果,备注\n"
LIST = HEAD + "1,关于甲的通知,示例发〔2019〕1号,废止,\n2,乙办法,,失效,\n3,,示例发[2019]3号,拟修改,\n4,丁,,继续有效,好\n"


def document(title: str, number: str = "", **fields: str) -> str:
    """Give a document that is in force."""
    facts = {"issuer": "示例区人民政府", "effective": "2019-01-01", **fields}
    return entry(title, **({"doc_no": f"示例发〔2019〕{number}号"} if number else {}), **facts)


def files(rows: str | bytes = LIST, **notice: str) -> dict[str, str | bytes]:
    """Give four documents and the notice that tells what became of them."""
    return {
        f"{FOLDER}/a.md": document("示例区人民政府关于甲的通知", "1"),
        f"{FOLDER}/b.md": document("关于印发《乙办法》的通知", "2"),
        f"{FOLDER}/c.md": document("丙", "3"),
        f"{FOLDER}/d.md": document("《丁》"),
        f"{FOLDER}/notice.md": entry("清理通知", published="2026-10-01", **{"cleanup": "list.csv", **notice}),
        f"{FOLDER}/list.csv": rows,
    }


def cell(made: Column, name: str) -> str:
    """Give what the header table says of the validity, without markup."""
    text = (
        made.text(f"statutory/normative/{name}.html").partition('<th scope="row">有效性</th>')[2].partition("</td>")[0]
    )
    parts = text.split("<")
    return "".join([parts[0], *(part.partition(">")[2] for part in parts[1:])])


def rules(made: Column, today: datetime.date = TODAY) -> list[tuple[str, str, int]]:
    """Give the rules that are broken, with their places."""
    return [
        (problem.rule, problem.place.path.rpartition("/")[2], problem.place.line)
        for problem in inspect(made.root, today)
    ]


def test_every_document_of_the_list_is_marked_and_leads_to_the_notice(column: MakeColumn) -> None:
    made = column(files())
    assert rules(made) == []
    made.build()
    assert cell(made, "a") == "已废止（自2019年1月1日起施行，自2026年10月1日起被《清理通知》废止）"
    assert cell(made, "b") == "已失效（自2019年1月1日起施行，自2026年10月1日起被《清理通知》宣布失效）"
    assert cell(made, "c") == "现行有效（自2019年1月1日起施行，2026年10月1日列入修改计划，见《清理通知》）"
    assert cell(made, "d") == "现行有效（自2019年1月1日起施行，2026年10月1日经清理继续有效，见《清理通知》）"
    for name, label in (("a", "被废止"), ("b", "被宣布失效"), ("c", "列入修改计划"), ("d", "经清理继续有效")):
        page = made.text(f"statutory/normative/{name}.html")
        assert f'<dt>{label}</dt>\n<dd><a href="notice.html">清理通知</a>' in page


def test_the_notice_shows_the_list_with_links_and_publishes_the_file(column: MakeColumn) -> None:
    made = column(files())
    made.build()
    page = made.text("statutory/normative/notice.html")
    table = page.partition('id="gk-detail-cleanup_rows"')[2].partition("</table>")[0]
    assert [f'href="{name}.html"' in table for name in "abcd"] == [True] * 4
    assert "示例发〔2019〕3号" in table
    assert "gk-relations" not in page, "the table stands for the relations"
    assert made.text("statutory/normative/list.csv") == LIST


def test_before_the_day_of_the_notice_nothing_is_repealed(column: MakeColumn) -> None:
    made = column(files())
    made.build(today=datetime.date(2026, 9, 30))
    assert cell(made, "a").startswith("现行有效")
    assert "本文件将自2026年10月1日起被" in made.text("statutory/normative/a.html")


@pytest.mark.parametrize("attribute", ["on-request", "withheld"])
def test_a_notice_that_is_not_open_changes_nothing(column: MakeColumn, attribute: str) -> None:
    made = column(files("垃圾\x00", attribute=attribute, reason="16-2"))
    made.build()
    assert cell(made, "a") == "现行有效（自2019年1月1日起施行）"
    assert [path for path in made.files() if path.endswith("list.csv")] == []
    assert "清理通知" not in made.text("statutory/normative/a.html")


TABLES = {
    "columns in another order": "备注,处理意见,标题\n,废止,关于甲的通知\n",
    "rows above the table": "示例区清理结果,,\n,,\n序号,规范性文件名称,清理结果\n1,《关于甲的通知》,予以废止\n",
    "GB 18030": "标题,清理结果\n关于甲的通知,废止\n".encode("gb18030"),
    "a byte order mark and CRLF": "\ufeff标题,清理结果\r\n关于甲的通知,废止\r\n".encode(),
    "quoted cells with line ends": '标题,清理结果\n"关于甲的\n通知",废止\n',
    "the number alone": "文号,清理结果\n示例发[2019]第01号,废止\n",
    "headings inside": "标题,清理结果\n一、废止的文件,\n关于甲的通知,废止\n",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_tables_are_read_as_offices_write_them(column: MakeColumn, table: str | bytes) -> None:
    made = column(files(table))
    assert rules(made) == []
    made.build()
    assert cell(made, "a").startswith("已废止")


FAULTS: dict[str, tuple[str | bytes, list[tuple[str, str, int]]]] = {
    "no head": ("甲,废止\n", [("cleanup-list", "list.csv", 1)]),
    "empty": ("", [("cleanup-list", "list.csv", 1)]),
    "another result": ("标题,清理结果\n丙,保密\n", [("cleanup-result", "list.csv", 2)]),
    "no document named": ("标题,文号,清理结果\n,,废止\n", [("cleanup-list", "list.csv", 2)]),
    "not in the column": ("标题,清理结果\n戊,废止\n", [("cleanup-unknown", "list.csv", 2)]),
    "twice": ("标题,清理结果\n丙,废止\n\n丙,继续有效\n", [("cleanup-twice", "list.csv", 4)]),
    "another number": ("标题,文号,清理结果\n丙,示例发〔2019〕9号,废止\n", [("cleanup-unknown", "list.csv", 2)]),
    "the number of another": ("标题,文号,清理结果\n丙,示例发〔2019〕1号,废止\n", [("cleanup-title", "list.csv", 2)]),
    "an open quotation mark": ('标题,清理结果\n"丙,废止\n', [("table-file", "list.csv", 2)]),
    "no encoding": (b"\xff\xff,\x80\n", [("table-file", "list.csv", 1)]),
}


@pytest.mark.parametrize(("table", "found"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_is_told_with_its_line(
    column: MakeColumn, table: str | bytes, found: list[tuple[str, str, int]]
) -> None:
    assert [told for told in rules(column(files(table))) if told[1] == "list.csv"] == found


def test_a_row_that_may_mean_two_marks_neither(column: MakeColumn) -> None:
    made = column({**files("标题,清理结果\n丙,废止\n"), f"{FOLDER}/other.md": document("丙", "8")})
    assert rules(made) == [("cleanup-ambiguous", "list.csv", 2)]


def test_the_same_title_of_another_organ_is_not_meant(column: MakeColumn) -> None:
    made = column(files("标题,清理结果\n示例市人民政府关于甲的通知,废止\n"))
    assert rules(made) == [("cleanup-unknown", "list.csv", 2)]


def test_a_typed_validity_must_agree_with_the_list(column: MakeColumn) -> None:
    made = column({**files(), f"{FOLDER}/a.md": document("关于甲的通知", "1", validity="valid")})
    assert rules(made) == [("validity", "a.md", 7)]


def test_a_file_that_is_missing_or_huge_is_told(column: MakeColumn) -> None:
    made = column(files(cleanup="nowhere.csv"))
    assert rules(made) == [("file-missing", "notice.md", 5)]
    made.write({f"{FOLDER}/list.csv": "标题,清理结果\n" + "丙,废止\n" * 20_001})
    made.write({f"{FOLDER}/notice.md": files()[f"{FOLDER}/notice.md"]})
    assert ("cleanup-list", "list.csv", 20_002) in rules(made)
    made.write({f"{FOLDER}/list.csv": b"," * (4 * 1024 * 1024 + 1)})
    assert rules(made) == [("table-file", "list.csv", 1)]


def test_what_is_private_is_not_suggested_nor_told(column: MakeColumn) -> None:
    hidden = entry(
        "绝不公开的名称", attribute="withheld", reason="14-1", title_open="false", doc_no="示例发〔2019〕7号"
    )
    made = column({**files("标题,清理结果\n绝不公开的名称甲,废止\n"), f"{FOLDER}/hidden.md": hidden})
    (problem,) = (problem for problem in inspect(made.root, TODAY) if problem.rule == "cleanup-unknown")
    assert "绝不公开的名称" not in str(problem.hint)
    made.write({f"{FOLDER}/list.csv": "标题,文号,清理结果\n绝不公开的名称,示例发〔2019〕7号,废止\n"})
    made.build()
    page = made.text("statutory/normative/notice.html")
    assert "withheld-" not in page.partition('<table class="gk-records">')[2], (
        "the list tells nothing of the hidden entry"
    )
