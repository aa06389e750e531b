"""The field types of amounts in euros, also of those in ledgers, and of shares in per cent.

Amounts in ledgers may be negative.
"""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Annotated, ClassVar, TypeAlias, cast

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.field_type_base import Bind, FastPath, Scalar
from tulevaisuus.model.text_number_and_date_types import LIMIT
from tulevaisuus.model.type_errors import invalid_value, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.localization import LocalizedText

__all__ = [
    "Money",
    "Percent",
    "SignedEuros",
    "SignedMoney",
    "json_number",
    "nearest_cents",
]


_UPPER_BOUND = Decimal(LIMIT)
_CENT = Decimal("0.01")
_UNITS = (Decimal(1), Decimal("0.1"), _CENT)
"""One number with no, one and two decimals: an amount must have as many decimals as one of them."""

# Independent of the decimal context of the caller, which may round to few digits or raise errors.
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[])

_MAX_ULPS = 64  # ulp: unit in the last place
"""The maximum error of a sum in a spreadsheet, in units in the last place (`math.ulp`)."""


class Money(Scalar):
    """An amount in euros, kept as a `Decimal`; an `int` is accepted too."""

    __slots__ = ("allows_zero",)

    in_python: ClassVar[str] = "python_amount"
    """The name of the phrase in ``[expected]`` for the values that constructors accept."""

    def __init__(self, *, allows_zero: bool = False) -> None:
        """Keep whether zero is valid, as it is for an own contribution."""
        self.allows_zero: bool = allows_zero

    @property
    def column_type(self) -> type:
        """The type of its cells in tables."""
        return Decimal

    @property
    def expected(self) -> "LocalizedText":
        """The phrase for the valid amounts."""
        return expectations.CONTRIBUTION if self.allows_zero else expectations.AMOUNT

    def validate(self, value: object) -> Decimal:
        """Reject other types, and amounts outside the bounds or with too many decimals."""
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            example = self._example_for(value)
            expected = expectations.expected(self.in_python, example=example)
            raise wrong_type(value, expected, Decimal)
        if type(value) is not Decimal:  # an object of a subclass may be compared in another way
            value = Decimal(value) if isinstance(value, Decimal) else int.__int__(value)
        amount = value if isinstance(value, Decimal) else self._as_decimal(value)
        if not (self._in_bounds(amount) and _has_few_decimals(amount)):
            raise self._out_of_range(value, amount)
        return amount

    def _example_for(self, value: object) -> Decimal | str:
        """Return the amount that a float probably means, or an example."""
        if isinstance(value, float) and math.isfinite(value):
            amount = Decimal(float.__repr__(value))
            intended = amount if _has_few_decimals(amount) else nearest_cents(amount)
            if intended is not None and self._in_bounds(intended):
                return intended
        return "1250.50"

    def read(self, plain: object) -> Decimal:
        """Read an amount; a float (from other JSON decoders) is read by its shortest repr."""
        if isinstance(plain, found_values.NumberLiteral):
            raise self._out_of_range(plain, _EXACT.create_decimal("NaN"))
        if isinstance(plain, float):
            return self.validate(Decimal(float.__repr__(plain)))
        if isinstance(plain, bool) or not isinstance(plain, Decimal | int):
            is_text = isinstance(plain, str)
            form = expectations.expected("amount_as_number") if is_text else self.expected
            raise wrong_type(plain, form, Decimal)
        return self.validate(plain)

    def _in_bounds(self, amount: Decimal) -> bool:
        if not amount.is_finite():
            return False
        return 0 < amount < _UPPER_BOUND or (self.allows_zero and not amount)

    def _as_decimal(self, euros: int) -> Decimal:
        """Convert a whole number; a huge number is limited first, or it would take long."""
        return Decimal(min(max(euros, -LIMIT), LIMIT))

    def _out_of_range(
        self, value: "Decimal | int | found_values.NumberLiteral", amount: Decimal
    ) -> InvalidValueError:
        """Make the error; it suggests the amount in cents if there is only a rounding error."""
        found = found_values.describe(value)
        intended = nearest_cents(amount) if self._in_bounds(amount) else None
        if intended is not None:
            return invalid_value(messages.AMOUNT_WITH_NOISE, found=found, suggestion=str(intended))
        return invalid_value(messages.AMOUNT_OUT_OF_RANGE, found=found, expected=self.expected)

    def write(self, value: object) -> int | float:
        """Return a whole amount as an integer, other amounts as the float with the same repr."""
        return json_number(cast("Decimal", value))

    def json_schema(self) -> dict[str, object]:
        """Limit the amount; ``multipleOf`` cannot count the decimals of binary numbers."""
        least = "minimum" if self.allows_zero else "exclusiveMinimum"
        bounds = {least: 0, "exclusiveMaximum": LIMIT}
        return {"description": self.expected.en, "type": "number", **bounds}

    def samples(self) -> Sequence[Decimal]:
        """Return a whole amount and one with cents."""
        return (Decimal(100_000), Decimal("1250.50"))

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Accept whole numbers within the bounds, and `Decimal` values with one or two decimals."""
        decimal, limit, zero = bind(Decimal), bind(_UPPER_BOUND), bind(Decimal(0))
        units = " or ".join(f"v.same_quantum({bind(unit)})" for unit in _UNITS[1:])
        whole = f"type(v) is int and {0 if self.allows_zero else 1} <= v < {LIMIT}"
        return [
            FastPath(f"{decimal}(v)", whole),
            FastPath("v", f"type(v) is {decimal} and ({units}) and {zero} < v < {limit}"),
        ]

    def fast_write(self, bind: Bind) -> str:
        """Return the same number as `write`."""
        del bind
        return "int(v) if v == v.to_integral_value() else float(v)"


def _has_few_decimals(amount: Decimal) -> bool:
    """Return whether there are at most two decimals.

    Only the exponent is compared: converting a number with a huge exponent could take minutes.
    """
    return any(amount.same_quantum(unit) for unit in _UNITS)


def json_number(amount: Decimal) -> int | float:
    """Return a whole amount as an integer, another as the float with the same shortest text."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def nearest_cents(amount: Decimal) -> Decimal | None:
    """Return the nearest amount with two decimals, if it only differs by a rounding error.

    A binary number cannot represent 41133.77 exactly, so the sum of such numbers may be
    41133.770000000004.
    """
    if amount.copy_abs() >= LIMIT:
        return None  # a huge number with cents has more digits than the context allows
    cents = amount.quantize(_CENT, context=_EXACT)
    distance = _EXACT.abs(_EXACT.subtract(amount, cents))
    spacing = Decimal(math.ulp(float(cents)))
    return cents if cents and 0 < distance <= _EXACT.multiply(spacing, _MAX_ULPS) else None


