"""The Python twin of the tokeniser gives the shared vectors; ``test_search_browser.py`` holds the other one to them."""

import json
from pathlib import Path
import re
from typing import Any
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
import pytest

from gkssg.output.search.codes import ALPHABET, number, posting, steps
from gkssg.output.search.tokens import canonical, crossings, folded, number_terms, query_tokens, title_terms, tokens
from gkssg.text import HAN

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data/tokens.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: ascii(vector["text"]))
def test_the_shared_vectors(vector: dict[str, Any]) -> None:
    text = vector["text"]
    given = {"text": text, "tokens": tokens(text), "canonical": canonical(text)}
    assert {**given, "query": query_tokens(text), "crossings": crossings(text)} == vector


@pytest.mark.parametrize(
    "typed", ["聊政办发〔2023〕9号", "聊政办发[2023]9号", "聊政办发（2023）第09号", "聊政办发【２０２３】９号"]
)
def test_a_document_number_has_one_token_in_any_form(typed: str) -> None:
    assert "2023/9" in tokens(typed)
    assert list(number_terms(typed)) == ["#9", "#2023/9"]


@given(
    st.text(
        st.one_of(st.characters(codec="utf-8"), st.sampled_from("政务公， \t\u3000：（）Ａ１\u0338\u3099")), max_size=30
    )
)
def test_a_folded_text_is_in_normal_form(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text).lower()
    assert folded(text) == re.sub(rf"(?<=[{HAN}])[ \t]+(?=[{HAN}])", "", plain)


def test_single_characters_of_titles() -> None:
    assert list(title_terms("税务局税收GDP 9")) == ["=税", "=务", "=局", "=收"]


@given(
    text=st.text("政务公开税年号第〔〕[]()0129abＡ， \n", max_size=40),
    start=st.integers(0, 40),
    length=st.integers(2, 12),
)
def test_what_is_cut_out_of_a_line_is_demanded_of_it(text: str, start: int, length: int) -> None:
    """Every Han token and every crossing of a piece of a line is one of the line."""
    line = text.replace("\n", "，")
    piece = line[start : start + length].strip()
    whole = {*tokens(line), *crossings(line)}
    inner = [token for token in tokens(piece) if len(token) > 1 and not any(c.isascii() for c in token)]
    assert set(inner) <= whole
    assert set(crossings(piece)) <= whole


def decoded(text: str) -> list[int]:
    """Read numbers as docs/search.md says."""
    values, high = [], 0
    for symbol in map(ALPHABET.index, text):
        if symbol >= 72:
            high = high * 20 + symbol - 71
        else:
            values.append(high * 72 + symbol)
            high = 0
    return values


@given(values=st.lists(st.integers(0, 10**9), max_size=50))
def test_numbers_are_read_back(values: list[int]) -> None:
    assert decoded("".join(map(number, values))) == values


@given(distance=st.integers(1, 10**7), frequency=st.integers(1, 10**5))
def test_a_posting_needs_no_escape(distance: int, frequency: int) -> None:
    assert set(posting(distance, frequency)) <= set(ALPHABET)
    assert len(ALPHABET) == 92


def test_the_steps_of_a_large_segment_are_those_of_postings() -> None:
    assert [len(codes) >= 9000 for codes in steps(9000)] == [True] * 3
    for frequency, codes in enumerate(steps(9000), 1):
        assert list(codes[:4000]) == list(steps(10)[frequency - 1][:4000])
        assert codes[8999] + ("" if frequency < 3 else number(0)) == posting(9000, frequency)
