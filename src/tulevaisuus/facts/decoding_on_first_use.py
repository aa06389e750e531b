"""`BundledIndex`: the entities of one bundled register, each decoded on first use.

A register is a collection of the entities of one class, by key, such as all calls.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import cast

from tulevaisuus.formats.decoding import decode
from tulevaisuus.model.entity import NAME_FIELDS, Entity, Key
from tulevaisuus.model.register import index_by_key

__all__ = ["BundledIndex", "Raw"]

Raw = Mapping[str, object]
"""An entity as plain data, as it is in the file."""


class BundledIndex:
    """Loads a bundled register: a look-up by key decodes one entity, any other use all entities.

    Most programs look up a few keys, and decoding one entity is much faster than decoding all. An
    entity is decoded only once.
    """

    __slots__ = ("_decoded", "_find_class", "_normalised_names", "_raw", "_read")

    def __init__(self, read: Callable[[], object], find_class: Callable[[], type[Entity]]) -> None:
        """Keep a function that reads the file, and a function that imports the class."""
        self._read: Callable[[], object] = read
        self._find_class: Callable[[], type[Entity]] = find_class
        # The undecoded entities by key, once the file is read.
        self._raw: dict[Key, list[Raw]] | None = None
        self._decoded: dict[Key, Entity] = {}
        self._normalised_names: str | None = None

    def __call__(self) -> dict[Key, Entity]:
        """Return all entities by key; a repeated key is an `InvalidValueError`."""
        index = self._index()
        pairs = ((key, raw) for key, raws in index.items() for raw in raws)
        return index_by_key(self._entity(key, raw) for key, raw in pairs)

    def get(self, key: Key) -> Entity | None:
        """Return the entity with the key, or ``None``."""
        entity = self._decoded.get(key)
        if entity is not None:
            return entity
        raw = self._index().get(key)
        return None if raw is None else self._entity(key, raw[0])

    def wordings(self) -> Iterator[str]:
        """Return the texts of all name fields and aliases; every name is part of such a text."""
        from tulevaisuus.findings.localization import LANGUAGES

        for raw in chain.from_iterable(self._index().values()):
            for field in NAME_FIELDS:
                text = cast("Mapping[str, str]", raw.get(field, {}))
                yield from (text[language] for language in LANGUAGES if language in text)
            aliases = cast("list[Mapping[str, str]]", raw.get("aliases", []))
            yield from (alias["value"] for alias in aliases)

    def may_name(self, name: str) -> bool:
        """Return whether a normalised name occurs in the texts of `wordings`.

        The texts are normalised once, because a table may have a hundred thousand unknown names.
        """
        if self._normalised_names is None:
            from tulevaisuus.model.name_search import normalise_name

            self._normalised_names = "\n".join(map(normalise_name, self.wordings()))
        return name in self._normalised_names

    def _index(self) -> Mapping[Key, list[Raw]]:
        """Return the plain data of the entities by key; read the file on first use."""
        if self._raw is None:
            fields = self._find_class().key_fields
            raw: dict[Key, list[Raw]] = {}
            for entity in cast("list[Raw]", self._read()):
                parts = tuple(entity[field] for field in fields)
                key = cast("Key", parts[0] if len(parts) == 1 else parts)
                raw.setdefault(key, []).append(entity)
            self._raw = raw
        return self._raw

    def _entity(self, key: Key, raw: Raw) -> Entity:
        """Return the entity with a key; decode its plain data on first use."""
        entity = self._decoded.get(key)
        if entity is None:
            # If two threads decode the same entity at once, both return the first result.
            entity = self._decoded.setdefault(key, decode(self._find_class(), raw))
        return entity
