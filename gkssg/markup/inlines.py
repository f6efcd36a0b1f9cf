"""What happens inside a line: asterisks, backslashes, HTML, attribute lists.

In a masked name or number (张**, 138****1234) asterisks are text; so are brackets and angles that are no Markdown and
no HTML. The rules for that follow CommonMark where it has one.
"""

import re
import string
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.inlinepatterns import EscapeInlineProcessor, HtmlInlineProcessor, SimpleTagInlineProcessor
from markdown.util import AMP_SUBSTITUTE

from gkssg.text import HAN

_CLOSING = "、，。；：！？）》」』”…,.;:!?)"
_OPENING = r"（《「『“‘【〔(\["
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)

# Not behind a digit (138**1234) nor the letter of a number plate (粤A**); in front of closing punctuation only where a
# text may begin, so that 张**、李** stays as it is.
_STRONG = (
    rf"()(?<![*\d])(?<![{HAN}][A-Z])\*\*(?![*\s])(?:(?![{_CLOSING}])|(?<=\A\*\*)|(?<=[^\w*\x03]\*\*))"
    r"(.+?)(?<![*\s])\*\*(?!\*)"
)
# Not beside a word (李*, 5*3), nor as in a formula: (a)*(b)*(c), 5%*x.
_EM = rf"()(?<![*\w)\]）】〕%％\x03])\*(?![*\s{_CLOSING}])([^*\n]+?)(?<![*\s{_OPENING}])\*(?![*\w])"

_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_HTML = rf"(<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>|<!--(?:(?!<!--|-->).)*-->)"
"""Tags and comments as CommonMark has them; 《<WTO协定>》 and x<y，z>w are text."""


def install(md: Markdown) -> None:
    """Put these rules in the place of Python-Markdown's own."""
    md.ESCAPED_CHARS = list(string.punctuation)
    patterns = md.inlinePatterns
    patterns.deregister("em_strong")
    patterns.register(_Escape(r"\\(.)", md), "escape", 180)
    patterns.register(HtmlInlineProcessor(_HTML, md), "html", 90)
    patterns.register(_Strong(_STRONG, "strong"), "official_strong", 61)
    patterns.register(SimpleTagInlineProcessor(_EM, "em"), "official_em", 60)


class _Escape(EscapeInlineProcessor):
    """Any ASCII punctuation behind a backslash is text; an & too, which could make an entity of what follows."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  (as in Python-Markdown)
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        if m[1] == "&":
            return f"{AMP_SUBSTITUTE}amp;", m.start(0), m.end(0)
        return super().handleMatch(m, data)


class _Strong(SimpleTagInlineProcessor):
    """Emphasis, unless it would stand between two masked names: 张**和李**, 张**（男）、李**（女）."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  (as in Python-Markdown)
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        before = data[max(m.start(0) - 1, 0) : m.start(0)]
        first, last = m[2][0], m[2][-1]
        if last in _SURNAMES and (before in _SURNAMES or (before.isalnum() and first in "（(")):
            return None, None, None
        return super().handleMatch(m, data)


class AttributeLists(AttrListExtension):
    """``{#id}``, ``{.class}`` and ``{: name=value}``; any other text in braces stays a text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processor."""
        super().extendMarkdown(md)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)


class _AttributeLists(AttrListTreeprocessor):
    BASE_RE = r"""\{(?:(?=[#.][^\W\d])|(?=[A-Za-z-]+=")|:[ ]*(?=[#.]|[A-Za-z-]+=))([^}\n]*)\}"""  # type: ignore[misc]  # final by the type stubs only
    HEADER_RE = re.compile(rf"[ ]+{BASE_RE}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]
