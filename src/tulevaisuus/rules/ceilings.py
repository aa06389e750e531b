"""Sums of grants as far as rounding leaves them certain, for the rules on calls."""

import decimal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple, cast

from tulevaisuus.model.amount import Amount, Precision
from tulevaisuus.model.call import CallKind
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.rules.context import Context

__all__ = ["Passing", "SharePassing", "passing_grant", "share_passings"]

_EXACT = decimal.Context(prec=60)
"""Sums do not depend on the decimal context of whoever calls."""

_ONE_EURO = Decimal(1)
"""Maximum shares are computed, so a sum counts as above one from a whole euro on."""


class Passing(NamedTuple):
    """The grant with which the lowest possible sum of a call passes its highest possible bound."""

    grant: str
    sum: Decimal
    bound: Decimal


class SharePassing(NamedTuple):
    """What passes the maximum share of a maakunta, as `Passing` does that of a call."""

    maakunta: Maakunta
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
    total = Decimal(0)
    for grant in grants:
        total = _EXACT.add(total, _least_of(grant))
        if ceiling.most is not None and total > ceiling.most:
            return Passing(grant.id, total, ceiling.most)
    return None


def _least_of(grant: Grant) -> Decimal:
    """Return what was granted at least; most amounts are exact and need no `Amount`."""
    if grant.amount_eur is None:
        return Decimal(0)
    if grant.precision in {None, Precision.EXACT}:
        return grant.amount_eur
    return grant.amount.least or Decimal(0)


def share_passings(call_id: str, context: Context) -> Mapping[str, SharePassing]:
    """Return the grants of the document that pass a maximum share of a call, by their ids.

    Each maakunta has one such grant at most: the first with which the lowest possible sum of its
    projects is certainly above its unrounded share of the call's highest possible maximum.
    """

    def search() -> dict[str, SharePassing]:
        """Add up the grants of all maakunnat in one go, once for each call."""
        call = context.call(call_id)
        if call is None or call.kind is not CallKind.PROGRAMME or call.maximum.most is None:
            return {}
        return _above(call.maximum.most, _granted(call_id, context), context)

    return context.once(("shares", call_id), search)


def _above(maximum: Decimal, grants: Iterable[Grant], context: Context) -> dict[str, SharePassing]:
    """Return, of each maakunta with a share, the grant that passes it, by the grant's id."""
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    bounds: dict[str, Decimal] = {}
    found: dict[str, SharePassing] = {}
    passed: set[str] = set()
    for grant in grants:
        code = _maakunta_code(grant, context)
        maakunta = _maakunnat(context).get(code)
        if maakunta is None or maakunta.maximum_share is None or code in passed:
            continue
        totals[code] = _EXACT.add(totals[code], _least_of(grant))
        if code not in bounds:
            bounds[code] = maakunta.maximum_share.of(maximum)
        bound = bounds[code]
        if totals[code] >= _EXACT.add(bound, _ONE_EURO):
            passed.add(code)
            found[grant.id] = SharePassing(maakunta, totals[code], bound)
    return found


def _maakunta_code(grant: Grant, context: Context) -> str:
    """Return the code of the maakunta of a grant's project; empty if unknown or not just one.

    A region is looked up among the regions that a maakunta lists, never by its own code: the
    same number is a county in one division and another place in the other.
    """

    def of_regions() -> dict[str, str]:
        """Map the codes of regions to those of their maakunnat."""
        known = _maakunnat(context).values()
        return {region: each.code for each in known for region in each.regions or ()}

    def search() -> str:
        """Look at the regions of the project, once for all its grants."""
        project = context.project(grant.project)
        regions = () if project is None else project.regions
        codes = context.once("maakunta of region", of_regions)
        found = {codes.get(region, "") for region in regions}
        return found.pop() if len(found) == 1 else ""

    return context.once(("maakunta", grant.project), search)


def _maakunnat(context: Context) -> Mapping[str, Maakunta]:
    def by_code() -> dict[str, Maakunta]:
        """Index the document's maakunnat and those of the facts."""
        known = cast("Iterator[Maakunta]", context.everything("maakunnat"))
        return {each.code: each for each in known}

    return context.once("maakunnat", by_code)
