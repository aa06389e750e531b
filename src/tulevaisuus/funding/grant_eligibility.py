"""The grants as funds: what each may pay, and why it may not pay something."""

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from tulevaisuus.findings.localization import Param
from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Administration, Project
from tulevaisuus.rules.grants import LAST_DAY_OF_OLD_ADMINISTRATORS, is_old_administrator

__all__ = ["WHOLE", "CostProfile", "Eligibility", "Fund", "ProjectFunds", "Reason", "funds_of"]

WHOLE = 100
"""A share in per cent of which nothing is left to pay."""

_DAY = dt.timedelta(days=1)


@attrs.frozen
class Fund:
    """A grant, and what its call says of the costs that it may pay.

    ``share`` is how many per cent of a cost it pays at most; ``categories`` are those that the
    decree lists, ``None`` where it is not known which decree that is.
    """

    grant: Grant
    call: Call | None
    categories: frozenset[str] | None

    @property
    def cost_period(self) -> Period | None:
        """The cost period of its call."""
        return None if self.call is None else self.call.cost_period

    @property
    def share(self) -> int:
        """How many per cent of a cost it pays at most: all of it, where its call says nothing."""
        share = None if self.call is None else self.call.grant_share_percent
        return WHOLE if share is None else min(share, WHOLE)

    @property
    def first_day(self) -> dt.date | None:
        """The first day whose costs it may pay, as far as it is known."""
        return max((each.start for each in self._periods() if each.start), default=None)

    @property
    def last_day(self) -> dt.date | None:
        """The last day whose costs it may pay, as far as it is known."""
        return min((each.end for each in self._periods() if each.end), default=None)

    def _periods(self) -> list[Period]:
        return [each for each in (self.grant.usable, self.cost_period) if each is not None]

    @property
    def order(self) -> tuple[dt.date, dt.date, str]:
        """The place among other funds: the one that ends first comes first."""
        return self.last_day or dt.date.max, self.first_day or dt.date.min, self.grant.id


class Reason(NamedTuple):
    """Why a grant may not pay a cost, or may not be meant to: a code and message of the reasons."""

    grant: str
    code: str
    message: str
    params: tuple[tuple[str, Param], ...]


class Eligibility(NamedTuple):
    """The funds of a project that may pay a cost, by their places, and why others may not.

    ``layers`` are the shares in per cent up to which a cost is paid, and by which of the payers:
    those that pay all. ``doubts`` are about grants that may pay it for want of a known day.
    """

    layers: tuple[tuple[int, tuple[int, ...]], ...]
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...] = ()


class CostProfile(NamedTuple):
    """What of a cost decides which grants may pay it; ids where they are known."""

    first: dt.date
    last: dt.date
    category: str | None
    category_text: str | None
    organisation: str | None


def funds_of(grants: Iterable[Grant], view: Portfolio) -> list[Fund]:
    """Return grants as funds, those that end first before the others."""
    lists: dict[str, set[str]] = {}
    for category in view.cost_categories:
        lists.setdefault(category.call_kind, set()).add(category.id)
    calls = {each.call: view.calls.get(each.call) for each in grants}
    made = (Fund(each, calls[each.call], _listed(calls[each.call], lists)) for each in grants)
    return sorted(made, key=lambda fund: fund.order)


def _listed(call: Call | None, lists: Mapping[str, set[str]]) -> frozenset[str] | None:
    known = (
        None if call is None or call.cost_categories is None else lists.get(call.cost_categories)
    )
    return None if known is None else frozenset(known)


