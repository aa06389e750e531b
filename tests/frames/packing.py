"""Combine many documents into one, each with its own keys, so that one check covers all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import tulevaisuus as tul
from tests.frames.agreement import loaded
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["packed"]

RENAMED = ("organisations", "calls", "projects", "grants", "centres", "posts", "bodies", "sources")
"""The registers whose keys are names that anybody gives; those of the others are codes."""


def packed(documents: Iterable[Mapping[str, Any]], most: int = 100) -> list[tul.Portfolio]:
    """Put documents together, each with its own keys, so that one check covers many.

    What has the key of a fact keeps it. So a document that has such an entity in other words than
    one before it begins a new portfolio.

    Args:
        documents: The registers of each.
        most: So many documents are in one portfolio at most.
    """
    packs: list[_Pack] = []
    for number, document in enumerate(documents):
        pack = next((each for each in packs if each.number < most and each.takes(document)), None)
        if pack is None:
            pack = _Pack()
            packs.append(pack)
        pack.add(document, number)
    return [loaded(pack.registers) for pack in packs]


class _Pack:
    """Documents that are combined into one."""

    def __init__(self) -> None:
        self.number = 0
        self.registers: dict[str, Any] = {}
        self.facts: dict[tuple[str, str], Any] = {}

    def takes(self, document: Mapping[str, Any]) -> bool:
        """Return whether a document redefines no fact in another way."""
        facts = _facts_of(document)
        return all(self.facts.get(key, value) == value for key, value in facts.items())

    def add(self, document: Mapping[str, Any], number: int) -> None:
        """Add a document to the others, without facts that are there already."""
        facts = _facts_of(document)
        new = {key: value for key, value in facts.items() if key not in self.facts}
        names = _names(document, number)
        for register, entities in document.items():
            if register == "programme":
                self.registers[register] = entities
                continue
            kept = [
                _renamed(each, names)
                for each in entities
                if (register, _key(register, each)) in new
                or (register, _key(register, each)) not in facts
            ]
            self.registers.setdefault(register, []).extend(kept)
        self.facts |= facts
        self.number += 1


def _facts_of(document: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    """Return the entities of a document that have the key of a fact, or of another scheme."""
    found: dict[tuple[str, str], Any] = {}
    for register, entities in document.items():
        if register == "programme":
            found[register, ""] = entities
            continue
        known = {str(each.key) for each in getattr(tul.reference, register)}
        for entity in entities:
            key = _key(register, entity)
            if key in known or "FI-PRO" in key or register not in RENAMED:
                found[register, key] = entity
    return found


def _key(register: str, entity: Mapping[str, Any]) -> str:
    fields = REGISTERS[register].key_fields
    return " ".join(str(entity[each]) for each in fields)


def _names(document: Mapping[str, Any], number: int) -> dict[str, str]:
    """Return a new name for each key that a document defines."""
    facts = _facts_of(document)
    own = {
        _key(register, each)
        for register, entities in document.items()
        for each in (entities if register in RENAMED else ())
        if (register, _key(register, each)) not in facts
    }
    return {name: f"{name}-{number:05}" for name in own}


def _renamed(value: object, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return {key: _renamed(each, names) for key, each in items}
    if isinstance(value, Sequence):
        return [_renamed(each, names) for each in cast("Sequence[object]", value)]
    return value
