"""The tokeniser: the Python twin of the one in ``themes/default/static/search.js``.

Both follow docs/search.md and are held together by ``tests/data/tokens.json``. Any change of what they give is a new
:data:`VERSION`.
"""

from collections.abc import Iterator
from operator import add
import re
import unicodedata

from gkssg.text import HAN

VERSION = 1

_WORD = "a-z0-9\u00e0-\u024f\u0370-\u03ff\u0400-\u04ff"
_GAP = re.compile(rf"[ \t](?<=[{HAN}].)[ \t]*(?=[{HAN}])")
_WIDE = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；（）？！\u3000")
_RUN = re.compile(rf"([{HAN}]+)|([{_WORD}]+)(?=([{HAN}])?)")
_NUMBER = re.compile(r"[〔\[(【﹝〖]\s*((?:19|20)\d\d)\s*[〕\])】﹞〗]\s*(?:第\s*)?(\d{1,5})\s*号")
_HAN = re.compile(f"[{HAN}]")
_BRACKETS = str.maketrans("〔［【﹝〖[{｛〕］】﹞〗]}｝“”„‟「」『』‘’'", "(" * 8 + ")" * 8 + '"' * 11)


def folded(text: str) -> str:
    """Fold a text as both twins do: NFKC, lower case, no blanks between Han characters."""
    for wide, plain in _WIDE:  # these stand in every sentence, and what is normal already is soon seen to be
        text = text.replace(wide, plain)
    return _GAP.sub("", unicodedata.normalize("NFKC", text).lower())


def analysed(text: str) -> tuple[list[str], list[str]]:
    """Give the tokens of a text, in order, with repetitions, and its distinct :func:`crossings`."""
    found: list[str] = []
    crossed: dict[str, None] = {}
    plain = folded(text)
    for line in plain.split("\n"):
        last = ""
        for han, word, after in _RUN.findall(line):
            if han:
                if last:
                    crossed[f"|{last}{han[0]}"] = None
                last = han[-1]
                found.extend(map(add, han, han[1:]) if len(han) > 1 else han)
            else:
                if last:
                    crossed[f"|{last}{word[0]}"] = None
                last = word[-1]
                found.append(word)
                if after and word.isascii() and word.isdigit():
                    found.append(word + after)
    found.extend(f"{year}/{int(serial)}" for year, serial in _NUMBER.findall(plain))
    return found, list(crossed)


def tokens(text: str) -> list[str]:
    """Give the tokens of a text, in order, with repetitions."""
    return analysed(text)[0]


def crossings(text: str) -> list[str]:
    """Give the distinct unscored terms ``|xy`` of a text: x ends a run, y begins the next one on the same line."""
    return analysed(text)[1]


def query_tokens(text: str) -> list[str]:
    """Give the distinct tokens of a chunk of a query; single Han characters only where there is nothing else."""
    every = list(dict.fromkeys(tokens(text)))
    return [token for token in every if len(token) > 1 or not _HAN.match(token)] or every


def canonical(text: str) -> str:
    """Give a text as phrases are compared: folded, brackets and quotation marks alike, no white space."""
    return "".join(folded(text).translate(_BRACKETS).split())


def title_terms(title: str) -> Iterator[str]:
    """Give the unscored terms of a title: ``=x`` for each Han character."""
    for character in dict.fromkeys(_HAN.findall(folded(title))):
        yield f"={character}"


def number_terms(doc_no: str) -> Iterator[str]:
    """Give the unscored terms of a document number: ``#serial`` and ``#year/serial``."""
    for year, serial in _NUMBER.findall(folded(doc_no)):
        yield f"#{int(serial)}"
        yield f"#{year}/{int(serial)}"
