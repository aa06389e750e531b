"""Our classes in pydantic's models: read as strictly as documents, refused in the same words.

The model opens this when pydantic asks; nothing else in the library needs pydantic.
"""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError
from pydantic_core import core_schema as core

from tulevaisuus.findings import expectations, pointers, templates
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.formats.cattrs import structure, unstructure
from tulevaisuus.formats.encoding import Json
from tulevaisuus.formats.intake import read_register
from tulevaisuus.formats.json_schema import Schema, classes_in, definitions, part
from tulevaisuus.formats.version import FORMAT_VERSION
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import Scalar
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register

__all__ = ["core_schema", "json_schema", "scalar_json_schema", "scalar_schema"]


def core_schema(cls: type[Any], source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Tell pydantic how an object of a class is read and written; a register is a list of things.

    The classes that it is made of stand in a schema which reads nothing: so pydantic knows of them
    when it makes a JSON Schema.
    """
    if cls is Register:
        (item,) = get_args(source) or (Entity,)
        entity = item if isinstance(item, type) else Entity
        return _reading(
            Register,
            functools.partial(_register, cast("type[Entity]", entity)),
            core.list_schema(handler.generate_schema(item)),
        )
    inside = core.tuple_schema([handler.generate_schema(each) for each in _inside(cls).values()])
    ref = f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"
    return _reading(cls, functools.partial(_made, cls), inside, ref)


def json_schema(
    cls: type[Any], schema: CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Tell pydantic what our schema says of a class, by links to what pydantic knows itself."""
    shown = handler(cast("core.WrapValidatorFunctionSchema", schema)["schema"])
    if cls is Register:
        return shown
    parts = cast("list[dict[str, Json]]", shown.get("prefixItems", []))
    links = dict(zip(_inside(cls), parts, strict=True))
    return cast("JsonSchemaValue", _linked(_described(cls), links, definitions(cls)))


def _reading(
    cls: type[Any], make: Callable[[object], object], inside: CoreSchema, ref: str | None = None
) -> CoreSchema:
    def read(data: object, _inside: core.ValidatorFunctionWrapHandler) -> object:
        """Make an object, or turn what is wrong into errors of pydantic's."""
        try:
            return make(data)
        except InvalidValueError as error:
            raise _validation_error(cls, error, data) from None

    read.__name__ = read.__qualname__ = cls.__name__  # the place of a member of a union
    return core.no_info_wrap_validator_function(read, inside, ref=ref, serialization=_WRITING)


def _made(cls: type[Any], data: object) -> object:
    """Return an object as it is, and make one of plain data.

    A document of a newer version is refused: nobody could be warned of what gets lost.
    """
    made = data if isinstance(data, cls) else structure(data, cls)
    newer = made.newer_version if isinstance(made, Portfolio) else None
    if newer:
        lost = templates.NEWER_VERSION.finding(found=newer, supported=FORMAT_VERSION)
        raise InvalidValueError([lost.under("format_version")])
    return made


def _register(cls: type[Entity], data: object) -> object:
    entities = [*cast("Register[Entity]", data)] if isinstance(data, Register) else data
    return read_register(entities, cls, cast("Callable[[type[Entity], object], Entity]", _made))


def _write(value: Any, info: core.SerializationInfo) -> object:  # noqa: ANN401 - one of ours
    """Write plain data where JSON is wanted; elsewhere the object, which cannot change, stays."""
    return unstructure(value) if info.mode == "json" else value


_WRITING = core.plain_serializer_function_ser_schema(_write, info_arg=True)


def _inside(cls: type[Any]) -> dict[str, type[Any]]:
    """Return the classes of the fields of a class by name, without the class itself."""
    try:
        found = classes_in(cls)
    except UnknownCodeError:
        return {}
    return {name: each for name, each in found.items() if each is not cls}


def scalar_schema(field_type: Scalar, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Tell pydantic how a value of a field type in an annotation is read and written."""
    del source, handler

    def read(data: object) -> object:
        """Return a valid value, or read one of plain data."""
        try:
            return _read_scalar(field_type, data)
        except InvalidValueError as error:
            raise _validation_error(type(field_type), error, data) from None

    def write(value: object, info: core.SerializationInfo) -> object:
        """Write plain data where JSON is wanted."""
        return field_type.write(value) if info.mode == "json" else value

    return core.no_info_plain_validator_function(
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
        return field_type.validate(data)  # an object, as Python's form of a model has it


def scalar_json_schema(
    field_type: Scalar, schema: CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Tell pydantic what a value of a field type may be."""
    del schema, handler
    return field_type.json_schema()


def _described(cls: type[Any]) -> Schema:
    """Return what our schema says of a class; of one that no document holds, next to nothing."""
    try:
        return part(cls)
    except UnknownCodeError:
        return {"title": cls.__name__, "type": "object"}


def _linked(schema: Json, links: Mapping[str, dict[str, Json]], defs: Mapping[str, Schema]) -> Json:
    """Replace references: to classes by links, to kinds of text and number by what these are."""
    if isinstance(schema, list):
        return [_linked(each, links, defs) for each in schema]
    if not isinstance(schema, dict):
        return schema
    said = {name: _linked(each, links, defs) for name, each in schema.items() if name != "$ref"}
    if "$ref" not in schema:
        return said
    name = str(schema["$ref"]).rpartition("/")[2]
    known = links.get(name) or cast("dict[str, Json]", _linked(defs[name], links, defs))
    return {**known, **said}


def _validation_error(cls: type[Any], error: InvalidValueError, data: object) -> ValidationError:
    """Turn findings into errors of pydantic's, all at once; their type is the code."""
    lines = [_line(finding, data) for finding in error.findings]
    return ValidationError.from_exception_data(cls.__name__, lines)


def _line(finding: Finding, data: Any) -> InitErrorDetails:  # noqa: ANN401 - whatever was given
    """Write a finding as pydantic does; the input of what is missing is what should contain it."""
    place: list[str | int] = []
    for step in pointers.split(finding.path):
        is_list = isinstance(data, list | tuple)
        place.append(int(step) if is_list else step.encode(errors="backslashreplace").decode())
        if is_list:
            data = data[int(step)]
        elif isinstance(data, dict):
            data = cast("dict[str, Any]", data).get(step, data)
    said = {language: finding.message(language) for language in LANGUAGES}
    field_type = PydanticCustomError(cast("Any", finding.code), "{en}", said)
    return {"type": field_type, "loc": tuple(place), "input": _shown(data)}


def _shown(data: Any) -> Any:  # noqa: ANN401 - as above
    """Return what was given or, if JSON cannot show that in an answer, what it is."""
    try:
        json.dumps(data, ensure_ascii=False, allow_nan=False, default=str).encode()
    except (ValueError, RecursionError):
        return expectations.describe(data).en
    except TypeError:
        pass  # keys that are no text: whoever gave them reads them
    return data
