"""`Percent`: the field type of shares in per cent."""

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.field_type_base import Bind, FastPath, invalid_value
from tulevaisuus.model.money_type import Money

TYPE_CHECKING = False
if TYPE_CHECKING:  # imported only when something is wrong
    from tulevaisuus.findings.localization import LocalizedText

__all__ = ["Percent"]

_WHOLE = 100


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
