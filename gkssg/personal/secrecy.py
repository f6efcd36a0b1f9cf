"""Finds marks of secrecy and of what is for internal use: as a mark on a line or in a cell of its own, not as words.

A mark is the level and a star, perhaps with the term: 机密★1年 (保守国家秘密法实施条例; GB/T 9704-2012, 7.2.2).
"""

from collections.abc import Iterator
import re

from gkssg.personal.find import Finding, Kind

_MARK = re.compile(
    r"[\s　*_#>|【〔\[（(]*(?:\d{3,8}[\s　]+)?(?:密级[:：]\s*)?"
    r"(?P<mark>[绝机秘]\s*密\s*★\s*(?:\d{1,2}\s*[年月日]|\d{1,2}\s*个月|长期|启用前)?(?:\s*启用前)?"
    r"|内部(?:文件|资料|材料|使用)?[\s，,；;·]*(?:注意保存|妥善保管|不得外传|严禁外传|请勿外传)"
    r"|内部(?:文件|资料)|注意保存)"
    r"[\s　*_|】〕\]）)!！。]*(?P<rest>[^。；]{0,20})"
)

_GATES = ("★", "内部", "注意保存")


def find_marks(text: str) -> Iterator[Finding]:
    """Find the marks in a text."""
    seen: set[int] = set()
    for gate in _GATES:
        at = text.find(gate)
        while at >= 0:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            match = _MARK.fullmatch(text, start, end if end >= 0 else len(text))
            if match and start not in seen and (not match["rest"] or gate == "★"):
                seen.add(start)
                yield Finding(Kind.SECRECY, *match.span("mark"), "".join(match["mark"].split()))
            at = text.find(gate, end) if end >= 0 else -1
