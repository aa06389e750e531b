"""Lowest possible sums of grants, whose amounts may be rounded, for the rules on calls."""

import decimal
import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, cast

from tulevaisuus.model.amount import Amount, Precision
from tulevaisuus.model.call import Call, CallKind
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.rules.context import Context

__all__ = ["Excess", "ShareExcess", "above_maximum", "above_maximum_shares", "above_total"]

_EXACT = decimal.Context(prec=60)
"""Sums do not depend on the caller's decimal context."""

_NOTHING = Decimal(0)

_ONE_EURO = Decimal(1)
"""Maximum shares are computed and rounded; a sum is above one if it exceeds it by a whole euro."""


class Excess(NamedTuple):
    """The grant with which the lowest possible sum of a call exceeds its highest possible bound."""

    grant: str
    sum: Decimal
    bound: Decimal


class ShareExcess(NamedTuple):
    """The lowest possible sum of a maakunta, which exceeds its maximum share of a call."""

    maakunta: Maakunta
    sum: Decimal
    bound: Decimal


def above_maximum(context: Context) -> Mapping[str, Excess]:
    """Return, by id, the grants of the document with which a call exceeds its maximum."""
    return _excesses(context, lambda call: call.maximum)


def above_total(context: Context) -> Mapping[str, Excess]:
    """Return, by id, the grants with which a call exceeds its published total."""
    return _excesses(context, lambda call: call.granted)


def _excesses(context: Context, bound_of: Callable[[Call], Amount]) -> Mapping[str, Excess]:
    """Return for each call that exceeds a bound the grant with which it does."""
    found: dict[str, Excess] = {}
    for call_id, granted in context.shared(_granted_by_call).items():
        call = context.call(call_id)
        bound = None if call is None else bound_of(call).most
        if bound is not None and granted.sum > bound:
            excess = _first_excess(bound, granted.grants)
            found[excess.grant] = excess
    return found


class _Granted(NamedTuple):
    """The grants of a call in the order of the document, and their lowest possible sum."""

    grants: Sequence[Grant]
    sum: Decimal


def _granted_by_call(context: Context) -> Mapping[str, _Granted]:
    """Return the granted amounts by call; planned and applied amounts are never added to them."""
    by_call: defaultdict[str, list[Grant]] = defaultdict(list)
    for grant in context.portfolio.grants:
        if grant.status is GrantStatus.GRANTED:
            by_call[grant.call].append(grant)
    return {
        call: _Granted(grants, functools.reduce(_EXACT.add, map(_lowest_amount, grants)))
        for call, grants in by_call.items()
    }


def _first_excess(bound: Decimal, grants: Sequence[Grant]) -> Excess:
    """Return the first grant with which the sum exceeds a bound, as the sum of all does."""
    sums = itertools.accumulate(map(_lowest_amount, grants), _EXACT.add)
    return next(
        Excess(grant.id, total, bound)
        for grant, total in zip(grants, sums, strict=True)
        if total > bound
    )


def _lowest_amount(grant: Grant) -> Decimal:
    """Return the lowest possible amount; most amounts are exact and need no `Amount`."""
    if grant.amount_eur is None:
        return _NOTHING
    if grant.precision in {None, Precision.EXACT}:
        return grant.amount_eur
    return grant.amount.least or _NOTHING


def above_maximum_shares(context: Context) -> Mapping[str, ShareExcess]:
    """Return, by id, the grants of the document that exceed a maximum share of their call.

    Each maakunta has one such grant of a call at most: the first with which the lowest possible
    sum of its projects is certainly above its unrounded share of the call's highest possible
    maximum.
    """
    found: dict[str, ShareExcess] = {}
    for call_id, granted in context.shared(_granted_by_call).items():
        call = context.call(call_id)
        if call is not None and call.kind is CallKind.PROGRAMME and call.maximum.most is not None:
            found |= _above_shares(call.maximum.most, granted, context)
    return found


def _above_shares(maximum: Decimal, granted: _Granted, context: Context) -> dict[str, ShareExcess]:
    """Return for each maakunta that exceeds its share the grant with which it does, by id."""
    found: dict[str, ShareExcess] = {}
    for maakunta, grants in _by_maakunta(granted.grants, context):
        if maakunta.maximum_share is not None:
            bound = maakunta.maximum_share.amount_of(maximum)
            least = _EXACT.add(bound, _ONE_EURO)
            sums = itertools.accumulate(map(_lowest_amount, grants), _EXACT.add)
            above = (pair for pair in zip(grants, sums, strict=True) if pair[1] >= least)
            for grant, total in itertools.islice(above, 1):
                found[grant.id] = ShareExcess(maakunta, total, bound)
    return found


def _by_maakunta(
    grants: Iterable[Grant], context: Context
) -> Iterator[tuple[Maakunta, Sequence[Grant]]]:
    """Group grants by the maakunta of their project; those of none, or of several, are left out."""
    groups: defaultdict[str, list[Grant]] = defaultdict(list)
    code_of: dict[str, str] = {}
    for grant in grants:
        code = code_of.get(grant.project)
        if code is None:
            code = code_of[grant.project] = _maakunta_code(grant.project, context)
        groups[code].append(grant)
    maakunnat = context.shared(_maakunnat)
    return ((maakunnat[code], members) for code, members in groups.items() if code in maakunnat)


def _maakunta_code(project_id: str, context: Context) -> str:
    """Return the code of the maakunta of a project; empty if unknown or not just one.

    A region is looked up among the regions that a maakunta lists, never by its own code: the
    same number is a county in one division and another place in the other.
    """
    project = context.project(project_id)
    codes = context.shared(_maakunta_of_region)
    found = {codes.get(region, "") for region in (() if project is None else project.regions)}
    return found.pop() if len(found) == 1 else ""


def _maakunta_of_region(context: Context) -> Mapping[str, str]:
    known = context.shared(_maakunnat).values()
    return {region: each.code for each in known for region in each.regions or ()}


def _maakunnat(context: Context) -> Mapping[str, Maakunta]:
    """Index the document's maakunnat and those of the facts."""
    known = cast("Iterator[Maakunta]", context.everything("maakunnat"))
    return {each.code: each for each in known}
