"""Reading rows: a mapping of tables, as `to_rows` makes them, is a source of the intake."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.findings import expectations, messages, pointers
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.formats.intake import Entry, Intake
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.reading_result import Locator, Reading
from tulevaisuus.formats.rows import Path, Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.register import Register

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
Tables: TypeAlias = Mapping[str, Iterable[Cells]]
NumberedRow: TypeAlias = tuple[int, Cells]
Groups: TypeAlias = dict[tuple[object, ...] | None, list[NumberedRow]]

_CLASSES: dict[str, type[Entity]] = {"programme": Programme, **REGISTERS}


def from_rows(rows: Tables | Iterable[Cells], cls: type[T]) -> Register[T]:
    """Make entities of their rows, as `to_rows` returns them; other tables may be there as well.

    The main table is enough where no list is known. An absent column, and a cell that is ``None``,
    is not known. A day may also be the text, and an amount the number, of documents.

    Args:
        rows: The tables by name, or the rows of the main table.
        cls: The class of the entities.

    Raises:
        InvalidValueError: Something is wrong; it lists everything, with paths of table, row and
            column: ``/grants/3/usable_start``.
    """
    table = Table.of(cls)
    is_alone = not isinstance(rows, Mapping)
    tables = _Tables(cast("Tables", {table.name: rows} if is_alone else rows))
    intake = Intake(Limits().findings)
    source = _RowSource(tables, cls, intake)
    source.read()
    intake.report(source.unknown_tables(only_similar=True))
    reading = intake.reading(tables.order, locator=_RowLocator())
    if not reading.ok:
        raise InvalidValueError(reading.findings, reading.counts)
    return cast("Register[T]", intake.register(cls.plural))


def read_rows(tables: Tables, *, limits: Limits | None = None) -> Reading:
    """Read a portfolio from tables of rows and never raise for their contents.

    It is the counterpart of `to_rows` and the lenient twin of `from_rows`: what is valid is in the
    portfolio, and each finding names table and row, both in its path (``/grants/3/usable_start``)
    and in its ``location``, where rows count from 1. A table that none of the registers has is a
    finding.

    Args:
        tables: The rows of each table by its name: any mappings of column to cell.
        limits: How many findings are kept; see `Limits`.
    """
    return read_tables(tables, Intake((limits or Limits()).findings), _RowLocator())


def read_tables(
    tables: Tables, intake: Intake, locator: Locator, *, newer_version: object = None
) -> Reading:
    """Read a portfolio from tables of another source, which may report to the intake itself.

    A table may be an iterator; it is walked once. A cell that the source has reported holds
    `ALREADY_REPORTED`.

    Args:
        tables: The rows of each table by its name.
        intake: Gets the entities.
        locator: Finds the location of a path of table, row and column in the source.
        newer_version: The format version of the source, if it is newer than this release's.
    """
    given = _Tables(tables)
    for cls in _CLASSES.values():
        source = _RowSource(given, cls, intake)
        if source.is_given:
            source.read()
    known = [each.name for cls in _CLASSES.values() for each in Table.of(cls).all()]
    intake.report(unknown_fields(given.rows, known))
    return intake.reading(given.order, newer_version=newer_version, locator=locator)


def batch_entries(tables: Tables, cls: type[Entity], intake: Intake) -> Iterator[Entry]:
    """Yield the entities of some rows and of the rows of their lists, and report the other rows.

    Args:
        tables: The rows of each table of the class; paths of findings count from the first ones.
        cls: The class of the entities.
        intake: Gets the findings on rows that belong to none.
    """
    return _RowSource(_Tables(tables), cls, intake).entries()


class _Tables:
    """The given tables; each is read once, for the class that it belongs to."""

    def __init__(self, rows: Tables) -> None:
        self.rows = cast("Mapping[str, object]", rows)
        self.order: dict[str, list[object]] = {name: [] for name in rows}

    def take(self, name: str) -> list[object] | None:
        """Return the rows of a table, and note their order; ``None`` for what is no collection."""
        given = self.rows.get(name, ())
        if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
            return None
        self.order[name] = [*cast("Iterable[object]", given)]
        return self.order[name]


class _RowLocator:
    """Locates findings: the first part of a path is the table, the second one the row."""

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with table and row, which counts from 1."""
        return [attrs.evolve(finding, location=_location_of(finding)) for finding in findings]