class SignedMoney(Money):
    """An amount in euros in a ledger; a correction or a credit note is negative."""

    __slots__ = ()

    @property
    def expected(self) -> "LocalizedText":
        """The phrase for the valid amounts."""
        return expectations.expected("signed_amount")

    def _in_bounds(self, amount: Decimal) -> bool:
        return amount.is_finite() and -LIMIT < amount < LIMIT

    def json_schema(self) -> dict[str, object]:
        """Limit the amount; ``multipleOf`` cannot count the decimals of binary numbers."""
        bounds = {"exclusiveMinimum": -LIMIT, "exclusiveMaximum": LIMIT}
        return {"description": self.expected.en, "type": "number", **bounds}

    def samples(self) -> Sequence[Decimal]:
        """Return an amount with cents, and a correction."""
        return (Decimal("1250.50"), Decimal(-100))


SignedEuros: TypeAlias = Annotated[Decimal, SignedMoney()]


_WHOLE = 100
"""The largest share in per cent."""


class Percent(Money):
    """A share in per cent, kept as a `Decimal`: above zero, at most 100, at most two decimals."""

    __slots__ = ()

    in_python: ClassVar[str] = "python_percent"

    @property
    def expected(self) -> "LocalizedText":
        """The phrase for the valid shares."""
        return expectations.expected("percent")

    def _in_bounds(self, amount: Decimal) -> bool:
        return amount.is_finite() and 0 < amount <= _WHOLE

    def _out_of_range(
        self, value: Decimal | int | found_values.NumberLiteral, amount: Decimal
    ) -> InvalidValueError:
        del amount
        found = found_values.describe(value)
        return invalid_value(messages.BAD_FORMAT, found=found, expected=self.expected)

    def json_schema(self) -> dict[str, object]:
        """Limit the share; ``multipleOf`` cannot count the decimals of binary numbers."""
        bounds = {"exclusiveMinimum": 0, "maximum": _WHOLE}
        return {"description": self.expected.en, "type": "number", **bounds}

    def samples(self) -> Sequence[Decimal]:
        """Return a share with two decimals, and 100 per cent."""
        return (Decimal("7.93"), Decimal(_WHOLE))

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Return nothing: documents have so few shares that a fast path would not help."""
        del bind
        return ()
