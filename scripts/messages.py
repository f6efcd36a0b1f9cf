"""Bring the Chinese catalogue up to date: collect messages from sources and templates, compile ``gkssg.mo``.

``make messages`` runs it; with ``--check`` it changes nothing and fails when something is untranslated or out of date.
"""

import argparse
from io import BytesIO
from pathlib import Path
import re
import sys

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from gkssg.checks import explained

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "gkssg" / "locale" / "zh_CN" / "LC_MESSAGES" / "gkssg.po"
KEYWORDS = {"say": None, "word": None, "_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


def collect() -> Catalog:
    """Collect every message of the package and of the default theme."""
    found = Catalog(locale="zh_CN", project="gkssg", charset="utf-8")
    for folder, method in (
        ("gkssg", "python"),
        ("gkssg/defaults", "jinja2.ext:babel_extract"),
        ("themes/default/templates", "jinja2.ext:babel_extract"),
    ):
        mapping = [("**.py" if method == "python" else "**.html", method)]
        options = {"**.html": {"extensions": "jinja2.ext.do", "silent": "false", "encoding": "utf-8"}}
        # Babel leaves out folders that begin with _, where the theme keeps its parts, unless told otherwise.
        every = extract_from_dir(ROOT / folder, mapping, options, KEYWORDS, directory_filter=lambda _folder: True)
        for _file, _line, message, _comments, _context in every:
            if message:
                found.add(message)
    for module in ("cli.py", "problem.py"):
        for word in re.findall(
            r'^    (?:story\.Reason\.\w+: |\w+ = )"([^"]+)",?$',
            (ROOT / "gkssg" / module).read_text("utf-8"),
            re.MULTILINE,
        ):
            found.add(word)
    for rule in explained():
        for text in (rule.sentence, rule.remedy, rule.subject):
            if text:
                found.add(text)
    return found


def main() -> int:
    """Update or check the catalogue."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    untranslated = [str(message.id) for message in catalogue if message.id and not message.string]
    for message in untranslated:
        print(f"untranslated: {message}")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    if options.check:
        with CATALOGUE.with_suffix(".mo").open("rb") as file:
            stored = {str(m.id): m.string for m in read_mo(file) if m.id}
        current = {str(m.id): m.string for m in catalogue if m.id}
        if stored != current:
            print("gkssg.mo is out of date: run make messages")
        return 1 if untranslated or stored != current else 0
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, omit_header=False, no_location=True)
    CATALOGUE.with_suffix(".mo").write_bytes(compiled.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
