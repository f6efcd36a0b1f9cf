"""``gkssg check --format html``: a report for the office, by the national indicators, by organ and by rule.

It is one file without scripts that opens anywhere. What gkssg cannot see, such as whether the site can be reached, is
named as such.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gkssg.checks import explained
from gkssg.language import Message, Speaker, printable, say
from gkssg.problem import About, Problem, Severity

_INDICATORS = "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the national inspection, and the rules that tell of it."""

    name: Message
    rules: tuple[str, ...]


INDICATORS = (
    Indicator(say("grave errors of expression, secrets, personal data"), ("secrecy-mark", "personal-data", "wording")),
    Indicator(say("fraud, as dates of publication put back"), ("published-backdated", "published-changed")),
    Indicator(say("ten sections or more not renewed for long"), ("sections-stale",)),
    Indicator(say("five empty sections or more"), ("sections-empty",)),
    Indicator(say("sections that are not renewed in time"), ("section-stale",)),
    Indicator(
        say("links and files that cannot be opened"),
        ("link-broken", "link-anchor", "link-dead", "file-missing", "file-empty", "file-broken"),
    ),
)
"""Those of which content files tell something."""
UNSEEN = (
    say("whether the site can be reached, and how fast it is"),
    say("whether the home page is renewed, and hangs and tampering are mended"),
    say("whether letters and questions are answered in time"),
    say("whether services can be used"),
)


def as_html(problems: Sequence[Problem], about: About, speaker: Speaker, today: datetime.date) -> str:
    """Write the report."""
    found = Counter(problem.rule for problem in problems)
    rules = {rule.name: speaker.word(rule.sentence).replace("`", "") for rule in reversed(explained())}
    owners = dict(about.owners)
    indicators = [
        (speaker.text(one.name), [rule for rule in one.rules if found[rule]], sum(found[rule] for rule in one.rules))
        for one in INDICATORS
    ]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "defaults"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("office.html").render(
        _=speaker.word,
        language={"zh": "zh-CN", "en": "en"}[speaker.language],
        said=speaker.text(say("Day: {day} · Open entries: {count}", day=today.isoformat(), count=about.open_entries)),
        title=speaker.text(say("Check of the column “{name}”", name=about.organ or about.name)),
        source=speaker.text(say("According to {source}.", source=_INDICATORS)),
        indicators=indicators,
        reached=sum(not count for _, _, count in indicators),
        unseen=[speaker.text(one) for one in UNSEEN],
        severities=[(severity.value, speaker.word(severity.value)) for severity in Severity],
        organs=_by(problems, lambda problem: owners.get(problem.place.path, "")),
        rules=[(rule, rules.get(rule, ""), counts) for rule, counts in _by(problems, lambda problem: problem.rule)],
        rows=[_row(problem, owners, speaker) for problem in problems],
    )


def _by(problems: Iterable[Problem], key: Callable[[Problem], str]) -> list[tuple[str, Counter[str]]]:
    """Count problems by severity under each key, those with most errors first."""
    counts: dict[str, Counter[str]] = {}
    for problem in problems:
        counts.setdefault(key(problem), Counter())[problem.severity.value] += 1
    return sorted(counts.items(), key=lambda pair: (-pair[1]["error"], -pair[1]["warning"], -pair[1]["info"], pair[0]))


def _row(problem: Problem, owners: dict[str, str], speaker: Speaker) -> dict[str, str]:
    return {
        "severity": problem.severity.value,
        "word": speaker.word(problem.severity.value),
        "place": f"{printable(problem.place.path)}:{problem.place.line}",
        "organ": owners.get(problem.place.path, ""),
        "rule": problem.rule,
        "message": speaker.text(problem.message),
        "hint": speaker.text(problem.hint) if problem.hint else "",
    }
