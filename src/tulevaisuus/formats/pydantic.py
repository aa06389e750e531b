"""Supports our classes in pydantic models, as strictly as in documents, with the same findings.

This module is imported only when pydantic asks one of our classes for a schema.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, cast, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, SchemaSerializer
from pydantic_core import core_schema as core

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.formats.cattrs import structure, unstructure
from tulevaisuus.formats.decoding import check_class
from tulevaisuus.formats.encoding import Json, encode_as, encode_each, encode_one_of
from tulevaisuus.formats.format_version import FORMAT_VERSION
from tulevaisuus.formats.intake import read_register
from tulevaisuus.formats.json_schema import (
    Schema,
    classes_in,
    definitions,
    schema_without_definitions,
)
from tulevaisuus.formats.one_of_several_classes import decode_one_of, entity_classes
from tulevaisuus.formats.pydantic_amounts import AMOUNT_SCHEMA, read_amount, write_amount
from tulevaisuus.formats.pydantic_errors import validation_error
from tulevaisuus.formats.pydantic_include_exclude import select
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import Scalar
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.type_errors import wrong_type
from tulevaisuus.model.value import Value

__all__ = ["core_schema", "json_schema", "scalar_json_schema", "scalar_schema", "serializer_of"]


_SERIALIZERS: dict[type[Any], SchemaSerializer] = {}  # those that were made already


def core_schema(cls: type[Any], annotation: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return how pydantic reads and writes an object of a class; a register is a list of entities.

    The inner schema lists the classes of its fields and never validates: it only makes pydantic
    collect these classes as definitions of a JSON Schema.
    """
    if cls is Register:
        (item,) = get_args(annotation) or (Entity,)
        classes = entity_classes(item)
        return _validator(
            Register,
            functools.partial(_read_register, classes),
            core.list_schema(handler.generate_schema(item)),
            _serializer(functools.partial(encode_each, functools.partial(encode_one_of, classes))),
        )
    if cls is Amount:
        return _validator(Amount, read_amount, core.any_schema(), _serializer(write_amount))
    check_class(cls, Value, Enum)
    inner_schema: CoreSchema
    if cls is Entity:
        inner_schema = core.union_schema(
            [handler.generate_schema(each) for each in REGISTERS.values()]
        )
    else:
        parts = [handler.generate_schema(each) for each in _field_classes(cls).values()]
        inner_schema = core.tuple_schema(parts)
    ref = f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"
    return _validator(
        cls,
        functools.partial(_read, cls),
        inner_schema,
        _serializer(functools.partial(_write, cls)),
        ref,
    )


