"""`write_parquet`: writes a folder of Parquet files, one for each table of `formats.to_rows`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tulevaisuus._optional_libraries import pyarrow
from tulevaisuus.exchange.atomic_folders import replacing_folder
from tulevaisuus.exchange.entities_of_portfolio import entities_of
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.exchange.parquet.arrow_tables_and_metadata import schema_of
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.formats.encoding import only_entities
from tulevaisuus.formats.row_writing_and_columns import Cell, Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["write", "write_parquet", "write_stream"]

_ROWS_IN_GROUP = 32_768
"""The rows of a row group: they are in memory at once, and a reader can skip them together."""


def write(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write a folder; nothing is left out."""
    del options
    write_parquet(portfolio, path)


def write_stream(entities: Iterable[Entity], path: Path, options: WriteOptions) -> None:
    """Write a folder, entity by entity."""
    del options
    write_parquet(entities, path)


def write_parquet(portfolio: Portfolio | Iterable[Entity], folder: str | os.PathLike[str]) -> None:
    """Write a folder of Parquet files: the tables and types of `to_arrow`, one file each.

    Entities are streamed in constant memory, one row group at a time. The folder is written
    atomically: on any error the old folder stays. An existing folder may contain only Parquet
    files. `tulevaisuus.read` reads the folder.

    Args:
        portfolio: A portfolio, or any iterable of entities.
        folder: The folder.

    Raises:
        DocumentError: The portfolio has a newer format version, and fields would be lost.
        FileExistsError: The folder has other files, which would be lost.
        InvalidValueError: One of the objects is not an entity.
        ModuleNotFoundError: The extra ``arrow`` is not installed.
    """
    require_argument(folder, (str, os.PathLike), "write_parquet", "the data first, then a folder")
    pyarrow()
    entities = only_entities(entities_of(portfolio))
    with replacing_folder(folder, _is_parquet) as new, ExitStack() as stack:
        _write_all(new, entities, stack)


def _write_all(folder: Path, entities: Iterator[Entity], stack: ExitStack) -> None:
    """Write entities of any classes; the stack closes the files."""
    writers: dict[type[Entity], _ClassWriter] = {}
    for entity in entities:
        cls = type(entity)
        if cls not in writers:
            writers[cls] = _ClassWriter(folder, cls, stack)
        writers[cls].add(entity)
    if not writers:  # a folder without files would not be recognised as Parquet
        writers[Grant] = _ClassWriter(folder, Grant, stack)
    for writer in writers.values():
        writer.flush()


class _ClassWriter:
    """Writes the entities of one class to its files, in row groups."""

    def __init__(self, folder: Path, cls: type[Entity], stack: ExitStack) -> None:
        self.table = Table.of(cls)
        self.tables = [*self.table.with_lists()]
        self.schemas = {table.name: schema_of(table) for table in self.tables}
        # The rows of the next row group, by table.
        self.rows: dict[str, list[dict[str, Cell]]] = {table.name: [] for table in self.tables}
        writer: Any = pyarrow("pyarrow.parquet").ParquetWriter
        # The open file of each table.
        self.writers: dict[str, Any] = {
            name: stack.enter_context(
                writer(folder / f"{name}.parquet", schema, compression="zstd")
            )
            for name, schema in self.schemas.items()
        }

    def add(self, entity: Entity) -> None:
        """Add the rows of an entity; write the row group if it is full."""
        self.table.write({}, entity, self.rows)
        if max(map(len, self.rows.values())) >= _ROWS_IN_GROUP:
            self.flush()

    def flush(self) -> None:
        """Write the rows that were added since the last row group."""
        pa: Any = pyarrow()
        for name, rows in self.rows.items():
            if rows:
                table = pa.Table.from_pylist(rows, schema=self.schemas[name])
                self.writers[name].write_table(table)
                rows.clear()


def _is_parquet(name: str) -> bool:
    """Return whether a file is a table, or a part of a table in a folder with its name."""
    return name.partition("/")[0].endswith(".parquet")
