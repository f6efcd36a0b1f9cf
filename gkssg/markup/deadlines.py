"""When, and how much: the words of a clause that say by when it is to be done, how often, and what counts as done."""

from dataclasses import dataclass
import re

from gkssg.dates import DateError, PartialDate, parse_date

_QUOTED = re.compile(r"[“‘《][^”’》]*[”’》]")
_BEFORE = r"(?:之前|以前|前)"
_TIMES = re.compile(
    r"(?P<words>每(?:季度末?|月底?|半年|周|旬|年(?!\d|年|底|末|上|下|第))(?!一题|以来|的|度)|按(?:季度|月|季|周|半年|年)(?!龄|度|薪|租|均|代)"
    r"|\d+个(?:工作日|月)(?:以)?内|\d+(?:个工作)?[日天](?:以)?内)"
    r"|(?P<year>(?:\d{4}|今|本|当|每)年)?(?:"
    rf"(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{_BEFORE}"
    rf"|(?P<end_month>\d{{1,2}})月份?(?:底|末){_BEFORE}?"
    rf"|(?P<third_month>\d{{1,2}})月(?P<third>[上中])旬{_BEFORE}"
    rf"|第?(?P<quarter>[一二三四1-4])季度(?:(?:底|末){_BEFORE}?|前|内)"
    rf"|(?P<half>[上下])半年(?:(?:底|末){_BEFORE}?|前|内|(?=完成|实现|建成))"
    rf"|(?(year)年?|(?<!\d)年)(?:(?:底|末){_BEFORE}?|内))"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_THIRDS = {"上": 10, "中": 20}
_UNITS = "次|个百分点|个|场|件|条|篇|项|家|处|人次|人|万元|亿元|小时|户|套|公里|所|张|名|期|批|课时|学时|分(?!之)|倍"
_COUNT = r"(?:\d[\d.]*|[一二三四五六七八九十百千两]+)"
_TARGETS = re.compile(
    rf"(?:不少于|不低于|不超过|不高于|不得少于|至少|达到|达|超过|控制在)[^，。；、：（）]{{0,6}}?(?:{_COUNT}\s*(?:{_UNITS})|\d[\d.]*\s*[%％])"
    rf"(?:以上|以内|以下)?|\d[\d.]*\s*[%％](?:以上|以内|以下)?|百分之{_COUNT}"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words that tell time, in their order, and the last day they name, where they name one."""

    words: tuple[str, ...]
    due: PartialDate | None


def deadline(text: str, year: int) -> Deadline:
    """Read the time words of a clause; days without a year are those of ``year``, the plan's."""
    plain = _QUOTED.sub(lambda match: "　" * len(match[0]), text)
    words: dict[str, None] = {}
    days: list[PartialDate] = []
    for match in _TIMES.finditer(plain):
        words[match[0]] = None
        day = _day(match, year)
        if day:
            days.append(day)
    return Deadline(tuple(words), max(days, default=None))


def targets(text: str) -> tuple[str, ...]:
    """Give the words that count: 不少于10次, 至少召开1次, 100%."""
    plain = _QUOTED.sub(lambda match: "　" * len(match[0]), text)
    return tuple(dict.fromkeys(match[0] for match in _TARGETS.finditer(plain)))


def _day(match: re.Match[str], year: int) -> PartialDate | None:
    if match["words"] or not year:
        return None
    typed = (match["year"] or "").removesuffix("年")
    year = int(typed) if typed.isdecimal() else year
    quarter = _QUARTERS.get(match["quarter"] or "")
    month = match["month"] or match["end_month"] or match["third_month"]
    if quarter:
        month = str(quarter * 3)
    elif match["half"]:
        month = "6" if match["half"] == "上" else "12"
    elif not month:
        month = "12"
    try:
        whole = parse_date(f"{year}-{month}")
        day = match["day"] or _THIRDS.get(match["third"] or "") or whole.last.day
        return parse_date(f"{year}-{month}-{day}")
    except DateError:
        return None
