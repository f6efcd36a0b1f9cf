"""Interpretations: their pages, the lists by form, which documents are explained, and the rules about them."""

import re

import pytest

from gkssg.archive.load import load
from gkssg.build import inspect
from gkssg.disclose import disclose
from gkssg.site.desk import Desk
from gkssg.site.interpretations import InterpretationCoverage, InterpretationForms, interpretation_pages
from gkssg.site.model import FileCopy

from conftest import TODAY, Column, MakeColumn, entry

NORMATIVE = "content/statutory/normative"
FOLDER = "content/statutory/interpretations"
NEEDED = {"normative": "true", "issuer": "示例区人民政府", "written": "2025", "doc_no": "示政规〔2025〕2号"}
DOCUMENT = entry(
    "办法",
    normative="true",
    issuer="示例区人民政府",
    written="2026-09-17",
    published="2026-09-18",
    effective="2026-10-01",
    doc_no="示政规〔2026〕1号",
)


def interpretation(title: str = "解读", body: str = "说明。", **fields: str) -> str:
    """Give an interpretation of the document a, issued with it by the same organ."""
    facts = {
        "kind": "interpretation",
        "interprets": "statutory/normative/a",
        "issuer": "示例区人民政府",
        "published": "2026-09-18",
    }
    return entry(title, body, **{**facts, **fields})


def found(made: Column, rule: str) -> list[tuple[str, int]]:
    """Give the places where a rule reports something."""
    return [(p.place.path, p.place.line) for p in inspect(made.root, TODAY) if p.rule == rule]


def desk(made: Column) -> Desk:
    """Give the site of a column without building it."""
    archive, _ = load(made.root)
    return Desk(disclose(archive, TODAY, "zh", lambda path: FileCopy("content", path, "", 0)))


def test_a_page_shows_what_it_explains_and_the_document_leads_to_it(column: MakeColumn) -> None:
    made = column({f"{NORMATIVE}/a.md": DOCUMENT, f"{FOLDER}/i.md": interpretation(form="[text, head]")})
    assert not made.build().problems
    page = made.text("statutory/interpretations/i.html")
    box = page.partition('<section class="gk-explains"')[2].partition("</section>")[0]
    assert 'href="../normative/a.html"' in box
    assert "示政规〔2026〕1号" in box
    assert "第一解读人" in page
    top = made.text("statutory/normative/a.html").partition('<div class="gk-text"')[0]
    assert re.search(r'gk-explained-by.*?href="../interpretations/i.html"', top)


def test_only_the_person_in_charge_has_the_badge(column: MakeColumn) -> None:
    made = column({f"{NORMATIVE}/a.md": DOCUMENT, f"{FOLDER}/i.md": interpretation(form="expert", post="局长")})
    made.build()
    assert "第一解读人" not in made.text("statutory/interpretations/i.html")
    assert "专家解读" in made.text("statutory/interpretations/i.html")


def test_media_are_shown_by_the_browser_and_nothing_is_loaded_from_elsewhere(column: MakeColumn) -> None:
    files = {f"{FOLDER}/{name}": b"x" for name in ("图.png", "v.mp4", "s.OGG", "p.jpg", "t.txt", "h.zip")}
    fields = {
        "media": "[{file: 图.png, title: 一图读懂}, v.mp4, s.OGG, h.zip]",
        "poster": "p.jpg",
        "transcript": "[{file: t.txt, title: 文字稿全文}]",
        "video_url": "https://video.example.gov.cn/1.html",
    }
    made = column({f"{NORMATIVE}/a.md": DOCUMENT, f"{FOLDER}/i.md": interpretation(**fields), **files})
    made.build()
    page = made.text("statutory/interpretations/i.html")
    assert '<img src="图.png" alt="一图读懂">' in page
    assert re.search(r'<video src="v.mp4" controls preload="none" aria-label="v.mp4" poster="p.jpg">', page)
    assert re.search(r'<audio src="s.OGG" controls preload="none"', page)
    assert 'href="h.zip"' in page
    assert "文字稿全文" in page
    assert '<a href="https://video.example.gov.cn/1.html">' in page
    assert "<iframe" not in page
    assert {path.rpartition("/")[2] for path in files} <= {path.rpartition("/")[2] for path in made.files()}


