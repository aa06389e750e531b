"""Our classes in pydantic's models: read as strictly as documents, refused in the same words.

The model opens this when pydantic asks; nothing else in the library needs pydantic.
"""

import functools
from collections.abc import Mapping
from typing import Any, cast, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError
from pydantic_core import core_schema as core

from tulevaisuus import model
from tulevaisuus.findings import LANGUAGES, Finding, InvalidValueError, pointers
from tulevaisuus.formats.converters import structure, unstructure
from tulevaisuus.formats.describing import definitions, part, references
from tulevaisuus.formats.encoding import Json
from tulevaisuus.model import Register, Thing

__all__ = ["core_schema", "json_schema"]


def core_schema(cls: type[Any], source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Tell pydantic how an object of a class is read and written; a register is a list of things.

    The classes that it is made of stand in a tuple which reads nothing: so pydantic knows of them
    when it makes a JSON Schema.
    """
    if cls is Register:
        things = core.list_schema(handler.generate_schema(get_args(source)[0]), strict=True)
        return core.no_info_wrap_validator_function(_read_register, things, serialization=_WRITING)
    inside = core.tuple_schema([handler.generate_schema(each) for each in _inside(cls).values()])
    return core.no_info_wrap_validator_function(
        functools.partial(_read, cls),
        inside,
        ref=f"{cls.__module__}.{cls.__qualname__}:{id(cls)}",
        serialization=_WRITING,
    )


def json_schema(
    cls: type[Any], schema: CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Tell pydantic what our schema says of a class, by links to what pydantic knows itself."""
    if cls is Register:
        return handler(schema)
    inside = cast("core.WrapValidatorFunctionSchema", schema)["schema"]
    shown = cast("list[dict[str, Json]]", handler(inside).get("prefixItems", []))
    links = dict(zip(_inside(cls), shown, strict=True))
    return cast("JsonSchemaValue", _linked(part(cls), links))


def _write(value: Any, info: core.SerializationInfo) -> object:  # noqa: ANN401 - one of ours
    """Write plain data where JSON is wanted; elsewhere the object, which cannot change, stays."""
    return unstructure(value) if info.mode == "json" else value


_WRITING = core.plain_serializer_function_ser_schema(_write, info_arg=True)


def _inside(cls: type[Any]) -> dict[str, type[Any]]:
    names = references(part(cls))
    return {name: getattr(model, name) for name in names if name in model.__all__}


def _linked(schema: Json, links: Mapping[str, dict[str, Json]]) -> Json:
    """Replace references: to classes by links, to kinds of text and number by what these are."""
    if isinstance(schema, list):
        return [_linked(each, links) for each in schema]
    if not isinstance(schema, dict):
        return schema
    said = {name: _linked(each, links) for name, each in schema.items() if name != "$ref"}
    if "$ref" not in schema:
        return said
    name = str(schema["$ref"]).rpartition("/")[2]
    known = links.get(name) or cast("dict[str, Json]", _linked(definitions()[name], links))
    return {**known, **said}


def _read(cls: type[Any], data: object, _inside: core.ValidatorFunctionWrapHandler) -> object:
    if isinstance(data, cls):
        return data
    try:
        return structure(data, cls)
    except InvalidValueError as error:
        raise _refusal(cls, error, data) from None


def _read_register(data: object, read: core.ValidatorFunctionWrapHandler) -> Register[Thing]:
    given = [*cast("Register[Thing]", data)] if isinstance(data, Register) else data
    things: list[Thing] = read(given)
    try:
        return Register(things)
    except InvalidValueError as error:
        raise _refusal(Register, error, given) from None


def _refusal(cls: type[Any], error: InvalidValueError, data: object) -> ValidationError:
    """Turn findings into errors of pydantic's, all at once; their type is the code."""
    lines = [_line(finding, data) for finding in error.findings]
    return ValidationError.from_exception_data(cls.__name__, lines)


def _line(finding: Finding, data: Any) -> InitErrorDetails:  # noqa: ANN401 - whatever was given
    """Write a finding as pydantic does; the input of what is missing is what should contain it."""
    place: list[str | int] = []
    for step in pointers.split(finding.path):
        is_list = isinstance(data, list | tuple)
        place.append(int(step) if is_list else step)
        if is_list:
            data = data[int(step)]
        elif isinstance(data, dict):
            data = cast("dict[str, Any]", data).get(step, data)
    said = {language: finding.message(language) for language in LANGUAGES}
    kind = PydanticCustomError(cast("Any", finding.code), "{en}", said)
    return {"type": kind, "loc": tuple(place), "input": data}
