"""Real laws and policy documents as the content files of a column: ``python benchmarks/corpus.py DIR``.

The corpora lie outside the repository, in ``../shared/corpus``. What a record really has becomes front matter; its
text is changed only where a column cannot hold it, and every such change is told (:class:`Omission`).
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
import gzip
import json
from pathlib import Path, PurePosixPath
import re
from typing import Any
from urllib.parse import unquote, urlsplit

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
LAWS = CORPUS / "laws.jsonl.gz"
POLICIES = CORPUS / "policies.jsonl.gz"
ORGAN = "示例区人民政府"

_SECTIONS = (
    ("行政处罚", "penalties"),
    ("财政", "budget"),
    ("规范性文件", "normative"),
    ("教育|入学|升学|卫生|医疗|社会保[险障]|社保|住房|户籍|入户|人口|民政", "livelihood"),
    ("环境|环评|市场监管|安全", "supervision"),
    ("规划", "planning"),
)
"""Words of a record's category and the leaf they lead to; what has none of them is a policy."""

_UNFIT_FOR_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_TARGET = r"\((?P<{}>(?:[^()\s]|\([^()]*\))*)[^()]*\)"
_PICTURE = re.compile(r"!\[(?P<alt>(?:\\.|[^\]\\])*)\]" + _TARGET.format("src"))
_LINK = re.compile(r"(?<!!)\[(?P<text>(?:\\.|[^\[\]\\])*)\]" + _TARGET.format("href"))
_ELSEWHERE = re.compile(r"(?:https?|ftp|mailto|tel):")
_MEETING = re.compile(r"(?P<meeting>.*会议)(?:审议|表决)?通过")


@dataclass(frozen=True, slots=True)
class Record:
    """One document of a corpus, with what is known of it; texts and lists are empty where nothing is.

    ``name`` is ``laws-0001`` and so on, ``dates`` are the events in its history with their days.
    """

    name: str
    title: str
    category: str
    doc_no: str
    index_no: str
    issuers: tuple[str, ...]
    dates: tuple[tuple[str, str], ...]
    published: str
    effective: str
    expired: bool
    source: str
    annexes: tuple[str, ...]
    body: str

    def day(self, words: str) -> str:
        """Give the day of the first event that holds one of the words (a regular expression), or nothing."""
        return next((day for event, day in self.dates if re.search(words, event)), "")


