"""Which grants may pay a cost, and the reasons why the others may not.

A `Fund` is a grant together with its call. The merged portfolio has all entities of the document,
and the bundled facts that it refers to. The codes TSK7xx and their messages, such as ``broken``,
are in ``severities_and_texts/tsk7_reasons.toml``.
"""

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tulevaisuus.findings.localization import Param
from tulevaisuus.funding.order_of_grants import Fund
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.project import Administration, Project
from tulevaisuus.rules.grants import LAST_DAY_OF_OLD_ADMINISTRATORS, is_old_administrator

__all__ = ["CostProfile", "Eligibility", "ProjectFunds", "Reason"]

_DAY = dt.timedelta(days=1)


class Reason(NamedTuple):
    """Why a grant may not pay a cost, or is doubtful: code, message and parameters of a finding."""

    grant: str
    code: str
    message: str
    params: tuple[tuple[str, Param], ...]


class Eligibility(NamedTuple):
    """Which funds of a project may pay a cost, and why the others may not.

    ``layers`` are pairs of a share in per cent and the indices of the funds that pay up to this
    share. A fund that pays 80 % is also in the layer of 70 %. ``doubts`` are about grants that may
    pay the cost only because a bound of their period is unknown.
    """

    layers: tuple[tuple[int, tuple[int, ...]], ...]
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...] = ()


class CostProfile(NamedTuple):
    """The properties of a cost that decide which grants may pay it; names are resolved to ids."""

    first: dt.date
    last: dt.date
    category: str | None
    category_text: str | None
    organisation: str | None


