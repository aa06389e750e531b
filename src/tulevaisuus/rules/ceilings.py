"""Sums of grants as far as rounding leaves them certain, for the rules on calls."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from tulevaisuus.model.call import Call
from tulevaisuus.model.grant import Grant, GrantStatus, Precision
from tulevaisuus.rules.context import Context

__all__ = ["Passing", "passing_grant"]


class Passing(NamedTuple):
    """The grant with which the lowest possible sum of a call passes its highest possible bound."""

    grant: str
    sum: Decimal
    bound: Decimal


def passing_grant(call_id: str, bound: str, context: Context) -> Passing | None:
    """Return the grant of the document that passes a call's ``maximum`` or ``granted`` amount."""

    def search() -> Passing | None:
        """Look for the grant, once for each call and bound."""
        call = context.call(call_id)
        highest = None if call is None else _highest(call, bound)
        return None if highest is None else _first_above(highest, _granted(call_id, context))

    return context.once((call_id, bound), search)


def _granted(call_id: str, context: Context) -> Iterator[Grant]:
    """Return what was granted; planned and applied amounts are never added to it."""
    for grant in context.portfolio.grants.grouped("call").get(call_id, ()):
        if grant.status is GrantStatus.GRANTED:
            yield grant


def _first_above(bound: Decimal, grants: Iterator[Grant]) -> Passing | None:
    total = Decimal(0)
    for grant in grants:
        if grant.amount_eur is not None:
            half = _half(grant.amount_eur, grant.precision, grant.rounded_to_eur)
            total += grant.amount_eur - half
            if total > bound:
                return Passing(grant.id, total, bound)
    return None


def _highest(call: Call, bound: str) -> Decimal | None:
    """Return the bound with half its rounding; an approximate total binds nobody."""
    if bound == "maximum":
        amount, precision, unit = (
            call.maximum_eur,
            call.maximum_precision,
            call.maximum_rounded_to_eur,
        )
    else:
        amount, precision, unit = (
            call.granted_eur,
            call.granted_precision,
            call.granted_rounded_to_eur,
        )
        if precision is Precision.APPROXIMATE:
            return None
    return None if amount is None else amount + _half(amount, precision, unit)


def _half(amount: Decimal, precision: Precision | None, unit: Decimal | None) -> Decimal:
    """Return by how much an amount may be off.

    A rounded amount that does not say to what it was rounded may be off by half the place of its
    last digit that is not zero.
    """
    if precision in {None, Precision.EXACT}:
        return Decimal(0)
    if unit is None:
        exponent = amount.normalize().as_tuple().exponent
        unit = Decimal(1).scaleb(int(exponent))
    return unit / 2
