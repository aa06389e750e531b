"""Things as flat, typed rows, for databases and data frames: a table of them, and one a list.

How the tables look follows from the fields of a class; both ways walk the same layout.
"""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.findings import expectations, pointers, templates
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.decoding import check_class, decode, unknown_fields
from tulevaisuus.formats.encoding import only_entities
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.field_types import (
    EnumMember,
    FieldType,
    ListOf,
    ObjectOf,
    Scalar,
    SetOf,
)
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.register import Register, duplicate
from tulevaisuus.model.value import FieldSpec, Value, fields_of

__all__ = ["Cell", "columns_of", "from_rows", "to_rows"]

Cell: TypeAlias = str | int | bool | Decimal | dt.date | None
"""What a row holds in one column; ``None`` is what is not known."""

T = TypeVar("T", bound=Entity)

Path: TypeAlias = tuple[str, ...]
Cells: TypeAlias = Mapping[str, object]
Groups: TypeAlias = dict[tuple[object, ...] | None, list[tuple[int, Cells]]]


def columns_of(cls: type[Entity]) -> dict[str, dict[str, type]]:
    """Return the tables that things of a class fill, with their columns and the types of these.

    >>> from tulevaisuus import CooperationGoal
    >>> tables = columns_of(CooperationGoal)
    >>> list(tables), list(tables["cooperation_goals"])[:3]
    (['cooperation_goals', 'cooperation_goals_sources', ...], ['number', 'name_fi', 'name_sv'])
    """
    return {table.name: table.types() for table in Table.of(cls).all()}


def to_rows(entities: Iterable[Entity]) -> dict[str, list[dict[str, Cell]]]:
    """Return things as rows: a table for each class among them, and one for each of its lists.

    A value of several fields has columns joined by underscores (``usable_start``); the rows of a
    list name the thing, and their place in it from zero; a set of codes is one text with blanks.
    Amounts are euros as `Decimal`, days are dates, truth is `bool`; `columns_of` tells which column
    is what, for databases that lack them, such as SQLite. What is no thing is an
    `InvalidValueError`.

    >>> from tulevaisuus import grants
    >>> rows = to_rows(grants)
    >>> list(rows), rows["grants"][0]["call"]
    (['grants', 'grants_sources', 'grants_notes', 'grants_notes_sources'], 'shc-2020')
    """
    rows: dict[str, list[dict[str, Cell]]] = {}
    for entity in only_entities(entities):
        table = Table.of(type(entity))
        if table.name not in rows:
            rows.update({each.name: [] for each in table.all()})
        table.write({}, entity, rows)
    return rows


def from_rows(rows: Mapping[str, Iterable[Cells]] | Iterable[Cells], cls: type[T]) -> Register[T]:
    """Make things of their rows, as `to_rows` returns them; other tables may be there as well.

    The rows of the things alone will do where no list is known. An absent column is not known.
    A day may also be the text, and an amount the number, of documents. `InvalidValueError` lists
    everything that is wrong, with paths of table, row and column: ``/grants/3/usable_start``.
    """
    table = Table.of(cls)
    portfolio_of = not isinstance(rows, Mapping)
    tables = cast("Mapping[str, object]", {table.name: rows} if portfolio_of else rows)
    return _Reader(tables, table).read(cls)


