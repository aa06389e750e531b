"""Units of amounts: euros, and other units such as per cent, thousands or another currency.

Other units are found in texts such as headers, and in the number formats of cells.
"""

import re

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem

__all__ = [
    "EURO",
    "OTHER_CURRENCY",
    "OTHER_UNIT",
    "THOUSANDS_OR_MILLIONS",
    "shows_day",
    "unit_of",
]

EURO = re.compile(r"^(?:€|eur) ?| ?(?:€|eur|euroa?)$", re.IGNORECASE)
"""The sign or word for euros before or after an amount."""

OTHER_CURRENCY = re.compile(
    r"\b(?:SEK|NOK|DKK|ISK|USD|GBP|CHF)\b|[$£]|\bkr\b|\bkruunu\w*|\bkronor\b",
    re.IGNORECASE,
)
"""Names and signs of other currencies than the euro."""

OTHER_UNIT = re.compile(f"{OTHER_CURRENCY.pattern}|%", re.IGNORECASE)
"""Other currencies, and per cent."""

THOUSANDS_OR_MILLIONS = re.compile(
    r"(?<![\d.,])(?<!\d\s)1[\s.]?000\s?(?:€|eur|e\b)|\btuhat|\btuhan|\btusen|\bthousand"
    r"|\bmilj(?:oon|on|ard|\b)|\bmillion|\b[tkm]€|\b[tkm]eur\b|\bmn ?€",
    re.IGNORECASE,
)
"""Texts that mean that amounts are in thousands or millions of euros."""

# The parts of a number format of Excel, such as ``[$SEK] #,##0,"k"``:
_CURRENCY_IN_BRACKETS = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")  # currencies, colours and conditions
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')  # texts, spaces and fillers
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")  # each comma at the end divides by a thousand
_EURO_NAMES = {"", "€", "EUR"}
_LOCAL_CURRENCY = '"$"'
"""How openpyxl writes the local currency in the built-in formats, which a workbook only numbers."""


def unit_of(number_format: str, *, is_built_in: bool = False) -> CellProblem | None:
    """Return the problem of amounts that a format shows in another unit than euros, if any.

    Only the section for positive numbers is read. Source: ECMA-376, part 1, 18.8.31.

    Args:
        number_format: The format, such as ``#,##0.00 [$SEK]``.
        is_built_in: Whether the format is built into spreadsheet programs: it shows the currency
            of the reader's country.
    """
    section = number_format.split(";", maxsplit=1)[0]
    without_brackets = _BRACKETS.sub("", section)
    digits = _LITERAL.sub("", without_brackets)
    is_local = is_built_in and _LOCAL_CURRENCY in without_brackets
    currency = _bracketed_currency(section) or (
        "" if is_local else _literal_currency(without_brackets)
    )
    unit = currency or ("%" if "%" in digits else "")
    if unit:
        return CellProblem(table_messages.OTHER_UNIT_IN_NUMBER_FORMAT, unit)
    scale = _SCALE.search(digits)
    return scale and CellProblem(
        table_messages.SCALE_IN_NUMBER_FORMAT, f"1{' 000' * len(scale[1])} €"
    )


def shows_day(number_format: str) -> bool:
    """Return whether a date format shows the day, and not only the month or the year.

    >>> shows_day("d.m.yyyy"), shows_day("mmm yyyy")
    (True, False)
    """
    section = number_format.split(";", maxsplit=1)[0]
    return "d" in _LITERAL.sub("", _BRACKETS.sub("", section)).lower()


def _bracketed_currency(section: str) -> str:
    """Return the currency in the brackets of a format, unless it is the euro."""
    currencies: list[str] = [name.strip() for name in _CURRENCY_IN_BRACKETS.findall(section)]
    return next((name for name in currencies if name.upper() not in _EURO_NAMES), "")


def _literal_currency(section: str) -> str:
    """Return the other currency in the literal texts of a format, or an empty text."""
    found = OTHER_CURRENCY.search(section.replace('"', " ").replace("\\", ""))
    return found[0] if found else ""
