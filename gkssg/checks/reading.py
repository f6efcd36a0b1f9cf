"""What is found while files are read or written, where there is no function a rule: the same facts, one row a name.

Its errors are fixed: where a file cannot be read as it was meant, nothing can be said of it.
"""

from collections.abc import Iterator

from gkssg.checks.rules import Rule
from gkssg.problem import Severity

_Row = tuple[str, str, str, str, *tuple[str, ...]]
"""Name, severities, what is found, what to do; then perhaps lines of front matter that are wrong, and right."""

_FILES: tuple[_Row, ...] = (
    ("column-missing", "error", "There is no content/column.yml here.",
     "Go to the folder of the column, or name it with -C; where there is none yet, make one with “gkssg init”."),
    ("encoding", "error", "A file is not in UTF-8, but probably in GBK (GB18030).", "Save it as UTF-8 in the editor."),
    ("bom", "warning", "A file begins with a byte order mark (BOM).", "Save it as UTF-8, not as “UTF-8 with BOM”."),
    ("line-ends", "warning", "Lines end as on Windows (CRLF).", "Set the editor to end lines with LF."),
    ("control-character", "error, warning",
     "There are control characters in a text that nobody sees, often from Word or PDF: a null character or one written with \\x is an error, others are a warning.", "Delete them."),
    ("file-name", "error, warning",
     "A file's name has characters that some systems cannot use, is too long or is not UTF-8; characters that are stored in parts are a warning.", "Give the file another name."),
    ("file-ending", "error", "A file ends in .MD, .markdown or the like, and is not read.", "Let its name end in .md."),
    ("file-size", "error", "A content file is larger than 4 MB.", "Put large tables and pictures into annexes."),
    ("file-unreadable", "error", "A file or folder cannot be read.", "Look whether it may be read."),
    ("symlink", "error", "A link of the file system leads out of content/, or to a folder.",
     "Put the file itself there, or delete the link."),
)  # fmt: skip

_FORM: tuple[_Row, ...] = (
    ("front-matter-missing", "error", "The first line of a file is not ---, or the front matter is empty.",
     "Write --- on the first line, the keys below it, then a line --- again."),
    ("front-matter-unclosed", "error", "The front matter does not end.", "Add a line --- below the last key."),
    ("front-matter-shape", "error", "Something is not a key with a value.", "Write “key: value”, one on a line."),
    ("front-matter-size", "error", "The front matter has more than 65,536 characters.",
     "Write the text below the front matter."),
    ("full-width-colon", "error", "A full-width colon “：” stands behind a key.",
     "Write a half-width colon and a blank.", "发文字号：示政发〔2026〕17号", "发文字号: 示政发〔2026〕17号"),
    ("colon-space", "error", "There is no blank behind the colon of a key.", "Add one.",
     "genre:通知", "genre: 通知"),
    ("tab", "error", "A line is indented with a tab.", "Indent with blanks.",
     "keywords:\n\t- 停车", "keywords:\n  - 停车"),
    ("yaml-syntax", "error", "The form is not right: half of a pair of quotes or brackets, or a colon too many.",
     "Do as the hint says; most often it is enough to put the whole value in quotes.",
     'genre: "通知', 'genre: "通知"'),
    ("yaml-alias", "error", "A value begins with * and is taken for a YAML alias.", "Put the value in quotes.",
     "genre: *tongzhi", 'genre: "*tongzhi"'),
    ("yaml-tag", "error", "A value begins with ! and is taken for a YAML tag.", "Put the value in quotes.",
     "genre: !tongzhi 通知", 'genre: "!通知"'),
    ("yaml-depth", "error", "Values stand in one another more than 20 levels deep.", "Look at brackets and indentation."),
    ("yaml-trap", "warning",
     "Other programs would read a value as yes, no or another number, as no or 0532; or a blank and a # cut it off.",
     "Put the whole value in quotes.", "passed_at: 0532", 'passed_at: "0532"'),
)  # fmt: skip

