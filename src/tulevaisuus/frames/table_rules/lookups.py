"""Look-ups for rules on one row: they join columns of the entity that the row refers to."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame, as_text, is_true
from tulevaisuus.frames.engines.interface import Constant
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.amount import Precision
from tulevaisuus.model.area import Area
from tulevaisuus.model.call import Call
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.period import Period

__all__ = [
    "THOUSANDTHS_PER_CENT",
    "THOUSANDTHS_PER_EURO",
    "bounds_of",
    "calls_of",
    "with_bounds",
    "with_call",
    "with_lookups",
]

THOUSANDTHS_PER_EURO = 1000
"""Sums are compared in thousandths of a euro: half a cent, a rounding error, is five of them."""

THOUSANDTHS_PER_CENT = 10
"""A cent in thousandths of a euro."""

_CALL_COLUMNS: Mapping[str, type] = {
    "id": str,
    "call_kind": str,
    "call_opening": dt.date,
    "call_closing": dt.date,
    "call_cost_start": dt.date,
    "call_cost_end": dt.date,
    "call_decided_on": dt.date,
    "call_announced_on": dt.date,
    "call_continues": str,
    "call_asks_contribution": bool,
    "call_restricts": bool,
    "call_county_from": dt.date,
    "call_maximum": int,
    "call_granted": int,
    "call_known": bool,
}
"""The columns of the table of calls, and their types."""


def calls_of(tables: Tables) -> list[Call]:
    """Return the calls of the given tables, and those that only the facts have."""
    return [each for each in tables.context.everything("calls") if isinstance(each, Call)]


def _call_rows(tables: Tables) -> Iterator[tuple[Constant, ...]]:
    for call in calls_of(tables):
        opening, closing = bounds_of(call.application_period)
        cost_start, cost_end = bounds_of(call.cost_period)
        yield (
            call.id,
            None if call.kind is None else call.kind.value,
            opening,
            closing,
            cost_start,
            cost_end,
            call.decided_on,
            call.announced_on,
            call.continues,
            call.own_contribution_required,
            call.eligible_recipients is not None,
            call.county_eligible_from,
            _in_thousandths(call.maximum.most),
            _in_thousandths(call.granted.most),
            True,
        )


def _in_thousandths(euros: Decimal | None) -> int | None:
    """Convert euros to thousandths of a euro; a bound never has more decimals."""
    return None if euros is None else int(euros * THOUSANDTHS_PER_EURO)


def with_call(frame: LazyFrame, tables: Tables) -> LazyFrame:
    """Join the call to each grant."""
    calls = tables.literal_table("calls", _CALL_COLUMNS, _call_rows(tables))
    return frame.join(calls, left_on="call", right_on="id", how="left")


def _with_organisation(column: str) -> Callable[[LazyFrame, Tables], LazyFrame]:
    def join(frame: LazyFrame, tables: Tables) -> LazyFrame:
        """Join the kind and the region of the organisation."""
        with_reference = tables.with_reference("organisations", ("kind", "region"))
        named = with_reference.select(
            organisation_key="key",
            organisation_kind="kind",
            organisation_region="region",
            organisation_known=nw.lit(value=True),
        )
        return frame.join(named, left_on=column, right_on="organisation_key", how="left")

    return join


def _with_municipality(column: str) -> Callable[[LazyFrame, Tables], LazyFrame]:
    def join(frame: LazyFrame, tables: Tables) -> LazyFrame:
        """Join the period and the region of the municipality."""
        types = {
            "code": str,
            "municipality_start": dt.date,
            "municipality_end": dt.date,
            "municipality_region": str,
            "municipality_known": bool,
        }
        rows = [
            (each.code, *bounds_of(each.valid), each.region, True)
            for each in cast("Iterable[Municipality]", tables.context.everything("municipalities"))
        ]
        known = tables.literal_table("municipalities", types, rows)
        return frame.join(known, left_on=column, right_on="code", how="left")

    return join


def _with_area(frame: LazyFrame, tables: Tables) -> LazyFrame:
    """Join the period in which the area is valid."""
    rows = [
        (each.code, *bounds_of(each.valid))
        for each in cast("Iterable[Area]", tables.context.everything("areas"))
    ]
    types = {"code": str, "area_start": dt.date, "area_end": dt.date}
    known = tables.literal_table("areas", types, rows)
    return frame.join(known, left_on="area", right_on="code", how="left")


def bounds_of(period: Period | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the bounds of a period, ``None`` for unknown ones."""
    return (None, None) if period is None else (period.start, period.end)


def with_bounds(frame: LazyFrame, _: Tables | None = None) -> LazyFrame:
    """Add columns with the smallest and the largest possible amount, in thousandths of a euro.

    A rounded amount may differ by half of the unit that it was rounded to. If the unit is not
    recorded, it is that of the last digit that is not zero.
    """
    amount = nw.col("amount_eur")
    is_exact = is_true(nw.col("precision") == Precision.EXACT.value) | nw.col("precision").is_null()
    is_guessed = ~is_exact & nw.col("rounded_to_eur").is_null() & (amount > 0)
    digits = as_text(nw.when(is_guessed).then(amount)).str.strip_chars("0").cast(nw.Int64)
    unit = nw.coalesce(nw.col("rounded_to_eur"), (amount // digits).cast(nw.Int64))
    half = (
        nw.when(is_exact)
        .then(nw.lit(0))
        .otherwise(unit * (THOUSANDTHS_PER_CENT // 2))
        .cast(nw.Int64)
    )
    # In steps: a query repeats an expression wherever it is used, and would grow large.
    with_half = frame.with_columns(amount_half=half)
    with_least = with_half.with_columns(
        amount_least=amount * THOUSANDTHS_PER_CENT - nw.col("amount_half"),
        amount_most=amount * THOUSANDTHS_PER_CENT + nw.col("amount_half"),
    )
    least = nw.col("amount_least")
    return with_least.with_columns(
        amount_least=nw.when(is_true(least < 0)).then(nw.lit(0)).otherwise(least).cast(nw.Int64)
    )


_LOOKUPS: Mapping[str, Callable[[LazyFrame, Tables], LazyFrame]] = {
    "call": with_call,
    "recipient": _with_organisation("recipient"),
    "organisation": _with_organisation("organisation"),
    "municipality": _with_municipality("municipality"),
    "seat": _with_municipality("seat"),
    "area": _with_area,
    "bounds": with_bounds,
}
"""The look-ups by name: what a rule on one row can name in ``lookups``."""


def with_lookups(
    tables: Tables, name: str, lookups: tuple[str, ...], columns: tuple[str, ...] | None = None
) -> LazyFrame:
    """Return the valid rows of a table with the columns of look-ups.

    Args:
        tables: The tables.
        name: The name of the table.
        lookups: The names of the look-ups.
        columns: The columns of the table to return, by default all.
    """
    if not lookups:
        return tables.rows_to_check(name, columns)
    *before, last = lookups
    return tables.cached(
        ("with_lookups", name, lookups, columns),
        lambda: tables.staged(
            name, _LOOKUPS[last](with_lookups(tables, name, tuple(before), columns), tables)
        ),
    )
