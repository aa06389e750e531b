"""Cents and shares of them. A plan computes in whole cents, so that rounding loses none."""

import decimal
from decimal import ROUND_FLOOR, Decimal

__all__ = ["add", "cents_of", "euros", "share_of", "subtract", "whole_cents"]

_EXACT = decimal.Context(prec=60, rounding=ROUND_FLOOR)
"""A decimal context of our own: that of the caller may round differently."""

_CENT = Decimal("0.01")


def euros(cents: int) -> Decimal:
    """Return cents as euros; whole euros have no decimals.

    >>> euros(100), euros(12_550)
    (Decimal('1'), Decimal('125.50'))
    """
    whole, rest = divmod(cents, 100)
    return Decimal(whole) if not rest else _EXACT.multiply(Decimal(cents), _CENT)


def add(one: Decimal, other: Decimal) -> Decimal:
    """Return the sum, independent of the caller's decimal context."""
    return _EXACT.add(one, other)


def subtract(one: Decimal, other: Decimal) -> Decimal:
    """Return the difference, independent of the caller's decimal context."""
    return _EXACT.subtract(one, other)


def cents_of(amount: Decimal) -> int:
    """Convert euros with at most two decimals to cents."""
    return int(_EXACT.scaleb(amount, 2))


def whole_cents(bound: Decimal) -> int:
    """Convert euros with any number of decimals to cents, rounded down."""
    return int(_EXACT.to_integral_value(_EXACT.scaleb(bound, 2)))


def share_of(cents: int, percent: int) -> int:
    """Return a share of cents, rounded down to a cent, so that never more than the share is paid.

    >>> share_of(999, 80)
    799
    """
    return cents * percent // 100
