"""The sample column gives its five source documents and two regulations word for word.

The sources lie outside the repository, in ``../shared``; without them these tests are skipped.
Both sides are folded in the same way (see :func:`fold`), the changes that cleaning made on purpose
are listed one by one below (:data:`SEEDS`), and what remains must be equal, character for character
and in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import gzip
from itertools import takewhile
import json
from pathlib import Path
import re
import unicodedata

import pytest
import yaml

CONTENT = Path(__file__).resolve().parents[1] / "content"
SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED_FOLDER = SHARED / "seeds"
LAWS = SHARED / "corpus" / "laws.jsonl.gz"

pytestmark = pytest.mark.skipif(
    not (SEED_FOLDER.is_dir() and LAWS.is_file()),
    reason="the source documents are not here (../shared)",
)

LOST_TABLE = "〔原网页此处为表格，来源文本中已缺失〕"
DAMAGED = "〔原件此处缺损〕"

QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "〔": "[", "〕": "]"})
MARKS = re.compile(r"^(?:#{1,6} |:::.*$)|\*\*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of the source and what stands in its place; each piece occurs exactly once."""

    found: str
    put: str
    why: str


@dataclass(frozen=True, slots=True)
class Seed:
    """A source document, the content file made of it, and what cleaning changed.

    ``title`` is the title as the source has it. It is taken out of the text, because the page shows it as its
    heading, unless ``title_stays``: then it stands inside the text as well.
    """

    source: str
    path: str
    title: str
    changes: tuple[Change, ...]
    title_stays: bool = False


SEEDS = (
    Seed(
        "000_7f0f6438a0fd0e23.txt",
        "statutory/policy/2019-tianqiao-yaodian.md",
        "2019年济南市天桥区政务公开工作要点",
        (
            Change("[bookmark: _GoBack]", "", "a bookmark of the word processor"),
            Change("向社会公开。\n\n\n11", "向社会公开。", "page number"),
        ),
    ),
    Seed(
        "001_7855857b27222a3b.txt",
        "rules/2019-kuancheng-fangan.md",
        "2019年宽城区政务公开工作实施方案",
        (
            Change("登录| 注册", "", "login bar"),
            Change(
                "宽城区政府信息公开专栏 >> 宽城区人民政府办公室 >> 政府信息公开制度",
                "",
                "breadcrumb",
            ),
        ),
    ),
    Seed(
        "002_57b37b1071a1e5ed.txt",
        "statutory/policy/2023-liaocheng-yaodian.md",
        "聊城市人民政府办公室 关于印发聊城市 2023 年政务公开工作要点的 通 知",
        (
            Change("— 5 —", "", "page number"),
            Change("- (一)继续实行", "(一)继续实行", "list dash of the text recognition"),
            Change("- (二)深入推动", "(二)深入推动", "list dash of the text recognition"),
            Change("- (三)开展全方位", "(三)开展全方位", "list dash of the text recognition"),
            Change("- (四)强化政务", "(四)强化政务", "list dash of the text recognition"),
            Change("市人大常委会 委机关", f"市人大常委会{DAMAGED}委机关", "imprint unreadable"),
            Change("法院,市村", f"法院,市{DAMAGED}", "imprint cut: 村 is half a character"),
            Change("月26日1", f"月26日{DAMAGED}", "imprint cut: 1 is half a character"),
        ),
    ),
    Seed(
        "003_39cedbc4c057cd39.txt",
        "reports/2019-laiwu.md",
        "济南市莱芜区2019年政府信息公开工作年度报告",
        (
            Change("字号:\n大 中 小", "", "font size buttons"),
            Change("扫码使用手机浏览本页内容", "", "caption of the page's QR code"),
            Change("![]() |", LOST_TABLE, "remainder of a table"),
            Change(
                "三、收到和处理政府信息公开申请情况\n四、",
                f"三、收到和处理政府信息公开申请情况{LOST_TABLE}四、",
                "table lost",
            ),
            Change(
                "四、政府信息公开行政复议、行政诉讼情况\n五、",
                f"四、政府信息公开行政复议、行政诉讼情况{LOST_TABLE}五、",
                "table lost",
            ),
        ),
    ),
    Seed(
        "004_f94ad03dc9aa265d.txt",
        "statutory/policy/2017-jingan-yaodian.md",
        "2017年静安区政务公开工作要点",
        (),
        title_stays=True,
    ),
)

