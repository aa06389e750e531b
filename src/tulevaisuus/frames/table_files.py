"""Which files hold tables of ours as they are, so that DuckDB can check them; needs no extra."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from tulevaisuus.frames.tables.schemas import SCHEMAS, TableSchema

__all__ = ["TableFiles", "delimiter_of", "size_of", "tables_of_csv"]

TableFiles: TypeAlias = Mapping[str, Sequence[Path]]
"""The files of each table by its name, in the order of their rows."""

_AS_TEXT = ("grants",)
"""The tables that DuckDB reads from text: every cell of them is text, a day or an amount."""

_DELIMITERS = (",", ";", "\t")


def size_of(tables: TableFiles) -> int:
    """Return how many bytes the files of all tables have."""
    return sum(path.stat().st_size for parts in tables.values() for path in parts)


def tables_of_csv(path: Path, table: str) -> TableFiles | None:
    """Return a CSV file as a table, or nothing if its headers are not the names of our columns.

    Other headers and dialects are read by `tulevaisuus.exchange`, whatever the size of the file.

    Args:
        path: The file.
        table: The name of the table.
    """
    is_ours = table in _AS_TEXT and delimiter_of(path, SCHEMAS[table]) is not None
    return {table: (path,)} if is_ours else None


def delimiter_of(path: Path, schema: TableSchema) -> str | None:
    """Return what separates the cells of a file with our names in its first line.

    Args:
        path: The file.
        schema: What its table is.
    """
    with path.open("rb") as file:
        line = file.readline().rstrip(b"\r\n")
    try:
        header = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    known = {field.column for field in schema.fields}
    return next((each for each in _DELIMITERS if {*header.split(each)} <= known), None)
