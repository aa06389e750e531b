"""TSK0xx: the document itself.

Constructors and readers hold most of these rules, so here they are only explained; what needs the
bundled facts or the rest of the document is judged here.
"""

from collections.abc import Iterator
from typing import cast

from tulevaisuus.findings import expectations
from tulevaisuus.findings.suggestions import fold_name
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import Register
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.near_keys import dangling, escape_alike, meant_by, region_of_old_code
from tulevaisuus.rules.references import Reference
from tulevaisuus.rules.registry import Problem, Rule, problem, rule, texts

TEXTS = texts("document")

malformed_document: Rule = Rule(**TEXTS["TSK001"])
wrong_type: Rule = Rule(**TEXTS["TSK002"])
missing_field: Rule = Rule(**TEXTS["TSK003"])
unknown_field: Rule = Rule(**TEXTS["TSK004"])
bad_format: Rule = Rule(**TEXTS["TSK006"])
unsupported_version: Rule = Rule(**TEXTS["TSK007"])
period_reversed: Rule = Rule(**TEXTS["TSK011"])
amount_out_of_range: Rule = Rule(**TEXTS["TSK012"])
empty_text: Rule = Rule(**TEXTS["TSK013"])

_MAY_DIFFER = {"projects", "grants", "posts", "centres"}
"""Facts that a document may replace by entities of its own."""


@rule(Entity, **TEXTS["TSK005"])
def unknown_code(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find codes of regions, municipalities, areas, themes and roles that do not exist."""
    for reference in dangling(entity, context, coded=True):
        yield _unknown_code(reference, context)


def _unknown_code(reference: Reference, context: Context) -> Problem:
    """Help with old statutory numbers and with names of regions, which people write for codes."""
    if reference.registers != ("regions",):
        return _unknown(reference, context)
    region, message = region_of_old_code(reference.key, context), "statutory"
    if region is None:
        region, message = _named_region(reference, context), "name"
    if region is None:
        return _unknown(reference, context)
    found = expectations.quote(reference.key)
    return problem(reference.at, message, found=found, code=region.code, name=region.name)


def _named_region(reference: Reference, context: Context) -> Region | None:
    """Return the region whose very name was written; other texts only get suggestions."""
    regions = [context.region(each.code) for each in meant_by(reference, context)]
    wanted = fold_name(reference.key)
    named = (each for each in regions if each and wanted in map(fold_name, each.wordings()))
    return next(named, None)


def _unknown(reference: Reference, context: Context) -> Problem:
    meant = meant_by(reference, context)
    found = expectations.quote(escape_alike(reference.key, meant))
    if meant:
        return problem(reference.at, "near", found=found, suggestions=meant)
    return problem(reference.at, "nothing", found=found, register=reference.registers[0])


@rule(Entity, **TEXTS["TSK008"])
def duplicate_id(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find entities with the key of a bundled fact that differ from it."""
    theirs = _bundled(entity, context.reference)
    if theirs is not None and theirs != entity and entity.plural not in _MAY_DIFFER:
        yield problem(f"/{entity.key_fields[-1]}", "redefined", key=key_text(entity.key))


def _bundled(entity: Entity, reference: Portfolio) -> Entity | None:
    if not isinstance(entity, Programme):
        register = cast("Register[Entity]", getattr(reference, entity.plural))
        return register.get(entity.key)
    theirs = reference.programme
    return theirs if theirs is not None and theirs.key == entity.key else None


@rule(Entity, **TEXTS["TSK009"])
def dangling_reference(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find references to calls, projects, organisations, bodies and sources that are nowhere."""
    for reference in dangling(entity, context, coded=False):
        yield _unknown(reference, context)
