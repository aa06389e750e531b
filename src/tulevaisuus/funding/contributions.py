"""The own contributions that calls ask for beside what their grants pay."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import attrs

from tulevaisuus.funding.balances import Balance
from tulevaisuus.funding.cents import euros
from tulevaisuus.funding.grant_eligibility import WHOLE
from tulevaisuus.funding.project_plan import Part, ProjectPlan
from tulevaisuus.model.amount import Amount

__all__ = ["OwnContribution", "own_contributions"]


@attrs.frozen
class OwnContribution:
    """The own contribution (*omarahoitusosuus*) that a call asks for beside what its grant pays.

    ``share_percent`` is how much of each cost the call pays at most, rounded down to a cent: so no
    grant pays more than its share. The rest of the cost, to the cent, is what the call asks for;
    where the grant pays only some of its share, the same part of the rest. Sums over costs are
    exact, and rounded up once.
    """

    grant: str
    call: str
    share_percent: int
    amount: Amount


class _Split(NamedTuple):
    """A cost, or some days of one, in cents: what a call pays of it at most, and what it leaves."""

    share: int
    rest: int

    @property
    def ratio(self) -> Fraction:
        """How many cents of own contribution go with one cent of the grant."""
        return Fraction(self.rest, self.share)


def own_contributions(planned: ProjectPlan) -> Iterator[OwnContribution]:
    """Return the own contributions beside the grants of a project; none where it is nothing."""
    sums: defaultdict[int, Fraction] = defaultdict(Fraction)
    for place, balance in enumerate(planned.balances()):
        fund = balance.fund
        if fund.share == WHOLE:
            continue
        splits = _splits(place, planned.parts)
        if planned.is_exact:
            # Rounded in the running sum, so that grants which share a cost lose no cent.
            before = math.ceil(sums[fund.share])
            sums[fund.share] += _beside(place, planned, splits)
            cents = math.ceil(sums[fund.share]) - before
            least, most = cents, cents
        else:
            least, most = _bounds(balance, splits.values())
        if most:
            amount = Amount(euros(least), euros(most))
            yield OwnContribution(fund.grant.id, fund.grant.call, fund.share, amount)


def _splits(fund: int, parts: Sequence[Part]) -> Mapping[object, _Split]:
    """Return how the call of a fund splits the costs that it may pay, by cost and first day."""
    found: dict[object, _Split] = {}
    for part in parts:
        if fund in part.payers:
            key = part.place, part.span.first
            share = part.cents + (found[key].share if key in found else 0)
            found[key] = _Split(share, part.whole - share)
    return found


def _beside(fund: int, planned: ProjectPlan, splits: Mapping[object, _Split]) -> Fraction:
    """Return the cents that go with what a fund pays."""
    found = Fraction(0)
    for paid in planned.spent:
        if paid.fund == fund:
            share, rest = splits[paid.place, paid.span.first]
            found += rest if paid.cents == share else Fraction(rest * paid.cents, share)
    return found


def _bounds(balance: Balance, splits: Iterable[_Split]) -> tuple[int, int]:
    """Return the cents that go with what is paid at least and at most, whichever costs that is."""
    paid_least, paid_most = balance.paid_cents()
    ordered = sorted(splits, key=lambda split: split.ratio)
    return (
        math.floor(_filled(ordered, paid_least)),
        math.ceil(_filled(reversed(ordered), paid_most)),
    )


def _filled(splits: Iterable[_Split], cents: int) -> Fraction:
    """Return what goes with that many cents if they are paid in this order."""
    found = Fraction(0)
    for split in splits:
        paid = min(split.share, cents)
        cents -= paid
        found += paid * split.ratio
    return found
