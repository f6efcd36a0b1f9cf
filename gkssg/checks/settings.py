"""Rules about rules: what column.yml sets of them, and exemptions in content files."""

from collections.abc import Iterator

from gkssg.archive.model import Archive
from gkssg.checks.rules import Rule
from gkssg.language import Message, say
from gkssg.problem import Problem
from gkssg.text import nearest


def setting_is_of_a_rule(archive: Archive, known: tuple[Rule, ...]) -> Iterator[Problem]:
    """The column sets the severity of a rule that there is not, or of one that cannot be set.

    Correct the name. What guards the gate or the build cannot be switched off.

    Rule: rule-setting, error, fixed.
    Source: gkssg.

    Wrong::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        rules: [{rule: interpretation-mising, severity: warning}]

    Wrong::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        rules: [{rule: file-private, severity: off}]

    Right::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        rules: [{rule: interpretation-missing, severity: warning}]
    """
    fixed = {rule.name for rule in known if rule.fixed}
    names = {rule.name for rule in known}
    for setting in archive.column.rules:
        name = setting.rule.value
        if name not in names:
            message = say("there is no rule “{found}”", found=name)
            yield Problem(setting.rule.place, "rule-setting", message, _meant(name, names))
        elif name in fixed:
            message = say("{rule} guards what is published or reported: it stays as it is", rule=name)
            yield Problem(setting.rule.place, "rule-setting", message, say("delete this line"))


def exemption_is_sound(archive: Archive, known: tuple[Rule, ...]) -> Iterator[Problem]:
    """A line “# gkssg: allow …” names no rule, gives no reason, or names a rule that nothing is exempt from.

    Write “# gkssg: allow RULE because …”, with a reason that others understand.

    Rule: allow-form, error, fixed.
    Source: gkssg.

    Wrong::

        ---
        title: 示例区停车场建设计划
        attribute: active
        # gkssg: allow file-type
        ---
        正文。

    Right::

        ---
        title: 示例区停车场建设计划
        attribute: active
        ---
        正文。
    """
    firm = {rule.name for rule in known if not rule.exempt}
    names = {rule.name for rule in known}
    form = say("write “# gkssg: allow RULE because …”")
    for document in archive.documents:
        for allowance in document.allowances:
            if not allowance.rule:
                message, hint = say("this is no exemption that gkssg understands"), form
            elif allowance.rule not in names:
                message = say("there is no rule “{found}”", found=allowance.rule)
                hint = _meant(allowance.rule, names)
            elif allowance.rule in firm:
                message = say(
                    "{rule} guards what is published or reported: nothing is exempt from it", rule=allowance.rule
                )
                hint = say("delete this line, and mend what is reported")
            elif not allowance.reason:
                message, hint = say("the exemption from {rule} has no reason", rule=allowance.rule), form
            else:
                continue
            yield Problem(allowance.place, "allow-form", message, hint)


def _meant(name: str, names: set[str]) -> Message:
    meant = nearest(name, sorted(names))
    return say("did you mean “{meant}”?", meant=meant) if meant else say("the rules are listed in the manual, rules.md")
