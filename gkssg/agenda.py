"""What falls due, as text for people, as JSON, and as a calendar (RFC 5545) for the office."""

from collections.abc import Iterable, Iterator
import datetime
import json

from gkssg import __version__
from gkssg.checks.deadlines import Deadline
from gkssg.digest import digest_bytes
from gkssg.language import Speaker, printable

_LONGEST_PATH = 4096
_OCTETS = 75
"""Octets of a line in a calendar file; what follows goes into lines that begin with a blank (RFC 5545, 3.1)."""


def as_text(deadlines: Iterable[Deadline], speaker: Speaker) -> str:
    """Write ``day  path:line:column: message [limit]`` with what to do on the next line."""
    lines = []
    for deadline in deadlines:
        place = deadline.place
        where = f"{printable(place.path, _LONGEST_PATH)}:{place.line}:{place.column}"
        lines.append(f"{deadline.day.isoformat()}  {where}: {speaker.text(deadline.message)} [{deadline.limit}]")
        lines.append(f"    {speaker.text(deadline.advice)}")
    return "".join(f"{line}\n" for line in lines)


def as_json(deadlines: Iterable[Deadline], speaker: Speaker) -> str:
    """Write a list of objects with the day, the place, the rule, the message and the hint."""
    rows = [
        {
            "due": deadline.day.isoformat(),
            "path": deadline.place.path,
            "line": deadline.place.line,
            "column": deadline.place.column,
            "rule": deadline.limit,
            "message": speaker.text(deadline.message),
            "hint": speaker.text(deadline.advice),
        }
        for deadline in deadlines
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_calendar(deadlines: Iterable[Deadline], speaker: Speaker, today: datetime.date, host: str) -> str:
    """Write a calendar with an event of the whole day for each; ``host`` makes their names the column's own.

    A deadline keeps its name while it is about the same thing, whatever its day: imported again, it moves. ``today``
    is the moment it was written at, so that the same column gives the same file.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//gkssg//gkssg {__version__}//EN", "METHOD:PUBLISH"]
    for deadline in deadlines:
        lines += _event(deadline, speaker, today, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(deadline: Deadline, speaker: Speaker, today: datetime.date, host: str) -> Iterator[str]:
    path = deadline.place.path
    name = digest_bytes(f"{deadline.limit} {path} {deadline.subject}".encode())[:32]
    details = f"{speaker.text(deadline.advice)}\n{path} [{deadline.limit}]"
    yield "BEGIN:VEVENT"
    yield f"UID:{name}@{host}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{deadline.day:%Y%m%d}"
    yield f"SUMMARY:{_escaped(speaker.text(deadline.message))}"
    yield f"DESCRIPTION:{_escaped(details)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Write a text as a calendar has it (RFC 5545, 3.3.11)."""
    for found, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(found, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """Cut a line into parts of no more octets than a calendar allows, none of them within a character."""
    part, octets = "", 0
    for character in line:
        length = len(character.encode())
        if octets + length > _OCTETS:
            yield part
            part, octets = " ", 1
        part += character
        octets += length
    yield part
