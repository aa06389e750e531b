"""Adds hints to look-up errors of the facts: other registers that contain the key or name.

A register is a collection of the entities of one class, by key, such as all calls.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from tulevaisuus.facts import bundled_registers
from tulevaisuus.facts.decoding_on_first_use import BundledIndex
from tulevaisuus.findings.ignored_words import read_name
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.model.entity import Entity, Key, key_repr, key_text
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.name_search import normalise_name
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.register import Register

__all__ = ["add_lookup_hint", "related_keys"]

_MAX_MATCHES = 3
"""The maximum number of entities in an error message."""


def add_lookup_hint(error: UnknownCodeError, searched: Register[Any]) -> UnknownCodeError:
    """Return the error with a hint if other bundled registers contain the key or name.

    >>> import tulevaisuus as tul
    >>> tul.regions.find("Turku")
    Traceback (most recent call last):
    tulevaisuus.UnknownCodeError: no region is called 'Turku'; 'Turku' is municipality 853, of \
region 05
    """
    if isinstance(error, AmbiguousNameError) or not isinstance(error.key, str | int | tuple):
        return error
    key = cast("Key", error.key)
    plural = next((cast("Entity", entity).plural for entity in searched), "")
    found = _find_in(REGISTERS, key) or _municipality_without_type_word(key)
    matches = [match for match in found if match.plural != plural][:_MAX_MATCHES]
    return _with_hint(error, key, plural, matches) if matches else error


def related_keys(name: str, plural: str) -> tuple[str, ...]:
    """Return the keys in a register that are related to an entity of another one with the name.

    >>> related_keys("Turku", "regions"), related_keys("Turku", "themes")
    (('05',), ())
    """
    others = [other for searched, other in _RELATED_KEYS if searched == plural]
    if not others:
        return ()
    matches = _find_in(others, name) or _municipality_without_type_word(name)
    return tuple(key_text(key) for match in matches for key in _related_keys(plural, match))


def _with_hint(
    error: UnknownCodeError, key: Key, plural: str, matches: Iterable[Entity]
) -> UnknownCodeError:
    """Return the error with the matches in its message and the related keys as suggestions."""
    related = [(match, tuple(_related_keys(plural, match))) for match in matches]
    separator = ", and " if any(keys for _, keys in related) else " and "
    descriptions = separator.join(_describe(match, keys, plural) for match, keys in related)
    related_keys = dict.fromkeys(key_text(key) for _, keys in related for key in keys)
    suggestions = tuple(dict.fromkeys([*related_keys, *error.suggestions]))
    message = str(error)
    message += " " if message.endswith("?") else "; "
    return UnknownCodeError(f"{message}{key_repr(key)} is {descriptions}", key, suggestions)


def _municipality_without_type_word(key: Key) -> list[Entity]:
    """Return the municipalities that a name means if its word for city or municipality is left out.

    *Turun kaupunki* means Turku: *Turun* is an inflected name of it, *kaupunki* means city.
    """
    name = read_name(key) if isinstance(key, str) else None
    if name is None or name.place_types != frozenset({Municipality.singular}):
        return []
    return _find_in((Municipality.plural,), name.text)


def _find_in(plurals: Iterable[str], key: Key) -> list[Entity]:
    """Return the entities of bundled registers with a key, or with exactly this name.

    Only keys and names are read from the files; an entity is decoded only if it matches.
    """
    found: list[Entity] = []
    name = normalise_name(key) if isinstance(key, str) else None
    for plural in plurals:
        register = cast("Register[Entity] | None", getattr(bundled_registers, plural, None))
        if register is None:
            continue
        entity = register.get(key)
        if entity is not None:
            found.append(entity)
        elif name is not None and _may_contain(register, name):
            found += [register[match_key] for match_key in register.name_index.names.get(name, ())]
    return found


def _may_contain(register: Register[Entity], name: str) -> bool:
    """Return whether a register may contain a normalised name, without decoding its entities."""
    index = register.pending
    return not isinstance(index, BundledIndex) or index.may_name(name)


def _describe(match: Entity, related: tuple[Key, ...], searched_plural: str) -> str:
    description = f"{match.singular.replace('_', ' ')} {key_text(match.key)}"
    if not related:
        return description
    singular = REGISTERS[searched_plural].singular
    return f"{description}, of {singular} {' and '.join(map(key_text, related))}"


def _related_keys(searched_plural: str, match: Entity) -> Iterable[Key]:
    """Return the keys in the searched register that are related to a match in another one."""
    find = _RELATED_KEYS.get((searched_plural, match.plural))
    return () if find is None else find(match)


def _region_of(match: Any) -> Iterable[Key]:  # noqa: ANN401 - an entity with a region
    return (match.region,)


def _projects_in(region: Key) -> Iterable[Key]:
    from tulevaisuus.facts.bundled_registers import projects

    return [project.id for project in projects if region in (project.regions or ())]


_RELATED_KEYS: Mapping[tuple[str, str], Callable[[Any], Iterable[Key]]] = {
    ("regions", "municipalities"): _region_of,
    ("projects", "regions"): lambda match: _projects_in(match.code),
    ("projects", "municipalities"): lambda match: _projects_in(match.region),
}
"""By the plurals of the searched class and the class of the match: returns the related keys."""
