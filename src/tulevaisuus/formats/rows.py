"""Entities as flat, typed rows, for databases and data frames.

A class has a main table and a table for each of its lists, laid out by its fields. Rows are read in
`tulevaisuus.formats.row_reading`, which walks the same layout.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.decoding import check_class
from tulevaisuus.formats.encoding import only_entities, reject_own_fields
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import (
    EnumMember,
    FieldType,
    ListOf,
    ObjectOf,
    Scalar,
    SetOf,
)
from tulevaisuus.model.value import FieldSpec, Value, fields_of

__all__ = ["Cell", "Column", "Path", "Table", "columns_of", "to_rows"]

Cell: TypeAlias = str | int | bool | Decimal | dt.date | None
"""The value of a row in one column; ``None`` is not known."""

Path: TypeAlias = tuple[str, ...]

_MAX_DEPTH = 20
"""Objects in objects go no deeper, unless a class contains itself."""


class Column(NamedTuple):
    """What a column of a table holds.

    ``type`` is the Python type of its cells, ``key`` whether it is part of the key of its rows,
    ``nullable`` whether a cell may be ``None``, which is *not known* and never zero.
    """

    type: type
    key: bool
    nullable: bool


def columns_of(cls: type[Entity]) -> dict[str, dict[str, Column]]:
    """Return the tables that entities of a class fill, with their columns.

    >>> from tulevaisuus import Grant
    >>> tables = columns_of(Grant)
    >>> list(tables)
    ['grants', 'grants_sources', 'grants_notes', 'grants_notes_sources']
    >>> tables["grants"]["amount_eur"]
    Column(type=<class 'decimal.Decimal'>, key=False, nullable=True)
    """
    return {table.name: table.described() for table in Table.of(cls).all()}


def to_rows(entities: Iterable[Entity]) -> dict[str, list[dict[str, Cell]]]:
    """Return entities as rows: a table for each class among them, and one for each of its lists.

    A value of several fields has columns joined by underscores (``usable_start``); the rows of a
    list name the entity, and their place in it from zero; a set of codes is one text with blanks.
    Amounts are euros as `Decimal`, days are dates, truth is `bool`; `columns_of` tells which column
    is what, for databases that lack them, such as SQLite. What is no entity is an
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


class Table:
    """One table: the columns that name the owner of a row, its own columns, and its lists.

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
        self.keys: set[str] = {*owner}
        self.nullable: set[str] = set()
        self.sets: set[str] = set()
        self.lists: list[Table] = []
        self.objects: dict[Path, type[Value]] = {}
        if isinstance(field_type, ObjectOf):
            self.objects[()] = field_type.cls
            for key in getattr(field_type.cls, "key_fields", ()):
                self.own_keys[f"{field_type.cls.singular}_{key}"] = key
                self.keys.add(key)
            # All columns first: the rows of a list repeat the key, which may be a later field.
            for here, spec in tuple(self._lay_out(field_type.cls, (), nullable=False)):
                self._add_list(here, spec)
        elif _is_cell(field_type):
            self.columns["value"] = (), field_type
        else:
            raise TypeError(f"{name} would be lists of lists, and no table holds such")

    @classmethod
    def of(cls, entities: type[Entity]) -> Table:
        """Return the table of a class of entities, laid out once."""
        check_class(entities, Entity)
        if entities is Entity:
            raise TypeError("entities of any class have no one table: name a class, such as Grant")
        if entities not in _TABLES:
            _TABLES[entities] = cls(entities.plural, ObjectOf(entities), {})
        return _TABLES[entities]

    def _lay_out(
        self, cls: type[Value], path: Path, *, nullable: bool
    ) -> Iterator[tuple[Path, FieldSpec]]:
        """Lay out the columns and yield the lists."""
        if max(len(path), len(self.owner)) > _MAX_DEPTH:
            raise TypeError(f"{cls.__name__} contains itself: its tables would have no end")
        for spec in fields_of(cls).values():
            here = (*path, spec.name)
            field_type = spec.type
            if isinstance(field_type, ObjectOf):
                inside = nullable or spec.allows_none
                self.objects[here] = field_type.cls
                yield from self._lay_out(field_type.cls, here, nullable=inside)
            elif _is_cell(field_type):
                self.columns["_".join(here)] = here, field_type
                if isinstance(field_type, SetOf):
                    self.sets.add("_".join(here))
                if nullable or spec.allows_none:
                    self.nullable.add("_".join(here))
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

    def described(self) -> dict[str, Column]:
        """Return what each column holds, in their order."""
        return {
            name: Column(type_, key=name in self.keys, nullable=name in self.nullable)
            for name, type_ in self.types().items()
        }

    def all(self) -> Iterator[Table]:
        """Walk over this table and those of its lists."""
        yield self
        for each in self.lists:
            yield from each.all()

    def write(
        self, owner: Mapping[str, Cell], value: object, rows: dict[str, list[dict[str, Cell]]]
    ) -> None:
        """Add the row of a value, and those of its lists."""
        self._reject_own_fields(value)
        row = {**owner}
        for column, (path, field_type) in self.columns.items():
            row[column] = _cell(field_type, _at(value, path))
        rows[self.name].append(row)
        for each in self.lists:
            items = _at(value, each.path)
            if each.known:
                row[each.known] = items is not None
            for index, item in enumerate(_in_order(items)):
                cells = (*(row[own] for own in self.own_keys.values()), index)
                each.write(dict(zip(each.owner, cells, strict=True)), item, rows)

    def _reject_own_fields(self, value: object) -> None:
        """Reject what has no column: fields of a user's class in the place of one of ours."""
        for path, cls in self.objects.items():
            part = _at(value, path)
            if isinstance(part, Value):
                try:
                    reject_own_fields(part, cls)
                except InvalidValueError as error:
                    raise error.under(*path) from None


_TABLES: dict[type[Entity], Table] = {}


def _is_cell(field_type: FieldType) -> bool:
    """Return whether a value is one cell: a single value, or a set of codes without blanks."""
    if isinstance(field_type, SetOf):
        return isinstance(field_type.item, EnumMember) and field_type.item.column_type is str
    return isinstance(field_type, Scalar)


def _type(field_type: FieldType) -> type:
    return field_type.column_type if isinstance(field_type, Scalar) else str


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
        return " ".join(
            sorted(str(item.to_cell(each)) for each in cast("frozenset[object]", value))
        )
    return cast("Cell", cast("Scalar", field_type).to_cell(value))
