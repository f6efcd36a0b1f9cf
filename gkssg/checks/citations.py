"""Rules about what texts cite and name: documents that are no longer in force or not here, organs by former names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
import datetime
import re

from gkssg.archive.model import Archive, Document
from gkssg.archive.organs import Organs, own_names
from gkssg.archive.relations import relations_of
from gkssg.archive.validity import Validities, since
from gkssg.dates import PartialDate
from gkssg.docno import parse_doc_no
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity
from gkssg.terms import Kind

_ENDING = {"repeals", "replaces", "terminates"}
_ORDER = re.compile(r"(?P<code>.*令)(?:第\s?)?(?P<order>[1-9]\d*)\s?号")
_SINCE = 2008
"""The year from which on the Disclosure Regulation applies."""
_TAIL = 5
"""Characters of a name that the gist of a text keeps."""


def cited_document_is_in_force(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Texts cite a document by its number that had been repealed, replaced or had expired before they were written.

    Readers take what is cited for the law. Cite what replaced it. Sentences that tell of the end of a document, as
    those with 废止 or 修订, are not meant.

    Rule: cited-repealed, warning.
    Source: 政府信息公开条例（国务院令第711号）第六条.
    Row: R15.

    Wrong::

        --- content/statutory/policy/old.md ---
        ---
        title: 示例办法
        attribute: active
        doc_no: 示政发〔2019〕5号
        written: 2019-03-01
        ---
        正文。
        --- content/statutory/policy/new.md ---
        ---
        title: 示例新办法
        attribute: active
        written: 2024-03-01
        repeals: [statutory/policy/old]
        ---
        正文。
        --- content/statutory/policy/citing.md ---
        ---
        title: 示例通知
        attribute: active
        written: 2026-03-01
        ---
        按照示政发〔2019〕5号的规定办理。

    Right::

        --- content/statutory/policy/old.md ---
        ---
        title: 示例办法
        attribute: active
        doc_no: 示政发〔2019〕5号
        written: 2019-03-01
        ---
        正文。
        --- content/statutory/policy/new.md ---
        ---
        title: 示例新办法
        attribute: active
        written: 2024-03-01
        repeals: [statutory/policy/old]
        ---
        正文。
        --- content/statutory/policy/citing.md ---
        ---
        title: 示例通知
        attribute: active
        written: 2023-03-01
        ---
        按照示政发〔2019〕5号的规定办理。
    """
    numbers = _Numbers(document for document in archive.documents if document.is_active)
    relations = relations_of(archive)
    validities = Validities(relations)
    for document in archive.documents:
        day = document.written or document.published
        if not document.gist.cites or not day:
            continue
        own = {statement.target.value for statement in relations.of(document)} | {document.id}
        for text in document.gist.cites:
            cited = numbers.find(text.value)
            if cited is None or cited.id in own:
                continue
            ended = _ended(validities, cited, day)
            if ended:
                message = say("“{found}” was not in force any more when this was written", found=text.value)
                hint = say("see {path}; cite what holds now, or say that it was repealed", path=ended.path)
                yield Problem(text.place, "cited-repealed", message, hint, Severity.WARNING)


