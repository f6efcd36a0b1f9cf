"""Python-Markdown without what it costs on official texts: most of their paragraphs are one line without any mark.

The output is, byte for byte, what the library makes with the same extensions (``tests/test_fast.py``; all of the
corpora in ``benchmarks/markdown.py``). All of it stands on the library's own points of extension: processors under the
names of those they replace, ``build_parser``, ``TreeProcessorClass``. What it takes for granted is true of the
processors that :mod:`gkssg.markup.convert` registers (``test_fast.py`` knows their names) in the versions in
:data:`VERIFIED`; any other version does all the work itself.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
import re
from typing import Any, Self
import xml.etree.ElementTree as etree

import markdown
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension, TocTreeprocessor, nest_toc_tokens, unique
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX, AtomicString

VERIFIED = frozenset({"3.11", "3.11.1", "3.11.2", "3.11.3"})
"""Versions of Python-Markdown whose output was found the same."""

_MARK = re.compile(r"[`\\\[<&*]|  \n")
"""Without one of these no inline pattern matches."""
_UNUSUAL = (STX, ETX, "\r", "\t", "\n ")
"""White space and control characters that texts have to be rid of."""
_FIRST = r"(?![ #+:|>\[*-])"
_ONE_LINE = re.compile(rf"\n*{_FIRST}[^\n]+")
"""A block that no block processor but that of paragraphs takes."""
_WORDS = r"[^\x00-\x1f\x7f-\xa0`\\\[<&>*{|]+"
_PLAIN = re.compile(rf"\n*{_FIRST}{_WORDS}")
"""A paragraph that is its own HTML, whatever is done to it: parsing, escaping, sanitising."""
_HEADING = re.compile(rf"\n*(#{{1,6}})[ \u3000]((?!.*#){_WORDS})")
_ITEM = rf"- +{_FIRST}{_WORDS}(?<!\s)"
_LIST = re.compile(rf"\n*{_ITEM}(?:\n{_ITEM})*")
"""A heading and a list that are plain in the same way."""
_PARAGRAPH, _ITEMS = 0, 7
"""What stands for them where a heading has its level."""
_STORED = f"{STX}paragraphs:%d{ETX}"
_RESTORED = re.compile(f"<p>{_STORED.replace('%d', '([0-9]+)')}</p>")
_FOOTNOTES_GO_HERE = "///Footnotes Go Here///"


def unknown_version() -> str:
    """Give the installed version of Python-Markdown if it is not among the verified ones, and nothing otherwise."""
    return "" if markdown.__version__ in VERIFIED else markdown.__version__


class LostError(Exception):
    """Paragraphs that were set aside did not come back in their order: the text has to be read by the library alone."""


class FastMarkdown(Markdown):
    """Python-Markdown whose output holds runs of plain paragraphs only once :meth:`whole` has put them back."""

    def __init__(self, extensions: Sequence[Extension]) -> None:
        self._runs: list[str] = []
        self._block_level: frozenset[str] = frozenset()
        super().__init__(extensions=[*extensions, _Shortcuts(self._runs)], output_format="html")
        self._block_level = frozenset(self.block_level_elements)

    def build_parser(self) -> Self:
        """Build the processors as the library does, and let another parser of blocks use them."""
        super().build_parser()
        parser = _BlockParser(self)
        parser.blockprocessors = self.parser.blockprocessors
        for processor in parser.blockprocessors:
            processor.parser = parser
        self.parser = parser
        return self

    def reset(self) -> Self:
        """Forget the last text."""
        self._runs.clear()
        super().reset()
        return self

    def is_block_level(self, tag: Any) -> bool:  # noqa: ANN401  (Python-Markdown's signature)
        """Tell whether a tag is one of a block, for most of them without going through the list."""
        return tag in self._block_level or super().is_block_level(tag)

    def convert(self, source: str) -> str:
        """Render a text; one of nothing but plain paragraphs, headings and lists has no need of the engine."""
        blocks = _plain_blocks(source)
        if blocks is None:
            return super().convert(source)
        contents: Any = self.treeprocessors["toc"]
        down = any(level == 1 for level, _ in blocks)
        ids: set[str] = set()
        tokens: list[Any] = []
        parts: list[str] = []
        for level, group in groupby(blocks, itemgetter(0)):
            texts = [words for _, words in group]
            if level == _PARAGRAPH:
                parts.append(f"<p>{_STORED % len(self._runs)}</p>")
                self._runs.append(_paragraphs(texts))
            elif level == _ITEMS:
                parts += (_list(words) for words in texts)
            else:
                shown = min(level + down, 6)
                for words in texts:
                    name = " ".join(words.split())
                    target = unique(contents.slugify(name, contents.sep), ids)
                    parts.append(f'<h{shown} id="{target}">{words}</h{shown}>')
                    tokens.append({"level": shown, "id": target, "name": name, "html": words, "data-toc-label": ""})
        self.toc_tokens = nest_toc_tokens(tokens)
        return "\n".join(parts)

    def whole(self, html: str) -> str:
        """Put the plain paragraphs into HTML made of the output."""
        parts = _RESTORED.split(html)
        if parts[1::2] != [str(number) for number in range(len(self._runs))]:
            raise LostError
        parts[1::2] = self._runs
        return "".join(parts)


def _plain_blocks(source: str) -> list[tuple[int, str]] | None:
    """Give the headings with their levels, the paragraphs and the lists of a text that has nothing else."""
    blocks: list[tuple[int, str]] = []
    for block in f"{source}\n\n".split("\n\n"):
        if _PLAIN.fullmatch(block):
            level, words = _PARAGRAPH, block.lstrip()
        elif heading := _HEADING.fullmatch(block):
            level, words = len(heading[1]), heading[2].strip()
        elif not block.strip("\n"):
            continue
        elif _LIST.fullmatch(block) and (not blocks or blocks[-1][0] != _ITEMS):  # neighbours are one list
            level, words = _ITEMS, block.strip()
        else:
            return None
        if not words:
            return None
        blocks.append((level, words))
    return blocks if blocks and _FOOTNOTES_GO_HERE not in source else None


def _list(lines: str) -> str:
    items = "".join(f"<li>{line[1:].strip()}</li>\n" for line in lines.split("\n"))
    return f"<ul>\n{items}</ul>"


def _paragraphs(words: Iterable[str]) -> str:
    return "<p>" + "</p>\n<p>".join(words) + "</p>"


class _Shortcuts(Extension):
    def __init__(self, runs: list[str]) -> None:
        super().__init__()
        self._runs = runs

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        md.preprocessors.register(_WhiteSpace(md), "normalize_whitespace", 30)
        md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
        md.preprocessors.register(_PlainRuns(md, self._runs), "plain_runs", 19)
        md.treeprocessors.register(_Inline(md), "inline", 20)


class _WhiteSpace(NormalizeWhitespace):
    """Looks for other white space than the blanks and lines of most texts."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return super().run(lines) if any(sign in text for sign in _UNUSUAL) else [*lines, "", ""]


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Looks for raw HTML where there are marks of it."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return super().run(lines) if "<" in text or "&" in text else lines


