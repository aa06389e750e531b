"""The values of 360Giving as plain values of our fields, each with what there is to tell of it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from tulevaisuus.exchange import standard_messages
from tulevaisuus.findings import expectations
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.money_type import nearest_cents
from tulevaisuus.model.scalar_types import LIMIT

__all__ = ["Value", "amount", "dates", "day"]

_TIME = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9].*)"
)
_MIDNIGHT = re.compile(r"00:00(:00(\.0+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?")
_YEAR = re.compile("[0-9]{4}(-[0-9]{2})?")
_EURO = "EUR"


class Value(NamedTuple):
    """A plain value, nothing if there is none, and the findings on it."""

    plain: object
    findings: tuple[Finding, ...] = ()


def amount(given: object, currency: object) -> Value:
    """Read an amount: one in another currency is none of ours, binary noise is taken away."""
    if currency is not None and currency != _EURO and not isinstance(given, str):
        foreign = standard_messages.OTHER_CURRENCY.finding(
            found=expectations.quote(str(given)), currency=expectations.quote(str(currency))
        )
        return Value(None, (foreign,))
    number = Decimal(repr(given)) if isinstance(given, float) else given
    if not isinstance(number, Decimal) or not number.is_finite() or not 0 < number < LIMIT:
        return Value(given)
    cents = nearest_cents(number)
    if cents is None:
        return Value(given)
    found = standard_messages.BINARY_NOISE.finding(found=expectations.quote(number), amount=cents)
    return Value(cents, (found,))


def day(given: object) -> Value:
    """Read a day: the time of one is left out, a bare year or month is no day."""
    if not isinstance(given, str):
        return Value(given)
    match = _TIME.fullmatch(given)
    found = expectations.quote(given)
    if match:
        is_midnight = _MIDNIGHT.fullmatch(match["time"])
        message = (
            standard_messages.MIDNIGHT_LEFT_OUT if is_midnight else standard_messages.TIME_LEFT_OUT
        )
        return Value(match["day"], (message.finding(found=found),))
    if _YEAR.fullmatch(given):
        return Value(None, (standard_messages.BARE_YEAR.finding(found=found),))
    return Value(given)


def dates(event: Mapping[str, object]) -> Value:
    """Read the first and last day of an event as a period; a duration makes no days."""
    plain: dict[str, object] = {}
    findings: list[Finding] = []
    for theirs, ours in (("startDate", "start"), ("endDate", "end")):
        if theirs in event:
            value = day(event[theirs])
            findings += [each.under(theirs) for each in value.findings]
            plain |= {} if value.plain is None else {ours: value.plain}
    if "duration" in event and "end" not in plain:
        shown = expectations.quote(str(event["duration"]))
        found = standard_messages.DURATION_WITHOUT_DAYS.finding(found=shown)
        findings.append(found.under("duration"))
    return Value(plain or None, tuple(findings))
