"""The JSON Schema of documents and of what they are made of, as the wheel ships it."""

import functools
import json
import re
from enum import Enum
from typing import TypeAlias, cast

from tulevaisuus import model
from tulevaisuus._data import read_text
from tulevaisuus.findings.errors import UnknownCodeError
from tulevaisuus.formats.encoding import Json
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.value import Value

__all__ = ["Schema", "definitions", "named", "part", "references", "schema"]

Schema: TypeAlias = dict[str, Json]
"""A JSON Schema, itself a JSON value."""

_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')


def schema(of: type[Value | Enum] = Portfolio) -> Schema:
    """Return the JSON Schema (2020-12) of documents, or of one class or enum that they hold.

    The ``$comment`` of the whole says what the reader refuses besides. A class that documents do
    not hold is an `UnknownCodeError`.
    """
    described = part(of)
    known = definitions()
    needed: set[str] = set()
    wanted = {*references(described)}
    while wanted:
        needed |= wanted
        wanted = {each for one in wanted for each in references(known[one])}
    whole = _document()
    base = {
        "$schema": whole["$schema"],
        "$id": str(whole["$id"]).replace("portfolio", _word(of)),
    }
    defs: Schema = {name: known[name] for name in sorted(needed)}
    return {**base, **described, **({"$defs": defs} if defs else {})}


def named() -> dict[str, type[Value | Enum]]:
    """Return all that has a schema, by the word with which its ``$id`` ends."""
    names = ["Portfolio", *(name for name in definitions() if name in model.__all__)]
    return {_word(cls): cls for cls in (getattr(model, name) for name in names)}


def _word(of: type[Value | Enum]) -> str:
    return getattr(of, "singular", re.sub("(?<=[a-z])(?=[A-Z])", "_", of.__name__).lower())


def part(of: type[Value | Enum]) -> Schema:
    """Return what a schema says of a class, without the definitions that this refers to."""
    if of is Portfolio:
        return {
            name: said
            for name, said in _document().items()
            if name not in {"$schema", "$id", "$defs"}
        }
    name = of.__name__ if isinstance(cast("object", of), type) else repr(of)
    known = definitions()
    if name not in known or getattr(model, name, None) is not of:
        raise UnknownCodeError(f"documents hold no {name}", name)
    return known[name]


def definitions() -> dict[str, Schema]:
    """Return what schemas are made of by name: classes, enums, kinds of text and number."""
    return cast("dict[str, Schema]", _document()["$defs"])


def references(schema: Schema) -> list[str]:
    """Return the names of the definitions that a schema refers to, in their order.

    >>> references({"items": {"$ref": "#/$defs/Grant"}})
    ['Grant']
    """
    return [*dict.fromkeys(_REFERENCE.findall(json.dumps(schema)))]


def _document() -> Schema:
    """Make the schema anew, as whoever gets it may change it."""
    return cast("Schema", json.loads(_text()))


@functools.cache
def _text() -> str:
    return read_text("tulevaisuus.formats", "schemas", "portfolio.json")
