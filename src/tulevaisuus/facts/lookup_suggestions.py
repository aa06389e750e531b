"""Hints in look-up errors of the facts: the other registers that have the key or name."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, cast

from tulevaisuus.facts import bundled_registers
from tulevaisuus.facts.bundled_index import BundledIndex
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.findings.suggestions import read_name
from tulevaisuus.model.entity import Entity, Key, key_repr, key_text
from tulevaisuus.model.municipality import Municipality
from tulevaisuus.model.name_search import fold
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.register import Register

__all__ = ["add_lookup_hint"]

_MAX_PLACES = 3
"""How many entities an error names."""


def add_lookup_hint(error: UnknownCodeError, asked: Register[Any]) -> UnknownCodeError:
    """Return the error, with the entities of other bundled registers that have the key or name.

    >>> import tulevaisuus as tul
    >>> tul.regions.find("Turku")
    Traceback (most recent call last):
    tulevaisuus.UnknownCodeError: nothing here is called 'Turku'; 'Turku' is municipality 853, of \
region 05
    """
    if isinstance(error, AmbiguousNameError) or not isinstance(error.key, str | int | tuple):
        return error
    key = cast("Key", error.key)
    plural = next((cast("Entity", entity).plural for entity in asked), "")
    matches = list(
        islice(
            (match for match in _matches(key) or _by_core(key) if match.plural != plural),
            _MAX_PLACES,
        )
    )
    return _with_hint(error, key, plural, matches) if matches else error


def _with_hint(
    error: UnknownCodeError, key: Key, plural: str, matches: Iterable[Entity]
) -> UnknownCodeError:
    related = [(match, tuple(_related(plural, match))) for match in matches]
    places = " and ".join(_describe(match, keys, plural) for match, keys in related)
    meant = dict.fromkeys(key_text(key) for _, keys in related for key in keys)
    suggestions = tuple(dict.fromkeys([*meant, *error.suggestions]))
    return UnknownCodeError(f"{error}; {key_repr(key)} is {places}", key, suggestions)


def _by_core(asked: Key) -> Iterable[Entity]:
    """Return the municipality that a name is of, apart from a word such as *kaupunki*."""
    name = read_name(asked) if isinstance(asked, str) else None
    if name is None or name.kinds != frozenset({Municipality.singular}):
        return []
    return [match for match in _matches(name.text) if isinstance(match, Municipality)]


def _matches(asked: Key) -> list[Entity]:
    return [*_found(asked)]


def _found(asked: Key) -> Iterable[Entity]:
    """Return the bundled entities with the key, or with exactly this name.

    For each register only keys and names are read; entities are made if one of them is equal.
    """
    # Imported late, as `bundle` imports this package.

    name = fold(asked) if isinstance(asked, str) else None
    for plural in REGISTERS:
        register = cast("Register[Entity] | None", getattr(bundled_registers, plural, None))
        if register is None:
            continue
        entity = register.get(asked)
        if entity is not None:
            yield entity
        elif name is not None and _may_contain(register, name):
            yield from (register[key] for key in register.name_index.names.get(name, ()))


def _may_contain(register: Register[Entity], name: str) -> bool:
    """Return whether a register may have a folded name, without making its entities."""
    index = register.pending
    return not isinstance(index, BundledIndex) or index.may_name(name)


def _describe(match: Entity, related: tuple[Key, ...], asked: str) -> str:
    place = f"{match.singular.replace('_', ' ')} {key_text(match.key)}"
    if not related:
        return place
    one = REGISTERS[asked].singular
    return f"{place}, of {one} {' and '.join(map(key_text, related))}"


def _related(asked: str, match: Entity) -> Iterable[Key]:
    """Return the keys of the register in which was searched that are related to a match."""
    find = _RELATED.get((asked, match.plural))
    return () if find is None else find(match)


def _region(match: Any) -> Iterable[Key]:  # noqa: ANN401 - an entity with a region
    return (match.region,)


def _projects(region: Key) -> Iterable[Key]:
    from tulevaisuus.facts.bundled_registers import projects

    return [project.id for project in projects if region in (project.regions or ())]


_RELATED: Mapping[tuple[str, str], Callable[[Any], Iterable[Key]]] = {
    ("regions", "municipalities"): _region,
    ("projects", "regions"): lambda match: _projects(match.code),
    ("projects", "municipalities"): lambda match: _projects(match.region),
}
"""Functions from an entity of the second register to related keys of the first one."""
