"""`Walker`: finds all values of some field types within an entity, at any depth."""

import functools
from collections.abc import Callable
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf
from tulevaisuus.model.value import Value, fields_of

__all__ = ["Found", "Test", "Walk", "Walker", "always"]


class Found(NamedTuple):
    """A value within an entity, where it is, and the type of its field."""

    at: str
    value: object
    type: FieldType


Test: TypeAlias = Callable[[object, FieldType], bool]
"""Whether to return a value of a field type."""

Walk: TypeAlias = Callable[[str, object, Test, list[Found]], None]
"""Adds what it finds in a value to a list; takes the value's pointer, value, a test, the list."""


def always(value: object, field_type: FieldType) -> bool:
    """Return every value."""
    del value, field_type
    return True


class _Step(NamedTuple):
    """A field to visit; ``wanted`` is its type if its value itself is one to return."""

    name: str
    wanted: FieldType | None
    walk: Walk


class Walker:
    """Finds the values of some field types, also in lists and in nested values.

    Rules walk through every entity and find something in few. So it is fast for entities without a
    result: which fields to visit is computed once for each class, and pointers are only made for
    values that pass the test.
    """

    def __init__(self, is_wanted: Callable[[FieldType], bool]) -> None:
        """Take the function that tells which field types are wanted."""
        self._is_wanted = is_wanted
        self._steps: dict[type, tuple[_Step, ...]] = {}
        self._open: set[type[Value]] = set()

    def walk(self, value: Value, test: Test = always) -> list[Found]:
        """Return the values that pass a test, in the order of the fields, without unset ones."""
        found: list[Found] = []
        if self._steps.get(type(value)) != ():
            self._walk_fields("", value, test, found)
        return found

    def _walk_fields(self, at: str, value: object, test: Test, found: list[Found]) -> None:
        try:  # nearly always the class is known
            steps = self._steps[type(value)]
        except KeyError:
            steps = self._steps_of(type(cast("Value", value)))
        for name, wanted, walk in steps:
            held: object = getattr(value, name)
            if not held:  # unknown or empty
                continue
            if wanted is None:
                walk(f"{at}/{name}", held, test, found)
            elif test(held, wanted):
                found.append(Found(f"{at}/{name}", held, wanted))

    def _steps_of(self, cls: type[Value]) -> tuple[_Step, ...]:
        """Return the fields of a class to visit, each with the function for its value."""
        if cls not in self._steps:
            self._open.add(cls)
            steps = [self._step(spec.name, spec.type) for spec in fields_of(cls).values()]
            self._open.discard(cls)
            self._steps[cls] = tuple(step for step in steps if step is not None)
        return self._steps[cls]

    def _step(self, name: str, field_type: FieldType) -> _Step | None:
        if self._is_wanted(field_type):
            return _Step(name, field_type, self._walk_fields)
        walk = self._walk_of(field_type)
        return walk and _Step(name, None, walk)

    def _walk_of(self, field_type: FieldType) -> Walk | None:
        match field_type:
            case ListOf() if self._is_wanted(field_type.item):
                return functools.partial(_wanted_each, field_type.item)
            case ListOf():
                inner = self._walk_of(field_type.item)
                return inner and functools.partial(_each, inner)
            # A user's class may contain itself: then its steps are being computed already.
            case ObjectOf() if field_type.cls in self._open or self._steps_of(field_type.cls):
                return self._walk_fields
            case _:
                return None


def _wanted_each(
    field_type: FieldType, at: str, values: object, test: Test, found: list[Found]
) -> None:
    for place, value in enumerate(cast("tuple[object, ...]", values)):
        if test(value, field_type):
            found.append(Found(f"{at}/{place}", value, field_type))


def _each(walk: Walk, at: str, values: object, test: Test, found: list[Found]) -> None:
    for place, value in enumerate(cast("tuple[object, ...]", values)):
        walk(f"{at}/{place}", value, test, found)