@dataclass(frozen=True, slots=True)
class Omission:
    """Something of a record that its content file does not have as it was: ``what`` (picture, link, annex, text)."""

    path: str
    what: str
    found: str


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A content file: its path below ``content/``, its text, the Markdown in it, and what was left out."""

    path: str
    text: str
    body: str
    omissions: tuple[Omission, ...]


def records(laws: int | None = None, policies: int | None = None, corpus: Path = CORPUS) -> Iterator[Record]:
    """Give the first ``laws`` laws and the first ``policies`` policies of the corpora; None: all of them."""
    for name, most in (("laws", laws), ("policies", policies)):
        with gzip.open(corpus / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if most is not None and number > most:
                    break
                yield _record(f"{name}-{number:04}", json.loads(line))


def _record(name: str, row: dict[str, Any]) -> Record:
    parts = [part for part in (row["category"], row["subcategory"]) if part]
    return Record(
        name=name,
        title=" ".join(row["title"].split()),
        category="/".join(parts),
        doc_no=row["doc_no"] or "",
        index_no=row.get("index_no") or "",
        issuers=tuple((row["issuer"] or "").split("、")) if row["issuer"] else (),
        dates=tuple((event["event"], event["date"]) for event in row["dates"]),
        published=row.get("publish") or "",
        effective=row.get("valid_from") or "",
        expired=bool(row.get("expired")),
        source=row.get("source_url") or "",
        annexes=tuple(annex["name"] for annex in row.get("attachments", ())),
        body=row["body_markdown"],
    )


def content_file(record: Record) -> ContentFile:
    """Turn a record into a content file."""
    path = f"{section(record)}/{record.name}.md"
    body, left_out = adapted(record.body)
    omissions = [Omission(path, what, found) for what, found in left_out]
    omissions += [Omission(path, "annex", name) for name in record.annexes]
    if not body.strip():
        omissions.append(Omission(path, "text", ""))
    lines = ["---", *_front_matter(record), "---", "", body]
    return ContentFile(path, "\n".join(lines) + "\n", body, tuple(omissions))


def section(record: Record) -> str:
    """Give the leaf of the default tree that a record belongs to, by the words of its category."""
    if record.name.startswith("laws"):
        return "statutory/regulations"
    leaf = next((leaf for words, leaf in _SECTIONS if re.search(words, record.category)), "policy")
    return f"statutory/{leaf}"


def adapted(body: str) -> tuple[str, list[tuple[str, str]]]:
    """Change a text as little as a column needs; also gives what was changed, as kind and what stood there.

    Pictures are not in the corpus: those on other hosts become links, the others are named in the text. Of links, only
    those to other hosts have something to lead to; of the others the words stay.
    """
    left_out: list[tuple[str, str]] = []

    def picture(match: re.Match[str]) -> str:
        left_out.append(("picture", match["src"]))
        name = match["alt"] or unquote(PurePosixPath(match["src"]).name)
        if _ELSEWHERE.match(match["src"]):
            return f"[图片：{name}]({match['src']})"
        return f"〔图片：{name}〕" if name else "〔图片〕"

    def link(match: re.Match[str]) -> str:
        if _ELSEWHERE.match(match["href"]):
            return match[0]
        left_out.append(("link", match["href"]))
        return match["text"]

    return _LINK.sub(link, _PICTURE.sub(picture, body)), left_out


def _front_matter(record: Record) -> Iterator[str]:
    yield f"title: {quoted(record.title)}"
    yield "attribute: active"
    if record.doc_no:
        yield f"doc_no: {quoted(record.doc_no)}"
    if record.index_no:
        yield f"index_no: {quoted(record.index_no)}"
    if record.issuers:
        yield f"issuer: [{', '.join(quoted(issuer) for issuer in record.issuers)}]"
    meeting = next((match for event, _ in record.dates if (match := _MEETING.fullmatch(event))), None)
    if meeting:
        yield f"passed_at: {quoted(meeting['meeting'])}"
    days = {
        "written": record.day("成文日期|通过$"),
        "published": record.published or record.day("发布|公布"),
        "effective": record.effective or record.day("^(?:施行|实施|执行)$"),
    }
    for key, day in days.items():
        if day:
            yield f"{key}: {day}"
    if record.expired:
        yield "validity: expired"
    if record.category:
        yield f"topic: {quoted(record.category)}"
    if record.source:
        yield f"source: {quoted(urlsplit(record.source).hostname or record.source)}"
        yield f"source_url: {quoted(record.source)}"


def quoted(text: str) -> str:
    """Write a text as a YAML value that nothing in it can break: in double quotes, as JSON has it."""
    return _UNFIT_FOR_YAML.sub(lambda match: rf"\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def write_column(root: Path, laws: int | None = None, policies: int | None = None) -> tuple[Omission, ...]:
    """Write a column of the corpora into the folder ``root``, with its settings and one organ page."""
    write_settings(root)
    omissions: list[Omission] = []
    for record in records(laws, policies):
        file = content_file(record)
        target = root / "content" / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, "utf-8", newline="\n")
        omissions += file.omissions
    return tuple(omissions)


SITE = """\
site:
  name: 示例区人民政府网站
  domain: www.example.gov.cn
  id_code: "0000000000"
  icp: 示例ICP备00000000号
  police: 示例公网安备00000000000000号
  contact: 示例区人民政府办公室，电话 0000-00000000
  find_error: https://www.example.gov.cn/jiucuo
"""
"""What the labels and the foot of each page say of the website."""


def write_settings(root: Path) -> None:
    """Write ``content/column.yml`` and the page of the column's organ."""
    organ = root / "content" / "statutory" / "organs" / "government.md"
    organ.parent.mkdir(parents=True, exist_ok=True)
    organ.write_text(f"---\ntitle: {ORGAN}\nkind: organ\nattribute: active\n---\n\n本页供测试使用。\n", "utf-8")
    settings = f"name: 政府信息公开\norgan: {ORGAN}\nbase_url: https://www.example.gov.cn/zfxxgk/\n" + SITE
    (root / "content" / "column.yml").write_text(settings, "utf-8")


def main() -> None:
    """Write a column and say how much was left out."""
    parser = argparse.ArgumentParser(description="Write the corpora as the content of a column.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder of the new column")
    parser.add_argument("--laws", metavar="N", type=int, help="only the first N laws")
    parser.add_argument("--policies", metavar="N", type=int, help="only the first N policies")
    options = parser.parse_args()
    omissions = write_column(options.folder, options.laws, options.policies)
    files = sum(1 for _ in (options.folder / "content").rglob("*.md"))
    print(f"{files} content files in {options.folder / 'content'}")
    for what, count in Counter(omission.what for omission in omissions).most_common():
        print(f"  not as it was: {what}: {count}")
    for omission in omissions:
        print(f"    {omission.path}: {omission.what} {omission.found}".rstrip())


if __name__ == "__main__":
    main()
