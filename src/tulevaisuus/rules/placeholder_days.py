"""Which days TSK014 reports: days that programs write for an unknown day, or for no end.

The rule on objects (`tulevaisuus.rules.document`) and the rule on tables use the same days.
"""

import datetime as dt

__all__ = ["FIRST_PLACEHOLDER_YEAR", "PLACEHOLDER_DATES", "is_placeholder"]

PLACEHOLDER_DATES = frozenset(
    {
        dt.date(1, 1, 1),  # the first day of Python and of .NET
        dt.date(1000, 1, 1),  # the first day that MySQL supports
        dt.date(1111, 11, 11),  # typed with one key
        dt.date(1582, 10, 15),  # the first day of the Gregorian calendar
        dt.date(1753, 1, 1),  # the first day of SQL Server's `datetime`
        dt.date(1899, 12, 30),  # day 0 of Access and LibreOffice
        dt.date(1899, 12, 31),  # day 0 of Excel
        dt.date(1900, 1, 1),  # day 1 of Excel, day 0 of SQL Server
        dt.date(1901, 1, 1),  # the first day of the 20th century
        dt.date(1904, 1, 1),  # day 0 of Excel on older Macs
        dt.date(1970, 1, 1),  # day 0 of Unix
        dt.date(2099, 12, 31),  # far away, for *until further notice*
    }
)
"""Days that programs write for an unknown day, or for no end."""

FIRST_PLACEHOLDER_YEAR = 2200
"""Any day in this year or later is a placeholder, usually for *until further notice*."""


def is_placeholder(day: object, _field_type: object = None) -> bool:
    """Return whether a value is one of `PLACEHOLDER_DATES`, or from `FIRST_PLACEHOLDER_YEAR` on.

    A condition of `tulevaisuus.rules.value_walker` also gets the field type, not needed here.
    """
    return isinstance(day, dt.date) and (
        day in PLACEHOLDER_DATES or day.year >= FIRST_PLACEHOLDER_YEAR
    )
