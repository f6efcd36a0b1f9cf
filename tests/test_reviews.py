"""Reviews: a record is bound to what was approved, important entries need all of them, and none is published."""

from collections.abc import Callable
import datetime
from pathlib import Path

import pytest

from gkssg.build import inspect
from gkssg.cli import main
from gkssg.language import Speaker
from gkssg.report import as_text

from conftest import COLUMN, TODAY, Column, MakeColumn, entry, picture

FILE = "content/statutory/policy/a.md"
STEPS = ("初审", "复审", "终审", "保密审查")


def said(root: Path, today: datetime.date = TODAY) -> str:
    """Say everything that is wrong with a column."""
    return as_text(inspect(root, today), Speaker("en"))


def review(root: Path, step: str = "初审", person: str = "示例甲", *more: str) -> int:
    """Run ``gkssg review``."""
    arguments = ["-C", str(root), "--lang", "en", "review", str(root / FILE), "--step", step, "--person", person]
    return main([*arguments, "--today", "2026-11-18", *more])


def reviewed(made: Column) -> Column:
    """Give the column with all four reviews of its entry, by four persons."""
    for step, person in zip(STEPS, "甲乙丙丁", strict=True):
        assert review(made.root, step, f"示例{person}") == 0
    return made


@pytest.fixture
def annexed(column: MakeColumn) -> Column:
    """Give a column with an entry that has an annex and a picture."""
    return column(
        {
            FILE: entry("甲", "正文。\n\n![图](p.png)", annexes="[x.txt]", keywords="[一, 二]"),
            "content/statutory/policy/x.txt": "附件",
            "content/statutory/policy/p.png": picture(),
        }
    )


VOID = "    have it reviewed again and record that: gkssg review content/statutory/policy/a.md --step … --person …\n"


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("正文。", "正文，改了。"),
        lambda text: text.replace("title: 甲", "title: 乙"),
        lambda text: text.replace("[一, 二]", "[二, 一]"),
        lambda text: text.replace("attribute: active", "attribute: active\ngenre: 通知"),
    ],
)
def test_any_edit_makes_the_review_void(annexed: Column, edit: Callable[[str], str]) -> None:
    assert review(annexed.root) == 0
    assert said(annexed.root) == ""
    path = annexed.root / FILE
    text = path.read_text("utf-8")
    path.write_text(edit(text), "utf-8")
    line = next(n for n, line in enumerate(edit(text).split("\n"), 1) if "step:" in line)
    assert said(annexed.root) == (
        f"{FILE}:{line}:5: warning: what was approved on 2026-11-18 was changed since (First review) [approval-void]\n"
        + VOID
    )
    path.write_text(text, "utf-8")
    assert said(annexed.root) == ""


@pytest.mark.parametrize("file", ["x.txt", "p.png"])
def test_another_annex_or_picture_makes_the_review_void(annexed: Column, file: str) -> None:
    assert review(annexed.root) == 0
    annexed.build()
    other = b"\xe9\x99\x84" if file == "x.txt" else picture(size=(41, 30))
    annexed.write({f"content/statutory/policy/{file}": other})
    assert "approval-void" in "".join(problem.rule for problem in annexed.build().problems)


def test_what_no_reader_sees_makes_nothing_void(annexed: Column) -> None:
    assert review(annexed.root) == 0
    path = annexed.root / FILE
    front, fence, body = path.read_text("utf-8").removeprefix("---\n").partition("---\n")
    lines = front.splitlines()
    lines.insert(0, "# 说明")
    lines.insert(1, lines.pop(2))  # another order of keys
    changed = "\n".join(lines).replace("title: 甲", 'title: "甲"   # 标题').replace("[一, 二]", "\n  - 一\n  - 二")
    path.write_text(f"---\n{changed}\n{fence}{body}\n\n", "utf-8")
    assert said(annexed.root) == ""


