"""Makes `datapackage.json`: the tables of a package with types, constraints and keys.

The standard is Data Package 2.0 (https://datapackage.org). Table Schema, its part on columns, has
fewer constraints than our field types, so that `read` may report errors in a package that is valid
for the standard. A register is a collection of the entities of one class, by key. The tables of its
lists have foreign keys to it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias, cast

from tulevaisuus._version import __version__
from tulevaisuus.facts.facts_version import FACTS_VERSION
from tulevaisuus.formats.encoding import Json
from tulevaisuus.formats.format_version import FORMAT, FORMAT_VERSION
from tulevaisuus.formats.json_schema import definition_of
from tulevaisuus.formats.row_writing_and_columns import Cell, Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import EnumMember, FieldType, Ref, SetOf
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme

__all__ = ["CLASSES", "EMPTY_SET", "Rows", "description_of", "file_of"]

Rows: TypeAlias = Mapping[str, Sequence[Mapping[str, Cell]]]
"""The rows of tables, by the name of the table."""

CLASSES: Mapping[str, type[Entity]] = {"programme": Programme, **REGISTERS}
"""The classes that have tables, by the names of their main tables."""

EMPTY_SET = "none"
"""The cell of a set of codes that is known to be empty; an empty cell means unknown."""

_PROFILE = "https://datapackage.org/profiles/2.0/"
"""The address of the JSON Schemas of the standard."""

_TYPES: Mapping[type, str] = {
    str: "string",
    int: "integer",
    Decimal: "number",
    dt.date: "date",
    bool: "boolean",
}
"""The names in Table Schema of the types of cells."""

_CONSTRAINTS: Mapping[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength", "enum"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
}
"""The keywords of JSON Schema that have the same meaning in Table Schema."""


def file_of(table: str) -> str:
    """Return the path of a table in a package."""
    return f"data/{table}.csv"


def description_of(tables: Rows) -> dict[str, Json]:
    """Return the content of `datapackage.json` for these tables."""
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
    """Return a table and those of its lists, each with the table that has the list."""
    list_tables = [pair for child in table.lists for pair in _with_parents(child, table)]
    return [(table, parent), *list_tables]


def _schema(table: Table, parent: Table | None, tables: Rows) -> dict[str, Json]:
    """Return the Table Schema of a table.

    Args:
        table: The table.
        parent: The table that has the list, if this is the table of a list.
        tables: The rows of all tables in the package.
    """
    fields: list[Json] = [_field(table, name) for name in table.types()]
    keys: list[Json] = [name for name, column in table.describe_columns().items() if column.key]
    foreign_keys: list[Json] = [] if parent is None else [_foreign_key_to_owner(table, parent)]
    foreign_keys += [
        _foreign_key(column, register)
        for column, (_, field_type) in table.columns.items()
        if (register := _complete_register(field_type, column, table, tables)) is not None
    ]
    return {
        "$schema": f"{_PROFILE}tableschema.json",
        "fields": fields,
        "missingValues": [""],
        "primaryKey": keys,
        **({"foreignKeys": foreign_keys} if foreign_keys else {}),
    }


def _field(table: Table, name: str) -> dict[str, Json]:
    """Return the description of a column in Table Schema."""
    column = table.describe_columns()[name]
    table_type = _TYPES[column.type]
    path_and_type = table.columns.get(name)
    json_schema = {} if path_and_type is None else _cell_schema(path_and_type[1])
    constraints: dict[str, Json] = {} if column.nullable else {"required": True}
    constraints |= {
        keyword: json_schema[keyword]
        for keyword in _CONSTRAINTS.get(table_type, ())
        if keyword in json_schema
    }
    pattern = str(json_schema.get("pattern", ""))
    if table_type == "string" and pattern.startswith("^") and pattern.endswith("$"):
        constraints["pattern"] = pattern[1:-1]  # in Table Schema it matches the whole text anyway
    field: dict[str, Json] = {"name": name, "type": table_type}
    if "description" in json_schema:
        field["description"] = json_schema["description"]
    return {**field, **({"constraints": constraints} if constraints else {})}


def _cell_schema(field_type: FieldType) -> dict[str, Json]:
    """Return the JSON Schema of a cell; a set is a text of codes."""
    if isinstance(field_type, SetOf):
        codes = "|".join(str(member.value) for member in cast("EnumMember", field_type.item).enum)
        text = f"codes with blanks between them; {EMPTY_SET!r} is a set that is known to be empty"
        return {"description": text, "pattern": f"^({EMPTY_SET}|({codes})( ({codes}))*)$"}
    defs: dict[str, dict[str, Json]] = {}
    schema = definition_of(field_type, defs)
    # The schema of a reference only points to that of ids, which is not in the description.
    id_schema = defs.get("Id", {}) if isinstance(field_type, Ref) else {}
    return {**id_schema, **schema}


def _foreign_key_to_owner(table: Table, parent: Table) -> dict[str, Json]:
    """Return the foreign key from the rows of a list to the row that they belong to."""
    owner_key: list[Json] = list(table.owner_key)
    keys: list[Json] = list(parent.keys_in_lists.values())
    reference: dict[str, Json] = {"resource": parent.name, "fields": keys}
    return {"fields": owner_key, "reference": reference}


def _foreign_key(column: str, register: str) -> dict[str, Json]:
    """Return the foreign key from a column to the key of a register."""
    (key,) = CLASSES[register].key_fields
    return {"fields": [column], "reference": {"resource": register, "fields": [key]}}


def _complete_register(
    field_type: FieldType, column: str, table: Table, tables: Rows
) -> str | None:
    """Return the register that a column refers to, if the package has all entities it names.

    A grant may name a bundled call that is not in the package. Then a foreign key would be invalid.
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
