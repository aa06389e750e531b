"""Makes the JSON Schema of a class from its fields, for ``schemas/`` and for users' classes."""

import inspect
import re
from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias, cast, get_args

from tulevaisuus import model
from tulevaisuus.formats.encoding import Json
from tulevaisuus.model import annotations
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
)
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.text import Text
from tulevaisuus.model.texts_of_fixed_form import TextOf
from tulevaisuus.model.value import FieldSpec, Value, fields_of

__all__ = [
    "Definitions",
    "Schema",
    "class_name",
    "classes_in",
    "definition_of",
    "schema_of",
    "title_and_description",
]

Schema: TypeAlias = dict[str, Json]
Definitions: TypeAlias = dict[str, Schema]
"""Definitions by name, for ``$ref``; filled while a schema is made."""

_NAMES: Mapping[int, str] = {
    id(mark): name
    for name, alias in vars(annotations).items()
    for mark in getattr(alias, "__metadata__", ())
    if name in annotations.__all__ and isinstance(mark, Scalar)
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
    is_taken = cls.__name__ in {*model.__all__, *annotations.__all__}
    if not is_taken or getattr(model, cls.__name__, None) is cls:
        return cls.__name__
    return re.sub(r"\W+", "_", f"{cls.__module__}_{cls.__qualname__}")


def classes_in(cls: type[Value]) -> dict[str, type[Value | Enum]]:
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


_ID: FieldType = get_args(annotations.Id)[1]


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
