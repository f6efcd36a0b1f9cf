"""Numbers that say by themselves what they are: check digits, birthdays, areas."""

import datetime
import re

PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
"""The first two digits of a resident ID (GB/T 2260; 81 to 83 are those of residents from Hong Kong, Macao, Taiwan)."""

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(
    r"(?:1[1-59]|2[19]|3[1-59]|4[19]|5[1-39]|6[129]|7[129]|8[19]|9[1-3]|A[19]|N[1-39]|Y1)\d{6}"
    rf"[{_CREDIT_ALPHABET}]{{10}}"
)
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CARDS = re.compile(
    r"62\d{14,17}|95588\d{14}|436742\d{13}|4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12}|60\d{14}|60\d{16,17}"
)
_OWN_CARDS = re.compile(r"62[1-9]|95588")


def is_resident_id(number: str) -> bool:
    """Tell whether 18 or 15 characters are a resident ID: area, birthday and, of 18, the check digit (GB 11643)."""
    if number[:2] not in PROVINCES:
        return False
    if len(number) == 15:  # noqa: PLR2004  (as it was until 1999)
        return _is_day(f"19{number[6:12]}")
    if not _is_day(number[6:14]) or number[6:8] not in {"18", "19", "20"}:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[17].upper()


def is_credit_code(code: str) -> bool:
    """Tell whether 18 characters are a unified social credit code, which organisations have (GB 32100)."""
    if not _CREDIT.fullmatch(code):
        return False
    total = sum(_CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_ALPHABET[-total % 31] == code[17]


def is_card(number: str) -> bool:
    """Tell whether digits are a bank card's: issuer's prefix, length, check digit (ISO/IEC 7812)."""
    if not _CARDS.fullmatch(number):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(int(digit) for digit in number[-1::-2]) + sum(doubled)) % 10 == 0


def is_card_by_itself(number: str) -> bool:
    """Tell whether a card's number can hardly be a code of another kind: UnionPay's own prefixes."""
    return bool(_OWN_CARDS.match(number))


def _is_day(digits: str) -> bool:
    try:
        datetime.datetime.strptime(digits, "%Y%m%d")  # noqa: DTZ007  (a day, no moment)
    except ValueError:
        return False
    return True
