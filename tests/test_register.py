"""规章库、行政规范性文件库: tables by state, complete without script, cut by year where there are many."""

import csv
import datetime
import io
import re

import pytest

from gkssg.build import inspect
from gkssg.problem import Problem
from gkssg.site import register

from conftest import TODAY, Column, MakeColumn, entry

FOLDER = "content/statutory/normative"


def normative(title: str, number: int, year: int = 2020, **fields: str) -> str:
    """Give a normative document with everything it needs."""
    facts = {
        "normative": "true",
        "doc_no": f"示例发〔{year}〕{number}号",
        "issuer": "示例区人民政府",
        "written": f"{year}-01-05",
        "published": f"{year}-01-06",
        "effective": f"{year}-02-01",
    }
    return entry(title, **{**facts, **fields})


FILES = {
    f"{FOLDER}/a.md": normative("甲", 1),
    f"{FOLDER}/b.md": normative("乙", 2, expires="2025-12-31"),
    f"{FOLDER}/c.md": normative("丙", 3, 2026, repeals="statutory/normative/d", published="2026-03-01"),
    f"{FOLDER}/d.md": normative("丁", 4),
    f"{FOLDER}/e.md": normative("戊", 5, 2026, effective="2027-01-01"),
    f"{FOLDER}/f.md": normative("己", 6, 2026, amends="statutory/normative/g"),
    f"{FOLDER}/g.md": normative("庚", 7),
    f"{FOLDER}/h.md": entry("不是规范性文件"),
    f"{FOLDER}/i.md": normative("辛", 8, attribute="on-request", reason="16-2"),
    "content/statutory/regulations/r.md": entry("某规章"),
}


def titles(made: Column, page: str) -> list[str]:
    """Give the titles in the table of a page."""
    return re.findall(r'<th scope="row"><a href="[^"]+">(.*?)</a>', made.text(page))


def shelves(made: Column, page: str) -> list[tuple[str, str, int]]:
    """Give what the page leads to above its table."""
    found = re.findall(r'<li><a href="([^"]+)"(?: aria-current="page")?>([^<]+) <span>(\d+)</span>', made.text(page))
    return [(address, name, int(count)) for address, name, count in found]


