"""The own contributions that calls require in addition to their grants.

A fund is a grant together with its call.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import attrs

from tulevaisuus.funding.balances_and_lapses import Balance
from tulevaisuus.funding.cents import euros
from tulevaisuus.funding.order_of_grants import WHOLE_COST
from tulevaisuus.funding.payments_of_one_project import Part, ProjectPlan
from tulevaisuus.model.amount import Amount

__all__ = ["OwnContribution", "own_contributions"]


@attrs.frozen
class OwnContribution:
    """The own contribution (*omarahoitusosuus*) that a call requires in addition to its grant.

    ``share_percent`` is the maximum share of each cost that the call pays, rounded down to a cent.
    The rest of the cost is the own contribution. If the grant pays only a part of its share, the
    same part of the rest is required. Sums over costs are exact, and rounded up once.
    """

    grant: str
    call: str
    share_percent: int
    amount: Amount


class _Split(NamedTuple):
    """A cost, or some days of one, in cents: the maximum that a call pays, and the rest."""

    share: int
    rest: int

    @property
    def ratio(self) -> Fraction:
        """The cents of own contribution for each cent of the grant."""
        return Fraction(self.rest, self.share)


def own_contributions(planned: ProjectPlan) -> Iterator[OwnContribution]:
    """Return the own contributions for the grants of a project, if they are not zero."""
    sums: defaultdict[int, Fraction] = defaultdict(Fraction)
    for index, balance in enumerate(planned.balances()):
        fund = balance.fund
        if fund.share == WHOLE_COST:
            continue
        splits = _split_costs(index, planned.parts)
        if planned.is_exact:
            # Round the running sum, not each contribution: grants that share a cost lose no cent.
            earlier = math.ceil(sums[fund.share])
            sums[fund.share] += _own_cents(index, planned, splits)
            cents = math.ceil(sums[fund.share]) - earlier
            least, most = cents, cents
        else:
            least, most = _bounds(balance, splits.values())
        if most:
            amount = Amount(euros(least), euros(most))
            yield OwnContribution(fund.grant.id, fund.grant.call, fund.share, amount)


def _split_costs(fund: int, parts: Sequence[Part]) -> Mapping[object, _Split]:
    """Split the costs that a fund may pay as its call requires; the key is cost and first day."""
    splits: dict[object, _Split] = {}
    for part in parts:
        if fund in part.payers:
            key = part.cost, part.span.first
            share = part.cents + (splits[key].share if key in splits else 0)
            splits[key] = _Split(share, part.whole - share)
    return splits


def _own_cents(fund: int, planned: ProjectPlan, splits: Mapping[object, _Split]) -> Fraction:
    """Return the own contribution for the costs that a fund pays, in cents."""
    cents = Fraction(0)
    for paid in planned.spent:
        if paid.fund == fund:
            share, rest = splits[paid.cost, paid.span.first]
            cents += rest if paid.cents == share else Fraction(rest * paid.cents, share)
    return cents


def _bounds(balance: Balance, splits: Iterable[_Split]) -> tuple[int, int]:
    """Return bounds of the own contribution, as it is not known which costs the grant pays."""
    paid_least, paid_most = balance.paid_cents()
    ordered = sorted(splits, key=lambda split: split.ratio)
    return (
        math.floor(_own_cents_up_to(ordered, paid_least)),
        math.ceil(_own_cents_up_to(reversed(ordered), paid_most)),
    )


def _own_cents_up_to(splits: Iterable[_Split], cents: int) -> Fraction:
    """Return the own contribution if a grant pays these cents, for the costs in this order."""
    own = Fraction(0)
    for split in splits:
        paid = min(split.share, cents)
        cents -= paid
        own += paid * split.ratio
    return own
