"""Document numbers in any bracket form (GB/T 9704-2012, 7.2.5)."""

import pytest

from gkssg.docno import parse_doc_no


@pytest.mark.parametrize(
    "typed",
    [
        "聊政办发〔2023〕9号",
        "聊政办发[2023]9号",
        "聊政办发【2023】9号",
        "聊政办发（2023）9号",
        "聊政办发(2023)09号",
        "聊政办发 〔 2023 〕第9号",
        "聊政办发［2023］ 9 号",
    ],
)
def test_all_bracket_forms_are_one_number(typed: str) -> None:
    assert str(parse_doc_no(typed)) == "聊政办发〔2023〕9号"


def test_brackets_inside_the_code_of_the_organ_stay() -> None:
    assert str(parse_doc_no("京发改（规）〔2020〕12号")) == "京发改（规）〔2020〕12号"


@pytest.mark.parametrize(
    "typed", ["国务院令第711号", "2023年第2号", "聊政办发〔2023〕0号", "聊政办发〔1823〕9号", "无", ""]
)
def test_numbers_of_another_kind_are_left_alone(typed: str) -> None:
    assert parse_doc_no(typed) is None
