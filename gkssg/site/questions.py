"""Questions and items of policies: their pages, and the lists of all of them, by topic and by whom they are for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from gkssg.dates import PartialDate
from gkssg.site.answers import Answer, Answers, Listed
from gkssg.site.desk import Desk, Special
from gkssg.site.model import ClauseLink, Content, EntryLink, OpenDocument, OrganLink, every, first
from gkssg.terms import Kind


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions of one topic, or items for one sort of people, newest first; an empty name is that of the rest."""

    name: str
    entries: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Library(Content):
    """All questions, or all items, of a section; ``data`` is the address of the same for programs, or empty."""

    kind: Kind
    themes: tuple[Theme, ...]
    data: str


ANSWERS = "questions.json"


def question_page(_desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    """Give the page of a question."""
    return "question.html", document


def item_page(_desk: Desk, document: OpenDocument) -> tuple[str, Content]:
    """Give the page of an item."""
    return "item.html", document


def library_pages(desk: Desk) -> Iterator[Special]:
    """Give every section that has some a list of its questions, by topic, and of its items, by whom they are for."""
    yield from _libraries(desk, Kind.QUESTION, "questions.html", desk.said("政策问答库", "Questions by topic"), _topics)
    yield from _libraries(desk, Kind.ITEM, "items.html", desk.said("政策事项清单", "Items by audience"), _audiences)


def answers(desk: Desk) -> Answers:
    """Give all questions with their answers."""
    found = (
        Answer(
            listed=_listed(document, with_text=True),
            question=first(document.detail("question"), str) or document.entry.title,
            asked=first(document.detail("asked"), PartialDate),
            topic=document.facts.topic,
            text=document.text,
        )
        for document in reversed(desk.of_kind(Kind.QUESTION))
    )
    return Answers(ANSWERS, desk.site.masthead, tuple(found))


def _libraries(
    desk: Desk, kind: Kind, name: str, title: str, themes_of: Callable[[OpenDocument], Iterable[str]]
) -> Iterator[Special]:
    by_section: dict[str, dict[str, list[Listed]]] = defaultdict(lambda: defaultdict(list))
    for document in reversed(desk.of_kind(kind)):
        for section in document.entry.sections:
            for theme in themes_of(document):
                by_section[section][theme].append(_listed(document))
    for section, by_theme in by_section.items():
        if section in desk.sections:
            names = sorted(by_theme, key=lambda theme: (not theme, theme))
            themes = tuple(Theme(theme, tuple(by_theme[theme])) for theme in names)
            content = Library(kind, themes, ANSWERS if kind is Kind.QUESTION else "")
            yield Special(section, f"{section}/{name}", title, "library.html", content, f"the {kind}s of {section}")


def _topics(question: OpenDocument) -> tuple[str, ...]:
    return (question.facts.topic,)


def _audiences(item: OpenDocument) -> tuple[str, ...]:
    return every(item.detail("audience"), str) or ("",)


def _listed(document: OpenDocument, *, with_text: bool = False) -> Listed:
    entry = document.entry
    answered = first(document.detail("answered"), PartialDate)
    organs = (*document.detail("answerer"), *document.detail("handler"))
    clauses = every(document.detail("clauses"), ClauseLink)
    return Listed(
        title=entry.title,
        address=entry.address,
        when=answered or entry.when,
        summary=document.facts.summary,
        organs=every(organs, OrganLink) or entry.issuers,
        policies=every(document.detail("of"), EntryLink),
        clauses=tuple(link if with_text else replace(link, html="") for link in clauses),
    )
