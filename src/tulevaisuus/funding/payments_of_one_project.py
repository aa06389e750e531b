"""Assigns the costs of one project to its grants.

A fund is a grant together with its call. Costs and funds are numbered by their index.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from tulevaisuus.funding.balances_and_lapses import Balance, Entry, Spending
from tulevaisuus.funding.cents import share_of, whole_cents
from tulevaisuus.funding.max_flow_assignment import Assigned, assign, is_nested
from tulevaisuus.funding.order_of_grants import Fund
from tulevaisuus.funding.plan_findings import Span

__all__ = ["Paid", "Part", "ProjectPlan", "split_by_share"]


class Part(NamedTuple):
    """A part of some days of a cost that the same funds may pay.

    ``cost`` is the index of the cost, ``span`` are the days, ``payers`` are the indices of the
    funds, and ``cost_cents`` are all cents of the cost on these days.
    """

    cost: int
    span: Span
    cents: int
    payers: tuple[int, ...]
    cost_cents: int


class Paid(NamedTuple):
    """The cents that a fund pays for some days of a cost; ``cost`` and ``payer`` are indices."""

    cost: int
    span: Span
    payer: int
    cents: int


def split_by_share(cost: int, span: Span, cents: int) -> Iterator[Part]:
    """Split some days of a cost by the shares that its payers pay.

    The rest above all shares is in no part: it is the own contribution. Without payers the result
    is one part that nobody pays.

    Args:
        cost: The index of the cost.
        span: The days, and which funds may pay them.
        cents: The cents of these days.
    """
    if not span.eligibility.layers:
        yield Part(cost, span, cents, (), cents)
    lower = 0
    for share, payers in span.eligibility.layers:
        upper = share_of(cents, share)
        if upper > lower:
            yield Part(cost, span, upper - lower, payers, cents)
        lower = upper


class ProjectPlan:
    """What the grants of a project pay, if all have their smallest or their largest amounts.

    With larger grants no cost gets less. So the payment for each cost lies between the two plans.
    """

    def __init__(self, funds: Sequence[Fund], parts: Iterable[Part]) -> None:
        """Assign parts to funds, the earliest days first. Every part must have payers."""
        self.funds = funds
        self.parts: list[Part] = sorted(parts, key=_sort_key)
        """The parts of the costs, the earliest days first."""
        self.is_exact: bool = all(fund.grant.amount.exact is not None for fund in funds)
        """Whether the amounts of all grants are known to the cent."""
        self.spent: list[Paid] = self._combine(assign(self.parts, self._smallest_amounts()))
        """What is paid if all grants have their smallest possible amounts."""
        self.possible: list[Paid] = self.spent
        """What is paid if all grants have their largest possible amounts."""
        if not self.is_exact:
            self.possible = self._combine(assign(self.parts, self._largest_amounts()))
        self.is_bounded: bool = self.is_exact or is_nested(self.parts)
        """Whether what each fund pays lies between ``spent`` and ``possible``."""

    def _smallest_amounts(self) -> list[int]:
        return [whole_cents(fund.grant.amount.least or Decimal(0)) for fund in self.funds]

    def _largest_amounts(self) -> list[int]:
        """Return the largest amount of each fund; without a bound it is enough for all parts."""
        enough = sum(part.cents for part in self.parts)
        bounds = [fund.grant.amount.most for fund in self.funds]
        return [enough if bound is None else whole_cents(bound) for bound in bounds]

    def _combine(self, assigned: Iterable[Assigned]) -> list[Paid]:
        """Add up the cents of the parts: one payment for each cost, span of days and fund."""
        sums: dict[tuple[int, dt.date, int], tuple[Span, int]] = {}
        for part_index, payer, cents in assigned:
            part = self.parts[part_index]
            key = part.cost, part.span.first, payer
            _, earlier = sums.get(key, (part.span, 0))
            sums[key] = part.span, earlier + cents
        return [
            Paid(cost, span, payer, cents)
            for (cost, _, payer), (span, cents) in sorted(sums.items())
        ]

    def balances(self) -> Iterator[Balance]:
        """Return the balance of each grant."""
        spent = self._spending(self.spent)
        possible = spent if self.is_exact else self._spending(self.possible)
        payable_cents = self._payable_cents()
        for index, fund in enumerate(self.funds):
            payable_costs = None if self.is_bounded else Spending.of(self._payable_parts(index))
            yield Balance(fund, spent[index], possible[index], payable_cents[index], payable_costs)

    def _spending(self, paid: Iterable[Paid]) -> list[Spending]:
        """Return the spending of each fund by days."""
        entries: list[list[Entry]] = [[] for _ in self.funds]
        for _, span, payer, cents in paid:
            entries[payer].append(Entry(span.first, span.last, cents, span.is_split))
        return [Spending.of(each) for each in entries]

    def _payable_cents(self) -> Mapping[int, int]:
        """Return the cents of all parts that each fund may pay."""
        sums: defaultdict[tuple[int, ...], int] = defaultdict(int)
        for part in self.parts:
            sums[part.payers] += part.cents
        payable_cents: defaultdict[int, int] = defaultdict(int)
        for payers, cents in sums.items():
            for payer in payers:
                payable_cents[payer] += cents
        return payable_cents

    def _payable_parts(self, payer: int) -> Iterator[Entry]:
        """Return the parts that a fund may pay."""
        return (_entry(part) for part in self.parts if payer in part.payers)


def _sort_key(part: Part) -> tuple[object, ...]:
    return part.span.first, part.span.last, part.cost, part.payers


def _entry(part: Part) -> Entry:
    return Entry(part.span.first, part.span.last, part.cents, part.span.is_split)
