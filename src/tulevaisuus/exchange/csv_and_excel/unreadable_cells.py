"""Recognises texts that a program has written in place of a value, and amounts in other units.

A spreadsheet program saves in a CSV file what it showed: errors such as ``#REF!``, ``####`` for a
number in a narrow column, and shortened numbers such as ``2,5E+05``.
"""

import re

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.units_of_amounts import OTHER_CURRENCY, WORDS_OF_SCALE
from tulevaisuus.exchange.table_messages import TableMessage

__all__ = ["DASHES", "message_of_amount", "message_of_program"]

DASHES = frozenset({"-", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"})
"""A cell with only a dash may mean zero or unknown."""

_SCALED = re.compile(
    rf"[0-9][\s.,]*(?:(?:€|eur)\s*)?(?:{WORDS_OF_SCALE}|[tkm]€|[tkm]eur\b|m\b|mn\b|milj\b)"
    rf"|^\W*(?:eur\s*)?(?:{WORDS_OF_SCALE})\W*[0-9]",
    re.IGNORECASE,
)
"""A number with the word for its scale beside it, such as ``250t€`` or ``MEUR 1,5``."""

_PERCENTAGE = re.compile(r"[-+]?[0-9][0-9\s.,]*%")

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
    if _SCALED.search(text):
        return table_messages.SCALE_IN_AMOUNT
    is_other_unit = OTHER_CURRENCY.search(text) or _PERCENTAGE.fullmatch(text)
    return table_messages.OTHER_UNIT_IN_AMOUNT if is_other_unit else None
