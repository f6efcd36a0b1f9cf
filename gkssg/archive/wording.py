"""Rules about wording: slips that can be told from the text of one content file alone, found where it is read.

Texts of former days are published as they are, so nothing here is an error but words that a list says are.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
import datetime
import re

from gkssg.archive.model import Document
from gkssg.archive.passage import IN_FORCE, Passage
from gkssg.archive.words import Words
from gkssg.language import say
from gkssg.problem import Problem, Severity
from gkssg.text import HAN

_WORDED = ("title", "summary")
_MOST = 5
"""Slips of one kind that are told of one text in full."""


def wording_problems(document: Document, body: Passage, words: Words) -> Iterator[Problem]:
    """Find the slips in the text of a content file, and in its title and summary."""
    passages = [body]
    for field, text in zip(_WORDED, (document.title, document.summary), strict=True):
        if text:
            passages.append(Passage(text, document.path, at=document.place(field), is_old=body.is_old))
    for rule in RULES:
        found = [problem for passage in passages for problem in rule(passage, words)]
        yield from found[:_MOST]
        if len(found) > _MOST:
            more = say("{count} more of these follow in this text", count=len(found) - _MOST)
            yield replace(found[_MOST], message=more)


_MONTH = re.compile(r"月(?:\s?(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s?日)?")
_BEFORE_MONTH = re.compile(
    r"(?<![\d.])(?:(?P<year>\d{4})\s?年\s?)?(?P<month>\d{1,2})\s?$"
    r"|(?:(?P<year_han>[〇○零一二三四五六七八九]{4})年)?(?P<month_han>[一二三四五六七八九十]{1,3})$"
)
_LONGEST_MONTH = 12
_LEAP_YEAR = 2000
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def date_is_possible(passage: Passage, _words: Words) -> Iterator[Problem]:
    """No calendar has a day or month that a text names, as 2月30日.

    Readers cannot know which day is meant. Look it up in the signed original, and correct it.

    Rule: date-impossible, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R15.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        ---
        请于2026年2月30日前报送。

    Right::

        ---
        title: 示例通知
        attribute: active
        ---
        请于2026年2月28日前报送。
    """
    text = passage.text
    for match in _MONTH.finditer(text):
        at = match.start()
        before = _BEFORE_MONTH.search(text, max(at - _LONGEST_MONTH, 0), at)
        if not before:
            continue
        year, month = (_number(before[name] or before[f"{name}_han"]) for name in ("year", "month"))
        day = _number(match["day"])
        whole = day is not None or year is not None
        if month is not None and whole and not _exists(year or _LEAP_YEAR, month, 1 if day is None else day):
            message = say("there is no such date: “{found}”", found=before[0] + match[0])
            hint = say("look it up in the original, and correct it")
            yield Problem(passage.place(before.start()), "date-impossible", message, hint, Severity.WARNING)


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return int("".join(str(_DIGITS[digit]) for digit in text))
    tens, _, ones = text.partition("十")
    return 10 * (_DIGITS.get(tens, 99) if tens else 1) + (_DIGITS.get(ones, 99) if ones else 0)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(max(year, 1), month, day)
    except ValueError:
        return False
    return True


_PAIRS = {"《": "》", "“": "”", "（": "）", "【": "】", "〔": "〕", "(": ")"}
_CLOSING = {"》": "《", "”": "“", "）": "（", "】": "【", "〕": "〔", ")": "（"}
_MARK = re.compile(r"[《》“”（）()【】〔〕]|\n[ \t>　]*\n")
_LINE_MARK = re.compile(r"[《》“”（）()【】〔〕\n]")
_LINE_PAIRS = ("《》", "“”", "（）", "()", "【】", "〔〕", "（)", "(）")
_ITEM = re.compile(r"(?:^|[\s，。；、：:;,>|*])(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$")
"""What stands before the bracket of 1）, a）and 一）."""
_TOO_MANY = 500
_DEEPEST = 10
_FEW = 12
"""Paragraphs that something in brackets may have, as the list of a law's amendments below its title."""


def marks_are_paired(passage: Passage, _words: Words) -> Iterator[Problem]:
    """One of two marks that belong together is missing: 《》, “”, （）, 【】 or 〔〕.

    Pairs are looked for within a paragraph. A quotation may go on through several: each begins with “, the last one
    ends with ”. Add the mark that is missing, or delete the one that is too many.

    Rule: mark-unpaired, warning.
    Source: GB/T 15834-2011 标点符号用法，4.8、4.9、4.15.
    Row: R15.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        ---
        按照《示例办法的规定办理。

    Right::

        ---
        title: 示例通知
        attribute: active
        ---
        按照《示例办法》的规定办理。
    """
    if _pairs_off(passage.text):
        return
    open_ = _Open()
    for match in _MARK.finditer(text := f"{passage.text}\n\n"):
        mark, at = match[0], match.start()
        if len(open_.carried) + len(open_.marks) > _TOO_MANY:
            return
        if mark in _PAIRS:
            open_.marks.append(("（" if mark == "(" else mark, at))
        elif mark not in _CLOSING:
            open_.end_paragraph(text, at, match.end())
        else:
            left = open_.close(_CLOSING[mark])
            if left is None and (mark not in "）)" or not _ITEM.search(text, max(at - 5, 0), at)):
                yield _unpaired(passage, mark, at)
            for known, where in left or ():
                yield _unpaired(passage, known, where)
    for known, where, _ in open_.carried:
        yield _unpaired(passage, known, where)


