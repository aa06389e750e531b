"""Sums of grants that exceed the maximum of a call, with rounded amounts."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

import tulevaisuus as tul
from tulevaisuus.rules import Context
from tulevaisuus.rules.ceilings import Excess, above_maximum, above_total

CALL = tul.Call(
    id="haku-1",
    name=tul.Text("Esimerkki"),
    maximum_eur=Decimal(300),
    granted_eur=Decimal(200),
)


def context(*amounts: Decimal | None, call: tul.Call = CALL) -> Context:
    """Return a context with grants of these exact amounts."""
    grants = [
        tul.Grant(
            id=f"g{place}",
            call="haku-1",
            project="hanke-1",
            status=tul.GrantStatus.GRANTED,
            amount_eur=amount,
        )
        for place, amount in enumerate(amounts, 1)
    ]
    portfolio = tul.Portfolio(calls=tul.Register([call]), grants=tul.Register(grants))
    return Context(portfolio, tul.Portfolio())


def test_each_bound_is_exceeded_by_its_own_grant() -> None:
    """The maximum and the published total are exceeded by different grants."""
    around = context(Decimal(150), None, Decimal("50.01"), Decimal(100))
    assert above_total(around) == {"g3": Excess("g3", Decimal("200.01"), Decimal(200))}
    assert above_maximum(around) == {"g4": Excess("g4", Decimal("300.01"), Decimal(300))}


@pytest.mark.parametrize("above", [above_maximum, above_total])
@pytest.mark.parametrize("id", ["haku-1", "haku-9"])
def test_unknown_bound_is_not_exceeded(
    above: Callable[[Context], Mapping[str, Excess]], id: str
) -> None:
    """A call without amounts, or an unknown call, is never overspent."""
    cleared = tul.Call(id=id, name=tul.Text("Esimerkki"))
    assert above(context(Decimal(10) ** 11, call=cleared)) == {}


def test_sum_equal_to_the_bound_does_not_exceed_it() -> None:
    """A call may grant its full amount."""
    assert above_maximum(context(Decimal(100), Decimal(200))) == {}


def test_large_sums_are_exact() -> None:
    """The sum of many large amounts is exact to the cent."""
    largest = Decimal("999999999999.99")
    call = tul.Call(id="haku-1", name=tul.Text("E"), maximum_eur=largest)
    assert above_maximum(context(largest, call=call)) == {}
    excess = above_maximum(context(largest, Decimal("0.01"), call=call))
    assert excess == {"g2": Excess("g2", Decimal(10) ** 12, largest)}
