"""Where a thing names the keys of other things: found once per class, walked for every thing."""

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf, Ref
from tulevaisuus.model.value import Value, fields_of

__all__ = ["Reference", "references_of"]


class Reference(NamedTuple):
    """A key that a thing names, where it stands, and the registers it may be in."""

    at: str
    key: str
    registers: tuple[str, ...]


Walk: TypeAlias = Callable[[object], Iterator[Reference]]


_WALKS: dict[type[Value], Mapping[str, Walk]] = {}


def references_of(value: Value) -> Iterator[Reference]:
    """Return every key that a value names, in the order of its fields."""
    for name, walk in _walks(type(value)).items():
        held: object = getattr(value, name)
        if held is not None:
            for found in walk(held):
                yield found._replace(at=f"/{name}{found.at}")


def _walks(cls: type[Value]) -> Mapping[str, Walk]:
    if cls not in _WALKS:
        walks = ((name, _walk(spec.type)) for name, spec in fields_of(cls).items())
        _WALKS[cls] = {name: walk for name, walk in walks if walk is not None}
    return _WALKS[cls]


def _walk(field_type: FieldType) -> Walk | None:
    match field_type:
        case Ref():
            return functools.partial(_one, field_type.registers)
        case ListOf():
            inner = _walk(field_type.item)
            return inner and functools.partial(_each, inner)
        case ObjectOf() if _walks(field_type.cls):
            return cast("Walk", references_of)
        case _:
            return None


def _one(registers: tuple[str, ...], key: object) -> Iterator[Reference]:
    yield Reference("", cast("str", key), registers)


def _each(walk: Walk, values: object) -> Iterator[Reference]:
    for place, value in enumerate(cast("tuple[object, ...]", values)):
        for found in walk(value):
            yield found._replace(at=f"/{place}{found.at}")
