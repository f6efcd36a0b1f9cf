"""Who is to do it: brackets of a work plan that name organs, as 责任单位, 牵头部门 or 负责落实.

Two forms are read: labels before the names （牵头部门：区发改委，配合部门：区财政局）, and verbs behind them
（省商务厅牵头，合肥海关配合）. Brackets, colons and commas may be full or half wide; brackets may stand in brackets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import re

from gkssg.terms import Role


@dataclass(frozen=True, slots=True)
class Duty:
    """An organ and its part in a task; 等有关部门, which names nobody, has a role of its own."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Bracket:
    """Where a text names those who are to do it: from ``start`` to ``end``, what stands inside, and the duties.

    ``first_leads``: it says that from here on the first of several organs leads (列第一位者为牵头单位，下同).
    """

    start: int
    end: int
    inside: str
    duties: tuple[Duty, ...]
    first_leads: bool


_OPENING, _CLOSING = "（([［〔【", "）)]］〕】"
_ROLES = (
    (re.compile("牵头|主办|主责|第一责任"), Role.LEAD),
    (re.compile("配合|协办|协同|协助|参与|参加|支持"), Role.SUPPORT),
    (re.compile("指导"), Role.GUIDE),
    (re.compile("责任|负责|落实|承办|承担|实施|考核|组织"), Role.RESPONSIBLE),
)
_LABEL = re.compile(
    r"(?P<label>[一-鿿]{0,8}(?:责任|牵头|配合|协办|协同|协助|主办|主责|承办|落实|参与|参加|实施|考核|指导|支持|负责)"
    r"(?:责任|考核|落实)?(?:单位|部门|机构|主体|科室|处室)?)\s*[：:]"
)
_OTHER_LABEL = re.compile(r"[一-鿿]{2,10}\s*[：:]")
_LINE = re.compile(r"[一-鿿]{0,4}(?:责任|牵头|配合|落实|负责|协同|协助|参与)(?:责任)?(?:单位|部门|主体)\s*[：:]")
_VERB = re.compile(
    r"(?:(?:按照?|根据|依据?)(?:各自)?(?:的)?(?:职责|职能|任务)?(?:分工|范围|权限)?(?:要求)?)?"
    r"(?:分别|共同|具体|统筹|分头|各自|分级|联合)?"
    r"(?P<verb>牵头负责|牵头落实|牵头组织|牵头|负责落实|负责组织实施|负责实施|负责|组织实施|组织落实|配合落实|配合|参与"
    r"|参加|协助|协同|协办|落实|实施|承担|承办|主办|指导)$"
)
_NOTE = re.compile(r"第一位|下同|不再列出|以下均|排名|排在|列首位")
_FIRST_LEADS = re.compile(r"第一位.{0,8}牵头")
_ORGAN = re.compile(
    r"(?:局|部|委|办|厅|署|院|会|府|处|中心|公司|行|单位|部门|社|集团|室|组|所|站|队|校|厂|园|海关|馆|台|企业|委员会"
    r"|银行|联|中央|机构|党组|法院|各地|地区|街道|街镇|县|区|市|镇|乡|州|盟|旗|大学|学院|班|组委|电网|盐业|移动|联通|电信)$"
)
_NO_ORGAN = re.compile(r"[由须将已不]|应当|依法|可以|根据|\d")
_JOIN = re.compile(r"以及|[和及与]")
_BARE = re.compile(r"(?:有关|相关|各)?(?:单位|部门|机构|地区|企业)?")
_OTHERS = re.compile(r"等(?:(?:有关|相关|各)?[^、，等]{0,8}(?:部门|单位|机构|地区|企业|地方)(?:和单位)?)?$")
_PLACE = re.compile(r"(?:各|有关)?(?:[省市县区州镇乡旗盟]|自治区|直辖市|街道|设区市|乡镇)(?:（.*）)?")
_SHORT = 3
_LONGEST = 40


