"""Parses the columns of data frames with dates: dates, points in time at midnight, or texts."""

import datetime as dt
from typing import Any

import narwhals.stable.v2 as nw

from tulevaisuus.findings import expectations, messages
from tulevaisuus.frames.engines.expressions import (
    FIRST_DAY,
    as_text,
    is_true,
    time_as_text,
)
from tulevaisuus.frames.engines.patterns import (
    DAY,
)
from tulevaisuus.frames.tables.parsed_column import (
    CellCheck,
    ParsedColumn,
    Parsing,
    WrongType,
    any_outside,
    invalid_unless,
    text_of,
)
from tulevaisuus.model.field_types import (
    FieldType,
)

__all__ = ["parse_date"]


def parse_date(column: nw.Expr, dtype: Any, _: FieldType) -> Parsing:  # noqa: ANN401 - narwhals' types
    """Parse a column of dates; a point in time must be midnight, and have no time zone."""
    if isinstance(dtype, nw.Date):
        right = (column >= FIRST_DAY) & (column <= dt.date.max)
        outside = any_outside(column, FIRST_DAY, dt.date.max)
        check = invalid_unless(column, messages.BAD_FORMAT.code, right, outside)
        return ParsedColumn(column, as_text(column), (check,))
    if isinstance(dtype, nw.Datetime):
        if dtype.time_zone is not None:
            return WrongType(expectations.DATE, "convert_to_date")
        day = column.dt.date()
        is_midnight = is_true(day.cast(nw.Datetime("us")) == column)
        shown = nw.when(is_midnight).then(as_text(day)).otherwise(time_as_text(column))
        return ParsedColumn(
            day, shown, (CellCheck(messages.WRONG_TYPE.code, ~column.is_null() & ~is_midnight),)
        )
    text = text_of(column, dtype)
    if text is None:
        return WrongType(expectations.DATE, "read_as_date")
    right = is_true(text.str.contains(DAY) & ~text.str.starts_with("0000"))
    day = nw.when(right).then(text).str.to_date(format="%Y-%m-%d")
    return ParsedColumn(
        day, text, (CellCheck(messages.BAD_FORMAT.code, ~column.is_null() & ~right),)
    )
