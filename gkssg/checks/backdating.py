"""Rules about the publish log: dates of publication that are earlier than the publication was."""

from collections.abc import Iterator
import datetime

from gkssg.archive.model import Archive, Document
from gkssg.archive.publishlog import Logged
from gkssg.language import say
from gkssg.problem import Problem, Severity


def date_is_that_of_the_publication(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """An entry bears a date of publication long before it was first published here.

    Dates that are put back are what inspectors look for as false. gkssg log records the day on which an entry is first
    there; what is not recorded yet is published today. Write the day on which it is published. For what was published
    elsewhere before, say where in source（来源）. Entries that were there when the log began are not looked at.

    Rule: published-backdated, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）（伪造发稿日期）.
    Row: R32.

    Wrong::

        --- content/publish-log.csv ---
        编号,发布日期,首次发布
        statutory/policy/a,2026-11-02,2026-11-10
        statutory/organs/gov,,
        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        published: 2026-11-02
        ---
        正文。

    Right::

        --- content/publish-log.csv ---
        编号,发布日期,首次发布
        statutory/policy/a,2026-11-03,2026-11-10
        statutory/organs/gov,,
        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        published: 2026-11-03
        ---
        正文。
    """
    most = archive.column.limits.backdating
    for document, row in _logged(archive):
        published = document.published
        if not published or not published.day or document.source or document.converted or (row and not row.seen):
            continue
        seen = row.seen.first if row and row.seen else today
        days = (seen - published.first).days
        if days > most:
            message = say(
                "its date of publication is {published}, {days} days before it was first published on {seen}",
                published=published.first.isoformat(),
                days=days,
                seen=seen.isoformat(),
            )
            hint = say(
                "write the day on which it is published here;"
                " for what was published elsewhere before add source（来源）"
            )
            yield Problem(document.place("published"), "published-backdated", message, hint, Severity.WARNING)


def date_of_publication_stays(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The date of publication of an entry was put back after its publication.

    The publish log has the date that the entry bore at first. Restore it; if that one was wrong, correct the row in
    content/publish-log.csv too, so that the correction is seen.

    Rule: published-changed, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）（伪造发稿日期）.
    Row: R32.

    Wrong::

        --- content/publish-log.csv ---
        编号,发布日期,首次发布
        statutory/policy/a,2026-11-05,2026-11-05
        statutory/organs/gov,,
        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        published: 2026-11-04
        ---
        正文。

    Right::

        --- content/publish-log.csv ---
        编号,发布日期,首次发布
        statutory/policy/a,2026-11-05,2026-11-05
        statutory/organs/gov,,
        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        published: 2026-11-05
        ---
        正文。
    """
    for document, row in _logged(archive):
        if row and row.published and document.published and document.published.last < row.published.first:
            message = say(
                "its date of publication was {before} when it was published, and is {now}",
                before=str(row.published),
                now=str(document.published),
            )
            hint = say("restore the date; if it was wrong, correct line {line} of {path} too", line=row.place.line,
                       path=row.place.path)  # fmt: skip
            yield Problem(document.place("published"), "published-changed", message, hint, Severity.WARNING)


def _logged(archive: Archive) -> Iterator[tuple[Document, Logged | None]]:
    """Give the open entries with what the log has of them; none where there is no log."""
    if archive.log is None:
        return
    rows = {row.id: row for row in reversed(archive.log)}
    for document in archive.documents:
        if document.is_active:
            yield document, rows.get(document.id)
