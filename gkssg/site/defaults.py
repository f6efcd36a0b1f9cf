"""Default texts of the fixed sections, used until a column writes its own ``index.md``.

They are Jinja2 templates of Markdown in ``gkssg/defaults/``, filled with what the organ's page says: names,
addresses, hours and telephone numbers; what is not known leaves no gap.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gkssg.markup.body import Body
from gkssg.markup.convert import convert
from gkssg.site.model import Detail, OpenDocument, Row

_TEXTS = {
    "": "home.md",
    "guide": "guide.md",
    "rules": "rules.md",
    "statutory": "statutory.md",
    "reports": "reports.md",
    "request": "request.md",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Where people can ask; an empty text is what is not known."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Something of which a text needs only the name."""

    name: str


def default_text(section: str, column: str, organ_name: str, organ: OpenDocument | None) -> Body:
    """Render the default text of a section (empty id: the home page); other sections have none.

    ``organ`` is the page of the column's organ; its ``disclosure_office`` is the office that handles applications.
    """
    if section not in _TEXTS:
        return Body()
    whole = _contact(organ.details, organ.entry.title) if organ else Contact(organ_name)
    rows = [value for value in organ.detail("disclosure_office") if isinstance(value, Row)] if organ else []
    office = _contact(rows[0].cells, "") if rows else Contact()
    template = _environment().get_template(_TEXTS[section])
    source = template.render(organ=whole, office=office, column=Named(column))
    return convert(source, f"content/{section}/index.md" if section else "content/index.md")


def _contact(details: tuple[Detail, ...], name: str) -> Contact:
    known = {detail.name: value for detail in details for value in detail.values[:1] if isinstance(value, str)}
    return Contact(
        name=known.get("name", name),
        address=known.get("address", ""),
        postcode=known.get("postcode", ""),
        hours=known.get("hours", ""),
        phone=known.get("phone", ""),
        fax=known.get("fax", ""),
        email=known.get("email", ""),
    )


@cache
def _environment() -> Environment:
    folder = Path(__file__).parents[1] / "defaults"
    # The result is Markdown, which is sanitised as every text is; escaping it as HTML would spoil it.
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
