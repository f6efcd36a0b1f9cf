"""Rules about reviews before publication (三审): which there are, by whom, and if what they approved still stands."""

from collections.abc import Iterator
import datetime

from gkssg.archive.fields import Record
from gkssg.archive.model import Archive, Document
from gkssg.dates import PartialDate
from gkssg.language import say
from gkssg.problem import Problem, Severity
from gkssg.terms import REVIEW_STEPS, Word

_BY_THREE = ("first", "second", "final")


def review_still_stands(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """What a review approved was changed since.

    The record of a review holds a digest of the text, the front matter and the annexes that were approved. After any
    change of these the digest is another one, and the approval is void: have the entry reviewed again.

    Rule: approval-void, error, warning, kept.
    Source: 政府信息公开条例（国务院令第711号）第十七条；聊政办发〔2023〕9号“三审”制度.
    Row: R12.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        reviews:
          - {step: 初审, person: 示例甲, date: 2026-11-02, digest: "0000000000000000000000000000000000000000"}
        ---
        正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        reviews:
          - {step: 初审, person: 示例甲, date: 2026-11-02, digest: "03d056239f63899f78caa72dab1a2007f788835f"}
        ---
        正文。
    """
    for document in _reviewed(archive):
        severity = Severity.ERROR if _must_be_reviewed(archive, document) else Severity.WARNING
        for record in _last(document).values():
            digest = record.text("digest")
            if digest and digest != document.digest and not _is_refusal(record):
                message = say(
                    "what was approved on {day} was changed since ({step})", step=_step(record),
                    day=_day(record),
                )  # fmt: skip
                hint = say(
                    "have it reviewed again and record that: gkssg review {path} --step … --person …",
                    path=document.path,
                )
                yield Problem(record.place, "approval-void", message, hint, severity)


def reviews_are_complete(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An important entry has not been through all three reviews and the secrecy review.

    Which entries are important says reviews（审核）in column.yml, and from which day on. A record without a digest
    does not count: nobody knows what was approved. gkssg review writes records.

    Rule: approval-missing, error, kept.
    Source: 政府信息公开条例（国务院令第711号）第十七条；保守国家秘密法第三十五条；聊政办发〔2023〕9号“三审”制度.
    Row: R12.

    Wrong::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        reviews: {for: [document], since: 2026-11-01}
        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        published: 2026-11-02
        ---
        正文。

    Right::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        reviews: {for: [document], since: 2026-11-01}
        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        published: 2026-11-02
        reviews:
          - {step: 初审, person: 示例甲, date: 2026-11-02, digest: "ce2f16510b000ab27b0eb6928b7619dac6b33deb"}
          - {step: 复审, person: 示例乙, date: 2026-11-02, digest: "ce2f16510b000ab27b0eb6928b7619dac6b33deb"}
          - {step: 终审, person: 示例丙, date: 2026-11-02, digest: "ce2f16510b000ab27b0eb6928b7619dac6b33deb"}
          - {step: 保密审查, person: 示例丁, date: 2026-11-02, digest: "ce2f16510b000ab27b0eb6928b7619dac6b33deb"}
        ---
        正文。
    """
    for document in archive.documents:
        if not document.is_active or not _must_be_reviewed(archive, document):
            continue
        done = {code for code, record in _last(document).items() if record.text("digest")}
        missing = tuple(step for step in REVIEW_STEPS if step.code not in done)
        if missing:
            message = say("reviews are missing: {steps}", steps=missing)
            hint = say(
                "have it reviewed and record that: gkssg review {path} --step … --person …;"
                " a record without a digest does not count",
                path=document.path,
            )
            place = document.place("reviews" if document.reviews else "attribute")
            yield Problem(place, "approval-missing", message, hint)


def refused_entry_is_not_open(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An entry is open that a review returned.

    The last record of a step says what became of it. Mend the entry, and have that step done again.

    Rule: approval-refused, error, fixed.
    Source: 政府信息公开条例（国务院令第711号）第十七条（先审查后公开）.
    Row: R12.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        reviews:
          - {step: 复审, person: 示例甲, date: 2026-11-02, result: 退回}
        ---
        正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        reviews:
          - {step: 复审, person: 示例甲, date: 2026-11-02, result: 退回}
          - {step: 复审, person: 示例甲, date: 2026-11-03, result: 通过}
        ---
        正文。
    """
    for document in _reviewed(archive):
        for record in _last(document).values():
            if _is_refusal(record):
                message = say(
                    "it was returned on {day} ({step}), and it is open", step=_step(record),
                    day=_day(record),
                )  # fmt: skip
                hint = say("mend it and have that step done again, or take attribute: active away")
                yield Problem(record.place, "approval-refused", message, hint)


def reviews_are_by_several(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """One person did two of the three reviews.

    Who has reviewed a text once sees what he expects to see. Of an important entry it is an error.

    Rule: approval-person, error, warning, kept.
    Source: 聊政办发〔2023〕9号“三审”制度（多人审看、专人把关）.
    Row: R12.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        reviews:
          - {step: 初审, person: 示例甲, date: 2026-11-02}
          - {step: 复审, person: 示例甲, date: 2026-11-03}
        ---
        正文。

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        reviews:
          - {step: 初审, person: 示例甲, date: 2026-11-02}
          - {step: 复审, person: 示例乙, date: 2026-11-03}
        ---
        正文。
    """
    for document in _reviewed(archive):
        severity = Severity.ERROR if _must_be_reviewed(archive, document) else Severity.WARNING
        last = _last(document)
        seen: dict[str, Word] = {}
        for code in _BY_THREE:
            record = last.get(code)
            if record is None:
                continue
            step = REVIEW_STEPS[code]
            before = seen.setdefault("".join(record.text("person").split()), step)
            if before is not step:
                message = say("one person did two of the reviews: {steps}", steps=(before, step))
                hint = say("have another person do one of them")
                yield Problem(record.place, "approval-person", message, hint, severity)


def _reviewed(archive: Archive) -> Iterator[Document]:
    return (document for document in archive.documents if document.reviews and document.is_active)


def _must_be_reviewed(archive: Archive, document: Document) -> bool:
    """Tell whether the column wants all reviews of an entry."""
    wanted = archive.column.reviews
    what = {document.kind.value, "all"}
    what |= {"normative"} if document.normative else set()
    what |= {"important"} if True in document.detail("important") else set()
    if not what & set(wanted.of):
        return False
    return not (wanted.since and document.published and document.published.last < wanted.since.first)


def _last(document: Document) -> dict[str, Record]:
    """Give the last record of each step, by the step's code, or by its name where it is one of the column's own."""
    found: dict[str, Record] = {}
    for record in document.reviews:
        step = record.text("step")
        known = REVIEW_STEPS.find(step)
        found[known.code if known else step] = record
    return found


def _step(record: Record) -> Word:
    """Give the step of a record; what a column calls a step of its own is quoted nowhere."""
    return REVIEW_STEPS.find(record.text("step")) or Word("other", "其他环节", "Another step")


def _is_refusal(record: Record) -> bool:
    return any(isinstance(word, Word) and word.code == "returned" for word in record.part("result"))


def _day(record: Record) -> str:
    return next((str(date) for date in record.part("date") if isinstance(date, PartialDate)), "")
