"""Markdown as official texts need it: what an editor types is what readers see, and nothing in it can harm them.

Most rules have two lists: texts that a rule leaves as they are, and texts that it changes.
"""

from collections.abc import Sequence

import pytest

from gkssg.language import say
from gkssg.markup.anchors import clauses
from gkssg.markup.body import Body, Heading, Link
from gkssg.markup.convert import convert
from gkssg.markup.safety import closed
from gkssg.problem import Place, Problem, Severity

PATH = "content/statutory/policy/a.md"


def html(source: str) -> str:
    """Give the HTML of a text that has no problems, without the ids of clauses (tests/test_clauses.py has those)."""
    body = convert(source, PATH)
    assert body.problems == ()
    return without_ids(body.html)


def without_ids(found: str) -> str:
    """Take the ids of clauses out of the HTML of a text."""
    for clause in clauses(found):
        found = found.replace(f'<span id="{clause.id}"></span>', "").replace(f'<p id="{clause.id}">', "<p>")
    return found


def paragraphs(*texts: str) -> str:
    """Give the HTML of paragraphs."""
    return "\n".join(f"<p>{text}</p>" for text in texts)


def places(source: str, first_line: int = 1) -> list[tuple[int, int, str, str]]:
    """Give line, column, rule and the found text of every problem of a text."""
    found = convert(source, PATH, first_line).problems
    return [(p.place.line, p.place.column, p.rule, str(dict(p.message.values).get("found", ""))) for p in found]


@pytest.mark.parametrize(
    "text",
    [
        "一、总体要求",
        "（一）指导思想",
        "1. 编号照写",
        "1.编号照写",
        "7. 不从一开始",
        "2．全角的点",
        "3、顿号",
        "（1）括号",
        "(2)半角括号",
        "1）半个括号",
        "①圆圈",
        "第一条 为了规范",
        "第十二条　为了规范",
        "第3章 附则",
        "1978年12月",
        "3.14是圆周率",
        "2019. 年份",
    ],
)
def test_numbers_stay_as_typed(text: str) -> None:
    assert html(text) == paragraphs(text)
    assert html(f"前文。\n{text}\n\n{text}").count(text) == 2


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ("第一条 甲\n第二条 乙", ["第一条 甲", "第二条 乙"]),
        ("第一章总则\n第一条为了规范", ["第一章总则", "第一条为了规范"]),
        ("甲：\n一、乙；\n（二）丙；\n3. 丁；\n4、戊；\n(5)己；\n6）庚；\n⑦辛。",
         ["甲：", "一、乙；", "（二）丙；", "3. 丁；", "4、戊；", "(5)己；", "6）庚；", "⑦辛。"]),
        ("　　甲。\n　　乙。", ["甲。", "乙。"]),
    ],
)  # fmt: skip
def test_lines_that_begin_with_a_number_or_an_indent_are_paragraphs(lines: str, parts: list[str]) -> None:
    assert html(lines) == paragraphs(*parts)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("依照本法\n第三条规定处罚", "依照本法第三条规定处罚"),
        ("违反\n第十条、第十一条的", "违反第十条、第十一条的"),
        ("面积\n3.5万亩", "面积\n3.5万亩"),
        ("公历\n2026年", "公历\n2026年"),
    ],
)
def test_a_number_in_the_middle_of_a_sentence_parts_nothing(lines: str, joined: str) -> None:
    assert html(lines) == paragraphs(joined)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("为了规范\n管理", "为了规范管理"),
        ("为了规范，\n制定", "为了规范，制定"),
        ("印发\n《办法》", "印发《办法》"),
        ("说\n“好”", "说“好”"),
        ("甲　\n   乙", "甲　\n   乙"),
        ("共 10\n个", "共 10\n个"),
        ("GB/T\nOpen", "GB/T\nOpen"),
        ("𠀀\n𠀁", "𠀀𠀁"),
    ],
)
def test_chinese_lines_are_joined_without_a_blank(lines: str, joined: str) -> None:
    assert html(lines) == paragraphs(joined)


