"""Reads Parquet files: `read` returns a `Reading`, and `read_parquet` streams the entities.

The main table of a class has a row for each entity; its lists have tables of their own, whose rows
have the key of the entity. A portfolio is all entities of one document. A finding is a reported
problem or note.
"""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar, cast

import attrs

from tulevaisuus._optional_libraries import pyarrow
from tulevaisuus.exchange.formats_registry import ReadOptions, Source
from tulevaisuus.exchange.parquet.table_reading import ParquetTable, RowCells, tables_in
from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.errors import DocumentError, InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.unchecked import Located
from tulevaisuus.formats.decoding import check_class, decode, unknown_tables
from tulevaisuus.formats.intake import Intake
from tulevaisuus.formats.limits import Limits, limits_or_default
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.formats.row_reading import batch_entries, read_tables
from tulevaisuus.formats.row_writing_and_columns import Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme

__all__ = ["is_parquet", "needs_class", "read", "read_parquet", "stream"]

T = TypeVar("T", bound=Entity)

_MAX_FINDINGS = 1_000
"""How many findings an error has at most."""

_BATCH_SIZE = 4_096
"""How many entities, with the rows of their lists, are in memory at once."""


def is_parquet(path: Path) -> bool:
    """Return whether a path is a Parquet file, or a folder of such files."""
    return path.is_file() or bool(tables_in(path))


def read(source: Source, options: ReadOptions) -> Reading:
    """Read a folder with a Parquet file for each table, or one file of the main table of a class.

    Raises:
        TypeError: The path is one file, and neither its name nor the options name the class.
    """
    pyarrow()
    if not isinstance(source, str | os.PathLike):
        raise TypeError("Parquet is read from a path: give that of the file or the folder")
    files = _files_by_table(Path(source), options.of)
    intake = Intake(options.limits.findings)
    tables = _open_tables(files, intake, options.limits)
    newer = next(filter(None, (table.newer_version() for table in tables.values())), None)
    if newer is not None:  # an intake that reports unknown fields as warnings
        intake = Intake(options.limits.findings, is_newer=True)
        tables = _open_tables(files, intake, options.limits)
    if options.of is None:
        intake.report(unknown_tables(files, _layouts()))
    rows = {name: table.rows() for name, table in tables.items()}
    return read_tables(rows, intake, _ParquetLocator(tables), newer_version=newer)


def _open_tables(
    files: Mapping[str, tuple[Path, ...]], intake: Intake, limits: Limits
) -> Mapping[str, ParquetTable]:
    """Return the known tables among the files, by name."""
    layouts = _layouts()
    return {
        name: ParquetTable(layouts[name], parts, intake.report, limits.lines)
        for name, parts in files.items()
        if name in layouts
    }


@functools.cache
def _layouts() -> Mapping[str, Table]:
    """Return every table of a portfolio, by name."""
    classes: tuple[type[Entity], ...] = (Programme, *REGISTERS.values())
    return {table.name: table for cls in classes for table in Table.of(cls).with_lists()}


def needs_class(path: Path) -> bool:
    """Return whether a path is a file whose name is none of the tables of a portfolio."""
    return path.is_file() and path.name.removesuffix(".parquet") not in _layouts()


def _table_name(file: Path) -> str:
    """Return the name of the table in a file, which is the name of the file."""
    if needs_class(file):
        raise TypeError("a Parquet file does not say what it holds: pass of=tulevaisuus.Grant")
    return file.name.removesuffix(".parquet")


def _files_by_table(path: Path, of: type[Entity] | None) -> Mapping[str, tuple[Path, ...]]:
    """Return the files of each table, or only of the tables of one class."""
    if path.is_file():
        return {_table_name(path) if of is None else of.plural: (path,)}
    found = tables_in(path)
    if of is None:
        return found
    tables_of_class = {table.name for table in Table.of(of).with_lists()}.intersection(found)
    if not tables_of_class:  # the folder is the main table, in parts
        return {of.plural: tuple(part for parts in found.values() for part in parts)}
    return {name: found[name] for name in tables_of_class}


@attrs.frozen
class _ParquetLocator:
    """Finds the file, table and row of findings by paths such as ``/grants/0/amount_eur``."""

    tables: Mapping[str, ParquetTable]

    def locate(self, findings: Iterable[Located]) -> list[Located]:
        """Return the findings with file, table and row; an existing location is kept."""
        return [
            finding if finding.location else self._with_location(finding) for finding in findings
        ]

    def _with_location(self, finding: Located) -> Located:
        """Return a finding with the file, table and row for its path."""
        name, row = (*json_pointers.split(finding.path), "", "")[:2]  # a path may be shorter
        if name not in self.tables:
            return attrs.evolve(finding, location=Location(sheet=name or None))
        number = int(row) + 1 if row.isdecimal() else None
        return attrs.evolve(finding, location=self.tables[name].location(number))


