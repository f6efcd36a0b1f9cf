"""Rules about annexes, data files and pictures."""

from collections.abc import Iterator
import datetime

from gkssg.annexes.examination import Examination
from gkssg.annexes.types import FileType, name_fits
from gkssg.archive.calendar import CALENDAR_FOLDER
from gkssg.archive.ledger import ENDING
from gkssg.archive.model import Archive, Document
from gkssg.archive.paths import referenced_files
from gkssg.archive.publishlog import LOG
from gkssg.archive.words import WORDS_FILE
from gkssg.language import Message, say
from gkssg.problem import Place, Problem, Severity
from gkssg.text import nearest_path, relative


def file_may_be_named(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An entry names a file that cannot be published: it lies outside content/, or says how the column is built.

    Put a copy of a file that may be published beside the content file.

    Rule: file-forbidden, error, fixed.
    Source: gkssg.
    Row: R18.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        annexes: ../../column.yml
        ---
        正文。

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 名单.txt
        ---
        正文。
        --- content/statutory/policy/名单.txt ---
        示例名单
    """
    for document in archive.documents:
        for path, place in referenced_files(document):
            if path.endswith(ENDING):
                message = say("“{found}” cannot be published as a file", found=path)
                hint = say("readers find what it holds on the page of the ledger, and there as a table to download")
                yield Problem(place, "file-forbidden", message, hint)
            elif _is_forbidden(path):
                message = say("“{found}” cannot be published as a file", found=path)
                yield Problem(place, "file-forbidden", message, say("name a file beside this one, inside content/"))


def file_exists(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An annex, a picture or a file that is linked to does not exist.

    Put the file there or correct the path; paths count from the folder of the content file.

    Rule: file-missing, error, fixed.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R18.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        annexes: 名单.txt
        ---
        正文。

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 名单.txt
        ---
        正文。
        --- content/statutory/policy/名单.txt ---
        示例名单
    """
    for document in archive.documents:
        for path, place in referenced_files(document):
            if path not in archive.files and not _is_forbidden(path) and not _is_list(archive, path):
                message = say("there is no file “{found}”", found=f"content/{path}")
                yield Problem(place, "file-missing", message, _meant(archive, document, path))


def file_is_not_private(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A file of an open entry also belongs to one that is not disclosed.

    It would be published. Use a copy that may be, under another name.

    Rule: file-private, error, fixed.
    Source: 政府信息公开条例（国务院令第711号）第十四条至第十七条.
    Row: R11.

    Wrong::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 名单.txt
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例内部通报
        attribute: withheld
        reason: 16-1
        review_by: 2027-06-30
        annexes: 名单.txt
        ---
        --- content/statutory/policy/名单.txt ---
        示例名单

    Right::

        --- content/statutory/policy/a.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 公开名单.txt
        ---
        正文。
        --- content/statutory/policy/b.md ---
        ---
        title: 示例内部通报
        attribute: withheld
        reason: 16-1
        review_by: 2027-06-30
        annexes: 名单.txt
        ---
        --- content/statutory/policy/名单.txt ---
        示例名单
        --- content/statutory/policy/公开名单.txt ---
        示例名单
    """
    private: dict[str, str] = {}
    for document in archive.documents:
        if not document.is_active:
            private |= {path: document.path for path, _ in referenced_files(document)}
    for document in archive.documents:
        if document.is_active:
            for path, place in referenced_files(document):
                if path in private:
                    message = say("this file also belongs to an entry that is not disclosed")
                    hint = say("see {other}; use a copy that may be published", other=private[path])
                    yield Problem(place, "file-private", message, hint)


def file_may_be_published(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The metadata of a picture cannot be taken out, or a file cannot be read.

    A photograph may tell where and by whom it was taken. Save the picture as JPEG or PNG; look whether the file may
    be read.

    Rule: file-unfit, error, fixed.
    Source: 个人信息保护法第四条、第六条.
    Row: R13.

    Wrong::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 图.svg
        ---
        正文。
        --- content/statutory/policy/图.svg ---
        <svg xmlns="http://www.w3.org/2000/svg"><rect

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 图.svg
        ---
        正文。
        --- content/statutory/policy/图.svg ---
        <svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>
    """
    for place, _, file in _examined(archive):
        if file.fault and not file.may_be_published:
            message = say("this file cannot be published: {why}", why=file.fault)
            hint = say("open it in a picture program, and save it as JPEG or PNG")
            yield Problem(place, "file-unfit", message, hint)


def file_has_content(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An annex or a picture is empty.

    Put the right file in its place.

    Rule: file-empty, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R18.

    Wrong::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 名单.txt
        ---
        正文。
        --- content/statutory/policy/名单.txt ---

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 名单.txt
        ---
        正文。
        --- content/statutory/policy/名单.txt ---
        示例名单
    """
    for place, _, file in _examined(archive):
        if file.kind.code == "empty" and file.may_be_published:
            message = say("this file is empty")
            yield Problem(place, "file-empty", message, say("put the right file in its place"), Severity.WARNING)


def file_can_be_opened(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An annex or a picture is damaged, incomplete, has a password or is too large.

    Its page can show nothing of it. Open it yourself; save or export it anew.

    Rule: file-broken, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R18.

    Wrong::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 表.pdf
        ---
        正文。
        --- content/statutory/policy/表.pdf ---
        %PDF-1.4

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 图.svg
        ---
        正文。
        --- content/statutory/policy/图.svg ---
        <svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>
    """
    for place, _, file in _examined(archive):
        if file.fault and file.may_be_published and file.kind.code != "empty":
            message = say("the page of this file can show nothing of it: {why}", why=file.fault)
            hint = say("open it yourself; if you cannot, readers cannot either: save or export it anew")
            yield Problem(place, "file-broken", message, hint, Severity.WARNING)


def file_is_what_its_name_says(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The ending of a file's name does not fit its content, so that readers may not be able to open it.

    Open it: where it is the right file, correct the ending; where it is not, put the right one in its place.

    Rule: file-type, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R18.

    Wrong::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 名单.pdf
        ---
        正文。
        --- content/statutory/policy/名单.pdf ---
        示例名单

    Right::

        --- content/statutory/policy/tongzhi.md ---
        ---
        title: 示例通知
        attribute: active
        annexes: 名单.txt
        ---
        正文。
        --- content/statutory/policy/名单.txt ---
        示例名单
    """
    for place, path, file in _examined(archive):
        if file.kind.code != "empty" and not name_fits(path.rpartition("/")[2], file.kind):
            found = path.rpartition(".")[2]
            message = say("the name ends in “{found}”, but the content is: {type}", found=found, type=file.kind)
            yield Problem(place, "file-type", message, _better_name(file.kind), Severity.WARNING)


def _examined(archive: Archive) -> Iterator[tuple[Place, str, Examination]]:
    """Give the files of open entries: where they are named, their paths, and what they are."""
    examined = dict(archive.examinations)
    for document in archive.documents:
        for path, place in referenced_files(document) if document.is_active else ():
            if path in examined:
                yield place, path, examined[path]


def _better_name(kind: FileType) -> Message:
    if kind.endings:
        return say(
            "open it: if it is the right file, let its name end in .{ending}; if not, replace it",
            ending=kind.endings[0],
        )
    return say("open it; if it is not the right file, replace it")


def _is_forbidden(path: str) -> bool:
    """Tell whether a path leads out of ``content/``, or to a file that is read there and never published itself."""
    return path.startswith("..") or _is_setting(path) or path.endswith((".md", ENDING))


def _is_setting(path: str) -> bool:
    """Tell whether a file of ``content/`` says how the column is built and is no part of it."""
    return path in {"column.yml", WORDS_FILE, LOG.removeprefix("content/")} or path.startswith(CALENDAR_FOLDER)


def _is_list(archive: Archive, path: str) -> bool:
    """Tell whether a path without an ending names a section, whose list it then leads to."""
    return any(path == section.id for top in archive.column.tree for section in top.walk())


def _meant(archive: Archive, document: Document, path: str) -> Message:
    private = {file for other in archive.documents if not other.is_active for file, _ in referenced_files(other)}
    files = (file for file in archive.files - private if not file.endswith(".md") and not _is_setting(file))
    meant = nearest_path(path, files)
    if meant:
        return say("did you mean “{found}”?", found=relative(meant, document.path.removeprefix("content/")))
    return say("put the file there, or correct the name; paths count from this file")
