"""From the values and things of the model to JSON values: what is said, in the order of fields."""

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import TypeAlias, cast

from tulevaisuus.model import BusinessId, Register, Value

__all__ = ["Json", "encode"]

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json]"
"""A JSON value; ``null`` is not written, what is unknown is left out."""


def encode(value: object) -> Json:
    """Return the JSON value of anything in the model."""
    match value:
        case BusinessId() | dt.date():
            return str(value)
        case Value():
            return {name: encode(said) for name, said in value.said().items()}
        case Enum():
            return cast("Json", value.value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case frozenset():
            return sorted((encode(each) for each in cast("frozenset[object]", value)), key=str)
        case tuple() | Register():
            return [encode(each) for each in cast("tuple[object, ...]", value)]
        case _:
            return cast("Json", value)
