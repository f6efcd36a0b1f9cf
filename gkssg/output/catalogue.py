"""The catalogue for programs and for spreadsheets: every entry, with the facts that anyone may read."""

from collections.abc import Iterable, Sequence
import csv
import io
import json

from gkssg.schema import COMMON, field_named
from gkssg.site.model import Catalogue, CatalogueTable, Entry, Facts
from gkssg.terms import ATTRIBUTES, KINDS, VALIDITIES, Vocabulary

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = tuple(
    "title doc_no index_no issuer written published kind attribute validity effective expires"
    " topic genre keywords summary category".split()
)


def as_json(value: Catalogue) -> bytes:
    """Write the catalogue as JSON, one entry a line, oldest first; ``title`` is null where it is not open."""
    head = value.masthead
    column = {"name": head.name, "organ": head.organ.name, "base_url": head.base_url}
    rows = [json.dumps(_facts(entry, facts), ensure_ascii=False) for entry, facts in value.rows]
    text = json.dumps(column, ensure_ascii=False)
    return ('{"column": ' + text + ', "entries": [\n' + ",\n".join(rows) + "\n]}\n").encode()


def as_csv(value: CatalogueTable) -> bytes:
    """Write the catalogue for spreadsheet programs, coded values as words."""
    language = value.masthead.language
    table = [[*(_heading(name, language) for name in _COLUMNS), "地址" if language == "zh" else "Address"]]
    for entry, facts in value.rows:
        row = _facts(entry, facts)
        row["issuer"] = "、".join(organ.name for organ in entry.issuers)
        row["category"] = "、".join(entry.sections)
        row["keywords"] = "、".join(facts.keywords) if facts else ""
        row["kind"] = _word(KINDS, entry.kind, language)
        row["attribute"] = _word(ATTRIBUTES, entry.attribute, language)
        row["validity"] = _word(VALIDITIES, entry.validity or "", language)
        table.append([str(row.get(name) or "") for name in (*_COLUMNS, "address")])
    return spreadsheet(table)


def spreadsheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows for spreadsheet programs: UTF-8 with BOM, no cell a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return (_BOM + file.getvalue()).encode()


def _facts(entry: Entry, facts: Facts | None) -> dict[str, object]:
    row: dict[str, object] = {
        "address": entry.address,
        "title": entry.title or None,
        "kind": entry.kind.value,
        "attribute": entry.attribute.value,
        "doc_no": entry.doc_no,
        "index_no": entry.index_no,
        "issuers": [organ.name for organ in entry.issuers],
        "written": str(entry.written or ""),
        "published": str(entry.published or ""),
        "validity": entry.validity.value if entry.validity else "",
        "sections": list(entry.sections),
    }
    if facts:
        row |= {
            "effective": str(facts.effective or ""),
            "expires": str(facts.expires or ""),
            "topic": facts.topic,
            "genre": facts.genre,
            "keywords": list(facts.keywords),
            "summary": facts.summary,
            "aspects": [word.code for word in facts.aspects],
            "passed_at": facts.passed_at,
            "source": facts.source,
            "source_url": facts.source_url,
            "normative": facts.normative,
        }
    return {name: value for name, value in row.items() if value not in ("", []) or name in {"address", "title"}}


def _heading(name: str, language: str) -> str:
    field = field_named(COMMON, name)
    return (field.alias if language == "zh" else field.label) if field else name


def _word(words: Vocabulary, code: str, language: str) -> str:
    return words[code].said(language) if code else ""