def _location_of(finding: Finding) -> Location:
    table, row = (*pointers.split(finding.path), "", "")[:2]
    return Location(sheet=table or None, row=int(row) + 1 if row.isdecimal() else None)


class _RowSource:
    """The tables of one class of entities, as a source of entries."""

    def __init__(self, tables: _Tables, cls: type[Entity], intake: Intake) -> None:
        self.given = tables.rows
        self.cls = cls
        self.intake = intake
        self.table = Table.of(cls)
        self.tables = {each.name: each for each in self.table.all()}
        self.absent: dict[str, None] = {}
        self.take = tables.take
        self.groups: dict[str, Groups] = {}

    @property
    def is_given(self) -> bool:
        """Whether any table of the class is there."""
        return not self.tables.keys().isdisjoint(self.given)

    def read(self) -> None:
        """Pass each entity to the intake, and report rows that belong to none."""
        self.intake.take_all(self.entries())

    def entries(self) -> Iterator[Entry]:
        """Yield each entity, and report rows that belong to none."""
        self.groups = {name: self._grouped(each) for name, each in self.tables.items()}
        yield from self._entries()
        self.intake.report(self._stray_rows())
        for name in self.absent:
            self.intake.report([messages.MISSING_FIELD.finding(field=name).under(name)])

    def unknown_tables(self, *, only_similar: bool) -> Iterator[Finding]:
        """Make the findings on tables that may be misspelt; others belong to somebody else."""
        names = (name for name in self.given if not only_similar or self._is_similar(name))
        return unknown_fields(names, self.tables)

    def _is_similar(self, name: object) -> bool:
        if not isinstance(name, str):
            return True
        ours = name.startswith(self.table.name) or suggest(name, self.tables)
        return bool(ours) and name not in _all_tables()

    def _entries(self) -> Iterator[Entry]:
        for number, cells in self.groups[self.table.name].pop((), []):
            origins: dict[Path, tuple[Table, int]] = {}
            plain = self._plain(self.table, number, cells, (), origins)
            position = None if self.cls is Programme else number
            place = functools.partial(_on_row, origins=origins)
            yield Entry(self.cls, self.table.name, position, plain, relocate=place)

    def _grouped(self, table: Table) -> Groups:
        """Number the rows of a table and group them by the list that they are in."""
        groups: Groups = defaultdict(list)
        rows = self.take(table.name)
        if rows is None:
            self._report(self.given[table.name], expectations.LIST, table.name)
            return groups
        types, owner = table.types(), [*table.owner][:-1]
        for number, row in enumerate(rows):
            if type(row) is dict or isinstance(row, Mapping):  # the first is far faster
                cells = cast("Cells", row)
                if not cells.keys() <= types.keys():
                    unknown = unknown_fields(cells, types)
                    self.intake.report(each.under(table.name, number) for each in unknown)
                groups[_key(cells, owner)].append((number, cells))
            else:
                self._report(row, expectations.OBJECT, table.name, number)
        return groups

    def _plain(
        self,
        table: Table,
        number: int,
        row: Cells,
        here: Path,
        origins: dict[Path, tuple[Table, int]],
    ) -> object:
        """Make plain data, as documents have it, of a row and of the rows of its lists.

        ``origins`` remembers which row each part was made of, so that a finding on the plain data
        can be shown on its row.
        """
        origins[here] = table, number
        plain: dict[str, object] = {}
        for column, (path, _) in table.columns.items():
            cell = row.get(column)
            if not path:  # the table of a list of plain values: the row is the value
                return cell
            if column in table.sets and isinstance(cell, str):
                cell = cell.split()
            if cell is not None:
                _put(plain, path, cell)
        key = _key(row, table.own_keys.values())
        for each in table.lists:
            found = self._in_order(each, key)
            items = [
                self._plain(each, *numbered, (*here, *each.path, str(index)), origins)
                for index, numbered in enumerate(found)
            ]
            if self._is_known(each, row, (table.name, number), are_some=bool(items)):
                _put(plain, each.path, items)
        return plain

    def _is_known(
        self, listed: Table, row: Cells, place: tuple[str, int], *, are_some: bool
    ) -> bool:
        """Return whether a list is known, by its column and its rows; report if they differ."""
        known = row.get(listed.known, are_some) if listed.known else True
        if not isinstance(known, bool | None):
            self._report(known, expectations.BOOLEAN, *place, listed.known)
        elif are_some and not known:
            self._report(known, expectations.describe(value=True), *place, listed.known)
        elif known and listed.known and listed.name not in self.given:
            self.absent[listed.name] = None
        return bool(known) or are_some

    def _in_order(self, table: Table, key: tuple[object, ...] | None) -> list[NumberedRow]:
        """Return the rows of a list by their places, which must count up from zero."""
        column = [*table.owner][-1]
        found = self.groups[table.name].pop(key, []) if key else []
        found.sort(key=lambda each: _place(each[1].get(column)))
        following = 0
        for number, cells in found:
            place = _place(cells.get(column))
            if place != following:
                expected = expectations.describe(following)
                self._report(cells.get(column), expected, table.name, number, column)
            following = place + 1
        return found

    def _stray_rows(self) -> Iterator[Finding]:
        """Make the findings on rows of lists that belong to no entity that has a row."""
        for name, groups in self.groups.items():
            owner = [*self.tables[name].owner][:-1]
            for number, cells in (each for group in groups.values() for each in group):
                key = tuple(expectations.describe(cells.get(column)) for column in owner)
                stray = messages.STRAY_ROW.finding(key=key)
                yield stray.under(name, number, owner[0])

    def _report(self, found: object, expected: LocalizedText, *place: str | int) -> None:
        wrong = messages.WRONG_TYPE.finding(found=expectations.describe(found), expected=expected)
        self.intake.report([wrong.under(*place)])


