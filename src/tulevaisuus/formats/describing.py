"""The JSON Schema of documents and of what they are made of, as the wheel ships it."""

import functools
import json
import re
from enum import Enum
from typing import TypeAlias, cast

from tulevaisuus._data import read_text
from tulevaisuus.findings import UnknownCodeError
from tulevaisuus.formats.encoding import Json
from tulevaisuus.model import Portfolio, Value

__all__ = ["Schema", "parts", "schema"]

Schema: TypeAlias = dict[str, Json]
"""A JSON Schema, itself a JSON value."""

_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')


def schema(of: type[Value | Enum] = Portfolio) -> Schema:
    """Return the JSON Schema (2020-12) of documents, or of one class or enum that they hold.

    The ``$comment`` of the whole says what the reader refuses besides. A class that documents do
    not hold is an `UnknownCodeError`.
    """
    whole = _whole()
    if of is Portfolio:
        return whole
    name = of.__name__
    known = parts()
    if name not in known:
        raise UnknownCodeError(f"documents hold no {name}", name)
    word = getattr(of, "one", re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower())
    needed: set[str] = set()
    wanted = {name}
    while wanted := {each for one in wanted for each in _REFERENCE.findall(json.dumps(known[one]))}:
        needed |= wanted
    return {
        "$schema": whole["$schema"],
        "$id": str(whole["$id"]).replace("portfolio", word),
        **known[name],
        **({"$defs": {each: known[each] for each in sorted(needed)}} if needed else {}),
    }


def parts() -> dict[str, Schema]:
    """Return the definitions by name: those of classes, enums, and kinds of text and number."""
    return cast("dict[str, Schema]", _whole()["$defs"])


def _whole() -> Schema:
    return cast("Schema", json.loads(_text()))


@functools.cache
def _text() -> str:
    return read_text("tulevaisuus.formats", "schemas", "portfolio.json")
