"""How the index is cut: a pure function of the content, so that new entries touch the recent segment alone."""

from collections.abc import Iterator
from dataclasses import replace
import datetime
import json
from pathlib import Path
import shutil
import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from gkssg.dates import PartialDate
from gkssg.digest import Digester
from gkssg.output.search import segment as segment_module
from gkssg.output.search.block import term_ranges
from gkssg.output.search.index import write_index
from gkssg.output.search.segment import Former
from gkssg.sections import DEFAULT_TREE
from gkssg.site.model import Entry, PublicDocument, SearchBlock, SearchSegment, WithheldDocument
import gkssg.site.search
from gkssg.site.search import block_of, document_digest, plain_text, segments, with_block
from gkssg.store import StoreError
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
    def blocks(chosen: set[int]) -> tuple[SearchBlock, ...]:
        documents = tuple(document(None, number) for number in sorted(chosen))
        found = tuple(gkssg.site.search.blocks_of(documents, 3, "full", Digester().digest))
        assert tuple(d for block in found for d in block.documents) == documents
        return found

    before, after = blocks(set(numbers)), blocks({*numbers, more})
    assert all(0 < block.size == len(block.documents) <= 12 for block in after)
    assert len({block.digest for block in after} - {block.digest for block in before}) <= 6


def cut(days: list[datetime.date], recent: int) -> tuple[SearchSegment, ...]:
    """Cut entries of these days, with so many in the recent segment."""
    documents = [document(day, number) for number, day in enumerate(sorted(days))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gkssg.site.search, "RECENT", recent)
        return segments(documents, DEFAULT_TREE, "full", "zh", Digester().digest)


def held(segment: SearchSegment) -> tuple[PublicDocument, ...]:
    """Give the documents of a segment."""
    return tuple(document for block in segment.blocks for document in block.documents)


def months(segment: SearchSegment) -> set[tuple[int, int]]:
    """Give the months of a segment's entries."""
    return {(d.entry.when.year, d.entry.when.month) for d in held(segment) if d.entry.when}


@given(days=DAYS, recent=st.integers(1, 20))
def test_a_month_is_in_one_segment_and_the_recent_one_is_as_large_as_it_may_be(
    days: list[datetime.date], recent: int
) -> None:
    parts = cut(days, recent)
    assert [d for part in parts for d in held(part)] == [document(d, n) for n, d in enumerate(sorted(days))]
    assert [part.id.partition("-")[0] for part in parts] in ([], ["recent"], ["archive", "recent"])
    if len(parts) == 2:
        archive, newest = parts
        assert not months(archive) & months(newest)
        assert len(held(newest)) <= recent or len(months(newest)) == 1
        last = max(months(archive))
        more = [d for d in held(archive) if d.entry.when and (d.entry.when.year, d.entry.when.month) == last]
        assert len(held(newest)) + len(more) > recent


FILES: dict[str, str | bytes] = {
    f"content/statutory/policy/{number}.md": entry(
        f"第{number}件", f"这是第{number}件的正文。", published=f"2023-{number // 10 + 1:02}-{number % 10 + 1:02}"
    )
    for number in range(120)
}


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the entries into two segments of several blocks each."""
    monkeypatch.setattr("gkssg.site.search.RECENT", 35)
    monkeypatch.setattr("gkssg.site.search._SMALLEST", {"archive": 4, "recent": 4})


def blocks_of(files: dict[str, bytes], segment: str) -> list[str]:
    """Give the folders of a segment's blocks, oldest first."""
    (data,) = (data for path, data in files.items() if path.startswith(segment) and path.endswith("/segment.js"))
    return [name for name, _ in json.loads(data.decode().strip().split(",", 1)[1][:-1])["blocks"]]


