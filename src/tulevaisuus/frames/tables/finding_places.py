"""Converts between JSON Pointers of findings, and addresses of cells in frames.

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

__all__ = ["Address", "Rows", "address_of", "pointer_of"]

Rows = Mapping[str, Sequence[Mapping[str, Cell]]]
"""The rows of tables, by the name of the table."""


class Address(NamedTuple):
    """The address of a cell or row, in four columns of the result of `frames.check`.

    ``key`` is that of the entity, ``place`` the position in its list: ``2``, or ``0/2`` in a list
    within a list. Without a ``column`` it is the address of a row.
    """

    table: str
    key: str | None
    place: str | None
    column: str | None


def address_of(path: str, rows: Rows) -> Address:
    """Convert the path of a finding about rows or about a document to the address of a cell.

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
        return Address(
            table, key, _joined(row, schema.position_columns, "/"), rest[0] if rest else None
        )
    return _within(table, key, rest)


def _within(table: str, key: str | None, rest: Sequence[str]) -> Address:
    """Follow a pointer within an entity; each number leads into the table of a list."""
    positions: list[str] = []
    names: list[str] = []
    for part in rest:
        if part.isdecimal() and names:
            table = f"{table}_{'_'.join(names)}"
            positions.append(part)
            names = []
        else:
            names.append(part)
    column = "_".join(names) or None
    if column is None and positions:
        column = "value"
    return Address(table, key, "/".join(positions) or None, column)


def _joined(row: Mapping[str, Cell], columns: Sequence[str], separator: str) -> str | None:
    cells = [row.get(column) for column in columns]
    if not cells or any(cell is None for cell in cells):
        return None
    return separator.join(str(cell) for cell in cells)


def pointer_of(address: Address) -> str:
    """Return the path of a violation, with a key instead of an index: ``/grants/g21/usable``.

    >>> pointer_of(Address("projects_regions", "p1", "0", "value"))
    '/projects/p1/regions/0'
    """
    schema = SCHEMAS.get(address.table)
    if schema is None:  # a table that no class has
        return json_pointers.join(address.table, *([address.column] if address.column else []))
    numbers = address.place.split("/") if address.place else []
    parts: list[str] = []
    while schema.is_list:
        number = numbers.pop() if numbers else "?"
        parts = [*schema.table.path, number, *parts]
        schema = SCHEMAS[schema.parent_table]
    key = [] if address.key is None else [address.key]
    return json_pointers.join(schema.name, *key, *parts, *_field_path(address))


def _field_path(address: Address) -> Sequence[str]:
    """Return the path of the field in a column: ``("usable", "end")`` for ``usable_end``."""
    columns = SCHEMAS[address.table].table.columns
    if address.column is None:
        return ()
    if address.column not in columns:
        return (address.column,)
    path, _ = columns[address.column]
    return path
