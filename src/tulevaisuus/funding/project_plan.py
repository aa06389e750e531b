"""The costs of one project in parts, and what its grants pay of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from tulevaisuus.funding.assignment import Share, assign, is_nested
from tulevaisuus.funding.balances import Balance, Entry, Spending
from tulevaisuus.funding.cents import whole_cents
from tulevaisuus.funding.grant_eligibility import WHOLE, Fund
from tulevaisuus.funding.plan_findings import Span

__all__ = ["Paid", "Part", "ProjectPlan", "cut"]


class Part(NamedTuple):
    """A part of a cost: the place of the cost, its days, cents, and which funds may pay them.

    ``whole`` are the cents of those days, of which the part is a share.
    """

    place: int
    span: Span
    cents: int
    payers: tuple[int, ...]
    whole: int


class Paid(NamedTuple):
    """What a fund pays of some days of a cost: the places of both, and cents."""

    place: int
    span: Span
    fund: int
    cents: int


def cut(place: int, span: Span, cents: int) -> Iterator[Part]:
    """Cut some days of a cost by the shares that the calls of its payers pay.

    Shares are rounded down to a cent, in favour of who grants: of no cost is more paid than the
    share. What is above all shares is no part: it is the own contribution. Without payers the whole
    is a part that nobody pays.

    Args:
        place: The place of the cost.
        span: The days, and which funds may pay.
        cents: What is owed for them.
    """
    if not span.eligibility.layers:
        yield Part(place, span, cents, (), cents)
    before = 0
    for share, payers in span.eligibility.layers:
        upto = cents * share // WHOLE
        if upto > before:
            yield Part(place, span, upto - before, payers, cents)
        before = upto


class ProjectPlan:
    """What the grants of a project pay: if all are as small as they may be, and as large.

    Of a larger grant no cost gets less, so that what is paid of each lies between the two.
    """

    def __init__(self, funds: Sequence[Fund], parts: Iterable[Part]) -> None:
        """Assign parts, which all have payers, by their days and then by their costs."""
        self.funds = funds
        self.parts: list[Part] = sorted(parts, key=_order)
        self.is_exact: bool = all(fund.grant.amount.exact is not None for fund in funds)
        self.spent: list[Paid] = self._paid(assign(self.parts, self._least()))
        self.possible: list[Paid] = self.spent
        if not self.is_exact:
            self.possible = self._paid(assign(self.parts, self._most()))
        self.is_bounded: bool = self.is_exact or is_nested(self.parts)

    def _least(self) -> list[int]:
        return [whole_cents(fund.grant.amount.least or Decimal(0)) for fund in self.funds]

    def _most(self) -> list[int]:
        """Return what funds have at most: where that is not known, all that is wanted."""
        wanted = sum(part.cents for part in self.parts)
        bounds = [fund.grant.amount.most for fund in self.funds]
        return [wanted if bound is None else whole_cents(bound) for bound in bounds]

    def _paid(self, shares: Iterable[Share]) -> list[Paid]:
        """Return payments, one for each fund and each stretch of days, by cost, day and fund."""
        sums: dict[tuple[int, dt.date, int], tuple[Span, int]] = {}
        for demand, fund, cents in shares:
            place, span = self.parts[demand][:2]
            key = place, span.first, fund
            known = sums.get(key)
            sums[key] = (span, cents) if known is None else (span, known[1] + cents)
        return [
            Paid(place, span, fund, cents)
            for (place, _, fund), (span, cents) in sorted(sums.items())
        ]

    def balances(self) -> Iterator[Balance]:
        """Return what is made of each grant."""
        spent = self._spending(self.spent)
        possible = spent if self.is_exact else self._spending(self.possible)
        wanted = self._wanted()
        for place, fund in enumerate(self.funds):
            reach = None if self.is_bounded else Spending.of(self._reach(place))
            yield Balance(fund, spent[place], possible[place], wanted[place], reach)

    def _spending(self, paid: Iterable[Paid]) -> list[Spending]:
        """Return what each fund spends by each day."""
        entries: list[list[Entry]] = [[] for _ in self.funds]
        for _, span, fund, cents in paid:
            entries[fund].append(Entry(span.first, span.last, cents, span.is_split))
        return [Spending.of(some) for some in entries]

    def _wanted(self) -> Mapping[int, int]:
        """Return the cents of all that each fund may pay."""
        sums: defaultdict[tuple[int, ...], int] = defaultdict(int)
        for part in self.parts:
            sums[part.payers] += part.cents
        wanted: defaultdict[int, int] = defaultdict(int)
        for payers, cents in sums.items():
            for fund in payers:
                wanted[fund] += cents
        return wanted

    def _reach(self, fund: int) -> Iterator[Entry]:
        """Return the parts that a fund may pay."""
        return (_entry(part) for part in self.parts if fund in part.payers)


def _order(part: Part) -> tuple[object, ...]:
    return part.span.first, part.span.last, part.place, part.payers


def _entry(each: Part) -> Entry:
    return Entry(each.span.first, each.span.last, each.cents, each.span.is_split)