@pytest.mark.usefixtures("_small")
def test_a_new_entry_changes_the_recent_segment_its_last_blocks_and_the_manifest(column: MakeColumn) -> None:
    made = column(FILES)
    made.build()
    before = index(made.root / "build")
    made.write({"content/statutory/policy/new.md": entry("新的", "最新的一件。", published="2023-12-28")})
    report = made.build()
    after = index(made.root / "build")
    assert {path: data for path, data in after.items() if path.startswith("archive-")} == {
        path: data for path, data in before.items() if path.startswith("archive-")
    }
    old, new = blocks_of(before, "recent-"), blocks_of(after, "recent-")
    same = sum(one == other for one, other in zip(old, new, strict=False))
    assert 0 < same < len(new)
    assert same >= len(old) - 2
    written = {path.split("/")[1] for path in report.written if path.startswith("search/")}
    assert {name for name in written if not name.startswith("recent-")} == {"manifest.js", *new[same:]}
    gone = {path.split("/")[1] for path in report.removed}
    assert {name for name in gone if not name.startswith("recent-")} == set(old[same:])
    made.build("clean")
    assert made.files() == made.files("clean")


@pytest.mark.usefixtures("_small")
def test_an_edit_of_an_old_entry_changes_its_block_its_segment_and_the_manifest(
    column: MakeColumn, tmp_path: Path
) -> None:
    made = column(FILES)
    made.build(cache=tmp_path / "cache")
    before = index(made.root / "build")
    path = "content/statutory/policy/30.md"
    made.write({path: str(FILES[path]) + "\n又一段。\n"})
    report = made.build(cache=tmp_path / "cache")
    after = index(made.root / "build")
    (old,) = set(blocks_of(before, "archive-")) - set(blocks_of(after, "archive-"))
    (new,) = set(blocks_of(after, "archive-")) - set(blocks_of(before, "archive-"))
    written = {path.split("/")[1] for path in report.written if path.startswith("search/")}
    assert {name for name in written if not name.startswith("archive-")} == {"manifest.js", new}
    assert {path.split("/")[1] for path in report.removed if "/archive-" not in path} == {old}
    made.build("clean")
    assert made.files() == made.files("clean")


@pytest.mark.usefixtures("_small")
def test_a_segment_is_made_of_its_runs_and_of_the_documents_of_one_block(tmp_path: Path) -> None:
    days = [datetime.date(2020, 1, 1) + datetime.timedelta(number) for number in range(90)]
    documents = [document(day, number) for number, day in enumerate(days)]
    whole = digested(documents)
    runs = tmp_path / "runs"
    runs.mkdir()
    list(write_index((), whole, tmp_path / "one", runs, 1))
    documents[20] = replace(documents[20], entry=replace(documents[20].entry, title="乙"))
    edited = digested(documents)
    digest = Digester().digest
    bare = replace(whole[0], blocks=tuple(replace(block, documents=()) for block in whole[0].blocks))
    place, changed = next((n, new) for n, new in enumerate(edited[0].blocks) if new != whole[0].blocks[n])
    digests = [document_digest(one, digest) for one in changed.documents]
    segment = with_block(bare, place, block_of(changed.documents, digests, "full", digest), digest)
    assert segment == edited[0] != whole[0]
    unknown = with_block(bare, place, replace(changed, documents=()), digest)
    with pytest.raises(StoreError):
        list(write_index((), (unknown,), tmp_path / "none", runs, 1))
    given = dict(write_index((), (segment,), tmp_path / "two", runs, 2))
    shutil.rmtree(runs)
    runs.mkdir()
    assert given == dict(write_index((), edited[:1], tmp_path / "three", runs, 1))


TITLES = st.text("甲乙丙丁戊己庚辛1a，", min_size=1, max_size=12)


