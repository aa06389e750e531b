"""Sums of grants as far as rounding leaves them certain, for the rules on calls."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from tulevaisuus.model.amount import Amount
from tulevaisuus.model.grant import Grant, GrantStatus
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
        if call is None:
            return None
        ceiling = call.maximum if bound == "maximum" else call.granted
        return _first_above(ceiling, _granted(call_id, context))

    return context.once((call_id, bound), search)


def _granted(call_id: str, context: Context) -> Iterator[Grant]:
    """Return what was granted; planned and applied amounts are never added to it."""
    for grant in context.portfolio.grants.grouped("call").get(call_id, ()):
        if grant.status is GrantStatus.GRANTED:
            yield grant


def _first_above(ceiling: Amount, grants: Iterable[Grant]) -> Passing | None:
    total = Amount(0, 0)
    for grant in grants:
        total += grant.amount
        if total.least is not None and ceiling.most is not None and total.is_above(ceiling):
            return Passing(grant.id, total.least, ceiling.most)
    return None