def test_two_blanks_or_br_at_the_end_of_a_line_break_it() -> None:
    assert html("甲  \n乙") == "<p>甲<br>\n乙</p>"
    assert html("甲<br>乙") == "<p>甲<br>乙</p>"


@pytest.mark.parametrize(
    "text",
    [
        "张**、李**、王*",
        "张**，女",
        "李*和王*",
        "张**和李**各一份",
        "李**（男）、王**（女）",
        "当事人：张**。李**。",
        "138****1234",
        "电话138****1234、139****5678",
        "370*************12",
        "粤A**号和粤B**号",
        "5*3*2=30",
        "(a)*(b)*(c)",
        "5%*(1-3%)*2",
        "带(*)的必填，(*)以外的选填",
        "*.doc和*.pdf",
        "注：*为必填，*为选填",
        "** 空格 **",
        "a * b * c",
        "＊全角＊",
    ],
)
def test_asterisks_that_hide_or_multiply_stay(text: str) -> None:
    assert html(text) == paragraphs(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("**加粗**", "<strong>加粗</strong>"),
        ("前**加粗**后", "前<strong>加粗</strong>后"),
        ("**（一）总体要求。**正文", "<strong>（一）总体要求。</strong>正文"),
        ("（**加粗**）", "（<strong>加粗</strong>）"),
        ("各单位**（含下属单位）**应当", "各单位<strong>（含下属单位）</strong>应当"),
        ("关于**《办法》**的", "关于<strong>《办法》</strong>的"),
        ("**“引”**", "<strong>“引”</strong>"),
        ("**）文本**", "<strong>）文本</strong>"),
        ("共**3**项", "共<strong>3</strong>项"),
        ("**对象：** 张**，李**。", "<strong>对象：</strong> 张**，李**。"),
        ("*斜体*", "<em>斜体</em>"),
        ("（*斜体*）", "（<em>斜体</em>）"),
        ("*斜**粗**体*", "<em>斜<strong>粗</strong>体</em>"),
    ],
)
def test_asterisks_around_words_emphasise(text: str, made: str) -> None:
    assert html(text) == paragraphs(made)


@pytest.mark.parametrize(
    "text", ["____", "签名 ______。", "a_b_c", "_不是斜体_", "__不是粗体__", "______年____月____日", "~~不是删除~~"]
)
def test_underscores_and_tildes_stay(text: str) -> None:
    assert html(text) == paragraphs(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (r"\*\*\_\<\>\[\]\(\)\#\|\~\`\!", "**_&lt;&gt;[]()#|~`!"),
        (r"\&lt; \&", "&amp;lt; &amp;"),
        (r"综合政务\政务公开", r"综合政务\政务公开"),
        (r"C:\\目录\a", r"C:\目录\a"),
        (r"国发\[2004\]28号", "国发[2004]28号"),
        (r"实施\<中华人民共和国水法\>办法", "实施&lt;中华人民共和国水法&gt;办法"),
        (r"1\. 甲", "1. 甲"),
    ],
)
def test_a_backslash_makes_text_of_a_mark(text: str, made: str) -> None:
    assert html(text) == paragraphs(made)


