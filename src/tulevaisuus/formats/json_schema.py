"""The JSON Schema of documents, a bundled file, and that of classes, made from their fields.

The file ``schemas/portfolio.json`` is made by the same functions; those of users' classes are made
when they are asked for.
"""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias, cast, get_args

from tulevaisuus import model
from tulevaisuus._text_files import read_text
from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.formats.encoding import Json
from tulevaisuus.model import annotations as field_annotations
from tulevaisuus.model._hooks import finished_classes
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import (
    Boolean,
    EnumMember,
    FieldType,
    ListOf,
    ObjectOf,
    Ref,
    Scalar,
    UniqueListOf,
    type_of_class,
)
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.text import Text
from tulevaisuus.model.texts_of_fixed_form import TextOf
from tulevaisuus.model.value import FieldSpec, Value, fields_of

__all__ = [
    "Definitions",
    "Schema",
    "class_name",
    "classes_in",
    "classes_of_fields",
    "definition_of",
    "definitions",
    "references",
    "schema",
    "schema_names",
    "schema_of",
    "schema_without_definitions",
    "title_and_description",
]

Schema: TypeAlias = dict[str, Json]
"""A JSON Schema, itself a JSON value."""

Definitions: TypeAlias = dict[str, Schema]
"""Definitions by name, for ``$ref``; filled while a schema is made."""

_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')


def schema(cls: type[Value | Enum] = Portfolio) -> Schema:
    """Return the JSON Schema (2020-12) of documents, or of one of their classes or enums.

    The ``$comment`` in the schema of documents lists what else the reader rejects. The schema of a
    user's own class is made from its fields. Any other class is an `UnknownCodeError`.
    """
    class_part = schema_without_definitions(cls)
    all_definitions = definitions(cls)
    needed: set[str] = set()
    added = {*references(class_part)}
    while added:  # a definition may refer to others
        needed |= added
        added = {name for each in added for name in references(all_definitions[each])} - needed
    document = _document_schema()
    base = {
        "$schema": document["$schema"],
        "$id": str(document["$id"]).replace("portfolio", _schema_name(cls)),
    }
    defs: Schema = {name: all_definitions[name] for name in sorted(needed)}
    return {**base, **class_part, **({"$defs": defs} if defs else {})}


def schema_names() -> dict[str, type[Value | Enum]]:
    """Return all classes with a schema, by the last word of its ``$id``."""
    names = ["Portfolio", *(name for name in definitions() if name in model.__all__)]
    return {_schema_name(cls): cls for cls in (getattr(model, name) for name in names)}


def _schema_name(cls: type[Value | Enum]) -> str:
    """Return the last word of the ``$id`` of a class: an entity's name, or that of the class."""
    own = vars(cls) if _is_users_class(cls) else {"singular": getattr(cls, "singular", None)}
    name = class_name(cls) if _is_users_class(cls) else cls.__name__
    return own.get("singular") or re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()


def schema_without_definitions(cls: type[Value | Enum]) -> Schema:
    """Return the schema of a class, without the definitions that it refers to."""
    if cls is Portfolio:
        return {
            name: keyword
            for name, keyword in _document_schema().items()
            if name not in {"$schema", "$id", "$defs"}
        }
    if _is_users_class(cls):
        return definitions(cls)[class_name(cls)]
    name = cls.__name__ if has_type(cls, type) else repr(cls)
    known = definitions()
    if name not in known or getattr(model, name, None) is not cls:
        raise UnknownCodeError(f"documents hold no {quote(str(name))}", name)
    return known[name]


def classes_in(cls: type[Value | Enum]) -> dict[str, type[Value | Enum]]:
    """Return the classes and enums that the schema of a class refers to, by name."""
    if _is_users_class(cls):
        return classes_of_fields(cast("type[Value]", cls))
    names = references(schema_without_definitions(cls))
    return {name: getattr(model, name) for name in names if name in model.__all__}


def definitions(cls: type[Value | Enum] = Portfolio) -> dict[str, Schema]:
    """Return all definitions by name: classes, enums, types of text and number."""
    all_definitions = cast("dict[str, Schema]", _document_schema()["$defs"])
    if _is_users_class(cls):
        schema_of(type_of_class(cls), all_definitions)
    return all_definitions


def _is_users_class(cls: type[Value | Enum]) -> bool:
    """Return whether this is a user's own class with fields, made by attrs."""
    return cls in finished_classes() and not cls.__module__.startswith("tulevaisuus.")


def references(schema: Schema) -> list[str]:
    """Return the names of the definitions that a schema refers to, in their order.

    >>> references({"items": {"$ref": "#/$defs/Grant"}})
    ['Grant']
    """
    return [*dict.fromkeys(_REFERENCE.findall(json.dumps(schema)))]


def _document_schema() -> Schema:
    """Return a new copy of the schema, as callers may change it."""
    return cast("Schema", json.loads(_schema_text()))


@functools.cache
def _schema_text() -> str:
    return read_text("tulevaisuus.formats", "schemas", "portfolio.json")


_NAMES: Mapping[int, str] = {
    id(mark): name
    for name, alias in vars(field_annotations).items()
    for mark in getattr(alias, "__metadata__", ())
    if name in field_annotations.__all__ and isinstance(mark, Scalar)
}
"""The names that `annotations` gives to field types, by the id of the field type."""

