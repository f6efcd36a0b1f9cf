"""How a dossier finds what shows its stages where its editor named nothing: by the relations of what was named."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gkssg.profiles import Profile
from gkssg.terms import Kind

Related = Callable[[str, str, Kind | None], Iterable[str]]
"""Gives the entries that stand in a relation to an entry and are of a kind; any kind will do for None."""


@dataclass(frozen=True, slots=True)
class Way:
    """The entries that stand in ``relation`` to those of the stage ``source`` show ``stage``, if they are of ``kind``.

    A relation that is stated on the other side ends in ``-back``. Where the field of that name holds no entry but
    something else (files of the draft, names of those who attended), the entry itself shows the stage.
    """

    stage: str
    source: str
    relation: str
    kind: Kind | None = None


WAYS = (
    Way("draft", "opinions", "draft"),
    Way("draft", "opinions", "draft_files"),
    Way("draft", "result", "draft_of-back"),
    Way("explanation", "opinions", "explanation"),
    Way("explanation", "opinions", "explanation_files"),
    Way("opinions", "draft", "draft-back", Kind.CONSULTATION),
    Way("result", "draft", "draft_of"),
    Way("meeting", "result", "passed_at", Kind.MEETING),
    Way("meeting", "result", "entry-back", Kind.MEETING),
    Way("attendees", "meeting", "attendees"),
    Way("interpretation", "result", "interprets-back", Kind.INTERPRETATION),
    Way("execution", "result", "implements-back"),
    Way("evaluation", "result", "evaluates-back"),
)


def gather(
    profile: Profile, named: Mapping[str, tuple[str, ...]], closed: frozenset[str], related: Related
) -> dict[str, tuple[str, ...]]:
    """Give the entries that show stages for which the dossier names none, by the id of the stage.

    ``named`` are those it names; the stages ``closed`` stay as they are.
    """
    lacking = {stage.id for stage in profile.stages if not named.get(stage.id)} - closed
    ways = [way for way in WAYS if way.stage in lacking]
    found: dict[str, tuple[str, ...]] = {}
    grown = True
    while grown:
        grown = False
        for way in ways:
            known = found.get(way.stage, ())
            sources = named.get(way.source) or found.get(way.source, ())
            reached = (entry for source in sources for entry in related(source, way.relation, way.kind))
            more = tuple(dict.fromkeys((*known, *reached)))
            if more != known:
                found[way.stage], grown = more, True
    return found