@given(
    titles=st.lists(TITLES, min_size=12, max_size=40),
    edits=st.dictionaries(st.integers(0, 11), TITLES, min_size=1, max_size=3),
)
@settings(max_examples=40)
def test_a_segment_mended_of_its_former_self_is_the_segment_made_anew(titles: list[str], edits: dict[int, str]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("gkssg.site.search._SMALLEST", {"archive": 4, "recent": 4})
        patch.setattr(segment_module, "_SHARD", 60)
        patch.setattr(segment_module, "_ALONE", 30)
        root = Path(folder)
        (root / "runs").mkdir()
        titled = [titled_document(number, title) for number, title in enumerate(titles)]
        (before,) = digested(titled)
        former = Former(root / "one" / before.id, before.blocks, made_shards(root, "one", before))
        (after,) = digested([titled_document(n, edits.get(n, title)) for n, title in enumerate(titles)])
        expected = dict(write_index((), (after,), root / "anew", root / "runs", 1))
        merged = segment_module._merged  # noqa: SLF001  (of which not all may be wanted)

        def some(*arguments: object) -> Iterator[tuple[str, str]]:
            assert len(arguments) == 4
            return merged(*arguments)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as strict:
            strict.setattr(segment_module, "_merged", some)
            mended = write_index((), (after,), root / "two", root / "runs", 1, former={after.id: former})
            assert dict(mended) == expected
        one = next((root / "one" / before.id / "t").iterdir())
        one.write_bytes(one.read_bytes() + b"//")
        spoilt = write_index((), (after,), root / "three", root / "runs", 1, former={after.id: former})
        assert dict(spoilt) == expected


def titled_document(number: int, title: str) -> WithheldDocument:
    """Make an entry with a title."""
    made = document(datetime.date(2020, 1, 1) + datetime.timedelta(number), number)
    return replace(made, entry=replace(made.entry, title=title))


def made_shards(root: Path, name: str, segment: SearchSegment) -> tuple[tuple[str, ...], ...]:
    """Write a segment; give the digests of its files of terms, by range."""
    found = dict(write_index((), (segment,), root / name, root / "runs", 1))
    ranges = [
        [(int(Path(path).stem.split("-")[1]), sha256) for path, sha256 in found.items() if f"/t/{number}-" in path]
        for number in term_ranges()
    ]
    return tuple(tuple(sha256 for _, sha256 in sorted(some)) for some in ranges)


def digested(documents: list[WithheldDocument]) -> tuple[SearchSegment, ...]:
    """Cut documents into segments."""
    return segments(documents, DEFAULT_TREE, "full", "zh", Digester().digest)


@pytest.mark.parametrize("jobs", [1, 2])
def test_blocks_and_ranges_leave_no_trace_in_the_index(
    column: MakeColumn, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    made = column(FILES)
    made.build("one")
    monkeypatch.setattr("gkssg.site.search._SMALLEST", {"archive": 4, "recent": 4})
    monkeypatch.setattr("gkssg.output.search.block._BOUNDS", "|一二三")
    monkeypatch.setattr("gkssg.output.search.index._FEW", 0)
    made.build("two", jobs=jobs)
    one, two = index(made.root / "one"), index(made.root / "two")
    assert len(blocks_of(one, "recent-")) < len(blocks_of(two, "recent-"))
    assert records(one) == records(two)
    assert rows(one) == rows(two)
    assert tables(one) == tables(two)


def rows(files: dict[str, bytes]) -> list[object]:
    """Give all rows of heads and texts, in the order of the documents."""
    found: list[object] = []
    for letter in "dx":
        for block in blocks_of(files, "recent-"):
            pages = [path for path in files if path.startswith(f"{block}/{letter}/")]
            for path in sorted(pages, key=lambda path: int(Path(path).stem)):
                found += json.loads(files[path].decode().strip().split(",", 2)[2][:-1])
    assert len(found) == 2 * (len(FILES) + 1)
    return found


def tables(files: dict[str, bytes]) -> dict[str, str]:
    """Give lengths and facets of the one segment, without its id."""
    tables = {path.partition("/")[2]: data for path, data in files.items() if path.startswith("recent-")}
    return {
        path: data.decode().partition(",")[2] for path, data in tables.items() if path == "len.js" or path[0] == "c"
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
