"""The own contributions that calls require in addition to their grants.

A fund is a grant together with its call; funds and costs are numbered by their index. A share is
the part of a cost that a call pays at most, in per cent.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import attrs

from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields
from tulevaisuus.funding.balances_and_lapses import Balance
from tulevaisuus.funding.cents import euros
from tulevaisuus.funding.order_of_grants import WHOLE_COST
from tulevaisuus.funding.payments_of_one_project import Paid, Part, ProjectPlan
from tulevaisuus.model.amount import Amount

__all__ = ["OwnContribution", "own_contributions"]


@attrs.frozen
class OwnContribution(PydanticFields):
    """The own contribution (*omarahoitusosuus*) that a call requires in addition to its grant.

    ``share_percent`` is the maximum share of each cost that the call pays; the euros of this share
    are rounded down to a cent. The rest of the cost is the own contribution. If the grant pays only
    a part of its share, the same part of the rest is required. Sums over costs are exact, and
    rounded once: up to a cent, and the smallest amount of a range down.
    """

    grant: str
    call: str
    share_percent: int
    amount: Amount


_DaysOfCost: TypeAlias = tuple[int, dt.date]
"""Some days of a cost: the index of the cost, and the first of these days."""


class _Split(NamedTuple):
    """A cost, or some days of one, in cents: the maximum that a call pays, and the rest.

    ``payable`` is never zero: costs that round to nothing are left out.
    """

    payable: int
    rest: int

    @property
    def ratio(self) -> Fraction:
        """The cents of own contribution for each cent of the grant."""
        return Fraction(self.rest, self.payable)


def own_contributions(planned: ProjectPlan) -> Iterator[OwnContribution]:
    """Return the own contributions for the grants of a project, if they are not zero."""
    exact_sums: defaultdict[int, Fraction] = defaultdict(Fraction)  # cents by share in per cent
    for index, balance in enumerate(planned.balances()):
        fund = balance.fund
        percent = fund.share_percent
        if percent == WHOLE_COST:
            continue
        splits = _split_costs(index, planned.parts)
        if planned.is_exact:
            # Two grants with the same share may each pay a part of one cost. Rounded up one by one,
            # their contributions could be a cent too much together. So the sum is rounded, and each
            # grant gets what it adds to the rounded sum.
            earlier = math.ceil(exact_sums[percent])
            exact_sums[percent] += _own_cents(index, planned.spent, splits)
            cents = math.ceil(exact_sums[percent]) - earlier
            least, most = cents, cents
        else:
            least, most = _bounds(balance, splits.values())
        if most:
            amount = Amount(euros(least), euros(most))
            yield OwnContribution(fund.grant.id, fund.grant.call, percent, amount)


def _split_costs(payer: int, parts: Sequence[Part]) -> Mapping[_DaysOfCost, _Split]:
    """Split the costs that a fund may pay as its call requires.

    A cost has several parts if its payers have different shares: 70 % that two funds may pay, and
    10 % more that only one of them may. All parts that a fund may pay add up to its share.
    """
    splits: dict[_DaysOfCost, _Split] = {}
    for part in parts:
        if payer in part.payers:
            key = part.cost, part.span.first
            payable = part.cents + (splits[key].payable if key in splits else 0)
            splits[key] = _Split(payable, part.cost_cents - payable)
    return splits


def _own_cents(
    payer: int, payments: Iterable[Paid], splits: Mapping[_DaysOfCost, _Split]
) -> Fraction:
    """Return the own contribution for the costs that a fund pays, in cents."""
    cents = Fraction(0)
    for paid in payments:
        if paid.payer == payer:
            payable, rest = splits[paid.cost, paid.span.first]
            # Most costs are paid in full, and a whole number is added faster than a fraction.
            cents += rest if paid.cents == payable else Fraction(rest * paid.cents, payable)
    return cents


def _bounds(balance: Balance, splits: Iterable[_Split]) -> tuple[int, int]:
    """Return bounds of the own contribution in cents, as it is unknown which costs a grant pays.

    The lower bound is that of the costs with the smallest own contributions, the upper bound that
    of the costs with the largest.
    """
    paid_least, paid_most = balance.paid_cents()
    ordered = sorted(splits, key=lambda split: split.ratio)
    return (
        math.floor(_own_cents_if_paid(paid_least, ordered)),
        math.ceil(_own_cents_if_paid(paid_most, reversed(ordered))),
    )


def _own_cents_if_paid(cents: int, splits: Iterable[_Split]) -> Fraction:
    """Return the own contribution if a grant pays these cents, for the first costs first."""
    own = Fraction(0)
    for split in splits:
        paid = min(split.payable, cents)
        cents -= paid
        own += paid * split.ratio
    return own
