"""Parts of a plan: payments, unpaid sums, and the type of its rows."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

import attrs

from tulevaisuus.findings.found_values import describe, quote
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.period import Period

__all__ = ["Payment", "Row", "Unpaid"]

Row: TypeAlias = dict[str, str | Decimal | None]
"""A line of a plan as a flat row; every row has the same keys, in the same order."""

_ZERO_EUROS = Amount(0, 0)


@attrs.frozen
class Payment(PydanticFields):
    """The euros of a cost that a grant pays; ``cost`` and ``grant`` are ids.

    ``days`` are the days of the cost or, if it is split by day, of the paid part. Payments with
    different days may be equal.
    """

    cost: str
    grant: str
    amount_eur: Decimal
    days: dt.date | Period | None = attrs.field(default=None, eq=False)


class Unpaid(Mapping[str, Amount]):
    """The sums that no grant pays, by the id of the cost; costs that are fully paid are not listed.

    For a cost that is fully paid it returns zero, as `collections.Counter` does. An id that is not
    in the plan is an `UnknownCodeError`.
    """

    __slots__ = ("_amounts", "_costs")

    def __init__(self, amounts: Mapping[str, Amount], costs: frozenset[str]) -> None:
        """Take the unpaid sums, and the ids of all costs."""
        self._amounts = dict(amounts)
        self._costs = costs

    def __getitem__(self, cost: str) -> Amount:
        """Return the unpaid sum of a cost; zero if it is fully paid."""
        self.require_cost(cost)
        return self._amounts.get(cost, _ZERO_EUROS)

    def require_cost(self, cost: object) -> None:
        """Raise an `UnknownCodeError` unless the plan has a cost with this id."""
        if not isinstance(cost, str):  # it may have no hash
            raise UnknownCodeError(f"the plan has costs by id, not by {describe(cost).en}", cost)
        if cost not in self._costs:
            suggestions = suggest(cost, self._costs)
            near = f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
            message = f"the plan has no cost '{quote(cost)}'{near}"
            raise UnknownCodeError(message, cost, suggestions)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids of costs that are not, or may not be, fully paid."""
        return iter(self._amounts)

    def __len__(self) -> int:
        """Return the number of costs that are not, or may not be, fully paid."""
        return len(self._amounts)

    def __contains__(self, cost: object) -> bool:
        """Return whether a cost is not, or may not be, fully paid."""
        return cost in self._amounts

    def __hash__(self) -> int:
        """Hash the unpaid sums."""
        return hash(frozenset(self._amounts.items()))

    def __repr__(self) -> str:
        """Show the unpaid sums."""
        return f"Unpaid({self._amounts!r})"

    def __reduce__(self) -> tuple[type["Unpaid"], tuple[dict[str, Amount], frozenset[str]]]:
        """Pickle the arguments of the constructor."""
        return type(self), (self._amounts, self._costs)
