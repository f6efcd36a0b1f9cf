"""The generated reference: the JSON Schema describes what the reader accepts."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator
import pytest
import yaml

from gkssg.authoring.new import content
from gkssg.authoring.reference import fields_page, json_schema
from gkssg.language import Speaker
from gkssg.schema import COLUMN, COMMON, DETAILS
from gkssg.terms import Kind

ROOT = Path(__file__).parents[1]
SCHEMA = Draft202012Validator(json.loads(json_schema(Speaker("zh"))))
ENTRIES = sorted((ROOT / "content").rglob("*.md"))

BAD = {
    "no attribute": "title: 甲",
    "an unknown key": "title: 甲\nattribute: active\ntitel: 乙",
    "an unknown word": "title: 甲\nattribute: open",
    "a key of another kind": "title: 甲\nattribute: active\nkind: organ\nsession: 第1次",
    "a list where one is expected": "title: [甲]\nattribute: active",
}


def front_matter(text: str) -> object:
    """Read front matter as other programs do, dates as texts."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (the base loader makes texts only)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_the_sample_column_fits_the_schema(path: Path) -> None:
    front = front_matter(path.read_text("utf-8").split("\n---\n")[0].removeprefix("---\n"))
    assert [error.message for error in SCHEMA.iter_errors(front)] == []


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_the_schema_refuses_what_the_reader_refuses(text: str) -> None:
    assert not SCHEMA.is_valid(front_matter(text))


@pytest.mark.parametrize("kind", Kind)
def test_a_new_file_offers_every_field_of_its_kind(kind: Kind) -> None:
    text = content(kind, "标题", Speaker("zh"))
    for field in (*COMMON, *DETAILS[kind]):
        shown = field.name != "kind" or kind is not Kind.DOCUMENT
        assert (f"\n{field.name}:" in text or f"\n#{field.name}:" in text) == shown


def test_the_page_of_fields_names_every_field() -> None:
    page = fields_page(Speaker("zh"))
    tables = [COMMON, COLUMN, *DETAILS.values()]
    fields = [field for table in tables for field in table] + [part for t in tables for f in t for part in f.parts]
    assert [field.name for field in fields if f"`{field.name}`" not in page or field.alias not in page] == []
