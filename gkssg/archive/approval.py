"""What a review approves: one digest of a content file's text, of its front matter and of the files it publishes.

The digest stands in the record of the review; when it is another one now, something was changed after the approval.
"""

from collections.abc import Iterable
from dataclasses import replace
import hashlib
import json
from pathlib import Path
from typing import Any

import yaml

from gkssg.archive.fields import Items
from gkssg.archive.model import Document
from gkssg.archive.paths import referenced_files
from gkssg.digest import digest_file
from gkssg.schema import COMMON, field_named

_LENGTH = 40
_REVIEWS = field_named(COMMON, "reviews")
MISSING = "missing"
"""What stands for a file that is not there, or cannot be read."""


def wording(items: Items, body: str) -> str:
    """Give the digest of what a content file says: its keys but for the reviews, and its text.

    Remarks, quotation marks, line breaks in values and the order of keys do not count.
    """
    front = [(key.value, _plain(value)) for key, value in items if field_named(COMMON, key.value.strip()) != _REVIEWS]
    said = json.dumps([sorted(front, key=json.dumps), body.strip()], ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def with_digest(document: Document, root: Path) -> Document:
    """Add to a document that was reviewed the digest of all that a review approves."""
    if not document.wording:
        return document
    paths = sorted({path for path, _ in referenced_files(document)})
    return replace(document, digest=approved(document.wording, root / "content", paths))


def approved(words: str, content: Path, paths: Iterable[str]) -> str:
    """Give the digest of a wording together with the bytes of some files."""
    parts = hashlib.sha256(words.encode())
    for path in paths:
        parts.update(f"\n{path} {_file(content / path)}".encode("utf-8", "surrogateescape"))
    return parts.hexdigest()[:_LENGTH]


def _file(path: Path) -> str:
    try:
        return digest_file(path)
    except OSError:
        return MISSING


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401  (whatever YAML has)
    """Give what a node says, whatever way it is written."""
    if isinstance(node, yaml.MappingNode):
        return {"keys": sorted(([_plain(key), _plain(value)] for key, value in node.value), key=json.dumps)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return " ".join(str(node.value).split())
