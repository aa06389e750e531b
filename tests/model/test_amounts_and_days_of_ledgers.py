"""`SignedMoney` and `DayOrPeriod`: amounts and dates of ledger lines."""

import datetime as dt
from decimal import Decimal

import pytest

import tulevaisuus as tul
from tulevaisuus.model.day_or_period_type import DayOrPeriod
from tulevaisuus.model.money_and_percent_types import SignedMoney

MONEY = SignedMoney()
DAYS = DayOrPeriod()


@pytest.mark.parametrize("euros", [0, -1, 5, -(10**12) + 1, Decimal("-0.01"), Decimal("1250.50")])
def test_amounts_of_either_sign(euros: Decimal | int) -> None:
    """A correction is negative, and kept unchanged."""
    assert MONEY.validate(euros) == euros
    assert MONEY.read(euros) == euros


@pytest.mark.parametrize("euros", [10**12, -(10**12), Decimal("NaN"), Decimal("0.001"), 10**60])
def test_amounts_out_of_range(euros: Decimal | int) -> None:
    """The bounds are those of all amounts, with both signs."""
    with pytest.raises(tul.InvalidValueError, match="TSK012"):
        MONEY.validate(euros)


def test_rounding_error_of_a_negative_float_is_recognised() -> None:
    """The rounding error of a binary sum is recognised with either sign."""
    with pytest.raises(tul.InvalidValueError, match=r"-41133\.77"):
        MONEY.read(-41133.770000000004)


def test_schema_has_both_bounds() -> None:
    """The JSON Schema has both bounds, and samples have both signs."""
    schema = MONEY.json_schema()
    assert (schema["exclusiveMinimum"], schema["exclusiveMaximum"]) == (-(10**12), 10**12)
    assert {sample < 0 for sample in MONEY.samples()} == {True, False}


def test_dates_and_periods() -> None:
    """Both are text in documents; a period of one day is that date."""
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
def test_other_texts_are_rejected(plain: object, code: str) -> None:
    """Anything but a date or a period with both bounds is rejected with its path."""
    with pytest.raises(tul.InvalidValueError) as caught:
        DAYS.read(plain)
    assert [(each.code, each.path) for each in caught.value.findings] == [(code, "")]


@pytest.mark.parametrize("value", ["2021-01-01", None, tul.Period.parse("1.1.2021 alkaen")])
def test_constructor_rejects_text_and_open_periods(value: object) -> None:
    """In Python a day is a date, and both bounds of a period are known."""
    with pytest.raises(tul.InvalidValueError):
        DAYS.validate(value)


@pytest.mark.parametrize("value", [1e58, -1e58, 1.7976931348623157e308])
def test_huge_float_is_a_wrong_type(value: float) -> None:
    """No amount is near it, so the example is any amount."""
    with pytest.raises(tul.InvalidValueError, match=r"for example Decimal\(\"1250\.50\"\)"):
        MONEY.validate(value)