class Table:
    """One table: the columns that say whose its rows are, its own columns, and its lists.

    A list's table also has its ``path`` in the value around it, and the column there that tells
    whether it is ``known``; the last of its ``owner`` columns is the place in the list.
    """

    def __init__(
        self,
        name: str,
        field_type: FieldType,
        owner: Mapping[str, type],
        path: Path = (),
        known: str = "",
    ) -> None:
        """Lay out the columns of a kind of value."""
        self.name = name
        self.owner = owner
        self.path = path
        self.known = known
        self.own_keys: dict[str, str] = {column: column for column in owner}
        self.columns: dict[str, tuple[Path, FieldType]] = {}
        self.lists: list[Table] = []
        if isinstance(field_type, ObjectOf):
            for key in getattr(field_type.cls, "key_fields", ()):
                self.own_keys[f"{field_type.cls.singular}_{key}"] = key
            # All columns first: the rows of a list repeat the key, which may be a later field.
            for here, spec in tuple(self._lay_out(field_type.cls, ())):
                self._add_list(here, spec)
        elif _is_cell(field_type):
            self.columns["value"] = (), field_type
        else:
            raise TypeError(f"{name} would be lists of lists, and no table holds such")

    @classmethod
    def of(cls, entities: type[Entity]) -> "Table":
        """Return the table of a class of things, laid out once."""
        check_class(entities, Entity)
        if entities not in _TABLES:
            _TABLES[entities] = cls(entities.plural, ObjectOf(entities), {})
        return _TABLES[entities]

    def _lay_out(self, cls: type[Value], path: Path) -> "Iterator[tuple[Path, FieldSpec]]":
        """Lay out the columns and yield the lists."""
        for spec in fields_of(cls).values():
            here = (*path, spec.name)
            field_type = spec.type
            if isinstance(field_type, ObjectOf):
                yield from self._lay_out(field_type.cls, here)
            elif _is_cell(field_type):
                self.columns["_".join(here)] = here, field_type
            elif isinstance(field_type, ListOf):
                yield here, spec
            else:
                raise TypeError(f"{cls.__name__}.{spec.name} is no data, and no cell of a row")

    def _add_list(self, here: Path, spec: FieldSpec) -> None:
        column = "_".join(here)
        types = self.types()
        owner = {theirs: types[own] for theirs, own in self.own_keys.items()}
        owner[f"{column}_place"] = int
        known = f"{column}_known" if spec.allows_none else ""
        item = cast("ListOf", spec.type).item
        self.lists.append(Table(f"{self.name}_{column}", item, owner, here, known))

    def types(self) -> dict[str, type]:
        """Return the type of each column, in their order."""
        types = {column: _type(field_type) for column, (_, field_type) in self.columns.items()}
        return {**self.owner, **types, **{each.known: bool for each in self.lists if each.known}}

    def all(self) -> "Iterator[Table]":
        """Walk over this table and those of its lists."""
        yield self
        for each in self.lists:
            yield from each.all()

    def write(
        self, owner: Mapping[str, Cell], value: object, rows: dict[str, list[dict[str, Cell]]]
    ) -> None:
        """Add the row of a value, and those of its lists."""
        row = {**owner}
        for column, (path, field_type) in self.columns.items():
            row[column] = _cell(field_type, _at(value, path))
        rows[self.name].append(row)
        for each in self.lists:
            items = _at(value, each.path)
            if each.known:
                row[each.known] = items is not None
            for place, item in enumerate(_in_order(items)):
                cells = (*(row[own] for own in self.own_keys.values()), place)
                each.write(dict(zip(each.owner, cells, strict=True)), item, rows)


_TABLES: dict[type[Entity], Table] = {}


@functools.cache
def _all_tables() -> frozenset[str]:
    return frozenset(each.name for cls in REGISTERS.values() for each in Table.of(cls).all())


def _is_cell(field_type: FieldType) -> bool:
    """Tell whether a value is one cell: a single value, or a set of codes, which have no blanks."""
    if isinstance(field_type, SetOf):
        return isinstance(field_type.item, EnumMember) and field_type.item.column is str
    return isinstance(field_type, Scalar)


def _type(field_type: FieldType) -> type:
    return field_type.column if isinstance(field_type, Scalar) else str


def _at(value: object, path: Path) -> object:
    for name in path:
        value = getattr(value, name, None)
    return value


def _in_order(items: object) -> Iterable[object]:
    """Return the elements of a list as they come, those of a set in an order of their own."""
    elements = cast("Iterable[object]", items or ())
    return sorted(elements, key=str) if isinstance(items, frozenset) else elements


def _cell(field_type: FieldType, value: object) -> Cell:
    if value is None:
        return None
    if isinstance(field_type, SetOf):
        item = cast("Scalar", field_type.item)
        return " ".join(sorted(str(item.cell(each)) for each in cast("frozenset[object]", value)))
    return cast("Cell", cast("Scalar", field_type).cell(value))


