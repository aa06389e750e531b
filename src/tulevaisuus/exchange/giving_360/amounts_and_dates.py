"""Converts the values of 360Giving to the JSON values of our fields, with findings about them."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from tulevaisuus.exchange import standards_messages
from tulevaisuus.findings import found_values
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.money_and_percent_types import nearest_cents
from tulevaisuus.model.text_number_and_date_types import LIMIT

__all__ = ["Value", "amount", "dates", "day"]

_DATE_AND_TIME = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9].*)"
)
_MIDNIGHT = re.compile(r"00:00(:00(\.0+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?")
_YEAR_OR_MONTH = re.compile("[0-9]{4}(-[0-9]{2})?")
_EURO = "EUR"


class Value(NamedTuple):
    """A JSON value that is not validated yet, or ``None``, and the findings about it.

    What a function here does not understand stays as it is: the field's type reports it later.
    """

    plain: object
    findings: tuple[Finding, ...] = ()


def amount(given: object, currency: object) -> Value:
    """Read an amount in euros, without the errors of binary floating-point numbers.

    An amount in another currency is reported, and not read.
    """
    if currency is not None and currency != _EURO and not isinstance(given, str):
        foreign = standards_messages.OTHER_CURRENCY.finding(
            found=found_values.quote(str(given)), currency=found_values.quote(str(currency))
        )
        return Value(None, (foreign,))
    number = Decimal(repr(given)) if isinstance(given, float) else given
    if not isinstance(number, Decimal) or not number.is_finite() or not 0 < number < LIMIT:
        return Value(given)
    cents = nearest_cents(number)
    if cents is None:
        return Value(given)
    noise = standards_messages.ROUNDED_BINARY_NUMBER.finding(
        found=found_values.quote(number), amount=cents
    )
    return Value(cents, (noise,))


def day(given: object) -> Value:
    """Read a date without its time; a year or a month alone is reported, and not read."""
    if not isinstance(given, str):
        return Value(given)
    match = _DATE_AND_TIME.fullmatch(given)
    found = found_values.quote(given)
    if match:
        is_midnight = _MIDNIGHT.fullmatch(match["time"])
        message = (
            standards_messages.MIDNIGHT_LEFT_OUT
            if is_midnight
            else standards_messages.TIME_LEFT_OUT
        )
        return Value(match["day"], (message.finding(found=found),))
    if _YEAR_OR_MONTH.fullmatch(given):
        return Value(None, (standards_messages.YEAR_OR_MONTH_AS_DAY.finding(found=found),))
    return Value(given)


def dates(event: Mapping[str, object]) -> Value:
    """Read the dates of an event as a period; a duration without an end date is reported."""
    plain: dict[str, object] = {}
    findings: list[Finding] = []
    for source_name, field in (("startDate", "start"), ("endDate", "end")):
        if source_name in event:
            value = day(event[source_name])
            findings += [finding.under(source_name) for finding in value.findings]
            if value.plain is not None:
                plain[field] = value.plain
    if "duration" in event and "end" not in plain:
        duration = found_values.quote(str(event["duration"]))
        finding = standards_messages.DURATION_WITHOUT_END.finding(found=duration)
        findings.append(finding.under("duration"))
    return Value(plain or None, tuple(findings))
