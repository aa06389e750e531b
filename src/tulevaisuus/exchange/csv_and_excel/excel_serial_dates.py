"""Serial dates: Excel stores a date as the number of days since a fixed date, the epoch."""

import datetime as dt

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.table_messages import phrase
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.type_errors import bad_format

__all__ = ["date_of_serial", "is_serial_date"]

_SERIAL_DATES = range(25_569, 73_051)
"""Excel's numbers for the dates from 1970 to 2099; a smaller number may be a year."""


def is_serial_date(number: int) -> bool:
    """Return whether a number is taken for a date."""
    return number in _SERIAL_DATES


def date_of_serial(number: float, epoch: dt.date) -> dt.date:
    """Return the date of a number.

    Args:
        number: The number of days since the epoch.
        epoch: The date from which a workbook counts: 1899-12-30, or 1904-01-01.

    Raises:
        InvalidValueError: The number is not taken for a date, or it has a time of day.
    """
    if not is_serial_date(int(number)):
        raise bad_format(number, phrase("expected", "day"))
    if number != int(number):
        raise InvalidValueError([table_messages.TIME_BESIDE_DAY.finding(found=str(number))])
    return epoch + dt.timedelta(days=int(number))
