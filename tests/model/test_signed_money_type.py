"""Amounts of ledgers, and the days of their lines."""

import datetime as dt
from decimal import Decimal

import pytest

import tulevaisuus as tul
from tulevaisuus.model.day_or_period_type import DayOrPeriod
from tulevaisuus.model.signed_money_type import SignedMoney

MONEY = SignedMoney()
DAYS = DayOrPeriod()


@pytest.mark.parametrize("euros", [0, -1, 5, -(10**12) + 1, Decimal("-0.01"), Decimal("1250.50")])
def test_amounts_of_either_sign(euros: Decimal | int) -> None:
    """A correction is below zero, and kept as it is."""
    assert MONEY.validate(euros) == euros
    assert MONEY.read(euros) == euros


@pytest.mark.parametrize("euros", [10**12, -(10**12), Decimal("NaN"), Decimal("0.001"), 10**60])
def test_amounts_out_of_range(euros: Decimal | int) -> None:
    """The bounds are those of all money, on both sides."""
    with pytest.raises(tul.InvalidValueError, match="TSK012"):
        MONEY.validate(euros)


def test_noise_below_zero_is_named() -> None:
    """A sum of binary numbers is recognised with either sign."""
    with pytest.raises(tul.InvalidValueError, match=r"-41133\.77"):
        MONEY.read(-41133.770000000004)


def test_the_schema_bounds_both_sides() -> None:
    """Other tools see the bounds, and samples have both signs."""
    schema = MONEY.json_schema()
    assert (schema["exclusiveMinimum"], schema["exclusiveMaximum"]) == (-(10**12), 10**12)
    assert {sample < 0 for sample in MONEY.samples()} == {True, False}


def test_days_and_periods() -> None:
    """Both are text in documents; a period of one day is that day."""
    day, month = dt.date(2021, 12, 31), tul.Period.parse("1.–31.12.2021")
    for value in (day, month):
        assert DAYS.read(DAYS.write(value)) == value
        assert DAYS.to_cell(value) == DAYS.write(value)
    assert DAYS.validate(tul.Period(day, day)) == day
    assert DAYS.read("2021-12-31/2021-12-31") == day
    assert DAYS.read(day) == day
    assert DAYS.column_type is str
    assert all(DAYS.validate(sample) == sample for sample in DAYS.samples())
    assert str(DAYS.json_schema()["pattern"]).startswith("^[0-9]{4}-")


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ("2021-02-31", "TSK006"),
        ("1.1.2021", "TSK006"),
        ("2021-01-02/2021-01-01", "TSK011"),
        ("2021-01-02/", "TSK006"),
        (5, "TSK002"),
        (dt.datetime(2021, 1, 1, tzinfo=dt.UTC), "TSK002"),
    ],
)
def test_other_days_are_rejected(plain: object, code: str) -> None:
    """What is neither a day nor a period with both bounds is an error at its place."""
    with pytest.raises(tul.InvalidValueError) as caught:
        DAYS.read(plain)
    assert [(each.code, each.path) for each in caught.value.findings] == [(code, "")]


@pytest.mark.parametrize("value", ["2021-01-01", None, tul.Period.parse("1.1.2021 alkaen")])
def test_a_constructor_takes_no_text_and_no_open_period(value: object) -> None:
    """In Python a day is a date, and both bounds of a period are known."""
    with pytest.raises(tul.InvalidValueError):
        DAYS.validate(value)


@pytest.mark.parametrize("value", [1e58, -1e58, 1.7976931348623157e308])
def test_a_huge_float_is_a_wrong_type_as_any_other(value: float) -> None:
    """No amount is near it, so any amount is the example."""
    with pytest.raises(tul.InvalidValueError, match=r"for example Decimal\(\"1250\.50\"\)"):
        MONEY.validate(value)