@pytest.mark.parametrize(
    "text",
    [
        "#1楼",
        "##",
        "第#号",
        "C# 语言",
        "国发[2004]28号",
        "[附件]",
        "[1]: 国家统计局",
        "[注]: 单位为万元",
        "一个[^1]没有的注",
        "{总则}",
        "第一章 {总则}",
        "1:::2",
        "^^",
        "60+",
        "+86 10",
        "-5℃",
        "===",
        "[TOC]",
        "{: .x}",
    ],
)
def test_what_only_looks_like_markdown_stays(text: str) -> None:
    assert html(text) == paragraphs(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (">60分为合格", "<p>&gt;60分为合格</p>"),
        (">=60", "<p>&gt;=60</p>"),
        ("《A<WTO协定>B》", "<p>《A&lt;WTO协定&gt;B》</p>"),
        ("若x<y，z>w", "<p>若x&lt;y，z&gt;w</p>"),
        ("若 a<b 且 c>d", "<p>若 a&lt;b 且 c&gt;d</p>"),
        ("<中华人民共和国水法>", "<p>&lt;中华人民共和国水法&gt;</p>"),
        ("a & b &sp; &lt; &#20013; AT&T", "<p>a &amp; b &amp;sp; &lt; 中 AT&amp;T</p>"),
        ("一个`x", "<p>一个`x</p>"),
        ("<!-- 没有结束", "<p>&lt;!-- 没有结束</p>"),
    ],
)
def test_angles_and_ampersands_stay_unless_they_are_html(text: str, made: str) -> None:
    assert html(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("> 引文", "<blockquote>\n<p>引文</p>\n</blockquote>"),
        (">引文", "<blockquote>\n<p>引文</p>\n</blockquote>"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("- 甲\n    - 乙", "<ul>\n<li>甲<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>"),
        ("甲\n\n---\n\n乙", "<p>甲</p>\n<hr>\n<p>乙</p>"),
        ("甲\n***\n乙", "<p>甲</p>\n<hr>\n<p>乙</p>"),
        ("`**代码** <b>`", "<p><code>**代码** &lt;b&gt;</code></p>"),
        ("<https://www.gov.cn/>", '<p><a href="https://www.gov.cn/">https://www.gov.cn/</a></p>'),
        ("H<sub>2</sub>O，<u>下划线</u>", "<p>H<sub>2</sub>O，<u>下划线</u></p>"),
        ("    缩进四格不是代码", "<p>缩进四格不是代码</p>"),
        ("[甲][1]\n\n[1]: https://a.cn/", '<p><a href="https://a.cn/">甲</a></p>'),
    ],
)
def test_the_rest_is_markdown_as_elsewhere(text: str, made: str) -> None:
    assert html(text) == made


@pytest.mark.parametrize(
    ("text", "made", "headings"),
    [
        (
            "## 一、总体要求\n\n### （一）原则 ###",
            '<h2 id="一总体要求">一、总体要求</h2>\n<h3 id="一原则">（一）原则</h3>',
            [(2, "一总体要求", "一、总体要求"), (3, "一原则", "（一）原则")],
        ),
        (
            "# 标题\n\n## 一\n\n###### 六",
            '<h2 id="标题">标题</h2>\n<h3 id="一">一</h3>\n<h6 id="六">六</h6>',
            [(2, "标题", "标题"), (3, "一", "一"), (6, "六", "六")],
        ),
        (
            "## 附则\n## 附则\n## 附则",
            '<h2 id="附则">附则</h2>\n<h2 id="附则_1">附则</h2>\n<h2 id="附则_2">附则</h2>',
            [(2, "附则", "附则"), (2, "附则_1", "附则"), (2, "附则_2", "附则")],
        ),
        ("## 总 则 {#zongze}", '<h2 id="zongze">总 则</h2>', [(2, "zongze", "总 则")]),
        ("## gk-main", '<h2 id="节-gk-main">gk-main</h2>', [(2, "节-gk-main", "gk-main")]),
        ("## ！", '<h2 id="节-">！</h2>', [(2, "节-", "！")]),
        ("## A & <b>B</b>", '<h2 id="a-b">A &amp; <b>B</b></h2>', [(2, "a-b", "A & B")]),
        ("正文\n## 标题\n正文", '<p>正文</p>\n<h2 id="标题">标题</h2>\n<p>正文</p>', [(2, "标题", "标题")]),
    ],
)
def test_headings_have_readable_ids_of_their_own(
    text: str, made: str, headings: Sequence[tuple[int, str, str]]
) -> None:
    found = tuple(Heading(*heading) for heading in headings)
    body = convert(text, PATH)
    assert (without_ids(body.html), body.headings, body.links, body.problems) == (made, found, (), ())
    assert body.anchors >= {heading.id for heading in found}