def test_nothing_of_the_media_of_a_withheld_interpretation_is_published(column: MakeColumn) -> None:
    fields = {
        "media": "[m.png]",
        "transcript": "t.txt",
        "poster": "p.png",
        "interpreter": "某甲",
        "form": "[video, head]",
    }
    made = column(
        {
            f"{NORMATIVE}/a.md": DOCUMENT,
            f"{FOLDER}/i.md": interpretation(attribute="on-request", reason="16-2", **fields),
            **{f"{FOLDER}/{name}": "讟钃".encode() for name in ("m.png", "t.txt", "p.png")},
        }
    )
    made.build()
    built = made.files()
    assert not [
        path for path, data in built.items() if "讟钃".encode() in data or path.endswith(("m.png", "t.txt", "p.png"))
    ]
    assert "某甲" not in made.text("statutory/interpretations/i.html")
    assert "gk-explained-by" not in made.text("statutory/normative/a.html")
    assert '<a href="../normative/a.html"' in made.text("statutory/interpretations/coverage.html")
    assert "statutory/interpretations/by-form.html" not in built


def test_lists_by_form(column: MakeColumn) -> None:
    made = column(
        {
            f"{NORMATIVE}/a.md": DOCUMENT,
            f"{FOLDER}/i.md": interpretation("甲", form="[text, head]"),
            f"{FOLDER}/j.md": interpretation("乙", form="现场宣讲", published="2025-03-01"),
            f"{FOLDER}/k.md": interpretation("丙"),
        }
    )
    made.build()
    (forms,) = [s.content for s in interpretation_pages(desk(made)) if isinstance(s.content, InterpretationForms)]
    told = [(f.form.code if f.form else "", f.counts, [e.title for e in f.newest]) for f in forms.forms]
    assert forms.years == (2026, 2025)
    assert told == [
        ("text", (1, 0), ["甲"]), ("head", (1, 0), ["甲"]), ("onsite", (0, 1), ["乙"]), ("", (1, 0), ["丙"]),
    ]  # fmt: skip
    assert 'href="by-form.html"' in made.text("statutory/interpretations/index.html")
    assert "未注明形式" in made.text("statutory/interpretations/by-form.html")


def test_coverage_counts_what_must_be_explained(column: MakeColumn) -> None:
    made = column(
        {
            f"{NORMATIVE}/a.md": DOCUMENT,
            f"{NORMATIVE}/b.md": entry("乙", published="2026-03-01", **NEEDED),
            f"{NORMATIVE}/c.md": entry("丙", published="2025", **NEEDED),
            "content/statutory/policy/d.md": entry("丁", important="是", published="2025-06-01"),
            "content/statutory/policy/e.md": entry("戊", published="2025-06-02"),
            f"{FOLDER}/i.md": interpretation(form="head"),
            f"{FOLDER}/j.md": interpretation(form="picture", published="2026-09-25"),
            f"{FOLDER}/k.md": interpretation(interprets="statutory/policy/d", published="2025-06-03", form="audio"),
        }
    )
    made.build()
    pages = {s.address.rpartition("/")[2]: s.content for s in interpretation_pages(desk(made))}
    told, year = pages["coverage.html"], pages["coverage-2026.html"]
    assert isinstance(told, InterpretationCoverage)
    assert isinstance(year, InterpretationCoverage)
    rows = {
        r.year: (r.documents, r.explained, r.same_day, r.interpretations, r.by_head, r.multimedia) for r in told.years
    }
    assert rows == {2026: (2, 1, 1, 2, 1, 1), 2025: (2, 1, 0, 1, 0, 1)}
    assert [entry.title for entry in told.missing] == ["乙", "丙"]
    assert [entry.title for entry in year.missing] == ["乙"]
    assert [(one.document.title, one.days, len(one.by)) for one in year.explained] == [("办法", 0, 2)]
    page = made.text("statutory/interpretations/coverage.html")
    assert "50.0%" in page
    assert "戊" not in page
    assert 'href="coverage-2025.html"' in page
    assert "2天后" in made.text("statutory/interpretations/coverage-2025.html")


def test_a_form_with_many_interpretations_has_a_list_of_its_own(column: MakeColumn) -> None:
    many = {
        f"{FOLDER}/{n:02}.md": interpretation(f"解读{n}", form="qa", published=f"2026-01-{n:02}") for n in range(1, 25)
    }
    made = column({f"{NORMATIVE}/a.md": DOCUMENT, **many})
    made.build()
    page = made.text("statutory/interpretations/by-form.html")
    assert page.count('class="gk-entry"') == 10
    assert 'href="form-qa/index.html"' in page
    lists = [made.text(f"statutory/interpretations/form-qa/{name}.html") for name in ("index", "page-1")]
    assert {t for text in lists for t in re.findall(r">(解读\d+)</a>", text)} == {f"解读{n}" for n in range(1, 25)}


