"""Stores entities in SQLite and reads them back without loss.

SQLite has no types for decimals and dates: both are stored as text (``11180062.5``, ``2021-12-31``)
with declared column types, whose converters restore them. Add up amounts in Python, or in cents:
``sum(cast(round(amount_eur * 100) as integer))``.
"""

import datetime as dt
import sqlite3
from decimal import Decimal
from typing import TypeVar

import tulevaisuus as tul
from tulevaisuus import formats

T = TypeVar("T", bound=tul.Entity)

TYPES = {
    str: "text",
    int: "integer",
    bool: "boolean",
    Decimal: "decimal_text",
    dt.date: "day_text",
}

sqlite3.register_adapter(Decimal, str)
sqlite3.register_adapter(dt.date, dt.date.isoformat)
sqlite3.register_converter("boolean", lambda data: data == b"1")
sqlite3.register_converter("decimal_text", lambda data: Decimal(data.decode()))
sqlite3.register_converter("day_text", lambda data: dt.date.fromisoformat(data.decode()))


def connect(path: str) -> sqlite3.Connection:
    """Open a database that restores decimals, dates and booleans."""
    return sqlite3.connect(path, detect_types=sqlite3.PARSE_DECLTYPES)


def save(database: sqlite3.Connection, entities: tul.Register[T], cls: type[T]) -> None:
    """Create the tables of a class and insert the entities."""
    rows = formats.to_rows(entities)
    for table, columns in formats.columns_of(cls).items():
        declared = ", ".join(f"{name} {TYPES[column.type]}" for name, column in columns.items())
        database.execute(f"create table {table} ({declared})")
        places = ", ".join(f":{name}" for name in columns)
        insert = f"insert into {table} values ({places})"  # noqa: S608 - names of classes, not data
        database.executemany(insert, rows.get(table, []))


def load(database: sqlite3.Connection, cls: type[T]) -> tul.Register[T]:
    """Read the tables of a class; a `tul.InvalidValueError` lists the rows with errors."""
    rows: dict[str, list[dict[str, object]]] = {}
    for table, columns in formats.columns_of(cls).items():
        found = database.execute(f"select * from {table}")  # noqa: S608 - as above
        rows[table] = [dict(zip(columns, row, strict=True)) for row in found]
    return formats.from_rows(rows, cls)
