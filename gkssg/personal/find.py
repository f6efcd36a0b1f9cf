"""Finds personal data in a text, and what they look like masked.

What only looks so is left out: index numbers, credit codes, document numbers, telephones of offices, amounts, codes.
A number that shows by its check digit what it is needs no word beside it; others need one, in front of them or over
their column. Sources: Personal Information Protection Law, articles 4, 28 and 51; GB/T 35273-2020, annexes A and B.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
import re

from gkssg.language import Message, say
from gkssg.personal.numbers import is_card, is_card_by_itself, is_credit_code, is_resident_id


class Kind(StrEnum):
    """What a finding is."""

    RESIDENT_ID = "resident-id"
    MOBILE = "mobile"
    CARD = "card"
    PASSPORT = "passport"
    PLATE = "plate"
    ADDRESS = "address"
    EMAIL = "email"
    MINORS = "minors"
    HEALTH = "health"
    POSITION = "position"
    AUTHOR = "author"
    SECRECY = "secrecy"


WHAT: dict[Kind, Message] = {
    Kind.RESIDENT_ID: say("a resident ID number"),
    Kind.MOBILE: say("a mobile phone number"),
    Kind.CARD: say("a bank card number"),
    Kind.PASSPORT: say("a passport or travel permit number"),
    Kind.PLATE: say("a number plate"),
    Kind.ADDRESS: say("an address down to the door"),
    Kind.EMAIL: say("a private e-mail address"),
    Kind.MINORS: say("a list of minors by name"),
    Kind.HEALTH: say("a list of names with their health"),
    Kind.POSITION: say("the place where a picture was taken"),
    Kind.AUTHOR: say("a person's name"),
    Kind.SECRECY: say("a secrecy mark"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data in a text: from where to where, and how they look masked."""

    kind: Kind
    start: int
    end: int
    masked: str


_WIDE = "０-９Ａ-Ｚ"
_IS_WIDE = re.compile(f"[{_WIDE}]")
_NARROW = {code: code - 0xFEE0 for code in range(ord("！"), ord("～") + 1)}
_GAP = "[ \u00a0\u3000.·–-]"
_RUN = re.compile(rf"[{_WIDE}A-Z0-9](?:(?:{_GAP}?[{_WIDE}A-Za-z0-9]){{4,}}|[A-Z0-9-]*[号室户房])")
"""What may be a number of any kind: five signs or more, perhaps parted by single gaps; and what may be a door's."""
_DOORS = frozenset("号室户房")
_ALONE, _END = r"(?<![0-9A-Za-z])(?<!\d\.)", r"(?![0-9A-Za-z])"
_ID = re.compile(rf"(?<![0-9A-FHIKM-Za-z])(?<!\d\.)[1-8](?:(?:{_GAP}?\d){{16}}{_GAP}?[\dXx]|\d{{14}}){_END}")
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z][_-])(?:{_ALONE}|(?<=\b86[- ])|(?<=\+86)|(?<=0086))1[3-9]\d"
    rf"(?P<gap>{_GAP}?)\d{{4}}{_GAP}?\d{{4}}{_END}"
    rf"|(?<=86-)1[3-9]\d{{9}}{_END}"
)
_CARD = re.compile(rf"{_ALONE}[3-69]\d{{3}}(?:{_GAP}?\d{{4}}){{3}}(?:{_GAP}?\d{{1,3}})?{_END}")
_PASSPORT = re.compile(rf"{_ALONE}(?:E[A-HJ-NP-Z]\d{{7}}|[EGDSPK]\d{{8}}|1[45]\d{{7}}|[HMCW]\d{{8}}(?:\d\d)?){_END}")
_PLATE_AREA = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
_PLATE = re.compile(
    r"[A-HJ-NP-Z][ ·•・]?(?:[A-HJ-K]\d{5}|[A-HJ-K][A-HJ-NP-Z]\d{4}|\d{5}[A-HJ-K]|"
    r"(?=(?:[A-Z]?\d){3}|\d[A-Z]{2}\d{2}|\d{2}[A-Z]{2}\d|[A-Z]{2}\d{3})[A-HJ-NP-Z0-9]{5}|[A-Z0-9]{4}[挂学港澳])"
    r"(?![0-9A-Za-z号—-])"
)
_EMAIL = re.compile(
    r"(?<![\w.+-])(?P<user>[\w.+-]{1,64})@(?:vip\.)?(?:qq|163|126|sina|139|189|wo|yeah|foxmail|gmail|hotmail|outlook|"
    r"aliyun|sohu|tom|21cn|icloud|live|msn|yahoo)\.(?:com|cn|net)(?:\.cn)?(?![\w-])",
    re.ASCII,
)
_NO_DOOR = frozenset("楼召院文令公码线")
_DOOR_NUMBER = re.compile(r"(?<![第〕\])0-9A-Z-])[0-9A-Z]+(?:-[0-9]+)*$")
_HOME = re.compile(
    r"住址|家庭地址|户籍地址|户籍所在地|户籍地|户口所在地|现住|居住地址|居住地|家住|居住于|居住在|住在|暂住"
)
_UNIT = re.compile(r"\d[A-Z栋幢座楼号]*-?[0-9一二三四五六]*单元$")
_RURAL = re.compile(r"[村屯庄寨](?:委会)?[^，、]{0,8}?[0-9一二三四五六七八九十]+[组社队]$")
_LOCALITY = re.compile(r"[省市区县旗镇乡村街路道巷弄园苑里坊庄屯寨]")
_NO_PLACE = re.compile(r"[〔\[]|\d{4}[年）)]|[《》]|[规办证令]")
_PARTS = re.compile(r"[。；;|\t！？]")
_BEGIN = re.compile(r".*[，,：:（(“\"\s]|[为是于在]+")
_UP_TO_TOWN = re.compile(r".*?(?:街道|[镇乡])|.*?(?<![小社园])[区县旗]|.*?市")
_LINE_END = "\n"
_LONGEST_ROW = 4000
_ADDRESS_BACK, _BACK, _NEAR, _AHEAD = 60, 30, 12, 12
_PASSPORT_WORD = re.compile(r"护照|通行证|旅行证|证件号|(?i:passport)")
_CARD_WORD = re.compile(r"卡|账[号户]|帐[号户]|开户|银行")
_CODE_WORD = re.compile(
    r"编号|编码|代码|单号|流水|合同|文号|索引号|批号|案号|许可证|执照|注册号|登记号|备案|项目|税号|纳税人|组织机构|信用|QQ"
)
_ID_WORD = re.compile(r"身份证|身份号|公民身份|证件号|(?i:id ?card)")
_PHONE_WORD = re.compile(r"电话|手机|联系|热线|微信|(?i:tel|phone|mobile)")
_AMOUNT_WORD = re.compile(r"金额|[万亿（(]元|预算|决算|收入|支出|资产|合计|总额|数量|面积|产值|余额")
_AMOUNT = re.compile(r"\.\d|,\d{3}\b|\s*(?:[万亿]?[元股吨份件]|[万亿]|千|平方|美元|公里|立方|度(?!假))")
_OWN_CONTACT = re.compile(
    r"(?:phone|fax|email|address|contact|suggest|电话|传真|邮箱|地址|联系方式)[\"']?\s*:\s*[\"']?[^:{}]*$"
)
_CONTACTS = frozenset({Kind.MOBILE, Kind.EMAIL, Kind.ADDRESS})


