"""What gkssg itself is, as a digest: other code may give other bytes."""

from importlib.metadata import version
from pathlib import Path

from gkssg.digest import digest_bytes, digest_tree

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


def code_digest() -> str:
    """Give one digest of gkssg's own sources and of the libraries that decide on the bytes of a page."""
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
