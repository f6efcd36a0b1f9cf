"""The register of organs: which organ a name means, and what became of it.

A name is an organ's own (title, short name, id), or one it had before (``formerly``). What became of an organ is said
by those that succeed it (``succeeds``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gkssg.archive.fields import Record, Text
from gkssg.archive.model import Document
from gkssg.dates import PartialDate
from gkssg.terms import Kind, Word


@dataclass(frozen=True, slots=True)
class Step:
    """The functions of one organ went to another; ``since`` when and ``how``, as far as it is said."""

    to: Document
    since: PartialDate | None = None
    how: Word | None = None
    note: str = ""


class Organs:
    """The organs among some documents, by name and by succession."""

    def __init__(self, documents: Iterable[Document]) -> None:
        organs = [document for document in documents if document.kind is Kind.ORGAN]
        self._own = {name: organ for organ in organs for name in own_names(organ)}
        self._former = {name: organ for organ in organs for name in former_names(organ)}
        self._steps: dict[str, list[Step]] = defaultdict(list)
        for organ in organs:
            for former, step in _successions(organ):
                self._steps[former].append(step)

    def named(self, name: str) -> Document | None:
        """Find the organ that has a name now, or whose page says it had it last."""
        return self._own.get(name)

    def formerly(self, name: str) -> Document | None:
        """Find the organ that had a name before; None where an organ page has the name as its own."""
        return None if name in self._own else self._former.get(name)

    def later(self, organ: Document) -> tuple[Step, ...]:
        """Tell what became of an organ, step by step; where several took its functions, no further than to these."""
        steps = self._steps.get(organ.id, [])
        seen = {organ.id}
        told: list[Step] = []
        while len(steps) == 1 and steps[0].to.id not in seen:
            told += steps
            seen.add(steps[0].to.id)
            steps = self._steps.get(steps[0].to.id, [])
        return tuple(told) if told else tuple(steps)


def own_names(organ: Document) -> Iterator[str]:
    """Give the names by which entries may name an organ as it is."""
    yield from filter(None, (organ.title, *_texts(organ, "short_name"), organ.id))


def former_names(organ: Document) -> Iterator[str]:
    """Give the names it had before."""
    return _texts(organ, "formerly")


def _texts(organ: Document, field: str) -> Iterator[str]:
    return (value.value for value in organ.detail(field) if isinstance(value, Text))


def _successions(organ: Document) -> Iterator[tuple[str, Step]]:
    for record in organ.detail("succeeds"):
        if isinstance(record, Record):
            parts = {field.name: values[0] for field, values in record.parts if values}
            since, how = parts.get("date"), parts.get("how")
            step = Step(
                organ,
                since if isinstance(since, PartialDate) else None,
                how if isinstance(how, Word) else None,
                record.text("note"),
            )
            yield record.text("organ"), step
