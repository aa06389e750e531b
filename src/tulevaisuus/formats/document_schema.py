"""The JSON Schema of documents and of their classes: a bundled file."""

from __future__ import annotations

import functools
import json
import re
from enum import Enum
from typing import TypeAlias, cast

from tulevaisuus import model
from tulevaisuus._text_files import read_text
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.formats import class_schema
from tulevaisuus.formats.encoding import Json
from tulevaisuus.model._hooks import announced
from tulevaisuus.model.field_types import type_of_class
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.value import Value

__all__ = [
    "Schema",
    "classes_in",
    "definitions",
    "references",
    "schema",
    "schema_names",
    "schema_without_definitions",
]

Schema: TypeAlias = dict[str, Json]
"""A JSON Schema, itself a JSON value."""

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
    name = class_schema.class_name(cls) if _is_users_class(cls) else cls.__name__
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
        return definitions(cls)[class_schema.class_name(cls)]
    name = cls.__name__ if isinstance(cast("object", cls), type) else repr(cls)
    known = definitions()
    if name not in known or getattr(model, name, None) is not cls:
        raise UnknownCodeError(f"documents hold no {quote(str(name))}", name)
    return known[name]


def classes_in(cls: type[Value | Enum]) -> dict[str, type[Value | Enum]]:
    """Return the classes and enums that the schema of a class refers to, by name."""
    if _is_users_class(cls):
        return class_schema.classes_in(cast("type[Value]", cls))
    names = references(schema_without_definitions(cls))
    return {name: getattr(model, name) for name in names if name in model.__all__}


def definitions(cls: type[Value | Enum] = Portfolio) -> dict[str, Schema]:
    """Return all definitions by name: classes, enums, types of text and number."""
    all_definitions = cast("dict[str, Schema]", _document_schema()["$defs"])
    if _is_users_class(cls):
        class_schema.schema_of(type_of_class(cls), all_definitions)
    return all_definitions


def _is_users_class(cls: type[Value | Enum]) -> bool:
    """Return whether this is a user's own class with fields, made by attrs."""
    return cls in announced() and not cls.__module__.startswith("tulevaisuus.")


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
