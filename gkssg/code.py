"""What gkssg itself is, as a digest: other code may give other bytes."""

from contextlib import suppress
import os
from pathlib import Path
import sys

from gkssg.digest import digest_bytes, digest_tree
from gkssg.filestate import SETTLED, moment, states

_LIBRARIES = (
    "markdown",
    "jinja2",
    "nh3",
    "pyyaml",
    "olefile",
    "openpyxl",
    "pillow",
    "pypdf",
    "striprtf",
    "xlrd",
)


def code_digest(cache: Path | None = None) -> str:
    """Give one digest of gkssg's own sources and of the libraries that decide on the bytes of a page.

    It is kept in the folder ``cache`` as long as no source changes and nothing is installed.
    """
    if cache is None:
        return _found()
    package = Path(__file__).parent
    sources = {path: state for path, state in states([package]).items() if not path.endswith(".pyc")}
    libraries = {folder: _changed_at(folder) for folder in sys.path}
    key = digest_bytes(repr((sys.version, sources, libraries)).encode())
    file = cache / "code"
    with suppress(OSError, ValueError):
        known, found, seal = file.read_text("ascii").split()
        if known == key and seal == digest_bytes(f"{known} {found}".encode()):
            return found
    found = _found()
    with suppress(OSError):  # the folder may not be there yet
        if max(changed for _, changed, _ in sources.values()) <= moment(cache) - SETTLED:
            file.write_text(f"{key} {found} {digest_bytes(f'{key} {found}'.encode())}", "ascii")
    return found


def _changed_at(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116  (a path object for each would be slow)
    except OSError:
        return 0


def _found() -> str:
    from importlib.metadata import version  # noqa: PLC0415  (it takes longer than the rest)

    package = Path(__file__).parent
    libraries = "".join(f"{name} {version(name)}\n" for name in _LIBRARIES)
    parts = (
        digest_tree(package, "**/*.py"),
        digest_tree(package / "defaults"),
        digest_tree(package / "locale"),
        libraries,
    )
    return digest_bytes("\n".join(parts).encode())


def default_theme() -> Path:
    """Give the folder of the default theme: inside the installed package, or at the top of a checkout."""
    installed = Path(__file__).parent / "themes" / "default"
    return installed if installed.is_dir() else Path(__file__).parents[1] / "themes" / "default"
