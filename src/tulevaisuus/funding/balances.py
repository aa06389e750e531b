"""What is left of each grant on each day, what lapses, and the own contributions."""

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

import attrs

from tulevaisuus.funding.cents import euros, less, whole_cents
from tulevaisuus.funding.grant_eligibility import Fund
from tulevaisuus.model.amount import Amount

__all__ = ["Balance", "Entry", "Lapse", "Spending", "lapse_of"]


class Entry(NamedTuple):
    """Cents that a grant pays for some days; ``is_spread`` if they count day by day.

    Otherwise they count on the last day: a cost has arisen when it is over.
    """

    first: dt.date
    last: dt.date
    cents: int
    is_spread: bool


@attrs.frozen
class Spending:
    """What is paid by each day, in cents: sums up to days, and what is spread over days."""

    days: tuple[dt.date, ...] = ()
    sums: tuple[int, ...] = ()
    spread: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Spending":
        """Add entries up."""
        whole: defaultdict[dt.date, int] = defaultdict(int)
        spread: list[Entry] = []
        for entry in entries:
            if entry.is_spread and entry.first < entry.last:
                spread.append(entry)
            else:
                whole[entry.last] += entry.cents
        days = sorted(whole)
        return cls(
            tuple(days), tuple(accumulate(whole[day] for day in days)), tuple(sorted(spread))
        )

    def by(self, day: dt.date) -> int:
        """Return the cents paid for the days up to this one."""
        count = bisect.bisect_right(self.days, day)
        return (self.sums[count - 1] if count else 0) + sum(
            _part(each, day) for each in self.spread
        )

    def changes(self) -> Iterator[dt.date]:
        """Return the days on which something is paid; of what is spread, its bounds."""
        yield from self.days
        for entry in self.spread:
            yield from (entry.first, entry.last)


def _part(entry: Entry, day: dt.date) -> int:
    if day >= entry.last:
        return entry.cents
    passed = max((day - entry.first).days + 1, 0)
    return entry.cents * passed // ((entry.last - entry.first).days + 1)


@attrs.frozen
class Balance:
    """A grant, and what a plan makes of it.

    ``spent`` is what it pays if all grants are as small as they may be, ``possible`` if they are as
    large; ``wanted`` are the cents of all that it might pay. ``reach`` is the same by days; it is
    only kept where what is left need not lie between those two, and bounds it then.
    """

    fund: Fund
    spent: Spending = Spending()
    possible: Spending = Spending()
    wanted: int = 0
    reach: Spending | None = None

    def remaining(self, on: dt.date) -> Amount:
        """Return what is left after the costs up to a day."""
        amount = self.fund.grant.amount
        least = amount.least or Decimal(0)
        if self.reach is not None:
            return Amount(max(less(least, euros(self.reach.by(on))), Decimal(0)), amount.most)
        most = None if amount.most is None else less(amount.most, euros(self.possible.by(on)))
        return Amount(less(least, euros(self.spent.by(on))), most)

    def paid_cents(self) -> tuple[int, int]:
        """Return the cents that it pays in all, at least and at most.

        The larger other grants are, the less is left for one to pay; with a larger amount of its
        own it may pay more. So the two plans bound it only if its own amount is known.
        """
        amount = self.fund.grant.amount
        if amount.exact is not None and self.reach is None:
            ends = self.spent.by(dt.date.max), self.possible.by(dt.date.max)
            return min(ends), max(ends)
        bounds = [self.wanted, *([] if amount.most is None else [whole_cents(amount.most)])]
        return 0, min(bounds)


@attrs.frozen
class Lapse:
    """What is left of a grant when its last day ends, after which no more costs may arise."""

    grant: str
    day: dt.date
    amount: Amount


def lapse_of(balance: Balance) -> Lapse | None:
    """Return what lapses of a grant; nothing if all is used, or if its end is not known."""
    day = balance.fund.last_day
    rest = balance.remaining(dt.date.max)
    if day is None or rest.is_above(0) is False:
        return None
    return Lapse(balance.fund.grant.id, day, rest)