def cited_document_is_here(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Texts cite a document of the column's own organ by its number, and the column does not have it.

    Readers look for it here. Publish it, or give it an entry that says why it is not open. Only numbers are meant whose
    letters (机关代字) other entries of the organ have, from 2008 on.

    Rule: cited-missing, info.
    Source: 政府信息公开条例（国务院令第711号）第十九条、第二十条.
    Row: R27.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        doc_no: 示政发〔2026〕1号
        issuer: 示例区人民政府
        ---
        按照示政发〔2024〕5号的规定办理。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        doc_no: 示政发〔2026〕1号
        issuer: 示例区人民政府
        ---
        按照示政发〔2024〕5号的规定办理。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例办法
        attribute: active
        doc_no: 示政发〔2024〕5号
        issuer: 示例区人民政府
        ---
        正文。
    """
    organ = Organs(archive.documents).named(archive.column.organ.value)
    names = set(own_names(organ)) if organ else set()
    codes = tuple(
        {
            number.code
            for document in archive.documents
            if document.is_active and document.doc_no and any(issuer.value in names for issuer in document.issuers)
            if (number := parse_doc_no(document.doc_no))
        }
    )
    if not codes:
        return
    numbers = _Numbers(archive.documents)
    for document in archive.documents:
        for text in document.gist.cites:
            number = parse_doc_no(text.value)
            ours = number and number.year >= _SINCE and number.code.endswith(codes)
            if ours and numbers.find(text.value) is None:
                message = say("“{found}” is cited, but is not in this column", found=text.value)
                hint = say("publish it, or give it an entry that says why it is not open")
                yield Problem(text.place, "cited-missing", message, hint, Severity.INFO)


def organ_is_named_as_it_is(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Texts name an organ by the name it had before it was succeeded, though they were written after that.

    Readers look for an office that is not there any more. Write the present name, or 原 before the former one. Names
    are meant that have five characters or more and end in 局, 委员会 or 办公室.

    Rule: name-former, warning.
    Source: gkssg.
    Row: R31.

    Wrong::

        --- content/statutory/organs/old.md ---
        ---
        title: 示例区建设管理局
        kind: organ
        attribute: active
        ---
        原机构。
        --- content/statutory/organs/new.md ---
        ---
        title: 示例区住房建设局
        kind: organ
        attribute: active
        succeeds: [{organ: statutory/organs/old, date: 2019-03-01, how: 更名}]
        ---
        履行职能。
        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        written: 2026-03-01
        ---
        请报送示例区建设管理局。

    Right::

        --- content/statutory/organs/old.md ---
        ---
        title: 示例区建设管理局
        kind: organ
        attribute: active
        ---
        原机构。
        --- content/statutory/organs/new.md ---
        ---
        title: 示例区住房建设局
        kind: organ
        attribute: active
        succeeds: [{organ: statutory/organs/old, date: 2019-03-01, how: 更名}]
        ---
        履行职能。
        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        written: 2026-03-01
        ---
        请报送示例区住房建设局。
    """
    organs = Organs(archive.documents)
    former: dict[str, list[tuple[str, PartialDate, str]]] = defaultdict(list)
    for organ in archive.documents:
        step = next(iter(organs.later(organ)), None) if organ.kind is Kind.ORGAN and organ.is_active else None
        if step and step.since and len(organ.title) >= _TAIL:
            former[organ.title[-_TAIL:]].append((organ.title, step.since, step.to.title))
    if not former:
        return
    for document in archive.documents:
        day = document.written or document.published
        if not day or document.kind is Kind.ORGAN:
            continue
        for tail in document.gist.names:
            for name, begun, now in former.get(tail, ()):
                if begun.last < day.first and _names(document.body.html.read(), name, now):
                    message = say(
                        "“{found}” has another name since {since}: {now}", found=name, since=str(begun), now=now
                    )
                    hint = say("write the present name, or 原 before the former one")
                    yield Problem(Place(document.path), "name-former", message, hint, Severity.WARNING)


def _names(html: str, name: str, now: str) -> bool:
    """Tell whether a text names an organ by its former name alone, and not as 原某某局."""
    return now not in html and re.search(rf"(?<![原“]){re.escape(name)}", html) is not None


class _Numbers:
    """Documents by their numbers, as texts cite them: with words before the letters, and without 中华人民共和国."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._known: dict[str, list[tuple[str, Document]]] = defaultdict(list)
        for document in documents:
            if document.kind is Kind.DOCUMENT and document.doc_no:
                code, rest = _parts(document.doc_no)
                if not any(relation.field == "version_of" for relation in document.relations):
                    self._known[rest].append((code.removeprefix("中华人民共和国"), document))

    def find(self, cited: str) -> Document | None:
        """Find the document that is cited; None where none has the number, or several have."""
        code, rest = _parts(cited)
        fitting = [(known, document) for known, document in self._known.get(rest, ()) if known and code.endswith(known)]
        longest = max((len(known) for known, _ in fitting), default=0)
        found = [document for known, document in fitting if len(known) == longest]
        return found[0] if len(found) == 1 else None


def _parts(number: str) -> tuple[str, str]:
    """Part a number into its letters and the rest."""
    order = _ORDER.fullmatch(number)
    if order:
        return order["code"], f"令第{order['order']}号"
    code, _, rest = number.partition("〔")
    return code, rest


def _ended(validities: Validities, cited: Document, day: PartialDate) -> Document | None:
    """Give what ended a document before a day: another, or itself where it had expired."""
    for act in validities.acts(cited):
        begun = since(act.source)
        if act.field.name in _ENDING and begun and begun.last < day.first:
            return act.source
    return cited if cited.expires and cited.expires.last < day.first else None
