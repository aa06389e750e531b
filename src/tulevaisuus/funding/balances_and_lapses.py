"""The remaining sum of each grant on each day, and what lapses."""

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

import attrs

from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields
from tulevaisuus.funding.cents import euros, subtract, whole_cents
from tulevaisuus.funding.order_of_grants import Fund
from tulevaisuus.model.amount import Amount

__all__ = ["Balance", "Entry", "Lapse", "Spending", "lapse_of"]


class Entry(NamedTuple):
    """Cents that a grant pays for some days.

    If ``is_spread``, they are spread evenly over the days; otherwise they count on the last day.
    """

    first: dt.date
    last: dt.date
    cents: int
    is_spread: bool


@attrs.frozen
class Spending:
    """Cents that are paid by each day.

    ``sums`` are the running totals at the ends of ``days``; ``spread`` are entries to add to them.
    """

    days: tuple[dt.date, ...] = ()
    sums: tuple[int, ...] = ()
    spread: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Spending":
        """Sum entries."""
        by_day: defaultdict[dt.date, int] = defaultdict(int)
        spread: list[Entry] = []
        for entry in entries:
            if entry.is_spread and entry.first < entry.last:
                spread.append(entry)
            else:
                by_day[entry.last] += entry.cents
        days = sorted(by_day)
        sums = accumulate(by_day[day] for day in days)
        return cls(tuple(days), tuple(sums), tuple(sorted(spread)))

    def cents_until(self, day: dt.date) -> int:
        """Return the cents paid for the days up to this one."""
        count = bisect.bisect_right(self.days, day)
        return (self.sums[count - 1] if count else 0) + sum(
            _cents_of_entry_until(entry, day) for entry in self.spread
        )

    def changes(self) -> Iterator[dt.date]:
        """Return the days on which something is paid; for a spread entry its first and last day."""
        yield from self.days
        for entry in self.spread:
            yield from (entry.first, entry.last)


def _cents_of_entry_until(entry: Entry, day: dt.date) -> int:
    """Return the part of a spread entry that counts by a day, rounded down."""
    if day >= entry.last:
        return entry.cents
    passed = max((day - entry.first).days + 1, 0)
    return entry.cents * passed // ((entry.last - entry.first).days + 1)


@attrs.frozen
class Balance:
    """A grant, and what it pays in a plan.

    ``spent`` is what it pays if all grants have their smallest possible amounts, ``possible`` what
    it pays if all have their largest. ``payable_cents`` are the cents of all costs that it might
    pay. ``payable_costs`` are those costs by days. They are only kept if the remaining sum may lie
    outside of ``spent`` and ``possible``; then they are the bound.
    """

    fund: Fund
    spent: Spending = Spending()
    possible: Spending = Spending()
    payable_cents: int = 0
    payable_costs: Spending | None = None

    def remaining(self, on: dt.date) -> Amount:
        """Return the remaining sum after the costs up to a day."""
        amount = self.fund.grant.amount
        least = amount.least or Decimal(0)
        if self.payable_costs is not None:
            all_paid = euros(self.payable_costs.cents_until(on))
            return Amount(max(subtract(least, all_paid), Decimal(0)), amount.most)
        most = amount.most
        if most is not None:
            most = subtract(most, euros(self.possible.cents_until(on)))
        return Amount(subtract(least, euros(self.spent.cents_until(on))), most)

    def paid_cents(self) -> tuple[int, int]:
        """Return the smallest and the largest total of cents that the grant pays.

        If other grants are larger, less is left for this one to pay; if its own amount is larger,
        it may pay more. So the two plans are bounds only if its own amount is known.
        """
        amount = self.fund.grant.amount
        if amount.exact is not None and self.payable_costs is None:
            totals = self.spent.cents_until(dt.date.max), self.possible.cents_until(dt.date.max)
            return min(totals), max(totals)
        if amount.most is None:
            return 0, self.payable_cents
        return 0, min(self.payable_cents, whole_cents(amount.most))


@attrs.frozen
class Lapse(PydanticFields):
    """The rest of a grant when its last day ends: it cannot pay costs of later days."""

    grant: str
    day: dt.date
    amount: Amount


def lapse_of(balance: Balance) -> Lapse | None:
    """Return the part of a grant that lapses; ``None`` if it is used up or its end is unknown."""
    day = balance.fund.last_day
    remaining = balance.remaining(dt.date.max)
    if day is None or remaining.is_above(0) is False:  # it is `None` if a bound is unknown
        return None
    return Lapse(balance.fund.grant.id, day, remaining)
