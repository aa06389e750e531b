"""`Plan`: the result of planning which grant pays which cost.

A finding is a reported problem or note; those of plans have the codes TSK7xx. A cost is a line of a
cost ledger. Amounts are euros.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.report import Report
from tulevaisuus.funding.balances_and_lapses import Balance, Lapse
from tulevaisuus.funding.cents import cents_of, euros
from tulevaisuus.funding.cost import Cost
from tulevaisuus.funding.credit_notes import Settlement
from tulevaisuus.funding.own_contributions import OwnContribution
from tulevaisuus.funding.payment_and_unpaid_classes import Payment, Row, Unpaid
from tulevaisuus.funding.plan_arguments import validate_day
from tulevaisuus.funding.plan_findings import PlanResults, findings_of
from tulevaisuus.funding.tsk7_codes import reasons
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.name_search import unknown_key

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Plan"]

_ZERO_EUROS = Amount(0, 0)


@attrs.frozen(kw_only=True, repr=False)
class Plan:
    """Which grant pays which cost, as far as this can be computed from recorded data.

    ``costs`` are the planned costs, in the order in which they are paid. ``payments`` are certain:
    they assume the smallest possible amount of every grant. ``possible`` assumes the largest; if
    all amounts are known exactly, both are the same. ``unpaid`` is what no grant pays of each cost.
    ``settlements`` say which credit note was set off against which cost, ``lapses`` are the sums
    that remain when the last day of a grant ends, ``own_contributions`` the sums to add if a call
    does not pay all. ``unplanned`` are cost lines that have the same id but different values: no
    grant pays any of them, and ``unpaid`` has the sum for each such id.

    Plans are equal if all these fields, the costs and the grants are. A plan is no decision: the
    authority that grants and pays decides.
    """

    costs: tuple[Cost, ...]
    grants: tuple[Grant, ...]
    payments: tuple[Payment, ...]
    possible: tuple[Payment, ...]
    unpaid: Unpaid
    settlements: tuple[Settlement, ...] = ()
    lapses: tuple[Lapse, ...] = ()
    own_contributions: tuple[OwnContribution, ...] = ()
    unplanned: tuple[Cost, ...] = ()
    _balances: Mapping[str, Balance] = attrs.field(alias="balances", eq=False)
    _results: PlanResults = attrs.field(alias="results", eq=False)

    @property
    def paid(self) -> Amount:
        """The sum that the grants pay: at least the certain payments, at most the possible ones."""
        least, most = (
            sum(cents_of(payment.amount_eur) for payment in payments)
            for payments in (self.payments, self.possible)
        )
        return Amount(euros(least), euros(most))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Why grants are not allowed to pay costs, unpaid sums, and data that is missing.

        They are computed at each access and not cached: many costs and grants have very many
        findings. `report` can keep the first ones and count all.
        """
        return tuple(findings_of(self._results, self.unpaid))

    def reasons_for(self, cost: Cost | str) -> tuple[Finding, ...]:
        """Return the findings about one cost.

        Raises:
            UnknownCodeError: The plan has no such cost.
        """
        id = cost.id if isinstance(cost, Cost) else cost
        self.unpaid.require_cost(id)
        return tuple(findings_of(self._results, self.unpaid, only=id))

    def report(self, *, limit: int | None = None) -> Report:
        """Return the findings as a `Report`, which `tulevaisuus.reports` writes.

        Args:
            limit: The maximum number of findings to list; the counts stay exact.

        Raises:
            TypeError: The limit is no whole number.
            ValueError: The limit is below zero.
        """
        titles = {rule.code: rule.title for rule in reasons}  # each reason is declared as a rule
        return Report.of(findings_of(self._results, self.unpaid), limit=limit, titles=titles)

    def remaining(self, grant: Grant | str, *, on: dt.date | None = None) -> Amount:
        """Return the remaining sum of a grant after the costs up to a day.

        A cost of several days counts on its last one, unless it is split by day. A grant whose
        status is not ``granted`` has nothing.

        Args:
            grant: The grant or its id.
            on: The day; ``None`` for the end, after all costs.

        Raises:
            InvalidValueError: The day is no `datetime.date`.
            UnknownCodeError: The portfolio has no such grant.
        """
        day = validate_day(on)
        id = grant.id if isinstance(grant, Grant) else grant
        # A list, as an argument of a wrong type may have no hash.
        if id not in [known.id for known in self.grants]:
            raise unknown_key(id, self.grants)
        balance = self._balances.get(id)
        return _ZERO_EUROS if balance is None else balance.remaining(day)

    def explain(self, language: str = "en", *, on: dt.date | None = None) -> str:
        """Explain the plan line by line, in ``fi``, ``sv`` or ``en``.

        Args:
            language: The language.
            on: The day for which remaining sums are given; ``None`` for the end.

        Raises:
            InvalidValueError: The day is no `datetime.date`.
            UnknownLanguageError: The language is not supported.
        """
        from tulevaisuus.funding.plan_text import lines  # late: few programs need these texts

        day = None if on is None else validate_day(on)
        return "\n".join(lines(self, language, day)) + "\n"

    def to_rows(self, language: str = "en") -> list[Row]:
        """Return the plan as flat rows: the payments and the unpaid sum of each cost.

        Each cost has at least one row, also a cost of zero, a correction, and a line that is not
        planned. Only the first row of a cost has ``cost_eur``, so that the column can be summed.
        The possible payments of a cost have rows of their own if they differ from the certain ones.
        ``outcome`` is in the language. Amounts are in euros: ``least_eur`` and ``most_eur`` are
        equal if the amount is known exactly; ``most_eur`` is ``None`` if there is no upper bound.

        Raises:
            UnknownLanguageError: The language is not supported.
        """
        from tulevaisuus.funding.plan_text import rows

        return rows(self, language)

    def balance_rows(self) -> list[Row]:
        """Return the remaining sum of each grant on the days on which it changes.

        The grants are those of projects that have costs.
        """
        # A fund is a grant with the conditions of its call.
        ids = (fund.grant.id for fund in self._results.funds)
        return [row for id in ids for row in _balance_rows(id, self._balances[id])]

    def chart(self, *, language: str = "en") -> "alt.LayerChart":
        """Return an Altair chart of the remaining sums of the grants, day by day.

        Args:
            language: ``fi``, ``sv`` or ``en``.

        Raises:
            ModuleNotFoundError: The extra ``charts`` is not installed.
            UnknownLanguageError: The language is not supported.
        """
        from tulevaisuus.charts.vega import chart_of
        from tulevaisuus.funding.balance_chart import balance_picture

        return chart_of(balance_picture(self.balance_rows(), language))

    def __repr__(self) -> str:
        """Show the number of costs, the sum paid, and how many costs are not fully paid."""
        return (
            f"<Plan: {len(self.costs)} costs, {self.paid} paid, {len(self.unpaid)} not or in part>"
        )


def _balance_rows(grant: str, balance: Balance) -> Iterator[Row]:
    """Yield a row for each day on which the remaining sum of a grant changes.

    ``spent`` is what the grant pays in the certain payments, ``possible`` in the possible ones;
    ``changes()`` are the days on which they pay something.
    """
    bounds = (balance.fund.first_day, balance.fund.last_day)
    changes = {*balance.spent.changes(), *balance.possible.changes(), *filter(None, bounds)}
    for day in sorted(changes):
        remaining = balance.remaining(day)
        yield {
            "grant": grant,
            "day": day.isoformat(),
            "least_eur": remaining.least,
            "most_eur": remaining.most,
        }
