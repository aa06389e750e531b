"""Duplicate keys (TSK008): `EntitiesByKey` keeps the first entity of each key, and reports others.

Readers and the constructor of `Register` use it. That a document may not contradict a bundled fact
with the same key is a rule, in ``rules/document.py``.
"""

from typing import Generic, TypeVar

from tulevaisuus.findings import messages
from tulevaisuus.model.entity import Key, key_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.model.name_search import Keyed

__all__ = ["EntitiesByKey"]

T = TypeVar("T", bound="Keyed")


class EntitiesByKey(Generic[T]):
    """The entities of one register by key: the first of each key, in their order."""

    __slots__ = ("entities",)

    def __init__(self) -> None:
        """Start without entities."""
        self.entities: dict[Key, T] = {}

    def add(self, entity: T) -> "Finding | None":
        """Add an entity; if an earlier one has its key, return a finding instead."""
        key = entity.key
        if key in self.entities:
            return _duplicate_key(entity)
        self.entities[key] = entity
        return None


def _duplicate_key(entity: "Keyed") -> "Finding":
    """Make the finding for a repeated key; its path is the last field of the key."""
    from tulevaisuus.model.name_search import singular_of

    fields: tuple[str, ...] = getattr(entity, "key_fields", ("key",))
    finding = messages.DUPLICATE_ID.finding(f"/{fields[-1]}", key=key_text(entity.key))
    return finding.with_subject(f"{singular_of(entity)} {key_text(entity.key)}")
