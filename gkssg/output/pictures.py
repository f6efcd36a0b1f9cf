"""Files as readers get them: pictures without metadata and smaller ones, and what the page of a file shows of it."""

from pathlib import Path

from gkssg.annexes.looks import Look, NoLook
from gkssg.annexes.types import Group
from gkssg.site.annexes import AnnexPage
from gkssg.site.model import Picture


def published(picture: Picture, path: Path) -> bytes:
    """Give the bytes of a picture as it is published; the check has found that it can be."""
    from gkssg.annexes.pictures import cleaned, smaller  # noqa: PLC0415  (as below)

    clean = cleaned(path.read_bytes(), picture.kind)
    return smaller(clean, picture.longest) if picture.longest else clean


def look_of(content: AnnexPage, path: Path) -> Look:
    """Find what the page of a file shows; a picture is shown by itself."""
    if content.annex.kind.group is Group.PICTURE:
        return NoLook(content.fault)
    from gkssg.annexes.look import look_at  # noqa: PLC0415  (its libraries take as long to load as all the rest)

    return look_at(path, content.annex.kind)
