"""Rules about organs: what their pages must say, and which name they had when."""

from collections.abc import Iterator
import datetime

from gkssg.archive.fields import Record, Text
from gkssg.archive.model import Archive, Document
from gkssg.archive.organs import Organs, own_names
from gkssg.checks.interpretations import has_text
from gkssg.language import Message, say
from gkssg.problem import Place, Problem, Severity
from gkssg.terms import KINDS, Kind


def organ_is_complete(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The page of the column's organ, or of one below it, lacks something that the law asks for.

    These are its functions, departments, address, office hours, telephone and leaders. Add what is named.

    Rule: organ-facts, warning.
    Source: 政府信息公开条例（国务院令第711号）第二十条第二项.
    Row: R02.

    Wrong::

        --- content/statutory/organs/minzheng.md ---
        ---
        title: 示例区民政局
        kind: organ
        attribute: active
        parent: 示例区人民政府
        address: 示例路2号
        hours: 工作日 8:30—12:00，13:30—17:30
        phone: 0000-00000001
        departments: [{name: 示例科}]
        ---
        履行职能。

    Right::

        --- content/statutory/organs/minzheng.md ---
        ---
        title: 示例区民政局
        kind: organ
        attribute: active
        parent: 示例区人民政府
        address: 示例路2号
        hours: 工作日 8:30—12:00，13:30—17:30
        phone: 0000-00000001
        departments: [{name: 示例科}]
        leaders: [{name: 示例乙, post: 局长}]
        ---
        履行职能。
    """
    organs = Organs(archive.documents)
    for document in archive.documents:
        if document.kind is Kind.ORGAN and document.is_active and _is_ours(archive, organs, document):
            missing = tuple(_missing(document))
            if missing and not organs.later(document):
                message = say("the organ's page does not have all that the law asks for: {missing}", missing=missing)
                hint = say("Disclosure Regulation, article 20 (2); add what is missing")
                yield Problem(Place(document.path), "organ-facts", message, hint, Severity.WARNING)


def predecessor_is_an_organ(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """What an organ succeeds is not an organ's page.

    Name the id of the former organ's page; a name without a page goes into formerly（原名称）.

    Rule: organ-kind, error.
    Source: gkssg.
    Row: R31.

    Wrong::

        --- content/statutory/organs/zhenxing.md ---
        ---
        title: 示例市乡村振兴局
        kind: organ
        attribute: active
        succeeds: [{organ: statutory/policy/fupin}]
        ---
        正文。
        --- content/statutory/policy/fupin.md ---
        ---
        title: 示例市扶贫办
        attribute: active
        ---
        正文。

    Right::

        --- content/statutory/organs/zhenxing.md ---
        ---
        title: 示例市乡村振兴局
        kind: organ
        attribute: active
        succeeds: [{organ: statutory/organs/fupin}]
        ---
        正文。
        --- content/statutory/organs/fupin.md ---
        ---
        title: 示例市扶贫办
        kind: organ
        attribute: active
        ---
        正文。
    """
    by_id = {document.id: document for document in archive.documents}
    for document in archive.documents:
        for text in _predecessors(document):
            known = by_id.get(text.value)
            if known and known.kind is not Kind.ORGAN:
                message = say("“{found}” is not an organ’s page", found=text.value)
                hint = say(
                    "name a page of the kind {kind}; a former name without a page: formerly（原名称）",
                    kind=KINDS["organ"],
                )
                yield Problem(text.place, "organ-kind", message, hint)


def name_is_of_its_time(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The issuer of an entry had been succeeded by another organ before its date.

    Name the organ that issued it, or correct the date.

    Rule: organ-former, warning.
    Source: gkssg.
    Row: R31.

    Wrong::

        --- content/statutory/organs/zhenxing.md ---
        ---
        title: 示例市乡村振兴局
        kind: organ
        attribute: active
        succeeds: [{organ: statutory/organs/fupin, date: 2021-06-01}]
        ---
        正文。
        --- content/statutory/organs/fupin.md ---
        ---
        title: 示例市扶贫办
        kind: organ
        attribute: active
        ---
        正文。
        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        issuer: 示例市扶贫办
        written: 2022-03-01
        ---
        正文。

    Right::

        --- content/statutory/organs/zhenxing.md ---
        ---
        title: 示例市乡村振兴局
        kind: organ
        attribute: active
        succeeds: [{organ: statutory/organs/fupin, date: 2021-06-01}]
        ---
        正文。
        --- content/statutory/organs/fupin.md ---
        ---
        title: 示例市扶贫办
        kind: organ
        attribute: active
        ---
        正文。
        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        issuer: 示例市乡村振兴局
        written: 2022-03-01
        ---
        正文。
    """
    organs = Organs(archive.documents)
    for document in archive.documents:
        date = document.written or document.published
        for issuer in document.issuers if date else ():
            organ = organs.named(issuer.value)
            step = next(iter(organs.later(organ)), None) if organ else None
            if date and step and step.since and date.first > step.since.last:
                message = say(
                    "“{found}” has been succeeded since {since}, before the date of this entry",
                    found=issuer.value,
                    since=str(step.since),
                )
                hint = say("name the organ that issued it, or mend the date")
                yield Problem(issuer.place, "organ-former", message, hint, Severity.WARNING)


def _is_ours(archive: Archive, organs: Organs, organ: Document) -> bool:
    """Tell whether an organ is the column's, or stands below it."""
    seen: set[str] = set()
    here: Document | None = organ
    while here and here.id not in seen:
        if archive.column.organ.value in own_names(here):
            return True
        seen.add(here.id)
        above = next((value.value for value in here.detail("parent") if isinstance(value, Text)), "")
        here = organs.named(above)
    return False


def _missing(organ: Document) -> Iterator[Message]:
    if not has_text(organ):
        yield say("functions (the text below the front matter)")
    if not organ.detail("departments"):
        yield say("departments（内设机构）")
    if not organ.detail("address"):
        yield say("address（办公地址）")
    if not organ.detail("hours"):
        yield say("hours（办公时间）")
    if not (organ.detail("phone") or organ.detail("email")):
        yield say("phone（联系电话）")
    if not organ.detail("leaders"):
        yield say("leaders（领导）")


def _predecessors(organ: Document) -> Iterator[Text]:
    for record in organ.detail("succeeds"):
        if isinstance(record, Record):
            yield from record.texts("organ")