def test_a_heading_keeps_its_id_whatever_is_added_around_it() -> None:
    before, after = convert("## 二、任务", PATH), convert("## 一、要求\n\n新的一段。\n\n## 二、任务\n\n## 三", PATH)
    assert before.headings[0] == after.headings[1]


TABLE = '<div class="gk-table" tabindex="0"><table>\n<thead>\n{}</thead>\n<tbody>\n{}</tbody>\n</table></div>'


def row(*cells: str) -> str:
    """Give the HTML of a row; a cell that does not begin with < is a plain one."""
    return "<tr>\n" + "".join(f"{cell}\n" if cell[:1] == "<" else f"<td>{cell}</td>\n" for cell in cells) + "</tr>\n"


def head(*cells: str) -> str:
    """Give the HTML of the row of a table's head."""
    return row(*(f'<th scope="col">{cell}</th>' for cell in cells))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("|甲|乙|\n|-|-|\n|1|2|", TABLE.format(head("甲", "乙"), row("1", "2"))),
        ("甲 | 乙\n--|--\n1 | 2", TABLE.format(head("甲", "乙"), row("1", "2"))),
        (
            "|甲|乙|\n|-|-|\n|1|2|\n|^^|3|\n|4|<<|",
            TABLE.format(
                head("甲", "乙"), row('<td rowspan="2">1</td>', "2") + row("3") + row('<td colspan="2">4</td>')
            ),
        ),
        (
            "|甲|<<|丙|\n|-|-|-|\n|1|<<|2|\n|^^|^^|3|",
            TABLE.format(
                row('<th colspan="2" scope="col">甲</th>', '<th scope="col">丙</th>'),
                row('<td colspan="2" rowspan="2">1</td>', "2") + row("3"),
            ),
        ),
        (
            "|甲|乙|\n|-|-|\n|1|<<|\n|^^|2|",
            TABLE.format(head("甲", "乙"), row("1", "&lt;&lt;") + row("^^", "2")),
        ),
        ("|甲|乙|\n|-|-|\n|1|2|3|", TABLE.format(head("甲", "乙"), row("1", "2", "3"))),
        ("|甲|乙|\n|-|-|\n|1|2||", TABLE.format(head("甲", "乙"), row("1", "2"))),
        ("|甲|乙|\n|-|-|\n|1|", TABLE.format(head("甲", "乙"), row("1", ""))),
        ("|甲\\|乙|丙|\n|-|-|\n|`a|b`|2|", TABLE.format(head("甲|乙", "丙"), row("<td><code>a|b</code></td>", "2"))),
        (
            "|甲|乙|丙|\n|:-|:-:|-:|\n|1|2|3|",
            TABLE.format(
                row(
                    '<th scope="col" class="align-left">甲</th>',
                    '<th scope="col" class="align-center">乙</th>',
                    '<th scope="col" class="align-right">丙</th>',
                ),
                row(
                    '<td class="align-left">1</td>', '<td class="align-center">2</td>', '<td class="align-right">3</td>'
                ),
            ),
        ),
    ],
)  # fmt: skip
def test_tables_keep_every_cell_and_merge_what_says_so(text: str, made: str) -> None:
    assert html(text) == made


