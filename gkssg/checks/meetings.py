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
    """The number of those who attended a meeting is no number.

    It is added up by the year. Write digits alone.

    Rule: attendee-count, error, fixed.
    Source: gkssg.

    Wrong::

        ---
        title: 示例区政府第1次常务会议
        kind: meeting
        attribute: active
        attendees: [{name: 居民代表, count: 三名}]
        ---
        正文。

    Right::

        ---
        title: 示例区政府第1次常务会议
        kind: meeting
        attribute: active
        attendees: [{name: 居民代表, count: 3}]
        ---
        正文。
    """
    for record in _records(archive, "attendees"):
        for count in record.texts("count"):
            if not _COUNT.fullmatch(count.value):
                message = say("“{found}” is no number of people", found=count.value)
                yield Problem(count.place, "attendee-count", message, say("write digits alone, as count: 3"))


def closed_item_has_a_reason(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An item of the agenda is not open, and it is not said why.

    Add reason（理由）: an article code from 14-1 to 16-3, or a text.

    Rule: agenda-reason, error.
    Source: 政府信息公开条例（国务院令第711号）第十四条至第十六条.
    Row: R11.

    Wrong::

        ---
        title: 示例区政府第1次常务会议
        kind: meeting
        attribute: active
        agenda: [{item: 示例议题, open: 否}]
        ---
        正文。

    Right::

        ---
        title: 示例区政府第1次常务会议
        kind: meeting
        attribute: active
        agenda: [{item: 示例议题, open: 否, reason: 16-2}]
        ---
        正文。
    """
    for record in _records(archive, "agenda"):
        if not record.is_open and not record.text("reason"):
            message = say("an item of the agenda that is not open needs a reason")
            hint = say("add reason（理由）: an article code from 14-1 to 16-3, or a text")
            yield Problem(record.place, "agenda-reason", message, hint)


def video_has_an_address(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The video of a meeting has neither a whole web address nor a file.

    Add link（网址）, beginning with https://, or file（文件）.

    Rule: video-address, error.
    Source: gkssg.
    Row: R18.

    Wrong::

        ---
        title: 示例区政府第1次常务会议
        kind: meeting
        attribute: active
        video: [{note: 会议实录，文字见正文}]
        ---
        正文。

    Right::

        ---
        title: 示例区政府第1次常务会议
        kind: meeting
        attribute: active
        video: [{link: "https://www.example.gov.cn/v/1.html", note: 会议实录，文字见正文}]
        ---
        正文。
    """
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
    """An open reply to a proposal has no text.

    It is published in full; an annex alone cannot be searched. What must not be public is not active.

    Rule: proposal-text, error.
    Source: 国办发〔2014〕46号.

    Wrong::

        ---
        title: 对示例区政协第1号提案的答复
        kind: proposal
        attribute: active
        ---

    Right::

        ---
        title: 对示例区政协第1号提案的答复
        kind: proposal
        attribute: active
        ---
        您提出的提案收悉。现答复如下。
    """
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
