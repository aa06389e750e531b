"""Short constructors of costs, grants and portfolios for the tests of plans."""

import datetime as dt
from decimal import Decimal

import tulevaisuus as tul
from tulevaisuus.funding import Cost, Plan

__all__ = ["YEARS", "cost", "day", "found", "grant", "paid", "portfolio"]

YEARS = tul.Period.of_years(2021, 2023)


def day(text: str) -> dt.date:
    """Return the date of an ISO text."""
    return dt.date.fromisoformat(text)


def cost(
    name: str,
    when: str = "2021-06-01",
    euros: Decimal | int = 100,
    *,
    project: str = "hanke-1",
    category: str | None = None,
    organisation: str | None = None,
) -> Cost:
    """Make a cost; if ``when`` has a slash, it is a period."""
    days = tul.Period.parse(when) if "/" in when else day(when)
    return Cost(name, days, Decimal(euros), project, category, organisation)


def grant(
    name: str,
    euros: Decimal | int | None = 1000,
    usable: tul.Period | None = YEARS,
    *,
    call: str = "shc-2021",
    project: str = "hanke-1",
    status: tul.GrantStatus = tul.GrantStatus.GRANTED,
    rounded_to: int | None = None,
) -> tul.Grant:
    """Make a grant."""
    return tul.Grant(
        id=name,
        call=call,
        project=project,
        status=status,
        amount_eur=None if euros is None else Decimal(euros),
        precision=None if rounded_to is None else tul.Precision.ROUNDED,
        rounded_to_eur=None if rounded_to is None else Decimal(rounded_to),
        usable=usable,
    )


def portfolio(
    *grants: tul.Grant,
    administrations: tuple[tul.Administration, ...] | None = None,
    participants: tuple[str, ...] | None = None,
    calls: tuple[tul.Call, ...] = (),
) -> tul.Portfolio:
    """Make a portfolio of one project and its grants."""
    project = tul.Project(
        id="hanke-1",
        name=tul.Text("Oma hanke"),
        regions=("05",),
        administrations=administrations,
        participants=participants,
    )
    return tul.Portfolio(
        projects=tul.Register([project]), grants=tul.Register(grants), calls=tul.Register(calls)
    )


def paid(plan: Plan) -> list[tuple[str, str, Decimal]]:
    """Return the payments of a plan as tuples."""
    return [(each.cost, each.grant, each.amount_eur) for each in plan.payments]


def found(plan: Plan, subject: str = "cost a") -> list[str]:
    """Return the codes of the findings on a subject."""
    return [finding.code for finding in plan.findings if finding.subject == subject]
