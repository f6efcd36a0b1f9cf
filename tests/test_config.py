"""``content/column.yml``: its faults have places too."""

import pytest

from gkssg.archive.config import load_column
from gkssg.build import inspect
from gkssg.language import Speaker
from gkssg.report import as_text

from conftest import COLUMN, TODAY, MakeColumn

FAULTS = {
    "organ: 示例区人民政府\nbase_url: https://x.gov.cn/\n": """\
content/column.yml:1:1: error: name（名称） is missing [field-missing]
    name of the column (政府信息公开, by 国办公开办函〔2019〕61号)
""",
    COLUMN.replace("https://www.example.gov.cn/zfxxgk/", "www.example.gov.cn"): """\
content/column.yml:3:11: error: “www.example.gov.cn” is not the address of a website [base-url]
    write it whole, as https://www.example.gov.cn/zfxxgk/
""",
    COLUMN + "per_page: many\n": """\
content/column.yml:5:11: error: “many” cannot be the number of entries on a page [per-page]
    write a number from 1 to 500
""",
    COLUMN.replace("https://www.example.gov.cn/jiucuo", "'javascript:x'"): """\
content/column.yml:4:162: error: “javascript:x” is not an address [find-error]
    write it whole, beginning with https://
""",
    COLUMN + "theme: ../x\n": """\
content/column.yml:5:8: error: a theme cannot be called “../x” [theme-name]
    it is the name of a folder in themes/: letters, digits, - and _
""",
    COLUMN + "sections:\n  - id: guide\n    title: 办事指南\n": """\
content/column.yml:6:9: error: the five sections at the top keep their names; “政府信息公开指南” is fixed \
[section-fixed]
    leave its title out
""",
    COLUMN + "sections:\n  - {id: news, title: 新闻}\n  - {id: statutory/x/y, title: 甲}\n  - {id: statutory/z}\n": """\
content/column.yml:6:10: error: a section cannot have the id “news” [section-id]
    new sections stand below statutory, as statutory/water-supply, in small letters, digits and hyphens
content/column.yml:7:10: error: there is no section “statutory/x” to put it into [section-parent]
    name the section above it first
content/column.yml:8:10: error: the new section has no title [field-missing]
    add title（标题）
""",
    COLUMN + "sections:\n  - 名称: 甲\n": """\
content/column.yml:6:5: error: there is no key “名称” [key-unknown]
    the keys are listed in the manual, page fields.md; delete this one
content/column.yml:6:5: error: id（编号） is missing [field-missing]
    id of the section, as statutory/policy
""",
    COLUMN.replace("organ: 示例区人民政府", "organ: 示例县人民政府"): """\
content/column.yml:2:8: error: the column's organ “示例县人民政府” has no page [organ-page]
    make one with “gkssg new organ 示例县人民政府”
""",
    "name：政府信息公开\n" + COLUMN.partition("\n")[2]: """\
content/column.yml:1:5: error: a full-width colon “：” stands behind the key “name” [full-width-colon]
    write “name: …”, with a half-width colon and a blank
""",
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items(), ids=range(len(FAULTS)))
def test_a_fault_in_the_settings_is_told_with_its_place(column: MakeColumn, text: str, message: str) -> None:
    problems = inspect(column({"content/column.yml": text}).root, TODAY)
    assert as_text(problems, Speaker("en")) == message


def test_settings_may_be_written_in_chinese(column: MakeColumn) -> None:
    text = "名称: 政府信息公开\n机关: 示例区人民政府\n网址: https://x.gov.cn/gk\n网站: {名称: 甲网, 标识码: '01'}\n"
    settings, problems = load_column(column({"content/column.yml": text}).root)
    assert problems == ()
    site = settings.website
    assert (settings.base_url, site.name, site.id_code) == ("https://x.gov.cn/gk/", "甲网", "01")
