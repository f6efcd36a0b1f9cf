"""With the help of :mod:`gkssg.markup.fast`, Python-Markdown makes what it makes alone, byte for byte.

Of the corpora outside the repository a sample is read here, all of them by ``benchmarks/markup.py``.
"""

from collections.abc import Iterator
from pathlib import Path
import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from gkssg.cli import main
from gkssg.markup import fast, safety
from gkssg.markup.convert import convert, converted, engine
from gkssg.markup.fast import FastMarkdown, LostError

import test_markup

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import corpus

ROOT = Path(__file__).parents[1]
PATH = "content/statutory/policy/a.md"
EVERY = 5

Made = tuple[str, list[dict[str, Any]]] | str


def made(source: str, *, fast: bool) -> Made:
    """Give what the engine makes of a text before anything is sanitised, or the error it ends with."""
    markdown = engine(fast=fast)
    try:
        markdown.reset()
        html = markdown.convert(source)
    except Exception as error:  # noqa: BLE001  (whatever ends the one has to end the other)
        engine.cache_clear()
        return type(error).__name__
    if not markdown.htmlStash.rawHtmlBlocks and safety.is_plain(html):
        assert safety.removed(html) == ()
    whole = markdown.whole(html) if isinstance(markdown, FastMarkdown) else html
    return whole, markdown.toc_tokens  # type: ignore[attr-defined]  # set by the toc extension


def check(source: str) -> None:
    """Fail unless a text becomes the same with and without help, before and after it is sanitised."""
    assert made(source, fast=True) == made(source, fast=False)
    if source.strip():
        assert converted(source, PATH, fast=True) == converted(source, PATH, fast=False)


def strings(value: object) -> Iterator[str]:
    """Give the texts among nested values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


def test_the_texts_about_markdown_are_read_the_same() -> None:
    marks = [mark for test in vars(test_markup).values() for mark in getattr(test, "pytestmark", ())]
    texts = {text for mark in marks for text in strings(mark.args)}
    assert len(texts) > 300
    for text in texts:
        check(text)
        check(f"前文。\n\n{text}\n\n后文。\n\n又一段。")


def test_the_sample_column_is_read_the_same() -> None:
    files = [*(ROOT / "content").rglob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests/faults").glob("*.md")]
    assert len(files) > 100
    for file in files:
        check(file.read_text("utf-8", errors="replace"))


@pytest.mark.skipif(not corpus.LAWS.is_file(), reason="the corpora are not here (../shared/corpus)")
def test_real_texts_are_read_the_same() -> None:
    for number, record in enumerate(corpus.records()):
        if number % EVERY == 0:
            check(corpus.content_file(record).body)


PIECES = st.sampled_from(
    """# ## ###### #1 * ** *** - --- + > >6 1. 12. 3） （一） 一、 第一条 第二款 : ::: :::居中 ::: 落款 ^^ << ( ) !
    {: .center} {: .center } {#id} {: {} } | |-|-| |甲|乙| -|- || [ ] [^1] [^1]: [a] [a]: [甲](b.md) [甲](https://a.cn/?b&c)
    ![图](a.png) < > </ <b> </b> <table> </table> <td> <p> </p> <div> </div> <script> <!-- --> <a <https://a.cn> & &lt;
    &nbsp; &#2; \\ \\\\ \\& \\* ` `` ``` _ __ = === ~~~ ///Footnotes Go Here/// [TOC] 张** 王* 138**** 《办法》
    甲乙丙。 word 2026年 " ' % $""".split()
)
GAPS = st.sampled_from([
    *["\n"] * 8, *["\n\n"] * 12, *["为了规范管理，制定本办法。"] * 6,
    "  \n", "\n    ", "\n        ", "\n  ", "\n> ", "\n- ", "\n\n- ", "\n\n    ", " ", "  ", "\n\n\n", "\n \n",
    "\u3000", "\u3000\u3000", "\n\n\u3000\u3000", "\n\u3000\n", "\t", "\r\n", "\r", "\xa0", "\x0b", "\x0c", "\x85",
    "\u2028", "\ufeff", "\x00", "\x02", "\x03", "\x02paragraphs:0\x03", "&#2;paragraphs:0&#3;",
    "## 总则\n\n", "\n\n第一条 甲。\n\n第二条 乙。\n\n", "\n\n甲[^1]。\n\n[^1]: 注。\n\n",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES | GAPS, max_size=40).map("".join))
