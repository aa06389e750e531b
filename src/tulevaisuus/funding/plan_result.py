"""`Plan`: which grant pays which cost, as a value."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.funding.balances import Balance, Lapse
from tulevaisuus.funding.cents import cents_of, euros
from tulevaisuus.funding.contributions import OwnContribution
from tulevaisuus.funding.corrections import Settlement
from tulevaisuus.funding.cost import Cost
from tulevaisuus.funding.finding_codes import reasons
from tulevaisuus.funding.payments import Payment, Row, Unpaid
from tulevaisuus.funding.plan_findings import Judged, findings_of
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.grant import Grant

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Plan"]

_NOTHING = Amount(0, 0)


@attrs.frozen(kw_only=True, repr=False)
class Plan:
    """Which grant pays which cost, as far as that can be computed from what is on record.

    ``costs`` are the planned ones, in the order in which they are paid. ``payments`` are certain:
    they hold if every grant is as small as its recorded amount may be. ``possible`` are those if
    every grant is as large as it may be; with all amounts known both are the same. ``settlements``
    are the corrections, ``lapses`` what is left of grants when their last day ends,
    ``own_contributions`` what must be added where a call does not pay all. ``unplanned`` are the
    lines of ids that come with different values: none of them is planned, and ``unpaid`` has the
    sum of each such id.

    Plans are equal if costs, grants and results are. A plan is no decision: that is made by who
    grants and pays.
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
    _judged: Judged = attrs.field(alias="judged", eq=False)

    @property
    def paid(self) -> Amount:
        """What the grants pay in all."""
        both = (self.payments, self.possible)
        cents = (sum(cents_of(each.amount_eur) for each in some) for some in both)
        return Amount(*map(euros, cents))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Why grants may not pay costs, what is not paid, and what rests on missing facts.

        They are made each time they are asked for: of many costs and grants there are very many.
        `report` keeps the first ones and counts all.
        """
        return tuple(findings_of(self._judged, self.unpaid))

    def reasons_for(self, cost: Cost | str) -> tuple[Finding, ...]:
        """Return the findings on one cost.

        Raises:
            UnknownCodeError: The plan has no such cost.
        """
        name = cost.id if isinstance(cost, Cost) else cost
        _ = self.unpaid[name]
        return tuple(findings_of(self._judged, self.unpaid, only=name))

    def report(self, *, limit: int | None = None) -> Report:
        """Return the findings as a `Report`, which `tulevaisuus.reports` writes.

        Args:
            limit: How many findings are listed at most; the counts stay exact.
        """
        titles = {rule.code: rule.title for rule in reasons}
        return Report.of(findings_of(self._judged, self.unpaid), limit=limit, titles=titles)

    def remaining(self, grant: Grant | str, *, on: dt.date | None = None) -> Amount:
        """Return what is left of a grant after the costs up to a day.

        A cost of several days counts on its last one, unless it is split by day. Of a grant that
        is not granted nothing is there.

        Args:
            grant: The grant or its id.
            on: The day; without one, all costs of the plan count.

        Raises:
            UnknownCodeError: The portfolio has no such grant.
        """
        name = grant.id if isinstance(grant, Grant) else grant
        balance = self._balances.get(name)
        if balance is not None:
            return balance.remaining(dt.date.max if on is None else on)
        known = {each.id for each in self.grants}
        if name not in known:
            raise UnknownCodeError(f"there is no grant {name!r}", name, suggest(name, known))
        return _NOTHING

    def explain(self, language: str = "en", *, on: dt.date | None = None) -> str:
        """Explain the plan line by line, in ``fi``, ``sv`` or ``en``.

        Args:
            language: The language.
            on: The day on which it is said what is left of the grants; without one, after all.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        from tulevaisuus.funding.plan_text import lines  # few programs need the words

        return "\n".join(lines(self, language, on)) + "\n"

    def to_rows(self, language: str = "en") -> list[Row]:
        """Return the plan as flat rows: each payment, and what is not paid of each cost.

        Each cost has a row at least, also one of zero, a correction, and a line that is not
        planned. ``cost_eur`` is only in the first row of a cost, so that the column can be summed.
        Possible payments have rows of their own where they differ from the certain ones of the
        cost. ``outcome`` is in words of the language. Amounts are euros; those that are known have
        the same least and most, an open most is ``None``.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        from tulevaisuus.funding.plan_text import rows

        return rows(self, language)

    def balance_rows(self) -> list[Row]:
        """Return what is left of each grant on the days on which it changes.

        The grants are those of the projects that have costs.
        """
        names = (fund.grant.id for fund in self._judged.funds)
        return [row for name in names for row in _steps_of(name, self._balances[name])]

    def chart(self, *, language: str = "en") -> "alt.LayerChart":
        """Return an Altair chart of what is left of the grants, day by day.

        Args:
            language: ``fi``, ``sv`` or ``en``.

        Raises:
            ModuleNotFoundError: The extra ``charts`` is not installed.
            UnknownLanguageError: The language is none of the three.
        """
        from tulevaisuus.charts.vega import chart_of
        from tulevaisuus.funding.balance_chart import balance_picture

        return chart_of(balance_picture(self.balance_rows(), language))

    def __repr__(self) -> str:
        """Show in one line how much there is and what is paid."""
        return (
            f"<Plan: {len(self.costs)} costs, {self.paid} paid, {len(self.unpaid)} not or in part>"
        )


def _steps_of(name: str, balance: Balance) -> Iterator[Row]:
    ends = (balance.fund.first_day, balance.fund.last_day)
    changes = {*balance.spent.changes(), *balance.possible.changes(), *filter(None, ends)}
    for day in sorted(changes):
        rest = balance.remaining(day)
        yield {
            "grant": name,
            "day": day.isoformat(),
            "least_eur": rest.least,
            "most_eur": rest.most,
        }
