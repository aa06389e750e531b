"""Euros and whole cents: a plan computes in cents, which no rounding can lose."""

import decimal
from decimal import ROUND_FLOOR, Decimal

__all__ = ["add", "cents_of", "euros", "less", "whole_cents"]

_EXACT = decimal.Context(prec=60, rounding=ROUND_FLOOR)
"""The caller's decimal context decides nothing."""

_CENT = Decimal("0.01")


def euros(cents: int) -> Decimal:
    """Return cents as euros; whole euros have no decimals.

    >>> euros(100), euros(12_550)
    (Decimal('1'), Decimal('125.50'))
    """
    whole, rest = divmod(cents, 100)
    return Decimal(whole) if not rest else _EXACT.multiply(Decimal(cents), _CENT)


def add(one: Decimal, other: Decimal) -> Decimal:
    """Return the sum, whatever the caller's decimal context is."""
    return _EXACT.add(one, other)


def less(one: Decimal, other: Decimal) -> Decimal:
    """Return the difference, whatever the caller's decimal context is."""
    return _EXACT.subtract(one, other)


def cents_of(amount: Decimal) -> int:
    """Return the cents of euros with at most two decimals."""
    return int(_EXACT.scaleb(amount, 2))


def whole_cents(bound: Decimal) -> int:
    """Return the whole cents that can be spent of euros that need not be whole cents."""
    return int(_EXACT.to_integral_value(_EXACT.scaleb(bound, 2)))
