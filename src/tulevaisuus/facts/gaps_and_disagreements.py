"""`gaps`: values that no source states; `disagreements`: sources that contradict each other.

The bundled facts are in registers, collections of the entities of one class by key.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import TypeAlias, cast

import attrs

from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.entity import Entity, Key, Note, is_entity_class, key_text
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["About", "Disagreement", "Gap", "disagreements", "gaps"]

About: TypeAlias = Entity | type[Entity] | str
"""An entity, a class of entities, or the name of a register, such as ``grants``."""


@attrs.frozen(kw_only=True, repr=False)
class Gap(PydanticFields):
    """An important field of a bundled entity whose value no source states.

    Attributes:
        register: The register of the entity, such as ``grants``.
        key: The key of the entity in that register, such as ``vs-2020``.
        field: The name of the field, such as ``decided_on``.
        likely: Where the value could probably be found; ``None`` if that is not known.
        notes: The notes of the entity on the field.
    """

    register: str
    key: Key
    field: str
    likely: LocalizedText | None
    notes: tuple[Note, ...]

    def __str__(self) -> str:
        """Return the names of the entity and the field."""
        return f"{self.register} {key_text(self.key)}: {self.field}"

    def __repr__(self) -> str:
        """Return the same in one short line."""
        return f"<Gap {self}>"


@attrs.frozen(kw_only=True, repr=False)
class Disagreement(PydanticFields):
    """A field of a bundled entity on which sources differ; `cite` gives these sources.

    Attributes:
        register: The register of the entity, such as ``regions``.
        key: The key of the entity in that register.
        field: The name of the field.
        note: The note that describes the difference, with its sources.
        also: The register and key of each other entity with the same note: for example, a wellbeing
            services county is a region and an organisation.
    """

    register: str
    key: Key
    field: str
    note: Note
    also: tuple[tuple[str, Key], ...] = ()

    def __str__(self) -> str:
        """Return the names of the entities and the field, and the note."""
        entities = ((self.register, self.key), *self.also)
        names = ", ".join(f"{register} {key_text(key)}" for register, key in entities)
        return f"{names}: {self.field}: {self.note.text}"

    def __repr__(self) -> str:
        """Return the first entity and the field in one short line."""
        return f"<Disagreement {self.register} {key_text(self.key)}: {self.field}>"


def gaps(of: About | None = None) -> tuple[Gap, ...]:
    """Return the figures and dates that are missing from the bundled facts, in their order.

    The file ``texts/fields_listed_as_gaps.toml`` lists the fields, and where their values could
    probably be found.

    Args:
        of: An entity, a class of entities or the name of a register, to return only its gaps.

    Raises:
        UnknownCodeError: The entity is not bundled, or documents have no such register.
        TypeError: ``of`` is none of these.

    >>> print(gaps()[0], "-", gaps()[0].likely.en)
    grants vs-2020: decided_on - ...
    >>> {gap.register for gap in gaps("projects")}
    {'projects'}
    """
    if of is None:
        return _all_gaps()
    is_about = _filter_of(of)
    return tuple(gap for gap in _all_gaps() if is_about(gap.register, gap.key))


def _filter_of(of: object) -> Callable[[str, Key], bool]:
    """Return the function that finds out whether a register and a key are those of an argument."""
    if isinstance(of, Entity):
        wanted = (of.plural, reference.registers()[_require_register(of.plural)][of.key].key)
        return lambda register, key: (register, key) == wanted
    named = cast("type[Entity]", of).plural if is_entity_class(of) else of
    require_argument(named, str, "of", "an entity, its class or the name of its register")
    name = _require_register(cast("str", named))
    return lambda register, _key: register == name


def _require_register(name: str) -> str:
    """Return the name of a register; raise an `UnknownCodeError` if documents do not have it."""
    if name not in REGISTERS:
        suggestions = suggest(name, REGISTERS)
        hint = f"; did you mean {suggestions[0]!r}?" if suggestions else ""
        raise UnknownCodeError(f"there is no register '{quote(name)}'{hint}", name, suggestions)
    return name


@functools.cache
def _all_gaps() -> tuple[Gap, ...]:
    return tuple(_find_gaps())


def _find_gaps() -> Iterator[Gap]:
    for name, fields in open_catalogue("tulevaisuus.facts", "fields_listed_as_gaps").items():
        for entity in reference.registers()[name]:
            for field, likely in fields.items():
                if getattr(entity, field) is None and _could_be_known(entity, field):
                    notes = tuple(note for note in entity.notes if note.field == field)
                    yield Gap(
                        register=name, key=entity.key, field=field, likely=likely, notes=notes
                    )


def _could_be_known(entity: Entity, field: str) -> bool:
    """Return whether the field could have a value: plans and applications have no decision."""
    decided = getattr(entity, "status", "granted") == "granted"
    return decided or field not in {"decided_on", "usable"}


def disagreements(of: About | None = None) -> tuple[Disagreement, ...]:
    """Return the fields on which sources of the bundled facts contradict each other, in order.

    Only notes with ``disagreement`` are listed; most notes only add information. A note that
    several entities have is listed once.

    Args:
        of: An entity, a class of entities or the name of a register, to return only those about it.

    Raises:
        UnknownCodeError: The entity is not bundled, or documents have no such register.
        TypeError: ``of`` is none of these.

    >>> [each.field for each in disagreements(reference.grants["vs-2021"])]
    ['amount_eur']
    """
    if of is None:
        return _all_disagreements()
    is_about = _filter_of(of)
    return tuple(
        each
        for each in _all_disagreements()
        if any(itertools.starmap(is_about, ((each.register, each.key), *each.also)))
    )


@functools.cache
def _all_disagreements() -> tuple[Disagreement, ...]:
    entities_by_note: dict[Note, list[tuple[str, Key]]] = {}
    for name, register in reference.registers().items():
        for entity in register:
            for note in entity.notes:
                if note.disagreement:
                    entities_by_note.setdefault(note, []).append((name, entity.key))
    return tuple(
        Disagreement(register=first[0], key=first[1], field=note.field, note=note, also=tuple(also))
        for note, (first, *also) in entities_by_note.items()
    )
