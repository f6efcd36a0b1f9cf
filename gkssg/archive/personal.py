"""Personal data and secrecy marks in what an open entry publishes of its content file: found where it is read.

What is inside its files is found where they are examined: :mod:`gkssg.annexes.inside`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gkssg.archive.frontmatter import FrontMatter
from gkssg.archive.model import Document
from gkssg.language import Message, Value, say
from gkssg.personal.find import WHAT, Finding, find, is_own_contact
from gkssg.personal.lists import find_lists
from gkssg.personal.secrecy import find_marks
from gkssg.problem import Place, Problem

MASK = say(
    "mask it (gkssg mask FILE does so) or leave it out; where the law demands that it be open, write into the front "
    "matter: # gkssg: allow personal-data because …, with the article"
)
DECLASSIFY = say(
    "what is secret or internal must not be on the website: withdraw the file and have it reviewed; a mark that was "
    "lifted is deleted from the text"
)


def text_is_free_of_personal_data(document: Document, text: str, front: FrontMatter) -> Iterator[Problem]:
    """The text or the front matter of an open entry holds personal data.

    What has once been on the website is copied within hours and cannot be called back. Leave it out or mask it; where
    the law demands that it be open, say so in the front matter, with the article. Index numbers, unified social credit
    codes, document numbers, amounts and telephones of offices are not meant, nor the contact fields of an organ. Of an
    entry that is not open only its title is looked at, where that is open.

    Rule: personal-data, error, kept.
    Source: 个人信息保护法 第四条、第二十八条; 政府信息公开条例（国务院令第711号）第十五条.
    Row: R13.

    Wrong::

        ---
        title: 关于示例补贴发放名单的公示
        attribute: active
        ---
        示例甲，身份证号码11010519491231002X，补贴300元。

    Right::

        ---
        title: 关于示例补贴发放名单的公示
        attribute: active
        ---
        示例甲，身份证号码110105********002X，补贴300元。
    """
    body = len(text) - len(front.body)
    if not document.is_active:
        if document.title_open:
            for finding in find(document.title):
                yield personal_data(document.place("title"), finding)
        return
    found = (finding for finding in find(text) if finding.start >= body or not is_own_contact(finding, text))
    for place, finding in _placed(document.path, text, found):
        yield personal_data(place, finding)
    for place, finding in _placed(document.path, text, find_lists(front.body), body):
        yield personal_data(place, finding)


def text_bears_no_secrecy_mark(document: Document, text: str, front: FrontMatter) -> Iterator[Problem]:
    """The text of an open entry bears a mark of secrecy or of internal use.

    A mark on a line of its own means that the document was not made for the public: 绝密★, 机密★, 秘密★, 内部资料,
    注意保存. The words inside a sentence are not meant.

    Rule: secrecy-mark, error, fixed.
    Source: 保守国家秘密法 第三十二条至第三十五条; 政府信息公开条例（国务院令第711号）第十四条.
    Row: R14.

    Wrong::

        ---
        title: 示例工作方案
        attribute: active
        ---
        机密★1年

        示例内容。

    Right::

        ---
        title: 示例工作方案
        attribute: active
        ---
        标注“机密★”的文件不得上网。
    """
    if document.is_active:
        body = len(text) - len(front.body)
        for place, finding in _placed(document.path, text, find_marks(front.body), body):
            message = say("the text is marked “{found}”", found=finding.masked)
            yield Problem(place, "secrecy-mark", message, DECLASSIFY)


def without_personal_data(problems: Sequence[Problem], text: str) -> Sequence[Problem]:
    """Mask in what problems of a text quote whatever personal data are found in the text."""
    if all(problem.rule != "personal-data" for problem in problems):
        return problems
    found = {text[finding.start : finding.end]: finding.masked for finding in find(text)}
    return [
        replace(problem, message=_masked(problem.message, found), hint=problem.hint and _masked(problem.hint, found))
        for problem in problems
    ]


def _masked(message: Message, found: Mapping[str, str]) -> Message:
    return Message(message.template, tuple((name, _value(value, found)) for name, value in message.values))


def _value(value: Value, found: Mapping[str, str]) -> Value:
    if isinstance(value, Message):
        return _masked(value, found)
    if isinstance(value, str):
        for whole, masked in found.items():
            value = value.replace(whole, masked)
    return value


def personal_data(place: Place, finding: Finding) -> Problem:
    """Say that there are personal data in a place."""
    message = say("here is {what}: {found}", what=WHAT[finding.kind], found=finding.masked)
    return Problem(place, "personal-data", message, MASK)


def _placed(path: str, text: str, found: Iterable[Finding], first: int = 0) -> Iterator[tuple[Place, Finding]]:
    """Give the places of findings, whose starts count from ``first``; lines are counted once from one to the next."""
    line, end = 1, 0
    for finding in found:
        start = first + finding.start
        line += text.count("\n", end, start) if start >= end else -text.count("\n", start, end)
        end = start
        yield Place(path, line, start - text.rfind("\n", 0, start)), finding
