"""Finds files with our tables and column names, which DuckDB can check. It needs no extra."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from tulevaisuus.frames.tables.schemas import SCHEMAS, TableSchema

__all__ = ["TableFiles", "delimiter_of", "size_of", "tables_of_csv"]

TableFiles: TypeAlias = Mapping[str, Sequence[Path]]
"""The files of each table by its name, in the order of their rows."""

_AS_TEXT = ("grants",)
"""The tables that DuckDB may read from CSV: every cell is a text, a day or an amount."""

_DELIMITERS = (",", ";", "\t")


def size_of(tables: TableFiles) -> int:
    """Return the total size of the files of all tables, in bytes."""
    return sum(path.stat().st_size for parts in tables.values() for path in parts)


def tables_of_csv(path: Path, table: str) -> TableFiles | None:
    """Return a CSV file as a table, or ``None`` if its headers are not the names of our columns.

    `tulevaisuus.exchange` reads files with other headers and dialects, whatever their size.

    Args:
        path: The file.
        table: The name of the table.
    """
    is_ours = table in _AS_TEXT and delimiter_of(path, SCHEMAS[table]) is not None
    return {table: (path,)} if is_ours else None


def delimiter_of(path: Path, schema: TableSchema) -> str | None:
    """Return the delimiter of a CSV file; ``None`` if its headers are not our column names.

    Args:
        path: The file.
        schema: The schema of its table.
    """
    with path.open("rb") as file:
        line = file.readline().rstrip(b"\r\n")
    try:
        header = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    known = {field.column for field in schema.fields}
    return next((each for each in _DELIMITERS if {*header.split(each)} <= known), None)
