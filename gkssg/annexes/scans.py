"""Whether a PDF file is nothing but pictures of pages: nobody can search, copy or listen to those."""

from pathlib import Path
from typing import Any

import pypdf

_PAGES = 5
"""Pages that are looked at: a report may have a cover that is a picture."""


def is_scan(path: Path) -> bool:
    """Tell whether the first pages of a PDF file have pictures and no font, so that there can be no text."""
    with path.open("rb") as file:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted or not reader.pages:
            return False
        pages = [reader.pages[number] for number in range(min(len(reader.pages), _PAGES))]
        resources = [page.get("/Resources", {}).get_object() for page in pages]
        return any(_pictures(one) for one in resources) and not any(_has_font(one) for one in resources)


def _has_font(resources: Any) -> bool:  # noqa: ANN401  (pypdf's dictionaries hold anything)
    forms = (one for one in _objects(resources) if one.get("/Subtype") == "/Form")
    every = (resources, *(form.get("/Resources", {}).get_object() for form in forms))
    return any(fonts.get_object() for one in every if (fonts := one.get("/Font")) is not None)


def _pictures(resources: Any) -> bool:  # noqa: ANN401  (same)
    return any(one.get("/Subtype") == "/Image" for one in _objects(resources))


def _objects(resources: Any) -> list[Any]:  # noqa: ANN401  (same)
    named = resources.get("/XObject")
    return [one.get_object() for one in named.get_object().values()] if named else []
