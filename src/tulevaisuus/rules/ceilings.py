"""Finds grants with which a sum exceeds a maximum of a call, for the rules on calls.

Amounts may be rounded, so the lowest possible sum is compared with the highest possible maximum. A
maakunta, plural maakunnat, is a part of an older division of the country, such as Uusimaa; a region
is a wellbeing services county or the City of Helsinki.
"""

import decimal
import functools
import itertools
import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, cast

from tulevaisuus._grouping import group_by
from tulevaisuus.model.amount import Amount, Precision
from tulevaisuus.model.call import Call, CallKind
from tulevaisuus.model.grant import Grant, GrantStatus
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.rules.lookups import Context

__all__ = ["Excess", "ShareExcess", "above_maximum", "above_maximum_shares", "above_total"]

_EXACT = decimal.Context(prec=60)
"""Adds amounts exactly, whatever decimal context the caller has set."""

_ZERO = Decimal(0)

_ONE_EURO = Decimal(1)
"""Maximum shares are rounded to euros, so a sum must exceed its share by at least one euro."""


class Excess(NamedTuple):
    """The grant with which the lowest possible sum of a call exceeds a bound."""

    grant: str
    sum: Decimal
    bound: Decimal


class ShareExcess(NamedTuple):
    """The lowest possible sum of a maakunta that exceeds its maximum share of a call."""

    maakunta: Maakunta
    sum: Decimal
    bound: Decimal


class _Granted(NamedTuple):
    """The grants of a call in the order of the document, and their lowest possible sum."""

    grants: Sequence[Grant]
    sum: Decimal


def above_maximum(context: Context) -> Mapping[str, Excess]:
    """Return the grants with which a call exceeds its maximum, by id of the grant."""
    above = _calls_above(context, lambda call: call.maximum_eur)
    return _excesses((call.maximum, granted) for call, granted in above)


def above_total(context: Context) -> Mapping[str, Excess]:
    """Return the grants with which a call exceeds its published total, by id of the grant."""
    above = _calls_above(context, lambda call: call.granted_eur)
    return _excesses((call.granted, granted) for call, granted in above)


def _calls_above(
    context: Context, figure_of: Callable[[Call], Decimal | None]
) -> Iterator[tuple[Call, _Granted]]:
    """Yield the calls whose lowest possible sum is above the published figure, and their grants.

    If the figure is rounded, the true amount may be higher: the caller compares the sum with that
    too. To find these few calls first is faster.
    """
    for call_id, granted in context.shared(_granted_by_call).items():
        call = context.call(call_id)
        figure = None if call is None else figure_of(call)
        if call is not None and figure is not None and granted.sum > figure:
            yield call, granted


def _excesses(pairs: Iterable[tuple[Amount, _Granted]]) -> Mapping[str, Excess]:
    """Return one grant for each amount that its grants exceed."""
    excesses: dict[str, Excess] = {}
    for amount, granted in pairs:
        bound = amount.most
        if bound is not None and granted.sum > bound:
            grant, total = _first_sum(granted.grants, operator.gt, bound)
            excesses[grant.id] = Excess(grant.id, total, bound)
    return excesses


def _granted_by_call(context: Context) -> Mapping[str, _Granted]:
    """Return the granted grants by call; planned and applied amounts are never added to them."""
    granted = (grant for grant in context.portfolio.grants if grant.status is GrantStatus.GRANTED)
    return {
        call: _Granted(grants, _lowest_sum(grants))
        for call, grants in group_by(granted, lambda grant: grant.call).items()
    }


def _lowest_sum(grants: Iterable[Grant]) -> Decimal:
    return functools.reduce(_EXACT.add, map(_lowest_amount, grants))