def test_any_text_is_read_the_same(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text("#*-+>:|[]{}()<&\\`!_=^ \u3000\t\r\n1一甲", max_size=60))
def test_any_characters_are_read_the_same(one: str, other: str) -> None:
    check(f"{one}\n\n{other}\n\n{one}")


HEADINGS = st.sampled_from(
    [
        "# ",
        "## ",
        "### ",
        "#### ",
        "##### ",
        "###### ",
        "####### ",
        "#",
        "##\u3000",
        "##  ",
        "##",
        "\n## ",
        "\n# ",
        "",
        "- ",
        "-  ",
        "\n- ",
    ]
)
WORDS = st.sampled_from([
    "第一章　总则", "第一条", *["总则"] * 2, "总则 ", " 总则", "1. 甲：乙。", "A  b_1", "总则_1", "gk-a", "“x”", "$%",
    "_", "=", "", "\u3000", "///Footnotes Go Here///", "~~~", "甲\u2028乙", "\ufeff", "甲~^'\"!", "http://a.cn", "甲#",
    "---", "：：：",
])  # fmt: skip
ENDS = st.sampled_from([*[""] * 6, "\n", " ", "  ", "\n- 乙", "\n- 一、丙\n- 丁", "\n-  戊", "\n  己", "\n- - 庚"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(HEADINGS, WORDS, ENDS).map("".join), max_size=12))
def test_plain_headings_paragraphs_and_lists_are_read_the_same(blocks: list[str]) -> None:
    check("\n\n".join(blocks))


def test_plain_texts_need_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# 一\n\n第一条 甲。\n\n## 总则\n\n## 总则\n\n- 甲\n- 乙\n\n第二条 乙。\n"
    expected = convert(text, PATH)
    assert [heading.id for heading in expected.headings] == ["一", "总则", "总则_1"]
    monkeypatch.setattr("markdown.Markdown.convert", None)
    assert convert(text, PATH) == expected


def test_a_paragraph_without_any_mark_is_set_aside() -> None:
    markdown = engine(fast=True)
    assert isinstance(markdown, FastMarkdown)
    markdown.reset()
    html = markdown.convert("## 标题\n\n　　第一段。\n第二行\n\n第一条 甲。\n\n第二条 乙。\n\n**丙**")
    assert "第一段" in html
    assert "甲" not in html
    assert "<p>第一条 甲。</p>\n<p>第二条 乙。</p>" in markdown.whole(html)
    with pytest.raises(LostError):
        markdown.whole(html.replace("<p>", "<p >"))


def test_what_is_lost_is_read_again_by_the_library_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = convert("甲。\n\n乙。", PATH)
    monkeypatch.setattr(fast, "_STORED", "\x02elsewhere:%d\x03")
    with pytest.raises(LostError):
        converted("甲。\n\n乙。", PATH, fast=True)
    assert convert("甲。\n\n乙。", PATH) == expected


def test_every_processor_is_known() -> None:
    """What fast.py takes for granted holds for these; look at it again when one is added, and then write it here."""
    markdown = engine(fast=False)
    known = {
        "preprocessors": "normalize_whitespace tag_limit html_block apart definitions mark_limit",
        "blockprocessors": "empty container indent table hashheader hr ulist quote footnote reference lines paragraph",
        "inlinePatterns": "backtick escape footnote reference link image_link image_reference short_reference"
        " short_image_ref autolink automail linebreak html entity official_strong official_em",
        "treeprocessors": "footnote heading_levels merged_cells inline footnote-reorder footnote-duplicate"
        " unused_footnotes prettify attr_list toc unescape",
        "postprocessors": "raw_html footnote amp_substitute",
    }
    for registry, names in known.items():
        registered = markdown.parser.blockprocessors if registry == "blockprocessors" else getattr(markdown, registry)
        assert [name for name in names.split() if name not in registered] == []
        assert len(registered) == len(names.split()), registry


def test_another_version_of_the_library_works_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Never(FastMarkdown):
        def __init__(self, *_: object) -> None:
            raise AssertionError

    assert not fast.unknown_version()
    arguments = ["-C", str(tmp_path), "build", "--lang", "en", "--jobs", "1"]
    assert main(["init", str(tmp_path)]) == 0
    assert main(arguments) == 0
    assert "Python-Markdown" not in capsys.readouterr().err
    monkeypatch.setattr("markdown.__version__", "99.0")
    monkeypatch.setattr("gkssg.markup.convert.FastMarkdown", Never)
    engine.cache_clear()
    assert main([*arguments, "--clean"]) == 0
    assert capsys.readouterr().err.count("Python-Markdown 99.0") == 1
