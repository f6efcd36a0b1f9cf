"""``content/wording.csv``: words that a column does not want to find in its texts, and what is meant by them.

gkssg's own list is short: faults for which columns were criticised in public (``gkssg/defaults/wording.csv``). A row of
the column about the same word takes the place of gkssg's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
import re

from gkssg.archive.tables import TableRow, read_table
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity

WORDS_FILE = "wording.csv"
_COLUMNS = ("错误写法", "正确写法", "程度", "例外", "说明")
_SEVERITIES = {"": Severity.WARNING, "错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.INFO}
_LONGEST = 50


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A word that is wrong in every text but inside the words of ``except_in``; ``right`` is empty where it depends."""

    wrong: str
    right: str
    severity: Severity
    except_in: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Words:
    """A list of wrong words, and one expression that finds them all."""

    by_wrong: dict[str, WrongWord]
    pattern: re.Pattern[str]


def own_words(root: Path) -> tuple[tuple[WrongWord, ...], tuple[Problem, ...]]:
    """Read the list of the column in the folder ``root``; there need be none."""
    path = root / "content" / WORDS_FILE
    return _read(path, f"content/{WORDS_FILE}") if path.is_file() else ((), ())


@cache
def all_words(own: tuple[WrongWord, ...]) -> Words:
    """Put the words of a column and gkssg's own together."""
    shipped, _ = _read(Path(__file__).parents[1] / "defaults" / WORDS_FILE, WORDS_FILE)
    by_wrong = {word.wrong: word for word in (*shipped, *own)}
    longest_first = sorted(by_wrong, key=lambda wrong: (-len(wrong), wrong))
    return Words(by_wrong, re.compile("|".join(map(re.escape, longest_first))))


def _read(path: Path, shown: str) -> tuple[tuple[WrongWord, ...], tuple[Problem, ...]]:
    table, problems = read_table(path, shown)
    if table is None:
        return (), problems
    unknown = [name for name in table.columns if name and name not in _COLUMNS]
    if unknown or _COLUMNS[0] not in table.columns:
        message = (
            say("the table has no column “{found}”", found=_COLUMNS[0])
            if not unknown
            else say("the column “{found}” is not known here", found=unknown[0])
        )
        hint = say("the first row names the columns: {columns}", columns=_COLUMNS)
        return (), (Problem(Place(shown), "wording-list", message, hint),)
    faults = tuple(problem for row in table.rows for problem in _faults(row))
    return tuple(_word(row) for row in table.rows if not any(_faults(row))), faults


def _word(row: TableRow) -> WrongWord:
    exceptions = tuple(filter(None, re.split(r"[、；;\s]+", row.get("例外"))))
    return WrongWord(
        row.get("错误写法"), row.get("正确写法"), _SEVERITIES[row.get("程度")], exceptions, row.get("说明")
    )


def _faults(row: TableRow) -> Iterator[Problem]:
    wrong, severity = row.get("错误写法"), row.get("程度")
    if not 1 < len(wrong) <= _LONGEST:
        message = say("“{found}” cannot be a word that is looked for", found=wrong)
        yield Problem(row.place, "wording-list", message, say("write 2 to {most} characters", most=_LONGEST))
    elif wrong == row.get("正确写法"):
        message = say("the right form of “{found}” is the same word", found=wrong)
        yield Problem(row.place, "wording-list", message, say("correct it, or delete the row"))
    if severity not in _SEVERITIES:
        message = say("“{found}” is no severity", found=severity)
        yield Problem(row.place, "wording-list", message, say("write 错误, 警告 or 提示, or nothing for 警告"))
