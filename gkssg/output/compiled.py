"""Compiled templates on disk, for the other processes of a build and for the next one."""

from pathlib import Path
import tempfile

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from gkssg.digest import digest_bytes

_DIGEST = 64


class Compiled(BytecodeCache):
    """Keeps what Jinja2 makes of templates in a folder; a file that is not as it was written is left alone.

    ``words`` is a digest of the words that are said in them when they are compiled.
    """

    def __init__(self, folder: Path, words: str) -> None:
        self._folder = folder
        self._words = words.encode()
        folder.mkdir(parents=True, exist_ok=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find what was compiled; Jinja2 itself sees whether it was of the same source."""
        try:
            data = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        if self._digest(data[_DIGEST:]) == data[:_DIGEST]:
            bucket.bytecode_from_string(data[_DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, in one step: another process may be reading it."""
        data = bucket.bytecode_to_string()
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            file.write(self._digest(data) + data)
        Path(file.name).replace(self._folder / bucket.key)

    def _digest(self, data: bytes) -> bytes:
        return digest_bytes(self._words + data).encode()
