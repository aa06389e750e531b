"""Duplicate keys (TSK008): `EntitiesByKey` keeps the first entity of each key, and reports others.

Readers and the constructor of `Register` use it. An entity that differs from the one with the same
key in the facts is reported by a rule in ``rules/document.py``. A register is a collection of the
entities of one class, by key.
"""

from typing import Generic, TypeVar

from tulevaisuus.findings import messages
from tulevaisuus.model.entity import Entity, Key, key_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.model.name_search import Keyed

__all__ = ["EntitiesByKey"]

T = TypeVar("T", bound="Keyed")


class EntitiesByKey(Generic[T]):
    """The entities of one register by key: the first of each key, in their order.

    Readers also remember the keys of rejected entities here. So a repeated key is reported although
    one of its entities has another error.
    """

    __slots__ = ("_keys_of_rejected", "entities")

    def __init__(self) -> None:
        """Start without entities."""
        self.entities: dict[Key, T] = {}
        self._keys_of_rejected: set[Key] = set()

    def add(self, entity: T) -> "Finding | None":
        """Add an entity; if an earlier one has its key, return a finding instead."""
        key = entity.key
        if key in self.entities:
            return _duplicate_key(entity, key)
        self.entities[key] = entity
        return None

    def repeats_rejected(self, entity: T) -> "Finding | None":
        """Return a finding if a rejected entity has the key of an entity."""
        if not self._keys_of_rejected:  # true for most sources; saves the look for the key
            return None
        key = entity.key
        return _duplicate_key(entity, key) if key in self._keys_of_rejected else None

    def add_rejected(self, cls: type[Entity], key: Key) -> "Finding | None":
        """Remember the key of a rejected entity; if an earlier one has it, return a finding."""
        is_repeated = key in self.entities or key in self._keys_of_rejected
        self._keys_of_rejected.add(key)
        return _duplicate_key(cls, key) if is_repeated else None


def _duplicate_key(entity: object, key: Key) -> "Finding":
    """Make the finding for a repeated key; its path is the last field of the key.

    Args:
        entity: The entity or, if it was rejected, its class.
        key: The key.
    """
    from tulevaisuus.model.name_search import singular_of

    fields: tuple[str, ...] = getattr(entity, "key_fields", ("key",))
    finding = messages.DUPLICATE_ID.finding(f"/{fields[-1]}", key=key_text(key))
    return finding.with_subject(f"{singular_of(entity)} {key_text(key)}")
