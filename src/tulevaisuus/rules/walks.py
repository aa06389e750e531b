"""Walks to all values of a field type within an entity: made once per class, for all rules."""

import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf
from tulevaisuus.model.value import Value, fields_of

__all__ = ["Found", "Walker"]


class Found(NamedTuple):
    """A value within an entity, where it is, and the type of its field."""

    at: str
    value: object
    type: FieldType


Walk: TypeAlias = Callable[[str, object], Iterator[Found]]
"""From the pointer of a value, and the value, to what is looked for within it."""


class Walker:
    """Finds the values of some field types, in lists and in values within values."""

    def __init__(self, is_wanted: Callable[[FieldType], bool]) -> None:
        """Take what tells the wanted field types from the others."""
        self._is_wanted = is_wanted
        self._walks: dict[type[Value], tuple[tuple[str, FieldType | None, Walk], ...]] = {}
        self._open: set[type[Value]] = set()

    def walk(self, value: Value) -> Iterator[Found]:
        """Return the values, in the order of the fields; one that is not set is none."""
        return self._of_fields("", value)

    def _of_fields(self, at: str, value: object) -> Iterator[Found]:
        for name, wanted, walk in self._walks_of(type(cast("Value", value))):
            held: object = getattr(value, name)
            if not held:  # unknown or empty
                continue
            if wanted is not None:  # the usual case by far, and a generator less
                yield Found(f"{at}/{name}", held, wanted)
            else:
                yield from walk(f"{at}/{name}", held)

    def _walks_of(self, cls: type[Value]) -> tuple[tuple[str, FieldType | None, Walk], ...]:
        """Return the fields of a class with something to find, each with what walks its values."""
        walks = self._walks.get(cls)
        if walks is None:
            self._open.add(cls)
            fields = [(spec, self._walk(spec.type)) for spec in fields_of(cls).values()]
            self._open.discard(cls)
            walks = self._walks[cls] = tuple(
                (spec.name, spec.type if self._is_wanted(spec.type) else None, walk)
                for spec, walk in fields
                if walk is not None
            )
        return walks

    def _walk(self, field_type: FieldType) -> Walk | None:
        if self._is_wanted(field_type):
            return functools.partial(_one, field_type)
        match field_type:
            case ListOf():
                inner = self._walk(field_type.item)
                return inner and functools.partial(_each, inner)
            # A user's class may contain itself: then its own fields are being looked at already.
            case ObjectOf() if field_type.cls in self._open or self._walks_of(field_type.cls):
                return self._of_fields
            case _:
                return None


def _one(field_type: FieldType, at: str, value: object) -> Iterator[Found]:
    yield Found(at, value, field_type)


def _each(walk: Walk, at: str, values: object) -> Iterator[Found]:
    for place, value in enumerate(cast("tuple[object, ...]", values)):
        yield from walk(f"{at}/{place}", value)
