"""`datapackage.json`: the tables of a package with types, constraints and keys.

The standard is Data Package 2.0 (https://datapackage.org): its Table Schema knows fewer constraints
than our field types, so a package that it accepts may still have findings here.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias, cast

from tulevaisuus._version import __version__
from tulevaisuus.facts.bundled_registers import FACTS_VERSION
from tulevaisuus.formats.class_schema import described
from tulevaisuus.formats.encoding import Json
from tulevaisuus.formats.format_version import FORMAT, FORMAT_VERSION
from tulevaisuus.formats.rows import Cell, Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import EnumMember, FieldType, Ref, SetOf
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme

__all__ = ["CLASSES", "EMPTY_SET", "Rows", "description_of", "file_of"]

Rows: TypeAlias = Mapping[str, Sequence[Mapping[str, Cell]]]

CLASSES: Mapping[str, type[Entity]] = {"programme": Programme, **REGISTERS}
"""What has tables of its own."""

EMPTY_SET = "none"
"""What a set of codes holds that is known to be empty; an empty cell is not known."""

_PROFILE = "https://datapackage.org/profiles/2.0/"
_TYPES: Mapping[type, str] = {
    str: "string",
    int: "integer",
    Decimal: "number",
    dt.date: "date",
    bool: "boolean",
}
_CONSTRAINTS: Mapping[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength", "enum"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
}
"""The keywords of JSON Schema that mean the same in a Table Schema."""


def file_of(table: str) -> str:
    """Return the path of a table in a package."""
    return f"data/{table}.csv"


def description_of(tables: Rows) -> dict[str, Json]:
    """Return what `datapackage.json` says of tables, those of which are there."""
    resources: list[Json] = [
        {
            "name": table.name,
            "type": "table",
            "path": file_of(table.name),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": _schema(table, parent, tables),
        }
        for cls in CLASSES.values()
        if cls.plural in tables
        for table, parent in _with_parents(Table.of(cls), None)
    ]
    return {
        "$schema": f"{_PROFILE}datapackage.json",
        "name": FORMAT,
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "facts_version": FACTS_VERSION.isoformat(),
        "library_version": __version__,
        "resources": resources,
    }


def _with_parents(table: Table, parent: Table | None) -> list[tuple[Table, Table | None]]:
    below = [each for listed in table.lists for each in _with_parents(listed, table)]
    return [(table, parent), *below]


def _schema(table: Table, parent: Table | None, tables: Rows) -> dict[str, Json]:
    fields: list[Json] = [_field(table, name) for name in table.types()]
    keys: list[Json] = [name for name, column in table.described().items() if column.key]
    foreign: list[Json] = [] if parent is None else [_owner(table, parent)]
    foreign += [
        _foreign_key(column, register)
        for column, (_, field_type) in table.columns.items()
        if (register := _register_of(field_type, column, table, tables)) is not None
    ]
    return {
        "$schema": f"{_PROFILE}tableschema.json",
        "fields": fields,
        "missingValues": [""],
        "primaryKey": keys,
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(table: Table, name: str) -> dict[str, Json]:
    column = table.described()[name]
    kind = _TYPES[column.type]
    known = table.columns.get(name)
    said = {} if known is None else _described(known[1])
    constraints: dict[str, Json] = {} if column.nullable else {"required": True}
    constraints |= {each: said[each] for each in _CONSTRAINTS.get(kind, ()) if each in said}
    pattern = str(said.get("pattern", ""))
    if kind == "string" and pattern.startswith("^") and pattern.endswith("$"):
        constraints["pattern"] = pattern[1:-1]  # which must match the whole text
    field: dict[str, Json] = {"name": name, "type": kind}
    if "description" in said:
        field["description"] = said["description"]
    return {**field, **({"constraints": constraints} if constraints else {})}


def _described(field_type: FieldType) -> dict[str, Json]:
    """Return the JSON Schema of a cell; of a set that of the text of its codes."""
    if isinstance(field_type, SetOf):
        codes = "|".join(str(each.value) for each in cast("EnumMember", field_type.item).enum)
        text = f"codes with blanks between them; {EMPTY_SET!r} is a set that is known to be empty"
        return {"description": text, "pattern": f"^({EMPTY_SET}|({codes})( ({codes}))*)$"}
    defs: dict[str, dict[str, Json]] = {}
    said = described(field_type, defs)
    ids = defs.get("Id", {}) if isinstance(field_type, Ref) else {}
    return {**ids, **said}


def _owner(table: Table, parent: Table) -> dict[str, Json]:
    """Return the foreign key by which the rows of a list name the row that they belong to."""
    theirs: list[Json] = list(table.owner)
    theirs.pop()  # the place in the list is no key of the owner
    keys: list[Json] = list(parent.own_keys.values())
    reference: dict[str, Json] = {"resource": parent.name, "fields": keys}
    return {"fields": theirs, "reference": reference}


def _foreign_key(column: str, register: str) -> dict[str, Json]:
    (key,) = CLASSES[register].key_fields
    return {"fields": [column], "reference": {"resource": register, "fields": [key]}}


def _register_of(field_type: FieldType, column: str, table: Table, tables: Rows) -> str | None:
    """Return the register that a column refers to, if the package holds all of what it names.

    A grant may be of a bundled call that is not in the package: a foreign key would be broken.
    """
    if not isinstance(field_type, Ref) or len(field_type.registers) != 1:
        return None
    (register,) = field_type.registers
    if register not in tables or register == table.name or len(CLASSES[register].key_fields) > 1:
        return None
    (key,) = CLASSES[register].key_fields
    known = {row[key] for row in tables[register]}
    named = {row[column] for row in tables[table.name]} - {None}
    return register if named and named <= known else None
