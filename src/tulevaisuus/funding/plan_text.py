"""A plan in words, line by line, and as flat rows."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeAlias

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param
from tulevaisuus.findings.lookup_errors import UnknownLanguageError
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.funding.balances import Lapse
from tulevaisuus.funding.cents import add, less
from tulevaisuus.funding.contributions import OwnContribution
from tulevaisuus.funding.corrections import Settlement
from tulevaisuus.funding.cost import Cost
from tulevaisuus.funding.payments import Payment, Row, Unpaid
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.grant import Grant

__all__ = ["Explained", "closing_lines", "lines", "rows", "total_of"]


_OF_THE_COST = {"cost", "amount"}
"""The parameters of reasons that are in the line of the cost, too."""

_Reason: TypeAlias = "tuple[str, LocalizedText, tuple[tuple[str, Param], ...]]"
"""A code, its words and what is filled into them, apart from the cost itself."""


class Explained(Protocol):
    """What is put into words of a plan."""

    @property
    def costs(self) -> tuple[Cost, ...]:
        """The costs in their order."""
        ...

    @property
    def unplanned(self) -> tuple[Cost, ...]:
        """The lines of ids that come with different values."""
        ...

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The grants of the portfolio."""
        ...

    @property
    def payments(self) -> tuple[Payment, ...]:
        """What is certain to be payable."""
        ...

    @property
    def possible(self) -> tuple[Payment, ...]:
        """What is paid if grants are as large as they may be."""
        ...

    @property
    def paid(self) -> Amount:
        """What is paid in all."""
        ...

    @property
    def unpaid(self) -> Unpaid:
        """What is not paid."""
        ...

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """The corrections."""
        ...

    @property
    def lapses(self) -> tuple[Lapse, ...]:
        """What lapses."""
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
        """Return what is left of a grant."""
        ...


def lines(plan: Explained, language: str, on: dt.date | None = None) -> Iterator[str]:
    """Return the lines of a plan: costs with the reasons below them, grants, and what it is not.

    Args:
        plan: The plan.
        language: The language of the lines.
        on: The day on which it is said what is left of the grants.

    Raises:
        UnknownLanguageError: The language is none of the three.
    """
    _require(language)
    about: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in plan.findings:
        about[finding.subject].append(finding)
    paid, possible = _by_cost(plan.payments), _by_cost(plan.possible)
    written: dict[_Reason, str] = {}
    for cost in plan.costs:
        name = cost.id
        outcome = _outcome(cost, plan.unpaid[name], paid[name], possible[name], language)
        params: dict[str, Param] = {
            "cost": name,
            "days": cost.day,
            "amount": cost.amount_eur,
            "outcome": outcome,
        }
        yield _line("cost", language, **params)
        yield from _reasons(about.pop(f"cost {name}", ()), name, written, language)
    yield from _on_unplanned(plan, about, language)
    yield from _on_grants(plan, about, language, on)
    for rest in about.values():
        yield from _messages(rest, language)
    yield from closing_lines(plan, language)


def total_of(plan: Explained) -> tuple[int, Decimal]:
    """Return how many costs there are, planned or not, and their euros."""
    amounts = [cost.amount_eur for cost in (*plan.costs, *plan.unplanned)]
    return len(amounts), functools.reduce(add, amounts, Decimal(0))


def closing_lines(plan: Explained, language: str) -> Iterator[str]:
    """Return the sums of a plan, which add up to the costs, and what a plan is not.

    Args:
        plan: The plan.
        language: The language of the lines.
    """
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


def _on_unplanned(plan: Explained, about: dict[str, list[Finding]], language: str) -> Iterator[str]:
    """Name each line of an id that comes with different values, and say why it is not planned."""
    lines_of: defaultdict[str, list[Cost]] = defaultdict(list)
    for cost in plan.unplanned:
        lines_of[cost.id].append(cost)
    outcome = _line("unplanned", language)
    for name, costs in lines_of.items():
        for cost in costs:
            params: dict[str, Param] = {"days": cost.day, "amount": cost.amount_eur}
            yield _line("cost", language, cost=name, outcome=outcome, **params)
        yield from _messages(about.pop(f"cost {name}", ()), language)


