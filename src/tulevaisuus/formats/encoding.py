"""Encodes the values and entities of the model as JSON values, without fields that are not set.

A portfolio is all entities of one document.
"""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import TypeAlias, cast

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.generated_readers_and_writers import CompiledWhenHot, fast_writer_of
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
from tulevaisuus.model.type_errors import wrong_type
from tulevaisuus.model.value import Value, fields_of

__all__ = [
    "COMPILED",
    "Json",
    "encode",
    "encode_as",
    "encode_each",
    "encode_one_of",
    "encode_plainly",
    "only_entities",
    "reject_fields_of_subclass",
    "require_entities",
    "write_as",
]

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json]"
"""A JSON value; there is no ``null``, as unknown fields are left out."""


def encode(value: object) -> Json:
    """Return the JSON value of any value of the model.

    An `InvalidValueError` is raised for an object of a user's class that has more fields than the
    class that readers expect in its place: the extra fields could not be read back.
    """
    write = COMPILED.get(type(value)) if isinstance(value, Value) else None
    if write is not None:
        try:
            written: Json = write(value)
        except InvalidValueError:
            pass  # `encode_plainly` finds the path of the error
        else:
            return written
    return encode_plainly(value)


def encode_as(cls: type[Value], value: object) -> Json:
    """Return the JSON value of an object, for readers that expect an object of this class."""
    if type(value) is cls or cls is Entity:
        return encode(value)
    return write_as(type_of_class(cls), value)


def encode_one_of(classes: Sequence[type[Entity]], entity: object) -> Json:
    """Return the JSON value of an entity, for readers that expect one of these classes.

    Raises:
        InvalidValueError: The object is not an entity.
    """
    if type(entity) in classes:
        return encode(entity)
    if not isinstance(entity, Entity):
        raise wrong_type(entity, expectations.object_of(classes[0].__name__))
    base_classes = (cls for cls in classes if isinstance(entity, cls))
    expected = next(base_classes, None)
    return encode(entity) if expected is None else encode_as(expected, entity)


def encode_plainly(value: object) -> Json:
    """Write a value by its Python type, without generated code."""
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
            return sorted(
                (encode(element) for element in cast("frozenset[object]", value)), key=str
            )
        case tuple() | Register():
            return encode_each(encode, cast("tuple[object, ...]", value))
        case _:
            return cast("Json", value)


def write_as(field_type: FieldType, value: object) -> Json:
    """Write a value of a field of this type, without generated code."""
    match field_type:
        case Scalar() if value is not None:
            return cast("Json", field_type.write(value))
        case SetOf():
            elements = cast("frozenset[object]", value or ())
            return sorted((write_as(field_type.item, element) for element in elements), key=str)
        case ListOf() if value is not None:
            write = functools.partial(write_as, field_type.item)
            return encode_each(write, cast("tuple[object, ...]", value))
        case ObjectOf() if isinstance(value, Value):
            return _write_object(value, field_type.cls)
        case _:
            return cast("Json", value)


def encode_each(write: Callable[[object], Json], elements: Iterable[object]) -> Json:
    """Write a list; an error has the index of its element in its path."""
    items: list[Json] = []
    for index, element in enumerate(elements):
        try:
            items.append(write(element))
        except InvalidValueError as error:
            raise error.under(index) from None
    return items


def _write_object(value: Value, expected: type[Value]) -> Json:
    """Write the fields of an object that are set."""
    field_type = type_of_class(type(value))
    if not isinstance(field_type, ObjectOf):  # a text value, for example
        return write_as(field_type, value)
    reject_fields_of_subclass(value, expected)
    specs = fields_of(type(value))
    members: dict[str, Json] = {}
    for name, field_value in value.set_fields().items():
        try:
            members[name] = write_as(specs[name].type, field_value)
        except InvalidValueError as error:
            raise error.under(name) from None
    return members


def reject_fields_of_subclass(value: Value, expected: type[Value]) -> None:
    """Raise an `InvalidValueError` for an object with more fields than readers expect.

    Args:
        value: The object, perhaps of a user's own class.
        expected: The class that readers expect: the class of the object, or a base class.
    """
    if type(value) is expected or expected is Entity:  # for `Entity`, readers find the class
        return
    extra_fields = value.set_fields().keys() - fields_of(expected).keys()
    findings = [
        messages.FIELD_OF_SUBCLASS.finding(
            field=name, found=type(value).__name__, expected=expected.__name__
        ).under(name)
        for name in sorted(extra_fields)
    ]
    if findings:
        raise InvalidValueError(findings)


def require_entities(given: object) -> None:
    """Raise a `TypeError` unless this is a collection: a portfolio or an entity is none."""
    if not isinstance(given, Iterable) or isinstance(given, str | bytes):
        example = "the register tulevaisuus.grants or a list"
        raise TypeError(f"give entities, such as {example}, not {type(given).__name__}")


def only_entities(given: Iterable[object]) -> Iterator[Entity]:
    """Yield the entities; anything else raises an `InvalidValueError` with its index.

    Raises:
        TypeError: This is not a collection, but a portfolio or one entity, for example.
    """
    require_entities(given)
    for index, each in enumerate(given):
        if not isinstance(each, Entity):
            wrong = wrong_type(each, expectations.instance_of(Entity.__name__))
            raise wrong.under(index)
        yield each


def _slow_writer(field_type: FieldType) -> Callable[[object], Json]:
    return functools.partial(write_as, field_type)


COMPILED: CompiledWhenHot = CompiledWhenHot(lambda cls: fast_writer_of(cls, _slow_writer))
"""The generated writers, which `encode` tries first."""
