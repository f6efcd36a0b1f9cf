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
from gkssg.text import is_web_address


def id_is_unique(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Two entries have one id.

    Other entries refer to them by it. Change one of the two.

    Rule: id-twice, error, fixed.
    Source: gkssg.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        id: tongzhi
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例公告
        attribute: active
        id: tongzhi
        ---
        正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        id: tongzhi
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例公告
        attribute: active
        id: gonggao
        ---
        正文。
    """
    yield from _unique(archive, "id", lambda document: document.id)


def index_no_is_unique(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Two entries have one index number.

    The index number names one piece of information for ever. Change one of the two.

    Rule: index-no-twice, error.
    Source: 国办秘函〔2009〕6号.
    Row: R04.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        index_no: 11370000000000000W/2026-00001
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例公告
        attribute: active
        index_no: 11370000000000000W/2026-00001
        ---
        正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        index_no: 11370000000000000W/2026-00001
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例公告
        attribute: active
        index_no: 11370000000000000W/2026-00002
        ---
        正文。
    """
    yield from _unique(archive, "index_no", lambda document: document.index_no)


def validity_agrees(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """The validity that is typed is not the one that dates and relations give.

    People act on it. Leave validity（有效性）out, so that it is computed; or mend the dates, repeals（废止）and the
    like.

    Rule: validity, error.
    Source: gkssg.
    Row: R25.

    Wrong::

        ---
        title: 示例办法
        attribute: active
        effective: 2020-01-01
        expires: 2025-12-31
        validity: valid
        ---
        正文。

    Right::

        ---
        title: 示例办法
        attribute: active
        effective: 2020-01-01
        expires: 2025-12-31
        ---
        正文。
    """
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


def reprint_says_from_where(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An entry that was reprinted does not say from whom, from which address, or of which day it is.

    Readers cannot look at the original. Write source（来源）, source_url（来源网址）beginning with https://, and
    written（成文日期）or published（发布日期）.

    Rule: source-facts, error.
    Source: 政府网站发展指引（国办发〔2017〕47号）附件1.
    Row: R29.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        written: 2026-01-05
        source: 示例省人民政府网站
        ---
        正文。

    Right::

        ---
        title: 示例通知
        attribute: active
        written: 2026-01-05
        source: 示例省人民政府网站
        source_url: https://www.example.gov.cn/zhengce/1.html
        ---
        正文。
    """
    for document in archive.documents:
        if not document.is_active or not (document.source or document.source_url):
            continue
        given = {
            "source": document.source,
            "source_url": is_web_address(document.source_url),
            "written": document.written or document.published,
        }
        if missing := tuple(name for name, value in given.items() if not value):
            message = say("it was reprinted, and these are missing or no address: {missing}", missing=missing)
            hint = say("write whose text it is, the address of its page with https://, and its day")
            yield Problem(document.place("source"), "source-facts", message, hint)


def issuer_has_a_page(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An issuer has no organ page.

    Readers find there whom to ask. Make one with “gkssg new organ”, or correct the name.

    Rule: organ-page, warning.
    Source: 政府信息公开条例（国务院令第711号）第二十条第二项.
    Row: R31.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        issuer: 示例区财正局
        ---
        正文。

    Right::

        ---
        title: 示例通知
        attribute: active
        issuer: 示例区人民政府
        ---
        正文。
    """
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