class ProjectFunds:
    """The grants of one project, and which of them may pay a cost.

    Between the days on which anything changes, all days are alike: so each case is judged once,
    however many costs there are.
    """

    def __init__(self, project: Project | None, funds: Iterable[Fund], view: Portfolio) -> None:
        """Take the project, where it is on record, its grants in their order, and the rest."""
        known = [*funds]
        self.funds: list[Fund] = [
            each for each in known if each.grant.status is GrantStatus.GRANTED
        ]
        self.others: list[Fund] = [
            each for each in known if each.grant.status is not GrantStatus.GRANTED
        ]
        self.administrations: tuple[Administration, ...] = ()
        self.participants: frozenset[str] = frozenset()
        self.regions: frozenset[str] = frozenset()
        if project is not None:
            self.administrations = project.administrations or ()
            self.participants = frozenset(project.participants or ())
            self.regions = frozenset(project.regions or ())
        self._view = view
        self._programme: Period | None = None if view.programme is None else view.programme.period
        self.changes: list[dt.date] = sorted(self._changes())
        self._eligibilities: dict[tuple[object, ...], Eligibility] = {}

    def _changes(self) -> set[dt.date]:
        """Return the days on which another grant may pay, or somebody else administers."""
        periods = [each.grant.usable for each in self.funds]
        periods += [each.cost_period for each in self.funds]
        periods += [each.period for each in self.administrations]
        periods.append(self._programme)
        days = {LAST_DAY_OF_OLD_ADMINISTRATORS + _DAY}
        for period in filter(None, periods):
            days |= {each for each in (period.start,) if each}
            days |= {each + _DAY for each in (period.end,) if each and each < dt.date.max}
        return days

    def spans(self, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
        """Cut a stretch of days where anything changes."""
        inside = self.changes[bisect.bisect_right(self.changes, first) :]
        for change in inside:
            if change > last:
                break
            yield first, change - _DAY
            first = change
        yield first, last

    def eligibility(self, cost: CostProfile) -> Eligibility:
        """Return which funds may pay a cost, and why the other grants may not."""
        first = bisect.bisect_right(self.changes, cost.first)
        last = bisect.bisect_right(self.changes, cost.last)
        case = first, last, *cost[2:]
        if case not in self._eligibilities:
            self._eligibilities[case] = self._judge(cost)
        return self._eligibilities[case]

    def _judge(self, cost: CostProfile) -> Eligibility:
        payers: list[int] = []
        reasons = [
            Reason(each.grant.id, "TSK711", "broken", (("status", each.grant.status),))
            for each in self.others
        ]
        foreign = self._foreign(cost)
        for place, fund in enumerate(self.funds):
            found = [*_outside(fund, cost), *_wrong_category(fund, cost)]
            found += [each._replace(grant=fund.grant.id) for each in foreign]
            reasons += found
            if not found:
                payers.append(place)
        return Eligibility(self._layers(payers), tuple(reasons), tuple(self._doubts(payers, cost)))

    def _doubts(self, payers: Iterable[int], cost: CostProfile) -> Iterator[Reason]:
        """Return who may pay days outside the programme, as no recorded day says otherwise."""
        programme = self._programme
        if programme is None:
            return
        is_early = programme.start is not None and cost.first < programme.start
        is_late = programme.end is not None and cost.last > programme.end
        for place in payers:
            fund = self.funds[place]
            early = is_early and fund.first_day is None
            late = is_late and fund.last_day is None
            if early or late:
                message = "early_cost" if early else "late_cost"
                yield Reason(fund.grant.id, "TSK721", message, (("programme", programme),))

    def _layers(self, payers: Sequence[int]) -> tuple[tuple[int, tuple[int, ...]], ...]:
        shares = {place: self.funds[place].share for place in payers}
        return tuple(
            (share, tuple(place for place in payers if shares[place] >= share))
            for share in sorted({*shares.values()})
        )

    def _foreign(self, cost: CostProfile) -> list[Reason]:
        """Return why a cost of this organisation is none of the project, if it is not.

        Where nobody is on record as administrator, nobody can be told from another.
        """
        organisation = cost.organisation
        if organisation is None or not self.administrations:
            return []
        if organisation in {each.organisation for each in self.administrations}:
            return self._out_of_turn(organisation, cost)
        if organisation in self.participants or self._takes_over(organisation, cost):
            return []
        return [self._not_administrator(organisation, cost, "stranger")]

    def _out_of_turn(self, organisation: str, cost: CostProfile) -> list[Reason]:
        """Judge an administrator: by its days and, where they are not known, by the reform."""
        own = [each for each in self.administrations if each.organisation == organisation]
        if not any(_covers(each, cost) for each in own):
            return [self._not_administrator(organisation, cost, "other_days")]
        known = self._view.organisations.get(organisation)
        is_late = cost.last > LAST_DAY_OF_OLD_ADMINISTRATORS
        if is_late and known is not None and is_old_administrator(known):
            last = LAST_DAY_OF_OLD_ADMINISTRATORS
            params: tuple[tuple[str, Param], ...] = (("organisation", organisation), ("last", last))
            return [Reason("", "TSK716", "handed_over", params)]
        return []

    def _takes_over(self, organisation: str, cost: CostProfile) -> bool:
        """Whether it is the county that follows old administrators, though nobody recorded that."""
        known = self._view.organisations.get(organisation)
        if known is None or known.kind is not OrganisationKind.COUNTY:
            return False
        if known.region not in self.regions:
            return False
        now = (each.organisation for each in self.administrations if _covers(each, cost))
        old = (self._view.organisations.get(each) for each in now)
        is_late = cost.first > LAST_DAY_OF_OLD_ADMINISTRATORS
        return is_late and all(each is not None and is_old_administrator(each) for each in old)

    def _not_administrator(self, organisation: str, cost: CostProfile, message: str) -> Reason:
        now = dict.fromkeys(
            each.organisation for each in self.administrations if _covers(each, cost)
        )
        params = (("organisation", organisation), ("administrators", tuple(now) or ("–",)))
        return Reason("", "TSK716", message, params)


def _covers(administration: Administration, cost: CostProfile) -> bool:
    """Whether somebody administered all the days; days that are not known count as covered."""
    period = administration.period
    return period is None or (cost.first in period and cost.last in period)


def _outside(fund: Fund, cost: CostProfile) -> Iterator[Reason]:
    """Judge by the window of the grant and, if that holds, by the cost period of the call."""
    window, period = fund.grant.usable, fund.cost_period
    grant, call = fund.grant.id, ("call", fund.grant.call)
    if window is None and period is None:
        yield Reason(grant, "TSK712", "broken", (call,))
    elif window is not None and not _contains(window, cost):
        yield Reason(grant, "TSK713", _how(window, cost), (("window", window),))
    elif period is not None and not _contains(period, cost):
        yield Reason(grant, "TSK714", _how(period, cost), (call, ("window", period)))


def _contains(period: Period, cost: CostProfile) -> bool:
    return cost.first in period and cost.last in period


def _how(period: Period, cost: CostProfile) -> str:
    """Tell a cost of which some days are inside from one that is wholly outside."""
    return "partly" if period.overlaps(Period(cost.first, cost.last)) else "broken"


def _wrong_category(fund: Fund, cost: CostProfile) -> Iterator[Reason]:
    """Judge by the list of the decree; what is not recorded is no reason."""
    if fund.categories is None or cost.category_text is None or cost.category in fund.categories:
        return
    basis = None if fund.call is None else fund.call.legal_basis
    params = ("category", cost.category or cost.category_text), ("basis", basis or fund.grant.call)
    yield Reason(fund.grant.id, "TSK715", "broken", params)