class _Open:
    """The marks that are not closed yet: those of this paragraph, and those carried over from others before it."""

    def __init__(self) -> None:
        self.marks: list[tuple[str, int]] = []
        self.carried: list[tuple[str, int, int]] = []
        self._start = 0
        self._number = 0

    def end_paragraph(self, text: str, end: int, following: int) -> None:
        """Carry over what is open; a paragraph from “ to ” ends the quotation that began in one before it."""
        words = text[self._start : end].strip(" \t\n　*>")
        if words.startswith("“") and words.endswith("”"):
            self.carried = [known for known in self.carried if known[0] != "“"]
        self.carried += [(mark, at, self._number) for mark, at in self.marks]
        self.marks.clear()
        self._start, self._number = following, self._number + 1

    def close(self, wanted: str) -> list[tuple[str, int]] | None:
        """Close the last such mark, and give those that were opened behind it; None where there is none to close."""
        left: list[tuple[str, int]] = []
        if any(mark == wanted for mark, _ in self.marks):
            while (last := self.marks.pop())[0] != wanted:
                left.append(last)
            return left
        for known in reversed(self.carried):
            if known[0] == wanted and (wanted == "“" or self._number - known[2] <= _FEW):
                self.carried.remove(known)
                return left
        return None


def _pairs_off(text: str) -> bool:
    """Tell quickly whether each mark has its other one on the same line."""
    marks = "".join(_LINE_MARK.findall(text))
    for _ in range(_DEEPEST):
        before = marks
        for pair in _LINE_PAIRS:
            marks = marks.replace(pair, "")
        if marks == before:
            break
    return not marks.strip("\n")


def _unpaired(passage: Passage, mark: str, at: int) -> Problem:
    other = _PAIRS.get(mark) or _CLOSING[mark]
    message = say("there is {mark} without {other}: {found}", mark=mark, other=other, found=passage.around(at, at + 1))
    hint = say("add the mark that is missing, or delete this one")
    return Problem(passage.place(at), "mark-unpaired", message, hint, Severity.WARNING)


_DOUBLED = re.compile(
    r"(?<![标目中有])的的(?![确士])|(?<![为除])了了(?![解结断然无得])|(?<![由关位])于于(?![都洪田])"
    r"|(?<![普涉以危波累顾])及及(?![时格早])|(?<![理事自案缘来])由由|是是(?![否非])|(?<![间抑])或或"
    r"|和和(?![谐平睦解好美气田县林政硕静顺龙布缓声约])|，，|、、|；；|：：|。。|，。|。，|、。|，、|；。|。；"
    r"|(?P<word>按照|根据|以及|进行|应当|可以|关于|由于|或者|并且|对于|为了|不得|予以|实施)(?P=word)"
)
_TWICE = re.compile(
    r"([的了于及由是或和，、；：。按根以进应可关并对为不予实])(?:\1|(?<=[，、；：。])[，、；：。]|([照据及行当以于者且了得施])\1\2)"
)
"""What is worth a closer look; it is faster since it begins with one class of characters."""


def nothing_is_doubled(passage: Passage, _words: Words) -> Iterator[Problem]:
    """Words or marks stand twice where they can stand but once: 的的, 了了, 根据根据, ，，, ，。.

    Words that may be doubled, as 常常, 人人 and 目的的, are not meant. Delete one of the two.

    Rule: doubled, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R15.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        ---
        认真落实有关部门的的要求。

    Right::

        ---
        title: 示例通知
        attribute: active
        ---
        认真落实有关部门的要求。
    """
    for near in _TWICE.finditer(passage.text):
        match = _DOUBLED.match(passage.text, near.start())
        if not match:
            continue
        message = say("this stands twice: {found}", found=passage.around(match.start(), match.end()))
        hint = say("delete one of the two")
        yield Problem(passage.place(match.start()), "doubled", message, hint, Severity.WARNING)


_HALF = re.compile(rf"[,;?!](?<=[{HAN}].)(?=[{HAN}])")
_FULL = re.compile(r"[０-９]+")
_FULL_DIGITS = "０１２３４５６７８９"