FORMS = {
    "none": ("", "reviews:\n  - NEW\n"),
    "block": ("reviews:\n  - OLD\n\n# 说明\n", "reviews:\n  - OLD\n  - NEW\n\n# 说明\n"),
    "unindented": ("审核:\n- OLD\nsource: 别处\n", "审核:\n- OLD\n- NEW\nsource: 别处\n"),
    "mappings": (
        "reviews:\n  - step: 初审\n    person: 示例\n    date: 2026-11-01\n# 说明\nsource: 别处\n",
        "reviews:\n  - step: 初审\n    person: 示例\n    date: 2026-11-01\n  - NEW\n# 说明\nsource: 别处\n",
    ),
    "folded": (
        (
            "reviews:\n  - step: 初审\n    person: 示例\n    date: 2026-11-01\n    opinion: >\n      同\n      意\n"
            "source: 别处\n"
        ),
        (
            "reviews:\n  - step: 初审\n    person: 示例\n    date: 2026-11-01\n    opinion: >\n      同\n      意\n"
            "  - NEW\nsource: 别处\n"
        ),
    ),
    "flow": ("reviews: [OLD]  # 说明\n", "reviews: [OLD, NEW]  # 说明\n"),
    "lines": ("reviews: [\n  OLD\n]\n", "reviews: [\n  OLD\n, NEW]\n"),
    "empty": ("reviews: []\n", "reviews: [NEW]\n"),
    "nothing": ("reviews:   # 说明\nsource: 别处\n", "reviews:   # 说明\n  - NEW\nsource: 别处\n"),
    "one": ("reviews: OLD\n", "reviews: [OLD, NEW]\n"),
}
OLD = "{step: 初审, person: 示例乙, date: 2026-11-01}"
NEW = '{step: 复审, person: 示例甲, date: 2026-11-18, result: 通过, opinion: "同意，见 “附件”: #1", digest: "'


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("form", FORMS)
def test_a_record_is_put_in_however_the_front_matter_is_written(column: MakeColumn, form: str, ends: str) -> None:
    before, after = (text.replace("OLD", OLD) for text in FORMS[form])
    around = ("---\ntitle: 甲\nattribute: active\n", "---\n\n正文。\n---\n尾。\n")
    made = column({FILE: before.join(around).replace("\n", ends).encode()})
    assert review(made.root, "二审", "示例甲", "--opinion", "同意，见 “附件”: #1") == 0
    text = (made.root / FILE).read_bytes().decode()
    digest = text.partition('digest: "')[2][:40]
    assert text == after.join(around).replace("NEW", f'{NEW}{digest}"}}').replace("\n", ends)
    assert "approval" not in said(made.root)


def test_what_cannot_be_written_is_left_as_it_is(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    text = entry("甲").replace("attribute", "reviews:\n  step: 初审\n  person: 示例\n  date: 2026-11-01\nattribute")
    made = column({FILE: text})
    assert review(made.root) == 1
    assert (made.root / FILE).read_text("utf-8") == text
    digest = "{step: 初审, person: 示例甲, date: 2026-11-18, result: 通过, digest:"
    assert capsys.readouterr().err.startswith(
        f"{FILE}:1:1: error: the record cannot be put into this front matter [review]\n"
        f"    add it to reviews（审核）by hand: {digest}"
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            entry("甲", attribute="withheld", reason="14-1"),
            (
                f"{FILE}:3:12: error: a review approves the publication, and this entry is not to be published"
                " [review]\n"
                "    write attribute: active first; what is not reviewed yet is not built"
                " where column.yml wants reviews\n"
            ),
        ),
        (
            entry("甲", annexes="[x.txt]"),
            (
                f"{FILE}:4:11: error: there is no file “statutory/policy/x.txt”, so nobody can have reviewed it"
                " [review]\n"
                "    put the file there, or correct its path\n"
            ),
        ),
        (entry("甲", published="2026-13-01"), "[date]"),
    ],
)
def test_what_cannot_be_reviewed_is_told(
    column: MakeColumn, capsys: pytest.CaptureFixture[str], text: str, complaint: str
) -> None:
    made = column({FILE: text})
    assert review(made.root) == 1
    assert complaint in capsys.readouterr().err
    assert (made.root / FILE).read_text("utf-8") == text


@pytest.mark.parametrize(
    "arguments", [(), ("--step", "初审"), ("--step", " ", "--person", "甲"), ("--step", "初审", "--person", "")]
)
def test_a_review_has_a_step_and_a_person(column: MakeColumn, arguments: tuple[str, ...]) -> None:
    made = column({FILE: entry("甲")})
    with pytest.raises(SystemExit, match="2"):
        main(["-C", str(made.root), "review", str(made.root / FILE), *arguments])


WANTED = COLUMN + "reviews: {for: [规范性文件, report], since: 2026-11-01}\n"
MISSING = (
    "    have it reviewed and record that: gkssg review content/statutory/policy/a.md --step … --person …;"
    " a record without a digest does not count\n"
)


