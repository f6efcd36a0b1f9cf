"""What gkssg says, apart from the language it is said in.

A :class:`Message` is an English template with its values; it becomes a sentence only at the top, in the
command line or in a page, by a :class:`Speaker`. The Chinese catalogue is
``locale/zh_CN/LC_MESSAGES/gkssg.po``; ``make messages`` brings it up to date.
"""

from dataclasses import dataclass
import gettext
from pathlib import Path
import re
from typing import Protocol, TypeAlias

LANGUAGES = ("zh", "en")
CATALOGUES = Path(__file__).parent / "locale"
_LOCALE = {"zh": "zh_CN", "en": "en"}
_LONGEST_QUOTE = 80
_LONGEST_VALUE = 1000
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class Sayable(Protocol):
    """A coded word that knows what it is called in each language."""

    def said(self, language: str) -> str:
        """Give the word in a language."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be said: an English template with named gaps, and what goes into them.

    The value named ``found`` is text quoted from a content file. :meth:`without_quotes` takes it out, because
    a message about a non-active entry must not show what that entry says.
    """

    template: str
    values: tuple[tuple[str, "Value"], ...] = ()

    def without_quotes(self) -> "Message":
        """Give the same message with nothing quoted from the file it is about."""
        kept = tuple((name, "…") if name == "found" else (name, _unquoted(value)) for name, value in self.values)
        return Message(self.template, kept)


Value: TypeAlias = "str | int | Message | Sayable | tuple[Value, ...]"
"""What goes into a gap: a text, another message, a coded word, or several of them, which are listed."""


def say(template: str, **values: Value) -> Message:
    """Make a message; ``template`` is in English and must be a literal, so that the catalogue can hold it."""
    return Message(template, tuple(values.items()))


def _unquoted(value: Value) -> Value:
    return value.without_quotes() if isinstance(value, Message) else value


def printable(text: str, longest: int = _LONGEST_VALUE) -> str:
    """Make a text safe to print: control and invisible characters as escapes, long texts cut."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return UNPRINTABLE.sub(lambda match: rf"\u{ord(match[0]):04x}", cut)


class Speaker:
    """Says messages in one language (``zh`` or ``en``)."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = gettext.translation("gkssg", CATALOGUES, [_LOCALE[language]], fallback=language == "en")

    def word(self, template: str) -> str:
        """Translate a template or a single word."""
        return self._catalogue.gettext(template) if template else ""

    def words(self, one: str, many: str, count: int) -> str:
        """Translate a template that depends on a count."""
        return self._catalogue.ngettext(one, many, count)

    def text(self, message: Message) -> str:
        """Give the sentence, with every value made printable."""
        values = {
            name: self._value(value, _LONGEST_QUOTE if name == "found" else _LONGEST_VALUE)
            for name, value in message.values
        }
        return self.word(message.template).format(**values)

    def _value(self, value: Value, longest: int) -> str:
        match value:
            case str() | int():
                return printable(str(value), longest)
            case Message():
                return self.text(value)
            case tuple():
                return ("、" if self.language == "zh" else ", ").join(self._value(part, longest) for part in value)
            case _:
                return value.said(self.language)

    @property
    def catalogue(self) -> gettext.NullTranslations:
        """The gettext catalogue itself, for the template engine."""
        return self._catalogue
