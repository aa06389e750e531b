"""TSK0xx: rules for the document itself.

Constructors and readers apply most of these rules, so here they have only their explanations. The
others need the bundled facts or the rest of the document; they are functions here. The severity,
evidence and texts of each rule are in ``severities_and_texts/tsk0_document.toml``.
"""

import datetime as dt
from collections.abc import Iterator
from typing import cast

from tulevaisuus.findings import found_values
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.ignored_words import normalise_for_search
from tulevaisuus.findings.lookalike_characters import distinguish
from tulevaisuus.model.business_id import ORG_ID_PREFIX, BusinessId, number_in_org_id
from tulevaisuus.model.entity import Alias, Entity, key_text
from tulevaisuus.model.field_types import Date
from tulevaisuus.model.labels import RegisterName
from tulevaisuus.model.organisation import Organisation
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.region import Region
from tulevaisuus.model.register import Register
from tulevaisuus.rules.business_ids import business_id_problem, owners_of_business_ids
from tulevaisuus.rules.dangling_references import (
    dangling_codes,
    dangling_keys,
    names_existing_entity,
    region_of_old_code,
    suggestions_for,
)
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.placeholder_days import is_placeholder
from tulevaisuus.rules.problem_messages import Problem, problem
from tulevaisuus.rules.references import Reference
from tulevaisuus.rules.rule_declaration import Rule, rule, texts
from tulevaisuus.rules.suggested_organisations import predecessor_named
from tulevaisuus.rules.value_walker import Search, Walker

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

_DATES = Walker(lambda field_type: isinstance(field_type, Date))
"""Visits the dates in an entity."""

_REPLACEABLE = {"projects", "grants", "posts", "centres"}
"""In these registers a document may replace bundled entities by its own."""


@rule(Entity, only_if=dangling_codes, **TEXTS["TSK005"])
def unknown_code(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find codes of regions, municipalities, areas, themes and roles that do not exist."""
    for found in context.shared(dangling_codes).found_in(entity):
        yield _unknown_code_problem(Reference.of(found), context)


def _unknown_code_problem(reference: Reference, context: Context) -> Problem:
    """Explain the usual mistakes: old statutory numbers, or names, instead of region codes."""
    if reference.registers != ("regions",):
        return _unknown_key_problem(reference, context)
    message, region = "statutory", region_of_old_code(reference.key, context)
    if region is None:
        message, region = "name", _named_region(reference, context)
    if region is None:
        return _unknown_key_problem(reference, context)
    found = found_values.quote(reference.key)
    return problem(reference.path, message, found=found, code=region.code, name=region.name)


def _named_region(reference: Reference, context: Context) -> Region | None:
    """Return the region with exactly this name, if there is one."""
    regions = [
        context.region(suggestion.code) for suggestion in suggestions_for(reference, context)
    ]
    name = normalise_for_search(reference.key)
    named = (
        region for region in regions if region and name in map(normalise_for_search, region.names())
    )
    return next(named, None)


def _unknown_key_problem(reference: Reference, context: Context) -> Problem:
    """Report an unknown key or code, with suggestions if there are any."""
    suggested = suggestions_for(reference, context)
    found = found_values.quote(
        distinguish(reference.key, (suggestion.code for suggestion in suggested))
    )
    if suggested:
        return problem(reference.path, "near", found=found, suggestions=suggested)
    return problem(
        reference.path, "nothing", found=found, register=RegisterName(reference.registers[0])
    )


@rule(Entity, **TEXTS["TSK008"])
def duplicate_id(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find entities that differ from the bundled entity with the same key."""
    if entity.plural in _REPLACEABLE:
        return
    bundled = _same_key_in_reference(entity, context.reference)
    if bundled is not None and bundled != entity:
        yield problem(f"/{entity.key_fields[-1]}", "redefined", key=key_text(entity.key))


def _same_key_in_reference(entity: Entity, reference: Portfolio) -> Entity | None:
    """Return the entity of the reference with the same key."""
    if not isinstance(entity, Programme):
        register = cast("Register[Entity]", getattr(reference, entity.plural))
        return register.get(entity.key)
    programme = reference.programme
    return programme if programme is not None and programme.key == entity.key else None


@rule(Entity, only_if=dangling_keys, **TEXTS["TSK009"])
def dangling_reference(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find references to calls, projects, organisations, bodies and sources that do not exist."""
    for found in context.shared(dangling_keys).found_in(entity):
        reference = Reference.of(found)
        yield (
            business_id_problem(reference, context)
            or _predecessor_problem(reference, context)
            or _unknown_key_problem(reference, context)
        )


def _predecessor_problem(reference: Reference, context: Context) -> Problem | None:
    """Explain the name of a body whose grants have passed to a wellbeing services county."""
    if "organisations" not in reference.registers or names_existing_entity(reference, context):
        return None
    predecessor = predecessor_named(reference.key, context)
    if predecessor is None:
        return None
    return problem(
        reference.path,
        "predecessor",
        found=found_values.quote(reference.key),
        kind=predecessor.kind,
        regions=predecessor.regions,
        suggestions=predecessor.organisations,
    )


def _placeholder_days(context: Context) -> Search:
    return Search(_DATES, is_placeholder, context.entities_by_class)


@rule(Entity, only_if=_placeholder_days, **TEXTS["TSK014"])
def placeholder_day(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find dates that programs write where a date is unknown."""
    for found in context.shared(_placeholder_days).found_in(entity):
        yield problem(found.path, day=cast("dt.date", found.value))


@rule(Organisation, needs=("business_id",), **TEXTS["TSK015"])
def shared_business_id(organisation: Organisation, context: Context) -> Iterator[Problem]:
    """Find organisations with the business id of another one."""
    if organisation.business_id is None:
        return
    owner = owners_of_business_ids(context)[str(organisation.business_id)]
    if owner.id != organisation.id:
        yield problem(
            "/business_id",
            organisation=organisation.id,
            business_id=str(organisation.business_id),
            other=owner.id,
            name=owner.name,
        )


@rule(Organisation, **TEXTS["TSK016"])
def wrong_organisation_identifier(organisation: Organisation, _: Context) -> Iterator[Problem]:
    """Find FI-PRO identifiers with a business id that is invalid or of another organisation."""
    business_id = None if organisation.business_id is None else str(organisation.business_id)
    identifiers = [("/id", organisation.id)]
    for index, alias in enumerate(organisation.external_ids):
        identifiers.append((f"/external_ids/{index}/value", _full_identifier(alias)))
    for path, identifier in identifiers:
        number = number_in_org_id(identifier)
        if number is not None and not _is_business_id(number):
            yield problem(path, "invalid", organisation=organisation.id, found=identifier)
        elif number is not None and business_id is not None and number != business_id:
            params = {
                "organisation": organisation.id,
                "found": identifier,
                "business_id": business_id,
            }
            yield problem(path, "other", **params)


def _full_identifier(alias: Alias) -> str:
    """Return an identifier with its scheme, also if only ``alias.scheme`` names the scheme."""
    is_of_scheme = f"{alias.scheme.upper()}-" == ORG_ID_PREFIX
    lacks_prefix = is_of_scheme and number_in_org_id(alias.value) is None
    return f"{ORG_ID_PREFIX}{alias.value}" if lacks_prefix else alias.value


def _is_business_id(text: str) -> bool:
    try:
        BusinessId(text)
    except InvalidValueError:
        return False
    return True
