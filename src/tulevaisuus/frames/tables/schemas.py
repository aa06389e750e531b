"""The schemas of the tables: their columns, and which of them are required.

The entities of a class (its register) have a main table; each of their lists has a table of its
own.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from tulevaisuus.findings import messages
from tulevaisuus.formats.row_writing_and_columns import FieldPath, Table
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf, Scalar
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.value import FieldSpec, Value, fields_of

__all__ = ["CLASSES", "SCHEMAS", "Field", "TableSchema", "schemas_of"]

CLASSES: Mapping[str, type[Entity]] = {"programme": Programme, **REGISTERS}
"""The class of each main table."""


class Field(NamedTuple):
    """The field in a column: the name of the column, the type, and whether no cell may be empty.

    ``default`` is the value that an empty cell stands for; ``None`` if it means "unknown". If the
    field is part of an optional object, such as the start of a period, ``siblings`` are the columns
    of the other fields of that object: if one of them has a value, this column must have one, too.
    """

    column: str
    type: FieldType
    required: bool
    siblings: tuple[str, ...] = ()
    default: object = None


class TableSchema(NamedTuple):
    """A table, the main table that it belongs to, and its fields.

    ``main_table`` and ``parent_table`` are names. The parent of a list is the table of the objects
    that contain it: the main table or, for a list in a list, the table of the outer list. A main
    table has the parent ``""``. ``periods`` are the pairs of columns with the bounds of a period.

    The ``table`` of a list begins with its ``owner_columns``: the key of the entity, then the
    position of the row in each list around it.
    """

    table: Table
    main_table: str
    parent_table: str
    fields: tuple[Field, ...]
    periods: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    @property
    def is_list(self) -> bool:
        """Whether it is the table of a list."""
        return bool(self.parent_table)

    @property
    def position_columns(self) -> tuple[str, ...]:
        """The columns with positions in lists, the outer list first."""
        return tuple(self.table.owner_columns)[len(self.key_columns) :]

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns with the key of the entity."""
        key_fields = CLASSES[self.main_table].key_fields
        return tuple(self.table.owner_columns)[: len(key_fields)] if self.is_list else key_fields

    def code_if_empty(self, field: Field) -> str:
        """Return the code of the finding on an empty cell that must have a value.

        In the column of a field it is TSK003, the code of a missing field. Other columns have
        positions, or the values of a list without fields. There it is TSK002, the code of a value
        with a wrong type, as the value is ``None``.
        """
        path, _ = self.table.columns.get(field.column, ((), None))
        is_column_of_field = path != ()
        return messages.MISSING_FIELD.code if is_column_of_field else messages.WRONG_TYPE.code


@functools.cache
def schemas_of(main_table: str) -> tuple[TableSchema, ...]:
    """Return the main table of a register and the tables of its lists."""
    cls = CLASSES[main_table]
    return tuple(_iter_schemas(Table.of(cls), ObjectOf(cls), main_table, ""))


def _iter_schemas(
    table: Table, row_type: FieldType, main_table: str, parent_table: str
) -> Iterator[TableSchema]:
    """Yield the schema of a table, then those of its lists."""
    if isinstance(row_type, ObjectOf):
        fields = tuple(_iter_fields(table, row_type.cls))
        periods = tuple(_iter_periods(table, row_type.cls))
    else:
        fields, periods = (Field("value", row_type, required=True),), ()
    yield TableSchema(table, main_table, parent_table, fields, periods)
    for list_table in table.lists:
        list_type = cast("ListOf", _type_at(cast("ObjectOf", row_type).cls, list_table.path))
        yield from _iter_schemas(list_table, list_type.item, main_table, table.name)


def _iter_fields(table: Table, cls: type[Value]) -> Iterator[Field]:
    for column, (path, field_type) in table.columns.items():
        steps = [*_steps_along(cls, path)]
        is_required = all(step.required for step in steps)
        siblings: tuple[str, ...] = ()
        if steps[-1].required and not is_required:  # required in an object that is optional
            siblings = tuple(
                other
                for other, (other_path, _) in table.columns.items()
                if other_path[:-1] == path[:-1] and other != column
            )
        yield Field(column, field_type, is_required, siblings, _default_cell(steps))


def _steps_along(cls: type[Value], path: FieldPath) -> Iterator[FieldSpec]:
    """Yield the fields on a path: first that of the class, then that of the object in it."""
    container = cls
    for name in path:
        spec = fields_of(container)[name]
        yield spec
        if isinstance(spec.type, ObjectOf):
            container = cast("type[Value]", spec.type.cls)


def _default_cell(steps: Sequence[FieldSpec]) -> object:
    """Return the cell for the default of an optional field.

    ``None`` if there is no default, if the field is required or has no single cell, or if it is in
    a nested object.
    """
    (first, *inner) = steps
    if inner or first.default is None or not isinstance(first.type, Scalar) or first.required:
        return None
    return first.type.to_cell(first.default)


def _type_at(cls: type[Value], path: FieldPath) -> FieldType:
    return [*_steps_along(cls, path)][-1].type


def _iter_periods(table: Table, cls: type[Value]) -> Iterator[tuple[str, str]]:
    """Yield the columns with the start and the end of each period."""
    for column, (path, _) in table.columns.items():
        *object_path, name = path
        object_type = _type_at(cls, tuple(object_path)) if object_path else None
        is_in_period = isinstance(object_type, ObjectOf) and issubclass(object_type.cls, Period)
        if is_in_period and name == "start":
            yield column, "_".join((*object_path, "end"))


SCHEMAS: Mapping[str, TableSchema] = {
    schema.name: schema for main_table in CLASSES for schema in schemas_of(main_table)
}
"""Every table by its name."""
