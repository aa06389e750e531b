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
from tulevaisuus.formats.encoding import only_entities, reject_fields_of_subclass
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
    "FieldPath",
    "Table",
    "cell_type",
    "columns_of",
    "to_rows",
]

Cell: TypeAlias = str | int | bool | Decimal | dt.date | None
"""The value of a row in one column; ``None`` means that it is unknown."""

FieldPath: TypeAlias = tuple[str, ...]
"""The names of the fields that lead from an object to a value in it: ``("usable", "start")``."""

_MAX_DEPTH = 20
"""Objects nested deeper than this are of a class that contains itself, without end."""


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
    return {table.name: table.describe_columns() for table in Table.of(cls).with_lists()}


def to_rows(entities: Iterable[Entity]) -> dict[str, list[dict[str, Cell]]]:
    """Return entities as rows: a table for each class, and one for each of its lists.

    A value with several fields has several columns, with underscores in their names
    (``usable_start``). The rows of a list have the key of the entity, and their index in the list
    from zero. A set of codes is one text, with spaces between the codes. Amounts are euros as
    `Decimal`, dates are `date`, booleans are `bool`. A database without such types, such as SQLite,
    returns texts and numbers; `columns_of` says which type each column has. Anything but an entity
    is an `InvalidValueError`.

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
    """The main table of a class, or the table of a list: its columns, and the tables of its lists.

    The owner of a row in the table of a list is the row of the object that contains the list. Such
    a table begins with ``owner_columns``: the key of the owner, then the index in the list. Its
    ``path`` leads from the owner to the list. ``known_column`` is the column of the owner that says
    whether the list is known, empty if the list is always known.
    """

    def __init__(
        self,
        name: str,
        field_type: FieldType,
        owner: Mapping[str, type],
        path: FieldPath = (),
        known_column: str = "",
    ) -> None:
        """Make the columns from the fields of a type.

        Args:
            name: The name of the table.
            field_type: The class of its objects, or the type of the single values in a list.
            owner: The types of ``owner_columns``; none for a main table.
            path: See the class.
            known_column: See the class.
        """
        self.name = name
        self.owner_columns = owner
        self.path = path
        self.known_column = known_column
        self.keys_in_lists: dict[str, str] = {column: column for column in owner}
        """The columns that identify a row, by the name that they have in the tables of its lists:
        the column ``id`` of grants is ``grant_id`` there."""
        self.columns: dict[str, tuple[FieldPath, FieldType]] = {}
        """For each column of a field, the path and the type of the field."""
        self.key_columns: set[str] = {*owner}
        self.nullable_columns: set[str] = set()
        self.columns_of_sets: set[str] = set()
        self.lists: list[Table] = []
        """The tables of its lists."""
        self.classes: dict[FieldPath, type[Value]] = {}
        """The classes of its objects, by path; the path of the row itself is empty."""
        if isinstance(field_type, ObjectOf):
            self.classes[()] = field_type.cls
            for key in getattr(field_type.cls, "key_fields", ()):
                self.keys_in_lists[f"{field_type.cls.singular}_{key}"] = key
                self.key_columns.add(key)
            list_fields = self._add_columns(field_type.cls, (), nullable=False)
            # Only now: the rows of a list repeat the key, which may be a later field.
            for list_path, spec in list_fields:
                self._add_list(list_path, spec)
        elif _is_cell(field_type):
            self.columns["value"] = (), field_type
        else:
            raise TypeError(f"{name} would be lists of lists, and no table holds such")

    @classmethod
    def of(cls, entity_class: type[Entity]) -> Table:
        """Return the main table of a class of entities; it is made once."""
        check_class(entity_class, Entity)
        if entity_class is Entity:
            raise TypeError("entities of any class have no one table: name a class, such as Grant")
        if entity_class not in _TABLES:
            _TABLES[entity_class] = cls(entity_class.plural, ObjectOf(entity_class), {})
        return _TABLES[entity_class]

    @property
    def owner_key(self) -> list[str]:
        """In the table of a list, the columns with the key of the owner; otherwise none."""
        return [*self.owner_columns][:-1]

    @property
    def index_column(self) -> str:
        """In the table of a list, the column with the index of a row in its list."""
        return [*self.owner_columns][-1]

    def _add_columns(
        self, cls: type[Value], path: FieldPath, *, nullable: bool
    ) -> list[tuple[FieldPath, FieldSpec]]:
        """Add the columns of a class, and return its lists: their paths and fields.

        Args:
            cls: The class of the row, or of an object in it.
            path: The path of the object.
            nullable: Whether the object may be ``None``.
        """
        # Each object around a field adds a name to the path, each list around a list a column.
        if max(len(path), len(self.owner_columns)) > _MAX_DEPTH:
            raise TypeError(f"{cls.__name__} contains itself: its tables would have no end")
        lists: list[tuple[FieldPath, FieldSpec]] = []
        for spec in fields_of(cls).values():
            here = (*path, spec.name)
            column = "_".join(here)
            field_type = spec.type
            inner = _class_with_columns(field_type)
            if inner is not None:
                self.classes[here] = inner
                lists += self._add_columns(inner, here, nullable=nullable or spec.allows_none)
            elif _is_cell(field_type):
                self.columns[column] = here, field_type
                if isinstance(field_type, SetOf):
                    self.columns_of_sets.add(column)
                if nullable or spec.allows_none:
                    self.nullable_columns.add(column)
            elif isinstance(field_type, ListOf):
                lists.append((here, spec))
            else:
                raise TypeError(f"{cls.__name__}.{spec.name} has a type that fits no column")
        return lists

    def _add_list(self, list_path: FieldPath, spec: FieldSpec) -> None:
        column = "_".join(list_path)
        types = self.types()
        owner = {in_list: types[here] for in_list, here in self.keys_in_lists.items()}
        owner[f"{column}_place"] = int  # the index in the list
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

    def describe_columns(self) -> dict[str, Column]:
        """Return the types and nullability of the columns, in order."""
        return {
            name: Column(
                type_, key=name in self.key_columns, nullable=name in self.nullable_columns
            )
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
        """Add the row of a value, and the rows of its lists.

        Args:
            owner: The cells of ``owner_columns``.
            value: The entity, or the element of a list.
            rows: Gets the rows, by the names of the tables.
        """
        self._reject_fields_of_subclass(value)
        row = {**owner}
        for column, (path, field_type) in self.columns.items():
            row[column] = _cell(field_type, _value_at_path(value, path))
        rows[self.name].append(row)
        for each in self.lists:
            items = _value_at_path(value, each.path)
            if each.known_column:
                row[each.known_column] = items is not None
            owner_key = {in_list: row[here] for in_list, here in self.keys_in_lists.items()}
            for index, item in enumerate(_in_order(items)):
                each.write({**owner_key, each.index_column: index}, item, rows)

    def _reject_fields_of_subclass(self, value: object) -> None:
        """Reject fields without a column: those that only a user's subclass has."""
        for path, cls in self.classes.items():
            part = _value_at_path(value, path)
            if isinstance(part, Value):
                try:
                    reject_fields_of_subclass(part, cls)
                except InvalidValueError as error:
                    raise error.under(*path) from None


_TABLES: dict[type[Entity], Table] = {}
"""The main tables that are made already, by class."""


def _class_with_columns(field_type: FieldType) -> type[Value] | None:
    """Return the class of an object whose fields have columns; ``None`` for other types.

    An entity of any class has no columns: its fields are not known.
    """
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


def _value_at_path(value: object, path: FieldPath) -> object:
    for name in path:
        value = getattr(value, name, None)
    return value


def _in_order(items: object) -> Iterable[object]:
    """Return the elements of a list in their order, and the elements of a set sorted.

    A set that is not of codes has a table, as a list has.
    """
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
