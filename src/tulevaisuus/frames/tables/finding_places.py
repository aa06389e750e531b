"""Converts between JSON Pointers of findings, and tables, keys and columns of frames.

A path of a document begins with a register (the list of the entities of a class, such as
``grants``); its main table has the same name.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tulevaisuus.findings import json_pointers
from tulevaisuus.formats.rows import Cell
from tulevaisuus.frames.tables.schemas import SCHEMAS

__all__ = ["Place", "Rows", "place_of", "pointer_of"]

Rows = Mapping[str, Sequence[Mapping[str, Cell]]]
"""The rows of tables, by the name of the table."""


class Place(NamedTuple):
    """The table, key and column of a violation; ``place`` is the position in a list."""

    table: str
    key: str | None
    place: str | None
    column: str | None


def place_of(path: str, rows: Rows) -> Place:
    """Convert the path of a finding to the place in a table.

    Args:
        path: The JSON Pointer: register or table, index of the row, then the field.
        rows: The rows that were read.
    """
    table, *rest = json_pointers.split(path)
    number = rest.pop(0) if rest and rest[0].isdecimal() else "0"
    schema = SCHEMAS[table]
    own = rows.get(table, ())
    row: Mapping[str, Cell] = own[int(number)] if int(number) < len(own) else {}
    key = _joined(row, schema.key_columns, " ")
    if schema.is_list or (len(rest) == 1 and rest[0] in schema.table.types()):
        return Place(table, key, _joined(row, schema.place_columns, "/"), rest[0] if rest else None)
    return _within(table, key, rest)


def _within(table: str, key: str | None, rest: Sequence[str]) -> Place:
    """Follow a pointer within an entity; each number leads into the table of a list."""
    places: list[str] = []
    names: list[str] = []
    for part in rest:
        if part.isdecimal() and names:
            table = f"{table}_{'_'.join(names)}"
            places.append(part)
            names = []
        else:
            names.append(part)
    column = "_".join(names) or None
    if column is None and places:
        column = "value"
    return Place(table, key, "/".join(places) or None, column)


def _joined(row: Mapping[str, Cell], columns: Sequence[str], separator: str) -> str | None:
    cells = [row.get(column) for column in columns]
    if not cells or any(cell is None for cell in cells):
        return None
    return separator.join(str(cell) for cell in cells)


def pointer_of(place: Place) -> str:
    """Return the path of a violation, with a key in place of an index: ``/grants/g21/usable``.

    >>> pointer_of(Place("projects_regions", "p1", "0", "value"))
    '/projects/p1/regions/0'
    """
    schema = SCHEMAS.get(place.table)
    if schema is None:
        return json_pointers.join(place.table, *([place.column] if place.column else []))
    numbers = (place.place or "").split("/") if place.place else []
    parts: list[str] = []
    table = schema
    while table.is_list:
        number = numbers.pop() if numbers else "?"
        parts = [*table.table.path, number, *parts]
        table = SCHEMAS[table.parent]
    key = [] if place.key is None else [place.key]
    last = _fields(place)
    return json_pointers.join(table.name, *key, *parts, *last)


def _fields(place: Place) -> Sequence[str]:
    table = SCHEMAS[place.table].table
    if place.column is None:
        return ()
    return table.columns[place.column][0] if place.column in table.columns else (place.column,)
