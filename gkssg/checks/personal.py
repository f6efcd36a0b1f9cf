"""Rules about personal data in what lies beside a content file: its files and their names, records of a ledger."""

from collections.abc import Iterator
import datetime

from gkssg.annexes.examination import Examination, Search
from gkssg.archive.model import Archive
from gkssg.archive.paths import referenced_files
from gkssg.archive.personal import DECLASSIFY, personal_data
from gkssg.language import say
from gkssg.personal.find import WHAT, Kind, find, masked_text
from gkssg.problem import Place, Problem, Severity

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


def file_is_free_of_personal_data(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A file of an open entry holds personal data, perhaps where its program does not show them.

    Name lists with full ID numbers were published in hidden sheets, in deleted text and in remarks, by people who saw
    none of it. Files are published as they are: mend them in the program that made them, and save or export them anew;
    “Inspect Document” of the program finds what it hides. Of a picture that an entry names, what the camera wrote is
    taken out; of one inside another file it is not.

    Rule: personal-data, error, kept.
    Source: 个人信息保护法第四条、第二十八条; 政府信息公开条例（国务院令第711号）第十五条.
    Row: R13.

    Wrong::

        --- content/statutory/policy/mingdan.md ---
        ---
        title: 示例补贴发放名单
        attribute: active
        annexes: [示例名单.csv]
        ---
        见附件。
        --- content/statutory/policy/示例名单.csv ---
        姓名,手机,金额
        示例甲,13800138000,300

    Right::

        --- content/statutory/policy/mingdan.md ---
        ---
        title: 示例补贴发放名单
        attribute: active
        annexes: [示例名单.csv]
        ---
        见附件。
        --- content/statutory/policy/示例名单.csv ---
        姓名,手机,金额
        示*,138****8000,300
    """
    for path, place, file in _searched(archive):
        for leak in file.search.leaks:
            if leak.kind not in {Kind.AUTHOR, Kind.SECRECY}:
                what = WHAT[leak.kind]
                message = say(
                    "{file}, {where}: {what} {found}", file=path, where=leak.where, what=what, found=leak.masked
                )
                yield Problem(place, "personal-data", message, _MEND)
        if file.search.more:
            message = say("{file}: {count} more such places", file=path, count=file.search.more)
            yield Problem(place, "personal-data", message, _MEND)


def file_bears_no_secrecy_mark(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A file of an open entry bears a mark of secrecy or of internal use.

    What is secret or internal is not disclosed: withdraw it and have it reviewed.

    Rule: secrecy-mark, error, fixed.
    Source: 保守国家秘密法第三十二条至第三十五条; 政府信息公开条例（国务院令第711号）第十四条.
    Row: R14.

    Wrong::

        --- content/statutory/policy/fangan.md ---
        ---
        title: 示例工作方案
        attribute: active
        annexes: [示例方案.txt]
        ---
        见附件。
        --- content/statutory/policy/示例方案.txt ---
        内部资料 注意保存
        示例工作方案

    Right::

        --- content/statutory/policy/fangan.md ---
        ---
        title: 示例工作方案
        attribute: active
        annexes: [示例方案.txt]
        ---
        见附件。
        --- content/statutory/policy/示例方案.txt ---
        示例工作方案
    """
    for path, place, file in _searched(archive):
        for leak in file.search.leaks:
            if leak.kind is Kind.SECRECY:
                message = say("{file}, {where}: marked “{found}”", file=path, where=leak.where, found=leak.masked)
                yield Problem(place, "secrecy-mark", message, DECLASSIFY)


def author_of_file_is_no_person(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    r"""The properties of a file name a person: programs write down who made it and who saved it last.

    It is the name of someone of the staff, which readers do not need. Remove the properties in the program, under
    “Inspect Document”.

    Rule: file-author, info.
    Source: 个人信息保护法第六条.
    Row: R13.

    Wrong::

        --- content/statutory/policy/fangan.md ---
        ---
        title: 示例工作方案
        attribute: active
        annexes: [示例方案.rtf]
        ---
        见附件。
        --- content/statutory/policy/示例方案.rtf ---
        {\rtf1\ansi\ansicpg936{\info{\author \'d5\'c5\'c8\'fd}}Text\par}

    Right::

        --- content/statutory/policy/fangan.md ---
        ---
        title: 示例工作方案
        attribute: active
        annexes: [示例方案.rtf]
        ---
        见附件。
        --- content/statutory/policy/示例方案.rtf ---
        {\rtf1\ansi\ansicpg936 Text\par}
    """
    for path, place, file in _searched(archive):
        for leak in file.search.leaks:
            if leak.kind is Kind.AUTHOR:
                message = say("{file}, {where}: {found}", file=path, where=leak.where, found=leak.masked)
                hint = say("in the program: File, Info, Inspect Document, remove properties and personal information")
                yield Problem(place, "file-author", message, hint, Severity.INFO)


def file_was_searched(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A file of an open entry, or a file inside it, could not be searched for personal data.

    It is locked, damaged, too large, or of a type that is not read here. Look through it yourself; better, publish it
    as PDF, DOCX, XLSX or CSV, without a password.

    Rule: file-unsearched, info.
    Source: 个人信息保护法第五十一条.
    Row: R13.
    """
    for path, place, file in _searched(archive):
        if file.search.unread and not file.fault:  # one with a fault is told as a file that nobody can open
            message = say("{file} was not searched for personal data: {why}", file=path, why=file.search.unread)
            hint = say("look through it yourself; better, publish it as PDF, DOCX, XLSX or CSV, without a password")
            yield Problem(place, "file-unsearched", message, hint, Severity.INFO)


def _searched(archive: Archive) -> Iterator[tuple[str, Place, Examination]]:
    """Give the files of open entries in which something is to be told, each once for an entry that names it."""
    examined = {path: one for path, one in archive.examinations if one.search != _NOTHING}
    if not examined:
        return
    for document in archive.documents:
        if document.is_active:
            named = {path: place for path, place in reversed(tuple(referenced_files(document))) if path in examined}
            for path, place in sorted(named.items(), key=lambda item: item[1]):
                yield masked_text(path.rpartition("/")[2]), place, examined[path]


_NOTHING = Search()
_MEND = say(
    "files are published as they are: take it out in the program that made the file (in Office: File, Info, Inspect "
    "Document), and save it anew; where the law demands it: # gkssg: allow personal-data because …"
)


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
