"""Finds dangling references (to keys and codes that do not exist), and suggests existing keys.

A register is a collection of the entities of one class, by key. A region is a wellbeing services
county, for short county, or the City of Helsinki.
"""

from collections.abc import Iterator
from typing import cast

from tulevaisuus.findings.lookalike_characters import escape_lookalikes, skeleton
from tulevaisuus.findings.suggestions import NamedCode, Vocabulary
from tulevaisuus.model.entity import key_text
from tulevaisuus.model.project import Project
from tulevaisuus.model.region import Region
from tulevaisuus.model.text import Text
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.references import TO_CODES, TO_OTHER_KEYS, Reference
from tulevaisuus.rules.value_walker import Search

__all__ = [
    "dangling_codes",
    "dangling_keys",
    "names_existing_entity",
    "region_of_old_code",
    "suggestions_for",
]

_MAX_CHARACTERS_COMPARED = 2_000_000
"""The maximum number of characters that all searches for similar keys of a document compare."""

_OLD_CODE_SCHEME = "old_code_statutory_order"
"""The scheme of aliases that are numbers of counties in the order of Act 616/2021, 1-22."""


def dangling_codes(context: Context) -> Search:
    """Find the references of a document to codes that do not exist.

    A reference to a rejected entity is not dangling, because it is in the document.
    """
    return Search(TO_CODES, context.is_dangling, context.entities_by_class)


def dangling_keys(context: Context) -> Search:
    """Find the references of a document to other keys that do not exist."""
    return Search(TO_OTHER_KEYS, context.is_dangling, context.entities_by_class)


def suggestions_for(reference: Reference, context: Context) -> tuple[NamedCode, ...]:
    """Return the keys that a dangling reference may mean, the likeliest first.

    The suggestions for all dangling references are computed together, in the order of the document,
    until the limit of compared characters is reached. So equal mistakes get equal suggestions.
    """
    suggestions = context.shared(_all_suggestions)
    codes = suggestions.get((reference.registers, reference.key), ())
    return tuple(_with_name(code, reference, context) for code in codes)


def names_existing_entity(reference: Reference, context: Context) -> bool:
    """Return whether a dangling reference contains the code or name of an existing entity.

    The name may be inflected, and the number may have another form. Similar letters do not count.
    """
    vocabulary = _vocabulary(reference.registers, context)
    return bool(vocabulary.search(reference.key, similar=False))


def _all_suggestions(context: Context) -> dict[tuple[tuple[str, ...], str], tuple[str, ...]]:
    suggestions: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
    remaining = _MAX_CHARACTERS_COMPARED
    for reference in _all_dangling(context):
        query = (reference.registers, reference.key)
        if query not in suggestions:
            vocabulary = _vocabulary(reference.registers, context)
            before = vocabulary.characters_compared
            suggestions[query] = vocabulary.search(reference.key, similar=remaining > 0)
            remaining -= vocabulary.characters_compared - before
    return suggestions


def _all_dangling(context: Context) -> Iterator[Reference]:
    """Yield the dangling references of a document in its order."""
    searches = context.shared(dangling_keys), context.shared(dangling_codes)
    for entities in context.entities_by_class:
        for entity in entities:
            for search in searches:
                yield from map(Reference.of, search.found_in(entity))


def _vocabulary(registers: tuple[str, ...], context: Context) -> Vocabulary:
    """Return the vocabulary of some registers, with the counts of this document.

    Projects are also found by the names of their regions, so it depends on these, too.
    """

    def entries() -> Iterator[tuple[str, tuple[str, ...]]]:
        """Return each key with its names."""
        for register in registers:
            for entity in context.everything(register):
                yield key_text(entity.key), (*entity.names(), *_names_of_regions(entity, context))

    name = ("vocabulary", registers)
    needs = (*registers, "regions")
    return context.once(
        ("searched", registers),
        lambda: context.once_for_facts(name, needs, lambda: Vocabulary(entries())).with_own_count(),
    )


def _names_of_regions(entity: object, context: Context) -> Iterator[str]:
    """Yield the names of the regions of a project: people name it by its region."""
    if isinstance(entity, Project):
        for code in entity.regions:
            region = context.region(code)
            if region is not None:
                yield from region.name.wordings()


def _with_name(code: str, reference: Reference, context: Context) -> NamedCode:
    names = (context.name_of(register, code) for register in reference.registers)
    name = next((name for name in names if isinstance(name, Text)), None)
    looks_equal = skeleton(code) == skeleton(reference.key)
    return NamedCode(escape_lookalikes(code) if looks_equal else code, name)


def region_of_old_code(text: str, context: Context) -> Region | None:
    """Return the region that had a number in the statutory order of 2021 (Act 616/2021)."""
    return context.shared(_regions_by_old_code).get(text)


def _regions_by_old_code(context: Context) -> dict[str, Region]:
    return {
        alias.value: region
        for region in cast("Iterator[Region]", context.everything("regions"))
        for alias in region.aliases
        if alias.scheme == _OLD_CODE_SCHEME
    }
