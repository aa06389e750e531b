"""Arithmetic and comparisons of `Amount` are right for every possible value."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tulevaisuus import Amount

EUROS = st.integers(-10_000, 10_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def known(draw: st.DrawFn) -> tuple[Amount, Decimal]:
    """Return an amount, and a value within its bounds."""
    true = draw(EUROS)
    least = draw(st.none() | st.just(true) | EUROS.filter(lambda euros: euros <= true))
    most = draw(st.none() | st.just(true) | EUROS.filter(lambda euros: euros >= true))
    return Amount(least, most), true


def allows(amount: Amount, euros: Decimal) -> bool:
    """Return whether a value is within the bounds of an amount."""
    return amount.is_equal_to(euros) is not False


@given(known(), known())
def test_arithmetic_contains_the_true_value(
    one: tuple[Amount, Decimal], other: tuple[Amount, Decimal]
) -> None:
    """The true sum and difference are within the bounds, and no comparison is wrong."""
    (amount, true), (addend, other_true) = one, other
    assert allows(amount + addend, true + other_true)
    assert allows(amount - addend, true - other_true)
    assert amount.is_below(addend) in {None, true < other_true}
    assert amount.is_above(addend) in {None, true > other_true}
    assert amount.is_equal_to(addend) in {None, true == other_true}


@given(st.lists(known()))
def test_order_of_a_total_does_not_matter(pairs: list[tuple[Amount, Decimal]]) -> None:
    """A total is the same in any order, and contains the true total."""
    amounts = [amount for amount, _ in pairs]
    total = Amount.total(amounts)
    assert total == Amount.total(amounts[::-1]) == Amount.total(sorted(amounts, key=repr))
    assert allows(total, sum((true for _, true in pairs), Decimal(0)))