def test_tables_may_be_html() -> None:
    text = (
        '<table align="center">\n<tr><th rowspan="2">车型</th><th colspan="2">收费</th></tr>\n'
        '<tr><td align="right">4</td><td class="align-left" align="center">**1**</td></tr>\n</table>'
    )
    problem = Problem(
        Place(PATH, 1, 8),
        "html-removed",
        say("{found} is not allowed in a text and was taken out", found="align="),
        say("the manual, page markdown.md, lists the HTML that is allowed"),
        Severity.WARNING,
    )
    made = (
        '<div class="gk-table" tabindex="0"><table>\n'
        '<tbody><tr><th rowspan="2">车型</th><th colspan="2">收费</th></tr>\n'
        '<tr><td class="align-right">4</td><td class="align-left align-center">**1**</td></tr>\n'
        "</tbody></table></div>"
    )
    assert convert(text, PATH) == Body(made, problems=(problem,))


def test_a_table_in_a_table_has_no_box_of_its_own() -> None:
    text = "<table><tr><td><table><tr><td>甲</td></tr></table></td></tr></table>"
    assert html(text).count("gk-table") == 1


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("::: 居中\n甲\n乙\n:::", '<div class="center">\n<p>甲<br>\n乙</p>\n</div>'),
        ("::: center\n甲\n:::", '<div class="center">\n<p>甲</p>\n</div>'),
        (
            "文。\n::: 落款\n示例区人民政府\n2026年1月5日\n:::\n文。",
            '<p>文。</p>\n<div class="signature">\n<p>示例区人民政府<br>\n2026年1月5日</p>\n</div>\n<p>文。</p>',
        ),
        ("::: 版记\n抄送：甲\n\n印发：乙\n:::", '<div class="imprint">\n<p>抄送：甲</p>\n<p>印发：乙</p>\n</div>'),
        ("::: 说明\n- 甲\n- 乙\n:::", '<div class="note">\n<ul>\n<li>甲  </li>\n<li>乙</li>\n</ul>\n</div>'),
        (":::居中\n**甲**\n:::  ", '<div class="center">\n<p><strong>甲</strong></p>\n</div>'),
        ("> ::: 落款\n> 甲\n> :::", '<blockquote>\n<div class="signature">\n<p>甲</p>\n</div>\n</blockquote>'),
    ],
)
def test_blocks_keep_their_lines(text: str, made: str) -> None:
    assert html(text) == made


UNCLOSED = ("block-unclosed", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲\n\n::: 居中\n乙", [(3, 1, *UNCLOSED)]),
        ("::: 居中\n甲\n::: 落款\n乙\n:::", [(1, 1, *UNCLOSED)]),
        ("::: 居中\n甲\n:::\n:::", [(4, 1, "block-unopened", "")]),
        ("::: 居左\n甲\n:::", [(1, 1, "block-unopened", "居左")]),
        ("::: 居左\n甲", [(1, 1, "block-unopened", "居左"), (1, 1, *UNCLOSED)]),
        ("::: 居中\n甲\n:::\n\n> ::: 居中", []),
    ],
)
def test_blocks_that_do_not_begin_or_end_are_reported(text: str, found: list[tuple[int, int, str, str]]) -> None:
    assert places(text) == found
    assert "甲" in convert(text, PATH).html


def test_a_block_that_is_not_closed_swallows_nothing() -> None:
    body = convert("::: 居中\n甲\n::: 落款\n乙\n:::\n丙", PATH)
    assert body.html == '<p>::: 居中</p>\n<p>甲</p>\n<div class="signature">\n<p>乙</p>\n</div>\n<p>丙</p>'


BACK = '<a class="footnote-backref" href="#fnref:{0}" title="返回正文中的注 {1}">↩</a>'


def footnotes(*items: str) -> str:
    """Give the HTML of footnotes."""
    return '\n<div class="footnote">\n<hr>\n<ol>\n' + "".join(f"{item}\n" for item in items) + "</ol>\n</div>"


def reference(name: str, number: int, again: str = "") -> str:
    """Give the HTML of a reference to a footnote."""
    link = f'<a class="footnote-ref" href="#fn:{name}">{number}</a>'
    return f'<sup id="fnref{again}:{name}">{link}</sup>'


