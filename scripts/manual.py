"""Write the generated pages of the editors' manual; with ``--check``, fail when they are out of date."""

import argparse
from pathlib import Path
import sys

from gkssg.authoring.reference import fields_page, json_schema
from gkssg.authoring.rulebook import rules_page
from gkssg.language import Speaker

MANUAL = Path(__file__).parents[1] / "docs" / "manual"


def main() -> int:
    """Write or check the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    speaker = Speaker("zh")
    pages = {
        "fields.md": fields_page(speaker),
        "front-matter.schema.json": json_schema(speaker),
        "rules.md": rules_page(speaker),
        "rules.en.md": rules_page(Speaker("en")),
    }
    stale = [name for name, text in pages.items() if not _holds(MANUAL / name, text)]
    for name in stale:
        if options.check:
            print(f"docs/manual/{name} is out of date: run make manual")
        else:
            (MANUAL / name).write_text(pages[name], "utf-8")
    return 1 if options.check and stale else 0


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
