"""`Walker`: finds all values with certain field types in an entity, at any depth."""

import functools
from collections.abc import Callable
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf
from tulevaisuus.model.value import Value, fields_of

__all__ = ["Condition", "FoundValue", "Walk", "Walker", "always"]


class FoundValue(NamedTuple):
    """A value in an entity: its JSON Pointer, the value, and the type of its field."""

    path: str
    value: object
    type: FieldType


Condition: TypeAlias = Callable[[object, FieldType], bool]
"""Takes a value and its field type; returns whether the walker should return the value."""

Walk: TypeAlias = Callable[[str, object, Condition, list[FoundValue]], None]
"""Takes a JSON Pointer, the value there, a condition and a list to add the found values to."""


def always(value: object, field_type: FieldType) -> bool:
    """Return ``True``: the condition that every value meets."""
    del value, field_type
    return True


class _Step(NamedTuple):
    """A field to visit; ``leaf_type`` is its type if its own value is to be returned."""

    name: str
    leaf_type: FieldType | None
    walk: Walk


class Walker:
    """Finds the values with certain field types, also in lists and in nested values.

    Rules walk through every entity and find something in few of them, so entities without a result
    must be fast. The fields to visit are computed once for each class, and JSON Pointers are made
    only for values that meet the condition.
    """

    def __init__(self, is_leaf: Callable[[FieldType], bool]) -> None:
        """Keep the function that selects field types."""
        self._is_leaf = is_leaf
        self._steps: dict[type, tuple[_Step, ...]] = {}
        self._in_progress: set[type[Value]] = set()

    def walk(self, value: Value, condition: Condition = always) -> list[FoundValue]:
        """Return the values that meet a condition, in the order of the fields; skip unset ones."""
        found: list[FoundValue] = []
        if self._steps.get(type(value)) != ():
            self._walk_fields("", value, condition, found)
        return found

    def _walk_fields(
        self, path: str, value: object, condition: Condition, found: list[FoundValue]
    ) -> None:
        """Add the values in the fields of an object that meet the condition."""
        try:  # the class is nearly always known
            steps = self._steps[type(value)]
        except KeyError:
            steps = self._steps_of(type(cast("Value", value)))
        for name, leaf_type, walk in steps:
            inner: object = getattr(value, name)
            if not inner:  # unknown or empty
                continue
            if leaf_type is None:
                walk(f"{path}/{name}", inner, condition, found)
            elif condition(inner, leaf_type):
                found.append(FoundValue(f"{path}/{name}", inner, leaf_type))

    def _steps_of(self, cls: type[Value]) -> tuple[_Step, ...]:
        """Return the fields of a class that must be visited, with the functions that visit them."""
        if cls not in self._steps:
            self._in_progress.add(cls)
            steps = [self._step(spec.name, spec.type) for spec in fields_of(cls).values()]
            self._in_progress.discard(cls)
            self._steps[cls] = tuple(step for step in steps if step is not None)
        return self._steps[cls]

    def _step(self, name: str, field_type: FieldType) -> _Step | None:
        """Return how to visit a field; ``None`` if it cannot contain values to return."""
        if self._is_leaf(field_type):
            return _Step(name, field_type, self._walk_fields)
        walk = self._walk_of(field_type)
        return walk and _Step(name, None, walk)

    def _walk_of(self, field_type: FieldType) -> Walk | None:
        """Return a function that finds the values in a list or an object, if it can contain any."""
        match field_type:
            case ListOf() if self._is_leaf(field_type.item):
                return functools.partial(_walk_leaves, field_type.item)
            case ListOf():
                walk_item = self._walk_of(field_type.item)
                return walk_item and functools.partial(_walk_items, walk_item)
            # A class of a user may contain itself: then its steps are being computed already.
            case ObjectOf() if field_type.cls in self._in_progress or self._steps_of(
                field_type.cls
            ):
                return self._walk_fields
            case _:
                return None


def _walk_leaves(
    field_type: FieldType, path: str, values: object, condition: Condition, found: list[FoundValue]
) -> None:
    """Add the elements of a list that meet the condition."""
    for index, value in enumerate(cast("tuple[object, ...]", values)):
        if condition(value, field_type):
            found.append(FoundValue(f"{path}/{index}", value, field_type))


def _walk_items(
    walk: Walk, path: str, values: object, condition: Condition, found: list[FoundValue]
) -> None:
    """Walk through each element of a list."""
    for index, value in enumerate(cast("tuple[object, ...]", values)):
        walk(f"{path}/{index}", value, condition, found)