_EXTRA_KEYWORDS: Mapping[type[Value], Schema] = {Period: {"minProperties": 1}}
"""Extra keywords in the schema of a class: a period has a start or an end."""


def schema_of(field_type: FieldType, defs: Definitions) -> Schema:
    """Return the schema of a field type; named types are added to the definitions."""
    match field_type:
        case ListOf():
            unique: Schema = {"uniqueItems": True} if isinstance(field_type, UniqueListOf) else {}
            return {"type": "array", "items": schema_of(field_type.item, defs), **unique}
        case Boolean():
            return cast("Schema", field_type.json_schema())
        case Scalar() | ObjectOf():
            return _named(field_type, defs)
        case _:
            return {}


def _named(field_type: FieldType, defs: Definitions) -> Schema:
    name = _name(field_type)
    if name not in defs:
        defs[name] = {}  # a placeholder, as a class may contain itself
        defs[name] = definition_of(field_type, defs)
    elif isinstance(field_type, Scalar) and defs[name] != definition_of(field_type, defs):
        # Another field type, with other bounds, has this name already: no reference is possible.
        return definition_of(field_type, defs)
    return {"$ref": f"#/$defs/{name}"}


def _name(field_type: FieldType) -> str:
    """Return the name of a definition: the name of the class, or of the annotation."""
    match field_type:
        case ObjectOf() | TextOf():
            return class_name(field_type.cls)
        case EnumMember():
            return class_name(field_type.enum)
        case _:
            return _NAMES.get(id(field_type), type(field_type).__name__)


def class_name(cls: type[Value | Enum]) -> str:
    """Return the name of a definition.

    A user's class with the name of a class or annotation of this library gets a name with its
    module.
    """
    is_taken = cls.__name__ in {*model.__all__, *field_annotations.__all__}
    if not is_taken or getattr(model, cls.__name__, None) is cls:
        return cls.__name__
    return re.sub(r"\W+", "_", f"{cls.__module__}_{cls.__qualname__}")


def classes_of_fields(cls: type[Value]) -> dict[str, type[Value | Enum]]:
    """Return the classes and enums of the fields of a class, by the names of definitions."""
    classes: dict[str, type[Value | Enum]] = {}
    for spec in fields_of(cls).values():
        field_type = spec.type
        while isinstance(field_type, ListOf):
            field_type = field_type.item
        if isinstance(field_type, ObjectOf | TextOf | EnumMember):
            inner = field_type.enum if isinstance(field_type, EnumMember) else field_type.cls
            classes[class_name(inner)] = inner
    return classes


def definition_of(field_type: FieldType, defs: Definitions) -> Schema:
    """Return the content of a definition."""
    match field_type:
        case ObjectOf():
            return _class_schema(field_type.cls, defs)
        case EnumMember():
            return _code_list_schema(field_type)
        case Ref():
            keys = f"a key in {' or '.join(field_type.registers)}"
            return {"description": keys, **schema_of(_ID, defs)}
        case _:
            return cast("Schema", cast("Scalar", field_type).json_schema())


_ID: FieldType = get_args(field_annotations.Id)[1]


def _code_list_schema(field_type: EnumMember) -> Schema:
    """Describe a code list. The labels are in the description, as every tool shows that."""
    titled = title_and_description(field_type.enum)
    labels = [
        f"`{member.value}` ({' / '.join(label.wordings())})"
        for member in field_type.enum
        if isinstance(label := getattr(member, "label", None), Text) and label.sv and label.en
    ]
    if labels:
        listed = f"Codes, with their labels in Finnish, Swedish and English: {'; '.join(labels)}."
        description = str(titled.get("description", ""))
        titled["description"] = f"{description} {listed}".lstrip()
    return {**titled, **cast("Schema", field_type.json_schema())}


def _class_schema(cls: type[Value], defs: Definitions) -> Schema:
    """Describe the objects of a class: its fields, and which of them are required."""
    if cls is Entity:
        return {"anyOf": [schema_of(ObjectOf(each), defs) for each in REGISTERS.values()]}
    specs = fields_of(cls)
    required: list[Json] = [name for name, spec in specs.items() if spec.required]
    extra: Schema = {}
    for base, keywords in _EXTRA_KEYWORDS.items():
        if issubclass(cls, base):
            extra = keywords
    return {
        **title_and_description(cls),
        "type": "object",
        "properties": {name: _field_schema(spec, defs) for name, spec in specs.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
        **extra,
    }


def _field_schema(spec: FieldSpec, defs: Definitions) -> Schema:
    """Describe a field. Only booleans have a default: other absent values are unknown."""
    default: Schema = {"default": spec.default} if isinstance(spec.default, bool) else {}
    return {**schema_of(spec.type, defs), **default}


def title_and_description(cls: type[Value | Enum]) -> Schema:
    """Return the name of a class and the first sentence of its docstring, if it has one."""
    first = re.split(r"(?<=\.)\s", inspect.getdoc(cls) or "")[0]
    description = re.sub(r"\s+", " ", first.replace("``", "`"))
    return {"title": cls.__name__, **({"description": description} if description else {})}