def _first_sum(
    grants: Sequence[Grant], is_above: Callable[[Decimal, Decimal], bool], bound: Decimal
) -> tuple[Grant, Decimal]:
    """Return the first grant with which the sum is above a bound, and the sum up to it.

    The sum of all grants must be above the bound.

    Args:
        grants: The grants.
        is_above: Compares a sum with the bound: `operator.gt` or `operator.ge`.
        bound: The bound.

    """
    sums = itertools.accumulate(map(_lowest_amount, grants), _EXACT.add)
    return next(pair for pair in zip(grants, sums, strict=True) if is_above(pair[1], bound))


def _lowest_amount(grant: Grant) -> Decimal:
    """Return the lowest possible amount; exact amounts, the most common ones, need no `Amount`."""
    if grant.amount_eur is None:
        return _ZERO
    if grant.precision is None or grant.precision is Precision.EXACT:
        return grant.amount_eur
    return grant.amount.least or _ZERO


def above_maximum_shares(context: Context) -> Mapping[str, ShareExcess]:
    """Return the grants with which a maakunta exceeds its share of a call, by id of the grant.

    There is at most one grant for a maakunta and a call: the first grant with which the lowest
    possible sum of its projects is certainly above its share. The share is computed from the
    unrounded percentage and the highest possible maximum of the call.
    """
    excesses: dict[str, ShareExcess] = {}
    for call_id, granted in context.shared(_granted_by_call).items():
        call = context.call(call_id)
        if call is not None and call.kind is CallKind.PROGRAMME and call.maximum_eur is not None:
            excesses |= _above_shares(call, granted, context)
    return excesses


def _above_shares(call: Call, granted: _Granted, context: Context) -> dict[str, ShareExcess]:
    """Return one grant for each maakunta that exceeds its share, by id of the grant."""
    excesses: dict[str, ShareExcess] = {}
    maximum = call.maximum.most
    for maakunta, grants in _by_maakunta(granted.grants, context):
        if maakunta.maximum_share is not None and maximum is not None:
            bound = maakunta.maximum_share.amount_of(maximum)
            too_much = _EXACT.add(bound, _ONE_EURO)
            if _lowest_sum(grants) >= too_much:
                grant, total = _first_sum(grants, operator.ge, too_much)
                excesses[grant.id] = ShareExcess(maakunta, total, bound)
    return excesses


def _by_maakunta(
    grants: Iterable[Grant], context: Context
) -> Iterator[tuple[Maakunta, Sequence[Grant]]]:
    """Group grants by the maakunta of their project; skip projects in no or several maakunnat."""
    groups: defaultdict[str, list[Grant]] = defaultdict(list)
    codes: dict[tuple[str, ...], str] = {}  # by regions: very many projects have the same regions
    for grant in grants:
        project = context.project(grant.project)
        regions = () if project is None else project.regions
        code = codes.get(regions)
        if code is None:
            code = codes[regions] = _maakunta_code(regions, context)
        groups[code].append(grant)
    maakunnat = context.shared(_maakunnat)
    return ((maakunnat[code], members) for code, members in groups.items() if code in maakunnat)


def _maakunta_code(regions: tuple[str, ...], context: Context) -> str:
    """Return the code of the maakunta of some regions; empty if it is unknown or not only one.

    The maakunta of a region is found by the list of regions in each maakunta. The codes of regions
    and maakunnat are different: the same number means different places.
    """
    code_by_region = context.shared(_maakunta_by_region)
    codes = {code_by_region.get(region, "") for region in regions}
    return codes.pop() if len(codes) == 1 else ""


def _maakunta_by_region(context: Context) -> Mapping[str, str]:
    maakunnat = context.shared(_maakunnat).values()
    return {region: maakunta.code for maakunta in maakunnat for region in maakunta.regions or ()}


def _maakunnat(context: Context) -> Mapping[str, Maakunta]:
    """Return the maakunnat of the document and of the facts, by code."""
    maakunnat = cast("Iterator[Maakunta]", context.everything("maakunnat"))
    return {maakunta.code: maakunta for maakunta in maakunnat}
