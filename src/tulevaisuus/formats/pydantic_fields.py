"""Supports small results and settings in pydantic models, such as `Location`, by their fields.

Pydantic validates each field by its annotation, and nothing is converted. The classes of the model
have stricter types and errors of this library: `tulevaisuus.formats.pydantic` supports them.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints

import attrs
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

from tulevaisuus.findings import expectations
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.json_schema import title_and_description
from tulevaisuus.formats.pydantic_errors import validation_error
from tulevaisuus.model.money_and_percent_types import SignedEuros
from tulevaisuus.model.text_number_and_date_types import Date
from tulevaisuus.model.type_errors import wrong_type

__all__ = ["core_schema", "json_schema"]

_SCALARS: dict[object, Callable[[], CoreSchema]] = {
    bool: lambda: core.bool_schema(strict=True),
    int: lambda: core.int_schema(strict=True),
    str: lambda: core.str_schema(strict=True),
}
"""Pydantic would read the text ``"5"`` as a number, if it is not told to be strict."""

_OUR_TYPES: dict[object, object] = {dt.date: Annotated[dt.date, Date()], Decimal: SignedEuros}
"""Dates and amounts are read and written as in documents."""


def core_schema(cls: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return how pydantic reads and writes an object of a class by its fields.

    A field that may be ``None`` can be left out of the data, and is then not written.
    """
    hints = get_type_hints(cls, include_extras=True)
    without_default = [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]
    not_given = dict.fromkeys(name for name in without_default if NoneType in get_args(hints[name]))
    required = {*without_default} - not_given.keys()
    fields = {
        name: core.typed_dict_field(_schema_of(hints[name], handler), required=name in required)
        for name in (field.name for field in attrs.fields(cls))
    }

    def read(
        data: object, inner: core.ValidatorFunctionWrapHandler, info: core.ValidationInfo
    ) -> object:
        """Return an instance unchanged; make one from plain data."""
        if isinstance(data, cls):
            return data
        members = cast("dict[str, object]", inner(data))
        try:
            return cls(**{**not_given, **members})
        except InvalidValueError as error:
            hide = bool((info.config or {}).get("hide_input_in_errors"))
            raise validation_error(cls.__name__, error, data, hide_input=hide) from None

    def write(
        value: object, inner: core.SerializerFunctionWrapHandler, info: core.SerializationInfo
    ) -> object:
        """Return plain data in the mode ``json``, and the object itself in the mode ``python``."""
        if not isinstance(value, cls):
            raise wrong_type(value, expectations.object_of(cls.__name__))
        if info.mode != "json" and info.include is None and info.exclude is None:
            return value
        members = ((name, getattr(value, name)) for name in fields)
        return inner({name: member for name, member in members if member is not None})

    members_schema = core.typed_dict_schema(fields, cls=cls, extra_behavior="forbid")
    return core.with_info_wrap_validator_function(
        read,
        members_schema,
        serialization=core.wrap_serializer_function_ser_schema(
            write, info_arg=True, schema=members_schema
        ),
    )


def _schema_of(annotation: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return how pydantic reads a value of an annotated type; lists are accepted for tuples."""
    arguments = get_args(annotation)
    if get_origin(annotation) in {Union, UnionType}:
        return _union_schema(arguments, handler)
    if get_origin(annotation) is tuple:
        items = [_schema_of(item, handler) for item in arguments if item is not ...]
        variadic = 0 if ... in arguments else None
        return core.tuple_schema(items, variadic_item_index=variadic)
    if annotation in _SCALARS:
        return _SCALARS[annotation]()
    return handler.generate_schema(_OUR_TYPES.get(annotation, annotation))


def _union_schema(members: tuple[object, ...], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return how pydantic reads a value of one of several types; ``None`` may be one of them."""
    schemas = [_schema_of(member, handler) for member in members if member is not NoneType]
    union = core.union_schema([*schemas]) if len(schemas) > 1 else schemas[0]
    return core.nullable_schema(union) if NoneType in members else union


def json_schema(
    cls: type[Any], schema: CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Return the JSON Schema of the fields, with the first sentence about the class."""
    return cast("JsonSchemaValue", {**handler(schema), **title_and_description(cls)})
