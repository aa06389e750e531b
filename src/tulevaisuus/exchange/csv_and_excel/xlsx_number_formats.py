"""What the number format of a cell says: per cent, another currency, thousands, or no day."""

import re

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem

__all__ = ["FOREIGN", "shows_day", "unit_of"]

FOREIGN = re.compile(
    r"\b(?:SEK|NOK|DKK|ISK|USD|GBP|CHF)\b|[$£]|\bkr\b|\bkruunu\w*|\bkronor\b",
    re.IGNORECASE,
)
"""What says that amounts are in another currency than euros."""

_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_EUROS = {"", "€", "EUR"}
_LOCAL = '"$"'
"""How openpyxl names the currency of the country in formats that a workbook only numbers."""


def unit_of(number_format: str, *, is_built_in: bool = False) -> CellProblem | None:
    """Return what is to be reported of amounts in a format; nothing if they are shown in euros.

    The section for positive numbers counts. The source: ECMA-376, part 1, 18.8.31.

    Args:
        number_format: The format, as ``#,##0.00 [$SEK]``.
        is_built_in: Whether it is one that spreadsheet programs number, whose currency is that of
            the country of the reader.
    """
    section = number_format.split(";", maxsplit=1)[0]
    rest = _BRACKETS.sub("", section)
    plain = _LITERAL.sub("", rest)
    is_local = is_built_in and _LOCAL in rest
    currency = _named(section) or ("" if is_local else _foreign(rest))
    unit = currency or ("%" if "%" in plain else "")
    if unit:
        return CellProblem(table_messages.FOREIGN_CELL, unit)
    scale = _SCALE.search(plain)
    return scale and CellProblem(table_messages.SCALED_CELL, f"1{' 000' * len(scale[1])} €")


def shows_day(number_format: str) -> bool:
    """Return whether a format of dates shows the day, not only a month or a year.

    >>> shows_day("d.m.yyyy"), shows_day("mmm yyyy")
    (True, False)
    """
    section = number_format.split(";", maxsplit=1)[0]
    return "d" in _LITERAL.sub("", _BRACKETS.sub("", section)).lower()


def _named(section: str) -> str:
    """Return the currency that a format names in brackets, unless it is the euro."""
    named = (each.strip() for each in _CURRENCY.findall(section))
    return next((each for each in named if each.upper() not in _EUROS), "")


def _foreign(section: str) -> str:
    """Return the currency among the texts of a format."""
    found = FOREIGN.search(section.replace('"', " ").replace("\\", ""))
    return found[0] if found else ""