REGULATIONS = {
    "中华人民共和国政府信息公开条例": "statutory/regulations/2019-zhengfu-xinxi-gongkai.md",
    "重大行政决策程序暂行条例": "statutory/regulations/2019-zhongda-juece.md",
}


def fold(text: str) -> str:
    """Fold what cleaning may change everywhere.

    White space is dropped; full-width and half-width forms (``，`` and ``,``), curly and straight
    quotation marks, and ``〔〕`` and ``[]`` become the same.
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(QUOTES))


def read_entry(path: str) -> tuple[str, str]:
    """Give the title and the text of a content file, the text without Markdown's marks."""
    _, front, text = (CONTENT / path).read_text("utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    return str(fields.get("title") or fields["标题"]), MARKS.sub("", text)


def read_source(seed: Seed) -> tuple[str, str]:
    """Give the title and the text that a source document asks for, folded and with its changes made."""
    text = fold((SEED_FOLDER / seed.source).read_text("utf-8"))
    for change in seed.changes:
        found = fold(change.found)
        assert text.count(found) == 1, f"not once in {seed.source}: {change.found!r} ({change.why})"
        text = text.replace(found, fold(change.put))
    title = fold(seed.title)
    if not seed.title_stays:
        at = text.index(title)
        text = text[:at] + text[at + len(title) :]
    return title, text


def difference(wanted: str, found: str) -> str:
    """Show where two texts part, or nothing when they are equal."""
    if wanted == found:
        return ""
    pairs = zip(wanted, found, strict=False)
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    near = slice(max(0, at - 15), at + 25)
    return f"character {at}: wanted …{wanted[near]}…, found …{found[near]}…"


def regulations() -> Iterator[tuple[str, str]]:
    """Give the title and the text of each regulation as the corpus has it."""
    with gzip.open(LAWS, "rt", encoding="utf-8") as lines:
        for line in lines:
            law = json.loads(line)
            if law["title"] in REGULATIONS:
                yield law["title"], law["body_markdown"]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.path)
def test_a_document_says_what_its_source_says(seed: Seed) -> None:
    wanted_title, wanted = read_source(seed)
    title, text = read_entry(seed.path)
    assert fold(title) == wanted_title
    assert not difference(wanted, fold(text))
    assert (wanted_title in wanted) >= seed.title_stays


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.path)
def test_no_sentence_can_be_lost_unnoticed(seed: Seed) -> None:
    _, wanted = read_source(seed)
    _, text = read_entry(seed.path)
    sentences = [part for part in re.split(r"(?<=[。：])|\n", text) if part.strip()]
    for number in range(len(sentences)):
        assert difference(wanted, fold("".join(sentences[:number] + sentences[number + 1 :])))


def test_the_regulations_say_what_the_corpus_says() -> None:
    seen = set()
    for title, body in regulations():
        found_title, text = read_entry(REGULATIONS[title])
        assert found_title == title
        assert not difference(fold(MARKS.sub("", body)), fold(text))
        seen.add(title)
    assert seen == set(REGULATIONS)


@pytest.mark.parametrize("path", [*(seed.path for seed in SEEDS), *REGULATIONS.values()])
def test_punctuation_is_full_width_and_quotes_are_paired(path: str) -> None:
    _, text = read_entry(path)
    assert not re.search(r"""[,:;()\[\]"']""", text)
    stray = {"reports/2019-laiwu.md": 1}.get(path, 0)  # “生态莱芜”微信公众号”, so in the source
    for opening, closing in ("“”", "‘’", "（）", "《》", "〔〕"):
        expected = stray if closing == "”" else 0
        assert text.count(closing) - text.count(opening) == expected, opening
    assert not re.search(r"“[^”\n]*“", text)
