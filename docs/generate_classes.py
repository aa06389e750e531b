"""Generates the reference of classes: a table with the fields of each class."""

from __future__ import annotations

import tomllib
from pathlib import Path

import tulevaisuus as tul
from tulevaisuus.formats import json_schema
from tulevaisuus.model.field_types import EnumMember, FieldType, ListOf, ObjectOf, Ref
from tulevaisuus.model.texts_of_fixed_form import TextOf
from tulevaisuus.model.value import FieldSpec, Value, fields_of

MEANINGS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("field_meanings.toml").read_text("utf-8")
)
NO_FIELDS = (tul.Entity, tul.Value)

INTRODUCTION = """\
# Classes and their fields

The fields of each class, in documents and constructors. *Required* fields must be given. Any other
field may be absent, which means that it is not known ([why](../explanation/unknown-and-none.md)).
The last column states where the codes and keys of a field are defined: a
[code list](code-lists.md), or a register of the document and the bundled facts.
"""


def classes_page() -> str:
    """Describe every public class with fields, entities first."""
    classes = sorted(_classes(), key=lambda cls: (not issubclass(cls, tul.Entity), cls.__name__))
    left_over = set(MEANINGS) - {"any"} - {cls.__name__ for cls in classes}
    if left_over:
        raise LookupError(f"field_meanings.toml: there is no class {sorted(left_over)}")
    return "\n".join([INTRODUCTION, *(line for cls in classes for line in _section(cls))])


def _classes() -> list[type[Value]]:
    public = [getattr(tul, name) for name in tul.__all__]
    return [
        each
        for each in public
        if isinstance(each, type) and issubclass(each, Value) and each not in NO_FIELDS
    ]


def _section(cls: type[Value]) -> list[str]:
    specs = fields_of(cls)
    left_over = set(MEANINGS.get(cls.__name__, {})) - set(specs)
    if left_over:
        raise LookupError(f"field_meanings.toml: {cls.__name__} has no field {sorted(left_over)}")
    rows = [_row(cls, spec) for spec in specs.values()]
    return [
        f"({cls.__name__.lower()}-fields)=",
        f"## {cls.__name__}",
        "",
        json_schema.title_and_description(cls).get("description", ""),
        f"Methods and properties: {{py:class}}`tulevaisuus.{cls.__name__}`.",
        "",
        "| field | type | unit | required | meaning | codes from |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
    ]


def _row(cls: type[Value], spec: FieldSpec) -> str:
    meaning = MEANINGS.get(cls.__name__, {}).get(spec.name) or MEANINGS["any"].get(spec.name)
    if meaning is None and cls is tul.Portfolio:
        meaning = f"the register `{spec.name}`"
    if meaning is None:
        raise LookupError(f"field_meanings.toml: nothing on {cls.__name__}.{spec.name}")
    required = "required" if spec.required else ""
    cells = (
        f"`{spec.name}`",
        _type(spec.type),
        _unit(spec.name),
        required,
        meaning,
        _codes(spec.type),
    )
    return f"| {' | '.join(cells)} |"


def _type(field_type: FieldType) -> str:
    """Return the type of a field in the terms of the page on documents."""
    match field_type:
        case ListOf():
            item = _type(field_type.item)
            return f"list of {item}s" if item in {"code", "key"} else f"list of {item}"
        case EnumMember():
            return "code"
        case Ref():
            return "key"
        case ObjectOf() | TextOf():
            name = field_type.cls.__name__
            return f"[{name}](#{name.lower()}-fields)" if name in tul.__all__ else name
        case _:
            return _scalar(field_type)


_SCALARS = {
    "AnyObject": "text",
    "Boolean": "true or false",
    "Date": "day",
    "Identifier": "text of 1–200 characters",
    "Money": "exact decimal",
    "NonBlankText": "text",
    "Percent": "exact decimal",
    "Url": "web address",
    "WholeNumber": "whole number",
}


def _scalar(field_type: FieldType) -> str:
    name = type(field_type).__name__
    return _SCALARS.get(name, name)


def _unit(name: str) -> str:
    """Return the unit that the name of a field implies."""
    for ending, unit in (("_eur", "euros"), ("percent", "percent"), ("_months", "months")):
        if name.endswith(ending):
            return unit
    return "years" if name.endswith("_years") else ""


def _codes(field_type: FieldType) -> str:
    """Describe where the codes or keys of a field are defined."""
    while isinstance(field_type, ListOf):
        field_type = field_type.item
    match field_type:
        case EnumMember():
            name = field_type.enum.__name__
            return f"[{name}](code-lists.md#{name.lower()})"
        case Ref():
            return ", ".join(f"`{register}`" for register in field_type.registers)
        case _:
            return ""
