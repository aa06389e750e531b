"""`write_parquet`: a folder of Parquet files, one for each table of `formats.to_rows`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tulevaisuus._optional_libraries import pyarrow
from tulevaisuus.exchange.arrow import entities_of, schema_of
from tulevaisuus.exchange.folders import replacing_folder
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.formats.encoding import only_entities
from tulevaisuus.formats.rows import Cell, Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["write", "write_parquet", "write_stream"]

_ROWS = 32_768
"""The rows of a group: these are in memory at once, and a reader can skip them together."""


def write(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write a folder; it holds everything."""
    del options
    write_parquet(portfolio, path)


def write_stream(entities: Iterable[Entity], path: Path, options: WriteOptions) -> None:
    """Write a folder of entities as they come."""
    del options
    write_parquet(entities, path)


def write_parquet(portfolio: Portfolio | Iterable[Entity], folder: str | os.PathLike[str]) -> None:
    """Write a folder of Parquet files: the tables and types of `to_arrow`, a file each.

    Entities are written as they come, a group of rows at a time, so memory does not grow. The
    folder is written beside and moved into place, so that it is complete or as it was; one that is
    there already may hold Parquet files only. `tulevaisuus.read` reads it.

    Args:
        portfolio: A portfolio, or any iterable of entities.
        folder: The folder.

    Raises:
        DocumentError: The portfolio is of a newer format version, and fields would be lost.
        FileExistsError: The folder holds something else, which would be lost.
        InvalidValueError: One of the entities is none.
        ModuleNotFoundError: The extra ``arrow`` is not installed.
    """
    pyarrow()
    entities = only_entities(entities_of(portfolio))
    with replacing_folder(folder, _is_parquet) as new, ExitStack() as stack:
        _write_all(new, entities, stack)


def _write_all(folder: Path, entities: Iterator[Entity], stack: ExitStack) -> None:
    groups: dict[type[Entity], _Groups] = {}
    for entity in entities:
        cls = type(entity)
        if cls not in groups:
            groups[cls] = _Groups(folder, cls, stack)
        groups[cls].add(entity)
    if not groups:  # a folder without a file would not be known as one of Parquet
        groups[Grant] = _Groups(folder, Grant, stack)
    for each in groups.values():
        each.flush()


class _Groups:
    """The files of one class, and the rows that wait to be written to them."""

    def __init__(self, folder: Path, cls: type[Entity], stack: ExitStack) -> None:
        self.table = Table.of(cls)
        self.tables = [*self.table.all()]
        self.schemas = {each.name: schema_of(each) for each in self.tables}
        self.rows: dict[str, list[dict[str, Cell]]] = {each.name: [] for each in self.tables}
        writer: Any = pyarrow("pyarrow.parquet").ParquetWriter
        self.writers: dict[str, Any] = {
            name: stack.enter_context(
                writer(folder / f"{name}.parquet", schema, compression="zstd")
            )
            for name, schema in self.schemas.items()
        }

    def add(self, entity: Entity) -> None:
        """Take the rows of an entity; a full group is written."""
        self.table.write({}, entity, self.rows)
        if max(map(len, self.rows.values())) >= _ROWS:
            self.flush()

    def flush(self) -> None:
        """Write the rows that wait."""
        pa: Any = pyarrow()
        for name, rows in self.rows.items():
            if rows:
                table = pa.Table.from_pylist(rows, schema=self.schemas[name])
                self.writers[name].write_table(table)
                rows.clear()


def _is_parquet(name: str) -> bool:
    """Return whether a file is a table, or a part of one in a folder of its name."""
    return name.partition("/")[0].endswith(".parquet")
