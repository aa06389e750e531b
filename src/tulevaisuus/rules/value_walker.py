"""Finds all values with certain field types in the entities of a document, at any depth.

Rules on references and dates look at nearly every field of every entity, and find something in few
of them. So a `Search` first looks at each field of a class once for the whole document, and judges
each distinct value once. After that, it only walks through the fields in which it found something.
"""

import operator
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple, TypeAlias, TypeVar, cast

from tulevaisuus._grouping import group_by
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.value import Value, fields_of

__all__ = ["Condition", "FoundValue", "Search", "Walker", "entities_by_class"]


V = TypeVar("V", bound=Value)


class FoundValue(NamedTuple):
    """A value in an entity: its JSON Pointer, the value, and the type of its field."""

    path: str
    value: object
    type: FieldType


Condition: TypeAlias = Callable[[object, FieldType], bool]
"""Takes a value and its field type; returns whether the value is to be returned."""


class _Field(NamedTuple):
    """A field to visit, its type, and a function that returns its value of an object."""

    name: str
    type: FieldType
    value_of: Callable[[object], object]


class Walker:
    """Visits the values with certain field types in an object, also in lists and nested values.

    The fields to visit are computed once for each class. Unset fields and empty lists are skipped.
    """

    def __init__(self, is_leaf: Callable[[FieldType], bool]) -> None:
        """Keep the function that selects the field types whose values are visited."""
        self._is_leaf = is_leaf
        self._fields: dict[type[Value], tuple[_Field, ...]] = {}  # the fields to visit
        self._in_progress: set[type[Value]] = set()  # the classes whose fields are being computed

    def fields_to_visit(self, cls: type[Value]) -> Sequence[_Field]:
        """Return the fields of a class that can contain such values."""
        if cls not in self._fields:
            self._in_progress.add(cls)
            specs = [spec for spec in fields_of(cls).values() if self._is_visited(spec.type)]
            self._in_progress.discard(cls)
            self._fields[cls] = tuple(
                _Field(spec.name, spec.type, operator.attrgetter(spec.name)) for spec in specs
            )
        return self._fields[cls]

    def _is_visited(self, field_type: FieldType) -> bool:
        while isinstance(field_type, ListOf) and not self._is_leaf(field_type):
            field_type = field_type.item
        if self._is_leaf(field_type):
            return True
        # A class of a user may contain itself: then its fields are being computed already.
        return isinstance(field_type, ObjectOf) and (
            field_type.cls in self._in_progress or bool(self.fields_to_visit(field_type.cls))
        )

    def walk(
        self, path: str, value: object, fields: Iterable[_Field], condition: Condition
    ) -> Iterator[FoundValue]:
        """Return the values in some fields of an object that meet a condition.

        Args:
            path: The JSON Pointer of the object.
            value: The object.
            fields: The fields to visit.
            condition: The condition.

        """
        for field in fields:
            inner = field.value_of(value)
            if inner:
                yield from self._walk_value(f"{path}/{field.name}", inner, field.type, condition)

    def _walk_value(
        self, path: str, value: object, field_type: FieldType, condition: Condition
    ) -> Iterator[FoundValue]:
        if self._is_leaf(field_type):
            if condition(value, field_type):
                yield FoundValue(path, value, field_type)
        elif isinstance(field_type, ListOf):
            for index, item in enumerate(cast("tuple[object, ...]", value)):
                yield from self._walk_value(f"{path}/{index}", item, field_type.item, condition)
        else:
            fields = self.fields_to_visit(type(cast("Value", value)))
            yield from self.walk(path, value, fields, condition)

    def fields_with(self, objects: Collection[Value], condition: Condition) -> Iterator[_Field]:
        """Return the fields in which at least one of some objects of one class has such a value.

        Args:
            objects: The objects; at least one.
            condition: The condition.

        """
        cls = type(next(iter(objects)))
        for field in self.fields_to_visit(cls):
            # No loop of Python over the objects: a document may have very many of them.
            values = [*filter(None, map(field.value_of, objects))]
            if values and self._is_any(values, field.type, condition):
                yield field

    def _is_any(
        self, values: Iterable[object], field_type: FieldType, condition: Condition
    ) -> bool:
        """Return whether any value of a type meets the condition, or contains one that does."""
        if self._is_leaf(field_type):
            return any(map(condition, {*values}, repeat(field_type)))
        if isinstance(field_type, ListOf):
            items = chain.from_iterable(cast("Iterable[tuple[object, ...]]", values))
            return self._is_any(items, field_type.item, condition)
        groups = _by_class([*cast("Iterable[Value]", values)])
        return any(any(self.fields_with(objects, condition)) for objects in groups)


def entities_by_class(portfolio: Portfolio) -> Sequence[Collection[Entity]]:
    """Return the entities of a portfolio, grouped by their class."""
    programme = () if portfolio.programme is None else (portfolio.programme,)
    registers = (programme, *portfolio.registers().values())
    return [group for entities in registers if len(entities) for group in _by_class(entities)]


def _by_class(objects: Collection[V]) -> Iterable[Collection[V]]:
    """Group objects by their class; a class of a user may be derived from one of ours."""
    return [objects] if len({*map(type, objects)}) == 1 else group_by(objects, type).values()


class Search:
    """A search for the values in a document that meet a condition; true if there are any."""

    def __init__(
        self, walker: Walker, condition: Condition, groups: Iterable[Collection[Value]]
    ) -> None:
        """Find the fields that contain such values in any of the entities.

        Args:
            walker: Visits the values to judge.
            condition: The condition.
            groups: The entities of the document by class, from `entities_by_class`.

        """
        self._walker = walker
        self._condition = condition
        # The fields in which something was found.
        self._fields: dict[type[Value], list[_Field]] = {}
        for objects in groups:
            fields = [*walker.fields_with(objects, condition)]
            if fields:
                self._fields[type(next(iter(objects)))] = fields

    def __bool__(self) -> bool:
        """Return whether any value meets the condition."""
        return bool(self._fields)

    def found_in(self, entity: Value) -> Sequence[FoundValue]:
        """Return the values in an entity of the document, in the order of its fields."""
        fields = self._fields.get(type(entity))
        if fields is None:
            return ()
        return [*self._walker.walk("", entity, fields, self._condition)]