@functools.cache
def _all_tables() -> frozenset[str]:
    return frozenset(each.name for cls in REGISTERS.values() for each in Table.of(cls).all())


def _on_row(finding: Finding, origins: Mapping[Path, tuple[Table, int]]) -> Finding:
    """Return a finding on plain data as one on the row and column that this was made of."""
    path = pointers.split(finding.path)
    start = max((each for each in origins if path[: len(each)] == each), key=len)
    table, number = origins[start]
    rest = path[len(start) :]
    # The finding may be on several cells, such as a period, or on a part of a cell, such as an
    # element of a set. So take the first column whose path begins with that of the finding, or the
    # other way round.
    column = next(
        column
        for column, (its, _) in table.columns.items()
        if all(mine == theirs for mine, theirs in zip(its, rest, strict=False))
    )
    return attrs.evolve(finding, path=pointers.join(table.name, number, column))


def _key(row: Cells, columns: Iterable[str]) -> tuple[object, ...] | None:
    """Return the key of a row in these columns; ``None`` if its cells cannot be one."""
    key = tuple(row.get(column) for column in columns)
    are_valid = all(isinstance(each, str | int) and not isinstance(each, bool) for each in key)
    return key if are_valid else None


def _place(cell: object) -> int:
    """Return the index of a row in its list; -1, before all others, if the cell has none."""
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else -1


def _put(plain: dict[str, object], path: Path, value: object) -> None:
    """Put a value at its path into nested objects, which are made where missing."""
    for name in path[:-1]:
        plain = cast("dict[str, object]", plain.setdefault(name, {}))
    plain[path[-1]] = value
