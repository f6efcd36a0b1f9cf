"""Rules about annexes, data files and pictures."""

from collections.abc import Iterator
import datetime

from gkssg.annexes.types import FileType, name_fits
from gkssg.archive.calendar import CALENDAR_FOLDER
from gkssg.archive.ledger import ENDING
from gkssg.archive.model import Archive, Document
from gkssg.archive.paths import referenced_files
from gkssg.archive.words import WORDS_FILE
from gkssg.language import Message, say
from gkssg.problem import Problem, Severity
from gkssg.text import nearest_path, relative


def file_exists(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every file an entry names lies in ``content/``."""
    for document in archive.documents:
        for path, place in referenced_files(document):
            if path.endswith(ENDING):
                message = say("“{found}” cannot be published as a file", found=path)
                hint = say("readers find what it holds on the page of the ledger, and there as a table to download")
                yield Problem(place, "file-forbidden", message, hint)
            elif path.startswith("..") or _is_setting(path) or path.endswith(".md"):
                message = say("“{found}” cannot be published as a file", found=path)
                yield Problem(place, "file-forbidden", message, say("name a file beside this one, inside content/"))
            elif path not in archive.files and not _is_list(archive, path):
                message = say("there is no file “{found}”", found=f"content/{path}")
                yield Problem(place, "file-missing", message, _meant(archive, document, path))


def file_is_not_private(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A file of an entry that is not disclosed is not a file of an open one: it would be published."""
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


def file_is_of_use(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Every file of an open entry can be opened by readers, and no picture tells where and by whom it was taken.

    The metadata of a photograph may hold its place and the name of its author (Personal Information Protection Law,
    articles 4 and 6).
    """
    examined = dict(archive.examinations)
    for document in archive.documents:
        for path, place in referenced_files(document) if document.is_active else ():
            file = examined.get(path)
            if file is None:
                continue
            if file.fault and not file.may_be_published:
                message = say("this file cannot be published: {why}", why=file.fault)
                hint = say("open it in a picture program, and save it as JPEG or PNG")
                yield Problem(place, "file-unfit", message, hint)
            elif file.kind.code == "empty":
                message = say("this file is empty")
                yield Problem(place, "file-empty", message, say("put the right file in its place"), Severity.WARNING)
            elif file.fault:
                message = say("the page of this file can show nothing of it: {why}", why=file.fault)
                hint = say("open it yourself; if you cannot, readers cannot either: save or export it anew")
                yield Problem(place, "file-broken", message, hint, Severity.WARNING)
            if file.kind.code != "empty" and not name_fits(path.rpartition("/")[2], file.kind):
                found = path.rpartition(".")[2]
                message = say("the name ends in “{found}”, but the content is: {type}", found=found, type=file.kind)
                yield Problem(place, "file-type", message, _better_name(file.kind), Severity.WARNING)


def _better_name(kind: FileType) -> Message:
    if kind.endings:
        return say(
            "open it: if it is the right file, let its name end in .{ending}; if not, replace it",
            ending=kind.endings[0],
        )
    return say("open it; if it is not the right file, replace it")


def _is_setting(path: str) -> bool:
    """Tell whether a file of ``content/`` says how the column is built and is no part of it."""
    return path in {"column.yml", WORDS_FILE} or path.startswith(CALENDAR_FOLDER)


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
