"""Adapts generated data to the rules by removing fields and entities that have findings.

No rule reports that an optional value is missing. So the removal always ends, and needs no
knowledge of the rules. A pinned field has a value that the caller gave, so it is not changed. A
register is a collection of the entities of one class, by key. A portfolio is all entities of one
document.
"""

import functools
import itertools
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.facts.reference_portfolio import programme, reference
from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.field_types import EnumMember, Ref
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.value import FieldSpec, fields_of
from tulevaisuus.rules.checking import check

__all__ = [
    "MayRemove",
    "bundled_keys",
    "errors_and_warnings",
    "portfolio_of",
    "remove_findings",
    "remove_findings_of",
]

MayRemove: TypeAlias = Callable[[Entity, str | None], bool]
"""Returns whether a field of an entity may be unset; for ``None``, whether it may be removed."""

T = TypeVar("T", bound=Entity)


def errors_and_warnings(portfolio: Portfolio) -> list[Finding]:
    """Return the errors and warnings in a portfolio."""
    return [each for each in check(portfolio).findings if each.severity > Severity.NOTE]


def remove_findings(portfolio: Portfolio, may_remove: MayRemove) -> Portfolio:
    """Unset fields and remove entities with errors or warnings, as far as that is allowed."""
    while True:
        changed: dict[str, dict[int, Entity | None]] = {}
        for finding in errors_and_warnings(portfolio):
            # A path may be shorter than /grants/3/usable: empty texts replace what it lacks.
            name, index, field = (*json_pointers.split(finding.path), "", "")[:3]
            if name in REGISTERS:
                entity = [*portfolio.registers()[name]][int(index)]
                changed_entity = _unset_or_remove(entity, field, may_remove)
                if changed_entity is not entity:
                    changed.setdefault(name, {})[int(index)] = changed_entity
        if not changed:
            return portfolio
        registers = {name: _replace(portfolio.registers()[name], changed[name]) for name in changed}
        portfolio = attrs.evolve(portfolio, **cast("dict[str, Any]", registers))


def _replace(register: Register[Entity], changed: Mapping[int, Entity | None]) -> Register[Entity]:
    """Replace the entities at these indices; ``None`` removes an entity."""
    entities = (changed.get(index, entity) for index, entity in enumerate(register))
    return Register(entity for entity in entities if entity is not None)


def _unset_or_remove(entity: Entity, field: str, may_remove: MayRemove) -> Entity | None:
    """Unset the field; if that is not allowed, remove the entity, or unset all other fields."""
    specs = fields_of(type(entity))
    names = [
        name
        for name in entity.set_fields()
        if not specs[name].required and may_remove(entity, name)
    ]
    if field in names:
        names = [field]
    elif may_remove(entity, None):
        return None
    cleared = {name: specs[name].default for name in names}
    return attrs.evolve(entity, **cast("dict[str, Any]", cleared)) if cleared else entity


def portfolio_of(entity: Entity) -> Portfolio:
    """Return a portfolio of one entity."""
    return Portfolio(**cast("dict[str, Any]", {entity.plural: [entity]}))


def remove_findings_of(entity: T, pins: Mapping[str, object]) -> T:
    """Adapt an entity to the rules; pinned fields are kept, even if they break one."""
    if not isinstance(entity, REGISTERS.get(entity.plural, ())):
        return entity
    changed = remove_findings(
        portfolio_of(entity), lambda _, field: field is not None and field not in pins
    )
    (kept,) = changed.registers()[entity.plural]
    return _fit_references(cast("T", kept), pins)


def _fit_references(entity: T, pins: Mapping[str, object]) -> T:
    """Replace references and codes that do not fit the pinned fields by better ones."""
    for spec in fields_of(type(entity)).values():
        if spec.required and spec.name not in pins and errors_and_warnings(portfolio_of(entity)):
            others = [_with_field(entity, spec.name, value) for value in _alternatives(spec)]
            entity = min(
                (entity, *others), key=lambda each: len(errors_and_warnings(portfolio_of(each)))
            )
    return entity


def _with_field(entity: T, name: str, value: object) -> T:
    return attrs.evolve(entity, **cast("dict[str, Any]", {name: value}))


def _alternatives(spec: FieldSpec) -> list[object]:
    match spec.type:
        case Ref() as field_type:
            return [*bundled_keys(field_type.registers)]
        case EnumMember() as field_type:
            return [*field_type.enum]
        case _:
            return []


@functools.cache
def bundled_keys(registers: tuple[str, ...]) -> tuple[Key, ...]:
    """Return the keys of bundled registers; for regions, only those of the programme."""
    if registers == ("regions",):
        return programme.regions or ()
    return tuple(itertools.chain(*(reference.registers()[name].keys() for name in registers)))