def test_a_normative_document_in_force_without_interpretation_is_noted(column: MakeColumn) -> None:
    files = {f"{NORMATIVE}/a.md": DOCUMENT, f"{NORMATIVE}/b.md": entry("乙", normative="true", expires="2020-01-01")}
    made = column(files)
    assert found(made, "interpretation-missing") == [(f"{NORMATIVE}/a.md", 4)]
    made.write({f"{FOLDER}/i.md": interpretation()})
    assert found(made, "interpretation-missing") == []
    made.write({f"{FOLDER}/i.md": interpretation(attribute="withheld", reason="14-1")})
    assert found(made, "interpretation-missing") == [(f"{NORMATIVE}/a.md", 4)]


@pytest.mark.parametrize(
    ("published", "late"),
    [("2026-09-18", False), ("2026-09-22", False), ("2026-09-23", True), ("2026-09-01", False), ("2026-09", False)],
)
def test_interpretations_come_within_three_working_days(column: MakeColumn, published: str, *, late: bool) -> None:
    # 2026-09-18 is a Friday; the Sunday after it is worked, for the holidays of October.
    made = column({f"{NORMATIVE}/a.md": DOCUMENT, f"{FOLDER}/i.md": interpretation(published=published)})
    assert bool(found(made, "interpretation-late")) == late


def test_only_the_first_interpretation_can_be_late(column: MakeColumn) -> None:
    made = column(
        {
            f"{NORMATIVE}/a.md": DOCUMENT,
            f"{FOLDER}/i.md": interpretation(),
            f"{FOLDER}/j.md": interpretation(published="2026-11-01"),
        }
    )
    assert found(made, "interpretation-late") == []


SUBORDINATE = entry("示例局", kind="organ", formerly="[老示例局]", succeeds="[{organ: statutory/organs/old}]")


@pytest.mark.parametrize(
    ("drafter", "issuer", "agrees"),
    [
        ("", "示例区人民政府", True),
        ("", "示例局", False),
        ("示例局", "示例局", True),
        ("示例局", "示例区人民政府", False),
        ("示例局", "[示例区人民政府, 示例局]", True),
        ("老示例局", "示例局", True),
        ("示例建设局", "示例局", True),
        ("没有页面的局", "没有页面的局", True),
    ],
)
def test_who_drafts_explains(column: MakeColumn, drafter: str, issuer: str, *, agrees: bool) -> None:
    document = DOCUMENT.replace("---\n", f"---\ndrafter: [{drafter}]\n", 1) if drafter else DOCUMENT
    made = column(
        {
            "content/statutory/organs/b.md": SUBORDINATE,
            "content/statutory/organs/old.md": entry("示例建设局", kind="organ"),
            f"{NORMATIVE}/a.md": document,
            f"{FOLDER}/i.md": interpretation(issuer=issuer),
        }
    )
    assert found(made, "interpretation-unit") == ([] if agrees else [(f"{FOLDER}/i.md", 6)])


def test_what_is_explained_should_be_open(column: MakeColumn) -> None:
    made = column(
        {
            f"{NORMATIVE}/a.md": entry("办法", attribute="withheld", reason="14-1", title_open="false", issuer="某局"),
            f"{FOLDER}/i.md": interpretation(),
        }
    )
    assert found(made, "interpretation-target") == [(f"{FOLDER}/i.md", 5)]
    assert found(made, "interpretation-unit") == []


@pytest.mark.parametrize(
    ("fields", "body", "reported"),
    [
        ({"form": "picture"}, "", True),
        ({"form": "[text, 视频]"}, "![图](p.png)", True),
        ({"media": "[p.png]"}, "", True),
        ({"form": "h5", "video_url": "https://a.example/"}, "", True),
        ({"form": "picture", "media": "[p.png]"}, "图中的文字。", False),
        ({"form": "audio", "transcript": "t.txt"}, "", False),
        ({"form": "text"}, "", False),
    ],
)
def test_media_need_a_text(column: MakeColumn, fields: dict[str, str], body: str, *, reported: bool) -> None:
    made = column(
        {
            f"{NORMATIVE}/a.md": DOCUMENT,
            f"{FOLDER}/i.md": interpretation(body=body, **fields),
            f"{FOLDER}/p.png": b"p",
            f"{FOLDER}/t.txt": "文字",
        }
    )
    assert bool(found(made, "media-text")) == reported
    assert made.try_build().failed == reported


def test_faults_of_media_have_their_places(column: MakeColumn) -> None:
    fields = {"media": "[a.avi]", "video_url": "'javascript:alert(1)'"}
    made = column({f"{NORMATIVE}/a.md": DOCUMENT, f"{FOLDER}/i.md": interpretation(**fields), f"{FOLDER}/a.avi": b"x"})
    assert found(made, "media-format") == [(f"{FOLDER}/i.md", 8)]
    assert found(made, "video-address") == [(f"{FOLDER}/i.md", 9)]
