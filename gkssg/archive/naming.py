"""Which organ a short name means: 区财政局 in a plan of 示例区 is 示例区财政局, and no other district's."""

import re

from gkssg.archive.model import Archive, Document
from gkssg.archive.organs import former_names, own_names
from gkssg.terms import Kind

_PLACE = re.compile(r"[^省市区县州盟旗]{1,8}(?:自治[区州县旗]|[省市区县州盟旗])(?!场)")
_LEVEL = re.compile(r"(?P<level>[省市区县州盟旗])(?!场监)")
_SAME = (("人民政府", "政府"), ("委员会", "委"), ("办公室", "办"), ("和", ""), ("与", ""))
_REMARK = re.compile(r"[（(〔\[].*?[）)〕\]]")


class OrganNames:
    """The organ pages of an archive that anyone may read, by every name they have or had."""

    def __init__(self, archive: Archive) -> None:
        self._named: dict[str, Document] = {}
        organs = [document for document in archive.documents if document.kind is Kind.ORGAN and document.is_active]
        for names in (own_names, former_names):
            for organ in organs:
                for name in names(organ):
                    self._named.setdefault(absolute(name, places(organ.title)), organ)

    def find(self, name: str, issuers: tuple[str, ...]) -> Document | None:
        """Find the organ that a plan of these issuers means by a name."""
        around = tuple(place for issuer in issuers for place in places(issuer))
        return self._named.get(absolute(name, around))


def places(name: str) -> tuple[str, ...]:
    """Give the places in an organ's full name: 济南市天桥区人民政府 stands in 济南市 and in 天桥区."""
    found = []
    at = 0
    while match := _PLACE.match(name, at):
        found.append(match[0])
        at = match.end()
    return tuple(found)


def absolute(name: str, around: tuple[str, ...]) -> str:
    """Write a name with its own place and none above it, in one form for one organ."""
    plain = _REMARK.sub("", "".join(name.split()))
    own = places(plain)
    if own:
        plain = own[-1] + plain[len("".join(own)) :]
    elif level := _LEVEL.match(plain):
        place = next((place for place in around if place.endswith(level["level"])), "")
        plain = place + plain[1:] if place else plain
    for long, short in _SAME:
        plain = plain.replace(long, short)
    return plain
