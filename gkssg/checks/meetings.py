"""Rules about meetings and proposals."""

from collections.abc import Iterator
import datetime
import re

from gkssg.archive.fields import FileRef, Record
from gkssg.archive.model import Archive
from gkssg.language import say
from gkssg.problem import Problem
from gkssg.terms import Kind

_COUNT = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_ADDRESS = re.compile(r"https?://[!-~]+", re.ASCII)


def attendees_are_counted(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """人数 of those who attended a meeting is a number: they are counted by the year."""
    for record in _records(archive, "attendees"):
        for count in record.texts("count"):
            if not _COUNT.fullmatch(count.value):
                message = say("“{found}” is no number of people", found=count.value)
                yield Problem(count.place, "attendee-count", message, say("write digits alone, as count: 3"))


def closed_item_has_a_reason(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A matter of the agenda that is not open says why (Disclosure Regulation, articles 14 to 16)."""
    for record in _records(archive, "agenda"):
        if not record.is_open and not record.text("reason"):
            message = say("an item of the agenda that is not open needs a reason")
            hint = say("add reason（理由）: an article code from 14-1 to 16-3, or a text")
            yield Problem(record.place, "agenda-reason", message, hint)


def video_has_an_address(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A video of a meeting is a web address or a file."""
    for record in _records(archive, "video"):
        links = record.texts("link")
        for link in links:
            if not _ADDRESS.fullmatch(link.value):
                message = say("“{found}” is no web address", found=link.value)
                yield Problem(link.place, "video-address", message, say("write it whole, with https://"))
        if not links and not any(isinstance(value, FileRef) for _, values in record.parts for value in values):
            message = say("the video has neither a web address nor a file")
            yield Problem(record.place, "video-address", message, say("add link（网址）or file（文件）"))


def proposal_has_a_text(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The reply to a proposal is published in full (国办发〔2014〕46号); an annex alone cannot be searched."""
    for document in archive.documents:
        if document.kind is Kind.PROPOSAL and document.is_active and document.body.is_empty:
            message = say("the reply has no text")
            hint = say(
                "write it in full below the second ---; where it must not be public, change attribute（公开属性）"
            )
            yield Problem(document.place("title"), "proposal-text", message, hint)


def _records(archive: Archive, field: str) -> Iterator[Record]:
    for document in archive.documents:
        for record in document.detail(field):
            if isinstance(record, Record):
                yield record
