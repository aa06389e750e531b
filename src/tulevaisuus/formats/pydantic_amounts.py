"""`Amount` as plain data for pydantic's models: its known bounds, as numbers."""

from decimal import Decimal
from typing import cast

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.formats.encoding import Json
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.money_and_percent_types import json_number
from tulevaisuus.model.type_errors import wrong_type

__all__ = ["AMOUNT_SCHEMA", "read_amount", "write_amount"]

_BOUNDS = ("least", "most")

AMOUNT_SCHEMA: dict[str, Json] = {
    "title": "Amount",
    "description": "Euros as far as they are known: at least `least`, at most `most`.",
    "type": "object",
    "properties": {name: {"type": "number"} for name in _BOUNDS},
    "additionalProperties": False,
}


def read_amount(data: object) -> Amount:
    """Return an amount unchanged, or make one from its bounds; a float is read by its `repr`.

    Raises:
        InvalidValueError: A bound is not a number or out of range, or there is another field.
    """
    if isinstance(data, Amount):
        return data
    if not isinstance(data, dict):
        raise wrong_type(data, expectations.object_with(_BOUNDS))
    given = cast("dict[str, object]", data)
    problems = Collector(DEFAULT_LIMIT)
    problems.extend(unknown_fields(given, _BOUNDS))
    bounds: dict[str, Decimal | int] = {}
    for name in _BOUNDS:
        if name in given:
            try:
                bounds[name] = _read_bound(given[name])
            except InvalidValueError as error:
                problems.extend(error.under(name).findings)
    if problems.total:
        raise InvalidValueError(problems.findings, problems.counts)
    return Amount(**bounds)


def _read_bound(bound: object) -> Decimal | int:
    if isinstance(bound, float):
        bound = Decimal(float.__repr__(bound))
    if isinstance(bound, bool) or not isinstance(bound, Decimal | int):
        raise wrong_type(bound, expectations.expected("amount_bound"), Decimal)
    return bound


def write_amount(amount: Amount) -> Json:
    """Return the known bounds as JSON numbers.

    Raises:
        InvalidValueError: A bound has more digits than a JSON number keeps.
    """
    bounds = ((name, getattr(amount, name)) for name in _BOUNDS)
    return {name: _write_bound(name, bound) for name, bound in bounds if bound is not None}


def _write_bound(name: str, bound: Decimal) -> Json:
    number = json_number(bound)
    if Decimal(repr(number)) != bound:
        found, expected = found_values.describe(bound), expectations.expected("amount_digits")
        raise InvalidValueError(
            [messages.BAD_FORMAT.finding(found=found, expected=expected).under(name)]
        )
    return number
