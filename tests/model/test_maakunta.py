"""`Maakunta`: regions of the older division, their NUTS 3 codes and maximum shares."""

import datetime as dt
import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import rejected

SHARE = tul.MaximumShare(
    percent=Decimal("12.5"),
    population=50,
    population_of_all=400,
    sharing=8,
    counted_on=dt.date(2018, 12, 31),
)


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(
        tul.Maakunta,
        code=5,
        name=None,
        genitive="Uudenmaan",
        nuts3=["FI1B1"],
        regions=[1],
        maximum_share="24.22",
        maximum_amounts=[5],
    )
    assert findings == [
        "TSK002 /code",
        "TSK002 /name",
        "TSK002 /genitive",
        "TSK002 /nuts3/0",
        "TSK002 /regions/0",
        "TSK002 /maximum_share",
        "TSK002 /maximum_amounts/0",
    ]


def test_unrounded_share() -> None:
    """A quarter is divided equally, three quarters by population."""
    assert SHARE.exact == Fraction(1, 4) / 8 + Fraction(3, 4) * Fraction(50, 400)
    assert SHARE.amount_of(Decimal(1000)) == Decimal(125)


def test_half_a_euro_is_rounded_up() -> None:
    """An amount is rounded to whole euros, a half upwards."""
    assert SHARE.amount_of(Decimal(4)) == Decimal(1)
    assert SHARE.amount_of(Decimal("3.99")) == Decimal(0)


@given(st.integers(1, 10**11), st.integers(1, 10))
def test_decimal_context_of_the_caller_has_no_effect(euros: int, precision: int) -> None:
    """The result is the same however few digits the caller works with."""
    expected = SHARE.amount_of(Decimal(euros))
    with decimal.localcontext(prec=precision, rounding=decimal.ROUND_DOWN):
        assert SHARE.amount_of(Decimal(euros)) == expected


@pytest.mark.parametrize(
    ("day", "code"), [(dt.date(2023, 12, 31), "FI197"), (dt.date(2024, 1, 1), "FI19B")]
)
def test_nuts_code_of_a_day(day: dt.date, code: str) -> None:
    """A code that changed has its dates, so each day has one."""
    assert tul.maakunnat["06"].nuts3_on(day) == code


def test_nuts_code_that_did_not_change() -> None:
    """A code without dates is valid on every day; without a code there is none."""
    name = tul.Text("Maakunta")
    stable = tul.Maakunta(code="01", name=name, nuts3=(tul.Nuts3("FI1B1"),))
    assert stable.nuts3_on(dt.date(2020, 1, 1)) == "FI1B1"
    assert tul.Maakunta(code="01", name=name).nuts3_on(dt.date(2020, 1, 1)) is None


def test_genitive_finds_the_maakunta() -> None:
    """The form that is used within sentences is found."""
    assert tul.maakunnat.find("uudenmaan").code == "01"
