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
from tulevaisuus.model.value import Value, fields_of

__all__ = ["CLASSES", "SCHEMAS", "Field", "TableSchema", "schemas_of"]

CLASSES: Mapping[str, type[Entity]] = {"programme": Programme, **REGISTERS}
"""The class of each main table."""


class Field(NamedTuple):
    """A column: its type, and whether each row must have a value in it.

    ``default`` is the value of an empty cell, if it does not mean that the value is unknown.
    ``siblings`` are the other columns of an optional value; if one of them has a value, this column
    must have one, too.
    """

    column: str
    type: FieldType
    required: bool
    siblings: tuple[str, ...] = ()
    default: object = None


class TableSchema(NamedTuple):
    """A table, the main table that it belongs to, and its fields.

    ``periods`` are the pairs of columns with the bounds of a period.
    """

    table: Table
    main: str
    parent: str
    fields: tuple[Field, ...]
    periods: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    @property
    def is_list(self) -> bool:
        """Whether it is the table of a list."""
        return bool(self.parent)

    @property
    def place_columns(self) -> tuple[str, ...]:
        """The columns with positions in lists, the outer list first."""
        return tuple(self.table.owner_columns)[len(self.key_columns) :]

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns with the key of the entity."""
        key_fields = CLASSES[self.main].key_fields
        return tuple(self.table.owner_columns)[: len(key_fields)] if self.is_list else key_fields

    def code_if_empty(self, field: Field) -> str:
        """Return the finding code of a required cell without a value.

        A field is missing (TSK003); an element of a list is none and so has a wrong type (TSK002).
        """
        path = self.table.columns.get(field.column, ((),))[0]
        return messages.MISSING_FIELD.code if path else messages.WRONG_TYPE.code


@functools.cache
def schemas_of(main: str) -> tuple[TableSchema, ...]:
    """Return the main table of a register and the tables of its lists."""
    cls = CLASSES[main]
    return tuple(_schemas(Table.of(cls), ObjectOf(cls), main, ""))


def _schemas(table: Table, item: FieldType, main: str, parent: str) -> Iterator[TableSchema]:
    if isinstance(item, ObjectOf):
        fields = tuple(_fields(table, item.cls))
        periods = tuple(_periods(table, item.cls))
    else:
        fields, periods = (Field("value", item, required=True),), ()
    yield TableSchema(table, main, parent, fields, periods)
    for each in table.lists:
        listed = cast("ListOf", _type_at(cast("ObjectOf", item).cls, each.path))
        yield from _schemas(each, listed.item, main, table.name)


def _fields(table: Table, cls: type[Value]) -> Iterator[Field]:
    for column, (path, field_type) in table.columns.items():
        steps = [*_specs(cls, path)]
        needs = [spec.required for spec in steps]
        siblings: tuple[str, ...] = ()
        if needs[-1] and not all(needs):
            siblings = tuple(
                other
                for other, (other_path, _) in table.columns.items()
                if other_path[:-1] == path[:-1] and other != column
            )
        yield Field(column, field_type, all(needs), siblings, _default(steps))


def _specs(cls: type[Value], path: FieldPath) -> Iterator["_PathStep"]:
    for name in path:
        spec = fields_of(cls)[name]
        yield _PathStep(spec.type, spec.required, spec.default)
        if isinstance(spec.type, ObjectOf):
            cls = cast("type[Value]", spec.type.cls)


class _PathStep(NamedTuple):
    """The type of a field on a path, whether its object requires it, and its default."""

    type: FieldType
    required: bool
    default: object


def _default(steps: Sequence[_PathStep]) -> object:
    """Return the cell for the default of a field; ``None`` for a field of a nested object."""
    (first, *inner) = steps
    if inner or first.default is None or not isinstance(first.type, Scalar) or first.required:
        return None
    return first.type.to_cell(first.default)


def _type_at(cls: type[Value], path: FieldPath) -> FieldType:
    return [*_specs(cls, path)][-1].type


def _periods(table: Table, cls: type[Value]) -> Iterator[tuple[str, str]]:
    for column, (path, _) in table.columns.items():
        holder = [*_specs(cls, path)][-2].type if len(path) > 1 else None
        is_period = isinstance(holder, ObjectOf) and issubclass(holder.cls, Period)
        if is_period and path[-1:] == ("start",):
            yield column, "_".join((*path[:-1], "end"))


SCHEMAS: Mapping[str, TableSchema] = {
    schema.name: schema for main in CLASSES for schema in schemas_of(main)
}
"""Every table by its name."""
