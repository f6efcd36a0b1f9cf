"""Rules about the website, and about the weight of pages: columns of some size, real pictures."""

from io import BytesIO
import random

from PIL import Image
import pytest

from gkssg.build import inspect
from gkssg.checks.coverage import FEWEST
from gkssg.language import Speaker
from gkssg.report import as_text

from conftest import COLUMN, TODAY, Column, MakeColumn, entry

FOLDER = "content/statutory/policy"
SITE = (
    'site: {name: 示例网站, domain: www.example.gov.cn, id_code: "0000000000", contact: 示例办公室, icp: 示例备案, '
    "police: 示例公安备案, find_error: https://www.example.gov.cn/}"
)


def column_yml(site: str) -> str:
    """Give the settings with another description of the website."""
    return f"{COLUMN[: COLUMN.index('site:')]}{site}\n"


def said(made: Column, *rules: str) -> str:
    """Give what these rules say."""
    found = tuple(problem for problem in inspect(made.root, TODAY) if problem.rule in rules)
    return as_text(found, Speaker("en"))


def noise(side: int) -> bytes:
    """Give a picture that cannot be made small: some three bytes a pixel."""
    out = BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(side).randbytes(3 * side * side)).save(out, "PNG")  # noqa: S311  (no secret)
    return out.getvalue()


@pytest.fixture
def grown(column: MakeColumn) -> Column:
    """Give a column that counts as set up, and does not say anything of its website."""
    entries = {f"{FOLDER}/{number}.md": entry(f"第{number}件") for number in range(FEWEST)}
    return column({"content/column.yml": column_yml(""), **entries})


def test_a_website_that_is_not_described_is_told(grown: Column) -> None:
    assert said(grown, "site-labels", "site-foot") == (
        "content/column.yml:1:1: error: column.yml does not say of the website: name, domain, id_code [site-labels]\n"
        "    write it below site（网站）: it becomes a label of every page\n"
        "content/column.yml:1:1: error: column.yml does not say of the website: contact, icp, police, find_error"
        " [site-foot]\n"
        "    write it below site（网站）: it stands at the foot of every page\n"
    )
    grown.write({"content/column.yml": column_yml(SITE)})
    assert said(grown, "site-labels", "site-foot") == ""


def test_a_column_that_is_being_set_up_is_not_asked(column: MakeColumn) -> None:
    assert said(column({"content/column.yml": column_yml("")}), "site-labels", "site-foot") == ""


@pytest.mark.parametrize("code", ["123", "BM01000001", "00000000001"])
def test_an_identification_code_has_its_form(column: MakeColumn, code: str) -> None:
    made = column({"content/column.yml": column_yml(f'site: {{id_code: "{code}"}}')})
    assert f"“{code}” is no identification code of a website [site-labels]" in said(made, "site-labels")
    made.write({"content/column.yml": column_yml("site: {name: 甲, domain: a.gov.cn, id_code: bm01000001}")})
    assert said(made, "site-labels") == ""


def test_pictures_that_weigh_too_much_are_told(column: MakeColumn) -> None:
    files = {f"content/{number}.png": noise(side) for number, side in enumerate((300, 200, 60))}
    whole, one = sum(len(files[f"content/{n}.png"]) for n in (0, 1)) // 1000, len(files["content/0.png"]) // 1000
    made = column({f"{FOLDER}/a.md": entry("甲", "![图零](../../0.png)\n\n![图一](../../1.png)"), **files})
    assert said(made, "page-weight") == (
        f"{FOLDER}/a.md:5:7: warning: the pictures of the text weigh {whole} kB, 0.png alone {one} kB [page-weight]\n"
        "    make them smaller (1200 pixels wide, JPEG or WebP), or attach them as annexes\n"
    )
    made.write({f"{FOLDER}/a.md": entry("甲", "![图零](../../0.png)\n\n![图二](../../2.png)")})
    assert said(made, "page-weight") == ""
    made.write({f"{FOLDER}/a.md": entry("甲", "![图零](../../0.png)", annexes="[../../1.png]")})
    assert said(made, "page-weight") == ""
