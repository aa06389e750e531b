"""Recognises texts that a program has written in place of a value, and amounts in other units.

A spreadsheet program saves in a CSV file what it showed: errors such as ``#REF!``, ``####`` for a
number in a narrow column, and shortened numbers such as ``2,5E+05``.
"""

import re

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.units_of_amounts import OTHER_UNIT, THOUSANDS_OR_MILLIONS
from tulevaisuus.exchange.table_messages import TableMessage

__all__ = ["DASHES", "message_of_amount", "message_of_program"]

DASHES = frozenset({"-", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"})
"""A cell with only a dash may mean zero or unknown."""

_ATTACHED_SCALE = re.compile(r"[0-9] ?(?:[tkm]€|[tkm]eur\b|m\b|mn\b|milj\b)", re.IGNORECASE)
"""Short forms beside the digits of one amount: ``250t€``."""

_SPREADSHEET_ERROR = re.compile(r"#(?:[A-ZÅÄÖ]+(?:/0)?[!?]|N/A)|(?:Err|Virhe|Fel):[0-9]{3}")
"""``#REF!``, ``#ARVO!``, ``#DIVISION/0!``; in LibreOffice also numbered errors: ``Err:502``."""

_TOO_NARROW = re.compile("#{3,}")
_SHORTENED = re.compile(r"[-+]?[0-9](?:[.,][0-9]+)?E[-+]?[0-9]{1,3}", re.IGNORECASE)


def message_of_program(text: str) -> TableMessage | None:
    """Return the message about a text that a program wrote in place of a value; or ``None``.

    >>> message_of_program("#JAKO/0!").name, message_of_program("########").name
    ('spreadsheet_error', 'column_too_narrow')
    >>> message_of_program("#1")
    """
    if text[:1] not in "#EVF":  # no such text begins otherwise; this is faster
        return None
    if _TOO_NARROW.fullmatch(text):
        return table_messages.COLUMN_TOO_NARROW
    return table_messages.SPREADSHEET_ERROR if _SPREADSHEET_ERROR.fullmatch(text) else None


def message_of_amount(text: str) -> TableMessage | None:
    """Return the message about an amount that is shortened, or not in euros; or ``None``.

    >>> message_of_amount("2,5E+05").name, message_of_amount("1,5 milj. €").name
    ('shortened_number', 'scale_in_amount')
    """
    if _SHORTENED.fullmatch(text):
        return table_messages.SHORTENED_NUMBER
    if THOUSANDS_OR_MILLIONS.search(text) or _ATTACHED_SCALE.search(text):
        return table_messages.SCALE_IN_AMOUNT
    return table_messages.OTHER_UNIT_IN_AMOUNT if OTHER_UNIT.search(text) else None
