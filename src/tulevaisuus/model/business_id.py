"""`BusinessId`: the number of an organisation in the Business Information System (YTJ)."""

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs

from tulevaisuus.findings import expectations, messages
from tulevaisuus.model.texts_of_fixed_form import TextValue

TYPE_CHECKING = False
if TYPE_CHECKING:  # at run time, imported only to report a mistake
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.findings.localization import LocalizedText

__all__ = [
    "ORG_ID_PREFIX",
    "BusinessId",
    "check_digit",
    "number_in_org_id",
]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_MODULUS = 11
"""The weights and the modulus of the check digit: see `check_digit`."""

_MAX_LENGTH = 40
"""Only so many characters of a text are compared with `_LENIENT_FORM`."""

_LENIENT_FORM = re.compile(
    r"\s*(?:FI-?)?([0-9]{5,7})\s*[-\u2010-\u2015\u2212]?\s*([0-9])\s*", flags=re.IGNORECASE
)
"""A business id without its hyphen or leading zeros, with spaces, or as a VAT number."""

ORG_ID_PREFIX = "FI-PRO-"
"""The start of identifiers that contain a business id, in the scheme FI-PRO of org-id.guide."""

_PLACEHOLDER = "0000000-0"
"""People write this number where an organisation has no id; its check digit happens to be right."""


@attrs.frozen(repr=False)
class BusinessId(TextValue):
    """A business id (*Y-tunnus*, *FO-nummer*): seven digits, a hyphen and a check digit.

    A text of another form, with a wrong check digit, or the placeholder 0000000-0 is an
    `InvalidValueError`.

    >>> turku = BusinessId("0204819-8")
    >>> str(turku), turku.org_id
    ('0204819-8', 'FI-PRO-0204819-8')
    """

    pattern: ClassVar[str] = "[0-9]{7}-[0-9]"
    examples: ClassVar[Sequence[str]] = ("0204819-8",)

    @property
    def org_id(self) -> str:
        """The identifier in the scheme FI-PRO of org-id.guide, which standards for grants use."""
        return f"{ORG_ID_PREFIX}{self.value}"

    @classmethod
    def expected(cls) -> "LocalizedText":
        """Return the phrase for the form of a business id."""
        return expectations.BUSINESS_ID

    @classmethod
    def intended(cls, text: str) -> str | None:
        """Return the valid id if a text only lacks the hyphen or zeros, or is a VAT number."""
        return _intended(text)

    @classmethod
    def problems(cls, text: str) -> "Iterator[Finding]":
        """Yield a finding if the check digit is wrong or the id is the placeholder."""
        if text == _PLACEHOLDER:
            yield messages.PLACEHOLDER_ID.finding(found=text)
        elif not text.endswith(f"-{check_digit(text[: len(_WEIGHTS)])}"):
            yield messages.BAD_CHECK_DIGIT.finding(found=text)


def _intended(text: str) -> str | None:
    """Return the valid id with the same digits: some programs drop the hyphen and leading zeros.

    >>> _intended("02048198"), _intended("204819-8"), _intended("FI02048198"), _intended("2048198")
    ('0204819-8', '0204819-8', '0204819-8', '0204819-8')
    """
    match = _LENIENT_FORM.fullmatch(text[:_MAX_LENGTH])
    if match is None:
        return None
    digits, last = match[1].zfill(len(_WEIGHTS)), match[2]
    intended = f"{digits}-{last}"
    return intended if last == str(check_digit(digits)) and intended != _PLACEHOLDER else None


def number_in_org_id(identifier: str) -> str | None:
    """Return the text after the prefix of the scheme FI-PRO, or ``None`` without the prefix.

    >>> number_in_org_id("fi-pro-0204819-8"), number_in_org_id("0204819-8")
    ('0204819-8', None)
    """
    prefix, number = identifier[: len(ORG_ID_PREFIX)], identifier[len(ORG_ID_PREFIX) :]
    return number if prefix.upper() == ORG_ID_PREFIX else None


def check_digit(digits: str) -> int | None:
    """Return the check digit of seven digits: weights 7 9 10 5 8 4 2, modulus 11.

    ``None`` for a remainder of one: such numbers are never issued.

    >>> check_digit("0204819")
    8
    """
    products = (int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    remainder = sum(products) % _MODULUS
    return {0: 0, 1: None}.get(remainder, _MODULUS - remainder)
