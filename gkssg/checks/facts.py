"""Rules about facts that must be unique or agree with one another."""

from collections.abc import Callable, Iterator
import datetime

from gkssg.archive.model import Archive, Document
from gkssg.archive.relations import relations_of
from gkssg.archive.validity import Validities, may_stand
from gkssg.language import say
from gkssg.problem import Problem, Severity
from gkssg.schema import COMMON, field_named
from gkssg.terms import VALIDITIES, Kind


def id_is_unique(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Two entries cannot have one id: the others refer to it."""
    yield from _unique(archive, "id", lambda document: document.id)


def index_no_is_unique(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Two entries cannot have one 索引号 (国办秘函〔2009〕6号)."""
    yield from _unique(archive, "index_no", lambda document: document.index_no)


def validity_agrees(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A typed 有效性 agrees with the dates and relations, as on the day of the check."""
    validities = Validities(relations_of(archive))
    for document in archive.documents:
        computed = validities.computed(document, today) if document.validity else None
        if document.validity and not may_stand(document.validity, computed):
            message = say(
                "the validity is typed as {typed}, but the dates and relations say {computed} on {today}",
                typed=VALIDITIES[document.validity],
                computed=VALIDITIES[computed] if computed else "—",
                today=today.isoformat(),
            )
            hint = say("leave validity（有效性）out: it is computed; or mend effective, expires, repeals")
            yield Problem(document.place("validity"), "validity", message, hint)


def issuer_has_a_page(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every issuer has an organ page, so that readers find whom to ask."""
    known = {
        name
        for document in archive.documents
        if document.kind is Kind.ORGAN
        for name in (document.id, document.title, *_names(document))
    }
    for document in archive.documents:
        for issuer in document.issuers:
            if issuer.value not in known:
                message = say("the organ “{found}” has no page", found=issuer.value)
                hint = say("make one with “gkssg new organ {found}”", found=issuer.value)
                yield Problem(issuer.place, "organ-page", message, hint, Severity.WARNING)


def _names(organ: Document) -> Iterator[str]:
    for name in ("short_name", "formerly"):
        for value in organ.detail(name):
            yield getattr(value, "value", "")


def _unique(archive: Archive, field: str, of: Callable[[Document], str]) -> Iterator[Problem]:
    first: dict[str, Document] = {}
    for document in archive.documents:
        value = of(document)
        if not value:
            continue
        if value in first:
            label = field_named(COMMON, field)
            name = f"{field}（{label.alias}）" if label else field
            message = say("{field} “{found}” is taken", field=name, found=value)
            hint = say("{other} has it already", other=first[value].path)
            yield Problem(document.place(field), f"{field.replace('_', '-')}-twice", message, hint)
        else:
            first[value] = document