class _Reader:
    """One reading of rows, which gathers findings."""

    def __init__(self, rows: Mapping[str, object], table: Table) -> None:
        self.table = table
        self.tables = {each.name: each for each in table.all()}
        self.given = rows.keys()
        self.absent: set[str] = set()
        self.findings: list[Finding] = []
        self.groups = {name: self._grouped(each, rows) for name, each in self.tables.items()}
        self.findings += unknown_fields(
            (name for name in rows if self._is_intended(name)), self.tables
        )

    def _is_intended(self, name: object) -> bool:
        """Tell whether an unknown table may be one of ours; others are somebody else's."""
        if not isinstance(name, str):
            return True
        ours = name.startswith(self.table.name) or suggest(name, self.tables)
        return bool(ours) and name not in _all_tables()

    def read(self, cls: type[T]) -> Register[T]:
        """Make the things; raise everything that is wrong, in the order of tables and rows."""
        entities: dict[Key, T] = {}
        for number, cells in self.groups[self.table.name].pop((), []):
            origins: dict[Path, tuple[Table, int]] = {}
            plain = self._plain(self.table, number, cells, (), origins)
            found: tuple[Finding, ...] = ()
            try:
                entity = decode(cls, plain)
                found = (duplicate(entity),) if entity.key in entities else ()
                entities[entity.key] = entity
            except InvalidValueError as error:
                found = error.findings
            self.findings += [_moved(each, origins) for each in found]
        self._report_strays()
        for name in self.absent:
            self.findings.append(templates.MISSING_FIELD.finding(field=name).under(name))
        if self.findings:
            raise InvalidValueError(sorted(self.findings, key=self._order))
        return Register(entities.values())

    def _grouped(self, table: Table, rows: Mapping[str, object]) -> Groups:
        """Number the rows of a table and group them by the list that they stand in."""
        groups: Groups = defaultdict(list)
        given = rows.get(table.name, ())
        if not _are_many(given):
            self._report(given, expectations.LIST, table.name)
            return groups
        types = table.types()
        for number, row in enumerate(cast("Iterable[object]", given)):
            if isinstance(row, Mapping):
                cells = cast("Cells", row)
                unknown = unknown_fields(cells, types)
                self.findings += [each.under(table.name, number) for each in unknown]
                groups[_key(cells, [*table.owner][:-1])].append((number, cells))
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
        """Make plain data, as documents have it, of a row and of the rows of its lists."""
        origins[here] = table, number
        plain: dict[str, object] = {}
        for column, (path, field_type) in table.columns.items():
            cell = row.get(column)
            if not path:
                return cell
            if isinstance(field_type, SetOf) and isinstance(cell, str):
                cell = cell.split()
            if cell is not None:
                _put(plain, path, cell)
        key = _key(row, table.own_keys.values())
        for each in table.lists:
            found = self._in_order(each, key)
            items = [
                self._plain(each, *numbered, (*here, *each.path, str(place)), origins)
                for place, numbered in enumerate(found)
            ]
            if self._is_known(each, row, (table.name, number), are_some=bool(items)):
                _put(plain, each.path, items)
        return plain

    def _is_known(
        self, listed: Table, row: Cells, place: tuple[str, int], *, are_some: bool
    ) -> bool:
        """Tell whether a list is known, by its column and its rows; report where these disagree."""
        known = row.get(listed.known, are_some) if listed.known else True
        if not isinstance(known, bool | None):
            self._report(known, expectations.BOOLEAN, *place, listed.known)
        elif are_some and not known:
            self._report(known, expectations.describe(value=True), *place, listed.known)
        elif known and listed.known and listed.name not in self.given:
            self.absent.add(listed.name)
        return bool(known) or are_some

    def _in_order(self, table: Table, key: tuple[object, ...] | None) -> list[tuple[int, Cells]]:
        """Return the rows of a list by their places, which are to count up from zero."""
        column = [*table.owner][-1]
        found = self.groups[table.name].pop(key, []) if key else []
        found.sort(key=lambda each: _place(each[1].get(column)))
        wanted = 0
        for number, cells in found:
            place = _place(cells.get(column))
            if place != wanted:
                expected = expectations.describe(wanted)
                self._report(cells.get(column), expected, table.name, number, column)
            wanted = place + 1
        return found

    def _report_strays(self) -> None:
        """Report the rows of lists that belong to nothing that has a row."""
        for name, groups in self.groups.items():
            owner = [*self.tables[name].owner][:-1]
            for number, cells in (each for group in groups.values() for each in group):
                key = tuple(expectations.describe(cells.get(column)) for column in owner)
                stray = templates.STRAY_ROW.finding(key=key)
                self.findings.append(stray.under(name, number, owner[0]))

    def _report(self, found: object, expected: LocalizedText, *place: str | int) -> None:
        wrong = templates.WRONG_TYPE.finding(found=expectations.describe(found), expected=expected)
        self.findings.append(wrong.under(*place))

    def _order(self, finding: Finding) -> tuple[int, int]:
        name, number = (*pointers.split(finding.path), "-1")[:2]
        return [*self.tables, name].index(name), int(number)


def _moved(finding: Finding, origins: Mapping[Path, tuple[Table, int]]) -> Finding:
    """Return a finding on plain data as one on the row and column that this was made of."""
    path = pointers.split(finding.path)
    start = max((each for each in origins if path[: len(each)] == each), key=len)
    table, number = origins[start]
    rest = path[len(start) :]
    column = next(
        column
        for column, (its, _) in table.columns.items()
        if all(mine == theirs for mine, theirs in zip(its, rest, strict=False))
    )
    return attrs.evolve(finding, path=pointers.join(table.name, number, column))


def _are_many(given: object) -> bool:
    return isinstance(given, Iterable) and not isinstance(given, str | Mapping)


def _key(row: Cells, columns: Iterable[str]) -> tuple[object, ...] | None:
    """Return what a row is known by in these columns; nothing if that can be no key."""
    key = tuple(row.get(column) for column in columns)
    are_valid = all(isinstance(each, str | int) and not isinstance(each, bool) for each in key)
    return key if are_valid else None


def _place(cell: object) -> int:
    """Return the place of a row in its list; one before all others if the cell has none."""
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else -1


def _put(plain: dict[str, object], path: Path, value: object) -> None:
    """Put a value where its path says, into the objects that stand between."""
    for name in path[:-1]:
        plain = cast("dict[str, object]", plain.setdefault(name, {}))
    plain[path[-1]] = value
