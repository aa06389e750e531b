"""Chooses the class of plain data if an annotation allows several, as ``Register[Entity]`` does."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import cast, get_args

from tulevaisuus.findings import messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.decoding import decode
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.type_errors import invalid_value
from tulevaisuus.model.value import fields_of

__all__ = ["decode_one_of", "entity_classes"]


def entity_classes(item: object) -> tuple[type[Entity], ...]:
    """Return the classes that ``Register[item]`` allows; for `Entity`, those of all registers."""
    classes = [argument for argument in (item, *get_args(item)) if isinstance(argument, type)]
    entities = [cls for cls in classes if issubclass(cls, Entity)]
    return tuple(REGISTERS.values()) if Entity in entities or not entities else tuple(entities)


def decode_one_of(classes: Collection[type[Entity]], raw: object) -> Entity:
    """Read an entity of one of several classes.

    An `InvalidValueError` is raised if several classes accept the data. If no class does, the error
    is that of the class with the fewest findings.
    """
    accepted: list[Entity] = []
    rejected: list[InvalidValueError] = []
    for cls in _possible_classes(classes, raw):
        try:
            accepted.append(decode(cls, raw))
        except InvalidValueError as error:
            rejected.append(error)
    if not accepted:
        raise min(rejected, key=lambda error: sum(number for *_, number in error.counts))
    first, *others = accepted
    if others:
        names = tuple(type(entity).__name__ for entity in accepted)
        raise invalid_value(messages.UNCLEAR_CLASS, known=names)
    return first


def _possible_classes(classes: Collection[type[Entity]], raw: object) -> Collection[type[Entity]]:
    """Return the classes that have all fields of an object, or else all classes."""
    if not isinstance(raw, dict):
        return classes
    names = cast("dict[str, object]", raw).keys()
    return [cls for cls in classes if _fits(cls, names)] or classes


def _fits(cls: type[Entity], names: AbstractSet[str]) -> bool:
    """Return whether a class has all these fields, and requires no others."""
    fields = fields_of(cls)
    required = {name for name, spec in fields.items() if spec.required}
    return required <= names <= fields.keys()
