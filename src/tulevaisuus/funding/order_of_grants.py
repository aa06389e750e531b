"""Which grant pays first: the grants of a project as `Fund`s, in the order in which they pay."""

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["WHOLE_COST", "Fund", "funds_of"]

WHOLE_COST = 100
"""The share, in per cent, of a grant that pays all of a cost."""


@attrs.frozen
class Fund:
    """A grant, with the conditions of its call.

    ``categories`` are the cost categories in the list of the call's decree, ``None`` if the decree
    is unknown.
    """

    grant: Grant
    call: Call | None
    categories: frozenset[str] | None

    @property
    def cost_period(self) -> Period | None:
        """The cost period of its call."""
        return None if self.call is None else self.call.cost_period

    @property
    def share_percent(self) -> int:
        """The maximum share of a cost that it pays, in per cent; 100 if its call gives none."""
        share = None if self.call is None else self.call.grant_share_percent
        return WHOLE_COST if share is None else min(share, WHOLE_COST)

    @property
    def first_day(self) -> dt.date | None:
        """The first day whose costs it may pay, ``None`` if unknown."""
        return max((period.start for period in self._periods() if period.start), default=None)

    @property
    def last_day(self) -> dt.date | None:
        """The last day whose costs it may pay, ``None`` if unknown."""
        return min((period.end for period in self._periods() if period.end), default=None)

    def _periods(self) -> list[Period]:
        return [period for period in (self.grant.usable, self.cost_period) if period is not None]

    @property
    def sort_key(self) -> tuple[dt.date, dt.date, str]:
        """The key to sort funds by: the one that ends first comes first."""
        return self.last_day or dt.date.max, self.first_day or dt.date.min, self.grant.id


def funds_of(grants: Iterable[Grant], merged: Portfolio) -> list[Fund]:
    """Return grants as funds; the one that ends first comes first."""
    lists: dict[str, set[str]] = {}
    for category in merged.cost_categories:
        lists.setdefault(category.call_kind, set()).add(category.id)
    calls = {grant.call: merged.calls.get(grant.call) for grant in grants}
    funds = (
        Fund(grant, calls[grant.call], _categories(calls[grant.call], lists)) for grant in grants
    )
    return sorted(funds, key=lambda fund: fund.sort_key)


def _categories(call: Call | None, lists: Mapping[str, set[str]]) -> frozenset[str] | None:
    """Return the cost categories in the list of the decree of a call, ``None`` if unknown."""
    if call is None or call.cost_categories is None:
        return None
    listed = lists.get(call.cost_categories)
    return None if listed is None else frozenset(listed)
