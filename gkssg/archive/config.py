"""``content/column.yml`` → :class:`Column`, read by the same reader as front matter, so that its faults have places."""

from pathlib import Path
import re
from urllib.parse import urlsplit

from gkssg import sections
from gkssg.archive.fields import Record, Text, Values, missing, parse
from gkssg.archive.frontmatter import read_yaml
from gkssg.archive.limits import interval_problems, own_limits
from gkssg.archive.model import Column, Feedback, Reviewing, RuleSetting, Website
from gkssg.archive.profiles import own_profiles
from gkssg.archive.source import read
from gkssg.archive.words import own_words
from gkssg.dates import PartialDate
from gkssg.language import say
from gkssg.limits import Limits
from gkssg.problem import Place, Problem
from gkssg.profiles import PROFILES
from gkssg.schema import COLUMN
from gkssg.sections import DEFAULT_TREE, TOP, Section
from gkssg.terms import Word
from gkssg.text import whole

CONFIG = "content/column.yml"
DEFAULT_EMPTY_NOTE = "本机关暂无此类信息。"
DEFAULT_PER_PAGE = 20
_MOST_PER_PAGE = 500
_SECTION_ID = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*")
_SUGGEST = re.compile(r"https?://[^/\s]\S*|[^\s@:/?&#%<>\"]+@[^\s@:/?&#%<>\"]+\.[^\s@:/?&#%<>\"]+")
_THEME = re.compile(r"[A-Za-z0-9_-]+")

_NO_COLUMN = Column(
    name="",
    organ=Text("", Place(CONFIG)),
    base_url="",
    website=Website(),
    feedback=Feedback(),
    empty_note=DEFAULT_EMPTY_NOTE,
    per_page=DEFAULT_PER_PAGE,
    theme="",
    search_text="full",
    tree=DEFAULT_TREE,
    profiles=PROFILES,
    words=(),
    reviews=Reviewing(),
    limits=Limits(),
    renewals=(),
)


def load_column(root: Path) -> tuple[Column, tuple[Problem, ...]]:
    """Read the settings of the column in the folder ``root``; with faults, the rest keeps its defaults."""
    if not (root / CONFIG).is_file():
        message = say("there is no column here: content/column.yml is missing")
        hint = say("go to the column's folder, name it with -C, or make a new column with “gkssg init DIR”")
        return _NO_COLUMN, (Problem(Place(CONFIG), "column-missing", message, hint),)
    source = read(root / CONFIG, CONFIG)
    front = read_yaml(source.text, CONFIG)
    values, faults = parse(front.items, COLUMN, CONFIG)
    problems = [*source.problems, *front.problems, *faults]
    if not source.problems or source.text:
        problems += missing(values, COLUMN, Place(CONFIG))
    named = [_section(record) for record in values.all("sections", Record)]
    problems += [problem for record in values.all("sections", Record) for problem in _section_problems(record, named)]
    problems += [problem for record in values.all("sections", Record) for problem in interval_problems(record)]
    per_page, more = _per_page(values)
    problems += [*more, *_address_problems(values), *_link_problems(values)]
    problems += [*_suggest_problems(values), *_theme_problems(values, root)]
    profiles, faulty = own_profiles(values.all("profiles", Record))
    words, unfit = own_words(root)
    limits, unread = own_limits(values.one("limits", Record))
    problems += [*faulty, *unfit, *unread]
    tree = sections.amend(DEFAULT_TREE, named)
    website = values.one("site", Record)
    base_url = values.text("base_url")
    column = Column(
        name=values.text("name") or "政府信息公开",
        organ=values.one("organ", Text) or Text("", Place(CONFIG)),
        base_url=base_url if base_url.endswith("/") else f"{base_url}/",
        website=_website(website) if website else Website(),
        feedback=_feedback(values.one("feedback", Record)),
        empty_note=values.text("empty_note") or DEFAULT_EMPTY_NOTE,
        per_page=per_page,
        theme=values.text("theme"),
        search_text=values.code("search_text") or "full",
        tree=tree,
        profiles=profiles,
        words=words,
        reviews=_reviewing(values.one("reviews", Record)),
        limits=limits,
        renewals=tuple(
            (section.id, text)
            for section, record in zip(named, values.all("sections", Record), strict=True)
            for text in record.texts("update_every")
        ),
        rules=_rules(values),
        letterhead=values.flag("letterhead", default=False),
    )
    return column, tuple(problems)


def _rules(values: Values) -> tuple[RuleSetting, ...]:
    return tuple(
        RuleSetting(rule, next((word.code for word in record.part("severity") if isinstance(word, Word)), ""))
        for record in values.all("rules", Record)
        for rule in record.texts("rule")
    )


