"""From the values and entities of the model to JSON values: the fields that are set, in order."""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import TypeAlias, cast

from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.compiled import CompiledWhenHot, writer_of
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import (
    FieldType,
    ListOf,
    Money,
    ObjectOf,
    Scalar,
    SetOf,
    type_of_class,
)
from tulevaisuus.model.register import Register
from tulevaisuus.model.value import Value, fields_of

__all__ = ["COMPILED", "Json", "encode", "encode_plainly", "only_entities", "write_as"]

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
    """Write a value by what it is, as `encode` does where it has no faster way."""
    match value:
        case Value():
            return write_as(type_of_class(type(value)), value)
        case Enum():
            return cast("Json", value.value)
        case dt.date():
            return value.isoformat()
        case Decimal():
            return Money().write(value)
        case frozenset():
            return sorted((encode(each) for each in cast("frozenset[object]", value)), key=str)
        case tuple() | Register():
            return [encode(each) for each in cast("tuple[object, ...]", value)]
        case _:
            return cast("Json", value)


def write_as(field_type: FieldType, value: object) -> Json:
    """Write a value as a field of this type holds it, with every step in sight."""
    match field_type:
        case Scalar() if value is not None:
            return cast("Json", field_type.write(value))
        case SetOf():
            elements = cast("frozenset[object]", value or ())
            return sorted((write_as(field_type.item, each) for each in elements), key=str)
        case ListOf() if value is not None:
            return [write_as(field_type.item, each) for each in cast("tuple[object, ...]", value)]
        case ObjectOf() if isinstance(value, Value):
            return _object(value)
        case _:
            return cast("Json", value)


def _object(value: Value) -> Json:
    """Write the fields that are set, of a subclass as its own."""
    own = type_of_class(type(value))
    if not isinstance(own, ObjectOf):
        return write_as(own, value)
    specs = fields_of(type(value))
    return {name: write_as(specs[name].type, each) for name, each in value.set_fields().items()}


def only_entities(given: Iterable[object]) -> Iterator[Entity]:
    """Yield entities as they come; what is none is rejected at its place."""
    validate = ObjectOf(Entity).validate
    for index, each in enumerate(given):
        try:
            yield cast("Entity", validate(each))
        except InvalidValueError as error:
            raise error.under(index) from None


def _slow_writer(field_type: FieldType) -> Callable[[object], Json]:
    return functools.partial(write_as, field_type)


COMPILED: CompiledWhenHot = CompiledWhenHot(lambda cls: writer_of(cls, _slow_writer))
"""The writers that `encode` prefers."""