def find(text: str, label: str = "") -> Iterator[Finding]:
    """Find personal data in a text, in their order; ``label`` is what the text stands under: the head of its column."""
    runs = [run.span() for run in _RUN.finditer(text)]
    if any(_IS_WIDE.search(text, *run) for run in runs):
        text = text.translate(_NARROW)
    around = _Around(text, label)
    found = [*_numbers(text, runs, around), *_addresses(text, runs, around)]
    if "@" in text:
        found += _emails(text, around)
    end = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)) if found else ():
        if one.start >= end:
            yield one
            end = one.end


def masked_text(text: str) -> str:
    """Give a text with all that is found in it masked, to be quoted."""
    parts: list[str] = []
    end = 0
    for finding in find(text):
        parts += (text[end : finding.start], finding.masked)
        end = finding.end
    return "".join([*parts, text[end:]])


def is_own_contact(finding: Finding, front_matter: str) -> bool:
    """Tell whether what was found in front matter is how people reach the organ: its own telephone, mailbox, house."""
    line = front_matter[front_matter.rfind("\n", 0, finding.start) + 1 : finding.start]
    return finding.kind in _CONTACTS and bool(_OWN_CONTACT.search(line))


def _numbers(text: str, runs: list[tuple[int, int]], around: "_Around") -> Iterator[Finding]:
    for start, end in runs:
        if start and text[start - 1] in _PLATE_AREA and (plate := _PLATE.match(text, start)):
            shown = "".join(sign for sign in plate[0] if sign.isalnum())
            yield Finding(Kind.PLATE, start - 1, plate.end(), f"{text[start - 1]}{shown[0]}***{shown[-2:]}")
        length = end - start
        if length >= 9:  # noqa: PLR2004  (signs of a passport's number)
            yield from _passports(text, around, start, end)
        if length >= 11:  # noqa: PLR2004  (… of a mobile phone's)
            yield from _mobiles(text, around, start, end)
        if length >= 15:  # noqa: PLR2004  (… of an old resident ID)
            yield from _ids(text, around, start, end)
            yield from _cards(text, around, start, end)


def _ids(text: str, around: "_Around", start: int, end: int) -> Iterator[Finding]:
    for match in _ID.finditer(text, start, end):
        number = _signs(match[0])
        if not is_resident_id(number):
            continue
        said = around.before(match.start())
        is_code = bool(_CODE_WORD.search(said) or _CARD_WORD.search(said)) and not _ID_WORD.search(said)
        may_be_code = len(number) == 15 or is_credit_code(number)  # noqa: PLR2004  (an old resident ID)
        if may_be_code and (is_code or text[match.end() : match.end() + 1] == "/"):
            continue
        yield Finding(Kind.RESIDENT_ID, *match.span(), f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}")