def note(name: str, text: str) -> str:
    """Give the HTML of one footnote."""
    return f'<li id="fn:{name}">\n<p>{text}</p>\n</li>'


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "甲[^1]乙\n\n[^1]: 注。",
            f"<p>甲{reference('1', 1)}乙</p>" + footnotes(note("1", f"注。&nbsp;{BACK.format('1', 1)}")),
        ),
        (
            "[^乙]: 注乙。\n[^甲]: 注甲。\n\n甲[^甲]乙[^乙]",
            f"<p>甲{reference('甲', 1)}乙{reference('乙', 2)}</p>"
            + footnotes(
                note("甲", f"注甲。&nbsp;{BACK.format('甲', 1)}"), note("乙", f"注乙。&nbsp;{BACK.format('乙', 2)}")
            ),
        ),
        (
            "甲[^1]乙[^1]\n\n[^1]: 注。",
            f"<p>甲{reference('1', 1)}乙{reference('1', 1, '2')}</p>"
            + footnotes(
                note("1", f"注。&nbsp;{BACK.format('1', 1)}{BACK.format('1', 1).replace('fnref:', 'fnref2:')}")
            ),
        ),
        ("甲[^1]\n\n[^1]:", f"<p>甲{reference('1', 1)}</p>" + footnotes(note("1", BACK.format("1", 1)))),
        ("甲\n\n[^1]:", "<p>甲</p>" + footnotes(note("1", ""))),
        ("甲\n\n[^1]: 没有人提到的注。", "<p>甲</p>" + footnotes(note("1", "没有人提到的注。"))),
        (
            "甲[^1]\n\n[^1]: 注一。\n\n[^1]: 同名的注。",
            f"<p>甲{reference('1', 1)}</p>"
            + footnotes(note("1", f"注一。&nbsp;{BACK.format('1', 1)}"), note("1-", "同名的注。")),
        ),
    ],
)
def test_footnotes_stand_at_the_end_and_none_is_lost(text: str, made: str) -> None:
    assert html(text) == made
    assert convert(text, PATH).links == ()


def test_a_footnote_in_a_footnote_is_not_lost_in_silence() -> None:
    for text in ("[^甲]: [^乙]: 注", "[^甲]: [^乙]: 注\n\n[^丙]: 注"):
        assert [problem.rule for problem in convert(text, PATH).problems] == ["markdown"]


def link(target: str, href: str, column: int, fragment: str = "", *, picture: bool = False) -> Link:
    """Give a link of the first line."""
    return Link(target, fragment, href, picture, Place(PATH, 1, column))


@pytest.mark.parametrize(
    ("text", "href", "found"),
    [
        ("[甲](b.md)", "b.html", link("statutory/policy/b.md", "b.md", 5)),
        ("[甲](b.md#一总则)", "b.html#一总则", link("statutory/policy/b.md", "b.md#一总则", 5, "一总则")),
        ("[甲](../../rules/b.md?x=1#y)", "../../rules/b.html?x=1#y",
         link("rules/b.md", "../../rules/b.md?x=1#y", 5, "y")),
        ("[甲](/rules/b.md)", "../../rules/b.html", link("rules/b.md", "/rules/b.md", 5)),
        ("[甲](/rules/)", "../../rules/index.html", link("rules/index.md", "/rules/", 5)),
        ("[甲](%E4%B9%99%20b.md#%E4%B8%80)", "乙%20b.html#%E4%B8%80",
         link("statutory/policy/乙 b.md", "%E4%B9%99%20b.md#%E4%B8%80", 5, "一")),
        ("[甲](<乙 b.md>)", "乙%20b.html", link("statutory/policy/乙 b.md", "乙 b.md", 6)),
        ("[甲](附件/表(1).xlsx)", "附件/表(1).xlsx", link("statutory/policy/附件/表(1).xlsx", "附件/表(1).xlsx", 5)),
        ("[甲](附件\\表.xlsx)", "附件/表.xlsx", link("statutory/policy/附件/表.xlsx", "附件\\表.xlsx", 5)),
        ("[甲](#一)", "#一", link("", "#一", 5, "一")),
        ("![图](a.png)", "a.png", link("statutory/policy/a.png", "a.png", 6, picture=True)),
        ('<a href="b.md">甲</a>', "b.html", link("statutory/policy/b.md", "b.md", 10)),
    ],
)  # fmt: skip
def test_links_to_content_lead_to_its_pages(text: str, href: str, found: Link) -> None:
    body = convert(text, PATH)
    inner = f'<img alt="图" src="{href}">' if found.is_picture else f'<a href="{href}">甲</a>'
    assert body == Body(f"<p>{inner}</p>", links=(found,))


