"""Entities as flat, typed rows, for databases and data frames.

A class has a main table and a table for each of its lists. The columns follow from its fields.
`tulevaisuus.formats.row_reading` reads rows with the same `Table` objects.
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

__all__ = [
    "Cell",
    "Column",
    "Path",
    "Table",
    "cell_type",
    "columns_of",
    "to_rows",
]

Cell: TypeAlias = str | int | bool | Decimal | dt.date | None
"""The value of a row in one column; ``None`` means that it is unknown."""

Path: TypeAlias = tuple[str, ...]

_MAX_DEPTH = 20
"""Objects are never nested deeper, unless a class contains itself."""


class Column(NamedTuple):
    """What a column of a table holds.

    ``type`` is the Python type of its cells, ``key`` whether it is part of the key of its rows,
    ``nullable`` whether a cell may be ``None``, which is *not known* and never zero.
    """

    type: type
    key: bool
    nullable: bool


def columns_of(cls: type[Entity]) -> dict[str, dict[str, Column]]:
    """Return the tables of a class, with their columns.

    >>> from tulevaisuus import Grant
    >>> tables = columns_of(Grant)
    >>> list(tables)
    ['grants', 'grants_sources', 'grants_notes', 'grants_notes_sources']
    >>> tables["grants"]["amount_eur"]
    Column(type=<class 'decimal.Decimal'>, key=False, nullable=True)
    """
    return {table.name: table.described_columns() for table in Table.of(cls).with_lists()}


def to_rows(entities: Iterable[Entity]) -> dict[str, list[dict[str, Cell]]]:
    """Return entities as rows: a table for each class, and one for each of its lists.

    A value with several fields has several columns, with underscores in their names
    (``usable_start``). The rows of a list have the key of the entity, and their index in the list
    from zero. A set of codes is one text, with spaces between the codes. Amounts are euros as
    `Decimal`, dates are `date`, booleans are `bool`; `columns_of` returns the types for databases
    without them, such as SQLite. Anything but an entity is an `InvalidValueError`.

    >>> from tulevaisuus import grants
    >>> rows = to_rows(grants)
    >>> list(rows), rows["grants"][0]["call"]
    (['grants', 'grants_sources', 'grants_notes', 'grants_notes_sources'], 'shc-2020')
    """
    rows: dict[str, list[dict[str, Cell]]] = {}
    for entity in only_entities(entities):
        table = Table.of(type(entity))
        if table.name not in rows:
            rows.update({each.name: [] for each in table.with_lists()})
        table.write({}, entity, rows)
    return rows


class Table:
    """One table: the columns with the key of the owner, its own columns, and the tables of lists.

    The table of a list also has the ``path`` of the list in the object around it, and the name of
    the column there that says whether the list is known (``known_column``). The last of its
    ``owner_columns`` is the index in the list.
    """

    def __init__(
        self,
        name: str,
        field_type: FieldType,
        owner: Mapping[str, type],
        path: Path = (),
        known_column: str = "",
    ) -> None:
        """Make the columns from the fields of a type."""
        self.name = name
        self.owner_columns = owner
        self.path = path
        self.known_column = known_column
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
            for list_path, spec in tuple(self._add_columns(field_type.cls, (), nullable=False)):
                self._add_list(list_path, spec)
        elif _is_cell(field_type):
            self.columns["value"] = (), field_type
        else:
            raise TypeError(f"{name} would be lists of lists, and no table holds such")

    @classmethod
    def of(cls, entities: type[Entity]) -> Table:
        """Return the table of an entity class; it is made once."""
        check_class(entities, Entity)
        if entities is Entity:
            raise TypeError("entities of any class have no one table: name a class, such as Grant")
        if entities not in _TABLES:
            _TABLES[entities] = cls(entities.plural, ObjectOf(entities), {})
        return _TABLES[entities]

    def _add_columns(
        self, cls: type[Value], path: Path, *, nullable: bool
    ) -> Iterator[tuple[Path, FieldSpec]]:
        """Add the columns of a class, and yield its lists."""
        if max(len(path), len(self.owner_columns)) > _MAX_DEPTH:
            raise TypeError(f"{cls.__name__} contains itself: its tables would have no end")
        for spec in fields_of(cls).values():
            here = (*path, spec.name)
            field_type = spec.type
            inner = _class_with_columns(field_type)
            if inner is not None:
                inside = nullable or spec.allows_none
                self.objects[here] = inner
                yield from self._add_columns(inner, here, nullable=inside)
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

    def _add_list(self, list_path: Path, spec: FieldSpec) -> None:
        column = "_".join(list_path)
        types = self.types()
        owner = {column_in_list: types[own] for column_in_list, own in self.own_keys.items()}
        owner[f"{column}_place"] = int
        known = f"{column}_known" if spec.allows_none else ""
        item = cast("ListOf", spec.type).item
        self.lists.append(Table(f"{self.name}_{column}", item, owner, list_path, known))

    def types(self) -> dict[str, type]:
        """Return the type of each column, in their order."""
        types = {column: cell_type(field_type) for column, (_, field_type) in self.columns.items()}
        return {
            **self.owner_columns,
            **types,
            **{each.known_column: bool for each in self.lists if each.known_column},
        }

    def described_columns(self) -> dict[str, Column]:
        """Return the types and nullability of the columns, in order."""
        return {
            name: Column(type_, key=name in self.keys, nullable=name in self.nullable)
            for name, type_ in self.types().items()
        }

    def with_lists(self) -> Iterator[Table]:
        """Yield this table and those of its lists."""
        yield self
        for each in self.lists:
            yield from each.with_lists()

    def write(
        self, owner: Mapping[str, Cell], value: object, rows: dict[str, list[dict[str, Cell]]]
    ) -> None:
        """Add the row of a value, and the rows of its lists."""
        self._reject_own_fields(value)
        row = {**owner}
        for column, (path, field_type) in self.columns.items():
            row[column] = _cell(field_type, _value_at_path(value, path))
        rows[self.name].append(row)
        for each in self.lists:
            items = _value_at_path(value, each.path)
            if each.known_column:
                row[each.known_column] = items is not None
            for index, item in enumerate(_in_order(items)):
                cells = (*(row[own] for own in self.own_keys.values()), index)
                each.write(dict(zip(each.owner_columns, cells, strict=True)), item, rows)

    def _reject_own_fields(self, value: object) -> None:
        """Reject fields without a column: those that only a user's subclass has."""
        for path, cls in self.objects.items():
            part = _value_at_path(value, path)
            if isinstance(part, Value):
                try:
                    reject_own_fields(part, cls)
                except InvalidValueError as error:
                    raise error.under(*path) from None


_TABLES: dict[type[Entity], Table] = {}


def _class_with_columns(field_type: FieldType) -> type[Value] | None:
    """Return the class of an object with columns for its fields; one of any class has none."""
    is_object = isinstance(field_type, ObjectOf) and field_type.cls is not Entity
    return cast("ObjectOf", field_type).cls if is_object else None


def _is_cell(field_type: FieldType) -> bool:
    """Return whether a value fits into one cell: a single value, or a set of codes."""
    if isinstance(field_type, SetOf):
        return isinstance(field_type.item, EnumMember) and field_type.item.column_type is str
    return isinstance(field_type, Scalar)


def cell_type(field_type: FieldType) -> type:
    """Return the Python type of the cells of a column; a set of codes is a text."""
    return field_type.column_type if isinstance(field_type, Scalar) else str


def _value_at_path(value: object, path: Path) -> object:
    for name in path:
        value = getattr(value, name, None)
    return value


def _in_order(items: object) -> Iterable[object]:
    """Return the elements of a list in their order, and the elements of a set sorted."""
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