def json_schema(
    cls: type[Any], schema: CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Return our JSON Schema of a class, with references to the definitions of pydantic."""
    if cls is Amount:
        return cast("JsonSchemaValue", {**AMOUNT_SCHEMA})
    shown = handler(cast("core.WrapValidatorFunctionSchema", schema)["schema"])
    if cls in {Register, Entity}:
        return shown
    # The items of the tuple in `core_schema`: references of pydantic to the classes of fields.
    parts = cast("list[dict[str, Json]]", shown.get("prefixItems", []))
    itself: dict[str, dict[str, Json]] = {cls.__name__: {"title": cls.__name__, "type": "object"}}
    links = {**itself, **dict(zip(_field_classes(cls), parts, strict=True))}
    return cast(
        "JsonSchemaValue", _replace_references(_schema_or_title(cls), links, definitions(cls))
    )


def serializer_of(cls: type[Any]) -> SchemaSerializer:
    """Return what writes an object of a class as itself, whatever class its field has.

    The declared classes of the elements of a register are unknown here: each is written as its own.
    """
    if cls not in _SERIALIZERS:
        if issubclass(cls, Register):
            writing = _serializer(lambda register: [unstructure(each) for each in register])
            _SERIALIZERS[cls] = SchemaSerializer(core.any_schema(serialization=writing))
        else:
            _SERIALIZERS[cls] = TypeAdapter(cls).serializer
    return _SERIALIZERS[cls]


def _validator(
    cls: type[Any],
    make: Callable[[object], object],
    inner_schema: CoreSchema,
    writing: core.SerSchema,
    ref: str | None = None,
) -> CoreSchema:
    def read(
        data: object, _handler: core.ValidatorFunctionWrapHandler, info: core.ValidationInfo
    ) -> object:
        """Make an object, or raise the findings as an error of pydantic."""
        try:
            return make(data)
        except InvalidValueError as error:
            hide = _hides_input(info)
            raise validation_error(cls.__name__, error, data, hide_input=hide) from None

    # Pydantic has the name of the function in the `loc` of errors of unions.
    read.__name__ = read.__qualname__ = cls.__name__
    return core.with_info_wrap_validator_function(
        read, inner_schema, ref=ref, serialization=writing
    )


def _hides_input(info: core.ValidationInfo) -> bool:
    """Return whether the model hides input in its errors."""
    return bool((info.config or {}).get("hide_input_in_errors"))


def _read(cls: type[Any], data: object) -> object:
    """Return an object unchanged, or make one from plain data.

    A document of a newer version is rejected, as a validator cannot warn about lost fields.
    """
    if inspect.isabstract(cls) and not isinstance(data, cls):
        raise wrong_type(data, expectations.object_of(cls.__name__))
    value = data if isinstance(data, cls) else structure(data, cls)
    newer = value.newer_version if isinstance(value, Portfolio) else None
    if newer:
        finding = messages.NEWER_VERSION.finding(found=newer, supported=FORMAT_VERSION)
        raise InvalidValueError([finding.under("format_version")])
    return value


def _read_register(classes: tuple[type[Entity], ...], data: object) -> object:
    entities = [*cast("Register[Entity]", data)] if isinstance(data, Register) else data
    return read_register(entities, classes[0], lambda _, each: _read_one_of(classes, each))


def _read_one_of(classes: tuple[type[Entity], ...], data: object) -> Entity:
    """Return an object unchanged, or make one from plain data."""
    return data if isinstance(data, classes) else decode_one_of(classes, data)


def _serializer(write: Callable[[Any], object]) -> core.SerSchema:
    """Return plain data in the mode ``json``, and the object itself in the mode ``python``.

    With ``include`` or ``exclude`` the mode ``python`` returns a dict, as for models. Fields
    without a value and defaults are never written: ``exclude_none``, ``exclude_unset`` and
    ``exclude_defaults`` have no effect, and there are no aliases.
    """

    def written(value: Any, info: core.SerializationInfo) -> object:  # noqa: ANN401 - one of ours
        """Write an object."""
        plain = write(value) if info.mode == "json" else value
        return select(plain, info.include, info.exclude)

    return core.plain_serializer_function_ser_schema(written, info_arg=True)


def _write(cls: type[Any], value: Any) -> object:  # noqa: ANN401 - as above
    """Write an object of a class, or of a subclass, so that the same field can read it back.

    Raises:
        InvalidValueError: It is an object of another class: pydantic checks no copy of a model.
    """
    if not isinstance(value, cls):
        raise wrong_type(value, expectations.object_of(cls.__name__))
    if isinstance(value, Value) and not isinstance(value, Portfolio):
        return encode_as(cls, value)
    return unstructure(value)


def _field_classes(cls: type[Any]) -> dict[str, type[Any]]:
    """Return the classes of the fields of a class by name, without the class itself."""
    try:
        classes = classes_in(cls)
    except UnknownCodeError:
        return {}
    return {name: each for name, each in classes.items() if each is not cls}


def scalar_schema(
    field_type: Scalar, annotation: object, handler: GetCoreSchemaHandler
) -> CoreSchema:
    """Return how pydantic reads and writes a value of a field type in an annotation."""
    del annotation, handler

    def read(data: object, info: core.ValidationInfo) -> object:
        """Return a valid value unchanged, or read one from plain data."""
        try:
            return _read_scalar(field_type, data)
        except InvalidValueError as error:
            name, hide = type(field_type).__name__, _hides_input(info)
            raise validation_error(name, error, data, hide_input=hide) from None

    def write(value: object, info: core.SerializationInfo) -> object:
        """Return plain data in the mode ``json``."""
        return field_type.write(value) if info.mode == "json" else value

    return core.with_info_plain_validator_function(
        read,
        serialization=core.plain_serializer_function_ser_schema(
            write, info_arg=True, when_used="unless-none"
        ),
    )


def _read_scalar(field_type: Scalar, data: object) -> object:
    try:
        return field_type.read(data)
    except InvalidValueError:
        if isinstance(data, str | int | float | dict | list | None):
            raise
        return field_type.validate(data)  # an object, as in the mode ``python``


def scalar_json_schema(
    field_type: Scalar, schema: CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Return the JSON Schema of a field type."""
    del schema, handler
    return field_type.json_schema()


def _schema_or_title(cls: type[Any]) -> Schema:
    """Return our schema of a class; for a class outside documents, only its title and type."""
    try:
        return schema_without_definitions(cls)
    except UnknownCodeError:
        return {"title": cls.__name__, "type": "object"}


def _replace_references(
    schema: Json, links: Mapping[str, dict[str, Json]], defs: Mapping[str, Schema]
) -> Json:
    """Replace our references: to classes by those of pydantic, to other types by their schemas.

    Args:
        schema: Our JSON Schema.
        links: The references of pydantic, by the name of the class.
        defs: Our definitions, by name.
    """
    if isinstance(schema, list):
        return [_replace_references(each, links, defs) for each in schema]
    if not isinstance(schema, dict):
        return schema
    own = {
        name: _replace_references(each, links, defs)
        for name, each in schema.items()
        if name != "$ref"
    }
    if "$ref" not in schema:
        return own
    name = str(schema["$ref"]).rpartition("/")[2]
    known = links.get(name) or cast("dict[str, Json]", _replace_references(defs[name], links, defs))
    return {**known, **own}
