"""Where an entity refers to others by their keys: found once per class, walked for every entity."""

import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf, Ref
from tulevaisuus.model.value import Value, fields_of

__all__ = ["CODED", "Reference", "references_of"]

CODED = frozenset(
    {
        "areas",
        "hospital_districts",
        "maakunnat",
        "municipalities",
        "regions",
        "roles",
        "services",
        "themes",
    }
)
"""Registers of codes: an unknown one is TSK005, a key of any other register TSK009."""


class Reference(NamedTuple):
    """A key that an entity refers to, where it does so, and the registers it may be in."""

    at: str
    key: str
    registers: tuple[str, ...]


Walk: TypeAlias = Callable[[str, object], Iterator[Reference]]
"""From the pointer of a value, and the value, to the references within it."""

_WALKS: dict[tuple[type[Value], bool], tuple[tuple[str, Walk], ...]] = {}


def references_of(value: Value, *, coded: bool) -> Iterator[Reference]:
    """Return the references of a value, in the order of its fields.

    Args:
        value: The entity, or a value within one.
        coded: Whether to return references to codes (of regions, themes ...) or those to keys
            (of calls, organisations ...).

    """
    return _of_fields(coded, "", value)


def _of_fields(coded: bool, at: str, value: object) -> Iterator[Reference]:  # noqa: FBT001 - partial
    for name, walk in _walks(type(cast("Value", value)), coded=coded):
        held: object = getattr(value, name)
        if held:  # neither unknown nor empty
            yield from walk(f"{at}/{name}", held)


def _walks(cls: type[Value], *, coded: bool) -> tuple[tuple[str, Walk], ...]:
    """Return the fields of a class that lead to references, each with what walks its values."""
    key = (cls, coded)
    if key not in _WALKS:
        walks = ((name, _walk(spec.type, coded=coded)) for name, spec in fields_of(cls).items())
        _WALKS[key] = tuple((name, walk) for name, walk in walks if walk is not None)
    return _WALKS[key]


def _walk(field_type: FieldType, *, coded: bool) -> Walk | None:
    match field_type:
        case Ref() if coded != CODED.isdisjoint(field_type.registers):
            return functools.partial(_one, field_type.registers)
        case ListOf():
            inner = _walk(field_type.item, coded=coded)
            return inner and functools.partial(_each, inner)
        case ObjectOf() if _walks(field_type.cls, coded=coded):
            return functools.partial(_of_fields, coded)
        case _:
            return None


def _one(registers: tuple[str, ...], at: str, key: object) -> Iterator[Reference]:
    yield Reference(at, cast("str", key), registers)


def _each(walk: Walk, at: str, values: object) -> Iterator[Reference]:
    for place, value in enumerate(cast("tuple[object, ...]", values)):
        yield from walk(f"{at}/{place}", value)
