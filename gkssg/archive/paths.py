"""Which files a document refers to, as paths below ``content/``."""

from collections.abc import Iterator
import posixpath

from gkssg.archive.fields import FileRef, Record, Value
from gkssg.archive.model import Document
from gkssg.problem import Place


def file_path(document: Document, file: FileRef) -> str:
    """Give the path of a file named in front matter, counted from ``content/``; it may lead out of it (``..``)."""
    typed = file.path.replace("\\", "/")
    if typed.startswith("/"):
        return posixpath.normpath(typed.lstrip("/"))
    return posixpath.normpath(posixpath.join(document.folder, typed))


def referenced_files(document: Document) -> Iterator[tuple[str, Place]]:
    """Give every file a document publishes when it is active: annexes, data, pictures, files linked in the text."""
    for file in document.annexes:
        yield file_path(document, file), file.place
    for _, values in document.details:
        for file in _files(values):
            yield file_path(document, file), file.place
    for link in document.body.links:
        if link.target and not link.target.endswith((".md", ".html")):
            yield link.target, link.place


def linked_files(document: Document) -> Iterator[str]:
    """Give the files a text links to that are annexes by nothing else; pictures it shows are a part of the text."""
    if not document.body.links:
        return
    named = {file_path(document, file) for file in document.annexes}
    named |= {file_path(document, file) for _, values in document.details for file in _files(values)}
    for link in document.body.links:
        is_file = link.target and not link.target.endswith((".md", ".html"))
        if is_file and not link.is_picture and link.target not in named:
            named.add(link.target)
            yield link.target


def _files(values: tuple[Value, ...]) -> Iterator[FileRef]:
    for value in values:
        if isinstance(value, FileRef):
            yield value
        elif isinstance(value, Record):
            for _, inner in value.published:
                yield from _files(inner)