def _on_grants(
    plan: Explained, about: dict[str, list[Finding]], language: str, on: dt.date | None
) -> Iterator[str]:
    grants = {each.id: each for each in plan.grants}
    touched = {each.grant for each in (*plan.payments, *plan.possible)}
    touched |= {each.grant for each in plan.lapses}
    for name in sorted(touched):
        form, rest = "remains" if on is None else "remains_on", plan.remaining(name, on=on)
        yield _line(form, language, grant=name, amount=grants[name].amount, rest=rest, day=on)
        yield from _messages(about.pop(f"grant {name}", ()), language)
    for each in plan.own_contributions:
        params: dict[str, Param] = {
            "call": each.call,
            "share": each.share_percent,
            "amount": each.amount,
        }
        yield _line("own", language, grant=each.grant, **params)
    for lapse in plan.lapses:
        yield _line("lapses", language, grant=lapse.grant, day=lapse.day, amount=lapse.amount)


def _outcome(
    cost: Cost,
    rest: Amount,
    paid: Iterable[Payment],
    possible: Iterable[Payment],
    language: str,
) -> str:
    """Say in one phrase who pays a cost, and what is left of it."""
    certain = _sums(paid)
    parts = [_line("pays", language, grant=name, amount=each) for name, each in certain.items()]
    parts += [
        _line("may_pay", language, grant=name, amount=less(each, certain.get(name, Decimal(0))))
        for name, each in _sums(possible).items()
        if each > certain.get(name, Decimal(0))
    ]
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


def _by_cost(payments: Iterable[Payment]) -> defaultdict[str, list[Payment]]:
    grouped: defaultdict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        grouped[payment.cost].append(payment)
    return grouped


def _reasons(
    findings: Iterable[Finding], name: str, written: dict[_Reason, str], language: str
) -> Iterator[str]:
    """Write the reasons below a cost; of those that an earlier cost has, only the codes.

    A ledger without categories has the same few reasons at each of its thousands of lines.
    """
    repeated: defaultdict[str, list[str]] = defaultdict(list)
    for finding in findings:
        params = tuple(
            each
            for each in finding.params
            if each[0] not in _OF_THE_COST and f"{{{each[0]}}}" in finding.template.en
        )
        first = written.setdefault((finding.code, finding.template, params), name)
        if first == name:
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


def _require(language: str) -> None:
    if language not in LANGUAGES:
        raise UnknownLanguageError(language, LANGUAGES)


def rows(plan: Explained, language: str) -> list[Row]:
    """Return a plan as flat rows: payments, possible ones where they differ, what is not paid.

    Args:
        plan: The plan.
        language: The language of outcomes.

    Raises:
        UnknownLanguageError: The language is none of the three.
    """
    _require(language)
    words = open_catalogue("tulevaisuus.funding", "plan")["outcome"]
    found: defaultdict[str, list[_Outcome]] = defaultdict(list)
    for name, outcome in _outcomes(plan):
        found[name].append(outcome)
    nothing = [_Outcome("nothing", None, _point(Decimal(0)))]
    planned = ((cost, found.get(cost.id, nothing)) for cost in plan.costs)
    left = (
        (cost, [_Outcome("unplanned", None, _point(cost.amount_eur))]) for cost in plan.unplanned
    )
    return [
        _row(cost, words[each.name].localize(language), each, is_first=not place)
        for cost, outcomes in (*planned, *left)
        for place, each in enumerate(outcomes)
    ]


class _Outcome(NamedTuple):
    """What becomes of an amount of a cost: its name, the grant that pays it, the euros."""

    name: str
    grant: str | None
    amount: Amount


def _outcomes(plan: Explained) -> Iterator[tuple[str, _Outcome]]:
    """Return what becomes of the costs; of each the amounts that are paid, settled or not paid."""
    for payment in plan.payments:
        yield payment.cost, _Outcome("paid", payment.grant, _point(payment.amount_eur))
    certain, possible = _by_cost(plan.payments), _by_cost(plan.possible)
    for payment in plan.possible:
        if certain[payment.cost] == possible[payment.cost]:
            continue
        yield payment.cost, _Outcome("possible", payment.grant, _point(payment.amount_eur))
    for settlement in plan.settlements:
        yield settlement.cost, _Outcome("reduced", None, _point(settlement.amount_eur))
        yield settlement.correction, _Outcome("settled", None, _point(-settlement.amount_eur))
    for name, amount in plan.unpaid.items():
        yield name, _Outcome("unpaid", None, amount)


def _point(amount: Decimal) -> Amount:
    return Amount(amount, amount)


def _row(cost: Cost, shown: str, outcome: _Outcome, *, is_first: bool) -> Row:
    return {
        "cost": cost.id,
        "day": str(cost.day),
        "project": cost.project,
        "category": cost.category,
        "organisation": cost.organisation,
        "cost_eur": cost.amount_eur if is_first else None,
        "outcome": shown,
        "grant": outcome.grant,
        "least_eur": outcome.amount.least,
        "most_eur": outcome.amount.most,
        "voucher": cost.voucher,
        "description": cost.description,
    }
