"""Converts between JSON Pointers of findings, and tables, keys and columns of frames.

The entities of a class are the rows of a main table, such as ``projects``. Each of their lists has
a table of its own, such as ``projects_regions``, with the key of the entity and the position in the
list. A violation is a row of the result of `frames.check`; a finding is made of it for a report. A
register is a collection of the entities of one class, by key.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tulevaisuus.findings import json_pointers
from tulevaisuus.formats.row_writing_and_columns import Cell
from tulevaisuus.frames.tables.schemas import SCHEMAS

__all__ = ["Place", "Rows", "place_of", "pointer_of"]

Rows = Mapping[str, Sequence[Mapping[str, Cell]]]
"""The rows of tables, by the name of the table."""


class Place(NamedTuple):
    """Where a violation is, as the columns of the result of `frames.check` state it.

    ``place`` is the position in a list: ``2``, or ``0/2`` in a list within a list.
    """

    table: str
    key: str | None
    place: str | None
    column: str | None


def place_of(path: str, rows: Rows) -> Place:
    """Convert the path of a finding about rows or about a document to a place in a table.

    Args:
        path: The JSON Pointer: register or table, index of the row, then the field.
        rows: The rows that were read.
    """
    table, *rest = json_pointers.split(path)
    number = rest.pop(0) if rest and rest[0].isdecimal() else "0"
    schema = SCHEMAS[table]
    table_rows = rows.get(table, ())
    row: Mapping[str, Cell] = table_rows[int(number)] if int(number) < len(table_rows) else {}
    key = _joined(row, schema.key_columns, " ")
    # A path of rows names the column; that of a document may go on into lists.
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
    if schema is None:  # a table that no class has
        return json_pointers.join(place.table, *([place.column] if place.column else []))
    numbers = (place.place or "").split("/") if place.place else []
    parts: list[str] = []
    while schema.is_list:
        number = numbers.pop() if numbers else "?"
        parts = [*schema.table.path, number, *parts]
        schema = SCHEMAS[schema.parent]
    key = [] if place.key is None else [place.key]
    return json_pointers.join(schema.name, *key, *parts, *_field_path(place))


def _field_path(place: Place) -> Sequence[str]:
    """Return the path of the field in a column: ``("usable", "end")`` for ``usable_end``."""
    columns = SCHEMAS[place.table].table.columns
    if place.column is None:
        return ()
    if place.column not in columns:
        return (place.column,)
    path, _ = columns[place.column]
    return path
