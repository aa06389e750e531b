"""What a plan reports: why grants may not pay costs, what is not paid, what rests on gaps."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import attrs

from tulevaisuus.findings import pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import Param
from tulevaisuus.funding.cents import euros
from tulevaisuus.funding.corrections import Settlement
from tulevaisuus.funding.cost import Cost
from tulevaisuus.funding.finding_codes import finding
from tulevaisuus.funding.grant_eligibility import WHOLE, Eligibility, Fund, Reason
from tulevaisuus.funding.ledger_names import Resolved
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.period import Period

__all__ = ["Case", "Judged", "Span", "findings_of"]

_FIELDS = {
    "TSK713": "day",
    "TSK714": "day",
    "TSK715": "category",
    "TSK716": "organisation",
    "TSK721": "day",
}
"""The field of a cost that a reason is about; the others are about the cost."""


class Span(NamedTuple):
    """Days of a cost, and which grants may pay them; ``is_split`` if each day counts by itself."""

    first: dt.date
    last: dt.date
    eligibility: Eligibility
    is_split: bool = False

    @property
    def days(self) -> dt.date | Period:
        """The day or the period."""
        return self.first if self.first == self.last else Period(self.first, self.last)


class Case(NamedTuple):
    """How a cost was judged.

    ``owed`` are its cents after corrections, ``barred`` those of them that no grant may pay, and
    ``own`` those that are above the share that the calls pay.
    """

    cost: Cost
    project: Resolved
    category: Resolved | None
    spans: tuple[Span, ...]
    owed: int
    barred: int
    own: int


@attrs.frozen
class Judged:
    """All that findings are made of."""

    repeated: tuple[Finding, ...]
    cases: tuple[Case, ...]
    settlements: tuple[Settlement, ...]
    funds: tuple[Fund, ...]
    funded: frozenset[str]
    """The projects that have a grant in the portfolio, of whatever status."""
    paying: frozenset[str]
    """The grants that pay something, or may pay something."""


def findings_of(
    judged: Judged, unpaid: Mapping[str, Amount], *, only: str | None = None
) -> Iterator[Finding]:
    """Return the findings: on the ledger, on each cost in its order, on each grant.

    Args:
        judged: How the costs were judged.
        unpaid: What is not paid of each.
        only: The cost to return findings of, if not of all.
    """
    for each in judged.repeated:
        if only is None or each.subject == f"cost {only}":
            yield each
    settled: dict[str, list[Settlement]] = {}
    for settlement in judged.settlements:
        settled.setdefault(settlement.correction, []).append(settlement)
    for case in judged.cases:
        if only is None or case.cost.id == only:
            yield from _on_cost(case, unpaid[case.cost.id], settled.get(case.cost.id, ()), judged)
    if only is None:
        for fund in judged.funds:
            yield from _on_fund(fund, pays=fund.grant.id in judged.paying)


def _on_cost(
    case: Case, rest: Amount, settled: Iterable[Settlement], judged: Judged
) -> Iterator[Finding]:
    yield from _on_correction(case, settled)
    yield from _on_names(case)
    for span in case.spans:
        for reason in (*span.eligibility.reasons, *span.eligibility.doubts):
            yield _of_reason(case.cost, span, reason)
    if case.spans:
        yield from _on_rest(case, rest, judged)


def _on_correction(case: Case, settled: Iterable[Settlement]) -> Iterator[Finding]:
    for each in settled:
        yield _about(case.cost, "TSK707", "broken", other=each.cost, amount=each.amount_eur)
    if case.owed < 0:
        yield _about(case.cost, "TSK706", "broken", "amount_eur", amount=euros(-case.owed))


def _on_names(case: Case) -> Iterator[Finding]:
    """Say which names are not known."""
    if case.project.id is None:
        yield _unknown(case, "TSK701", "project", case.cost.project, case.project)
    if case.category is not None and case.category.id is None:
        yield _unknown(case, "TSK703", "category", case.cost.category or "", case.category)


def _on_rest(case: Case, rest: Amount, judged: Judged) -> Iterator[Finding]:
    """Say of what is not paid why that is so."""
    cost = case.cost
    if case.barred:
        message = "broken" if case.project.id in judged.funded else "no_grants"
        project = case.project.id or ""
        yield _about(cost, "TSK704", message, amount=euros(case.barred), project=project)
    if case.own:
        yield _about(cost, "TSK708", "broken", amount=euros(case.own))
    over = rest - euros(case.barred + case.own)
    if over.is_above(0):
        yield _about(cost, "TSK705", "broken", amount=over)
    elif over.is_above(0) is None:
        yield _about(cost, "TSK705", "possible", amount=over.most or Decimal(0))


def _about(cost: Cost, code: str, message: str, field: str = "", /, **params: Param) -> Finding:
    path = pointers.join("costs", cost.id, *([field] if field else []))
    return finding(code, message, f"cost {cost.id}", path, {"cost": cost.id, **params})


def _unknown(case: Case, code: str, field: str, text: str, found: Resolved) -> Finding:
    message = "near" if found.near else "broken"
    near: dict[str, Param] = {"suggestions": found.near} if found.near else {}
    return _about(case.cost, code, message, field, found=text, **near)


def _of_reason(cost: Cost, span: Span, reason: Reason) -> Finding:
    field = _FIELDS.get(reason.code, "")
    params: dict[str, Param] = {"grant": reason.grant, "days": span.days, **dict(reason.params)}
    return _about(cost, reason.code, reason.message, field, **params)


def _on_fund(fund: Fund, *, pays: bool) -> Iterator[Finding]:
    """Say what of a grant rests on what is not recorded, and what its call asks for if it pays."""
    amount = fund.grant.amount
    if fund.first_day is None or fund.last_day is None:
        side = "start" if fund.first_day is None else "end"
        if fund.first_day is not None or fund.last_day is not None:
            yield _of_grant(fund, "TSK721", side)
    if amount.exact is None:
        yield _of_grant(fund, "TSK722", "broken", amount=amount)
    if pays:
        yield from _on_own_contribution(fund)


def _on_own_contribution(fund: Fund) -> Iterator[Finding]:
    """Say that the call of a grant asks for an own contribution, if it does."""
    call = fund.grant.call
    if fund.share < WHOLE:
        yield _of_grant(fund, "TSK723", "broken", share=fund.share, call=call)
    elif fund.call is not None and fund.call.own_contribution_required:
        yield _of_grant(fund, "TSK723", "unknown", call=call)


def _of_grant(fund: Fund, code: str, message: str, /, **params: Param) -> Finding:
    name = fund.grant.id
    path = pointers.join("grants", name)
    return finding(code, message, f"grant {name}", path, {"grant": name, **params})
