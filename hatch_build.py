"""Puts lunr.js, the scorer of the search page, into the package when it is built or installed.

It comes out of the distribution of MkDocs, which carries it whole and with its licence; it is not copied into the
repository, and users need no Node.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = Path("gkssg/vendor/lunr.js")
SOURCE = "contrib/search/templates/search/lunr.js"


class LunrHook(BuildHookInterface[Any]):
    """Copies lunr.js out of the installed MkDocs."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  (the hook's signature)
        """Write the file, also for an editable installation."""
        target = Path(self.root) / TARGET
        if not target.is_file():
            target.parent.mkdir(exist_ok=True)
            target.write_bytes((files("mkdocs") / SOURCE).read_bytes())
        build_data["artifacts"].append(TARGET.as_posix())
