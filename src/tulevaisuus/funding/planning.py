"""`plan`: from costs and a portfolio to which grant pays which cost.

Costs are read, corrected, judged and then assigned, project by project: a grant pays costs of its
own project alone, so no project has anything to do with another.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from tulevaisuus.facts.reference_portfolio import reference as bundled
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param, localize
from tulevaisuus.funding.balances import Balance, Lapse, lapse_of
from tulevaisuus.funding.cents import cents_of, euros
from tulevaisuus.funding.contributions import own_contributions
from tulevaisuus.funding.corrections import Line, Netted, net
from tulevaisuus.funding.cost import Cost
from tulevaisuus.funding.finding_codes import finding
from tulevaisuus.funding.grant_eligibility import CostProfile, ProjectFunds, funds_of
from tulevaisuus.funding.ledger_names import Names, Resolved
from tulevaisuus.funding.payments import Payment, Unpaid
from tulevaisuus.funding.plan_findings import Case, Judged, Span
from tulevaisuus.funding.plan_result import Plan
from tulevaisuus.funding.project_plan import Paid, Part, ProjectPlan, cut
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.field_types import ObjectOf
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["plan"]


def plan(
    costs: Iterable[Cost],
    portfolio: Portfolio,
    *,
    reference: Portfolio | None = None,
    split_by_day: bool = False,
    categories: Mapping[str, str] | None = None,
) -> Plan:
    """Plan which grant pays which cost, so that as much is paid as can be.

    The grants are those of the portfolio that are granted to the project of a cost. One may pay a
    cost whose days lie in its window and in the cost period of its call, whose category is in the
    list of the call's decree, and which is of who administers or takes part in the project then.
    What is not recorded is no reason against it: a missing bound is open. A grant of which neither
    window nor cost period is known pays nothing.

    Earlier costs come first, and of the grants that may pay one the one that ends first. The order
    of ``costs`` does not count. A cost may be paid by several grants.

    Args:
        costs: The costs; corrections below zero reduce earlier ones of the same project, category
            and organisation.
        portfolio: Where the grants are; `tulevaisuus.reference` for the bundled ones.
        reference: Where projects, calls, organisations and categories are looked up that the
            portfolio does not have; by default the bundled facts.
        split_by_day: Whether a cost of several days may be split into equal parts for its days.
            Otherwise a grant must be able to pay on all of them.
        categories: Accounts or words of the ledger, and the cost categories that they mean, by id
            or by name in any language: ``{"4000": "personnel", "4400": "matkakustannukset"}``.

    Returns:
        The plan. It never raises for the contents of the ledger: see `Plan.findings`.

    Raises:
        InvalidValueError: One of the costs is no `Cost`.
        TypeError: The portfolio is none.
        UnknownCodeError: ``categories`` name something that is no cost category.
    """
    _require_portfolio(portfolio)
    view = portfolio.over(bundled if reference is None else reference)
    names = Names(view, portfolio.grants, categories or {})
    ledger = _ledger(costs)
    planner = _Planner(portfolio, view, split_by_day=split_by_day)
    return planner.plan(ledger, names)


def _require_portfolio(given: object) -> None:
    if not isinstance(given, Portfolio):
        name = type(given).__name__
        raise TypeError(f"give a Portfolio, not a {name}; a Reading has one: reading.portfolio")


class _Ledger(NamedTuple):
    costs: tuple[Cost, ...]
    repeated: tuple[Finding, ...]
    unplanned: tuple[Cost, ...]


def _ledger(costs: Iterable[Cost]) -> _Ledger:
    """Sort costs by their days; of an id that comes twice, only equal costs count, and once."""
    by_id: dict[str, dict[Cost, None]] = {}
    twice: set[str] = set()
    for given in _validated(costs):
        if given.id in by_id:
            twice.add(given.id)
        by_id.setdefault(given.id, {})[given] = None
    kept: list[Cost] = []
    left: list[Cost] = []
    for lines in by_id.values():
        (kept if len(lines) == 1 else left).extend(lines)
    kept.sort(key=_by_day)
    left.sort(key=_by_day_and_amount)
    findings = tuple(_repeated(name, by_id[name]) for name in sorted(twice))
    return _Ledger(tuple(kept), findings, tuple(left))


def _validated(costs: Iterable[Cost]) -> Iterator[Cost]:
    """Return costs that are valid, or raise an error that has the place of the first other one."""
    validate = ObjectOf(Cost).validate
    for place, given in enumerate(costs):
        try:
            validate(given)
        except InvalidValueError as error:
            raise error.under(place) from None
        yield given


def _repeated(name: str, lines: Iterable[Cost]) -> Finding:
    """Report an id that comes twice, with the different lines that have it."""
    different = sorted(lines, key=_by_day_and_amount)
    message = "same" if len(different) == 1 else "different"
    params: dict[str, Param] = {"cost": name}
    if message == "different":
        params["lines"] = tuple(map(_in_words, different))
    return finding("TSK702", message, f"cost {name}", "", params).under("costs", name, "id")


def _in_words(cost: Cost) -> LocalizedText:
    """Return the day and the amount of a line, in words of each language."""
    return LocalizedText(
        **{
            language: f"{localize(cost.day, language)}: {localize(cost.amount_eur, language)}"
            for language in LANGUAGES
        }
    )


def _by_day(cost: Cost) -> tuple[dt.date, dt.date, str]:
    return cost.first_day, cost.last_day, cost.id


def _by_day_and_amount(cost: Cost) -> tuple[object, ...]:
    texts = (cost.project, cost.category, cost.organisation, cost.voucher, cost.description)
    return *_by_day(cost), cost.amount_eur, *(each or "" for each in texts)


class _Meant(NamedTuple):
    """The ids that the texts of a cost stand for."""

    project: Resolved
    category: Resolved | None
    organisation: str | None


def _meant(cost: Cost, names: Names) -> _Meant:
    category, organisation = cost.category, cost.organisation
    return _Meant(
        names.project(cost.project),
        None if category is None else names.category(category),
        None if organisation is None else names.organisation(organisation).id or organisation,
    )


def _net(costs: Sequence[Cost], meant: Sequence[_Meant]) -> Netted:
    """Reduce costs by corrections, of which those of a day come after its costs."""
    order = sorted(
        range(len(costs)),
        key=lambda place: (costs[place].last_day, costs[place].amount_eur < 0, place),
    )
    return net(
        Line(place, costs[place].id, _group(costs[place], meant[place]), _cents(costs[place]))
        for place in order
    )


def _group(cost: Cost, meant: _Meant) -> tuple[str | None, ...]:
    """Return what a correction has in common with the costs that it reduces."""
    category = None if meant.category is None else meant.category.id or cost.category
    return meant.project.id or cost.project, category, meant.organisation


def _cents(cost: Cost) -> int:
    return cents_of(cost.amount_eur)


class _Planner:
    """Judges costs and assigns them, for one portfolio."""

    def __init__(self, portfolio: Portfolio, view: Portfolio, *, split_by_day: bool) -> None:
        self.grants = tuple(sorted(portfolio.grants, key=lambda grant: grant.id))
        self.view = view
        self.split_by_day = split_by_day
        self.grouped: defaultdict[str, list[Grant]] = defaultdict(list)
        for grant in self.grants:
            self.grouped[grant.project].append(grant)
        self.projects: dict[str, ProjectFunds] = {}
        self.spans: dict[tuple[object, ...], tuple[Span, ...]] = {}

    def plan(self, ledger: _Ledger, names: Names) -> Plan:
        """Return the plan of a ledger."""
        meant = [_meant(cost, names) for cost in ledger.costs]
        netted = _net(ledger.costs, meant)
        cases: list[Case] = []
        parts: defaultdict[str, list[Part]] = defaultdict(list)
        for place, (cost, each) in enumerate(zip(ledger.costs, meant, strict=True)):
            spans = self._spans(cost, each) if netted.owed[place] > 0 else ()
            pieces = [*_cut(place, cost, spans, netted.owed[place])]
            cases.append(_case(cost, each, spans, netted.owed[place], pieces))
            if each.project.id is not None:
                parts[each.project.id] += (piece for piece in pieces if piece.payers)
        planned = {
            project: ProjectPlan(self._funds(project).funds, parts[project])
            for project in sorted(parts)
        }
        return self._result(ledger, cases, netted, planned)

    def _funds(self, project: str) -> ProjectFunds:
        known = self.projects.get(project)
        if known is None:
            funds = funds_of(self.grouped.get(project, ()), self.view)
            known = ProjectFunds(self.view.projects.get(project), funds, self.view)
            self.projects[project] = known
        return known

    def _spans(self, cost: Cost, meant: _Meant) -> tuple[Span, ...]:
        """Return the days of a cost, each stretch with the grants that may pay it.

        Many costs are alike in all that decides this, so they share the answer.
        """
        category = None if meant.category is None else meant.category.id
        like = meant.project.id, cost.day, category, cost.category, meant.organisation
        known = self.spans.get(like)
        if known is None:
            first, last = cost.first_day, cost.last_day
            profile = CostProfile(first, last, category, cost.category, meant.organisation)
            known = self.spans[like] = tuple(self._judged(meant.project.id, profile))
        return known

    def _judged(self, project: str | None, profile: CostProfile) -> Iterator[Span]:
        if project is None:
            return
        funds = self._funds(project)
        is_split = self.split_by_day and profile.first < profile.last
        stretches = funds.spans(profile.first, profile.last) if is_split else [profile[:2]]
        for first, last in stretches:
            eligibility = funds.eligibility(profile._replace(first=first, last=last))
            yield Span(first, last, eligibility, is_split)

    def _result(
        self,
        ledger: _Ledger,
        cases: Sequence[Case],
        netted: Netted,
        planned: Mapping[str, ProjectPlan],
    ) -> Plan:
        touched = _balances_by_grant(planned.values())
        own = [each for one in planned.values() for each in own_contributions(one)]
        own.sort(key=lambda each: each.grant)
        payments = _payments(ledger.costs, planned, "spent")
        is_exact = all(each.is_exact for each in planned.values())
        possible = payments if is_exact else _payments(ledger.costs, planned, "possible")
        judged = Judged(
            repeated=ledger.repeated,
            cases=tuple(cases),
            settlements=netted.settlements,
            funds=tuple(each.fund for each in touched),
            funded=frozenset(self.grouped),
            paying=frozenset(each.grant for each in (*payments, *possible))
            | {each.grant for each in own},
        )
        return Plan(
            costs=ledger.costs,
            grants=self.grants,
            payments=payments,
            possible=possible,
            unpaid=_unpaid(cases, planned, ledger.unplanned),
            unplanned=ledger.unplanned,
            settlements=netted.settlements,
            lapses=_lapses(touched),
            own_contributions=tuple(own),
            balances={each.fund.grant.id: each for each in (*touched, *self._untouched(planned))},
            judged=judged,
        )

    def _untouched(self, planned: Mapping[str, ProjectPlan]) -> Iterator[Balance]:
        """Return the grants of the projects that have no costs."""
        for project in self.grouped.keys() - planned.keys():
            yield from map(Balance, self._funds(project).funds)


def _balances_by_grant(plans: Iterable[ProjectPlan]) -> list[Balance]:
    """Return the balances of projects in the order of the ids of their grants."""
    balances = [each for plan in plans for each in plan.balances()]
    return sorted(balances, key=lambda balance: balance.fund.grant.id)


def _cut(place: int, cost: Cost, spans: Sequence[Span], owed: int) -> Iterator[Part]:
    """Cut what is owed for a cost by its stretches of days; no cent is lost between them."""
    if len(spans) == 1:
        yield from cut(place, spans[0], owed)
        return
    count = (cost.last_day - cost.first_day).days + 1
    before = 0
    for span in spans:
        upto = owed * ((span.last - cost.first_day).days + 1) // count
        yield from cut(place, span, upto - before)
        before = upto


def _case(
    cost: Cost, meant: _Meant, spans: tuple[Span, ...], owed: int, pieces: Sequence[Part]
) -> Case:
    barred = sum(piece.cents for piece in pieces if not piece.payers)
    own = owed - sum(piece.cents for piece in pieces) if spans else 0
    return Case(cost, meant.project, meant.category, spans, owed, barred, own)


def _payments(
    costs: Sequence[Cost], planned: Mapping[str, ProjectPlan], which: Literal["spent", "possible"]
) -> tuple[Payment, ...]:
    """Return the payments of all projects, in the order of the costs."""
    paid = [
        (each, plan.funds[each.fund].grant.id)
        for plan in planned.values()
        for each in (plan.spent if which == "spent" else plan.possible)
    ]
    paid.sort(key=lambda pair: pair[0].place)
    return tuple(
        Payment(costs[each.place].id, grant, euros(each.cents), each.span.days)
        for each, grant in paid
    )


def _unpaid(
    cases: Sequence[Case], planned: Mapping[str, ProjectPlan], unplanned: Iterable[Cost]
) -> Unpaid:
    """Return what is not paid of each cost, and what is left of corrections.

    Of an id with different lines it is their sum, as none of them is paid.
    """
    least = _less([case.owed for case in cases], (plan.possible for plan in planned.values()))
    most = _less([case.owed for case in cases], (plan.spent for plan in planned.values()))
    names = [case.cost.id for case in cases]
    sums = _sums(unplanned)
    left = zip((*names, *sums), (*least, *sums.values()), (*most, *sums.values()), strict=True)
    amounts = {name: Amount(euros(low), euros(high)) for name, low, high in left if low or high}
    return Unpaid(amounts, frozenset((*names, *sums)))


def _less(owed: list[int], paid: Iterable[Iterable[Paid]]) -> list[int]:
    """Return what is left of the cents of costs after payments."""
    for each in itertools.chain.from_iterable(paid):
        owed[each.place] -= each.cents
    return owed


def _sums(costs: Iterable[Cost]) -> Mapping[str, int]:
    """Return the cents of all lines of an id."""
    sums: defaultdict[str, int] = defaultdict(int)
    for cost in costs:
        sums[cost.id] += _cents(cost)
    return sums


def _lapses(balances: Iterable[Balance]) -> tuple[Lapse, ...]:
    found = filter(None, map(lapse_of, balances))
    return tuple(sorted(found, key=lambda lapse: (lapse.day, lapse.grant)))