_VALUES: tuple[_Row, ...] = (
    ("key-unknown", "error", "There is no such key.", "Correct it, or delete it; the manual lists the keys (fields.md).",
     "genere: 通知", "genre: 通知"),
    ("key-twice", "error", "A key is given twice; its Chinese name and its English one are the same key.",
     "Keep one of them.", "genre: 通知\n公文种类: 公告", "genre: 通知"),
    ("field-missing", "error", "A required key has no value.", "Fill it in."),
    ("field-type", "error", "A value is not of the kind it must be, as a list where one value is meant.",
     "Do as the hint says.", "normative: 大概", "normative: 否"),
    ("field-word", "error", "A value is none of the words there are.", "Choose one of those the hint lists.",
     "kind: 通知", "kind: document"),
    ("date", "error", "A date is not one.", "Write 2026-01-05, 2026-01 or 2026.", "published: 2026-13-01", "published: 2026-12-01"),
    ("reason-missing", "error", "An entry on request or withheld has no reason.", "Add reason（理由）."),
    ("mark", "error, warning",
     "The mark below a text, （此件……）, does not agree with the attribute; that an active entry's text says otherwise is an error.", "Correct one of the two; what was reviewed and disclosed has converted（属性转换）."),
    ("doc-no-form", "warning", "A document number is not written as the national standard has it, as with square brackets.",
     "Write it as the hint says; pages show it so already.", "doc_no: 示政发[2026]1号", "doc_no: 示政发〔2026〕1号"),
)  # fmt: skip

_LISTS: tuple[_Row, ...] = (
    ("cleanup-list", "error", "A list has no head, a row that names no document, or too many rows.",
     "Write the head as the manual has it; add title or number; make several files of it."),
    ("cleanup-result", "error", "The result of a row is none of the words there are.",
     "Write 继续有效, 废止, 宣布失效 or 列入修改计划."),
    ("ledger-row", "error", "State, period or date of a ledger's row are not written right.", "Do as the hint says."),
    ("series-row", "error", "The period of a row of figures is not written right.", "Write 2026-03, 2026-Q1 and the like."),
    ("wording-list", "error", "A column, a word or a severity of content/wording.csv is not right.", "Do as the hint says."),
    ("table-column", "error", "A table lacks a column that it must have, or has one that is not known.",
     "The first row holds the names of the columns; do as the hint says."),
    ("table-file", "error", "A table is empty, too large, not in UTF-8, or a quotation mark is not closed.",
     "Save it as “CSV UTF-8” in the spreadsheet program."),
)  # fmt: skip

_TEXTS: tuple[_Row, ...] = (
    ("html-removed", "warning", "A text has HTML that may not be used; it is taken out.",
     "The manual lists what may be used (markdown.md); delete the rest."),
    ("picture-elsewhere", "error", "A picture lies on another website.", "Save it beside this file."),
    ("link-outside", "error", "A link leads out of content/.",
     "Put the file into content/, or write a whole address that begins with https://."),
    ("link-dead", "warning", "A page of another website that a link leads to cannot be reached; “gkssg check --external” alone looks for it.",
     "Open it in a browser; correct the address, or delete the link."),
    ("block-unclosed", "error", "A ::: block does not end.", "Add a line ::: at its end."),
    ("block-unopened", "error", "::: ends a block that never began, or its name is mistyped.",
     "Add a line such as ::: 落款 above it, or delete it."),
    ("markdown", "error", "A text cannot be read: too deep, or too many of [, *, < in one paragraph.",
     "Look for hundreds of marks in a row; part long paragraphs, or put backslashes before what is no Markdown."),
)  # fmt: skip

