"""Parses the columns of data frames with numbers, amounts, percentages and booleans."""

from collections.abc import Callable
from typing import Any

import narwhals.stable.v2 as nw

from tulevaisuus.findings import expectations, messages
from tulevaisuus.frames.engines.expressions import (
    as_text,
    euros_as_text,
    is_true,
    shortest_decimal,
)
from tulevaisuus.frames.engines.patterns import (
    PLAIN_AMOUNT,
)
from tulevaisuus.frames.tables.parsed_column import (
    CellCheck,
    ParsedColumn,
    Parsing,
    WrongType,
    any_outside,
    invalid_unless,
)
from tulevaisuus.model.field_types import (
    Money,
    WholeNumber,
)
from tulevaisuus.model.percent_type import Percent
from tulevaisuus.model.text_number_and_date_types import LIMIT

__all__ = ["parse_amount", "parse_integer", "parse_number"]

_CENTS = 100


_MAX_PERCENT = 100


def parse_integer(column: nw.Expr, dtype: Any, field_type: WholeNumber) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Parse a column of whole numbers from the minimum of the field on."""
    least = field_type.minimum
    return parse_number(
        column,
        dtype,
        messages.BAD_FORMAT.code,
        lambda each: (each >= least) & (each < LIMIT),
        any_outside(column, least, LIMIT - 1),
    )


def parse_number(
    column: nw.Expr,
    dtype: Any,  # noqa: ANN401 - narwhals' types
    finding_code: str,
    right: Callable[[nw.Expr], nw.Expr],
    any_invalid: nw.Expr | None = None,
) -> Parsing:
    """Parse integers; whole floats are accepted, as pandas has integers with nulls as floats."""
    if dtype.is_integer():
        return ParsedColumn(
            column.cast(nw.Int64),
            as_text(column),
            (
                invalid_unless(column, finding_code, right(column))._replace(
                    any_invalid=any_invalid
                ),
            ),
        )
    if not dtype.is_float():
        return WrongType(expectations.INTEGER, "read_as_number")
    is_whole = is_true((column == column.floor()) & (column > -LIMIT) & (column <= LIMIT))
    number = nw.when(is_whole).then(column).cast(nw.Int64)
    text = nw.when(is_whole).then(as_text(number)).otherwise(as_text(column))
    checks = (
        CellCheck(messages.WRONG_TYPE.code, ~column.is_null() & ~is_whole),
        CellCheck(finding_code, is_whole & ~is_true(right(number))),
    )
    return ParsedColumn(number, text, checks)


def parse_amount(column: nw.Expr, dtype: Any, field_type: Money) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Parse a column of amounts or percentages, as numbers or as plain texts: ``1250.50``."""
    if isinstance(dtype, nw.String):
        is_plain = is_true(column.str.contains(PLAIN_AMOUNT))
        number = nw.when(is_plain).then(column).cast(nw.Float64)
        check = CellCheck(messages.WRONG_TYPE.code, ~column.is_null() & ~is_plain)
        return _parse_hundredths(number, column, field_type, (check,), is_plain)
    if not dtype.is_numeric():
        return WrongType(field_type.expected, "read_as_amount")
    return _parse_hundredths(column, column, field_type, (), ~column.is_null(), dtype)


def _parse_hundredths(
    number: nw.Expr,
    column: nw.Expr,
    field_type: Money,
    checks: tuple[CellCheck, ...],
    has_number: nw.Expr,
    dtype: Any = None,  # noqa: ANN401 - narwhals' types
) -> Parsing:
    """Parse an amount or percentage as integer hundredths, and flag the cells that have none.

    A float counts as its shortest decimal form: that has at most two decimals if the float is the
    one nearest to a number of hundredths. A decimal is compared with its hundredths exactly.
    """
    largest = _MAX_PERCENT if isinstance(field_type, Percent) else LIMIT
    template = (
        messages.BAD_FORMAT if isinstance(field_type, Percent) else messages.AMOUNT_OUT_OF_RANGE
    )
    in_bounds = (number >= 0) & (number <= largest)
    guarded = nw.when(is_true(in_bounds)).then(number)
    unguarded = any_invalid = None
    least = 0 if field_type.allows_zero else 1
    most = largest * _CENTS - (largest == LIMIT)
    if dtype is not None and dtype.is_integer():
        unguarded = number.cast(nw.Int64) * _CENTS
        cents = guarded.cast(nw.Int64) * _CENTS
        is_exact = ~cents.is_null()
        any_invalid = any_outside(number, least, most // _CENTS)
    elif dtype is not None and dtype.is_decimal():
        cents = (guarded * _CENTS).cast(nw.Int64)
        is_exact = cents == guarded * _CENTS
    else:
        cents = (guarded * _CENTS).round(0).cast(nw.Int64)
        # When dividing by a constant, Polars multiplies by its inverse: the last digit may differ.
        is_exact = cents / (guarded * 0 + _CENTS) == guarded
    right = is_true(is_exact & (cents >= least) & (cents <= most))
    is_decimal = dtype is not None and dtype.is_decimal()
    shown = shortest_decimal(as_text(column)) if is_decimal else as_text(column)
    text = nw.when(right).then(euros_as_text(cents)).otherwise(shown)
    check = CellCheck(template.code, has_number & ~right, any_invalid)
    return ParsedColumn(cents, text, (*checks, check), unguarded)
