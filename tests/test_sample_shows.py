"""The sample column shows every part of a document's life, and says of what is invented that it is an example."""

from collections import Counter
import datetime
from pathlib import Path

import pytest

from gkssg.archive.load import load
from gkssg.archive.model import Archive, Document
from gkssg.disclose import disclose
from gkssg.schema import DETAILS
from gkssg.site.model import FileCopy, OpenDocument, Site
from gkssg.terms import Attribute, Kind

ROOT = Path(__file__).parents[1]
REAL = ("聊城市人民政府", "济南市莱芜区人民政府", "上海市静安区人民政府", "济南市天桥区人民政府", "宽城区人民政府")
TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Load the sample column."""
    return load(ROOT)[0]


@pytest.fixture(scope="module")
def site(archive: Archive) -> Site:
    """Disclose it as on the day it was written for."""
    return disclose(archive, TODAY, "zh", lambda path: FileCopy("content", path, "", 0))


def of_kind(archive: Archive, kind: Kind) -> list[Document]:
    """Give the open entries of a kind."""
    return [document for document in archive.documents if document.kind is kind and document.is_active]


def test_every_kind_is_there(archive: Archive) -> None:
    assert {document.kind for document in archive.documents} >= set(DETAILS) - {Kind.PAGE}


def test_documents_are_in_every_state(site: Site) -> None:
    states = {document.entry.validity for document in site.documents}
    assert {"valid", "pending", "amended", "repealed", "expired"} <= states


def test_consultations_are_in_every_state(site: Site) -> None:
    states = {document.entry.progress for document in site.documents}
    assert {"planned", "open", "ended", "answered"} <= states


def test_what_repeals_or_amends_is_named_on_the_page(site: Site) -> None:
    acted_on = [d for d in site.documents if isinstance(d, OpenDocument) and d.acts]
    assert {act.field for document in acted_on for act in document.acts} >= {"repeals", "replaces", "amends"}


def test_interpretations_have_at_least_four_forms(archive: Archive) -> None:
    forms = {getattr(word, "code", "") for one in of_kind(archive, Kind.INTERPRETATION) for word in one.detail("form")}
    assert len(forms) >= 4


def test_annexes_have_at_least_six_types(archive: Archive) -> None:
    endings = {file.path.rpartition(".")[2].lower() for document in archive.documents for file in document.annexes}
    assert len(endings) >= 6, endings


def test_entries_are_on_request_withheld_and_converted(archive: Archive) -> None:
    attributes = Counter(document.attribute for document in archive.documents)
    assert attributes[Attribute.ON_REQUEST] >= 3
    assert attributes[Attribute.WITHHELD] >= 1
    assert any(not document.title_open for document in archive.documents)
    assert any(document.converted for document in archive.documents)


def test_an_organ_succeeds_another(archive: Archive) -> None:
    assert any(organ.detail("succeeds") for organ in of_kind(archive, Kind.ORGAN))


def test_what_is_invented_says_so(archive: Archive) -> None:
    real = {"国务院", *(f"{place}办公室" for place in REAL), *REAL}
    silent = [
        document.path
        for document in archive.documents
        if document.title_open
        and "示例" not in document.title + document.summary + "".join(issuer.value for issuer in document.issuers)
        and not real & {document.title, *(issuer.value for issuer in document.issuers)}
    ]
    assert silent == []
