"""How the index is cut: a pure function of the content, so that new entries touch the recent segment alone."""

import datetime
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
import pytest

from gkssg.dates import PartialDate
from gkssg.digest import Digester
from gkssg.sections import DEFAULT_TREE
from gkssg.site.model import Entry, SearchSegment, WithheldDocument
import gkssg.site.search
from gkssg.site.search import plain_text, segments
from gkssg.terms import Attribute, Kind

from conftest import MakeColumn, entry

DAYS = st.lists(st.dates(datetime.date(2020, 1, 1), datetime.date(2020, 9, 30)), max_size=40)


def document(day: datetime.date | None, number: int) -> WithheldDocument:
    """Make an entry of a day."""
    when = PartialDate(day.year, day.month, day.day) if day else None
    shown = Entry(
        f"{number}.html", Kind.DOCUMENT, Attribute.ON_REQUEST, "甲", "", "", (), None, when, None, None, (), ()
    )
    return WithheldDocument(shown, "理由", None, ())


@given(st.lists(st.integers(0, 400), unique=True, min_size=20, max_size=120), st.integers(0, 400))
def test_a_new_document_changes_few_blocks(numbers: list[int], more: int) -> None:
    def blocks(chosen: set[int]) -> list[tuple[str, int, int]]:
        documents = tuple(document(None, number) for number in sorted(chosen))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gkssg.site.search, "_SMALLEST_BLOCK", 4)
            patch.setattr(gkssg.site.search, "_LARGEST_BLOCK", 12)
            found = gkssg.site.search.blocks_of(documents, str)
            return [(block.digest, block.start, block.stop) for block in found]

    before, after = blocks(set(numbers)), blocks({*numbers, more})
    for cut_into in (before, after):
        starts, stops = [start for _, start, _ in cut_into], [stop for _, _, stop in cut_into]
        assert starts == [0, *stops[:-1]]
    assert all(stop - start <= 12 for _, start, stop in after)
    assert len({digest for digest, _, _ in after} - {digest for digest, _, _ in before}) <= 6


def cut(days: list[datetime.date], recent: int) -> tuple[SearchSegment, ...]:
    """Cut entries of these days, with so many in the recent segment."""
    documents = [document(day, number) for number, day in enumerate(sorted(days))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gkssg.site.search, "RECENT", recent)
        return segments(documents, DEFAULT_TREE, "full", "zh", Digester().digest)


def months(segment: SearchSegment) -> set[tuple[int, int]]:
    """Give the months of a segment's entries."""
    return {(d.entry.when.year, d.entry.when.month) for d in segment.documents if d.entry.when}


@given(days=DAYS, recent=st.integers(1, 20))
def test_a_month_is_in_one_segment_and_the_recent_one_is_as_large_as_it_may_be(
    days: list[datetime.date], recent: int
) -> None:
    parts = cut(days, recent)
    assert [d for part in parts for d in part.documents] == [document(d, n) for n, d in enumerate(sorted(days))]
    assert [part.id.partition("-")[0] for part in parts] in ([], ["recent"], ["archive", "recent"])
    if len(parts) == 2:
        archive, newest = parts
        assert not months(archive) & months(newest)
        assert len(newest.documents) <= recent or len(months(newest)) == 1
        last = max(months(archive))
        more = [d for d in archive.documents if d.entry.when and (d.entry.when.year, d.entry.when.month) == last]
        assert len(newest.documents) + len(more) > recent


FILES: dict[str, str | bytes] = {
    f"content/statutory/policy/{number}.md": entry(
        f"第{number}件", f"这是第{number}件的正文。", published=f"2023-{number // 10 + 1:02}-{number % 10 + 1:02}"
    )
    for number in range(120)
}


def test_a_new_entry_changes_the_recent_segment_and_the_manifest(
    column: MakeColumn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gkssg.site.search, "RECENT", 35)
    made = column(FILES)
    made.build()
    before = index(made.root / "build")
    made.write({"content/statutory/policy/new.md": entry("新的", "最新的一件。", published="2023-12-28")})
    report = made.build()
    after = index(made.root / "build")
    assert {path: data for path, data in after.items() if path.startswith("archive-")} == {
        path: data for path, data in before.items() if path.startswith("archive-")
    }
    changed = [path for path in report.written if path.startswith("search/")]
    assert changed
    assert [path for path in changed if not path.startswith(("search/recent-", "search/manifest.js"))] == []
    assert [path for path in report.removed if not path.startswith("search/recent-")] == []
    made.build("clean")
    assert made.files() == made.files("clean")


@pytest.mark.parametrize("jobs", [1, 2])
def test_blocks_and_ranges_leave_no_trace_in_the_index(
    column: MakeColumn, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    made = column(FILES)
    made.build("one")
    monkeypatch.setattr("gkssg.site.search._SMALLEST_BLOCK", 5)
    monkeypatch.setattr("gkssg.site.search._LARGEST_BLOCK", 16)
    monkeypatch.setattr("gkssg.output.search.segment._BOUNDS", "|一二三")
    made.build("two", jobs=jobs)
    one, two = index(made.root / "one"), index(made.root / "two")
    assert records(one) == records(two)
    assert {p: d for p, d in one.items() if "/t/" not in p and "segment.js" not in p} == {
        p: d for p, d in two.items() if "/t/" not in p and "segment.js" not in p
    }


def index(built: Path) -> dict[str, bytes]:
    """Give the files of the index."""
    folder = built / "search"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.js"))}


def records(files: dict[str, bytes]) -> list[str]:
    """Give all records of the term shards, sorted."""
    shards = [data.decode().split("`")[1] for path, data in files.items() if "/t/" in path]
    return sorted(line for shard in shards for line in shard.split("\n") if line)


@pytest.mark.parametrize(("text", "files"), [("full", True), ("summary", True), ("none", False)])
def test_the_setting_says_how_much_text_is_kept(column: MakeColumn, text: str, files: bool) -> None:  # noqa: FBT001
    long = "很长的正文。" * 100 + "结尾在此。"
    made = column({"content/rules/a.md": entry("甲", long)})
    made.write({"content/column.yml": (made.root / "content/column.yml").read_text("utf-8") + f"search_text: {text}\n"})
    made.build()
    kept = [data.decode() for path, data in index(made.root / "build").items() if "/x/" in path]
    assert bool(kept) == files
    assert any("结尾在此" in page for page in kept) == (text == "full")
    assert json.loads(made.text("search/manifest.js").strip()[6:-1])["text"] == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一&amp;二</p>\n<p>三<br>四</p>", "一&二\n三\n四"),
        ("<table><tr><td>甲</td><td> 乙　丙</td></tr></table>", "甲\n乙 丙"),
        ('<p>文<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>', "文1"),
        ('<li><p>注&nbsp;<a class="footnote-backref" href="#fnref:1">↩</a></p></li>', "注"),
    ],
)
def test_the_text_of_html_has_a_line_a_block(markup: str, text: str) -> None:
    assert plain_text(markup) == text
