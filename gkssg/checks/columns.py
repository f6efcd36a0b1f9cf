"""Rules about the tree of sections and where entries stand in it."""

from collections.abc import Iterator
import datetime

from gkssg.archive.model import Archive
from gkssg.language import say
from gkssg.problem import Place, Problem
from gkssg.terms import Kind
from gkssg.text import nearest


def category_exists(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An entry stands in no section, in one that does not exist, or in one that is parted into others.

    Put the file into the folder of a section of the lowest level, or correct category（类别）.

    Rule: category, error, fixed.
    Source: 政府信息公开条例（国务院令第711号）第十二条.
    Row: R01.

    Wrong::

        ---
        title: 示例通知
        attribute: active
        category: statutory/polcy
        ---
        正文。

    Right::

        ---
        title: 示例通知
        attribute: active
        category: statutory/policy
        ---
        正文。
    """
    sections = {section.id: section for top in archive.column.tree for section in top.walk()}
    for document in archive.documents:
        if document.path.rpartition("/")[2] == "index.md" or document.kind is Kind.PAGE:
            continue
        if not document.categories:
            message = say("the entry stands in no section")
            hint = say("put the file into a section's folder, or add category（类别）, as statutory/policy")
            yield Problem(Place(document.path), "category", message, hint)
        for category in document.categories:
            section = sections.get(category.value)
            if section is None:
                meant = nearest(category.value, sections)
                message = say("there is no section “{found}”", found=category.value)
                hint = (
                    say("did you mean “{meant}”?", meant=meant)
                    if meant
                    else say("the sections are listed in the manual, page column.md")
                )
                yield Problem(category.place, "category", message, hint)
            elif section.children:
                message = say(
                    "“{title}” is parted into sections; the entry must stand in one of them",
                    title=section.title,
                )
                leaves = tuple(child.id for child in section.children[:5])
                yield Problem(category.place, "category", message, say("for example {leaves}", leaves=leaves))


def index_is_a_page(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A file index.md in the folder of a section is an entry and no page.

    It introduces the list of its section. Write kind: page, or give the file another name.

    Rule: index-kind, error, fixed.
    Source: gkssg.

    Wrong::

        --- content/statutory/policy/index.md ---
        ---
        title: 示例通知
        attribute: active
        ---
        正文。

    Right::

        --- content/statutory/policy/index.md ---
        ---
        title: 政策文件
        kind: page
        attribute: active
        ---
        本栏目公开规范性文件以外的政策文件。
    """
    heads = {
        "content/index.md",
        *(f"content/{s.id}/index.md" for top in archive.column.tree for s in top.walk()),
    }
    for document in archive.documents:
        if document.path in heads and document.kind is not Kind.PAGE:
            message = say("index.md introduces the list of its section and cannot be an entry of it")
            hint = say("write “kind: page”, or give the file another name")
            yield Problem(document.place("kind"), "index-kind", message, hint)


def organ_exists(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The organ whose column it is has no page.

    Readers must find whom to ask, and where. Make one with “gkssg new organ”, or correct the name in column.yml.

    Rule: organ-page, error.
    Source: 政府信息公开条例（国务院令第711号）第十二条、第二十条第二项.
    Row: R31.

    Wrong::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府办公室
        base_url: https://www.example.gov.cn/zfxxgk/

    Right::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
    """
    wanted = archive.column.organ
    if not wanted.value:
        return
    organs = [document for document in archive.documents if document.kind is Kind.ORGAN and document.is_active]
    if not any(wanted.value in {organ.id, organ.title} for organ in organs):
        message = say("the column's organ “{found}” has no page", found=wanted.value)
        hint = say("make one with “gkssg new organ {found}”", found=wanted.value)
        yield Problem(wanted.place, "organ-page", message, hint)
