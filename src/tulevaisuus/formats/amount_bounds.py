"""`Amount` as plain data: its bounds as numbers, an open side left out, for pydantic's models."""

from decimal import Decimal
from typing import cast

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.formats.encoding import Json
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.field_types import wrong_type

__all__ = ["AMOUNT_SCHEMA", "read_amount", "write_amount"]

_SIDES = ("least", "most")

AMOUNT_SCHEMA: dict[str, Json] = {
    "title": "Amount",
    "description": "Euros as far as they are known: at least `least`, at most `most`.",
    "type": "object",
    "properties": {side: {"type": "number"} for side in _SIDES},
    "additionalProperties": False,
}


def read_amount(data: object) -> Amount:
    """Return an amount as it is, or make one of its bounds; of a float its shortest form counts.

    Raises:
        InvalidValueError: A bound is no number or out of range, or there is another field.
    """
    if isinstance(data, Amount):
        return data
    if not isinstance(data, dict):
        raise wrong_type(data, expectations.OBJECT)
    given = cast("dict[str, object]", data)
    problems = Collector(DEFAULT_LIMIT)
    problems.extend(unknown_fields(given, _SIDES))
    bounds: dict[str, Decimal | int] = {}
    for side in _SIDES:
        if side in given:
            try:
                bounds[side] = _number(given[side])
            except InvalidValueError as error:
                problems.extend(error.under(side).findings)
    if problems.total:
        raise InvalidValueError(problems.findings, problems.counts)
    return Amount(**bounds)


def _number(bound: object) -> Decimal | int:
    if isinstance(bound, float):
        bound = Decimal(float.__repr__(bound))
    if isinstance(bound, bool) or not isinstance(bound, Decimal | int):
        raise wrong_type(bound, expectations.expected("amount_bound"))
    return bound


def write_amount(amount: Amount) -> Json:
    """Return the bounds that are known, as numbers of JSON.

    Raises:
        InvalidValueError: A bound has more digits than a number of JSON keeps.
    """
    sides = ((side, getattr(amount, side)) for side in _SIDES)
    return {side: _plain(side, bound) for side, bound in sides if bound is not None}


def _plain(side: str, bound: Decimal) -> Json:
    if bound == bound.to_integral_value():
        return int(bound)
    number = float(bound)
    if Decimal(float.__repr__(number)) != bound:
        found, expected = expectations.describe(bound), expectations.expected("amount_digits")
        raise InvalidValueError(
            [messages.BAD_FORMAT.finding(found=found, expected=expected).under(side)]
        )
    return number
