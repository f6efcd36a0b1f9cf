"""Rules about sections: those that are empty, and those where nothing new came for too long."""

from collections import defaultdict
from collections.abc import Iterator
import datetime

from gkssg.archive.config import CONFIG
from gkssg.archive.model import Archive
from gkssg.checks.deadlines import Deadline
from gkssg.language import say
from gkssg.limits import FRESHNESS, FRESHNESS_OF_TYPES, parse_interval
from gkssg.problem import Place, Problem, Severity
from gkssg.sections import DEFAULT_TREE, Section
from gkssg.terms import Kind

_EMPTY = 5
_WRITTEN = {"guide", "request"}
"""Sections that are never empty: gkssg writes their texts from the page of the column's organ."""
_COMMON = {section.id for top in DEFAULT_TREE for section in top.walk()}


def section_is_fresh(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """A section has nothing new for longer than is said.

    update_every（更新周期）says how often. Without it, 政策文件 and sections that a column adds for policies or notices
    need something within six months, those for news within two weeks, once the column has as many entries as sections.

    Rule: section-stale, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R17.

    Wrong::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        sections:
          - {id: statutory/policy, update_every: 6 months}
        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        published: 2026-05-19
        ---
        正文。

    Right::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        sections:
          - {id: statutory/policy, update_every: 6 months}
        --- content/statutory/policy/a.md ---
        ---
        title: 关于示例事项的通知
        attribute: active
        published: 2026-05-20
        ---
        正文。
    """
    for place, section, newest, last in _stale(archive, today):
        message = say(
            "nothing new since {newest} in “{title}”; something was expected by {last}",
            title=section.title,
            newest=newest.isoformat(),
            last=last.isoformat(),
        )
        hint = say("publish what is new, or change update_every（更新周期）of {id} if it is too short", id=section.id)
        yield Problem(place, "section-stale", message, hint, Severity.WARNING)


def sections_are_fresh(archive: Archive, today: datetime.date) -> Iterator[Problem]:
    """Ten sections have nothing new for longer than is said.

    The column would fail inspection. Publish what is new in each.

    Rule: sections-stale, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）.
    Row: R17.
    """
    stale = _stale(archive, today)
    if len(stale) >= archive.column.limits.stale_sections:
        message = say("{count} sections are stale: the column would fail inspection", count=len(stale))
        hint = say("they are: {titles}", titles=tuple(section.title for _, section, _, _ in stale))
        yield Problem(Place(CONFIG), "sections-stale", message, hint, Severity.WARNING)


def sections_are_filled(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """Five sections are empty without saying why.

    The column would fail inspection. A section that is empty for a reason says so in its own
    empty_note（空栏说明）, or in its introduction. A column that has fewer entries than sections is still being set up
    and is not judged, unless it says how many may be empty in its limits（时限）.

    Rule: sections-empty, warning.
    Source: 政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）；国务院办公厅2015年第一次全国政府网站普查评分表.
    Row: R16.

    Wrong::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        limits: {empty_sections: 5}

    Right::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        limits: {empty_sections: 5}
        sections:
          - {id: rules, empty_note: 本机关没有此类信息。}
          - {id: reports, empty_note: 本机关没有此类信息。}
          - {id: statutory/regulations, empty_note: 本机关没有此类信息。}
          - {id: statutory/normative, empty_note: 本机关没有此类信息。}
          - {id: statutory/interpretations, empty_note: 本机关没有此类信息。}
          - {id: statutory/decisions, empty_note: 本机关没有此类信息。}
          - {id: statutory/consultations, empty_note: 本机关没有此类信息。}
          - {id: statutory/meetings, empty_note: 本机关没有此类信息。}
          - {id: statutory/proposals, empty_note: 本机关没有此类信息。}
          - {id: statutory/planning, empty_note: 本机关没有此类信息。}
          - {id: statutory/statistics, empty_note: 本机关没有此类信息。}
          - {id: statutory/licensing, empty_note: 本机关没有此类信息。}
          - {id: statutory/penalties, empty_note: 本机关没有此类信息。}
          - {id: statutory/fees, empty_note: 本机关没有此类信息。}
          - {id: statutory/procurement, empty_note: 本机关没有此类信息。}
          - {id: statutory/projects, empty_note: 本机关没有此类信息。}
          - {id: statutory/livelihood, empty_note: 本机关没有此类信息。}
          - {id: statutory/emergency, empty_note: 本机关没有此类信息。}
          - {id: statutory/supervision, empty_note: 本机关没有此类信息。}
          - {id: statutory/recruitment, empty_note: 本机关没有此类信息。}
    """
    most = archive.column.limits.empty_sections or (_EMPTY if is_in_use(archive) else 0)
    if not most:
        return
    filled = set(_entries(archive))
    introduced = {
        document.folder for document in archive.documents if document.is_active and _introduces(document.path)
    }
    empty = [
        leaf
        for leaf in _leaves(archive)
        if leaf.id not in filled | _WRITTEN and not leaf.empty_note and leaf.id not in introduced
    ]
    if len(empty) >= most:
        message = say(
            "{count} sections are empty and do not say why: the column would fail inspection", count=len(empty)
        )
        hint = say(
            "give each its entries, or an empty_note（空栏说明）of its own: {titles}",
            titles=tuple(f"{leaf.title}（{leaf.id}）" for leaf in empty),
        )
        yield Problem(Place(CONFIG), "sections-empty", message, hint, Severity.WARNING)


def news_due(archive: Archive, _today: datetime.date) -> Iterator[Deadline]:
    """Give the days by which sections need something new."""
    for place, section, newest, last in _last_days(archive):
        message = say(
            "something new is expected in “{title}”: the newest entry is of {newest}",
            title=section.title,
            newest=newest.isoformat(),
        )
        hint = say("publish what is new, or change update_every（更新周期）of {id} if it is too short", id=section.id)
        yield Deadline(last, "section-stale", place, message, hint, subject=section.id)


def is_in_use(archive: Archive) -> bool:
    """Tell whether a column has as many open entries as sections; before that it is being set up."""
    leaves = sum(1 for _ in _leaves(archive))
    return sum(document.is_active and document.kind is not Kind.PAGE for document in archive.documents) >= leaves


def _stale(archive: Archive, today: datetime.date) -> list[tuple[Place, Section, datetime.date, datetime.date]]:
    return [found for found in _last_days(archive) if found[3] < today]


def _last_days(archive: Archive) -> Iterator[tuple[Place, Section, datetime.date, datetime.date]]:
    """Give the sections that need something new: where that is said, the newest date, and the last day for it."""
    entries = _entries(archive)
    said = {section: (text.place, parse_interval(text.value)) for section, text in archive.column.renewals}
    in_use = is_in_use(archive)
    for top in archive.column.tree:
        for section in top.walk():
            usual = FRESHNESS if section.id in _COMMON else FRESHNESS_OF_TYPES
            default = usual.get(section.id if section.id in _COMMON else section.column_type) if in_use else None
            place, interval = said.get(section.id, (Place(CONFIG), default))
            below = f"{section.id}/"
            dates = [day for id_, days in entries.items() if id_ == section.id or id_.startswith(below) for day in days]
            if interval and dates:
                yield place, section, max(dates), interval.after(max(dates))


def _entries(archive: Archive) -> dict[str, list[datetime.date]]:
    """Give the sections that have open entries, each with the dates of publication."""
    found: dict[str, list[datetime.date]] = defaultdict(list)
    for document in archive.documents:
        if document.is_active and not _introduces(document.path):
            for category in document.categories:
                days = found[category.value]
                if document.published:
                    days.append(document.published.last)
    return found


def _introduces(path: str) -> bool:
    return path.endswith("/index.md")


def _leaves(archive: Archive) -> Iterator[Section]:
    return (section for top in archive.column.tree for section in top.walk() if not section.children)
