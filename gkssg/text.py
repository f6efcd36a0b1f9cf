"""Small helpers about text that know nothing of gkssg."""

from collections.abc import Iterable
import difflib
import posixpath
import re
import unicodedata
from urllib.parse import quote

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The Han characters, as the inside of a regular expression's character class."""

_CLOSE = 0.7
_DIGITS = 9
_URL_UNSAFE = re.compile(r"""[\x00-\x20"#%'<>?\[\\\]^`{|}\x7f]""")
_STEPS = re.compile(r"/\.{0,2}/")
"""What a path goes up or stays by."""
_XML_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WEB = re.compile(r"https?://[^/\s]\S*")


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that was probably meant, or nothing."""
    candidates = {candidate.casefold(): candidate for candidate in known}
    plain = word.casefold()
    for wanted in dict.fromkeys((plain.replace("-", "_"), plain)):
        found = difflib.get_close_matches(wanted, candidates, n=1, cutoff=_CLOSE)
        if found:
            return candidates[found[0]]
    return ""


def nearest_path(path: str, known: Iterable[str]) -> str:
    """Give the known path that was probably meant: one whose file name is like this one's, or nothing."""
    by_name: dict[str, str] = {}
    for candidate in sorted(known, key=lambda other: (posixpath.dirname(other) != posixpath.dirname(path), other)):
        by_name.setdefault(posixpath.basename(candidate), candidate)
    return by_name.get(nearest(posixpath.basename(path), by_name), "")


def web_path(path: str) -> str:
    """Write a path as it stands in a link of a page: only what would break is percent-encoded, Chinese stays."""
    return _URL_UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", path)


def uri_path(path: str) -> str:
    """Write a path for a feed or a sitemap: everything but unreserved characters percent-encoded (RFC 3986)."""
    return quote(path, safe="/")


def relative(target: str, page: str) -> str:
    """Give the way from the page with one address to another address, both counted from the column's root."""
    base = page.rpartition("/")[0]
    if not base:
        return target
    inside = target.removeprefix(f"{base}/")
    if inside != target and inside and not _STEPS.search(f"/{inside}/"):  # beside it or below, as most are
        return inside
    return posixpath.relpath(f"/{target}", f"/{base}")


def fit_for_xml(text: str) -> str:
    """Drop the characters XML 1.0 cannot hold (section 2.2 of the recommendation)."""
    return _XML_UNFIT.sub("", text)


def composed(path: str) -> str:
    """Give the name in Unicode's composed form, so that one name is one address on every system."""
    return unicodedata.normalize("NFC", path)


def is_web_address(text: str) -> bool:
    """Tell whether a text is the whole address of a page of the web."""
    return _WEB.fullmatch(text) is not None


def whole(text: str) -> int | None:
    """Give the number that a text of at most nine digits writes; None for any other text, however long."""
    return int(text) if len(text) <= _DIGITS and text.isdecimal() else None
