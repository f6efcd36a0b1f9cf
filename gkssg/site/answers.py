"""Questions with their answers, and items, as lists and programs see them."""

from dataclasses import dataclass

from gkssg.dates import PartialDate
from gkssg.site.model import ClauseLink, EntryLink, Masthead, OrganLink
from gkssg.store import Stored


@dataclass(frozen=True, slots=True)
class Listed:
    """A question or an item in a list: who answers or handles it, its policies, and the clauses it rests on."""

    title: str
    address: str
    when: PartialDate | None
    summary: str
    organs: tuple[OrganLink, ...]
    policies: tuple[EntryLink, ...]
    clauses: tuple[ClauseLink, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its answer, for programs."""

    listed: Listed
    question: str
    asked: PartialDate | None
    topic: str
    text: Stored


@dataclass(frozen=True, slots=True)
class Answers:
    """Every question of the column, newest first."""

    address: str
    masthead: Masthead
    answers: tuple[Answer, ...]
