"""From the values and things of the model to JSON values: what is said, in the order of fields."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import TypeAlias, cast

from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.compiled import CompiledWhenHot, writer_of
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import ObjectOf
from tulevaisuus.model.register import Register
from tulevaisuus.model.value import Value

__all__ = ["COMPILED", "Json", "encode", "encode_plainly", "only_entities"]

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json]"
"""A JSON value; ``null`` is not written, what is unknown is left out."""


def encode(value: object) -> Json:
    """Return the JSON value of anything in the model."""
    write = COMPILED.get(type(value)) if isinstance(value, Value) else None
    if write is None:
        return encode_plainly(value)
    written: Json = write(value)
    return written


def encode_plainly(value: object) -> Json:
    """Write a value with every step in sight, as `encode` does where it has no faster way."""
    match value:
        case BusinessId() | dt.date():
            return str(value)
        case Value():
            return {name: encode(said) for name, said in value.set_fields().items()}
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


def only_entities(given: Iterable[object]) -> Iterator[Entity]:
    """Yield things as they come; what is none is refused at its place."""
    validate = ObjectOf(Entity).validate
    for place, each in enumerate(given):
        try:
            yield cast("Entity", validate(each))
        except InvalidValueError as error:
            raise error.under(place) from None


COMPILED: CompiledWhenHot = CompiledWhenHot(lambda cls: writer_of(cls, encode_plainly))
"""The writers that `encode` prefers."""
