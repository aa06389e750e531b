"""Reads entities from tables of rows, in the form that `to_rows` returns.

The rows of a main table are the entities of a class; those of other tables are the elements of
their lists. A portfolio is all entities of one document.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.findings import expectations, found_values, json_pointers, messages
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.findings.unchecked import Located
from tulevaisuus.formats.decoding import require_concrete, unknown_fields, unknown_tables
from tulevaisuus.formats.intake import Entry, Intake
from tulevaisuus.formats.limits import Limits, limits_or_default
from tulevaisuus.formats.reading_result import Locator, Reading
from tulevaisuus.formats.row_writing_and_columns import FieldPath, Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.register import Register
from tulevaisuus.model.type_errors import wrong_type

__all__ = [
    "Cells",
    "Groups",
    "NumberedRow",
    "Tables",
    "batch_entries",
    "from_rows",
    "read_rows",
    "read_tables",
]

T = TypeVar("T", bound=Entity)

Cells: TypeAlias = Mapping[str, object]
"""The cells of a row, by column."""

Tables: TypeAlias = Mapping[str, Iterable[Cells]]
"""The rows of tables, by the name of the table."""

NumberedRow: TypeAlias = tuple[int, Cells]
"""The index of a row in its table, and its cells."""

Groups: TypeAlias = dict[tuple[object, ...] | None, list[NumberedRow]]
"""The rows of a table by the key of the row that they belong to; ``None`` if that is not valid."""

_CLASSES: dict[str, type[Entity]] = {"programme": Programme, **REGISTERS}
"""The class of each main table."""

_ROWS_OF_FRAMES = {
    "to_dicts": ".to_dicts()",  # Polars
    "to_pylist": ".to_pylist()",  # PyArrow
    "to_dict": '.to_dict("records")',  # pandas
}
"""How data frames become rows, by a method that they have."""


def from_rows(rows: Tables | Iterable[Cells], cls: type[T]) -> Register[T]:
    """Make entities from rows, in the form that `to_rows` returns; other tables are ignored.

    Without a main table of the class the register is empty: tables of several classes need not hold
    each of them.

    The main table is enough if no lists are known. An absent column, or a ``None``, means that the
    value is unknown. Dates may be text and amounts may be numbers, as in documents.

    Args:
        rows: The tables by name, or the rows of the main table.
        cls: The class of the entities.

    Raises:
        InvalidValueError: Rows are not valid; the error has all findings, with paths of table, row
            and column: ``/grants/3/usable_start``.
    """
    table = Table.of(cls)
    require_concrete(cls)
    is_alone = not isinstance(rows, Mapping)
    tables = _Tables(cast("Tables", {table.name: rows} if is_alone else rows))
    intake = Intake(limits_or_default(None).findings)
    source = _RowSource(tables, cls, intake)
    source.read()
    intake.report(source.unknown_tables(only_similar=True))
    reading = intake.reading(tables.order, locator=_RowLocator())
    if not reading.ok:
        raise InvalidValueError(reading.findings, reading.counts)
    return cast("Register[T]", intake.register(cls.plural))


def read_rows(tables: Tables, *, limits: Limits | None = None) -> Reading:
    """Read a portfolio from tables of rows and never raise for their contents.

    It reads what `to_rows` returns. Unlike `from_rows` it keeps the valid entities if others are
    not valid. Each finding names table and row, in its path (``/grants/3/usable_start``) and in its
    ``location``, where rows count from 1. An unknown table is a finding.

    Args:
        tables: The rows of each table by its name: any mappings of column to cell.
        limits: How many findings are kept; see `Limits`.
    """
    takes = 'the rows of each table by its name, such as {"grants": rows}'
    require_argument(tables, Mapping, "tables", takes)
    return read_tables(tables, Intake(limits_or_default(limits).findings), _RowLocator())


def read_tables(
    tables: Tables, intake: Intake, locator: Locator, *, newer_version: object = None
) -> Reading:
    """Read a portfolio from tables of another source, which may report findings to the intake.

    A table may be an iterator; it is iterated once. A cell that the source has already reported is
    `ALREADY_REPORTED`.

    Args:
        tables: The rows of each table by its name.
        intake: Collects the entities and findings.
        locator: Finds the location of a path of table, row and column in the source.
        newer_version: The format version of the source, if it is newer than `FORMAT_VERSION`.
    """
    given = _Tables(tables)
    for cls in _CLASSES.values():
        source = _RowSource(given, cls, intake)
        if source.is_given:
            source.read()
    known = [table.name for cls in _CLASSES.values() for table in Table.of(cls).with_lists()]
    intake.report(unknown_tables(given.rows, known))
    return intake.reading(given.order, newer_version=newer_version, locator=locator)


def batch_entries(tables: Tables, cls: type[Entity], intake: Intake) -> Iterator[Entry]:
    """Yield the entities of a batch of rows with their lists; report rows without an entity.

    Args:
        tables: The rows of each table of the class; rows in paths count from the first of these.
        cls: The class of the entities.
        intake: Collects the findings.
    """
    return _RowSource(_Tables(tables), cls, intake).entries()


class _Tables:
    """The tables of the caller; each is read once, for the class that it belongs to."""

    def __init__(self, rows: Tables) -> None:
        self.rows = cast("Mapping[str, object]", rows)  # callers may give anything
        self.order: dict[str, list[object]] = {name: [] for name in rows}
        """The rows that were read, by table: findings are sorted in their order."""

    def take(self, name: str) -> list[object] | None:
        """Return the rows of a table, and remember them; ``None`` if they are not a collection."""
        given = self.rows.get(name, ())
        if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
            return None
        if _rows_of_frame(cast("object", given)):
            return None
        self.order[name] = [*cast("Iterable[object]", given)]
        return self.order[name]


def _rows_of_frame(given: object) -> str:
    """Return the source text that makes rows of a data frame; empty for any other object."""
    cls = type(given)
    if not hasattr(cls, "columns"):
        return ""
    return next((call for name, call in _ROWS_OF_FRAMES.items() if hasattr(cls, name)), "")


class _RowLocator:
    """Locates findings: the first part of a path is the table, the second one the row."""

    def locate(self, findings: Iterable[Located]) -> list[Located]:
        """Return the findings with table and row, which counts from 1."""
        return [attrs.evolve(finding, location=_location_of(finding.path)) for finding in findings]


def _location_of(path: str) -> Location:
    table, row = (*json_pointers.split(path), "", "")[:2]  # a path may have no row, and no table
    return Location(sheet=table or None, row=int(row) + 1 if row.isdecimal() else None)


class _RowSource:
    """The tables of one class of entities, as a source of entries."""

    def __init__(self, tables: _Tables, cls: type[Entity], intake: Intake) -> None:
        self.given = tables.rows
        self.cls = cls
        self.intake = intake
        self.table = Table.of(cls)
        self.tables = {table.name: table for table in self.table.with_lists()}
        """The main table of the class, and those of its lists, by name."""
        self.absent: dict[str, None] = {}
        """The tables of lists that are known but not given, in the order in which they were met."""
        self.take = tables.take
        self.groups: dict[str, Groups] = {}
        """The rows of each table that are not yet part of an entity."""

    @property
    def is_given(self) -> bool:
        """Whether any table of the class is there."""
        return not self.tables.keys().isdisjoint(self.given)

    def read(self) -> None:
        """Pass each entity to the intake, and report rows that belong to none."""
        self.intake.take_all(self.entries())

    def entries(self) -> Iterator[Entry]:
        """Yield each entity, and report rows that belong to none."""
        self.groups = {name: self._group_rows(each) for name, each in self.tables.items()}
        yield from self._entries_of_main_table()
        self.intake.report(self._rows_without_entity())
        for name in self.absent:
            self.intake.report([messages.MISSING_FIELD.finding(field=name).under(name)])

    def unknown_tables(self, *, only_similar: bool) -> Iterator[Finding]:
        """Report tables whose names are misspelt; other tables may belong to another class."""
        names = (name for name in self.given if not only_similar or self._is_similar(name))
        return unknown_tables(names, self.tables)

    def _is_similar(self, name: object) -> bool:
        if not isinstance(name, str):
            return True
        ours = name.startswith(self.table.name) or suggest(name, self.tables)
        return bool(ours) and name not in _all_tables()

    def _entries_of_main_table(self) -> Iterator[Entry]:
        for number, cells in self.groups[self.table.name].pop((), []):
            origins: dict[FieldPath, tuple[Table, int]] = {}
            plain = self._make_plain(self.table, number, cells, (), origins)
            position = None if self.cls is Programme else number
            relocate = functools.partial(_relocate_to_row, origins=origins)
            yield Entry(self.cls, self.table.name, position, plain, relocate=relocate)

    def _group_rows(self, table: Table) -> Groups:
        """Number the rows of a table and group them by the list that they are in."""
        groups: Groups = defaultdict(list)
        rows = self.take(table.name)
        if rows is None:
            given = self.given[table.name]
            conversion = _rows_of_frame(given)
            if conversion:
                found = found_values.describe(given)
                frame = messages.UNCONVERTED_TYPE.finding(
                    found=found, expected=expectations.LIST, conversion=conversion
                )
                self.intake.report([frame.under(table.name)])
            else:
                self._report(given, expectations.LIST, list, table.name)
            return groups
        types = table.types()
        for number, row in enumerate(rows):
            if type(row) is dict or isinstance(row, Mapping):  # the first check is far faster
                cells = cast("Cells", row)
                if not cells.keys() <= types.keys():
                    unknown = unknown_fields(cells, types)
                    self.intake.report(finding.under(table.name, number) for finding in unknown)
                groups[_key_in_columns(cells, table.owner_key)].append((number, cells))
            else:
                self._report(row, expectations.OBJECT, dict, table.name, number)
        return groups

    def _make_plain(
        self,
        table: Table,
        number: int,
        row: Cells,
        path_here: FieldPath,
        origins: dict[FieldPath, tuple[Table, int]],
    ) -> object:
        """Make plain data, in the form of a document, from a row and the rows of its lists.

        Args:
            table: The table of the row.
            number: The index of the row in its table.
            row: The cells.
            path_here: The path of the row's value in the plain data of the entity.
            origins: Gets the row of each path, so that a finding about the plain data can be moved
                to its row.
        """
        origins[path_here] = table, number
        plain: dict[str, object] = {}
        for column, (path, _) in table.columns.items():
            cell = row.get(column)
            if not path:  # the table of a list of plain values: the row is the value
                return cell
            if column in table.columns_of_sets and isinstance(cell, str):
                cell = cell.split()
            if cell is not None:
                _set_at_path(plain, path, cell)
        key = _key_in_columns(row, table.keys_in_lists.values())
        for list_table in table.lists:
            numbered_rows = self._rows_of_list(list_table, key)
            items = [
                self._make_plain(
                    list_table, *numbered, (*path_here, *list_table.path, str(index)), origins
                )
                for index, numbered in enumerate(numbered_rows)
            ]
            if self._is_known(list_table, row, (table.name, number), has_items=bool(items)):
                _set_at_path(plain, list_table.path, items)
        return plain

    def _is_known(
        self, list_table: Table, row: Cells, row_path: tuple[str, int], *, has_items: bool
    ) -> bool:
        """Return whether a list is known, by its column and its rows; report if they disagree."""
        known = row.get(list_table.known_column, has_items) if list_table.known_column else True
        if not isinstance(known, bool | None):
            self._report(known, expectations.BOOLEAN, bool, *row_path, list_table.known_column)
        elif has_items and not known:
            expected = found_values.describe(value=True)
            self._report(known, expected, bool, *row_path, list_table.known_column)
        elif known and list_table.known_column and list_table.name not in self.given:
            self.absent[list_table.name] = None
        return bool(known) or has_items

    def _rows_of_list(self, table: Table, key: tuple[object, ...] | None) -> list[NumberedRow]:
        """Return the rows of a list, sorted by their indexes, which must be 0, 1, 2 and so on."""
        column = table.index_column
        rows = self.groups[table.name].pop(key, []) if key else []
        rows.sort(key=lambda each: _list_index(each[1].get(column)))
        next_index = 0
        for number, cells in rows:
            index = _list_index(cells.get(column))
            if index != next_index:
                expected = found_values.describe(next_index)
                self._report(cells.get(column), expected, int, table.name, number, column)
            next_index = index + 1
        return rows

    def _rows_without_entity(self) -> Iterator[Finding]:
        """Report rows of lists that belong to no entity."""
        for name, groups in self.groups.items():
            owner = self.tables[name].owner_key
            for number, cells in (
                numbered_row for group in groups.values() for numbered_row in group
            ):
                key = tuple(found_values.describe(cells.get(column)) for column in owner)
                stray = messages.STRAY_ROW.finding(key=key)
                yield stray.under(name, number, owner[0])

    def _report(self, found: object, expected: LocalizedText, cls: type, *path: str | int) -> None:
        """Report a value of a wrong type; ``cls`` is the right one."""
        (wrong,) = wrong_type(found, expected, cls).findings
        self.intake.report([wrong.under(*path)])


@functools.cache
def _all_tables() -> frozenset[str]:
    return frozenset(
        table.name for cls in REGISTERS.values() for table in Table.of(cls).with_lists()
    )


def _relocate_to_row(finding: Finding, origins: Mapping[FieldPath, tuple[Table, int]]) -> Finding:
    """Return a finding about plain data with the path of its row and column."""
    path = json_pointers.split(finding.path)
    path_of_row = max((origin for origin in origins if path[: len(origin)] == origin), key=len)
    table, number = origins[path_of_row]
    path_in_row = path[len(path_of_row) :]
    # The finding may be about several cells, such as a period, or about a part of a cell, such as
    # an element of a set. So the first column fits whose path begins with that of the finding, or
    # the other way round.
    column = next(
        column
        for column, (column_path, _) in table.columns.items()
        if all(one == other for one, other in zip(column_path, path_in_row, strict=False))
    )
    return attrs.evolve(finding, path=json_pointers.join(table.name, number, column))


def _key_in_columns(row: Cells, columns: Iterable[str]) -> tuple[object, ...] | None:
    """Return the key of a row in these columns; ``None`` if its cells cannot be one."""
    key = tuple(row.get(column) for column in columns)
    are_valid = all(isinstance(part, str | int) and not isinstance(part, bool) for part in key)
    return key if are_valid else None


def _list_index(cell: object) -> int:
    """Return the index of a row in its list; -1, which sorts first, if the cell is not a number."""
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else -1


def _set_at_path(plain: dict[str, object], path: FieldPath, value: object) -> None:
    """Set a value at a path, and make the objects around it."""
    for name in path[:-1]:
        plain = cast("dict[str, object]", plain.setdefault(name, {}))
    plain[path[-1]] = value
