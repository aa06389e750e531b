"""Walks to all values of a field type within an entity: made once per class, for all rules."""

import functools
from collections.abc import Callable
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf
from tulevaisuus.model.value import Value, fields_of

__all__ = ["Found", "Test", "Walker", "always"]


class Found(NamedTuple):
    """A value within an entity, where it is, and the type of its field."""

    at: str
    value: object
    type: FieldType


Test: TypeAlias = Callable[[object, FieldType], bool]
"""Whether a value of a field type is looked for."""

Walk: TypeAlias = Callable[[str, object, Test, list[Found]], None]
"""From the pointer of a value, the value and a test to what is found within it, added to a list."""


def always(value: object, field_type: FieldType) -> bool:
    """Look for every value."""
    del value, field_type
    return True


class _Step(NamedTuple):
    """A field with something to find; ``wanted`` is its type if its own value is what counts."""

    name: str
    wanted: FieldType | None
    walk: Walk


class Walker:
    """Finds the values of some field types, in lists and in values within values.

    Rules walk through every entity and find something in few. So nothing is made for a value that
    fails the test, neither its pointer nor a generator.
    """

    def __init__(self, is_wanted: Callable[[FieldType], bool]) -> None:
        """Take what tells the wanted field types from the others."""
        self._is_wanted = is_wanted
        self._steps: dict[type, tuple[_Step, ...]] = {}
        self._open: set[type[Value]] = set()

    def walk(self, value: Value, test: Test = always) -> list[Found]:
        """Return the values that pass a test, in the order of the fields; an unset one is none."""
        found: list[Found] = []
        if self._steps.get(type(value)) != ():
            self._walk_fields("", value, test, found)
        return found

    def _walk_fields(self, at: str, value: object, test: Test, found: list[Found]) -> None:
        try:  # nearly always such an object has been met before
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
        """Return the fields of a class with something to find, each with what walks its values."""
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
            # A user's class may contain itself: then its own fields are being looked at already.
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
