"""Choosing the class of plain data if an annotation allows several: ``Register[Entity]``."""

from collections.abc import Collection
from typing import cast, get_args

from tulevaisuus.findings import messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.formats.decoding import decode
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import invalid_value
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import fields_of

__all__ = ["decode_one_of", "entity_classes"]


def entity_classes(item: object) -> tuple[type[Entity], ...]:
    """Return the classes that ``Register[item]`` allows; for `Entity` all of ours."""
    named = [each for each in (item, *get_args(item)) if isinstance(each, type)]
    found = [each for each in named if issubclass(each, Entity)]
    return tuple(REGISTERS.values()) if Entity in found or not found else tuple(found)


def decode_one_of(classes: Collection[type[Entity]], raw: object) -> Entity:
    """Read an entity of one of several classes; `InvalidValueError` if none or several accept it.

    If none does, the errors are those of the class with the fewest.
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
    if len(accepted) > 1:
        names = tuple(type(each).__name__ for each in accepted)
        raise invalid_value(messages.UNCLEAR_CLASS, known=names)
    return accepted[0]


def _possible_classes(classes: Collection[type[Entity]], raw: object) -> Collection[type[Entity]]:
    """Return the classes whose fields an object has, or all of them if it has those of none."""
    given = cast("dict[str, object]", raw).keys() if isinstance(raw, dict) else None
    fitting = [
        cls
        for cls in classes
        if given is not None
        and given <= fields_of(cls).keys()
        and all(name in given for name, spec in fields_of(cls).items() if spec.required)
    ]
    return fitting or classes
