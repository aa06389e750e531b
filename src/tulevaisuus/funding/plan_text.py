"""A plan as lines of text, and as flat rows.

A plan says which grant pays which cost. A finding is a reported problem or note; its subject is the
entity that it is about, such as ``cost c1``.
"""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeAlias

from tulevaisuus._grouping import group_by
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, Param, require_language
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.funding.balances_and_lapses import Lapse
from tulevaisuus.funding.cents import add, subtract
from tulevaisuus.funding.cost import Cost
from tulevaisuus.funding.credit_notes import Settlement
from tulevaisuus.funding.own_contributions import OwnContribution
from tulevaisuus.funding.payment_and_unpaid_classes import Payment, Row, Unpaid
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.grant import Grant

__all__ = ["PlanLike", "closing_lines", "lines", "rows", "total_of"]


_COST_PARAMS = {"cost", "amount"}
"""The parameters of reasons that differ from cost to cost."""

_Reason: TypeAlias = "tuple[str, LocalizedText, tuple[tuple[str, Param], ...]]"
"""A code, its template and its parameters except those of the cost."""


class PlanLike(Protocol):
    """The parts of a `Plan` that texts need; `Plan` imports this module, not the reverse."""

    @property
    def costs(self) -> tuple[Cost, ...]:
        """The costs in their order."""
        ...

    @property
    def unplanned(self) -> tuple[Cost, ...]:
        """The lines that have the same id but different values."""
        ...

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The grants of the portfolio."""
        ...

    @property
    def payments(self) -> tuple[Payment, ...]:
        """The certain payments."""
        ...

    @property
    def possible(self) -> tuple[Payment, ...]:
        """The payments if all grants have their largest possible amounts."""
        ...

    @property
    def paid(self) -> Amount:
        """The sum that is paid."""
        ...

    @property
    def unpaid(self) -> Unpaid:
        """The unpaid sums."""
        ...

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """Which correction reduces which cost."""
        ...

    @property
    def lapses(self) -> tuple[Lapse, ...]:
        """The sums that lapse."""
        ...

    @property
    def own_contributions(self) -> tuple[OwnContribution, ...]:
        """The own contributions."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The reasons and remarks."""
        ...

    def remaining(self, grant: Grant | str, *, on: dt.date | None = None) -> Amount:
        """Return the remaining sum of a grant."""
        ...


