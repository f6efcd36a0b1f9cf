"""Rules about pictures in texts: what they show is said in words, found where a text is read."""

from collections.abc import Callable, Iterator
import re

from gkssg.archive.passage import Passage
from gkssg.language import say
from gkssg.problem import Problem, Severity

_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\((?P<target>[^)\s]*)")
_IMG = re.compile(r"<img\b(?P<rest>[^>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*([\"'])(?P<alt>.*?)\1", re.IGNORECASE)
_SRC = re.compile(r"\bsrc\s*=\s*([\"'])(?P<src>.*?)\1", re.IGNORECASE)
_TABLE = re.compile(r"(?:^表\s?[一二三四五六七八九十\d]|表格?(?:\s?[（(]?[一二三四五六七八九十\d]+[）)]?)?$)")


def picture_problems(passage: Passage) -> Iterator[Problem]:
    """Find what is wrong with the pictures of a text."""
    if "![" in passage.raw or "<img" in passage.raw:
        for rule in RULES:
            yield from rule(passage)


def picture_is_described(passage: Passage) -> Iterator[Problem]:
    """Pictures in a text have no words for those who cannot see them.

    Screen readers say nothing of it, and a search does not find it. Write what it shows between [ and ].

    Rule: picture-alt, warning.
    Source: GB/T 37668-2019 信息技术 互联网内容无障碍可访问性技术要求与测试方法.
    Row: R22.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        ---
        ![](../../map.svg)
        --- content/map.svg ---
        <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        ---
        ![示例区停车场位置示意图](../../map.svg)
        --- content/map.svg ---
        <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>
    """
    for alt, target, at in _pictures(passage):
        if not alt.strip():
            message = say("the picture “{found}” has no words for those who cannot see it", found=target)
            hint = say("write what it shows, as ![示例区停车场位置示意图](map.png)")
            yield Problem(passage.place(at), "picture-alt", message, hint, Severity.WARNING)


def table_is_no_picture(passage: Passage) -> Iterator[Problem]:
    """Tables stand in a text as pictures: their words call them 表.

    Nobody can search it, copy figures from it or have it read out. Write it as a table, or add a CSV or Excel file.

    Rule: table-picture, warning.
    Source: GB/T 37668-2019 信息技术 互联网内容无障碍可访问性技术要求与测试方法.
    Row: R30.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        ---
        ![收支情况表](../../b.svg)
        --- content/b.svg ---
        <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        ---
        | 项目 | 金额 |
        |---|---|
        | 收入 | 100 |
    """
    for alt, _, at in _pictures(passage):
        if _TABLE.search(alt.strip()) and "图" not in alt:
            message = say("the table “{found}” is a picture", found=alt.strip())
            hint = say("write it as a table, or add it as a CSV or Excel file: nobody can search a picture")
            yield Problem(passage.place(at), "table-picture", message, hint, Severity.WARNING)


def _pictures(passage: Passage) -> Iterator[tuple[str, str, int]]:
    """Give the words, the address and the place of each picture."""
    for match in _PICTURE.finditer(passage.raw):
        if passage.text[match.start()] == "!":  # else it stands in code
            yield match["alt"], match["target"], match.start()
    for match in _IMG.finditer(passage.raw):
        alt, src = _ALT.search(match["rest"]), _SRC.search(match["rest"])
        yield alt["alt"] if alt else "", src["src"] if src else "", match.start()


RULES: tuple[Callable[[Passage], Iterator[Problem]], ...] = (picture_is_described, table_is_no_picture)
