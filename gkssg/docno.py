"""Document numbers (发文字号): 机关代字, year in 〔〕, serial number, 号 (GB/T 9704-2012, 7.2.5)."""

from dataclasses import dataclass
import re

from gkssg.text import HAN

_NUMBER = re.compile(
    rf"(?P<code>[{HAN}A-Za-z（）()·]+?)\s*[〔\[【［（({{]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]】］）)}}]\s*"
    r"(?:第\s*)?0*(?P<serial>[1-9]\d{0,5})\s*号"
)


@dataclass(frozen=True, slots=True)
class DocNo:
    """A document number taken apart: 聊政办发 · 2023 · 9."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        """Write it as the standard has it: 聊政办发〔2023〕9号."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


def parse_doc_no(text: str) -> DocNo | None:
    """Read a number in any bracket form, or give None where it is of another kind (第711号令, 2023年第2号)."""
    match = _NUMBER.fullmatch(text.strip())
    return DocNo(match["code"], int(match["year"]), int(match["serial"])) if match else None
