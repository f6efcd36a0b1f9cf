"""有效性 from facts: dates of a document and what other documents do to it, on a given day.

The facts are typed, the state is computed; a state that an editor typed stands only where no fact speaks against it.
"""

from collections.abc import Iterator
import datetime

from gkssg.archive.model import Document
from gkssg.archive.relations import Relations, Statement
from gkssg.dates import PartialDate
from gkssg.states import Turn, turns
from gkssg.terms import Kind, Validity

_ENDING = {"repeals", "replaces"}
_DECIDING = {*_ENDING, "terminates", "amends"}
_ACTS = {*_DECIDING, "keeps", "to_amend"}
_ONE_DAY = datetime.timedelta(days=1)


class Validities:
    """Whether the documents of an archive are in force, and what other documents do to them."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations

    def acts(self, document: Document) -> Iterator[Statement]:
        """Give what open documents do to it, on whatever day: repeal, replace, declare expired, amend, clean up."""
        done: set[tuple[str, str]] = set()
        for statement in self._relations.about(document):
            act = (statement.field.name, statement.source.id)
            if act[0] in _ACTS and statement.source.is_active and act not in done:
                done.add(act)
                yield statement

    def computed(self, document: Document, today: datetime.date) -> Validity | None:
        """Give the state that the facts tell, or None where there are no facts."""
        if document.kind is not Kind.DOCUMENT:
            return None
        done = {act.field.name for act in self.acts(document) if _has_begun(since(act.source), today)}
        if done & _ENDING:
            return Validity.REPEALED
        if any(relation.field == "version_of" for relation in document.relations):
            return Validity.AMENDED  # it is an older text of a document that was amended
        if "terminates" in done or (document.expires and document.expires.last < today):
            return Validity.EXPIRED
        if document.effective and document.effective.first > today:
            return Validity.PENDING
        if "amends" in done:
            return Validity.AMENDED
        if document.effective or document.expires or document.normative:
            return Validity.VALID
        return None

    def state(self, document: Document, today: datetime.date) -> Validity | None:
        """Give the state to show: the computed one, or the typed one where it says more (see :func:`may_stand`)."""
        computed = self.computed(document, today)
        typed = document.validity
        return typed if typed and may_stand(typed, computed) else computed

    def turns(self, document: Document) -> tuple[Turn, ...]:
        """Give the states of all days."""
        acts = (act for act in self.acts(document) if act.field.name in _DECIDING)
        days = [begun.first for act in acts if (begun := since(act.source))]
        days += [document.effective.first] if document.effective else []
        days += [document.expires.last + _ONE_DAY] if document.expires else []
        return turns(days, lambda day: self.state(document, day))


def since(document: Document) -> PartialDate | None:
    """Give the date from which on a document does to others what it says."""
    return document.effective or document.published or document.written


def _has_begun(begun: PartialDate | None, today: datetime.date) -> bool:
    return begun is None or begun.first <= today


def may_stand(typed: Validity, computed: Validity | None) -> bool:
    """Tell whether a typed state agrees with the computed one.

    Where the facts in the column know nothing, or only that a document came into force, an editor may know that
    it was repealed or amended by one that is not in the column.
    """
    if computed in {None, typed}:
        return True
    return computed is Validity.VALID and typed in {Validity.REPEALED, Validity.AMENDED, Validity.EXPIRED}
