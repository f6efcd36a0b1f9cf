"""Exemptions in a content file: a line ``# gkssg: allow RULE because …`` of its front matter."""

from collections.abc import Iterator
import re

from gkssg.archive.model import Allowance
from gkssg.problem import Place

_MARK = "gkssg"
_LINE = re.compile(r"[ \t]*#[ \t]*gkssg[ \t]*[:：][ \t]*(?P<said>.*?)[ \t]*", re.IGNORECASE)
_SAID = re.compile(
    r"(?:allow|允许)[ \t]+(?P<rule>[\w-]+)(?:[ \t,，]*(?:because|因为)[ \t]*[:：]?[ \t]*(?P<reason>.*))?"
)


def allowances(text: str, path: str) -> Iterator[Allowance]:
    """Give the exemptions in the front matter of a content file; one that cannot be read has no rule."""
    if _MARK not in text:
        return
    for number, line in enumerate(text.split("\n")[1:], 2):
        if line.rstrip() == "---":
            return
        match = _LINE.fullmatch(line)
        if match:
            said = _SAID.fullmatch(match["said"])
            rule, reason = (said["rule"], said["reason"] or "") if said else ("", "")
            yield Allowance(rule, reason, Place(path, number, line.index("#") + 1))