class _PlainRuns(Preprocessor):
    """Sets runs of plain paragraphs aside, so that nothing else has to look at them."""

    def __init__(self, md: Markdown, runs: list[str]) -> None:
        super().__init__(md)
        self._runs = runs

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if _FOOTNOTES_GO_HERE in text:  # the extension for footnotes looks for this among the paragraphs
            return lines
        kept: list[str] = []
        run: list[str] = []
        for block in [*text.split("\n\n"), ""]:
            if _PLAIN.fullmatch(block) and (words := block.lstrip()):
                run.append(words)
                continue
            if run:
                kept.append(_STORED % len(self._runs))
                self._runs.append(_paragraphs(run))
                run = []
            kept.append(block)
        return "\n\n".join(kept).split("\n")


class _BlockParser(BlockParser):
    """Makes a paragraph of what can only be one."""

    def parseBlocks(self, parent: etree.Element, blocks: list[str]) -> None:  # noqa: N802  (Python-Markdown's name)
        processors = list(self.blockprocessors)
        while blocks:
            block = blocks[0]
            if _ONE_LINE.fullmatch(block) and not self.state.isstate("list") and (words := block.lstrip()):
                del blocks[0]
                etree.SubElement(parent, "p").text = words
                continue
            for processor in processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class _Inline(InlineProcessor):
    """Leaves alone what has no mark, as the library does with an AtomicString."""

    def run(self, tree: etree.Element, ancestors: list[str] | None = None) -> etree.Element:
        bare = []
        any_mark = False
        for element in tree.iter():
            if element.text and not isinstance(element.text, AtomicString):
                if _MARK.search(element.text):
                    any_mark = True
                else:
                    bare.append(element)
            any_mark = any_mark or bool(element.tail and _MARK.search(element.tail))
        if not any_mark:
            self.stashed_nodes = {}
            return tree
        for element in bare:
            element.text = AtomicString(element.text)
        tree = super().run(tree, ancestors)
        for element in bare:
            element.text = str(element.text)
        return tree


class Contents(TocExtension):
    """The table of contents as tokens only: nothing shows it as HTML."""

    class TreeProcessorClass(TocTreeprocessor):
        """Gives headings their ids."""

        def build_toc_div(self, toc_list: list[Any]) -> etree.Element:  # noqa: ARG002
            """Give an element that nothing will see."""
            return etree.Element("div")
