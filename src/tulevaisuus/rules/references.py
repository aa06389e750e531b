"""Finds the references of an entity: the keys of other entities in its fields.

A register is a collection of the entities of one class, by key.
"""

from collections.abc import Sequence
from typing import NamedTuple, cast

from tulevaisuus.model.field_types import FieldType, Ref
from tulevaisuus.model.value import Value
from tulevaisuus.rules.value_walker import Condition, FoundValue, Walker, always

__all__ = ["CODE_REGISTERS", "Reference", "references_of"]

CODE_REGISTERS = frozenset(
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
"""Registers of codes: an unknown code is TSK005, an unknown key of another register TSK009."""


class Reference(NamedTuple):
    """A reference: its JSON Pointer in the entity, the key, and the registers it may be in."""

    path: str
    key: str
    registers: tuple[str, ...]


def references_of(
    value: Value, *, to_codes: bool, condition: Condition = always
) -> Sequence[Reference]:
    """Return the references of a value, in the order of its fields.

    Args:
        value: The entity, or a value within one.
        to_codes: Whether to return references to codes (of regions, themes ...) or to other keys
            (of calls, organisations ...).
        condition: Takes the key and the field type; only references for which it is ``True`` are
            returned. By default all are.

    """
    found = (_CODES if to_codes else _KEYS).walk(value, condition)
    return [_reference(each) for each in found] if found else ()


def _reference(found: FoundValue) -> Reference:
    return Reference(found.path, cast("str", found.value), cast("Ref", found.type).registers)


def _refers_to_codes(field_type: FieldType) -> bool:
    return isinstance(field_type, Ref) and not CODE_REGISTERS.isdisjoint(field_type.registers)


def _refers_to_other_keys(field_type: FieldType) -> bool:
    return isinstance(field_type, Ref) and CODE_REGISTERS.isdisjoint(field_type.registers)


_CODES = Walker(_refers_to_codes)
_KEYS = Walker(_refers_to_other_keys)
