"""Expressions that give the same result in every engine: texts of cells, day numbers, periods.

Engines differ in regular expressions, in the text of a number and in arithmetic on days; what is
here was seen to agree on all of them.
"""

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from tulevaisuus.model.period import Period

__all__ = [
    "FIRST_DAY",
    "LazyFrame",
    "all_of",
    "any_of",
    "as_text",
    "concat",
    "concat_text",
    "day_number",
    "distinct",
    "euros_as_text",
    "is_outside",
    "is_outside_period",
    "is_true",
    "not_null",
    "null_text",
    "shortest_decimal",
    "time_as_text",
    "without_trailing_zeros",
]

LazyFrame: TypeAlias = nw.LazyFrame[Any]
"""A lazy frame of any engine: a query that runs when its rows are needed."""

_CENTS = 100
_TRAILING_ZEROS = r"\.?0+\z"
"""The zeros at the end of a number with decimals, and its point if nothing else comes after it."""

FIRST_DAY = nw.lit("0001-01-01").str.to_date(format="%Y-%m-%d")
"""The first day that Python has; Spark accepts no constant of it."""


def not_null(*columns: str) -> nw.Expr:
    """Return whether none of these columns is null."""
    return all_of(~nw.col(column).is_null() for column in columns)


def is_true(condition: nw.Expr) -> nw.Expr:
    """Return a condition that is false where it is null."""
    return condition.fill_null(value=False)


def any_of(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """Whether one of several conditions holds; of none, it does not."""
    first, *others = [*conditions] or [nw.lit(value=False)]
    for each in others:
        first |= each
    return first


def all_of(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """Whether all of several conditions hold; there is one at least."""
    first, *others = conditions
    for each in others:
        first &= each
    return first


@functools.cache
def null_text() -> nw.Expr:
    """Return null, as a text."""
    return nw.lit(None, dtype=nw.String)


def as_text(column: str | nw.Expr) -> nw.Expr:
    """Return the text of a cell: of days the ISO form, of booleans ``true`` and ``false``."""
    return (nw.col(column) if isinstance(column, str) else column).cast(nw.String)


def concat_text(*parts: str | nw.Expr) -> nw.Expr:
    """Return texts one after the other: columns are expressions, words are themselves."""
    texts = [nw.lit(part) if isinstance(part, str) else part for part in parts]
    return nw.concat_str(texts, separator="")


def euros_as_text(cents: nw.Expr) -> nw.Expr:
    """Write cents as euros the way documents do: whole, or in the shortest decimal form."""
    whole = (cents // _CENTS).cast(nw.Int64)
    euros = whole.cast(nw.String)
    two_digits = (cents + _CENTS).cast(nw.String).str.tail(2)
    exact = without_trailing_zeros(concat_text(euros, ".", two_digits))
    return nw.when(whole * _CENTS == cents).then(euros).otherwise(exact)


def without_trailing_zeros(number: nw.Expr) -> nw.Expr:
    """Return the text of a number with a decimal point without the zeros at its end."""
    return number.str.replace_all(_TRAILING_ZEROS, "")


def shortest_decimal(text: nw.Expr) -> nw.Expr:
    """Return the text of a decimal without the zeros that the scale of its column adds."""
    shortest = text.str.replace_all(r"(?:\.0+|0+)\z", "")
    return nw.when(text.str.contains(".", literal=True)).then(shortest).otherwise(text)


def time_as_text(time: nw.Expr) -> nw.Expr:
    """Write a point in time as Python does: seconds, and their fraction where there is one."""
    parts = (time.dt.hour(), time.dt.minute(), time.dt.second())
    hours, minutes, seconds = (_padded(each, 2) for each in parts)
    whole = concat_text(as_text(time.dt.date()), " ", hours, ":", minutes, ":", seconds)
    fraction = time.dt.microsecond()
    return (
        nw.when(fraction == 0).then(whole).otherwise(concat_text(whole, ".", _padded(fraction, 6)))
    )


def _padded(number: nw.Expr, length: int) -> nw.Expr:
    return number.cast(nw.Int64).cast(nw.String).str.zfill(length)


def distinct(frame: LazyFrame) -> LazyFrame:
    """Return each row once: as groups, which SQL makes faster than it numbers rows."""
    columns = frame.collect_schema().names()
    return frame.group_by(*columns).agg(nw.len().alias("number")).select(*columns)


def day_number(day: nw.Expr) -> nw.Expr:
    """Return a number for a day that grows by one from day to day: engines subtract differently.

    The usual arithmetic on the civil calendar: years begin in March, so that a leap day is last.
    """
    month = day.dt.month().cast(nw.Int64)
    year = day.dt.year().cast(nw.Int64) - nw.when(month <= 2).then(nw.lit(1)).otherwise(nw.lit(0))  # noqa: PLR2004 - February
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day.dt.day().cast(nw.Int64)
    return (year * 365 + year // 4 - year // 100 + year // 400 + of_year).cast(nw.Int64)


def is_outside(column: str, start: str, end: str) -> nw.Expr:
    """Whether a day lies before the start or after the end that two other columns hold."""
    day = nw.col(column)
    return is_true(day < nw.col(start)) | is_true(day > nw.col(end))


def is_outside_period(column: str, period: Period) -> nw.Expr:
    """Whether a day lies outside a period, as far as its bounds are known."""
    sides: list[nw.Expr] = []
    if period.start is not None:
        sides.append(is_true(nw.col(column) < _date_literal(period.start)))
    if period.end is not None:
        sides.append(is_true(nw.col(column) > _date_literal(period.end)))
    return any_of(sides)


def _date_literal(day: dt.date) -> nw.Expr:
    return nw.lit(day, dtype=nw.Date)


def concat(frames: Iterable[LazyFrame]) -> LazyFrame:
    """Return the rows of a few frames of the same columns."""
    return nw.concat([*frames], how="vertical")