def lines(plan: PlanLike, language: str, on: dt.date | None = None) -> Iterator[str]:
    """Return the lines of a plan: costs with their reasons, grants, sums, and the legal notice.

    Args:
        plan: The plan.
        language: The language of the lines.
        on: The day for which remaining sums are given; ``None`` for the end.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    require_language(language)
    by_subject = group_by(plan.findings, lambda finding: finding.subject)
    paid, possible = _by_cost(plan.payments), _by_cost(plan.possible)
    written: dict[_Reason, str] = {}
    for cost in plan.costs:
        id = cost.id
        payments = paid.get(id, ()), possible.get(id, ())
        outcome = _outcome_text(cost, plan.unpaid[id], *payments, language)
        params: dict[str, Param] = {
            "cost": id,
            "days": cost.day,
            "amount": cost.amount_eur,
            "outcome": outcome,
        }
        yield _line("cost", language, **params)
        yield from _reason_lines(by_subject.pop(f"cost {id}", ()), id, written, language)
    yield from _unplanned_lines(plan, by_subject, language)
    yield from _grant_lines(plan, by_subject, language, on)
    for rest in by_subject.values():
        yield from _messages(rest, language)
    yield from closing_lines(plan, language)


def total_of(plan: PlanLike) -> tuple[int, Decimal]:
    """Return the number of costs, planned or not, and their sum in euros."""
    amounts = [cost.amount_eur for cost in (*plan.costs, *plan.unplanned)]
    return len(amounts), functools.reduce(add, amounts, Decimal(0))


def closing_lines(plan: PlanLike, language: str) -> Iterator[str]:
    """Return the line with the sums of a plan, and the one that says that it is no decision."""
    count, amount = total_of(plan)
    yield _line(
        "total",
        language,
        count=count,
        amount=amount,
        paid=plan.paid,
        unpaid=Amount.total(plan.unpaid.values()),
    )
    yield _line("no_decision", language)


def _unplanned_lines(
    plan: PlanLike, by_subject: dict[str, tuple[Finding, ...]], language: str
) -> Iterator[str]:
    """Write the lines with the same id but different values, and why they are not planned."""
    outcome = _line("unplanned", language)
    for id, costs in group_by(plan.unplanned, lambda cost: cost.id).items():
        for cost in costs:
            params: dict[str, Param] = {"days": cost.day, "amount": cost.amount_eur}
            yield _line("cost", language, cost=id, outcome=outcome, **params)
        yield from _messages(by_subject.pop(f"cost {id}", ()), language)


def _grant_lines(
    plan: PlanLike, by_subject: dict[str, tuple[Finding, ...]], language: str, on: dt.date | None
) -> Iterator[str]:
    grants = {grant.id: grant for grant in plan.grants}
    used = {payment.grant for payment in (*plan.payments, *plan.possible)}
    used |= {lapse.grant for lapse in plan.lapses}
    for id in sorted(used):
        form, rest = "remains" if on is None else "remains_on", plan.remaining(id, on=on)
        yield _line(form, language, grant=id, amount=grants[id].amount, rest=rest, day=on)
        yield from _messages(by_subject.pop(f"grant {id}", ()), language)
    for own in plan.own_contributions:
        params: dict[str, Param] = {
            "call": own.call,
            "share": own.share_percent,
            "amount": own.amount,
        }
        yield _line("own", language, grant=own.grant, **params)
    for lapse in plan.lapses:
        yield _line("lapses", language, grant=lapse.grant, day=lapse.day, amount=lapse.amount)


def _outcome_text(
    cost: Cost,
    rest: Amount,
    paid: Iterable[Payment],
    possible: Iterable[Payment],
    language: str,
) -> str:
    """Write in one phrase which grants pay a cost, and the unpaid sum."""
    certain = _sums(paid)
    parts = [
        _line("pays", language, grant=grant, amount=paid_sum) for grant, paid_sum in certain.items()
    ]
    for grant, most in _sums(possible).items():
        least = certain.get(grant, Decimal(0))
        if most > least:
            parts.append(_line("may_pay", language, grant=grant, amount=subtract(most, least)))
    if rest.is_equal_to(0) is not True:
        form = "unsettled" if cost.amount_eur < 0 else "unpaid"
        parts.append(_line(form, language, amount=rest))
    if not parts:
        return _line("settled" if cost.amount_eur < 0 else "nothing", language)
    return "; ".join(parts)


def _sums(payments: Iterable[Payment]) -> dict[str, Decimal]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for payment in payments:
        sums[payment.grant] = add(sums[payment.grant], payment.amount_eur)
    return dict(sums)


def _by_cost(payments: Iterable[Payment]) -> dict[str, tuple[Payment, ...]]:
    return group_by(payments, lambda payment: payment.cost)


def _reason_lines(
    findings: Iterable[Finding], cost: str, written: dict[_Reason, str], language: str
) -> Iterator[str]:
    """Write the reasons below a cost; a reason that an earlier cost has is only its code.

    Thousands of costs may have the same few reasons. ``written`` has the first cost of each. Only
    the parameters that the text names make a difference.
    """
    repeated: defaultdict[str, list[str]] = defaultdict(list)
    for finding in findings:
        params = tuple(
            (name, value)
            for name, value in finding.params
            if name not in _COST_PARAMS and f"{{{name}}}" in finding.template.en
        )
        first = written.setdefault((finding.code, finding.template, params), cost)
        if first == cost:
            yield from _messages([finding], language)
        else:
            repeated[first].append(finding.code)
    for first, codes in repeated.items():
        yield f"  - {_line('as_for', language, cost=first, codes=tuple(dict.fromkeys(codes)))}"


def _messages(findings: Iterable[Finding], language: str) -> Iterator[str]:
    for finding in findings:
        yield f"  - {finding.code} {finding.message(language)}"


def _line(name: str, language: str, /, **params: Param) -> str:
    return open_catalogue("tulevaisuus.funding", "plan")["line"][name].fill(params, language)


def rows(plan: PlanLike, language: str) -> list[Row]:
    """Return a plan as flat rows: payments, possible payments if they differ, unpaid sums.

    Args:
        plan: The plan.
        language: The language of outcomes.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    require_language(language)
    texts = open_catalogue("tulevaisuus.funding", "plan")["outcome"]
    by_cost: defaultdict[str, list[_Outcome]] = defaultdict(list)
    for id, outcome in _outcomes(plan):
        by_cost[id].append(outcome)
    nothing = [_Outcome("nothing", None, _exact_amount(Decimal(0)))]
    planned = ((cost, by_cost.get(cost.id, nothing)) for cost in plan.costs)
    unplanned = (
        (cost, [_Outcome("unplanned", None, _exact_amount(cost.amount_eur))])
        for cost in plan.unplanned
    )
    return [
        _row(cost, texts[outcome.name].localize(language), outcome, is_first=index == 0)
        for cost, outcomes in (*planned, *unplanned)
        for index, outcome in enumerate(outcomes)
    ]


class _Outcome(NamedTuple):
    """What happens to a part of a cost: a name such as ``paid``, the grant, the amount.

    A cost is *reduced* by a correction, such as a credit note; the correction is *settled*.
    """

    name: str
    grant: str | None
    amount: Amount


def _outcomes(plan: PlanLike) -> Iterator[tuple[str, _Outcome]]:
    """Return the id of a cost with each of its outcomes: paid, possible, settled or unpaid."""
    for payment in plan.payments:
        yield payment.cost, _Outcome("paid", payment.grant, _exact_amount(payment.amount_eur))
    certain, possible = _by_cost(plan.payments), _by_cost(plan.possible)
    for payment in plan.possible:
        if certain.get(payment.cost) == possible[payment.cost]:
            continue
        yield payment.cost, _Outcome("possible", payment.grant, _exact_amount(payment.amount_eur))
    for settlement in plan.settlements:
        yield settlement.cost, _Outcome("reduced", None, _exact_amount(settlement.amount_eur))
        yield (
            settlement.correction,
            _Outcome("settled", None, _exact_amount(-settlement.amount_eur)),
        )
    for id, amount in plan.unpaid.items():
        yield id, _Outcome("unpaid", None, amount)


def _exact_amount(amount: Decimal) -> Amount:
    return Amount(amount, amount)


def _row(cost: Cost, outcome_text: str, outcome: _Outcome, *, is_first: bool) -> Row:
    return {
        "cost": cost.id,
        "day": str(cost.day),
        "project": cost.project,
        "category": cost.category,
        "organisation": cost.organisation,
        "cost_eur": cost.amount_eur if is_first else None,
        "outcome": outcome_text,
        "grant": outcome.grant,
        "least_eur": outcome.amount.least,
        "most_eur": outcome.amount.most,
        "voucher": cost.voucher,
        "description": cost.description,
    }
