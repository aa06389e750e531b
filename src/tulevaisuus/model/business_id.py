"""`BusinessId`: the number of an organisation in the Business Information System (YTJ)."""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar

import attrs

from tulevaisuus.findings import expectations, templates
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.field_types import AnyObject
from tulevaisuus.model.value import Invariant, Value

__all__ = ["BusinessId"]

_FORM = re.compile(r"[0-9]{7}-[0-9]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_MODULUS = 11


def _well_formed(value: object) -> Iterator[Finding]:
    """Judge the text as a whole: in a document it is the value, and has no fields."""
    known = {"found": expectations.describe(value), "expected": expectations.BUSINESS_ID}
    if not isinstance(value, str):
        yield templates.WRONG_TYPE.finding(**known)
    elif not _FORM.fullmatch(value):
        yield templates.BAD_FORMAT.finding(**known)
    elif int(value[-1]) != check_digit(value[:7]):
        yield templates.BAD_CHECK_DIGIT.finding(found=value)


@attrs.frozen(repr=False)
class BusinessId(Value):
    """A business id (*Y-tunnus*, *FO-nummer*): seven digits, a hyphen and a check digit.

    Any other form, and a wrong check digit, is an `InvalidValueError`. In a document it is text.

    >>> turku = BusinessId("0204819-8")
    >>> str(turku), turku.org_id
    ('0204819-8', 'FI-PRO-0204819-8')
    """

    invariants: ClassVar[tuple[Invariant, ...]] = (Invariant(("value",), _well_formed),)

    value: Annotated[str, AnyObject()]

    @property
    def org_id(self) -> str:
        """The identifier in the org-id.guide scheme FI-PRO, as grant standards write it."""
        return f"FI-PRO-{self.value}"

    def __str__(self) -> str:
        """Return the id as it is written."""
        return self.value


def check_digit(digits: str) -> int | None:
    """Return the check digit of seven digits: weights 7 9 10 5 8 4 2, modulus 11.

    A remainder of one has no check digit, and such numbers are not given out.

    >>> check_digit("0204819")
    8
    """
    remainder = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % _MODULUS
    return {0: 0, 1: None}.get(remainder, _MODULUS - remainder)
