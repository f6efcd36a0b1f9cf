"""``gkssg init``: a new column that checks and builds without error."""

from pathlib import Path
import shutil

from gkssg.language import say
from gkssg.problem import Place, Problem

_STARTER = Path(__file__).parents[1] / "starter"
_NAMES = {"gitignore": ".gitignore", "editorconfig": ".editorconfig"}


def init(folder: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write the starter files into a folder; give their paths. A file that is there already is never overwritten."""
    files = {
        _NAMES.get(path.name, path.relative_to(_STARTER).as_posix()): path
        for path in sorted(_STARTER.rglob("*"))
        if path.is_file()
    }
    if folder.exists() and not folder.is_dir():
        return (), (Problem(Place(str(folder)), "init", say("this is a file"), say("name a folder")),)
    taken = [name for name in files if (folder / name).exists()]
    if any(name not in _NAMES.values() for name in taken):
        message = say("the folder already holds {files}", files=tuple(taken))
        return (), (Problem(Place(str(folder)), "init", message, say("choose an empty folder")),)
    written = tuple(name for name in files if name not in taken)
    for name in written:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(files[name], target)
    return written, ()
