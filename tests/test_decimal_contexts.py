"""The caller's decimal context does not affect findings, payments and charts."""

import decimal
from collections.abc import Callable
from decimal import Decimal

import pytest

import tulevaisuus as tul
from tests.funding.plans import cost, grant, portfolio
from tulevaisuus import charts, funding

CONTEXTS = [
    decimal.Context(prec=1),
    decimal.Context(prec=3, rounding=decimal.ROUND_UP, capitals=0),
    decimal.Context(
        prec=2,
        Emax=3,
        Emin=-3,
        traps=[decimal.Inexact, decimal.Rounded, decimal.Overflow, decimal.Subnormal],
    ),
]
PORTFOLIO = portfolio(
    grant("g1", Decimal("1111111.11"), tul.Period.of_years(2021, 2022)),
    grant("g2", Decimal("2222222.22"), tul.Period.of_years(2021, 2021)),
)
COSTS = [cost(f"c{n}", "2021-05-01", Decimal("1234567.89")) for n in range(3)]


def funding_plan() -> object:
    """Plan costs, and return all results of the plan."""
    made = funding.plan(COSTS, PORTFOLIO)
    left = [made.remaining(each) for each in PORTFOLIO.grants]
    return made.payments, made.paid, dict(made.unpaid), left, made.lapses, made.explain("fi")


def region_map() -> object:
    """Return the chart of the amounts of the regions."""
    amounts: dict[str, tul.Amount | Decimal | int | float | None] = {
        "05": tul.Amount(Decimal("1234567.89"), 2345678),
        "06": Decimal("1234.56"),
        "07": 5,
    }
    data = charts.region_map(amounts, language="fi").to_dict()
    return {name: each for name, each in data.items() if name != "datasets"}, [
        sorted(map(str, rows)) for rows in data.get("datasets", {}).values()
    ]


@pytest.mark.proof
@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("use", [funding_plan, region_map, lambda: tul.check(PORTFOLIO).findings])
def test_results_do_not_depend_on_the_decimal_context(
    use: Callable[[], object], context: decimal.Context
) -> None:
    """With few digits, or with traps, sums stay exact and nothing is raised."""
    usual = use()
    with decimal.localcontext(context):
        assert use() == usual
