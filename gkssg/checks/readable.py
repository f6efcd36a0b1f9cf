"""Rules about what readers and programs can read: scanned files, and the tables of annual reports."""

from collections.abc import Iterator
import datetime

from gkssg.archive.model import Archive
from gkssg.archive.paths import referenced_files
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity

_REPORT = "信息公开工作年度报告"
_KILO = 1000
_HEAVY = 300 * _KILO
"""Bytes of pictures in a text."""


def file_has_a_text(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """A PDF file is scanned: its pages are pictures without any text.

    Nobody can search it, copy from it or have it read out. Export it from the program it was written with, or put the
    whole text into the entry.

    Rule: file-scan, warning.
    Source: GB/T 37668-2019 信息技术 互联网内容无障碍可访问性技术要求与测试方法.
    Row: R30.
    """
    examined = dict(archive.examinations)
    for document in archive.documents if any(file.is_scan for file in examined.values()) else ():
        for path, place in referenced_files(document) if document.is_active else ():
            file = examined.get(path)
            if file and file.is_scan:
                message = say("the pages of “{found}” are pictures without text", found=path)
                hint = say(
                    "export it from the program it was written with, or recognise its text (OCR) before publishing"
                )
                yield Problem(place, "file-scan", message, hint, Severity.WARNING)


def page_is_light(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The pictures in a text weigh more than 300 kB together.

    On a slow line the page comes late, and phones pay for it. Make them smaller: 1200 pixels wide, as JPEG or WebP; or
    attach them as annexes, of which the page shows a small picture.

    Rule: page-weight, warning.
    Source: 政府网站发展指引（国办发〔2017〕47号）附件1.
    Row: R21.
    """
    weights = {path: file.weight for path, file in archive.examinations if file.width}
    for document in archive.documents if sum(weights.values()) > _HEAVY else ():
        shown = {link.target: link.place for link in document.body.links if link.is_picture and link.target in weights}
        whole = sum(weights[path] for path in shown)
        if document.is_active and whole > _HEAVY:
            heaviest = max(shown, key=lambda path: (weights[path], path))
            message = say(
                "the pictures of the text weigh {whole} kB, {found} alone {one} kB",
                whole=whole // _KILO, found=heaviest, one=weights[heaviest] // _KILO,
            )  # fmt: skip
            hint = say("make them smaller (1200 pixels wide, JPEG or WebP), or attach them as annexes")
            yield Problem(shown[heaviest], "page-weight", message, hint, Severity.WARNING)


def report_has_its_tables(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An annual report on disclosure has no table, though its form has three.

    They were lost when it was copied, or are pictures. Write tables 二, 三 and 四 as tables.

    Rule: report-table, warning.
    Source: 国办公开办函〔2021〕30号.
    Row: R23.

    Wrong::

        --- content/reports/2025.md ---
        ---
        title: 示例区2025年政府信息公开工作年度报告
        attribute: active
        ---
        一、总体情况。

    Right::

        --- content/reports/2025.md ---
        ---
        title: 示例区2025年政府信息公开工作年度报告
        attribute: active
        ---
        一、总体情况。

        | 信息内容 | 本年制发件数 |
        |---|---|
        | 规章 | 0 |
    """
    for document in archive.documents:
        is_report = any(category.value == "reports" for category in document.categories)
        is_report = is_report and document.is_active and _REPORT in document.title and document.body.has_words
        if is_report and "<table" not in document.body.html.read():
            message = say("the annual report has no table")
            hint = say("write tables 二, 三 and 四 of the form as tables, not as pictures")
            yield Problem(Place(document.path), "report-table", message, hint, Severity.WARNING)