def test_important_entries_are_not_built_without_all_reviews(column: MakeColumn) -> None:
    facts = {
        "normative": "true",
        "issuer": "示例区人民政府",
        "doc_no": "示政发〔2026〕1号",
        "published": "2026-11-01",
        "effective": "2026-12-01",
        "written": "2026-10-30",
    }
    made = column({"content/column.yml": WANTED, FILE: entry("甲", **facts)})
    before = said(made.root)
    assert (
        f"{FILE}:3:12: error: reviews are missing: First review, Second review, Final review, Secrecy review"
        f" [approval-missing]\n{MISSING}"
    ) in before
    assert made.try_build().failed
    assert review(made.root) == 0
    assert review(made.root, "保密审查") == 0
    assert (
        f"{FILE}:11:3: error: reviews are missing: Second review, Final review [approval-missing]\n{MISSING}"
    ) in said(made.root)
    assert review(made.root, "复审", "示例 甲") == 0
    assert review(made.root, "终审", "示例丙") == 0
    assert (
        f"{FILE}:13:5: error: one person did two of the reviews: First review, Second review [approval-person]\n"
        "    have another person do one of them\n"
    ) in said(made.root)
    assert review(made.root, "二审二校", "示例乙") == 0
    assert "approval" not in said(made.root)
    made.build()
    text = (made.root / FILE).read_text("utf-8")
    (made.root / FILE).write_text(text.replace("正文。", "正文，改了。"), "utf-8")
    found = said(made.root)
    assert found.count(" error: what was approved ") == 4
    assert made.try_build().failed


def test_which_entries_are_important_the_column_says(column: MakeColumn) -> None:
    made = column({"content/column.yml": WANTED})
    for fields, wanted in (
        ({"published": "2026-11-02"}, False),
        ({"published": "2026-11-02", "normative": "true"}, True),
        ({"published": "2026-10-31", "normative": "true"}, False),
        ({"normative": "true"}, True),
        ({"kind": "report", "year": "2025", "published": "2026-11-02"}, True),
        ({"kind": "report", "year": "2025", "attribute": "withheld", "reason": "14-1"}, False),
    ):
        made.write({FILE: entry("甲", **fields)})
        assert ("approval-missing" in said(made.root)) is wanted, fields
    made.write({"content/column.yml": COLUMN + "审核: {适用范围: 全部}\n", FILE: entry("甲")})
    assert "approval-missing" in said(made.root)
    made.write({"content/column.yml": COLUMN + "reviews: {for: important}\n", FILE: entry("甲", important="true")})
    assert "approval-missing" in said(made.root)


def test_a_record_without_a_digest_does_not_count(column: MakeColumn) -> None:
    records = ", ".join(f"{{step: {step}, person: 示例{n}, date: 2026-11-02}}" for n, step in enumerate(STEPS))
    made = column({FILE: entry("甲", reviews=f"[{records}]")})
    assert said(made.root) == "", "no more is asked for here"
    made.write({"content/column.yml": COLUMN + "reviews: {for: document}\n"})
    assert said(made.root).startswith(f"{FILE}:4:10: error: reviews are missing: First review, Second review, ")


def test_what_was_returned_is_not_published(annexed: Column) -> None:
    assert review(annexed.root, "复审", "示例甲", "--result", "returned", "--opinion", "附件有身份证号") == 0
    assert said(annexed.root) == (
        f"{FILE}:7:5: error: it was returned on 2026-11-18 (Second review), and it is open [approval-refused]\n"
        "    mend it and have that step done again, or take attribute: active away\n"
    )
    assert annexed.try_build().failed
    annexed.write({"content/statutory/policy/x.txt": "改了的附件"})
    assert review(annexed.root, "复审", "示例甲") == 0
    assert said(annexed.root) == ""


def test_a_review_again_makes_it_good(annexed: Column) -> None:
    reviewed(annexed)
    annexed.write({"content/statutory/policy/x.txt": "另一个附件"})
    assert said(annexed.root).count("approval-void") == 4
    reviewed(annexed)
    assert said(annexed.root) == ""
    assert (annexed.root / FILE).read_text("utf-8").count("digest: ") == 8, "the old records stay"


def test_the_digest_is_no_matter_of_the_cache(annexed: Column, tmp_path: Path) -> None:
    cache = tmp_path / "kept"
    assert review(annexed.root) == 0
    for text in ("附件", "另一个", "附件"):
        annexed.write({"content/statutory/policy/x.txt": text})
        with_cache, without = (annexed.try_build(cache=cache), annexed.try_build("other"))
        assert [p.rule for p in with_cache.problems] == [p.rule for p in without.problems]
        assert len(without.problems) == (text != "附件")
