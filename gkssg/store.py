"""Texts kept on disk while a build runs, so that no stage holds the texts of all documents.

What goes around is a :class:`Stored`: equal to another when the text is, wherever it lies.
"""

from dataclasses import dataclass, field
import hashlib
import os
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stored:
    """A text by its digest; it lies in a file, or is held here where nothing was given to store it in."""

    sha256: str
    held: str = field(default="", compare=False, repr=False)
    file: str = field(default="", compare=False, repr=False)
    offset: int = field(default=0, compare=False, repr=False)
    size: int = field(default=0, compare=False, repr=False)

    def read(self) -> str:
        """Give the text. Raises OSError when the build that stored it is over."""
        if not self.file:
            return self.held
        with Path(self.file).open("rb") as file:
            file.seek(self.offset)
            return file.read(self.size).decode()


@dataclass(frozen=True, slots=True)
class Store:
    """A folder for texts; each process appends to a file of its own. Without a folder, texts stay in memory."""

    folder: Path | None = None

    def put(self, text: str) -> Stored:
        """Keep a text."""
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        if self.folder is None or not data:
            return Stored(digest, held=text)
        path = self.folder / f"texts-{os.getpid()}"
        with path.open("ab") as file:
            offset = file.tell()
            file.write(data)
        return Stored(digest, file=str(path), offset=offset, size=len(data))


IN_MEMORY = Store()