def _website(record: Record) -> Website:
    return Website(
        name=record.text("name"),
        domain=record.text("domain"),
        id_code=record.text("id_code"),
        icp=record.text("icp"),
        police=record.text("police"),
        contact=record.text("contact"),
        find_error=record.text("find_error"),
    )


def _feedback(record: Record | None) -> Feedback:
    if record is None:
        return Feedback()
    found = next((values for field, values in record.parts if field.name == "supervise"), ())
    return Feedback(record.text("suggest"), next((value for value in found if isinstance(value, Record)), None))


def _reviewing(record: Record | None) -> Reviewing:
    if record is None:
        return Reviewing()
    words = tuple(word.code for word in record.part("for") if isinstance(word, Word))
    since = next((date for date in record.part("since") if isinstance(date, PartialDate)), None)
    return Reviewing(words, since)


def _section(record: Record) -> Section:
    return Section(
        id=record.text("id").strip("/"),
        title=record.text("title"),
        description=record.text("description"),
        column_type=record.text("type"),
        update_every=record.text("update_every"),
        empty_note=record.text("empty_note"),
    )


def _section_problems(record: Record, named: list[Section]) -> list[Problem]:
    section = _section(record)
    place = next((text.place for text in record.texts("id")), record.place)
    default = {known.id: known for top in DEFAULT_TREE for known in top.walk()}
    if section.id in TOP:
        if section.title and section.title != default[section.id].title:
            message = say(
                "the five sections at the top keep their names; “{title}” is fixed",
                title=default[section.id].title,
            )
            return [Problem(place, "section-fixed", message, say("leave its title out"))]
        return []
    if section.id in default or not section.id:
        return []
    if not _SECTION_ID.fullmatch(section.id) or not section.id.startswith("statutory/"):
        message = say("a section cannot have the id “{found}”", found=section.id)
        hint = say(
            "new sections stand below statutory, as statutory/water-supply, in small letters, digits and hyphens"
        )
        return [Problem(place, "section-id", message, hint)]
    if sections.parent_of(section.id) not in {*default, *(other.id for other in named)}:
        message = say("there is no section “{parent}” to put it into", parent=sections.parent_of(section.id))
        return [Problem(place, "section-parent", message, say("name the section above it first"))]
    if not section.title:
        return [Problem(place, "field-missing", say("the new section has no title"), say("add title（标题）"))]
    return []


def _per_page(values: Values) -> tuple[int, list[Problem]]:
    text = values.text("per_page")
    if not text:
        return DEFAULT_PER_PAGE, []
    number = whole(text)
    if number and number <= _MOST_PER_PAGE:
        return number, []
    message = say("“{found}” cannot be the number of entries on a page", found=text)
    hint = say("write a number from 1 to {most}", most=_MOST_PER_PAGE)
    return DEFAULT_PER_PAGE, [Problem(values.place("per_page", Place(CONFIG)), "per-page", message, hint)]


def _address_problems(values: Values) -> list[Problem]:
    url = values.text("base_url")
    if not url:
        return []
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in {"http", "https"} and parts.netloc and not parts.query and not parts.fragment:
        return []
    message = say("“{found}” is not the address of a website", found=url)
    hint = say("write it whole, as https://www.example.gov.cn/zfxxgk/")
    return [Problem(values.place("base_url", Place(CONFIG)), "base-url", message, hint)]


def _link_problems(values: Values) -> list[Problem]:
    website = values.one("site", Record)
    found = website.texts("find_error") if website else ()
    return [
        Problem(
            text.place,
            "find-error",
            say("“{found}” is not an address", found=text.value),
            say("write it whole, beginning with https://"),
        )
        for text in found
        if not re.match(r"https?://[^/\s]", text.value)
    ]


def _suggest_problems(values: Values) -> list[Problem]:
    record = values.one("feedback", Record)
    return [
        Problem(
            text.place,
            "suggest-address",
            say("“{found}” is neither an e-mail address nor the address of a form", found=text.value),
            say("write it as yijian@example.gov.cn, or whole, beginning with https://"),
        )
        for text in (record.texts("suggest") if record else ())
        if not _SUGGEST.fullmatch(text.value)
    ]


def _theme_problems(values: Values, root: Path) -> list[Problem]:
    theme = values.text("theme")
    if not theme:
        return []
    if _THEME.fullmatch(theme):
        if (root / "themes" / theme).is_dir():
            return []
        message = say("there is no folder themes/{found}", found=theme)
        hint = say("make it, with the files that shall differ from the default theme, or leave theme（主题）out")
        return [Problem(values.place("theme", Place(CONFIG)), "theme-missing", message, hint)]
    message = say("a theme cannot be called “{found}”", found=theme)
    hint = say("it is the name of a folder in themes/: letters, digits, - and _")
    return [Problem(values.place("theme", Place(CONFIG)), "theme-name", message, hint)]
