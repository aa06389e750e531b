"""TSK0xx: the document itself.

Constructors and readers hold most of these rules, so here they are only explained; what needs the
bundled facts or the rest of the document is judged here.
"""

from collections.abc import Iterator
from typing import cast

from tulevaisuus.findings import expectations
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.region import Region
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.references import Reference, references_of
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

_CODED = {
    "areas",
    "hospital_districts",
    "maakunnat",
    "municipalities",
    "regions",
    "roles",
    "services",
    "themes",
}
"""Registers of codes: an unknown one is TSK005, a key of any other register TSK009."""

_MAY_DIFFER = {"projects", "grants", "posts", "centres"}
"""Things of the facts that a document may say in its own way."""

_MOST = 500
"""Among so many keys at most, and for so many at most, near ones are looked for."""

_STATUTORY = "old_code_statutory_order"


@rule(Entity, **TEXTS["TSK005"])
def unknown_code(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find codes of regions, municipalities, areas, themes and roles that nothing bears."""
    for reference in _dangling(entity, context):
        if not _CODED.isdisjoint(reference.registers):
            if reference.registers == ("regions",):
                yield _unknown_region(reference, context)
            else:
                yield _unknown(reference, context)


def _unknown(reference: Reference, context: Context) -> Problem:
    found, suggestions = expectations.quote(reference.key), _suggest(reference, context)
    if suggestions:
        return problem(reference.at, "near", found=found, suggestions=suggestions)
    return problem(reference.at, "nothing", found=found, register=reference.registers[0])


def _suggest(reference: Reference, context: Context) -> tuple[str, ...]:
    """Look for near keys; not among very many, and not for very many, as the search is slow."""
    registers = reference.registers

    def keys() -> tuple[str, ...]:
        """List the keys that there are."""
        return tuple(key_text(each.key) for name in registers for each in context.everything(name))

    known = context.once(("keys", registers), keys)
    asked = context.once(("asked", registers), list[str])
    asked.append(reference.key)
    return suggest(reference.key, known) if len(known) <= _MOST and len(asked) <= _MOST else ()


def _unknown_region(reference: Reference, context: Context) -> Problem:
    """Help with old statutory numbers and with names, which people write for codes."""
    found = reference.key
    for region in cast("Iterator[Region]", context.everything("regions")):
        old = [alias.value for alias in region.aliases if alias.scheme == _STATUTORY]
        names = [wording.casefold() for wording in region.wordings()]
        if found in old or found.casefold() in names:
            message = "statutory" if found in old else "name"
            return problem(reference.at, message, found=found, code=region.code, name=region.name)
    return _unknown(reference, context)


@rule(Entity, **TEXTS["TSK008"])
def duplicate_id(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find things that say of a bundled fact something other than the facts do."""
    theirs = _bundled(entity, context.reference)
    if theirs is not None and theirs != entity and entity.plural not in _MAY_DIFFER:
        yield problem(f"/{entity.key_fields[-1]}", "redefined", key=key_text(entity.key))


def _bundled(entity: Entity, reference: Portfolio) -> Entity | None:
    if not isinstance(entity, Programme):
        return reference.registers()[entity.plural].get(entity.key)
    theirs = reference.programme
    return theirs if theirs is not None and theirs.key == entity.key else None


@rule(Entity, **TEXTS["TSK009"])
def dangling_reference(entity: Entity, context: Context) -> Iterator[Problem]:
    """Find references to calls, projects, organisations, bodies and sources that are nowhere."""
    for reference in _dangling(entity, context):
        if _CODED.isdisjoint(reference.registers):
            yield _unknown(reference, context)


def _dangling(entity: Entity, context: Context) -> Iterator[Reference]:
    """Return the references that lead nowhere, but for those to things that were refused."""
    for reference in references_of(entity):
        if not any(
            context.find(register, reference.key) is not None
            or (register, reference.key) in context.rejected
            or (register, None) in context.rejected
            for register in reference.registers
        ):
            yield reference