_COLUMN: tuple[_Row, ...] = (
    ("base-url", "error", "base_url is not a whole address.", "Write it as https://www.example.gov.cn/zfxxgk/."),
    ("suggest-address", "error", "suggest of feedback is neither an e-mail address nor a whole web address.",
     "Write an e-mail address, or one that begins with https://."),
    ("find-error", "error", "find_error of site is not a whole address.", "Write one that begins with https://."),
    ("per-page", "error", "The number of entries on a page is not right.", "Write a number from 1 to 500."),
    ("section-fixed", "error", "One of the five sections at the top has another name.", "Delete its title."),
    ("section-id", "error", "The id of a new section is not right.",
     "Put it below statutory/, in small letters, digits and hyphens."),
    ("section-parent", "error", "The section above a new one does not exist.", "Name that one first, or correct the id."),
    ("limit", "error", "One of the limits（时限）is no number, or no month and day.", "Write a whole number from 1 to 366, or 03-31."),
    ("update-every", "error", "update_every（更新周期）cannot be read.", "Write 2 weeks, 6 months, 1年 and the like."),
    ("publish-log", "error", "A column of the publish log is missing, or a date in it cannot be read.",
     "“gkssg log” writes content/publish-log.csv: take it back from the last version."),
    ("calendar", "error", "A file of content/calendar/ cannot be read, or is of another year than its name says.",
     "Write it as the manual has it (calendar.md), under a name such as 2027.json."),
    ("profile-id", "error", "The id of a type of dossiers is not right.", "Use small letters, digits and hyphens."),
    ("profile-twice", "error", "Two types of dossiers have one id, or two stages of a type one name.",
     "Change one of the two."),
    ("theme-name", "error", "The name of a theme is not right.",
     "Write the name of a folder in themes/: letters, digits, - and _."),
    ("theme-missing", "error", "themes/ has no folder of the theme that column.yml names.",
     "Make the folder, or delete theme（主题）."),
)  # fmt: skip

_MAKING: tuple[_Row, ...] = (
    ("output-twice", "error", "Two files would become one page; capital and small letters count as the same.",
     "Give one of them another name."),
    ("out-foreign", "error", "The output folder holds other files than a column that gkssg built.",
     "Name an empty folder with --out, or empty it yourself."),
    ("out-unsafe", "error",
     "The output folder holds content/ or themes/ or lies in them, is a file, or has links that lead out of it.",
     "Name another with --out, or delete the links."),
    ("build-broken", "error",
     "“gkssg serve” could not finish a build: the disk may be full, or another program may hold a file.",
     "Mend that and save a file again; where it stays so, “gkssg build” says more."),
    ("theme", "error", "A template of the theme is faulty.", "Ask who writes templates to look at the file and line."),
    ("init", "error", "Where a new column is to be made there are files of one, or a file.", "Name an empty folder."),
    ("ledger", "error, warning",
     "A ledger cannot be made: the file is not active, its text has no tasks, or the ledger has no column 编号; that ledger（任务台账）is not written yet is a warning.", "Do as the hint says."),
    ("review", "error",
     "The record of a review cannot be written: the entry is not active, a file is missing, or its front matter is written in a way that nothing can be put into.",
     "Do as the hint says, or copy the record that it shows."),
    ("new", "error", "The title is empty, the folder is not in content/, or there is a file of that name.",
     "Do as the hint says."),
)  # fmt: skip

_GROUPS = (
    ("Files", _FILES),
    ("The form of front matter", _FORM),
    ("Values", _VALUES),
    ("Lists and ledgers beside a content file", _LISTS),
    ("Texts", _TEXTS),
    ("Settings of the column", _COLUMN),
    ("Building and making", _MAKING),
)
_SOURCES = {
    "reason-missing": ("政府信息公开条例（国务院令第711号）第十三条至第十六条", "R11"),
    "mark": ("gkssg", "R11"),
    "doc-no-form": ("GB/T 9704-2012，7.2.5", "R03"),
    "section-fixed": ("国办公开办函〔2019〕61号", "R01"),
    "suggest-address": ("gkssg", "R20"),
    "find-error": ("政府网站发展指引（国办发〔2017〕47号）", "R20"),
    "field-missing": ("政府信息公开条例（国务院令第711号）第二十条", "R02"),
    "date": ("gkssg", "R15"),
    "picture-elsewhere": ("gkssg", "R21"),
    "link-outside": ("gkssg", "R18"),
}
_EXAMPLE = "---\ntitle: 示例通知\nattribute: active\n{}\n---\n正文。\n"


def _rules() -> Iterator[Rule]:
    for subject, rows in _GROUPS:
        for name, severities, sentence, remedy, *lines in rows:
            source, row = _SOURCES.get(name, ("gkssg", ""))
            known = tuple(Severity(severity) for severity in severities.split(", "))
            wrong, right = (tuple(_EXAMPLE.format(line) for line in part) for part in (lines[:1], lines[1:]))
            fixed = Severity.ERROR in known
            yield Rule(name, known, fixed, not fixed, sentence, remedy, source, row, wrong, right, subject)


READING = tuple(_rules())
"""The rules of this table."""
