"""The rendered text of an entry, as a value."""

from dataclasses import dataclass

from gkssg.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: level from 2, the id it can be linked by, and its words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture that points into the column.

    ``target`` is a path below ``content/`` (``statutory/policy/a.md``, empty: this very page), ``href`` what stands in
    the HTML.
    """

    target: str
    fragment: str
    href: str
    is_picture: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Body:
    """Sanitised HTML and what it refers to; ``problems`` are those of the text."""

    html: str = ""
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def as_lines(headings: tuple[Heading, ...]) -> str:
    """Write headings as lines: level, id and words, parted by tabs."""
    return "\n".join(f"{heading.level}\t{heading.id}\t{' '.join(heading.text.split())}" for heading in headings)


def from_lines(text: str) -> tuple[Heading, ...]:
    """Read what :func:`as_lines` wrote."""
    rows = (line.split("\t", 2) for line in text.split("\n") if line)
    return tuple(Heading(int(level), name, words) for level, name, words in rows)
