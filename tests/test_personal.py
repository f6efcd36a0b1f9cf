"""Personal data and secrecy marks: what is found, what only looks so, and what is said of it."""

import datetime
import io
import time

import pytest

from gkssg.build import inspect
from gkssg.cli import main
from gkssg.language import Speaker
from gkssg.personal.find import find
from gkssg.personal.lists import find_lists
from gkssg.personal.numbers import is_card, is_credit_code, is_resident_id
from gkssg.personal.secrecy import find_marks
from gkssg.report import as_text

from conftest import TODAY, MakeColumn, entry

ID = "11010519491231002X"
"""The example of GB 11643."""
CARD = "6222021001116245702"
POLICY = "content/statutory/policy"


def found(text: str, label: str = "") -> list[tuple[str, str]]:
    """Give what is found: its kind, and how it looks masked."""
    return [(finding.kind.value, finding.masked) for finding in find(text, label)]


def said(column: MakeColumn, files: dict[str, str | bytes]) -> list[str]:
    """Give the first line of each problem of a column."""
    lines = as_text(inspect(column(files).root, TODAY), Speaker("en")).splitlines()
    return [line for line in lines if not line.startswith(" ")]


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        (f"身份证号码：{ID}", "resident-id", "110105********002X"),
        ("110105 1949 1231 002x", "resident-id", "110105********002x"),
        ("公民身份号码1101 0519 4912 3100 2X", "resident-id", "110105********002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "resident-id", "110105********002X"),
        (f"学籍号G{ID}", "resident-id", "110105********002X"),
        ("110105491231002", "resident-id", "110105*****1002"),
        ("示例甲13800138000", "mobile", "138****8000"),
        ("电话：+86 138-0013-8000", "mobile", "138****8000"),
        ("手机138 0013 8000，传真0000-00000000", "mobile", "138****8000"),
        ("00000000/13800138000", "mobile", "138****8000"),
        (CARD, "card", "***************5702"),
        ("6222 0210 0111 6245 702", "card", "***************5702"),
        ("账号4111111111111111", "card", "************1111"),
        ("护照号码E12345678", "passport", "E*****678"),
        ("EA1234567（护照）", "passport", "E*****567"),
        ("港澳居民来往内地通行证H12345678", "passport", "H*****678"),
        ("车牌号码京A12345", "plate", "京A***45"),
        ("粤B·D12345", "plate", "粤B***45"),
        ("苏A1234挂", "plate", "苏A***4挂"),
        ("家住示例市示例区示例街道示例路12号。", "address", "示例市示例区示例街道***"),
        ("住址：示例县示例镇示例村3组12号", "address", "示例县示例镇***"),
        ("示例小区3号楼2单元501室", "address", "***"),
        ("13800138000@139.com", "email", "1***@139.com"),
    ],
)
def test_personal_data_are_found_and_masked(text: str, kind: str, masked: str) -> None:
    assert found(text) == [(kind, masked)]


@pytest.mark.parametrize(
    "text",
    [
        "索引号：114403006955506492/2021-00426",
        "统一社会信用代码91110000100000201F，11440300695550649X",
        "统一社会信用代码：121101051949123108",
        "示政发〔2026〕13号，国务院令第711号，GB 11643—1999",
        "示例区示例路1号3号楼305室，电话0000-00000000、12345、400-000-0000",
        "金额13800138000元，13800138000.50，13,800,138,000",
        "项目代码2026-110105-48-01-123456，编号13800138000，1.13800138000",
        "合同编号6222021001116245702",
        "纳税人识别号110105491231002",
        "110105194913310021，110105194912310021，990105194912310021",
        "138 0013 8000 4521 7789",
        f"已打码：{ID[:6]}********{ID[-4:]}、138****8000、张*",
        "https://www.example.gov.cn/art/20160307111005020230.html",
        "粤B2-20090059，京ICP备00000000号，型号E12345678",
        "电子邮箱：12345678@qq.com，office@163.com",
        "居住地派出所（示政发〔2026〕8号）",
        "标注“机密★”的文件，4111111111111112",
    ],
)
def test_what_only_looks_so_is_not_found(text: str) -> None:
    assert found(text) == []


def test_a_column_says_what_stands_under_it() -> None:
    assert found("E12345678", "护照号") == [("passport", "E*****678")]
    assert found("示例路8号", "家庭住址") == [("address", "***")]
    assert found("13800138000", "预算金额（元）") == []
    assert found("| 姓名 | 邮箱 |\n|---|---|\n| 张三 | zhangsan@qq.com |") == [("email", "z***@qq.com")]
    assert found("| 护照 | 型号 |\n|---|---|\n| E12345678 | E23456789 |") == [("passport", "E*****678")]


def test_each_table_has_its_own_heads() -> None:
    rows = "| 甲 | E12345678 |\n" * 3
    text = f"| 姓名 | 护照 |\n|---|---|\n{rows}\n文\n\n| 品名 | 型号 |\n|---|---|\n{rows}\n| 姓名 | 护照 |\n{rows}"
    assert found(text) == [("passport", "E*****678")] * 6


