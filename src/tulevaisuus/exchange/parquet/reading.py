"""`read_parquet`: entities from Parquet files, whole as a `Reading` or one by one as a stream."""

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
from tulevaisuus.exchange.parquet.source import Cells, ParquetTable, tables_in
from tulevaisuus.findings import pointers
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.errors import DocumentError, InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.decoding import check_class, decode, unknown_fields
from tulevaisuus.formats.intake import Intake
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.formats.row_reading import batch_entries, read_tables
from tulevaisuus.formats.rows import Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme

__all__ = ["is_parquet", "read", "read_parquet", "stream"]

T = TypeVar("T", bound=Entity)

_KEPT = 1_000
_BATCH = 4_096


def is_parquet(path: Path) -> bool:
    """Return whether a path is a Parquet file, or a folder of such files."""
    return path.is_file() or bool(tables_in(path))


def read(source: Source, options: ReadOptions) -> Reading:
    """Read a folder of Parquet files, a table each, or one file of the main table of a class.

    Raises:
        TypeError: It is one file, and neither its name nor the options say what it holds.
    """
    pyarrow()
    if not isinstance(source, str | os.PathLike):
        raise TypeError("Parquet is read from a path: give that of the file or the folder")
    files = _files(Path(source), options.of)
    intake = Intake(options.limits.findings)
    tables = _tables(files, intake, options.limits)
    newer = next(filter(None, (each.newer_version() for each in tables.values())), None)
    if newer is not None:
        intake = Intake(options.limits.findings, is_newer=True)
        tables = _tables(files, intake, options.limits)
    if options.of is None:
        intake.report(unknown_fields(files, _layouts()))
    rows = {name: each.rows() for name, each in tables.items()}
    return read_tables(rows, intake, _ParquetLocator(tables), newer_version=newer)


def _tables(
    files: Mapping[str, tuple[Path, ...]], intake: Intake, limits: Limits
) -> Mapping[str, ParquetTable]:
    layouts = _layouts()
    return {
        name: ParquetTable(layouts[name], parts, intake.report, limits.lines)
        for name, parts in files.items()
        if name in layouts
    }


@functools.cache
def _layouts() -> Mapping[str, Table]:
    """Return every table that a portfolio may fill, by name."""
    classes: tuple[type[Entity], ...] = (Programme, *REGISTERS.values())
    return {each.name: each for cls in classes for each in Table.of(cls).all()}


def _files(path: Path, of: type[Entity] | None) -> Mapping[str, tuple[Path, ...]]:
    """Return the files of each table: those of one class, where the caller names it."""
    if path.is_file():
        name = path.name.removesuffix(".parquet") if of is None else of.plural
        if name not in _layouts():
            raise TypeError("a Parquet file does not say what it holds: pass of=tulevaisuus.Grant")
        return {name: (path,)}
    found = tables_in(path)
    if of is None:
        return found
    own = {each.name for each in Table.of(of).all()}.intersection(found)
    if not own:  # the folder is the main table, in parts
        return {of.plural: tuple(part for parts in found.values() for part in parts)}
    return {name: found[name] for name in own}


