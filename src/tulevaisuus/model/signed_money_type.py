"""`SignedMoney`: the field type of amounts in a ledger, where corrections are negative."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, TypeAlias

from tulevaisuus.findings import expectations
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.model.money_type import Money
from tulevaisuus.model.text_number_and_date_types import LIMIT

__all__ = ["SignedEuros", "SignedMoney"]


class SignedMoney(Money):
    """An amount in euros in a ledger; a correction or a credit note is negative."""

    __slots__ = ()

    @property
    def expected(self) -> LocalizedText:
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
