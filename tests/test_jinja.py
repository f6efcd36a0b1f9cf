"""Jinja2 as the theme runs it: the same pages as Jinja2 makes by itself, words in the language that is asked for."""

from collections.abc import Callable
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
import pytest

from gkssg.output.compiled import Compiled
from gkssg.output.jinja import ThemeEnvironment

WORDS = {"Contents": "目录", "a < b": "甲 < 乙", "100 %%": "百分之百 %%", "%(n)s files": "%(n)s个文件"}


def wording(text: str, /, **values: object) -> Markup:
    """Say a text in Chinese."""
    return Markup(WORDS[text]) % values  # noqa: S704


@pass_context
def name_of(context: Context, *, caller: Callable[[], str] | None = None) -> str:
    """Give a name that only the context of a template knows."""
    return f"{context['name']}{caller() if caller else ''}"


TEMPLATES = [
    '<h2>{{ _("Contents") }}</h2>',
    '{{ _("a < b") }}|{{ "<" ~ _("a < b") }}|{{ _("100 %%") }}|{{ ("x", _("Contents"))[1] }}',
    '{{ _("%(n)s files", **{"n": 3}) }}|{{ _(*["Contents"]) }}',
    '{{ _("%(n)s files", n=3) }}|{{ _("%(n)s files", n="<") }}|{{ _(said) }}|{{ _("Contents") | upper | length }}',
    '{% macro m(a, b=_("Contents")) %}<i title="{{ a }}">{{ b }}</i>{% endmacro %}{{ m("<") }}{{ m("x", b="y") }}',
    '{% macro m() %}{{ caller("<") }}{% endmacro %}{% call(z) m() %}{{ z }}{{ _("Contents") }}{% endcall %}',
    "{% for n in [1, 2] %}{{ name_of() }}{{ n }}{% endfor %}{% call name_of() %}{{ _('Contents') }}{% endcall %}",
    '{% block one %}{{ name_of() }}{{ _("Contents") }}{% endblock %}{{ self.one() }}',
    '{% set rows = [] %}{% do rows.append(_("Contents")) %}{{ rows }}{{ "<".join(["a", "b"]) }}{{ name.title() }}',
    '{% set shown %}{{ _("a < b") }}{% endset %}{{ shown }}{% if _("Contents") %}{{ _("Contents") ~ 1 }}{% endif %}',
]


@pytest.mark.parametrize("source", TEMPLATES)
def test_pages_are_those_that_jinja2_makes_by_itself(source: str) -> None:
    options = {"autoescape": True, "undefined": StrictUndefined, "extensions": ["jinja2.ext.do"]}
    made = []
    for environment in (Environment(**options), ThemeEnvironment(wording, **options)):  # type: ignore[arg-type]  # noqa: S701
        environment.globals |= {"_": wording, "name_of": name_of}
        made.append(environment.from_string(source).render(name="o'k", said="Contents"))
    assert made[0] == made[1]
    assert set(made[1]) & set("目甲文")


def test_words_are_said_when_a_template_is_compiled() -> None:
    environment = ThemeEnvironment(wording, autoescape=True)
    assert environment.from_string('{{ _("Contents") }}').render() == "目录"
    environment.globals["_"] = wording
    wrong = environment.from_string('{{ _("%(n)s files") }}')
    with pytest.raises(KeyError):  # what is wrong with it is told when the page is made
        wrong.render()
    with pytest.raises(TemplateSyntaxError):
        environment.from_string("{{ _( }}")


def test_a_compiled_template_is_used_with_its_own_words_alone(tmp_path: Path) -> None:
    asked: list[str] = []

    def said(word: str, words: str) -> str:
        def ask(text: str) -> Markup:
            asked.append(text)
            return Markup(word)  # noqa: S704

        environment = ThemeEnvironment(
            ask,
            autoescape=True,
            loader=DictLoader({"page.html": '{{ _("Contents") }}'}),
            bytecode_cache=Compiled(tmp_path / "zh", words),
        )
        return environment.get_template("page.html").render()

    assert said("目录", "1") == "目录"
    assert said("不再问", "1") == "目录"
    assert asked == ["Contents"]
    assert said("目次", "2") == "目次"
    assert asked == ["Contents", "Contents"]