def widths_are_not_mixed(passage: Passage, _words: Words) -> Iterator[Problem]:
    """Half-width marks stand between Chinese characters, or figures are full-width.

    Both look uneven, and a search for what is meant misses them. Write ，；？！ in Chinese, and 2026 for figures.

    Rule: width, info.
    Source: GB/T 15834-2011 标点符号用法，5.1；GB/T 15835-2011 出版物上数字用法.
    Row: R15.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        ---
        各街道办事处,区政府各部门：

    Right::

        ---
        title: 示例通知
        attribute: active
        ---
        各街道办事处，区政府各部门：
    """
    text = passage.text
    found = [
        *(_HALF.finditer(text) if "," in text or ";" in text or "?" in text or "!" in text else ()),
        *(_FULL.finditer(text) if not passage.is_old and any(digit in text for digit in _FULL_DIGITS) else ()),
    ]
    if found:
        place, message = passage.counted(say("half-width marks in Chinese, or full-width figures"), found)
        hint = say("write ，；？！ between Chinese characters, and half-width figures")
        yield Problem(place, "width", message, hint, Severity.INFO)


_NUMBER = re.compile(
    rf"[\[［【（(](?<=[{HAN}].)\s?(?P<year>(?:19|20)\d\d)\s?[\]］】）)]\s?(?:第\s?)?0*[1-9]\d*\s?号"
    rf"|〔(?<=[{HAN}].)(?P<other_year>(?:19|20)\d\d)〕(?:第\d+|0\d*)号"
)


def number_is_in_form(passage: Passage, _words: Words) -> Iterator[Problem]:
    """Document numbers stand in a text in another form than the standard's: [2023]9号 where 〔2023〕9号 is meant.

    Who looks the number up in its right form does not find it. The year stands in 〔〕, the number without 第 and
    without zeros before it. Texts written before the standard came into force on 1 July 2012 are left as they are.

    Rule: number-form, info.
    Source: GB/T 9704-2012，7.2.5.
    Row: R03.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        ---
        按照示政发[2023]9号文件的要求办理。

    Right::

        ---
        title: 示例通知
        attribute: active
        ---
        按照示政发〔2023〕9号文件的要求办理。
    """
    found = [] if passage.is_old else [match for match in _NUMBER.finditer(passage.text) if _is_recent(match)]
    if found:
        place, message = passage.counted(say("document numbers not written as the standard has it"), found)
        hint = say("write 〔2023〕9号 (GB/T 9704-2012, 7.2.5)")
        yield Problem(place, "number-form", message, hint, Severity.INFO)


def _is_recent(match: re.Match[str]) -> bool:
    return int(match["year"] or match["other_year"]) > IN_FORCE.year


_HAN_YEAR = re.compile(r"年(?<=[一二][一二三四五六七八九〇○◯Oo0０]{3}年)")
_ZEROS = "○◯Oo0０"


def zero_is_the_right_one(passage: Passage, _words: Words) -> Iterator[Problem]:
    """Years in Chinese figures have a circle, a letter or a digit for their zero: 二○二六年 where 二〇二六年 is meant.

    They look alike, but a search for one does not find the other. The right character is 〇 (U+3007).

    Rule: zero, info.
    Source: GB/T 15835-2011 出版物上数字用法.
    Row: R15.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        ---
        自二○二六年一月一日起施行。

    Right::

        ---
        title: 示例通知
        attribute: active
        ---
        自二〇二六年一月一日起施行。
    """
    text = passage.text
    found = [] if passage.is_old else [match for match in _HAN_YEAR.finditer(text) if _has_zero(text, match.start())]
    if found:
        place, message = passage.counted(say("years with another sign than 〇 for zero"), found)
        yield Problem(place, "zero", message, say("write 〇 (U+3007), as in 二〇二六年"), Severity.INFO)


def _has_zero(text: str, end: int) -> bool:
    return any(zero in text[end - 4 : end] for zero in _ZEROS)


def words_are_right(passage: Passage, words: Words) -> Iterator[Problem]:
    """Words stand in a text that a list says are wrong: gkssg's own, or the column's (content/wording.csv).

    gkssg's list is short: faults that columns were criticised for in public. The column's list says how much a word
    matters. Correct it; where the text must have it, name the words around it in the column 例外 of the list.

    Rule: wording, error, warning, info.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R15.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        ---
        成立秸杆禁烧工作专班。

    Right::

        ---
        title: 示例通知
        attribute: active
        ---
        成立秸秆禁烧工作专班。
    """
    for match in words.pattern.finditer(passage.text):
        word = words.by_wrong[match[0]]
        if any(_stands_in(passage.text, other, match) for other in word.except_in):
            continue
        message = (
            say("“{found}” is written “{right}”", found=word.wrong, right=say("{found}", found=word.right))
            if word.right
            else say("“{found}” should not stand in a text", found=word.wrong)
        )
        hint = say("{found}", found=word.note) if word.note else None
        yield Problem(passage.place(match.start()), "wording", message, hint, word.severity)


def _stands_in(text: str, longer: str, match: re.Match[str]) -> bool:
    """Tell whether a word stands inside a longer one that is right."""
    at = longer.find(match[0])
    return at >= 0 and text.startswith(longer, match.start() - at)


RULES: tuple[Callable[[Passage, Words], Iterator[Problem]], ...] = (
    date_is_possible,
    marks_are_paired,
    nothing_is_doubled,
    widths_are_not_mixed,
    number_is_in_form,
    zero_is_the_right_one,
    words_are_right,
)
