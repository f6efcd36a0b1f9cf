"""What is known of a file without opening it again; a value, apart from the libraries that open files."""

from dataclasses import dataclass

from gkssg.annexes.types import FileType
from gkssg.language import Message
from gkssg.personal.find import Kind


@dataclass(frozen=True, slots=True)
class Leak:
    """Personal data or a secrecy mark inside a file: what, how it looks masked, and where it stands."""

    kind: Kind
    masked: str
    where: Message


@dataclass(frozen=True, slots=True)
class Search:
    """What a search inside a file has found: the first leaks, how many ``more`` there are, and what was not read."""

    leaks: tuple[Leak, ...] = ()
    more: int = 0
    unread: Message | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in a file.

    ``sha256`` and ``size`` are those of a picture that is published otherwise than it is, without its metadata; for
    any other file they are empty and 0. ``width`` and ``height`` are 0 for what is no picture or cannot be decoded.
    ``fault`` says why readers cannot use it; ``may_be_published`` is false when its metadata cannot be taken out.
    ``is_scan`` tells that it is a PDF file of pictures without any text. ``weight`` are the bytes that are published.
    """

    kind: FileType
    sha256: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    fault: Message | None = None
    may_be_published: bool = True
    is_scan: bool = False
    weight: int = 0
    search: Search = Search()
