"""Rules about annexes, data files and pictures."""

from collections.abc import Iterator
import datetime

from gkssg.archive.calendar import CALENDAR_FOLDER
from gkssg.archive.ledger import ENDING
from gkssg.archive.model import Archive, Document
from gkssg.archive.paths import referenced_files
from gkssg.language import Message, say
from gkssg.problem import Problem
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


def _is_setting(path: str) -> bool:
    """Tell whether a file of ``content/`` says how the column is built and is no part of it."""
    return path == "column.yml" or path.startswith(CALENDAR_FOLDER)


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