def test_each_state_has_its_table_and_what_is_in_force_comes_first(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    assert shelves(made, "statutory/normative/register.html") == [
        ("register.html", "现行有效", 3),
        ("register-amended.html", "已修改", 1),
        ("register-pending.html", "尚未生效", 1),
        ("register-repealed.html", "已废止", 1),
        ("register-expired.html", "已失效", 1),
    ]
    found = {
        name: titles(made, f"statutory/normative/{name}")
        for name, _, _ in shelves(made, "statutory/normative/register.html")
    }
    assert found == {
        "register.html": ["丙", "己", "甲"],
        "register-amended.html": ["庚"],
        "register-pending.html": ["戊"],
        "register-repealed.html": ["丁"],
        "register-expired.html": ["乙"],
    }
    assert 'href="register.html"' in made.text("statutory/normative/index.html")
    assert shelves(made, "statutory/regulations/register.html")[-1] == ("register-unstated.html", "未标注", 1)


def test_a_row_has_every_fact(column: MakeColumn) -> None:
    made = column({f"{FOLDER}/b.md": normative("乙", 2, expires="2030-12-31")})
    made.build()
    row = made.text("statutory/normative/register.html").partition("<tbody>")[2].partition("</tbody>")[0]
    text = re.sub(r"<[^>]+>", "|", row)
    assert [part for part in re.split(r"[|\s]+", text) if part] == [
        "1",
        "乙",
        "示例发〔2020〕2号",
        "示例区人民政府",
        "2020-01-05",
        "2020-02-01",
        "2030-12-31",
        "现行有效",
    ]


def test_the_file_has_all_states(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    rows = list(csv.DictReader(io.StringIO(made.text("statutory/normative/register.csv").removeprefix("\ufeff"))))
    states = {row["标题"]: row["有效性"] for row in rows}
    assert states == {
        "甲": "现行有效",
        "乙": "已失效",
        "丙": "现行有效",
        "丁": "已废止",
        "戊": "尚未生效",
        "己": "现行有效",
        "庚": "已修改",
    }
    assert {row["地址"] for row in rows} == {f"statutory/normative/{name}.html" for name in "abcdefg"}


def test_an_empty_register_is_not_made(column: MakeColumn) -> None:
    made = column({f"{FOLDER}/h.md": entry("不是规范性文件")})
    made.build()
    assert [path for path in made.files() if "register" in path and "theme" not in path] == []


def test_many_documents_are_parted_by_years_that_stay(column: MakeColumn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "MOST_ROWS", 3)
    files = {
        f"{FOLDER}/{year}-{n}.md": normative(f"{year}之{n}", n, year) for year in (2018, 2020, 2021) for n in (1, 2)
    }
    made = column({**files, **{f"{FOLDER}/2019-{n}.md": normative(f"2019之{n}", n, 2019) for n in range(1, 8)}})
    made.build()
    page = "statutory/normative/register.html"
    years = [shelf for shelf in shelves(made, page) if "年" in shelf[1]]
    assert [(name, count) for _, name, count in years] == [("2021年", 2), ("2020年", 2), ("2019年", 7), ("2018年", 2)]
    assert titles(made, page) == ["2021之2", "2021之1"]
    seen = [title for address in made.files() if "register-valid-" in address for title in titles(made, address)]
    assert set(seen) == {f"{year}之{n}" for year in (2018, 2020, 2021) for n in (1, 2)} | {
        f"2019之{n}" for n in range(1, 8)
    }
    assert max(len(titles(made, address)) for address in made.files() if "register-valid-" in address) < 6
    before = {path: data for path, data in made.files().items() if "register-valid-20" in path}
    made.write({f"{FOLDER}/2021-3.md": normative("2021之3", 3, 2021)})
    made.build()
    after = made.files()
    assert [path for path, data in before.items() if after[path] != data] == [
        "statutory/normative/register-valid-2021.html"
    ]


def faults(made: Column) -> list[Problem]:
    """Give what is wrong with normative documents."""
    return [problem for problem in inspect(made.root, TODAY) if problem.rule.startswith("normative")]


NEEDED = ("doc_no", "issuer", "written", "published")


@pytest.mark.parametrize("name", NEEDED)
def test_a_normative_document_without_a_fact_is_an_error(column: MakeColumn, name: str) -> None:
    lines = normative("甲", 1).splitlines(keepends=True)
    made = column({f"{FOLDER}/a.md": "".join(line for line in lines if not line.startswith(f"{name}:"))})
    (problem,) = faults(made)
    assert (problem.rule, problem.severity, problem.place.line) == ("normative-facts", "error", 4)
    assert name in str(problem.message)


def test_a_normative_document_needs_a_text_and_should_say_from_when(column: MakeColumn) -> None:
    text = normative("甲", 1).replace("正文。\n", "").replace("effective: 2020-02-01\n", "")
    made = column({f"{FOLDER}/a.md": text})
    assert [(p.rule, p.severity.value) for p in faults(made)] == [
        ("normative-facts", "error"),
        ("normative-effective", "warning"),
    ]


def test_a_state_that_changes_remakes_the_first_pages_only(column: MakeColumn) -> None:
    made = column(FILES)
    made.build(today=datetime.date(2026, 12, 31))
    report = made.build(today=datetime.date(2027, 1, 1))
    pages = {path for path, _ in report.made if "register" in path}
    fronts = {f"register{name}.html" for name in ("", "-amended", "-pending", "-repealed", "-expired")}
    assert pages == {f"statutory/normative/{name}" for name in (*fronts, "register.csv")}
