"""``gkssg log``: the entries that are public now, put into the publish log on the day they are first there."""

from collections.abc import Iterable
import csv
import io
from pathlib import Path

from gkssg.archive.publishlog import COLUMNS, LOG
from gkssg.archive.tables import read_table

_BOM = "\ufeff"


def write_rows(root: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    """Add rows to the log; those it has stay as they are. A new one is UTF-8 with BOM, as spreadsheets like it."""
    path = root / LOG
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    before = path.read_bytes() if path.is_file() else b""
    if not before:
        text.write(_BOM)
        writer.writerow(COLUMNS)
    elif not before.endswith(b"\n"):
        text.write("\n")
    writer.writerows(rows)
    table, _ = read_table(path, LOG) if before else (None, ())
    encoding = "gb18030" if table and table.encoding == "gb18030" else "utf-8"
    path.write_bytes(before + text.getvalue().encode(encoding))
