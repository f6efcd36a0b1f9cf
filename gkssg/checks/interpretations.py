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
    """A normative or important document in force has an interpretation (as 辽政办〔2022〕43号)."""
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
    """The first interpretation comes out with the document, or within three working days (local rules; 三同步).

    No national rule has a number; 郑州市 and places in 湖北省 ask for three, many for the same day.
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
    """谁起草谁解读: an interpretation is issued by an organ that drafted the document, or else issued it."""
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
    """What an open interpretation explains is open too."""
    private = {document.id for document in archive.documents if not document.is_active}
    for interpretation in _open(archive, Kind.INTERPRETATION):
        for relation in interpretation.relations:
            if relation.field == "interprets" and relation.target.value in private:
                message = say("an entry that it explains is not disclosed")
                hint = say("readers see the interpretation and cannot read what it is about: check both attributes")
                yield Problem(relation.target.place, "interpretation-target", message, hint, Severity.WARNING)


def media_have_a_text(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Pictures, films and recordings have a text that says the same (GB/T 37668-2019; WCAG 2.1, 1.1.1, 1.2.1)."""
    for interpretation in _open(archive, Kind.INTERPRETATION):
        forms = {value.code for value in interpretation.detail("form") if isinstance(value, Word)}
        shown = forms & MULTIMEDIA or interpretation.detail("media") or interpretation.detail("video_url")
        if shown and not interpretation.detail("transcript") and not has_text(interpretation):
            message = say("the picture, video or recording has no text that says the same")
            hint = say("write its words below the front matter, or name a file with them in transcript（文字稿）")
            place = interpretation.place("media" if interpretation.detail("media") else "form")
            yield Problem(place, "media-text", message, hint)


def media_can_be_played(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A media file is one that browsers show by themselves."""
    for interpretation in _open(archive, Kind.INTERPRETATION):
        for file in interpretation.detail("media"):
            if isinstance(file, FileRef) and not player_of(file.path):
                message = say("browsers do not show “{found}”; readers can only download it", found=file.path)
                hint = say("use PNG or JPEG, MP4 (H.264) or WebM, MP3 or M4A")
                yield Problem(file.place, "media-format", message, hint, Severity.WARNING)


def video_address_is_one(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The address of a video on another site is a whole one."""
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
