"""Rules about personal data in what lies beside a content file: names of files, records of a ledger."""

from collections.abc import Iterator
import datetime

from gkssg.archive.model import Archive
from gkssg.archive.paths import referenced_files
from gkssg.archive.personal import personal_data
from gkssg.language import say
from gkssg.personal.find import WHAT, find
from gkssg.problem import Place, Problem

_PARTED = str.maketrans("_-", "  ")


def name_of_file_is_free_of_personal_data(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The name of an open entry's file holds personal data.

    Names become addresses, and stand in lists and logs. Give the file another name, and mend what names it.

    Rule: personal-data, error, kept.
    Source: 个人信息保护法第四条、第二十八条.
    Row: R13.

    Wrong::

        --- content/statutory/policy/A1_13800138000.md ---
        ---
        title: 示例说明
        attribute: active
        ---
        正文。

    Right::

        --- content/statutory/policy/A1.md ---
        ---
        title: 示例说明
        attribute: active
        ---
        正文。
    """
    for document in archive.documents:
        if document.is_active:
            # What is seen in a name as it is typed was found in the text that names the file.
            named = ((path, place) for path, place in referenced_files(document) if not any(find(path)))
            for path, place in ((document.path.removeprefix("content/"), Place(document.path)), *named):
                for finding in find(path.translate(_PARTED)):
                    message = say(
                        "in the name of this file is {what}: {found}", what=WHAT[finding.kind], found=finding.masked
                    )
                    hint = say("give the file another name; names become addresses of the website")
                    yield Problem(place, "personal-data", message, hint)


def record_is_free_of_personal_data(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A record of a ledger holds personal data.

    What is written there is shown beside the task. Mask it or leave it out.

    Rule: personal-data, error, kept.
    Source: 个人信息保护法第四条、第二十八条.
    Row: R13.

    Wrong::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,状态,进展
        （一）,已完成,已电话13800138000告知

    Right::

        --- content/statutory/policy/yaodian.md ---
        ---
        title: 示例区2026年政务公开工作要点
        attribute: active
        published: 2026-03-01
        ledger: yearly
        ---
        （一）公开预算。（责任单位：区人民政府）
        --- content/statutory/policy/yaodian.ledger.csv ---
        编号,状态,进展
        （一）,已完成,已电话告知
    """
    for document in archive.documents:
        for advance in document.ledger.advances if document.ledger and document.is_active else ():
            for text in (advance.progress, advance.effect, advance.next):
                for finding in find(text):
                    yield personal_data(advance.place, finding)
