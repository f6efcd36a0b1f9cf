"""An entry as the page of another shows it: no more than is seen there, so that nothing else remakes the page."""

from dataclasses import dataclass

from gkssg.dates import PartialDate
from gkssg.language import Message
from gkssg.site.model import Entry, Period
from gkssg.states import Turn
from gkssg.terms import Attribute, Kind, Progress, Validity

Note = Message | Period | str


@dataclass(frozen=True, slots=True)
class Near:
    """A link to an entry with its date, kind and state; ``notes`` say why it is shown here."""

    address: str
    title: str
    kind: Kind
    attribute: Attribute
    when: PartialDate | None
    validity: Validity | None
    progress: Progress | None
    turns: tuple[Turn, ...]
    notes: tuple[Note, ...] = ()


def near(entry: Entry, *notes: Note) -> Near:
    """Give an entry as it is shown beside another."""
    return Near(
        address=entry.address,
        title=entry.title,
        kind=entry.kind,
        attribute=entry.attribute,
        when=entry.when,
        validity=entry.validity,
        progress=entry.progress,
        turns=entry.turns,
        notes=notes,
    )
