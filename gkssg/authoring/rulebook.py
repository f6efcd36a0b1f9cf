"""``docs/manual/rules.md``: every name that a report can print, made of the docstrings of the rules."""

from collections.abc import Iterator

from gkssg.checks import explained
from gkssg.checks.rules import Rule
from gkssg.language import Speaker, say

_OWN = "gkssg"


def rules_page(speaker: Speaker) -> str:
    """Write the page of the manual that explains every rule."""
    by_name: dict[str, list[Rule]] = {}
    for rule in explained():
        by_name.setdefault(rule.name, []).append(rule)
    subjects: dict[str, list[str]] = {}
    for name, rules in by_name.items():
        subjects.setdefault(rules[0].subject, []).append(name)
    return "\n".join([*_head(subjects, len(by_name), speaker), *_chapters(subjects, by_name, speaker)]) + "\n"


def _head(subjects: dict[str, list[str]], count: int, speaker: Speaker) -> Iterator[str]:
    yield f"# {speaker.word('Rules')}"
    for message in (
        say(
            "What a report names in square brackets, {count} in all, in the order in which they are looked for."
            " How to read a report is told in [problems.md](problems.md).",
            count=count,
        ),
        say("Written by scripts/manual.py from the docstrings of the rules: mend it there."),
        say(
            "Each example is a content file, or several behind lines that name them. It stands beside a column without"
            " problems, on 2026-11-20: what is wrong gives this problem and no other, what is right gives none."
        ),
    ):
        yield from ("", speaker.text(message))
    yield ""
    for subject, names in subjects.items():
        links = tuple(f"[{name}](#{name})" for name in names)
        yield "- " + speaker.text(say("{subject}: {names}", subject=speaker.word(subject), names=links))


def _chapters(subjects: dict[str, list[str]], by_name: dict[str, list[Rule]], speaker: Speaker) -> Iterator[str]:
    for subject, names in subjects.items():
        yield from ("", f"## {speaker.word(subject)}")
        for name in names:
            yield from ("", f"### {name}")
            for rule in by_name[name]:
                yield from _rule(rule, speaker)


def _rule(rule: Rule, speaker: Speaker) -> Iterator[str]:
    severities = tuple(speaker.word(severity.value) for severity in rule.severities)
    source = say("gkssg’s own") if rule.source == _OWN else rule.source
    facts = [say("Severity: {severities}", severities=severities), say("Source: {source}", source=source)]
    if rule.row:
        facts.append(say("Row: {row}", row=rule.row))
    if rule.fixed:
        facts.append(say("cannot be switched off"))
    if rule.exempt:
        facts.append(say("a file may be exempt"))
    sentences = [speaker.word(text) for text in (rule.sentence, rule.remedy) if text]
    yield from ("", ("" if speaker.language == "zh" else " ").join(sentences))
    yield from ("", " · ".join(speaker.text(fact) for fact in facts))
    for word, texts in ((say("Wrong"), rule.wrong), (say("Right"), rule.right)):
        for text in texts:
            yield from ("", f"{speaker.text(word)}：" if speaker.language == "zh" else f"{speaker.text(word)}:")
            yield from ("", "```text", text.rstrip("\n"), "```")
