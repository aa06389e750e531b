"""References of an entity: the keys of other entities in its fields.

A register is a collection of the entities of one class, by key.
"""

from typing import NamedTuple, Self, cast

from tulevaisuus.model.field_types import FieldType, Ref
from tulevaisuus.rules.value_walker import FoundValue, Walker

__all__ = ["CODE_REGISTERS", "TO_CODES", "TO_OTHER_KEYS", "Reference"]

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

    @classmethod
    def of(cls, found: FoundValue) -> Self:
        """Return the reference that a `Search` for references has found."""
        return cls(found.path, cast("str", found.value), cast("Ref", found.type).registers)


def _refers_to_codes(field_type: FieldType) -> bool:
    return isinstance(field_type, Ref) and not CODE_REGISTERS.isdisjoint(field_type.registers)


def _refers_to_other_keys(field_type: FieldType) -> bool:
    return isinstance(field_type, Ref) and CODE_REGISTERS.isdisjoint(field_type.registers)


TO_CODES = Walker(_refers_to_codes)
"""Visits the references to codes: of regions, themes ..."""

TO_OTHER_KEYS = Walker(_refers_to_other_keys)
"""Visits the references to other keys: of calls, organisations ..."""
