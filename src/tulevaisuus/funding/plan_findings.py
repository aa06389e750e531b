"""The findings of a plan: why grants may not pay costs, unpaid sums, and missing data.

A finding is a reported problem or note. A fund is a grant together with its call. Titles and texts
of the codes TSK7xx are in ``severities_and_texts/tsk7_reasons.toml``. A code may have several
texts, with names such as ``broken``.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import attrs

from tulevaisuus._grouping import group_by
from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import Param
from tulevaisuus.funding.cents import euros
from tulevaisuus.funding.cost import Cost
from tulevaisuus.funding.credit_notes import Settlement
from tulevaisuus.funding.grant_eligibility import Eligibility, Reason
from tulevaisuus.funding.ledger_texts_to_ids import Resolved
from tulevaisuus.funding.order_of_grants import WHOLE_COST, Fund
from tulevaisuus.funding.tsk7_codes import finding
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.period import Period

__all__ = ["CheckedCost", "PlanResults", "Span", "findings_of"]

_FIELD_OF_COST = {
    "TSK713": "day",  # outside the usable period of the grant
    "TSK714": "day",  # outside the cost period of the call
    "TSK715": "category",  # not in the list of the decree
    "TSK716": "organisation",  # neither administers the project nor takes part
    "TSK721": "day",  # paid only because a bound is unknown
}
"""The field of a cost that a reason is about; other reasons are about the whole cost."""


class Span(NamedTuple):
    """Days of a cost, and which grants may pay them; ``is_split`` if the cost is split by day."""

    first: dt.date
    last: dt.date
    eligibility: Eligibility
    is_split: bool = False

    @property
    def days(self) -> dt.date | Period:
        """The day or the period."""
        return self.first if self.first == self.last else Period(self.first, self.last)


class CheckedCost(NamedTuple):
    """A cost, and which grants may pay it.

    ``owed`` are its cents after corrections, ``unpayable`` the part of them that no grant may pay,
    and ``own_contribution`` the part above the share that the calls pay.
    """

    cost: Cost
    project: Resolved
    category: Resolved | None
    spans: tuple[Span, ...]
    owed: int
    unpayable: int
    own_contribution: int


@attrs.frozen
class PlanResults:
    """The results of planning from which findings are made.

    ``repeated`` are the findings about ids that occur more than once, ``settlements`` which
    correction reduced which cost, and ``funds`` the grants of the projects with costs. ``funded``
    are the ids of the projects that have a grant in the portfolio, of whatever status, and
    ``paying`` the ids of the grants that pay, or may pay, something.
    """

    repeated: tuple[Finding, ...]
    costs: tuple[CheckedCost, ...]
    settlements: tuple[Settlement, ...]
    funds: tuple[Fund, ...]
    funded: frozenset[str]
    paying: frozenset[str]


def findings_of(
    results: PlanResults, unpaid: Mapping[str, Amount], *, only: str | None = None
) -> Iterator[Finding]:
    """Return the findings about the ledger, then about each cost, then about each grant.

    Args:
        results: The results of planning.
        unpaid: The unpaid sum of each cost.
        only: The id of a cost, to return only the findings about it.
    """
    for repeated in results.repeated:
        if only is None or repeated.subject == f"cost {only}":
            yield repeated
    settlements = group_by(results.settlements, lambda settlement: settlement.correction)
    for checked in results.costs:
        id = checked.cost.id
        if only is None or id == only:
            yield from _cost_findings(checked, unpaid[id], settlements.get(id, ()), results)
    if only is None:
        for fund in results.funds:
            yield from _fund_findings(fund, pays=fund.grant.id in results.paying)


def _cost_findings(
    checked: CheckedCost, rest: Amount, settlements: Iterable[Settlement], results: PlanResults
) -> Iterator[Finding]:
    yield from _correction_findings(checked, settlements)
    yield from _name_findings(checked)
    for span in checked.spans:
        for reason in (*span.eligibility.reasons, *span.eligibility.doubts):
            yield _reason_finding(checked.cost, span, reason)
    if checked.spans:
        yield from _unpaid_findings(checked, rest, results)


def _correction_findings(
    checked: CheckedCost, settlements: Iterable[Settlement]
) -> Iterator[Finding]:
    """Report what a correction reduced, and the part of it that reduced nothing."""
    cost = checked.cost
    for settled in settlements:
        params: dict[str, Param] = {"other": settled.cost, "amount": settled.amount_eur}
        yield _cost_finding(cost, "TSK707", "broken", **params)
    if checked.owed < 0:
        yield _cost_finding(cost, "TSK706", "broken", "amount_eur", amount=euros(-checked.owed))


def _name_findings(checked: CheckedCost) -> Iterator[Finding]:
    """Report unknown names of projects and categories."""
    cost, project, category = checked.cost, checked.project, checked.category
    if project.id is None:
        yield _unknown_name(cost, "TSK701", "project", cost.project, project.suggestions)
    if category is not None and category.id is None:
        text = cost.category or ""
        yield _unknown_name(cost, "TSK703", "category", text, category.suggestions)


def _unpaid_findings(checked: CheckedCost, rest: Amount, results: PlanResults) -> Iterator[Finding]:
    """Report why a part of a cost is not paid: no grant may, own contribution, no money left."""
    cost = checked.cost
    if checked.unpayable:
        message = "broken" if checked.project.id in results.funded else "no_grants"
        project = checked.project.id or ""
        yield _cost_finding(
            cost, "TSK704", message, amount=euros(checked.unpayable), project=project
        )
    if checked.own_contribution:
        yield _cost_finding(cost, "TSK708", "broken", amount=euros(checked.own_contribution))
    without_money = rest - euros(checked.unpayable + checked.own_contribution)
    if without_money.is_above(0):
        yield _cost_finding(cost, "TSK705", "broken", amount=without_money)
    elif without_money.is_above(0) is None:  # whether money is left is not known
        most = without_money.most or Decimal(0)
        yield _cost_finding(cost, "TSK705", "possible", amount=most)


def _cost_finding(
    cost: Cost, code: str, message: str, field: str = "", /, **params: Param
) -> Finding:
    path = json_pointers.join("costs", cost.id, *([field] if field else []))
    return finding(code, message, f"cost {cost.id}", path, {"cost": cost.id, **params})


def _unknown_name(
    cost: Cost, code: str, field: str, text: str, suggestions: tuple[str, ...]
) -> Finding:
    if suggestions:
        return _cost_finding(cost, code, "near", field, found=text, suggestions=suggestions)
    return _cost_finding(cost, code, "broken", field, found=text)


def _reason_finding(cost: Cost, span: Span, reason: Reason) -> Finding:
    field = _FIELD_OF_COST.get(reason.code, "")
    params: dict[str, Param] = {"grant": reason.grant, "days": span.days, **dict(reason.params)}
    return _cost_finding(cost, reason.code, reason.message, field, **params)


def _fund_findings(fund: Fund, *, pays: bool) -> Iterator[Finding]:
    """Report missing data of a grant and, if it pays something, the own contribution."""
    amount = fund.grant.amount
    # Exactly one bound is unknown. A grant without both pays nothing, so that they do not matter.
    if (fund.first_day is None) is not (fund.last_day is None):
        message = "start" if fund.first_day is None else "end"
        yield _grant_finding(fund, "TSK721", message)
    if amount.exact is None:
        yield _grant_finding(fund, "TSK722", "broken", amount=amount)
    if pays:
        yield from _own_contribution_findings(fund)


def _own_contribution_findings(fund: Fund) -> Iterator[Finding]:
    """Report that the call of a grant requires an own contribution, if it does."""
    call = fund.grant.call
    if fund.share_percent < WHOLE_COST:
        yield _grant_finding(fund, "TSK723", "broken", share=fund.share_percent, call=call)
    elif fund.call is not None and fund.call.own_contribution_required:
        yield _grant_finding(fund, "TSK723", "unknown", call=call)


def _grant_finding(fund: Fund, code: str, message: str, /, **params: Param) -> Finding:
    id = fund.grant.id
    path = json_pointers.join("grants", id)
    return finding(code, message, f"grant {id}", path, {"grant": id, **params})
