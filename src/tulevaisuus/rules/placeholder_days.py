"""The days that programs write where a day is unknown, for TSK014 on documents and on tables."""

import datetime as dt

__all__ = ["FIRST_PLACEHOLDER_YEAR", "PLACEHOLDER_DATES", "is_placeholder"]

PLACEHOLDER_DATES = frozenset(
    dt.date.fromisoformat(text)
    for text in (
        *("0001-01-01", "1000-01-01", "1111-11-11", "1582-10-15", "1753-01-01", "1899-12-30"),
        *("1899-12-31", "1900-01-01", "1901-01-01", "1904-01-01", "1970-01-01", "2099-12-31"),
    )
)
"""Dates that programs write for an unknown date: the start of an epoch, zero, round dates."""

FIRST_PLACEHOLDER_YEAR = 2200
"""A date in this year or later is a placeholder, usually for *until further notice*."""


def is_placeholder(day: object, _: object = None) -> bool:
    """Return whether a value is such a day."""
    return isinstance(day, dt.date) and (
        day in PLACEHOLDER_DATES or day.year >= FIRST_PLACEHOLDER_YEAR
    )