@pytest.mark.parametrize(
    "url", ["https://a.cn/b.md", "http://a.cn/?a=1#b", "mailto:a@b.cn", "tel:010-1", "ftp://a.cn/", "//a.cn/b.md"]
)
def test_links_to_other_places_stay(url: str) -> None:
    assert convert(f"[甲]({url})", PATH) == Body(f'<p><a href="{url}">甲</a></p>')


def test_the_same_link_twice_is_found_at_both_places() -> None:
    found = convert("[甲](b.md)\n\n乙[甲](b.md)", PATH, first_line=10).links
    assert [(one.place.line, one.place.column) for one in found] == [(10, 5), (12, 6)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[甲](../../../b.md)", [(1, 5, "link-outside", "../../../b.md")]),
        ("甲\n\n[甲](/../b.md)", [(3, 5, "link-outside", "/../b.md")]),
        ("[甲](%2e%2e/%2e%2e/%2e%2e/b.md)", [(1, 5, "link-outside", "%2e%2e/%2e%2e/%2e%2e/b.md")]),
        ("![图](https://a.cn/b.png)", [(1, 6, "picture-elsewhere", "")]),
        ("甲\n<img src='//a.cn/b.png'>", [(2, 11, "picture-elsewhere", "")]),
        ("<img src=https://a.cn/b.png alt=图>", [(1, 10, "picture-elsewhere", "")]),
        ("![图](data:image/png;base64,AA)", [(1, 6, "picture-elsewhere", "")]),
    ],
)
def test_links_out_of_content_and_pictures_elsewhere_are_errors(
    text: str, found: list[tuple[int, int, str, str]]
) -> None:
    body = convert(text, PATH)
    assert places(text) == found
    assert {problem.severity for problem in body.problems} == {Severity.ERROR}
    assert "a.cn" not in body.html
    assert ".." not in body.html


@pytest.mark.parametrize(
    ("text", "made", "found"),
    [
        (
            "甲<script>a()</script>\n\n乙 <script>b()</script>",
            "<p>甲</p>\n<p>乙 </p>",
            [(1, 2, "<script>"), (3, 3, "<script>")],
        ),
        (
            "`<script>`是代码。\n<script>a()</script>",
            "<p><code>&lt;script&gt;</code>是代码。</p>\n",
            [(2, 1, "<script>")],
        ),
        ("`<script>`是代码。", "<p><code>&lt;script&gt;</code>是代码。</p>", []),
        ("<font>甲</font><video>乙</video>", "<p>甲乙</p>", [(1, 1, "<font>"), (1, 15, "<video>")]),
        ('甲\n<p onclick="a()" STYLE=b>乙</p>', "<p>甲</p>\n<p>乙</p>", [(2, 4, "onclick="), (2, 18, "style=")]),
        ("[甲](javascript:a%281%29)", "<p><a>甲</a></p>", [(1, 5, "javascript:a%281%29")]),
        ('<a href="vbscript:a">甲</a>', "<p><a>甲</a></p>", [(1, 10, "vbscript:a")]),
        ("甲<!-- 注 -->乙", "<p>甲乙</p>", [(1, 2, "<!-- -->")]),
        ("甲\n\n<p><![>", "<p>甲</p>\n<p></p>", [(1, 1, "<!-- -->")]),
        ('<p id="gk-main">甲</p>', "<p>甲</p>", [(1, 8, "gk-main")]),
        ('<p class="red center">甲</p>', '<p class="center">甲</p>', [(1, 11, "red center")]),
        ('<td width="9999999">甲</td>', "甲", [(1, 5, "width=")]),
        ("甲</div>乙", "<p>甲乙</p>", [(1, 2, "</div>")]),
        ("甲{: onclick=a }", "<p>甲{: onclick=a }</p>", []),
        ("**甲**{: onclick=a }", "<p><strong>甲</strong></p>", [(1, 9, "onclick=")]),
        ('<p title="<b>">甲</p>', '<p title="&lt;b&gt;">甲</p>', []),
    ],
)
def test_html_that_is_not_allowed_goes_and_is_reported_where_it_stands(
    text: str, made: str, found: list[tuple[int, int, str]]
) -> None:
    body = convert(text, PATH)
    assert body.html == made
    assert places(text) == [(line, column, "html-removed", name) for line, column, name in found]
    assert {problem.severity for problem in body.problems} <= {Severity.WARNING}


