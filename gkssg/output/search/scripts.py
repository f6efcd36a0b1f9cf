"""Classic scripts that call ``gks.…`` with data: how all files of the search index are written."""

import json
from pathlib import Path

from gkssg.digest import digest_bytes

Written = tuple[str, str]
"""The path of a file below the folder of the index, and its SHA-256."""


def js(value: object) -> str:
    """Write a value as JSON that is also JavaScript, in one line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def put(out: Path, path: str, text: str) -> Written:
    """Write a script, into a folder that is there."""
    data = f"{text}\n".encode()
    (out / path).write_bytes(data)
    return path, digest_bytes(data)