@attrs.frozen
class _ParquetLocator:
    """Knows the file of each table, and that the second part of a path is the row."""

    tables: Mapping[str, ParquetTable]

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with file, table and row; one that has a place keeps it."""
        return [each if each.location else self._located(each) for each in findings]

    def _located(self, finding: Finding) -> Finding:
        name, row = (*pointers.split(finding.path), "", "")[:2]
        if name not in self.tables:
            return attrs.evolve(finding, location=Location(sheet=name or None))
        (found,) = self.tables[name].located([finding], int(row) + 1 if row.isdecimal() else None)
        return found


def read_parquet(
    source: str | os.PathLike[str],
    cls: type[T],
    on_finding: Callable[[Finding], object] | None = None,
    *,
    limits: Limits | None = None,
) -> Iterator[T]:
    """Yield the entities of Parquet files as they come, in memory that does not grow.

    The rows of lists must come in the order of their entities, as `write_parquet` writes them; a
    row that comes too late belongs to none, which is a finding. Keys may come again.

    Args:
        source: A folder of Parquet files, a table each, or the file of the main table.
        cls: The class of the entities.
        on_finding: What is called with each finding, when it is met. Without it one
            `DocumentError` follows the last row, with the first 1000 findings and the counts of
            all. Their locations name file, table and row.
        limits: How many rows a table may have; see `Limits`.

    Raises:
        DocumentError: Something is wrong, and there is no ``on_finding``.
        ModuleNotFoundError: The extra ``arrow`` is not installed.
        OSError: A file cannot be opened.
        TypeError: The class is none of entities.
    """
    check_class(cls, Entity)
    pyarrow()
    files = _files(Path(source), cls)
    return cast("Iterator[T]", _ParquetStream(files, cls, on_finding, limits or Limits()).read())


def stream(
    source: Source, options: ReadOptions, report: Callable[[Finding], object]
) -> Iterator[Entity] | None:
    """Yield the entities of one Parquet file; in a folder, lists may come in any order."""
    is_file = isinstance(source, str | os.PathLike) and Path(source).is_file()
    if options.of is None or not is_file:
        return None
    return read_parquet(cast("str", source), options.of, report, limits=options.limits)


class _ParquetStream:
    """The tables of one class, walked side by side."""

    def __init__(
        self,
        files: Mapping[str, tuple[Path, ...]],
        cls: type[Entity],
        on_finding: Callable[[Finding], object] | None,
        limits: Limits,
    ) -> None:
        self.cls = cls
        self.on_finding = on_finding
        self.kept = Collector(min(_KEPT, limits.findings))
        self.once: set[Finding] = set()
        self.offsets: dict[str, int] = dict.fromkeys(files, 0)
        self.tables = {
            each.name: ParquetTable(each, files[each.name], self._tell, limits.lines)
            for each in Table.of(cls).all()
            if each.name in files
        }
        self.locator = _ParquetLocator(self.tables)

    def read(self) -> Iterator[Entity]:
        """Yield the entities; hand findings over, or keep the first of them to the end."""
        main, *lists = self.tables.values()
        rows = main.rows()
        keys = len(main.table.own_keys)
        waiting = [_Waiting(each, keys) for each in lists]
        while batch := [*itertools.islice(rows, _BATCH)]:
            wanted = {tuple(row.get(key) for key in main.table.own_keys.values()) for row in batch}
            taken = {each.name: each.take(wanted) for each in waiting}
            yield from self._entities({main.name: batch, **taken})
        for each in waiting:
            left = ({each.name: part} for part in each.rest())
            for tables in left:
                yield from self._entities(tables)
        if self.kept.total:
            raise DocumentError(self.kept.findings, self.kept.counts)

    def _entities(self, tables: Mapping[str, list[Cells]]) -> Iterator[Entity]:
        intake = Intake()
        for entry in batch_entries(tables, self.cls, intake):
            try:
                yield decode(entry.cls, entry.value)
            except InvalidValueError as error:
                intake.report(map(entry.placed, error.findings), error.counts)
        self._tell(self.locator.locate(map(self._moved, intake.findings)))
        for name, rows in tables.items():
            self.offsets[name] += len(rows)

    def _moved(self, finding: Finding) -> Finding:
        """Return a finding with the number of its row in the file, not among some rows."""
        name, row, *rest = (*pointers.split(finding.path), "")
        if not row.isdecimal():
            return finding
        number = str(int(row) + self.offsets[name])
        return attrs.evolve(finding, path=pointers.join(name, number, *filter(None, rest)))

    def _tell(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if finding.location is not None and finding.location.row is None:
                if finding in self.once:  # each batch tells of a table that is absent
                    continue
                self.once.add(finding)
            if self.on_finding is None:
                self.kept.add(finding)
            else:
                self.on_finding(finding)


class _Waiting:
    """The rows of a list that wait for their entities."""

    def __init__(self, table: ParquetTable, keys: int) -> None:
        self.name = table.name
        self.owner = [*table.table.owner][:keys]
        self.rows = table.rows()
        self.next = next(self.rows, None)

    def take(self, wanted: Collection[tuple[object, ...]]) -> list[Cells]:
        """Return the rows up to the first one of an entity that is not wanted."""
        taken: list[Cells] = []
        while self.next is not None and self._owner() in wanted:
            taken.append(self.next)
            self.next = next(self.rows, None)
        return taken

    def _owner(self) -> tuple[object, ...]:
        row = self.next or {}
        return tuple(row.get(column) for column in self.owner)

    def rest(self) -> Iterator[list[Cells]]:
        """Yield the rows that no entity has taken, in parts."""
        first = [] if self.next is None else [self.next]
        rows = itertools.chain(first, self.rows)
        while part := [*itertools.islice(rows, _BATCH)]:
            yield part
