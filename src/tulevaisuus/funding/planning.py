"""`plan`: assigns the costs of a ledger to the grants of a portfolio.

The steps are: sort the ledger, resolve names to ids, apply corrections, find the grants that may
pay each cost, and assign costs to grants. A grant pays costs of its own project only, so each
project is planned separately. A portfolio has all entities of one document; others are looked up in
the reference, by default the bundled facts. Corrections are credit notes and the like.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeVar

from tulevaisuus._grouping import group_by
from tulevaisuus.facts.reference_portfolio import reference as bundled
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param, localize
from tulevaisuus.funding.balances_and_lapses import Balance, Lapse, lapse_of
from tulevaisuus.funding.cents import cents_of, euros
from tulevaisuus.funding.cost import Cost
from tulevaisuus.funding.credit_notes import CorrectedCosts, Line, apply_corrections
from tulevaisuus.funding.grant_eligibility import CostProfile, ProjectFunds
from tulevaisuus.funding.ledger_texts_to_ids import Names, Resolved
from tulevaisuus.funding.order_of_grants import funds_of
from tulevaisuus.funding.own_contributions import own_contributions
from tulevaisuus.funding.payment_and_unpaid_classes import Payment, Unpaid
from tulevaisuus.funding.payments_of_one_project import Paid, Part, ProjectPlan, split_by_share
from tulevaisuus.funding.plan_arguments import accounts_to_categories, require_arguments
from tulevaisuus.funding.plan_findings import CheckedCost, PlanResults, Span
from tulevaisuus.funding.plan_result import Plan
from tulevaisuus.funding.tsk7_codes import finding
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.cost_category import CostCategory
from tulevaisuus.model.field_types import ObjectOf
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["plan"]

Account = TypeVar("Account", bound=str | int)


def plan(
    costs: Iterable[Cost],
    portfolio: Portfolio,
    *,
    reference: Portfolio | None = None,
    split_by_day: bool = False,
    categories: Mapping[Account, str | CostCategory] | None = None,
) -> Plan:
    """Plan which grant pays which cost, so that as much as possible is paid.

    A cost is paid by grants of its project in the portfolio. A grant may pay a cost if its days are
    in the usable period of the grant and in the cost period of the call, its category is in the
    list of the call's decree, and its organisation administers or takes part in the project on
    those days. Missing data is no reason against a payment: a missing bound is open. But a grant
    with neither a usable period nor a cost period pays nothing.

    Earlier costs have priority, and the grant that ends first pays first. The order of ``costs``
    does not count. Several grants may pay one cost.

    Args:
        costs: The costs; corrections below zero reduce earlier ones of the same project, category
            and organisation.
        portfolio: The portfolio with the grants; `tulevaisuus.reference` has the bundled ones.
        reference: Used to look up projects, calls, organisations and categories that the portfolio
            does not have; by default the bundled facts.
        split_by_day: Whether a cost of several days may be split into equal parts for its days.
            Otherwise a grant must be able to pay on all of them.
        categories: Accounts or words of the ledger, and the cost categories that they mean, by id
            or by name in any language: ``{4000: "personnel", "4400": "matkakustannukset"}``.

    Returns:
        The plan. Wrong contents of the ledger are no exception: see `Plan.findings`.

    Raises:
        InvalidValueError: One of the costs is no `Cost`.
        TypeError: An argument has a wrong type.
        UnknownCodeError: ``categories`` name a cost category that does not exist.
        ValueError: ``categories`` name two cost categories for one account.
    """
    require_arguments(costs, portfolio, reference, split_by_day=split_by_day)
    # The entities of the portfolio and, for keys that it lacks, those of the facts.
    merged = portfolio.over(bundled if reference is None else reference)
    names = Names(merged, portfolio.grants, accounts_to_categories(categories))
    ledger = _sort_ledger(costs)
    planner = _Planner(portfolio, merged, split_by_day=split_by_day)
    return planner.plan(ledger, names)


class _Ledger(NamedTuple):
    """The costs to plan, the findings about repeated ids, and the costs that are not planned."""

    costs: tuple[Cost, ...]
    repeated: tuple[Finding, ...]
    unplanned: tuple[Cost, ...]


def _sort_ledger(costs: Iterable[Cost]) -> _Ledger:
    """Sort costs by their days, and find repeated ids.

    Equal lines with the same id are planned once; different lines with the same id are not planned.
    """
    by_id: dict[str, dict[Cost, None]] = {}
    repeated: set[str] = set()
    for cost in _validate_all(costs):
        if cost.id in by_id:
            repeated.add(cost.id)
        by_id.setdefault(cost.id, {})[cost] = None
    planned: list[Cost] = []
    unplanned: list[Cost] = []
    for lines in by_id.values():
        if len(lines) == 1:
            planned += lines
        else:
            unplanned += lines
    planned.sort(key=_day_key)
    unplanned.sort(key=_line_key)
    findings = tuple(_repeated_id_finding(id, by_id[id]) for id in sorted(repeated))
    return _Ledger(tuple(planned), findings, tuple(unplanned))


def _validate_all(costs: Iterable[Cost]) -> Iterator[Cost]:
    """Yield the costs; raise an error with the index of the first one that is no valid cost."""
    validate = ObjectOf(Cost).validate
    for index, cost in enumerate(costs):
        try:
            validate(cost)
        except InvalidValueError as error:
            raise error.under(index) from None
        yield cost


def _repeated_id_finding(id: str, lines: Iterable[Cost]) -> Finding:
    """Report an id that occurs more than once, with the different lines that have it."""
    different = sorted(lines, key=_line_key)
    message = "same" if len(different) == 1 else "different"
    params: dict[str, Param] = {"cost": id}
    if message == "different":
        params["lines"] = tuple(map(_format_line, different))
    return finding("TSK702", message, f"cost {id}", "", params).under("costs", id, "id")


def _format_line(cost: Cost) -> LocalizedText:
    """Write the day and the amount of a line, in each language."""
    return LocalizedText(
        **{
            language: f"{localize(cost.day, language)}: {localize(cost.amount_eur, language)}"
            for language in LANGUAGES
        }
    )


def _day_key(cost: Cost) -> tuple[dt.date, dt.date, str]:
    return cost.first_day, cost.last_day, cost.id


def _line_key(cost: Cost) -> tuple[object, ...]:
    """Return a key that sorts lines by day, then by all other values: the order never varies."""
    texts = (cost.project, cost.category, cost.organisation, cost.voucher, cost.description)
    return *_day_key(cost), cost.amount_eur, *(text or "" for text in texts)


class _ResolvedNames(NamedTuple):
    """The ids that the texts of a cost mean."""

    project: Resolved
    category: Resolved | None
    organisation: str | None


def _resolve_names(cost: Cost, names: Names) -> _ResolvedNames:
    category, organisation = cost.category, cost.organisation
    return _ResolvedNames(
        names.project(cost.project),
        None if category is None else names.category(category),
        None if organisation is None else names.organisation(organisation).id or organisation,
    )


def _correct_costs(costs: Sequence[Cost], resolved: Sequence[_ResolvedNames]) -> CorrectedCosts:
    """Reduce costs by corrections; a correction can reduce costs of its own day."""
    order = sorted(
        range(len(costs)),
        key=lambda index: (costs[index].last_day, costs[index].amount_eur < 0, index),
    )
    lines = ((index, costs[index], resolved[index]) for index in order)
    return apply_corrections(
        Line(index, cost.id, _group(cost, names), cents_of(cost.amount_eur))
        for index, cost, names in lines
    )


def _group(cost: Cost, resolved: _ResolvedNames) -> tuple[str | None, ...]:
    """Return the values that a correction has in common with the costs that it reduces."""
    category = None if resolved.category is None else resolved.category.id or cost.category
    return resolved.project.id or cost.project, category, resolved.organisation


class _Planner:
    """Plans the costs of ledgers for one portfolio."""

    def __init__(self, portfolio: Portfolio, merged: Portfolio, *, split_by_day: bool) -> None:
        self.grants = tuple(sorted(portfolio.grants, key=lambda grant: grant.id))
        self.merged = merged
        self.split_by_day = split_by_day
        self.grants_by_project = group_by(self.grants, lambda grant: grant.project)
        self.project_funds: dict[str, ProjectFunds] = {}
        """The grants of the projects that have costs, by the id of the project."""
        self.spans: dict[tuple[object, ...], tuple[Span, ...]] = {}
        """The answers of `_spans`, by the values of a cost that they depend on."""

    def plan(self, ledger: _Ledger, names: Names) -> Plan:
        """Return the plan of a ledger."""
        resolved = [_resolve_names(cost, names) for cost in ledger.costs]
        corrected = _correct_costs(ledger.costs, resolved)
        checked: list[CheckedCost] = []
        parts: defaultdict[str, list[Part]] = defaultdict(list)
        for index, (cost, ids) in enumerate(zip(ledger.costs, resolved, strict=True)):
            owed = corrected.owed[index]
            spans = self._spans(cost, ids) if owed > 0 else ()
            parts_of_cost = [*_split(index, cost, spans, owed)]
            checked.append(_checked_cost(cost, ids, spans, owed, parts_of_cost))
            if ids.project.id is not None:
                parts[ids.project.id] += (part for part in parts_of_cost if part.payers)
        planned = {
            project: ProjectPlan(self._funds_of(project).funds, parts[project])
            for project in sorted(parts)
        }
        return self._make_plan(ledger, checked, corrected, planned)

    def _funds_of(self, project: str) -> ProjectFunds:
        cached = self.project_funds.get(project)
        if cached is None:
            funds = funds_of(self.grants_by_project.get(project, ()), self.merged)
            cached = ProjectFunds(self.merged.projects.get(project), funds, self.merged)
            self.project_funds[project] = cached
        return cached

    def _spans(self, cost: Cost, resolved: _ResolvedNames) -> tuple[Span, ...]:
        """Return the days of a cost in spans, each with the grants that may pay it.

        Many costs have the same days, category and organisation, so the answer is cached.
        """
        category = None if resolved.category is None else resolved.category.id
        key = resolved.project.id, cost.day, category, cost.category, resolved.organisation
        cached = self.spans.get(key)
        if cached is None:
            first, last = cost.first_day, cost.last_day
            profile = CostProfile(first, last, category, cost.category, resolved.organisation)
            cached = self.spans[key] = tuple(self._find_spans(resolved.project.id, profile))
        return cached

    def _find_spans(self, project: str | None, profile: CostProfile) -> Iterator[Span]:
        if project is None:
            return
        funds = self._funds_of(project)
        is_split = self.split_by_day and profile.first < profile.last
        all_days = (profile.first, profile.last)
        spans = funds.spans(*all_days) if is_split else [all_days]
        for first, last in spans:
            eligibility = funds.eligibility(profile._replace(first=first, last=last))
            yield Span(first, last, eligibility, is_split)

    def _make_plan(
        self,
        ledger: _Ledger,
        checked: Sequence[CheckedCost],
        corrected: CorrectedCosts,
        planned: Mapping[str, ProjectPlan],
    ) -> Plan:
        balances = _sorted_balances(planned.values())
        required = [own for project in planned.values() for own in own_contributions(project)]
        required.sort(key=lambda own: own.grant)
        # ``spent`` is certain; ``possible`` is paid if all grants have their largest amounts.
        payments = _payments(ledger.costs, planned, "spent")
        is_exact = all(project.is_exact for project in planned.values())
        possible = payments if is_exact else _payments(ledger.costs, planned, "possible")
        results = PlanResults(
            repeated=ledger.repeated,
            costs=tuple(checked),
            settlements=corrected.settlements,
            funds=tuple(balance.fund for balance in balances),
            funded=frozenset(self.grants_by_project),
            paying=frozenset(payment.grant for payment in (*payments, *possible))
            | {own.grant for own in required},
        )
        all_balances = (*balances, *self._unused(planned))
        return Plan(
            costs=ledger.costs,
            grants=self.grants,
            payments=payments,
            possible=possible,
            unpaid=_unpaid(checked, planned, ledger.unplanned),
            unplanned=ledger.unplanned,
            settlements=corrected.settlements,
            lapses=_lapses(balances),
            own_contributions=tuple(required),
            balances={balance.fund.grant.id: balance for balance in all_balances},
            results=results,
        )

    def _unused(self, planned: Mapping[str, ProjectPlan]) -> Iterator[Balance]:
        """Return the balances of grants whose projects have no costs."""
        for project in self.grants_by_project.keys() - planned.keys():
            yield from map(Balance, self._funds_of(project).funds)


def _sorted_balances(plans: Iterable[ProjectPlan]) -> list[Balance]:
    """Return the balances of all projects, sorted by the ids of grants."""
    balances = [balance for plan in plans for balance in plan.balances()]
    return sorted(balances, key=lambda balance: balance.fund.grant.id)


def _split(index: int, cost: Cost, spans: Sequence[Span], owed: int) -> Iterator[Part]:
    """Split the cents of a cost by its spans of days, then by the shares of payers.

    The running sum is rounded, not each span, so that no cent is lost.
    """
    if len(spans) == 1:
        yield from split_by_share(index, spans[0], owed)
        return
    day_count = (cost.last_day - cost.first_day).days + 1
    earlier = 0
    for span in spans:
        running_sum = owed * ((span.last - cost.first_day).days + 1) // day_count
        yield from split_by_share(index, span, running_sum - earlier)
        earlier = running_sum


def _checked_cost(
    cost: Cost,
    resolved: _ResolvedNames,
    spans: tuple[Span, ...],
    owed: int,
    parts: Sequence[Part],
) -> CheckedCost:
    unpayable = sum(part.cents for part in parts if not part.payers)
    # A grant pays a share of a cost, such as 80 per cent; the rest is the own contribution.
    rest = owed - sum(part.cents for part in parts) if spans else 0
    return CheckedCost(cost, resolved.project, resolved.category, spans, owed, unpayable, rest)


def _payments(
    costs: Sequence[Cost], planned: Mapping[str, ProjectPlan], which: Literal["spent", "possible"]
) -> tuple[Payment, ...]:
    """Return the payments of all projects, in the order of the costs."""
    paid = [
        (payment, plan.funds[payment.payer].grant.id)
        for plan in planned.values()
        for payment in (plan.spent if which == "spent" else plan.possible)
    ]
    paid.sort(key=lambda pair: pair[0].cost)
    return tuple(
        Payment(costs[payment.cost].id, grant, euros(payment.cents), payment.span.days)
        for payment, grant in paid
    )


def _unpaid(
    checked: Sequence[CheckedCost], planned: Mapping[str, ProjectPlan], unplanned: Iterable[Cost]
) -> Unpaid:
    """Return the unpaid sum of each cost, and the rest of each correction.

    Lines with the same id but different values are not paid: their sum is unpaid.
    """
    plans = planned.values()
    least = _subtract_payments(checked, (plan.possible for plan in plans))
    most = _subtract_payments(checked, (plan.spent for plan in plans))
    ids = [each.cost.id for each in checked]
    sums = _sums_by_id(unplanned)
    bounds = zip((*ids, *sums), (*least, *sums.values()), (*most, *sums.values()), strict=True)
    amounts = {id: Amount(euros(low), euros(high)) for id, low, high in bounds if low or high}
    return Unpaid(amounts, frozenset((*ids, *sums)))


def _subtract_payments(checked: Sequence[CheckedCost], paid: Iterable[Iterable[Paid]]) -> list[int]:
    """Return the cents of costs after payments."""
    owed = [cost.owed for cost in checked]
    for payment in itertools.chain.from_iterable(paid):
        owed[payment.cost] -= payment.cents
    return owed


def _sums_by_id(costs: Iterable[Cost]) -> Mapping[str, int]:
    """Return the sum of the lines of each id, in cents."""
    sums: defaultdict[str, int] = defaultdict(int)
    for cost in costs:
        sums[cost.id] += cents_of(cost.amount_eur)
    return sums


def _lapses(balances: Iterable[Balance]) -> tuple[Lapse, ...]:
    """Return what is left of grants after the last day on which it could be used, by that day."""
    lapses = filter(None, map(lapse_of, balances))
    return tuple(sorted(lapses, key=lambda lapse: (lapse.day, lapse.grant)))