def brackets(text: str) -> Iterator[Bracket]:
    """Find, in one paragraph, every bracket that names organs, from left to right; a line 责任单位：… is one, too."""
    if _LINE.match(text):
        duties = read_duties(text)
        if duties and all(duty.role is Role.OTHERS or _is_organ(duty.name) for duty in duties):
            yield Bracket(0, len(text), text, duties, bool(_FIRST_LEADS.search(text)))
            return
    for start, end in _outermost(text):
        inside = text[start + 1 : end - 1]
        duties = read_duties(inside)
        if duties:
            yield Bracket(start, end, inside, duties, bool(_FIRST_LEADS.search(inside)))


def read_duties(inside: str) -> tuple[Duty, ...]:
    """Read what stands in a bracket; nothing where it names no organs."""
    found: list[Duty] = []
    waiting: list[str] = []
    role: Role | None = None
    labelled = skipped = False
    for part in _parts(inside):
        label = _LABEL.match(part)
        if label:
            role, labelled, skipped = role_of(label["label"]), True, False
            waiting.clear()
        elif _OTHER_LABEL.match(part):
            skipped = True
        rest = "".join((part[label.end() :] if label else part).split())
        if skipped or not rest or _NOTE.search(rest):
            continue
        verb = _VERB.search(rest)
        head, _, tail = (rest[: verb.start()] if verb else rest).partition("会同")
        names = _names(head)
        if verb and not (labelled and not names):
            as_said = role_of(verb["verb"]) or Role.RESPONSIBLE
            found += [Duty(name, as_said) for name in (*waiting, *names)]
            found += [Duty(name, Role.SUPPORT) for name in _names(tail)]
            waiting.clear()
        elif role:
            found += [Duty(name, role) for name in names]
        else:
            waiting += names
    if not labelled and not all(_is_organ(duty.name) for duty in found):
        return ()
    return tuple(part for duty in found for part in _with_others(duty))


def role_of(words: str) -> Role | None:
    """Tell the part that a label or a verb gives: 牵头, 配合, 指导, or the plain duty."""
    return next((role for pattern, role in _ROLES if pattern.search(words)), None)


def _outermost(text: str) -> Iterator[tuple[int, int]]:
    """Find brackets that stand in no other one. A closing one ends the nearest opening one, full or half wide."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character in _OPENING:
            start = start if depth else place
            depth += 1
        elif character in _CLOSING and depth:
            depth -= 1
            if not depth:
                yield start, place + 1


def _cut(text: str, marks: str) -> Iterator[str]:
    """Cut a text at marks that stand in no bracket."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth <= 0 and character in marks:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def _parts(inside: str) -> Iterator[str]:
    for part in _cut(inside, "，,；;。"):
        pieces = re.split(rf"\s+(?={_LABEL.pattern.replace('?P<label>', '?:')})", part.strip())
        yield from (piece.strip() for piece in pieces)


def _names(text: str) -> list[str]:
    names: list[str] = []
    for piece in _cut(text, "、"):
        if names and (_PLACE.fullmatch(names[-1]) or (len(names[-1]) <= _SHORT and not _ORGAN.search(names[-1]))):
            piece = f"{names.pop()}、{piece}"  # noqa: PLW2901  (各市、县人民政府 is one name)
        names += _joined(piece)
    return [name for name in names if name]


def _joined(piece: str) -> Iterator[str]:
    """Part 区政府办公室和区政府有关部门, but neither 区教育和体育局 nor 有关部门和单位."""
    start = 0
    for join in _JOIN.finditer(piece):
        left, right = piece[start : join.start()], piece[join.end() : join.end() + _LONGEST]
        whole = len(left) > _SHORT and (_ORGAN.search(left[-_LONGEST:]) or _OTHERS.search(left[-_LONGEST:]))
        if whole and not _BARE.fullmatch(right) and len(right) > 1:
            yield left
            start = join.end()
    yield piece[start:]


def _with_others(duty: Duty) -> Iterator[Duty]:
    others = _OTHERS.search(duty.name)
    name = duty.name[: others.start()] if others else duty.name
    if name:
        yield Duty(name, duty.role)
    if others:
        yield Duty(others[0], Role.OTHERS)


def _is_organ(name: str) -> bool:
    core = _OTHERS.sub("", re.sub(r"[（(〔\[].*[）)〕\]]$", "", name))
    return len(core) <= _LONGEST and bool(_ORGAN.search(core)) and not _NO_ORGAN.search(core)
