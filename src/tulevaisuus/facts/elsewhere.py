"""Where a key or name is, if not where it was looked for: what errors of bundled registers add."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, cast

from tulevaisuus.facts.index import BundledIndex
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.model.entity import Entity, Key, key_repr, key_text
from tulevaisuus.model.name_search import fold
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.register import Register

__all__ = ["add_where_it_is"]

_MOST = 3
"""How many other places an error names."""


def add_where_it_is(error: UnknownCodeError, asked: Register[Any]) -> UnknownCodeError:
    """Return the error, with the places where the bundled facts do have what was asked for.

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
    hits = list(islice((hit for hit in _hits(key) if hit.plural != plural), _MOST))
    return _with_places(error, key, plural, hits) if hits else error


def _with_places(
    error: UnknownCodeError, key: Key, plural: str, hits: Iterable[Entity]
) -> UnknownCodeError:
    related = [(hit, tuple(_related(plural, hit))) for hit in hits]
    places = " and ".join(_place(hit, keys, plural) for hit, keys in related)
    meant = dict.fromkeys(key_text(key) for _, keys in related for key in keys)
    suggestions = tuple(dict.fromkeys([*meant, *error.suggestions]))
    return UnknownCodeError(f"{error}; {key_repr(key)} is {places}", key, suggestions)


def _hits(asked: Key) -> Iterable[Entity]:
    """Return the bundled entities that have the key, or the text as a whole name.

    A file is read for its keys and names; its entities are made only where there is a name.
    """
    # At import time bundle needs this module's package; errors come later.
    from tulevaisuus.facts import bundle

    name = fold(asked) if isinstance(asked, str) else None
    for plural in REGISTERS:
        register = cast("Register[Entity] | None", getattr(bundle, plural, None))
        if register is None:
            continue
        entity = register.get(asked)
        if entity is not None:
            yield entity
        elif name is not None and _may_have(register, name):
            yield from (register[key] for key in register.name_index.names.get(name, ()))


def _may_have(register: Register[Entity], name: str) -> bool:
    """Tell whether a folded name may be there, without making all the entities of a file."""
    index = register.pending
    return not isinstance(index, BundledIndex) or any(
        name in fold(wording) for wording in index.wordings()
    )


def _place(hit: Entity, related: tuple[Key, ...], asked: str) -> str:
    place = f"{hit.singular.replace('_', ' ')} {key_text(hit.key)}"
    if not related:
        return place
    one = REGISTERS[asked].singular
    return f"{place}, of {one} {' and '.join(map(key_text, related))}"


def _related(asked: str, hit: Entity) -> Iterable[Key]:
    """Return the keys of the register asked that belong to what was found elsewhere."""
    find = _RELATED.get((asked, hit.plural))
    return () if find is None else find(hit)


def _region(hit: Any) -> Iterable[Key]:  # noqa: ANN401 - an entity with a region
    return (hit.region,)


def _projects(region: Key) -> Iterable[Key]:
    from tulevaisuus.facts.bundle import projects

    return [project.id for project in projects if region in (project.regions or ())]


_RELATED: Mapping[tuple[str, str], Callable[[Any], Iterable[Key]]] = {
    ("regions", "municipalities"): _region,
    ("projects", "regions"): lambda hit: _projects(hit.code),
    ("projects", "municipalities"): lambda hit: _projects(hit.region),
}
"""What leads from an entity of the second register to keys of the first."""
