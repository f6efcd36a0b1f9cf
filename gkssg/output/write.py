"""STAGE 6: what was made → ``build/``. Nothing outside that folder is touched; what is no longer planned goes.

All files are made before the first is put in its place, and each is put there in one step. A journal says, while files
change places, which ones do; so a build that was cut off is mended by the next.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
import json
import os
from pathlib import Path
import posixpath
import shutil

from gkssg import __version__
from gkssg.language import say
from gkssg.problem import Place, Problem

MANIFEST = "manifest.json"
_ASIDE = ".gkssg-aside"
_JOURNAL = f"{_ASIDE}.journal"
_FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What stands in ``build/``: the SHA-256 of every other file, and of what each was made.

    ``code`` and ``theme`` are digests of gkssg itself and of the templates, ``values`` of each output's value.
    """

    outputs: dict[str, str] = field(default_factory=dict)
    code: str = ""
    theme: str = ""
    values: dict[str, str] = field(default_factory=dict)


class UnsafeTargetError(Exception):
    """A folder that must not be written to; :attr:`problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message.template)
        self.problem = problem


def check_target(out: Path, root: Path) -> None:
    """Refuse a folder that holds what editors wrote, or files that gkssg did not make. Raises UnsafeTargetError."""
    real = out.resolve()
    for own in (root / "content", root / "themes"):
        if real == own.resolve() or real.is_relative_to(own.resolve()) or own.resolve().is_relative_to(real):
            message = say("the output folder would hold {own}/, or lie in it", own=own.name)
            raise UnsafeTargetError(Problem(Place(str(out)), "out-unsafe", message, say("choose another with --out")))
    if out.exists() and not out.is_dir():
        message = say("the output folder is a file")
        raise UnsafeTargetError(Problem(Place(str(out)), "out-unsafe", message, say("choose another with --out")))
    if (
        out.is_dir()
        and not (out / MANIFEST).is_file()
        and any(not name.name.startswith(_ASIDE) for name in out.iterdir())
    ):
        message = say("the output folder holds files, but not a column that gkssg built")
        hint = say("choose an empty folder with --out, or empty this one yourself")
        raise UnsafeTargetError(Problem(Place(str(out)), "out-foreign", message, hint))


def read_manifest(out: Path) -> Manifest:
    """Read what the last build left; an unreadable or older manifest is as good as none, but for its list of files.

    Of files that a build was putting in their places when it was cut off, nothing is known but that they may be there.
    """
    found = _read(out)
    try:
        moving = [str(path) for path in json.loads((out / _JOURNAL).read_text("utf-8"))]
    except FileNotFoundError:
        return found
    except (OSError, ValueError, TypeError):
        return Manifest(found.outputs)
    values = {path: value for path, value in found.values.items() if path not in set(moving)}
    return replace(found, outputs=found.outputs | dict.fromkeys(moving, ""), values=values)


def _read(out: Path) -> Manifest:
    try:
        data = json.loads((out / MANIFEST).read_text("utf-8"))
        outputs = {str(path): str(digest) for path, digest in data["outputs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()
    try:
        made = data["made_of"] if data["format"] == _FORMAT else {}
        return Manifest(outputs, str(made["code"]), str(made["theme"]), dict(made["values"]))
    except (ValueError, KeyError, TypeError):
        return Manifest(outputs)


@contextmanager
def aside(out: Path) -> Iterator[Path]:
    """Give an empty folder inside ``out`` for files that are being made; it is gone afterwards."""
    folder = out / _ASIDE
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (out / f"{_ASIDE}.{MANIFEST}").unlink(missing_ok=True)  # of a build that was cut off
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if out.is_dir() and not any(out.iterdir()):
            out.rmdir()


def place(out: Path, made: Iterable[tuple[str, Path]]) -> None:
    """Put made files in their places where nothing goes; :func:`publish` must follow."""
    made = tuple(made)
    _begin(out, (path for path, _ in made))
    _place_all(out, made)


def publish(out: Path, made: Iterable[tuple[str, Path]], before: Manifest, after: Manifest) -> tuple[str, ...]:
    """Put the made files in their places, remove those that are no longer planned, write the manifest.

    Gives the paths that were removed. A manifest that says the same stays untouched.
    """
    made = tuple(made)
    removed = tuple(sorted(path for path in before.outputs if path not in after.outputs))
    text = _text(after)
    manifest = out / MANIFEST
    if made or removed:
        _begin(out, (*(path for path, _ in made), *removed))
        _remove(out, removed)
        _place_all(out, made)
    if not manifest.is_file() or manifest.read_text("utf-8") != text:
        _put(out, MANIFEST, text)
    (out / _JOURNAL).unlink(missing_ok=True)
    return removed


def _begin(out: Path, paths: Iterable[str]) -> None:
    """Note the files that are about to change, for a build that finds that this one was cut off."""
    _put(out, _JOURNAL, json.dumps([*paths]))


def _place_all(out: Path, made: Iterable[tuple[str, Path]]) -> None:
    folders: set[str] = set()
    for path, file in made:
        folder = posixpath.dirname(path)
        if folder not in folders:
            _make_folder(out, folder)
            folders.add(folder)
        _place(file, out / path)


def _make_folder(out: Path, folder: str) -> None:
    """Make a folder, making sure that no link on the way leads out of the output folder."""
    existing = out / folder
    while not existing.exists() and not existing.is_symlink():
        existing = existing.parent
    if not existing.resolve().is_relative_to(out.resolve()):
        message = say("a link in the output folder leads out of it")
        raise UnsafeTargetError(Problem(Place(str(existing)), "out-unsafe", message, say("remove the link")))
    (out / folder).mkdir(parents=True, exist_ok=True)


def _place(file: Path, target: Path) -> None:
    """Move a file to its place; an empty folder there goes."""
    try:
        file.replace(target)
    except OSError:
        if not target.is_dir():
            raise
        _remove_empty(target)
        file.replace(target)


def _remove(out: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that are empty then. Each folder is looked at once: it may hold thousands."""
    inside: dict[str, bool] = {"": True}
    for path in paths:
        folder = posixpath.dirname(path)
        if folder not in inside:
            inside[folder] = ".." not in folder.split("/") and (out / folder).resolve().is_relative_to(out.resolve())
        if inside[folder]:
            (out / path).unlink(missing_ok=True)
    above = {str(parent) for folder, safe in inside.items() if safe for parent in [folder, *Path(folder).parents]}
    for folder in sorted(above - {"", "."}, reverse=True):
        with suppress(OSError):  # it is not empty, or gone
            (out / folder).rmdir()


def _remove_empty(folder: Path) -> None:
    for inner, _, _ in os.walk(folder, topdown=False):
        Path(inner).rmdir()


def _put(out: Path, path: str, text: str) -> None:
    temporary = out / f"{_ASIDE}.new"
    temporary.write_text(text, "utf-8", newline="\n")
    temporary.replace(out / path)


def _text(manifest: Manifest) -> str:
    made_of = {
        "code": manifest.code,
        "theme": manifest.theme,
        "values": dict(sorted(manifest.values.items())),
    }
    data = {
        "format": _FORMAT,
        "generator": f"gkssg {__version__}",
        "outputs": dict(sorted(manifest.outputs.items())),
        "made_of": made_of,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
