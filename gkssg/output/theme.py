"""The theme: templates and static files, a column's own before the default ones.

A template sees one variable, ``value`` (a :class:`gkssg.site.model.Page`), and the few pure helpers below; it cannot
read a clock, a file or another page. ``themes/default/README.md`` is the contract with theme authors.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
import gettext
from hashlib import sha256
from pathlib import Path
import posixpath
import re
import traceback

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from markupsafe import Markup

from gkssg.code import default_theme
from gkssg.digest import Digester, digest_tree
from gkssg.language import CATALOGUES, Message, Speaker
from gkssg.output import qr
from gkssg.output.compiled import Compiled
from gkssg.output.jinja import ThemeEnvironment
from gkssg.periods import Span
from gkssg.site.model import Label, Masthead, Page
from gkssg.store import StoreError
from gkssg.terms import (
    ATTRIBUTES,
    KINDS,
    PROGRESSES,
    TASK_STATES,
    VALIDITIES,
    Attribute,
    Kind,
    Progress,
    TaskState,
    Validity,
    Word,
)
from gkssg.text import relative, web_path

_KIB = 1024
_LUNR = Path(__file__).parents[1] / "vendor" / "lunr.js"


@dataclass(frozen=True, slots=True)
class Theme:
    """Where a theme's files lie: ``folders`` in the order in which they are looked in, the default theme last."""

    folders: tuple[Path, ...]

    def static(self) -> dict[str, Path]:
        """Give the static files by their path below ``static/``; a column's own file hides the default's.

        lunr.js, which scores what is searched, is one of them; it came into the package when that was built.
        """
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            for path in sorted((folder / "static").rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found[path.relative_to(folder / "static").as_posix()] = path
        found[_LUNR.name] = _LUNR
        return dict(sorted(found.items()))

    def static_file(self, path: str) -> Path:
        """Find one of the static files."""
        files = [folder / "static" / path for folder in self.folders]
        return _LUNR if path == _LUNR.name else next(filter(Path.is_file, files), files[-1])

    def digest(self) -> str:
        """Give one digest of all templates."""
        parts = tuple(digest_tree(folder / "templates") for folder in self.folders)
        return Digester().digest(parts)


def open_theme(root: Path, name: str) -> Theme:
    """Find the theme of the column in the folder ``root``; ``name`` is a folder below its ``themes/``, or empty."""
    own = root / "themes" / (name or "default")
    default = default_theme()
    folders = (default,) if not own.is_dir() or own.resolve() == default.resolve() else (own, default)
    return Theme(folders)


class ThemeError(Exception):
    """A template that cannot be rendered: its name, the line where it failed (0: unknown), and what was wrong."""

    def __init__(self, template: str, line: int, why: str) -> None:
        super().__init__(template, line, why)
        self.template = template
        self.line = line
        self.why = why


class _Current:
    """The page that is being rendered: ``value`` in files of macros, which are read once for all pages."""

    page: Page

    def __getattr__(self, name: str) -> object:
        return getattr(self.page, name)


class Templates:
    """The templates of a theme, speaking one language.

    What many pages share is made once, as long as pages of the same folder, with the same masthead, follow each other.
    """

    def __init__(self, theme: Theme, language: str, compiled: Path | None = None) -> None:
        """Open a theme; ``compiled`` is a folder in which compiled templates are kept and found."""
        self._speaker = Speaker(language)
        self._current = _Current()
        self._shared_by: tuple[Masthead, str] | None = None
        self._ways: dict[str, str] = {}
        self._pieces: dict[tuple[object, ...], str] = {}
        self._words: dict[str, Markup] = {}
        loaders = [FileSystemLoader(folder / "templates") for folder in theme.folders]
        self._environment = ThemeEnvironment(
            self.wording,
            loader=ChoiceLoader([*loaders, PrefixLoader({"default": loaders[-1]})]),
            autoescape=True,
            auto_reload=False,
            bytecode_cache=Compiled(compiled / language, digest_tree(CATALOGUES)) if compiled else None,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        as_written = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
        self._environment.policies["json.dumps_kwargs"] = as_written
        catalogue: gettext.NullTranslations = self._speaker.catalogue
        self._environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
        self._environment.filters |= {
            "said": self.said,
            "size": size,
            "sanitised": Markup,
            "qr": qr.draw,
            "style_hashes": style_hashes,
        }
        helpers = {"url": self.url, "once": self.once, "_": self.wording}
        self._environment.globals |= {"value": self._current, **helpers}

    def said(
        self, value: Label | Word | Message | Attribute | Validity | Progress | Kind | TaskState | Span | str
    ) -> str:
        """Say a label, a coded word or a message in the language of the pages."""
        language = self._speaker.language
        match value:
            case Attribute():
                return ATTRIBUTES[value].said(language)
            case Validity():
                return VALIDITIES[value].said(language)
            case Progress():
                return PROGRESSES[value].said(language)
            case Kind():
                return KINDS[value].said(language)
            case TaskState():
                return TASK_STATES[value].said(language)
            case str():
                return value
            case Message():
                return self._speaker.text(value)
            case _:
                return value.said(language)

    def wording(self, text: str, /, **values: object) -> Markup:
        """Give wording of the page in its language, with values in its gaps ``%(name)s``."""
        if values:
            return Markup(self._speaker.word(text)) % values  # noqa: S704  (the catalogue is gkssg's own)
        if text not in self._words:
            self._words[text] = Markup(self._speaker.word(text)) % {}  # noqa: S704
        return self._words[text]

    def url(self, address: str) -> str:
        """Give the way to an address from the page that is being rendered, as it stands in a link."""
        way = self._ways.get(address)
        if way is None:
            way = self._ways[address] = web_path(relative(address, self._current.page.address))
        return way

    def once(self, name: str, *of: object, caller: Callable[[], str]) -> str:
        """Give a piece of a page that depends on its template, masthead and folder, and on the values ``of``, alone."""
        key = (self._current.page.template, name, *of)
        if key not in self._pieces:
            self._pieces[key] = caller()
        return self._pieces[key]

    def render(self, page: Page) -> str:
        """Render a page."""
        folder = posixpath.dirname(page.address)
        if not self._shared_by or self._shared_by[0] is not page.masthead or self._shared_by[1] != folder:
            self._shared_by = page.masthead, folder
            self._ways.clear()
            self._pieces.clear()
        self._current.page = page
        try:
            return self._environment.get_template(page.template).render(value=page)
        except StoreError:
            raise
        except TemplateSyntaxError as error:
            raise ThemeError(error.name or page.template, error.lineno, error.message or "") from error
        except Exception as error:  # a template may raise anything; the editor must be told which one, and where
            raise ThemeError(*_place_in_template(error, page.template), f"{type(error).__name__}: {error}") from error

    def names(self) -> list[str]:
        """Give the names of all templates, without those reached by the ``default/`` prefix."""
        return [name for name in self._environment.list_templates() if not name.startswith("default/")]


def _place_in_template(error: BaseException, template: str) -> tuple[str, int]:
    """Find the template and line that an error comes from; Jinja2 puts them into the traceback."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return (Path(frames[-1].filename).name, frames[-1].lineno or 0) if frames else (template, 0)


def style_hashes(html: str) -> Markup:
    """Give what a Content-Security-Policy says to allow the ``<style>`` elements of a piece of a page alone."""
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digests = (b64encode(sha256(style.encode()).digest()).decode() for style in styles)
    return Markup(" ".join(f"'sha256-{digest}'" for digest in digests))  # noqa: S704  (letters of base64)


def size(count: int) -> str:
    """Write a number of bytes as people read it: 320 B, 12 KB, 3.4 MB."""
    if count < _KIB:
        return f"{count} B"
    if count < _KIB * _KIB:
        return f"{count / _KIB:.0f} KB"
    return f"{count / _KIB / _KIB:.1f} MB"
