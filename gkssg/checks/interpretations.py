"""Rules about interpretations (政策解读): whether there is one, in time, by the right organ, and for every reader."""

from collections import defaultdict
from collections.abc import Iterator
import datetime
import re

from gkssg.archive.fields import FileRef, Text, Value
from gkssg.archive.model import Archive, Document
from gkssg.archive.organs import Organs
from gkssg.archive.relations import relations_of
from gkssg.archive.validity import Validities
from gkssg.checks.deadlines import Deadline
from gkssg.dates import PartialDate
from gkssg.language import say
from gkssg.media import player_of
from gkssg.problem import Problem, Severity
from gkssg.terms import MULTIMEDIA, Kind, Validity, Word
from gkssg.workdays import add_working_days

_OVER = {Validity.REPEALED, Validity.EXPIRED}


def document_is_explained(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A normative or important document in force has no interpretation that is open.

    Write one with “gkssg new interpretation”, and name the document in its interprets（解读）.

    Rule: interpretation-missing, info.
    Source: 辽政办〔2022〕43号.
    Row: R10.

    Wrong::

        ---
        title: 示例区停车场建设计划
        attribute: active
        important: yes
        ---
        正文。

    Right::

        --- content/statutory/policy/jihua.md ---
        ---
        title: 示例区停车场建设计划
        attribute: active
        important: yes
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例区停车场建设计划》解读
        kind: interpretation
        attribute: active
        interprets: statutory/policy/jihua
        ---
        正文。
    """
    explaining = _explaining(archive)
    alone = [d for d in _open(archive, Kind.DOCUMENT) if _must_be_explained(d) and d.id not in explaining]
    if not alone:
        return
    validities = Validities(relations_of(archive))
    for document in alone:
        if validities.state(document, today) not in _OVER:
            message = say("the document has no interpretation")
            hint = say("write one with “gkssg new interpretation” and name this document in its interprets（解读）")
            place = document.place("normative" if document.normative else "important")
            yield Problem(place, "interpretation-missing", message, hint, Severity.INFO)


def explained_in_time(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The first interpretation of a document came out more than three working days after it.

    No national rule has a number; places like 郑州 ask for three working days, many for the same day. Publish both
    together.

    Rule: interpretation-late, warning.
    Source: 郑州市、湖北省部分地方的规定（3个工作日内）；辽政办〔2022〕43号（同步）.
    Row: R10.

    Wrong::

        --- content/statutory/policy/jihua.md ---
        ---
        title: 示例区停车场建设计划
        attribute: active
        published: 2026-05-06
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例区停车场建设计划》解读
        kind: interpretation
        attribute: active
        published: 2026-05-20
        interprets: statutory/policy/jihua
        ---
        正文。

    Right::

        --- content/statutory/policy/jihua.md ---
        ---
        title: 示例区停车场建设计划
        attribute: active
        published: 2026-05-06
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例区停车场建设计划》解读
        kind: interpretation
        attribute: active
        published: 2026-05-07
        interprets: statutory/policy/jihua
        ---
        正文。
    """
    in_time = archive.column.limits.interpretation
    explaining = _explaining(archive)
    for document in _open(archive, Kind.DOCUMENT):
        published = _day(document.published)
        dated = [(day, one) for one in explaining.get(document.id, ()) if (day := _day(one.published))]
        if not published or not dated:
            continue
        day, first = min(dated, key=lambda one: one[0])
        due = add_working_days(published, in_time, archive.calendar)
        if day > due.day:
            message = say(
                "the document was published on {published}; its first interpretation was due by {due}"
                " ({count} working days)",
                published=published.isoformat(),
                due=due.day.isoformat(),
                count=in_time,
            )
            hint = due.remark or say(
                "publish interpretations together with the document; mend published（发布日期）if it is not right"
            )
            yield Problem(first.place("published"), "interpretation-late", message, hint, Severity.WARNING)


def interpretations_due(archive: Archive, _today: datetime.date) -> Iterator[Deadline]:
    """Give the days by which documents must be explained that are not."""
    explaining = _explaining(archive)
    for document in _open(archive, Kind.DOCUMENT):
        published = _day(document.published)
        if published and _must_be_explained(document) and document.id not in explaining:
            due = add_working_days(published, archive.column.limits.interpretation, archive.calendar)
            message = say("the interpretation of “{found}” is due", found=document.title)
            hint = say("write one with “gkssg new interpretation” and name this document in its interprets（解读）")
            yield Deadline(due.day, "interpretation-late", document.place("published"), message, hint, due.unknown)


def explained_by_the_drafter(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An interpretation is not issued by an organ that drafted the document, or else issued it.

    Who drafts explains. Correct issuer（发布机构）, or name the organ in drafter（起草单位）of the document.

    Rule: interpretation-unit, warning.
    Source: 辽政办〔2022〕43号（谁起草、谁解读）.
    Row: R10.

    Wrong::

        --- content/statutory/organs/caizheng.md ---
        ---
        title: 示例市财政局
        kind: organ
        attribute: active
        ---
        正文。
        --- content/statutory/policy/jihua.md ---
        ---
        title: 示例区停车场建设计划
        attribute: active
        issuer: 示例区人民政府
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例区停车场建设计划》解读
        kind: interpretation
        attribute: active
        issuer: 示例市财政局
        interprets: statutory/policy/jihua
        ---
        正文。

    Right::

        --- content/statutory/organs/caizheng.md ---
        ---
        title: 示例市财政局
        kind: organ
        attribute: active
        ---
        正文。
        --- content/statutory/policy/jihua.md ---
        ---
        title: 示例区停车场建设计划
        attribute: active
        issuer: 示例区人民政府
        drafter: 示例市财政局
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例区停车场建设计划》解读
        kind: interpretation
        attribute: active
        issuer: 示例市财政局
        interprets: statutory/policy/jihua
        ---
        正文。
    """
    organs = Organs(archive.documents)
    by_id = {document.id: document for document in archive.documents}
    for interpretation in _open(archive, Kind.INTERPRETATION):
        units = _units(organs, interpretation.issuers)
        for relation in interpretation.relations:
            document = by_id.get(relation.target.value)
            if relation.field != "interprets" or not document or not document.is_active or not units:
                continue
            drafters = _units(organs, document.detail("drafter") or document.issuers)
            if drafters and not units & drafters:
                message = say("the interpretation is not issued by the organ that drafted “{found}”", found=document.id)
                hint = say(
                    "who drafts explains: mend issuer（发布机构）here, or name the organ in drafter（起草单位）there"
                )
                yield Problem(interpretation.place("issuer"), "interpretation-unit", message, hint, Severity.WARNING)


def explained_entry_is_open(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An open interpretation explains an entry that is not disclosed.

    Readers see it and cannot read what it is about. Compare both attributes.

    Rule: interpretation-target, warning.
    Source: gkssg.
    Row: R10.

    Wrong::

        --- content/statutory/policy/jihua.md ---
        ---
        title: 示例区停车场建设计划
        attribute: on-request
        reason: 16-2
        review_by: 2027-06-30
        ---
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例区停车场建设计划》解读
        kind: interpretation
        attribute: active
        interprets: statutory/policy/jihua
        ---
        正文。

    Right::

        --- content/statutory/policy/jihua.md ---
        ---
        title: 示例区停车场建设计划
        attribute: active
        ---
        正文。
        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 《示例区停车场建设计划》解读
        kind: interpretation
        attribute: active
        interprets: statutory/policy/jihua
        ---
        正文。
    """
    private = {document.id for document in archive.documents if not document.is_active}
    for interpretation in _open(archive, Kind.INTERPRETATION):
        for relation in interpretation.relations:
            if relation.field == "interprets" and relation.target.value in private:
                message = say("an entry that it explains is not disclosed")
                hint = say("readers see the interpretation and cannot read what it is about: check both attributes")
                yield Problem(relation.target.place, "interpretation-target", message, hint, Severity.WARNING)


def media_have_a_text(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A picture, film or recording that explains has no text that says the same.

    Those who cannot see or hear it have nothing. Write its words below the front matter, or a file with them in
    transcript（文字稿）.

    Rule: media-text, error.
    Source: GB/T 37668-2019；WCAG 2.1（1.1.1、1.2.1）.
    Row: R22.

    Wrong::

        ---
        title: 一图读懂示例区停车场建设计划
        kind: interpretation
        attribute: active
        form: 图解
        ---

    Right::

        ---
        title: 一图读懂示例区停车场建设计划
        kind: interpretation
        attribute: active
        form: 图解
        ---
        到2027年，新建停车位2000个。
    """
    for interpretation in _open(archive, Kind.INTERPRETATION):
        forms = {value.code for value in interpretation.detail("form") if isinstance(value, Word)}
        shown = forms & MULTIMEDIA or interpretation.detail("media") or interpretation.detail("video_url")
        if shown and not interpretation.detail("transcript") and not has_text(interpretation):
            message = say("the picture, video or recording has no text that says the same")
            hint = say("write its words below the front matter, or name a file with them in transcript（文字稿）")
            place = interpretation.place("media" if interpretation.detail("media") else "form")
            yield Problem(place, "media-text", message, hint)


def media_can_be_played(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Browsers cannot show a media file; readers can only download it.

    Use PNG or JPEG, MP4 (H.264) or WebM, MP3 or M4A.

    Rule: media-format, warning.
    Source: gkssg.
    Row: R18.

    Wrong::

        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 示例区停车场建设计划解读
        kind: interpretation
        attribute: active
        media: 解读.txt
        ---
        正文。
        --- content/statutory/interpretations/解读.txt ---
        示例

    Right::

        --- content/statutory/interpretations/jiedu.md ---
        ---
        title: 示例区停车场建设计划解读
        kind: interpretation
        attribute: active
        media: 解读.svg
        ---
        正文。
        --- content/statutory/interpretations/解读.svg ---
        <svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>
    """
    for interpretation in _open(archive, Kind.INTERPRETATION):
        for file in interpretation.detail("media"):
            if isinstance(file, FileRef) and not player_of(file.path):
                message = say("browsers do not show “{found}”; readers can only download it", found=file.path)
                hint = say("use PNG or JPEG, MP4 (H.264) or WebM, MP3 or M4A")
                yield Problem(file.place, "media-format", message, hint, Severity.WARNING)


def video_address_is_one(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The address of a video on another site is not a whole one.

    Write it beginning with https://.

    Rule: video-address, error.
    Source: gkssg.
    Row: R18.

    Wrong::

        ---
        title: 示例区停车场建设计划解读
        kind: interpretation
        attribute: active
        video_url: www.example.gov.cn/video/1.html
        ---
        正文。

    Right::

        ---
        title: 示例区停车场建设计划解读
        kind: interpretation
        attribute: active
        video_url: https://www.example.gov.cn/video/1.html
        ---
        正文。
    """
    for document in archive.documents:
        for text in document.detail("video_url"):
            if isinstance(text, Text) and not re.match(r"https?://[^/\s]", text.value):
                message = say("“{found}” is not the address of a website", found=text.value)
                yield Problem(text.place, "video-address", message, say("write it whole, beginning with https://"))


def has_text(document: Document) -> bool:
    """Tell whether anything is written below the front matter of an open entry."""
    return document.body.has_words


def _must_be_explained(document: Document) -> bool:
    return document.normative or True in document.detail("important")


def _open(archive: Archive, kind: Kind) -> Iterator[Document]:
    return (document for document in archive.documents if document.kind is kind and document.is_active)


def _explaining(archive: Archive) -> dict[str, list[Document]]:
    """Give the open entries that explain others, by the ids of these."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in archive.documents:
        for relation in document.relations if document.is_active else ():
            if relation.field == "interprets":
                found[relation.target.value].append(document)
    return found


def _units(organs: Organs, names: tuple[Value, ...]) -> set[str]:
    """Give what identifies the organs that are named: their ids, those of what became of them, else the names."""
    found: set[str] = set()
    for name in names:
        if isinstance(name, Text):
            organ = organs.named(name.value) or organs.formerly(name.value)
            found |= {organ.id, *(step.to.id for step in organs.later(organ))} if organ else {name.value}
    return found


def _day(date: PartialDate | None) -> datetime.date | None:
    """Give a date that is known to the day."""
    return date.first if date and date.day else None
