r"""Regular expressions for the texts of cells, in the syntax that all engines share.

Rust, RE2 and Java differ in ``\s``, and in Java ``$`` also matches before a final newline. So
blanks are listed one by one, and patterns use ``\A`` and ``\z``.
"""

import re
from collections.abc import Sequence

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import any_of
from tulevaisuus.model.text_number_and_date_types import BLANKS, CONTROLS

__all__ = [
    "ANY_TEXT",
    "BLANK_ENDS",
    "DAY",
    "LONGEST_ID",
    "PLAIN_AMOUNT",
    "URL",
    "has_valid_check_digit",
    "set_of_codes_checks",
]


def _portable(characters: str) -> str:
    r"""Write non-ASCII characters as ``\x{...}``, which all three engines understand."""
    return "".join(each if each.isascii() else rf"\x{{{ord(each):x}}}" for each in characters)


_BLANKS = _portable(BLANKS.replace("\\x85", "\x85").replace("\\xa0", "\xa0"))
_CONTROLS = _portable(CONTROLS.replace("\\x9f", "\x9f"))

LONGEST_ID = 200
"""The maximum number of characters of an id."""

BLANK_ENDS = rf"\A[{_BLANKS}]|[{_BLANKS}]\z|[{_CONTROLS}]"
"""Matches what an id must not have: a blank at an end, or a control character."""

ANY_TEXT = f"[^{_BLANKS}]"
"""A character that is not blank."""

URL = rf"\Ahttps?://[^{_BLANKS}{_CONTROLS}]+\z"
"""Matches a whole text that is a web address."""

PLAIN_AMOUNT = r"\A[0-9]{1,12}(?:\.[0-9]{1,2})?\z"
"""Matches a whole text that is an amount with at most two decimals."""

_LEAP_YEAR = r"(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
DAY = (
    r"\A(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    rf"|{_LEAP_YEAR}-02-29)\z"
)
"""A day of the calendar as YYYY-MM-DD; it also matches the year 0000."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
"""The weights of the digits of a business id."""

_MODULUS = 11


def has_valid_check_digit(text: nw.Expr) -> nw.Expr:
    """Return the condition that a business id has the right check digit, as in `check_digit`.

    The weighted sum plus the check digit must be divisible by 11. The texts must have the form of a
    business id.
    """
    digits = [text.str.slice(place, 1).cast(nw.Int64) for place in (*range(7), 8)]
    total = nw.lit(0)
    for weight, digit in zip(_WEIGHTS, digits, strict=False):
        total += digit * weight
    is_zero = text == "0000000-0"  # the sum fits, but nobody has this id
    return ~is_zero & ((total + digits[7]) % _MODULUS == 0)


def set_of_codes_checks(text: nw.Expr, codes: Sequence[str]) -> tuple[nw.Expr, nw.Expr]:
    """Return two conditions: a text is codes separated by blanks, and one of them is repeated."""
    word = "|".join(map(re.escape, codes))
    are_codes = text.str.contains(rf"\A[{_BLANKS}]*(?:(?:{word})(?:[{_BLANKS}]+|\z))*\z")
    is_repeated = any_of(
        text.str.contains(
            rf"(?:\A|[{_BLANKS}]){code}[{_BLANKS}](?:.*[{_BLANKS}])?{code}(?:[{_BLANKS}]|\z)"
        )
        for code in map(re.escape, codes)
    )
    return are_codes, is_repeated
