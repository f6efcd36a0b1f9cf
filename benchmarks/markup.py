"""Are texts read the same with and without help, and how much faster: ``python benchmarks/markup.py [N]``.

Reads all laws and policies of ``../shared/corpus`` (again and again up to N documents, 2,000 unless told) with
:mod:`gkssg.markup.fast` and by Python-Markdown alone, in turns. Ends with status 1 where a single byte differs: of what
Markdown makes with the tokens of its headings, or of the sanitised text with its links, anchors and problems. Prints
the CPU milliseconds a document, and the part of Markdown alone.
"""

import argparse
from itertools import cycle, islice, product
import sys
import time

from markdown import __version__

from gkssg.markup.convert import converted, engine
from gkssg.markup.fast import FastMarkdown

from corpus import content_file, records

COUNT = 2000


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=COUNT)
    options = parser.parse_args()
    files = [content_file(record) for record in records()]
    spent = dict.fromkeys(product(WORK, (True, False)), 0.0)
    different: list[str] = []
    for file in islice(cycle(files), options.count):
        if not file.body.strip():
            continue
        for what, work in WORK.items():
            made = []
            for fast in (True, False):
                start = time.process_time()
                made.append(work(file.body, fast=fast))
                spent[what, fast] += time.process_time() - start
            if made[0] != made[1]:
                different.append(f"{file.path}: {what}")
    print(f"Python-Markdown {__version__}, {options.count} documents, {len(different)} different")
    print(f"{'CPU ms a document':20}{'alone':>8}{'helped':>8}")
    for what in WORK:
        alone, helped = (1000 * spent[what, fast] / options.count for fast in (False, True))
        print(f"{what:20}{alone:8.3f}{helped:8.3f}{alone / helped:8.1f} ×")
    for path in different[:10]:
        print(f"different: {path}")
    return 1 if different else 0


def markdown_alone(text: str, *, fast: bool) -> tuple[str, object]:
    """Give what the Markdown engine makes of a text, before it is sanitised."""
    markdown = engine(fast=fast)
    markdown.reset()
    html = markdown.convert(text)
    whole = markdown.whole(html) if isinstance(markdown, FastMarkdown) else html
    return whole, markdown.toc_tokens  # type: ignore[attr-defined]  # set by the toc extension


def body_of(text: str, *, fast: bool) -> object:
    """Give the sanitised text with all that is known of it."""
    return converted(text, "content/statutory/policy/a.md", fast=fast)


WORK = {"Markdown": markdown_alone, "convert()": body_of}

if __name__ == "__main__":
    sys.exit(main())
