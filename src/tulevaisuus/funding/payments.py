"""What a plan consists of: payments, what is not paid, and rows of both."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

import attrs

from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.period import Period

__all__ = ["Payment", "Row", "Unpaid"]

Row: TypeAlias = dict[str, str | Decimal | None]
"""A line of a plan as a flat row; every row has the same keys, in the same order."""

_NOTHING = Amount(0, 0)


@attrs.frozen
class Payment:
    """The euros of a cost that a grant pays, both by their ids.

    ``days`` are those of the cost or, if it is split by day, of the part that is paid; they do not
    count when payments are compared.
    """

    cost: str
    grant: str
    amount_eur: Decimal
    days: dt.date | Period | None = attrs.field(default=None, eq=False)


class Unpaid(Mapping[str, Amount]):
    """What no grant pays, by the id of the cost; it lists the costs of which that is not nothing.

    Of any other cost of the plan it returns zero, as a `collections.Counter` does; an id that is
    none of the plan's is an `UnknownCodeError`.
    """

    __slots__ = ("_amounts", "_costs")

    def __init__(self, amounts: Mapping[str, Amount], costs: frozenset[str]) -> None:
        """Take what is not paid, and the ids of all costs."""
        self._amounts = dict(amounts)
        self._costs = costs

    def __getitem__(self, cost: str) -> Amount:
        """Return what is not paid of a cost; zero if it is paid."""
        found = self._amounts.get(cost)
        if found is not None:
            return found
        if cost in self._costs:
            return _NOTHING
        near = suggest(str(cost), self._costs)
        raise UnknownCodeError(f"the plan has no cost {cost!r}", cost, near)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids of costs that are not paid, or may not be."""
        return iter(self._amounts)

    def __len__(self) -> int:
        """Return how many costs are not paid, or may not be."""
        return len(self._amounts)

    def __contains__(self, cost: object) -> bool:
        """Whether something of a cost is not paid, or may not be."""
        return cost in self._amounts

    def __hash__(self) -> int:
        """Hash what is not paid."""
        return hash(frozenset(self._amounts.items()))

    def __repr__(self) -> str:
        """Show what is not paid."""
        return f"Unpaid({self._amounts!r})"

    def __reduce__(self) -> tuple[type["Unpaid"], tuple[dict[str, Amount], frozenset[str]]]:
        """Pickle the arguments of the constructor."""
        return type(self), (self._amounts, self._costs)