def read_parquet(
    source: str | os.PathLike[str],
    cls: type[T],
    on_finding: Callable[[Finding], object] | None = None,
    *,
    limits: Limits | None = None,
) -> Iterator[T]:
    """Yield the entities of Parquet files one by one, in constant memory.

    The rows of lists must be in the order of their entities, as `write_parquet` writes them; a row
    in another place is reported as a row without an entity. Repeated keys are not detected.

    Args:
        source: A folder with a Parquet file for each table, or the file of the main table.
        cls: The class of the entities.
        on_finding: Called with each finding as soon as it is found. Without it, a `DocumentError`
            is raised after the last row, with the first 1000 findings and the counts of all. The
            location of a finding has the file, table and row.
        limits: How many rows a table may have; see `Limits`.

    Raises:
        DocumentError: There are findings, and no ``on_finding``.
        ModuleNotFoundError: The extra ``arrow`` is not installed.
        OSError: A file cannot be opened.
        TypeError: The class is not an entity class.
    """
    check_class(cls, Entity)
    pyarrow()
    files = _files_by_table(Path(source), cls)
    return cast(
        "Iterator[T]", _ParquetStream(files, cls, on_finding, limits_or_default(limits)).read()
    )


def stream(
    source: Source, options: ReadOptions, report: Callable[[Finding], object]
) -> Iterator[Entity] | None:
    """Yield the entities of one Parquet file; in a folder, lists may come in any order."""
    is_file = isinstance(source, str | os.PathLike) and Path(source).is_file()
    if options.of is None or not is_file:
        return None
    return read_parquet(cast("str", source), options.of, report, limits=options.limits)


class _ParquetStream:
    """Reads the tables of one class in parallel: a batch of entities with the rows of its lists."""

    def __init__(
        self,
        files: Mapping[str, tuple[Path, ...]],
        cls: type[Entity],
        on_finding: Callable[[Finding], object] | None,
        limits: Limits,
    ) -> None:
        self.cls = cls
        self.on_finding = on_finding
        self.collector = Collector(min(_MAX_FINDINGS, limits.findings))
        self.reported_tables: set[Finding] = set()  # findings on whole tables, reported once
        # How many rows of each table earlier batches had.
        self.offsets: dict[str, int] = dict.fromkeys(files, 0)
        self.tables = {
            table.name: ParquetTable(table, files[table.name], self._report, limits.lines)
            for table in Table.of(cls).with_lists()
            if table.name in files
        }
        self.locator = _ParquetLocator(self.tables)

    def read(self) -> Iterator[Entity]:
        """Yield the entities; call ``on_finding``, or raise an error at the end."""
        main, *lists = self.tables.values()
        rows = main.rows()
        key_count = len(main.table.keys_in_lists)
        rows_of_lists = [_ListRows(table, key_count) for table in lists]
        while batch := [*itertools.islice(rows, _BATCH_SIZE)]:
            keys = {
                tuple(row.get(key) for key in main.table.keys_in_lists.values()) for row in batch
            }
            lists_of_batch = {
                list_rows.name: list_rows.take_rows_of(keys) for list_rows in rows_of_lists
            }
            yield from self._entities({main.name: batch, **lists_of_batch})
        for list_rows in rows_of_lists:  # rows without an entity are reported
            for remaining in list_rows.remaining_batches():
                yield from self._entities({list_rows.name: remaining})
        if self.collector.total:
            raise DocumentError(self.collector.findings, self.collector.counts)

    def _entities(self, tables: Mapping[str, list[RowCells]]) -> Iterator[Entity]:
        """Yield the entities in a batch of rows, by table, and report the findings."""
        intake = Intake()
        for entry in batch_entries(tables, self.cls, intake):
            try:
                yield decode(entry.cls, entry.value)
            except InvalidValueError as error:
                intake.report(map(entry.with_path_in_source, error.findings), error.counts)
        self._report(self.locator.locate(map(self._with_row_in_file, intake.findings)))
        for name, rows in tables.items():
            self.offsets[name] += len(rows)

    def _with_row_in_file(self, finding: Finding) -> Finding:
        """Return a finding with the index of its row in the file, and not in the batch."""
        name, row, *rest = (*json_pointers.split(finding.path), "")
        if not row.isdecimal():
            return finding
        number = str(int(row) + self.offsets[name])
        return attrs.evolve(finding, path=json_pointers.join(name, number, *filter(None, rest)))

    def _report(self, findings: Iterable[Finding]) -> None:
        """Hand findings to the caller, or keep them for the error at the end."""
        for finding in findings:
            if finding.location is not None and finding.location.row is None:
                if finding in self.reported_tables:  # every batch reports an absent table
                    continue
                self.reported_tables.add(finding)
            if self.on_finding is None:
                self.collector.add(finding)
            else:
                self.on_finding(finding)


class _ListRows:
    """The rows of a list, read as far as the entities have been read."""

    def __init__(self, table: ParquetTable, key_count: int) -> None:
        self.name = table.name
        # The key of the entity comes first, then the positions in the lists.
        self.owner_columns = [*table.table.owner_columns][:key_count]
        self.rows = table.rows()
        self.next_row = next(self.rows, None)

    def take_rows_of(self, keys: Collection[tuple[object, ...]]) -> list[RowCells]:
        """Return the next rows that belong to entities with these keys."""
        rows: list[RowCells] = []
        while self.next_row is not None and self._owner_key() in keys:
            rows.append(self.next_row)
            self.next_row = next(self.rows, None)
        return rows

    def _owner_key(self) -> tuple[object, ...]:
        """Return the key of the entity to which the next row belongs."""
        row = self.next_row or {}
        return tuple(row.get(column) for column in self.owner_columns)

    def remaining_batches(self) -> Iterator[list[RowCells]]:
        """Yield the rows that belong to no entity, in batches."""
        first = [] if self.next_row is None else [self.next_row]
        rows = itertools.chain(first, self.rows)
        while batch := [*itertools.islice(rows, _BATCH_SIZE)]:
            yield batch
