"""Amounts answer for every euro that they allow."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tulevaisuus import Amount

EUROS = st.integers(-10_000, 10_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def known(draw: st.DrawFn) -> tuple[Amount, Decimal]:
    """Return an amount, and euros that it allows."""
    true = draw(EUROS)
    least = draw(st.none() | st.just(true) | EUROS.filter(lambda euros: euros <= true))
    most = draw(st.none() | st.just(true) | EUROS.filter(lambda euros: euros >= true))
    return Amount(least, most), true


def allows(amount: Amount, euros: Decimal) -> bool:
    """Return whether an amount allows these euros."""
    return amount.is_equal_to(euros) is not False


@given(known(), known())
def test_arithmetic_keeps_what_is_true(
    one: tuple[Amount, Decimal], other: tuple[Amount, Decimal]
) -> None:
    """The true sum and difference are never outside the bounds, and no answer is wrong."""
    (amount, true), (theirs, their_true) = one, other
    assert allows(amount + theirs, true + their_true)
    assert allows(amount - theirs, true - their_true)
    assert amount.is_below(theirs) in {None, true < their_true}
    assert amount.is_above(theirs) in {None, true > their_true}
    assert amount.is_equal_to(theirs) in {None, true == their_true}


@given(st.lists(known()))
def test_order_does_not_count(pairs: list[tuple[Amount, Decimal]]) -> None:
    """A total is the same in any order, and holds the true total."""
    amounts = [amount for amount, _ in pairs]
    total = Amount.total(amounts)
    assert total == Amount.total(amounts[::-1]) == Amount.total(sorted(amounts, key=repr))
    assert allows(total, sum((true for _, true in pairs), Decimal(0)))