def _mobiles(text: str, around: "_Around", start: int, end: int) -> Iterator[Finding]:
    for match in _MOBILE.finditer(text, start, end):
        said = around.before(match.start())
        if not _PHONE_WORD.search(said):
            near = f"{around.column(match.start())} {said[-_NEAR:]}"
            if _AMOUNT.match(text, match.end()) or _CODE_WORD.search(near) or _AMOUNT_WORD.search(near):
                continue
            if match["gap"] and match.span() != (start, end):
                continue  # one of several figures beside each other
        number = _signs(match[0])
        yield Finding(Kind.MOBILE, *match.span(), f"{number[:3]}****{number[-4:]}")


def _cards(text: str, around: "_Around", start: int, end: int) -> Iterator[Finding]:
    for match in _CARD.finditer(text, start, end):
        number = _signs(match[0])
        said = around.before(match.start())
        if not is_card(number) or not (
            _CARD_WORD.search(said) or (is_card_by_itself(number) and not _CODE_WORD.search(said))
        ):
            continue
        yield Finding(Kind.CARD, *match.span(), f"{'*' * (len(number) - 4)}{number[-4:]}")


def _passports(text: str, around: "_Around", start: int, end: int) -> Iterator[Finding]:
    for match in _PASSPORT.finditer(text, start, end):
        said = around.before(match.start()) + text[match.end() : match.end() + _AHEAD]
        if _PASSPORT_WORD.search(said):
            yield Finding(Kind.PASSPORT, *match.span(), f"{match[0][0]}{'*' * (len(match[0]) - 4)}{match[0][-3:]}")


def _emails(text: str, around: "_Around") -> Iterator[Finding]:
    """Find mailboxes of persons: those named after a mobile phone, and those that stand beside names in a list.

    Organs use the same hosts, so that any other may be the office's own.
    """
    for match in _EMAIL.finditer(text):
        is_mobile = bool(re.fullmatch(r"1[3-9]\d{9}", match["user"]))
        if is_mobile or "姓名" in around.before(match.start()):
            host = match[0].removeprefix(match["user"])
            yield Finding(Kind.EMAIL, *match.span(), f"{match['user'][0]}***{host}")


def _addresses(text: str, runs: list[tuple[int, int]], around: "_Around") -> Iterator[Finding]:
    for _, end in runs:
        door = end - 1 if text[end - 1] in _DOORS else end
        if text[door : door + 1] not in _DOORS or text[door + 1 : door + 2] in _NO_DOOR:
            continue
        start = max(door - _ADDRESS_BACK, 0)
        start = max(text.rfind("\n", start, door) + 1, start)
        start += max((part.end() for part in _PARTS.finditer(text[start:door])), default=0)
        number = _DOOR_NUMBER.search(text, start, door)
        if number is None:
            continue
        before = text[start : number.start()]
        words = [word.end() for word in _HOME.finditer(before)]
        in_building = bool(_UNIT.search(before))
        in_village = text[door] == "号" and bool(_RURAL.search(before))
        if not (words or in_building or in_village or _HOME.search(around.column(door))):
            continue
        start += words[-1] if words else 0
        begin = _BEGIN.match(text, start, number.start())
        start = begin.end() if begin else start
        place = text[start : number.start()]
        if (in_building or _LOCALITY.search(place)) and not _NO_PLACE.search(place):
            town = _UP_TO_TOWN.match(place)
            yield Finding(Kind.ADDRESS, start, door + 1, f"{town[0] if town else ''}***")


def _signs(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isalnum())


class _Around:
    """What a text says around its numbers: in front of them, and over their column."""

    def __init__(self, text: str, label: str) -> None:
        self._text = text
        self._label = label
        self._top, self._seen = 0, -1  # where the last table begins, and the line down to which that is known

    def before(self, start: int) -> str:
        """Give the words that say what a number is: those in front of it in its line, and the head of its column."""
        words = self._text[max(start - _BACK, 0) : start]
        return f"{self.column(start)} {words[words.rfind(_LINE_END) + 1 :]}"

    def column(self, start: int) -> str:
        """Give the head of the column of a Markdown table that a place is in, and 姓名 where its rows name persons."""
        text = self._text
        line = text.rfind(_LINE_END, max(start - _LONGEST_ROW, 0), start) + 1
        if self._label or not text.startswith("|", line) or start - line >= _LONGEST_ROW:
            return self._label
        if not self._top <= line <= self._seen:
            self._top, self._seen = self._head(line), line
        cells = text[self._top : text.find(_LINE_END, self._top)].split("|")
        cell = text.count("|", line, start)
        return f"{cells[cell] if cell < len(cells) else ''} {'姓名' if any('姓名' in one for one in cells) else ''}"

    def _head(self, line: int) -> int:
        """Go up from a line of a table to its first one."""
        while line and self._text.startswith("|", above := self._text.rfind(_LINE_END, 0, line - 1) + 1):
            if above == self._seen:
                return self._top
            line = above
        return line