class ProjectFunds:
    """The grants of one project, and which of them may pay a cost.

    The answer only changes on certain days, such as the end of a period. So the answers are cached
    for the spans between those days, and are computed once, however many costs there are.
    """

    def __init__(self, project: Project | None, funds: Iterable[Fund], merged: Portfolio) -> None:
        """Take a project and its grants.

        Args:
            project: The project, if the portfolio or the facts describe it.
            funds: All its grants, in their order.
            merged: The portfolio merged with the facts.
        """
        all_funds = [*funds]
        self.funds: list[Fund] = [
            fund for fund in all_funds if fund.grant.status is GrantStatus.GRANTED
        ]
        """The grants that may pay; results refer to them by their index."""
        self.others: list[Fund] = [
            fund for fund in all_funds if fund.grant.status is not GrantStatus.GRANTED
        ]
        """The grants that pay nothing, as they are planned, applied for or rejected."""
        self.administrations: tuple[Administration, ...] = ()
        self.participants: frozenset[str] = frozenset()  # ids of organisations
        self.regions: frozenset[str] = frozenset()  # codes
        if project is not None:
            self.administrations = project.administrations or ()
            self.participants = frozenset(project.participants or ())
            self.regions = frozenset(project.regions or ())
        self._merged = merged
        programme = merged.programme
        self._programme_period: Period | None = None if programme is None else programme.period
        self.changes: list[dt.date] = sorted(self._changes())
        """The first days on which the answers may differ from those of the day before."""
        self._eligibilities: dict[tuple[object, ...], Eligibility] = {}
        """The answers, by the spans of the first and the last day, and what else counts."""

    def _changes(self) -> set[dt.date]:
        """Return the first days on which the grants that may pay, or the administrator, change."""
        periods = [fund.grant.usable for fund in self.funds]
        periods += [fund.cost_period for fund in self.funds]
        periods += [administration.period for administration in self.administrations]
        periods.append(self._programme_period)
        days = {LAST_DAY_OF_OLD_ADMINISTRATORS + _DAY}
        for period in filter(None, periods):
            if period.start is not None:
                days.add(period.start)
            if period.end is not None and period.end < dt.date.max:
                days.add(period.end + _DAY)
        return days

    def spans(self, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
        """Cut days into spans within which nothing changes."""
        later = self.changes[bisect.bisect_right(self.changes, first) :]
        for change in later:
            if change > last:
                break
            yield first, change - _DAY
            first = change
        yield first, last

    def eligibility(self, cost: CostProfile) -> Eligibility:
        """Return which funds may pay a cost, and why the other grants may not."""
        first_span = bisect.bisect_right(self.changes, cost.first)
        last_span = bisect.bisect_right(self.changes, cost.last)
        key = first_span, last_span, cost.category, cost.category_text, cost.organisation
        if key not in self._eligibilities:
            self._eligibilities[key] = self._find_eligibility(cost)
        return self._eligibilities[key]

    def _find_eligibility(self, cost: CostProfile) -> Eligibility:
        payers: list[int] = []
        reasons = [
            Reason(fund.grant.id, "TSK711", "broken", (("status", fund.grant.status),))
            for fund in self.others
        ]
        organisation_reasons = self._organisation_reasons(cost)  # the same for each grant
        for index, fund in enumerate(self.funds):
            of_fund = [*_period_reasons(fund, cost), *_category_reasons(fund, cost)]
            of_fund += [reason._replace(grant=fund.grant.id) for reason in organisation_reasons]
            reasons += of_fund
            if not of_fund:
                payers.append(index)
        return Eligibility(
            self._share_layers(payers), tuple(reasons), tuple(self._doubts(payers, cost))
        )

    def _doubts(self, payers: Iterable[int], cost: CostProfile) -> Iterator[Reason]:
        """Report grants that may pay days outside the programme only as their bound is unknown."""
        period = self._programme_period
        if period is None:
            return
        is_early = period.start is not None and cost.first < period.start
        is_late = period.end is not None and cost.last > period.end
        for index in payers:
            fund = self.funds[index]
            early = is_early and fund.first_day is None
            late = is_late and fund.last_day is None
            if early or late:
                message = "early_cost" if early else "late_cost"
                yield Reason(fund.grant.id, "TSK721", message, (("programme", period),))

    def _share_layers(self, payers: Sequence[int]) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Return the layers of an `Eligibility`: for each share, the funds that pay at least it."""
        shares = {index: self.funds[index].share_percent for index in payers}
        return tuple(
            (share, tuple(index for index in payers if shares[index] >= share))
            for share in sorted({*shares.values()})
        )

    def _organisation_reasons(self, cost: CostProfile) -> list[Reason]:
        """Return why no grant may pay a cost of this organisation; the reasons name no grant yet.

        If no administrator is recorded, every organisation is accepted.
        """
        organisation = cost.organisation
        if organisation is None or not self.administrations:
            return []
        if organisation in {known.organisation for known in self.administrations}:
            return self._administrator_reasons(organisation, cost)
        if organisation in self.participants or self._is_successor(organisation, cost):
            return []
        return [self._not_administrator(organisation, cost, "stranger")]

    def _administrator_reasons(self, organisation: str, cost: CostProfile) -> list[Reason]:
        """Return why an administrator may not have this cost.

        Either it administers the project on other days, or the cost is of 2023 or later: on
        1.1.2023 the wellbeing services counties took over from municipal administrators.
        """
        administrations = [
            known for known in self.administrations if known.organisation == organisation
        ]
        if not any(_covers(administration, cost) for administration in administrations):
            return [self._not_administrator(organisation, cost, "other_days")]
        recorded = self._merged.organisations.get(organisation)
        is_late = cost.last > LAST_DAY_OF_OLD_ADMINISTRATORS
        if is_late and recorded is not None and is_old_administrator(recorded):
            last = LAST_DAY_OF_OLD_ADMINISTRATORS
            params: tuple[tuple[str, Param], ...] = (("organisation", organisation), ("last", last))
            return [Reason("", "TSK716", "handed_over", params)]
        return []

    def _is_successor(self, organisation: str, cost: CostProfile) -> bool:
        """Return whether an organisation is the county that has succeeded the old administrators.

        The data may not record the county as administrator.
        """
        recorded = self._merged.organisations.get(organisation)
        if recorded is None or recorded.kind is not OrganisationKind.COUNTY:
            return False
        if recorded.region not in self.regions:
            return False
        ids = (known.organisation for known in self.administrations if _covers(known, cost))
        administrators = (self._merged.organisations.get(id) for id in ids)
        is_late = cost.first > LAST_DAY_OF_OLD_ADMINISTRATORS
        return is_late and all(
            known is not None and is_old_administrator(known) for known in administrators
        )

    def _not_administrator(self, organisation: str, cost: CostProfile, message: str) -> Reason:
        current = dict.fromkeys(
            known.organisation for known in self.administrations if _covers(known, cost)
        )
        params = (("organisation", organisation), ("administrators", tuple(current) or ("–",)))
        return Reason("", "TSK716", message, params)


def _covers(administration: Administration, cost: CostProfile) -> bool:
    """Return whether an administration covers all days; an unknown period covers all."""
    period = administration.period
    return period is None or (cost.first in period and cost.last in period)


def _period_reasons(fund: Fund, cost: CostProfile) -> Iterator[Reason]:
    """Check the usable period of the grant and, if that holds, the cost period of the call."""
    usable, cost_period = fund.grant.usable, fund.cost_period
    grant, call = fund.grant.id, ("call", fund.grant.call)
    if usable is None and cost_period is None:
        yield Reason(grant, "TSK712", "broken", (call,))
    elif usable is not None and not _contains_cost(usable, cost):
        yield Reason(grant, "TSK713", _period_message(usable, cost), (("window", usable),))
    elif cost_period is not None and not _contains_cost(cost_period, cost):
        params = call, ("window", cost_period)
        yield Reason(grant, "TSK714", _period_message(cost_period, cost), params)


def _contains_cost(period: Period, cost: CostProfile) -> bool:
    return cost.first in period and cost.last in period


def _period_message(period: Period, cost: CostProfile) -> str:
    """Return the message for a cost that is partly, or completely, outside a period."""
    return "partly" if period.overlaps(Period(cost.first, cost.last)) else "broken"


def _category_reasons(fund: Fund, cost: CostProfile) -> Iterator[Reason]:
    """Check the category by the list of the decree; an unknown list or category is no reason."""
    if fund.categories is None or cost.category_text is None or cost.category in fund.categories:
        return
    basis = None if fund.call is None else fund.call.legal_basis
    params = ("category", cost.category or cost.category_text), ("basis", basis or fund.grant.call)
    yield Reason(fund.grant.id, "TSK715", "broken", params)
