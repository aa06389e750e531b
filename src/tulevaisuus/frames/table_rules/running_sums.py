"""Finds the grant with which the sum of a group exceeds its bound, without summing up all rows.

Sums have two parts, thousands of euros and the rest, so that 64 bits are enough for billions of
rows.
"""

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import (
    LazyFrame,
    as_text,
    concat_text,
    is_true,
    without_trailing_zeros,
)
from tulevaisuus.frames.table_rules.lookups import THOUSANDTHS_PER_EURO
from tulevaisuus.frames.tables.tables_with_facts import Tables

__all__ = ["first_above"]

_THOUSANDTHS_PER_UNIT = THOUSANDTHS_PER_EURO * 1000
"""A unit, the first of the two parts of a sum, is a thousand euros."""

_ROWS_PER_PART = 4096
"""The number of rows in a part, if the order of rows is a number."""

_BEFORE_ALL = -(2**62)
"""The number of the part with the rows that have no number; they come first."""


def first_above(tables: Tables, grants: LazyFrame, group: list[str], bound: str) -> LazyFrame:
    """Return the first grants, in their order, with which a group's sum is above its bound.

    Args:
        tables: The tables.
        grants: Grants with ``amount_least``.
        group: The columns of the group for which amounts are summed up.
        bound: The column with the bound of a group.
    """
    order = tables.order_of("grants")
    names = dict.fromkeys(("key", *order, *group, bound))
    amounts = grants.select(*names, least=nw.col("amount_least").fill_null(0))
    # An amount above the bound exceeds it alone, so it is cut to that.
    counted = nw.when(nw.col("least") > nw.col(bound)).then(nw.col(bound) + 1)
    cut = amounts.with_columns(counted=counted.otherwise(nw.col("least")).cast(nw.Int64))
    is_numbered = amounts.collect_schema()[order[0]].is_integer()
    near = (_exceeding_parts if is_numbered else _exceeding_groups)(cut, group, bound)
    # Rows after the bound was exceeded by far are left out, so that no running sum overflows.
    units = _whole_units("counted").cum_sum().over(*group, order_by=order) - _whole_units("counted")
    early = near.with_columns(units=units).filter(nw.col("units") <= _whole_units(bound))
    running = nw.col("counted").cum_sum().over(*group, order_by=order).cast(nw.Int64)
    sums = early.with_columns(running=running + nw.col("before_part")).with_columns(
        before=nw.col("running") - nw.col("counted")
    )
    exceeds = (nw.col("running") > nw.col(bound)) & (nw.col("before") <= nw.col(bound))
    return sums.filter(is_true(exceeds)).select(
        *tables.row_columns("grants"),
        value=_euros(nw.col("before") + nw.col("least")),
        other=_euros(nw.col(bound)),
    )


def _exceeding_groups(amounts: LazyFrame, group: list[str], bound: str) -> LazyFrame:
    """Return the rows of groups whose total exceeds the bound: there are few such groups."""
    sums = amounts.group_by(*group).agg(*_sums(), nw.col(bound).min().alias("group_bound"))
    exceeding = sums.filter(_is_above("units", "rest", "group_bound")).select(
        **{f"{name}_exceeding": nw.col(name) for name in group}
    )
    right = [f"{name}_exceeding" for name in group]
    rows = amounts.join(exceeding, left_on=group, right_on=right, how="semi")
    return rows.with_columns(before_part=nw.lit(0))


def _exceeding_parts(amounts: LazyFrame, group: list[str], bound: str) -> LazyFrame:
    """Return the part of each group in which the sum exceeds the bound, and the sum before it.

    Rows are summed up in parts, by their numbers, so that there are few sums.
    """
    part = (nw.col("order") // _ROWS_PER_PART).cast(nw.Int64).fill_null(_BEFORE_ALL)
    parted = amounts.with_columns(part=part)
    by = [*group, "part"]
    sums = parted.group_by(*by).agg(*_sums(), nw.col(bound).min().alias("group_bound"))
    running = sums.with_columns(
        units_to=nw.col("units").cum_sum().over(*group, order_by="part").cast(nw.Int64),
        rest_to=nw.col("rest").cum_sum().over(*group, order_by="part").cast(nw.Int64),
    ).with_columns(
        units_before=nw.col("units_to") - nw.col("units"),
        rest_before=nw.col("rest_to") - nw.col("rest"),
    )
    is_first = _is_above("units_to", "rest_to", "group_bound") & ~_is_above(
        "units_before", "rest_before", "group_bound"
    )
    before = nw.col("units_before") * _THOUSANDTHS_PER_UNIT + nw.col("rest_before")
    first = running.filter(is_first).select(
        **{f"{name}_exceeding": nw.col(name) for name in by}, before_part=before
    )
    right = [f"{name}_exceeding" for name in by]
    return parted.join(first, left_on=by, right_on=right, how="inner")


def _sums() -> tuple[nw.Expr, nw.Expr]:
    """Return the two parts of the sum: whole units, and the rest in thousandths of a euro."""
    below = nw.col("counted") - _whole_units("counted") * _THOUSANDTHS_PER_UNIT
    return (
        _whole_units("counted").sum().cast(nw.Int64).alias("units"),
        below.sum().cast(nw.Int64).alias("rest"),
    )


def _is_above(units: str, rest: str, bound: str) -> nw.Expr:
    """Whether a sum in two parts is above a bound."""
    whole = nw.col(units) + _whole_units(rest)
    below = nw.col(rest) - _whole_units(rest) * _THOUSANDTHS_PER_UNIT
    bound_below = nw.col(bound) - _whole_units(bound) * _THOUSANDTHS_PER_UNIT
    is_level = is_true(whole == _whole_units(bound)) & is_true(below > bound_below)
    return is_true(whole > _whole_units(bound)) | is_level


def _whole_units(thousandths: str) -> nw.Expr:
    """Return thousandths as thousands of euros, of which billions of rows can be added."""
    return (nw.col(thousandths) // _THOUSANDTHS_PER_UNIT).cast(nw.Int64)


def _euros(thousandths: nw.Expr) -> nw.Expr:
    """Write thousandths of a euro as euros; half a cent is the least that there is."""
    exact = thousandths.cast(nw.Int64)
    euros = as_text((exact // THOUSANDTHS_PER_EURO).cast(nw.Int64))
    three_digits = as_text(exact + THOUSANDTHS_PER_EURO).str.tail(3)
    return without_trailing_zeros(concat_text(euros, ".", three_digits))