def test_places_count_from_the_line_on_which_the_text_begins() -> None:
    assert places("甲\n\n<script>a()</script>", first_line=6) == [(8, 1, "html-removed", "<script>")]


@pytest.mark.parametrize(
    "text",
    [
        "甲<title>乙",
        "甲\n\n<style>乙\n\n丙",
        "<textarea>甲\n\n乙",
        "甲<script>乙",
        "<div>\n<!-- 甲\n</div>\n\n乙",
        '<div><a href="甲>乙</div>\n\n丙',
        "<p>甲</p>\n\n<iframe>乙",
    ],
)
def test_nothing_that_is_not_closed_swallows_what_follows(text: str) -> None:
    assert [word for word in "甲乙丙" if word in text and word not in convert(text, PATH).html] == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>甲</p>",
        "<!-- 甲 -->",
        "<a href='x>y' title=\"<b>\">甲</a>",
        "<script>a<b</script>",
        "<title>甲</title><br>",
        "甲 < 乙 > 丙",
        "<!doctype html><?xml?>",
    ],
)
def test_what_is_closed_stays_as_it_is(text: str) -> None:
    assert closed(text) == text


def test_the_text_of_tags_in_attributes_makes_no_box() -> None:
    assert html('<p title="<table onclick=a>">甲</p>') == '<p title="&lt;table onclick=a&gt;">甲</p>'


def test_no_text_changes_how_the_next_is_read() -> None:
    before = convert("甲[^1]\n\n[^1]: 乙\n\n## 丙\n\n[丁][丁]\n\n[丁]: https://a.cn/", PATH)
    for spoilt in ("* - " * 25_000, "[" * 50_000, "<div>" * 500, "[^1]: 甲", "[丁]: https://b.cn/\n\n[丁]"):
        convert(spoilt, PATH)
        assert convert("甲[^1]\n\n[^1]: 乙\n\n## 丙\n\n[丁][丁]\n\n[丁]: https://a.cn/", PATH) == before


@pytest.mark.parametrize("text", ["", " \n\n", "\n"])
def test_an_empty_text_is_empty(text: str) -> None:
    assert convert(text, PATH) == Body()


def test_a_table_or_a_list_right_under_a_line_is_one() -> None:
    table = html("说明如下：\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |")
    assert table.startswith("<p>说明如下：</p>")
    assert "<table>" in table
    assert html("包括：\n- 甲\n- 乙").replace("\n", "") == "<p>包括：</p><ul><li>甲</li><li>乙</li></ul>"


def test_a_dash_or_a_bar_inside_a_line_is_text() -> None:
    assert html("甲 - 乙\n甲 | 乙") == "<p>甲 - 乙甲 | 乙</p>"
