"""`DayOrPeriod`: the field type for the date or the period in which a cost arose."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, TypeAlias

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.field_type_base import Scalar
from tulevaisuus.model.period import Period
from tulevaisuus.model.text_number_and_date_types import Date, text_schema
from tulevaisuus.model.type_errors import bad_format, invalid_value, wrong_type

__all__ = ["DayOrPeriod", "Days"]

_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
"""The pattern of a date in ISO form, for JSON Schema."""


class DayOrPeriod(Scalar):
    """A date, or a `Period` with both bounds; it is text in documents and cells.

    A period of one day becomes that date, so that equal costs are equal values.
    """

    __slots__ = ()

    @property
    def column_type(self) -> type:
        """Its cells are text, because a column of dates could not contain periods."""
        return str

    def validate(self, value: object) -> dt.date | Period:
        """Accept only a date without a time, and a period with both bounds."""
        if isinstance(value, Period):
            if value.start is None or value.end is None:
                raise bad_format(str(value), expectations.expected("day_or_period"))
            return value.start if value.start == value.end else value
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise wrong_type(value, expectations.expected("python_day_or_period"), dt.date)
        return value

    def read(self, plain: object) -> dt.date | Period:
        """Read ``2021-12-31``, or ``2021-12-01/2022-01-31``."""
        if isinstance(plain, dt.date):
            return self.validate(plain)  # some JSON decoders and databases return dates
        if not isinstance(plain, str):
            raise wrong_type(plain, expectations.expected("day_or_period"), dt.date)
        start, slash, end = plain.partition("/")
        try:
            first = Date().read(start)
            last = Date().read(end) if slash else first
        except InvalidValueError:
            raise bad_format(plain, expectations.expected("day_or_period")) from None
        if last < first:
            raise invalid_value(messages.PERIOD_REVERSED, start=first, end=last)
        return self.validate(Period(first, last))

    def write(self, value: object) -> str:
        """Return the ISO form of the date or period."""
        return value.isoformat() if isinstance(value, dt.date) else str(value)

    def to_cell(self, value: object) -> str:
        """Return the same text as in documents."""
        return self.write(value)

    def json_schema(self) -> dict[str, object]:
        """Require the form; a pattern cannot check that the date exists."""
        form = text_schema(f"{_DAY}(/{_DAY})?", ["2021-12-31", "2021-12-01/2022-01-31"])
        return {"description": expectations.expected("day_or_period").en, **form}

    def samples(self) -> Sequence[dt.date | Period]:
        """Return a date, and a period that begins in one year and ends in the next."""
        return (dt.date(2021, 12, 31), Period(dt.date(2021, 12, 1), dt.date(2022, 1, 31)))


Days: TypeAlias = Annotated[dt.date | Period, DayOrPeriod()]
