"""The documents that benchmarks are made of: always the same, without errors, with the corpora and without them."""

from collections.abc import Iterator
from pathlib import Path
import statistics
import sys

import pytest

from gkssg.build import inspect
from gkssg.problem import any_error

from conftest import TODAY

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import grown


@pytest.fixture(autouse=True, params=["as it is here", "without corpora"])
def _corpora(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "without corpora":
        monkeypatch.setattr(grown, "CORPUS", tmp_path / "nowhere")
    grown._texts.cache_clear()  # noqa: SLF001
    yield
    grown._texts.cache_clear()  # noqa: SLF001


def test_a_column_of_grown_documents_has_no_errors(tmp_path: Path) -> None:
    files = grown.write_grown(tmp_path, 150)
    assert len(set(files)) == 150
    problems = inspect(tmp_path, TODAY)
    assert not any_error(problems), problems


def test_few_documents_are_the_first_of_many() -> None:
    many = list(grown.documents(40))
    assert list(grown.documents(10)) == many[:10]
    assert list(grown.documents(5, start=20)) == many[19:24]


def test_the_documents_are_as_long_as_real_ones() -> None:
    lengths = [len(grown.document(number).body) for number in range(1, 301)]
    assert 1500 < statistics.median(lengths) < 2700
    assert max(lengths) > 10_000