@pytest.mark.parametrize(
    "piece",
    [
        "| 甲 | 〔2026〕1号 | E12345678 |\n",
        "13800138000 ",
        "1 ",
        "1-",
        "★",
        "<tr><td",
        "住址",
        "内部",
        "a@qq.com",
        "1号室",
        "A",
    ],
)
def test_no_text_takes_longer_than_its_length(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        for _ in (*find(text), *find_lists(text), *find_marks(text)):
            pass
        return time.process_time() - start

    assert seconds(400_000) < 0.2 + 8 * min(seconds(100_000) for _ in range(2))


def test_check_digits() -> None:
    assert is_resident_id(ID)
    assert not is_resident_id("110105194912310021")
    assert is_credit_code("91110000100000201F") is False
    assert is_credit_code("114403006955506492")
    assert is_card("4111111111111111")
    assert not is_card("4111111111111112")


def test_lists_of_minors_and_of_the_sick_are_found() -> None:
    def lists(text: str) -> list[tuple[str, str, int]]:
        return [(finding.kind.value, finding.masked, finding.start) for finding in find_lists(text)]

    head = "| 序号 | 姓名 | 学籍号 |\n|---|---|---|\n"
    assert lists(f"前\n\n{head}| 1 | 张三 | G1 |\n| 2 | 李四 | G2 |\n") == [("minors", "姓名、学籍号", len(head) + 3)]
    assert lists("| 姓名 | 病名 |\n|---|---|\n| 张三 | 高血压 |")[0][:2] == ("health", "姓名、病名")
    html = "<table><tr><th>患者</th><th>诊断</th></tr><tr><td>张三</td><td>骨折</td></tr></table>"
    assert lists(html)[0][0] == "health"
    for harmless in (
        f"{head}| 1 | 张* | G1 |",
        f"{head}| 1 |  |  |",
        "| 姓名 | 职务 |\n|---|---|\n| 张三 | 局长 |",
        "| 病种 | 标准 |\n|---|---|\n| 高血压 | 300元 |",
    ):
        assert lists(harmless) == []


def test_secrecy_marks_are_found_as_marks_only() -> None:
    def marks(text: str) -> list[str]:
        return [finding.masked for finding in find_marks(text)]

    assert marks("000001\n机密★1年\n特急") == ["机密★1年"]
    assert marks("**绝 密 ★ 长期**") == ["绝密★长期"]
    assert marks("秘密★　　示例区人民政府") == ["秘密★"]
    assert marks("内部资料　注意保存") == ["内部资料注意保存"]
    assert marks("（内部文件）") == ["内部文件"]
    assert marks("标注“机密★”的文件，一律不得上网；内部资料不得外传。\n内部文件管理规定\n机密文件") == []


def test_each_place_of_a_content_file_is_looked_at(column: MakeColumn) -> None:
    text = entry(
        "示例甲13800138000补贴",
        f"甲\n\n身份证{ID}。\n\n内部资料",
        summary="账号4111111111111111",
        keywords="[京A12345]",
    )
    assert said(column, {f"{POLICY}/a.md": text}) == [
        f"{POLICY}/a.md:2:11: error: here is a mobile phone number: 138****8000 [personal-data]",
        f"{POLICY}/a.md:4:12: error: here is a bank card number: ************1111 [personal-data]",
        f"{POLICY}/a.md:5:12: error: here is a number plate: 京A***45 [personal-data]",
        f"{POLICY}/a.md:9:4: error: here is a resident ID number: 110105********002X [personal-data]",
        f"{POLICY}/a.md:11:1: error: the text is marked “内部资料” [secrecy-mark]",
    ]


def test_the_problem_names_the_remedy_and_is_translated(column: MakeColumn) -> None:
    root = column({f"{POLICY}/a.md": entry("甲", "电话13800138000")}).root
    assert as_text(inspect(root, TODAY), Speaker("zh")) == (
        f"{POLICY}/a.md:5:3: 错误: 这里有手机号码：138****8000 [personal-data]\n"
        "    用 gkssg mask 文件名 打码，或者删去；依法应当公开的，在要素区写明依据："
        "# gkssg: allow personal-data because 某法第几条\n"
    )


def test_contacts_of_an_organ_are_its_own(column: MakeColumn) -> None:
    organ = entry("示例局", "见上。", kind="organ", phone="13800138000", email="13800138000@139.com")
    assert said(column, {"content/statutory/organs/a.md": organ}) == []


def test_names_of_files_are_looked_at(column: MakeColumn) -> None:
    text = entry("甲", annexes=f"[名单-{ID}.txt, A1_13900139000.txt]")
    files = {f"{POLICY}/{name}": "文" for name in (f"名单-{ID}.txt", "A1_13900139000.txt")}
    lines = said(column, {f"{POLICY}/张三_13800138000.md": text, **files})
    assert [line.partition(":")[2] for line in lines] == [
        "1:1: error: in the name of this file is a mobile phone number: 138****8000 [personal-data]",
        "4:14: error: here is a resident ID number: 110105********002X [personal-data]",
        "4:38: error: in the name of this file is a mobile phone number: 139****9000 [personal-data]",
    ]


def test_records_of_a_ledger_are_looked_at(column: MakeColumn) -> None:
    plan = entry("2026年工作要点", "一、示例任务。（责任单位：示例局）", ledger="quarterly", published="2026-01-05")
    files: dict[str, str | bytes] = {
        f"{POLICY}/a.md": plan,
        f"{POLICY}/a.ledger.csv": "编号,期间,状态,进展\n一,2026-Q1,进行中,联系张三13800138000\n",
    }
    assert [line for line in said(column, files) if "personal" in line] == [
        f"{POLICY}/a.ledger.csv:2:1: error: here is a mobile phone number: 138****8000 [personal-data]"
    ]


def test_of_what_is_not_open_only_the_open_title_is_looked_at(column: MakeColumn) -> None:
    facts = {"attribute": "withheld", "reason": "甲", "review_by": "2027-01-01"}
    title = "张三13800138000的申请"
    text = entry(title, f"身份证{ID}\n\n机密★", **facts)
    assert said(column, {f"{POLICY}/a.md": text}) == [
        f"{POLICY}/a.md:2:8: error: here is a mobile phone number: … [personal-data]"
    ]
    assert said(column, {f"{POLICY}/a.md": entry(title, ID, title_open="no", **facts)}) == []


def test_what_was_found_is_found_again_in_an_unchanged_file(column: MakeColumn) -> None:
    made = column({f"{POLICY}/a.md": entry("甲", "电话13800138000")})
    cache = made.root / "cache"
    first = inspect(made.root, TODAY, cache=cache)
    assert inspect(made.root, TODAY + datetime.timedelta(1), cache=cache) == first != ()
    assert b"13800138000" not in repr(first).encode()


def test_a_file_is_masked_and_nothing_else_of_it_changes(
    column: MakeColumn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"---\r\ntitle: 甲\r\nattribute: active\r\n---\r\n张三，{ID}，138-0013-8000。\r\n"
    root = column({f"{POLICY}/a.md": text}).root
    file = root / POLICY / "a.md"
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert main(["--lang", "en", "mask", str(file)]) == 1
    assert file.read_bytes() == text.encode()
    assert capsys.readouterr().out == (
        f"{file}:5: a resident ID number becomes 110105********002X\n"
        f"{file}:5: a mobile phone number becomes 138****8000\n"
    )
    assert main(["mask", "--yes", str(file)]) == 0
    wanted = text.replace(ID, "110105********002X").replace("138-0013-8000", "138****8000")
    assert file.read_bytes() == wanted.encode()
    assert main(["mask", str(file)]) == 0
    assert [problem.rule for problem in inspect(root, TODAY)] == ["line-ends"]


def test_what_cannot_be_masked_is_left_alone(column: MakeColumn, capsys: pytest.CaptureFixture[str]) -> None:
    root = column({"content/a.xlsx": b"PK", "content/b.txt": "电话13800138000".encode("gb18030")}).root
    assert main(["--lang", "en", "mask", str(root / "content/a.xlsx")]) == 2
    assert main(["--lang", "en", "mask", "--yes", str(root / "content/b.txt")]) == 2
    said = capsys.readouterr().err
    assert "in the program that made it" in said
    assert "is not UTF-8" in said
    assert (root / "content/b.txt").read_bytes() == "电话13800138000".encode("gb18030")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_nothing_that_is_printed_shows_personal_data_whole(
    column: MakeColumn, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    table = "| 姓名 | 护照 |\n|---|---|\n| 张三（ | E12345678 |"
    body = f"甲 )身份证{ID}]，（电话13800138000\n\n[乙](名单-{ID}.md)\n\n{table}"
    root = column({f"{POLICY}/a.md": entry("甲", body, annexes="[表-13900139000.csv]")}).root
    assert main(["-C", str(root), "check", "--format", form, "--today", str(TODAY)]) == 1
    printed = capsys.readouterr().out
    for whole, masked in ((ID, "********002X"), ("13800138000", "138****8000"), ("13900139000", "139****9000")):
        assert whole not in printed
        assert masked in printed
    assert "E12345678" not in printed
    assert "link-broken" in printed
    assert "file-missing" in printed


def test_a_file_is_exempt_for_a_reason_with_its_annexes_but_not_from_secrecy(column: MakeColumn) -> None:
    text = entry("甲", "电话13800138000。\n\n机密★", annexes="[表.csv]").replace(
        "---\n", "---\n# gkssg: allow personal-data because 示例法第一条\n", 1
    )
    made = column({f"{POLICY}/a.md": text, f"{POLICY}/表.csv": "姓名,手机\n张三,13800138000\n"})
    assert [(problem.rule, problem.place.line) for problem in inspect(made.root, TODAY)] == [
        ("allowed", 2), ("secrecy-mark", 9),
    ]  # fmt: skip
