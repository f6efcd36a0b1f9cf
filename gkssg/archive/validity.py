"""有效性 from facts: dates of a document and what other documents do to it, on a given day.

The facts are typed, the state is computed; a state that an editor typed stands only where no fact speaks against it.
"""

from collections.abc import Iterable, Iterator
import datetime

from gkssg.archive.model import Archive, Document
from gkssg.terms import Kind, Validity

_ENDING = {"repeals", "replaces"}


class Validities:
    """What every document of an archive does to the others, looked up by id."""

    def __init__(self, archive: Archive) -> None:
        self._touched: dict[str, list[tuple[str, Document]]] = {}
        for document in archive.documents:
            for relation in document.relations:
                if relation.field in {*_ENDING, "amends"} and document.is_active:
                    self._touched.setdefault(relation.target.value, []).append((relation.field, document))

    def ended_by(self, document: Document, today: datetime.date) -> Document | None:
        """Give the document that repealed or replaced it by that day, if one did."""
        return next(self._acting(document, _ENDING, today), None)

    def computed(self, document: Document, today: datetime.date) -> Validity | None:
        """Give the state that the facts tell, or None where there are no facts."""
        if document.kind is not Kind.DOCUMENT:
            return None
        if self.ended_by(document, today):
            return Validity.REPEALED
        if document.expires and document.expires.last < today:
            return Validity.EXPIRED
        if document.effective and document.effective.first > today:
            return Validity.PENDING
        if next(self._acting(document, {"amends"}, today), None):
            return Validity.AMENDED
        if document.effective or document.expires or document.normative:
            return Validity.VALID
        return None

    def state(self, document: Document, today: datetime.date) -> Validity | None:
        """Give the state to show: the computed one, or the typed one where it says more (see :func:`may_stand`)."""
        computed = self.computed(document, today)
        typed = document.validity
        return typed if typed and may_stand(typed, computed) else computed

    def _acting(self, document: Document, fields: Iterable[str], today: datetime.date) -> Iterator[Document]:
        for field, other in self._touched.get(document.id, []):
            since = other.effective or other.published or other.written
            if field in fields and (since is None or since.first <= today):
                yield other


def may_stand(typed: Validity, computed: Validity | None) -> bool:
    """Tell whether a typed state agrees with the computed one.

    Where the facts in the column know nothing, or only that a document came into force, an editor may know that
    it was repealed or amended by one that is not in the column.
    """
    if computed in {None, typed}:
        return True
    return computed is Validity.VALID and typed in {Validity.REPEALED, Validity.AMENDED, Validity.EXPIRED}
