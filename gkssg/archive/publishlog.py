"""``content/publish-log.csv``: which entries were public on which day, as ``gkssg log`` found them."""

from collections.abc import Iterable
from dataclasses import dataclass
import datetime
from pathlib import Path

from gkssg.archive.tables import read_table
from gkssg.dates import DateError, PartialDate, parse_date
from gkssg.language import say
from gkssg.problem import Place, Problem

LOG = "content/publish-log.csv"
ID, PUBLISHED, SEEN = COLUMNS = ("编号", "发布日期", "首次发布")


@dataclass(frozen=True, slots=True)
class Logged:
    """What the log has of an entry: the date of publication it had then, and the day it was first seen to be public.

    ``seen`` is None for entries that were public before the log began.
    """

    id: str
    published: PartialDate | None
    seen: PartialDate | None
    place: Place


def load_log(root: Path) -> tuple[tuple[Logged, ...] | None, tuple[Problem, ...]]:
    """Read the log of the column in the folder ``root``; None where there is none, or none that can be read."""
    if not (root / LOG).is_file():
        return None, ()
    table, problems = read_table(root / LOG, LOG)
    if table is None:
        return None, problems
    missing = tuple(name for name in COLUMNS if name not in table.columns)
    if missing:
        message = say("the publish log has no column {missing}", missing=missing)
        return None, (Problem(Place(LOG), "publish-log", message, _LEAVE),)
    rows: list[Logged] = []
    faults: list[Problem] = []
    for row in table.rows:
        try:
            published, seen = (parse_date(row.get(name)) if row.get(name) else None for name in (PUBLISHED, SEEN))
        except DateError as error:
            faults.append(Problem(row.place, "publish-log", error.message, _LEAVE))
        else:
            rows.append(Logged(row.get(ID), published, seen, row.place))
    return tuple(rows), tuple(faults)


def rows_to_add(
    ids: Iterable[tuple[str, str]], log: tuple[Logged, ...] | None, today: datetime.date
) -> tuple[tuple[str, str, str], ...]:
    """Give a row for each open entry that the log does not have; ``ids`` are theirs, with their dates of publication.

    Of those that are there when the log begins nobody knows the day any more: it stays empty.
    """
    logged = {row.id for row in log or ()}
    seen = "" if log is None else today.isoformat()
    return tuple((id_, published, seen) for id_, published in ids if id_ not in logged)


_LEAVE = say("“gkssg log” writes this file; take it back from the last version")
