"""Rules about consultations: how long opinions are taken, what is shown for it, and when it is answered."""

from collections.abc import Iterator
import datetime

from gkssg.archive.fields import Record, Text
from gkssg.archive.model import Archive, Document
from gkssg.archive.relations import relations_of
from gkssg.checks.deadlines import Deadline
from gkssg.dates import PartialDate
from gkssg.language import Message, say
from gkssg.problem import Problem, Severity
from gkssg.terms import Kind, Word
from gkssg.workdays import add_working_days

PATIENCE = datetime.timedelta(days=60)
"""No law says by when the public must hear what became of its opinions; after this time an editor is reminded."""


def consultation_has_a_period(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A consultation does not say to the day from when to when opinions are taken, or it ends before it starts.

    Readers must know how long they can take part. Write starts（开始日期）and ends（截止日期）as YYYY-MM-DD.

    Rule: consultation-period, error, warning.
    Source: 重大行政决策程序暂行条例（国务院令第713号）第十五条.
    Row: R08.

    Wrong::

        ---
        title: 关于《示例办法（征求意见稿）》公开征求意见的公告
        kind: consultation
        attribute: active
        purpose: needs
        starts: 2026-11-10
        ends: 2026-11-01
        ---
        正文。

    Right::

        ---
        title: 关于《示例办法（征求意见稿）》公开征求意见的公告
        kind: consultation
        attribute: active
        purpose: needs
        starts: 2026-11-01
        ends: 2026-11-10
        ---
        正文。
    """
    for document in _consultations(archive):
        starts, ends = _date(document, "starts"), _date(document, "ends")
        for name, alias, date in (("starts", "开始日期", starts), ("ends", "截止日期", ends)):
            if date is None or not date.day:
                message = say("{field} is not known to the day", field=f"{name}（{alias}）")
                hint = say("readers must know how long they can take part; write YYYY-MM-DD")
                yield Problem(document.place(name), "consultation-period", message, hint, Severity.WARNING)
        if starts and ends and ends.last < starts.first:
            message = say(
                "the consultation ends on {ends}, before it starts on {starts}", ends=str(ends), starts=str(starts)
            )
            hint = say("correct starts（开始日期）or ends（截止日期）")
            yield Problem(document.place("ends"), "consultation-period", message, hint)


def consultation_is_long_enough(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Opinions on a draft are taken for less than 30 days, and it is not said why.

    The first and the last day are both counted. Take opinions longer, or say in shorten_reason（缩短期限理由）why not.

    Rule: consultation-days, error.
    Source: 重大行政决策程序暂行条例（国务院令第713号）第十五条；优化营商环境条例（国务院令第722号）第六十二条.
    Row: R08.

    Wrong::

        --- content/statutory/policy/zhengqiu.md ---
        ---
        title: 关于《示例办法（征求意见稿）》公开征求意见的公告
        kind: consultation
        attribute: active
        starts: 2026-11-01
        ends: 2026-11-15
        draft: statutory/policy/caoan
        explanation: statutory/policy/caoan
        ---
        正文。
        --- content/statutory/policy/caoan.md ---
        ---
        title: 示例办法（征求意见稿）及起草说明
        attribute: active
        ---
        正文。

    Right::

        --- content/statutory/policy/zhengqiu.md ---
        ---
        title: 关于《示例办法（征求意见稿）》公开征求意见的公告
        kind: consultation
        attribute: active
        starts: 2026-11-01
        ends: 2026-11-30
        draft: statutory/policy/caoan
        explanation: statutory/policy/caoan
        ---
        正文。
        --- content/statutory/policy/caoan.md ---
        ---
        title: 示例办法（征求意见稿）及起草说明
        attribute: active
        ---
        正文。
    """
    for document in _consultations(archive):
        starts, ends = _date(document, "starts"), _date(document, "ends")
        if not (_is_of_draft(document) and starts and starts.day and ends and ends.day):
            continue
        days = (ends.last - starts.first).days + 1
        least = archive.column.limits.consultation
        if 0 < days < least and not document.detail("shorten_reason"):
            message = say("opinions are taken for {days} days, which is less than {least}", days=days, least=least)
            hint = say("take them longer, or say in shorten_reason（缩短期限理由）why not")
            yield Problem(document.place("ends"), "consultation-days", message, hint)


def consultation_shows_its_draft(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """Opinions are asked for, and the draft or its explanation cannot be read.

    Nobody can comment on what they cannot read. Name the entries in draft（草案全文）and explanation（起草说明）, or
    their files.

    Rule: consultation-draft, warning.
    Source: 重大行政决策程序暂行条例（国务院令第713号）第十五条.
    Row: R08.

    Wrong::

        ---
        title: 关于《示例办法（征求意见稿）》公开征求意见的公告
        kind: consultation
        attribute: active
        starts: 2026-11-01
        ends: 2026-11-30
        ---
        正文。

    Right::

        --- content/statutory/policy/zhengqiu.md ---
        ---
        title: 关于《示例办法（征求意见稿）》公开征求意见的公告
        kind: consultation
        attribute: active
        starts: 2026-11-01
        ends: 2026-11-30
        draft: statutory/policy/caoan
        explanation: statutory/policy/caoan
        ---
        正文。
        --- content/statutory/policy/caoan.md ---
        ---
        title: 示例办法（征求意见稿）及起草说明
        attribute: active
        ---
        正文。
    """
    documents = {document.id: document for document in archive.documents}
    for document in _consultations(archive):
        starts = _date(document, "starts")
        if not _is_of_draft(document) or (starts and starts.first > today):
            continue
        for name, alias, message in (
            ("draft", "草案全文", say("opinions are asked for, and there is no draft to read")),
            ("explanation", "起草说明", say("opinions are asked for, and nothing explains the draft")),
        ):
            ids = [text for text in document.detail(name) if isinstance(text, Text)]
            for text in ids:
                target = documents.get(text.value)
                if target and not target.is_active:
                    closed = say("“{found}” is not disclosed: readers see its title only", found=text.value)
                    hint = say("opinions cannot be given on what cannot be read; disclose it, or name another entry")
                    yield Problem(text.place, "consultation-draft", closed, hint, Severity.WARNING)
            if not ids and not document.detail(f"{name}_files"):
                hint = say(
                    "name its entry in {field}, or its file in {file}", field=f"{name}（{alias}）", file=f"{name}_files"
                )
                yield Problem(document.place("starts"), "consultation-draft", message, hint, Severity.WARNING)


def consultation_is_answered(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """It was not made known in time what became of the opinions.

    It is due 10 working days after the document came out; where none is known, gkssg reminds 60 days after the last
    day for
    opinions. Write opinions（意见情况）and feedback（反馈日期）, or an entry that answers（答复）this one.

    Rule: consultation-feedback, warning.
    Source: 聊政办发〔2023〕9号（决策文件出台后的10个工作日内）；60天是 gkssg 的提醒.
    Row: R09.

    Wrong::

        ---
        title: 公开征集示例事项意见的公告
        kind: consultation
        attribute: active
        purpose: needs
        starts: 2026-06-01
        ends: 2026-06-30
        ---
        正文。

    Right::

        ---
        title: 公开征集示例事项意见的公告
        kind: consultation
        attribute: active
        purpose: needs
        starts: 2026-06-01
        ends: 2026-06-30
        feedback: 2026-07-10
        ---
        正文。
    """
    for document, told, decided, is_answered in _answers(archive):
        ends = _date(document, "ends")
        if decided:
            due = add_working_days(decided.last, archive.column.limits.answer, archive.calendar)
            late = told.first > due.day if told else not is_answered and today > due.day
            if late:
                message = say(
                    "the document came out on {day}; the answer was due by {due}, {count} working days later",
                    day=str(decided), due=due.day.isoformat(), count=archive.column.limits.answer,
                )  # fmt: skip
                hint = say("write the opinions and what became of them (opinions), and the day in feedback（反馈日期）")
                if due.remark:
                    hint = say("{hint}; {remark}", hint=hint, remark=due.remark)
                yield _warning(document, "feedback" if told else "ends", message, hint)
        elif ends and not is_answered and today - ends.last > PATIENCE:
            message = say(
                "the consultation ended on {ends}, {days} days ago, and is not answered",
                ends=str(ends), days=(today - ends.last).days,
            )  # fmt: skip
            hint = say("write the opinions and what became of them (opinions), and the day in feedback（反馈日期）")
            yield _warning(document, "ends", message, hint)


def opinion_is_answered(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An opinion does not say whether it was adopted; or it was not, and there is no reason.

    Add adopted（是否采纳）, and reason（理由）where it was rejected or adopted in part.

    Rule: opinion-answer, warning.
    Source: 重大行政决策程序暂行条例（国务院令第713号）第十八条；优化营商环境条例（国务院令第722号）第六十二条.
    Row: R09.

    Wrong::

        ---
        title: 公开征集示例事项意见的公告
        kind: consultation
        attribute: active
        purpose: needs
        starts: 2026-06-01
        ends: 2026-06-30
        opinions: [{opinion: 建议增加公交班次, adopted: rejected}]
        ---
        正文。

    Right::

        ---
        title: 公开征集示例事项意见的公告
        kind: consultation
        attribute: active
        purpose: needs
        starts: 2026-06-01
        ends: 2026-06-30
        opinions: [{opinion: 建议增加公交班次, adopted: rejected, reason: 客流不足}]
        ---
        正文。
    """
    for document in archive.documents:
        for record in document.detail("opinions"):
            if not isinstance(record, Record) or not document.is_active:
                continue
            adopted = next((word for _, values in record.parts for word in values if isinstance(word, Word)), None)
            if adopted is None:
                message = say("the opinion does not say whether it was adopted")
                hint = say("add adopted（是否采纳）: adopted（采纳）, partly（部分采纳）or rejected（未采纳）")
                yield Problem(record.place, "opinion-answer", message, hint, Severity.WARNING)
            elif adopted.code != "adopted" and not record.text("reason"):
                message = say("an opinion that is not adopted, or in part only, needs a reason")
                yield Problem(record.place, "opinion-answer", message, say("add reason（理由）"), Severity.WARNING)


def consultations_due(archive: Archive, _today: datetime.date) -> Iterator[Deadline]:
    """Give the last days on which opinions are taken, and those by which they must be answered."""
    for document, _, decided, is_answered in _answers(archive):
        ends = _date(document, "ends")
        if ends and not is_answered:
            message = say("opinions on “{found}” are taken for the last day", found=document.title)
            hint = say("collect the opinions and answer them")
            yield Deadline(ends.last, "consultation-period", document.place("ends"), message, hint)
        if decided and not is_answered:
            due = add_working_days(decided.last, archive.column.limits.answer, archive.calendar)
            message = say("the answer to the opinions on “{found}” is due", found=document.title)
            hint = say("write the opinions and what became of them (opinions), and the day in feedback（反馈日期）")
            yield Deadline(due.day, "consultation-feedback", document.place("ends"), message, hint, due.unknown)


def _answers(archive: Archive) -> Iterator[tuple[Document, PartialDate | None, PartialDate | None, bool]]:
    """Give each consultation with the day it was answered, the day its document came out, and if it is answered."""
    relations = relations_of(archive)
    documents = {document.id: document for document in archive.documents}
    for document in _consultations(archive):
        told = _date(document, "feedback")
        answers = (statement for statement in relations.about(document) if statement.field.name == "answers")
        is_answered = bool(
            told or document.detail("opinions") or any(statement.source.is_active for statement in answers)
        )
        decided = min((day for result in _results(document, documents) if (day := result.published)), default=None)
        yield document, told, decided, is_answered


def _warning(document: Document, field: str, message: Message, hint: Message) -> Problem:
    return Problem(document.place(field), "consultation-feedback", message, hint, Severity.WARNING)


def _consultations(archive: Archive) -> Iterator[Document]:
    return (document for document in archive.documents if document.kind is Kind.CONSULTATION and document.is_active)


def _is_of_draft(document: Document) -> bool:
    purpose = next((word for word in document.detail("purpose") if isinstance(word, Word)), None)
    return purpose is None or purpose.code == "draft"


def _results(document: Document, documents: dict[str, Document]) -> Iterator[Document]:
    """Give the open documents that the consultation, or its drafts, say they were the draft of."""
    drafts = (documents.get(text.value) for text in document.detail("draft") if isinstance(text, Text))
    for source in (document, *drafts):
        for relation in source.relations if source and source.is_active else ():
            result = documents.get(relation.target.value)
            if relation.field == "draft_of" and result and result.is_active:
                yield result


def _date(document: Document, name: str) -> PartialDate | None:
    return next((value for value in document.detail(name) if isinstance(value, PartialDate)), None)
