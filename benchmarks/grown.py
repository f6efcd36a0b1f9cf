"""Any number of documents, cut from real texts: ``python benchmarks/grown.py DIR N`` writes a column of them.

Document n is drawn with the seed n, so that the first 1,000 of 10,000 are those of 1,000. Its text is a run of
consecutive paragraphs of real laws and policies (``../shared/corpus``; where that is not there, of the content files of
this repository), from a random place on, until a length is reached that is drawn from a log-normal distribution: half
of the documents have up to 1,900 characters, one in ten more than 6,200. They are plain paragraphs nearly all. One
document in three also gets a list, one in ten a table, one in ten a link and bold words. There are 8 sections, 40
organs and 19 years; everything is open, and no document refers to another, since not every program could show that.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
import random
import re

from corpus import CORPUS, adapted, quoted, records, write_settings

SECTIONS = (
    ("statutory/policy", "政策文件"),
    ("statutory/regulations", "法规规章"),
    ("statutory/planning", "规划计划"),
    ("statutory/budget", "财政预决算"),
    ("statutory/livelihood", "民生领域"),
    ("statutory/supervision", "监督检查"),
    ("statutory/penalties", "行政处罚"),
    ("statutory/emergency", "应急管理"),
)
ORGANS = tuple(f"示例区第{number}局" for number in range(1, 41))
TOPICS = (
    "综合政务",
    "财政",
    "教育",
    "卫生、体育",
    "城乡建设、环境保护",
    "民政、扶贫、救灾",
    "农业、林业、水利",
    "商贸、海关、旅游",
)
_MIDDLE, _SPREAD = 7.55, 0.92
_LONGEST = 60_000
_OWN = Path(__file__).resolve().parents[1] / "content"
_UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
"""What some of the programs that are compared cannot read."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A document: a name that no other has, what is known of it, and its text as Markdown."""

    name: str
    title: str
    section: str
    section_title: str
    organ: str
    published: str
    topic: str
    doc_no: str
    index_no: str
    body: str

    @property
    def path(self) -> str:
        """Where its content file lies, below ``content/``."""
        return f"{self.section}/{self.name}.md"


def documents(count: int, start: int = 1) -> Iterator[Grown]:
    """Give ``count`` documents, the first of which has the number ``start``."""
    return map(document, range(start, start + count))


def document(number: int) -> Grown:
    """Give one document."""
    chance = random.Random(number)  # noqa: S311  (a repeatable choice, no secret)
    titles, paragraphs = _texts()
    place = chance.randrange(len(paragraphs))
    length = min(chance.lognormvariate(_MIDDLE, _SPREAD), _LONGEST)
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts.append(paragraphs[place % len(paragraphs)])
        place += 1
    for share, more in _MORE:
        if chance.random() < share:
            parts.insert(chance.randrange(len(parts) + 1), more(chance))
    year = 2008 + int(19 * chance.random() ** 0.6)
    section, section_title = chance.choice(SECTIONS)
    return Grown(
        name=f"d{number:06}",
        title=f"{chance.choice(titles)}（{number}）",
        section=section,
        section_title=section_title,
        organ=chance.choice(ORGANS),
        published=f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        topic=chance.choice(TOPICS),
        doc_no=f"示政发〔{year}〕{number}号",
        index_no=f"000000000/{year}-{number:06}",
        body="\n\n".join(parts),
    )


def content_file(grown: Grown) -> str:
    """Give the content file of a document."""
    return f"""\
---
title: {quoted(grown.title)}
attribute: active
doc_no: {quoted(grown.doc_no)}
index_no: {quoted(grown.index_no)}
issuer: {quoted(grown.organ)}
published: {grown.published}
topic: {quoted(grown.topic)}
---

{grown.body}
"""


def write_grown(root: Path, count: int) -> list[Path]:
    """Write a column of ``count`` documents with a page for each organ; give the files of the documents."""
    write_settings(root)
    for number, organ in enumerate(ORGANS, 1):
        page = f"---\ntitle: {organ}\nkind: organ\nattribute: active\n---\n\n本页供测试使用。\n"
        (root / f"content/statutory/organs/o{number:02}.md").write_text(page, "utf-8")
    files = []
    for grown in documents(count):
        target = root / "content" / grown.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content_file(grown), "utf-8", newline="\n")
        files.append(target)
    return files


def _list(chance: random.Random) -> str:
    return "\n".join(f"- {line}" for line in _short_lines(chance, chance.randint(3, 8)))


def _table(chance: random.Random) -> str:
    rows = [f"| {number} | {line} |" for number, line in enumerate(_short_lines(chance, chance.randint(3, 12)), 1)]
    return "\n".join(["| 序号 | 事项 |", "| --- | --- |", *rows])


def _link(chance: random.Random) -> str:
    one, other = _short_lines(chance, 2)
    return f"{one}。**{other}**，见[示例网站](https://www.example.gov.cn/{chance.randint(1, 9999)}.html)。"


_MORE: tuple[tuple[float, Callable[[random.Random], str]], ...] = ((0.35, _list), (0.1, _table), (0.1, _link))


def _short_lines(chance: random.Random, count: int) -> list[str]:
    """Give beginnings of paragraphs, without any mark."""
    _, paragraphs = _texts()
    return [re.sub(r"[^\w，、；]", "", chance.choice(paragraphs))[:30] or "示例" for _ in range(count)]


@cache
def _texts() -> tuple[list[str], list[str]]:
    """Give the titles and the paragraphs of all real texts, in their order."""
    titles, paragraphs = [], []
    for title, body in _corpus() if CORPUS.is_dir() else _own_texts():
        titles.append(_UNFIT.sub(" ", title))
        text = _UNFIT.sub(" ", adapted(body)[0])
        paragraphs += [part for raw in text.split("\n\n") if (part := raw.strip()) and _is_plain(part)]
    return titles, paragraphs


def _is_plain(paragraph: str) -> bool:
    """Tell whether every program reads a paragraph the same: text, a heading, or a list."""
    return not re.search(r"此件|^:::|^<|^\||[{}<>\\]|\^\[|\[\^", paragraph, re.MULTILINE)


def _corpus() -> Iterator[tuple[str, str]]:
    return ((record.title, record.body) for record in records())


def _own_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(_OWN.rglob("*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        title = re.search(r"^(?:title|标题): *(.*)", head, re.MULTILINE)
        yield (title[1].strip("\"'") if title else path.stem), body


def main() -> None:
    """Write a column."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder of the new column")
    parser.add_argument("count", metavar="N", type=int, help="number of documents")
    options = parser.parse_args()
    print(f"{len(write_grown(options.folder, options.count))} content files in {options.folder / 'content'}")


if __name__ == "__main__":
    main()
