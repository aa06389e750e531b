"""`BundledIndex`: the entities of one bundled register, each made when it is first needed."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import cast

from tulevaisuus.formats.decoding import decode
from tulevaisuus.model.entity import NAME_FIELDS, Entity, Key
from tulevaisuus.model.register import by_key

__all__ = ["BundledIndex", "Raw"]

Raw = Mapping[str, object]
"""An entity as its file has it."""


class BundledIndex:
    """Loads a bundled register: a look-up by key makes one entity, any other use all of them.

    Most programs look up a few keys, and making one entity is much faster than making all. An
    entity is made only once.
    """

    __slots__ = ("_find_class", "_folded", "_made", "_raw", "_read")

    def __init__(self, read: Callable[[], object], find_class: Callable[[], type[Entity]]) -> None:
        """Take the function that reads the file, and the one that imports the class."""
        self._read: Callable[[], object] = read
        self._find_class: Callable[[], type[Entity]] = find_class
        self._raw: dict[Key, list[Raw]] | None = None
        self._made: dict[Key, Entity] = {}
        self._folded: str | None = None

    def __call__(self) -> dict[Key, Entity]:
        """Return all entities by key; two with one key are an `InvalidValueError`."""
        index = self._index()
        return by_key(self._entity(key, raw) for key, each in index.items() for raw in each)

    def get(self, key: Key) -> Entity | None:
        """Return the entity with the key, or ``None``."""
        raw = self._index().get(key)
        return None if raw is None else self._entity(key, raw[0])

    def wordings(self) -> Iterator[str]:
        """Return names, long forms and aliases; each name of an entity is one or a part of one."""
        from tulevaisuus.findings.localization import LANGUAGES

        for raw in chain.from_iterable(self._index().values()):
            for field in NAME_FIELDS:
                text = cast("Mapping[str, str]", raw.get(field, {}))
                yield from (text[language] for language in LANGUAGES if language in text)
            aliases = cast("list[Mapping[str, str]]", raw.get("aliases", []))
            yield from (alias["value"] for alias in aliases)

    def may_name(self, name: str) -> bool:
        """Return whether a folded name is one of the wordings, or a part of one.

        The wordings are folded once, as a table may have a hundred thousand unknown names.
        """
        if self._folded is None:
            from tulevaisuus.model.name_search import fold

            self._folded = "\n".join(map(fold, self.wordings()))
        return name in self._folded

    def _index(self) -> Mapping[Key, list[Raw]]:
        if self._raw is None:
            fields = self._find_class().key_fields
            raw: dict[Key, list[Raw]] = {}
            for each in cast("list[Raw]", self._read()):
                parts = tuple(each[field] for field in fields)
                key = cast("Key", parts[0] if len(parts) == 1 else parts)
                raw.setdefault(key, []).append(each)
            self._raw = raw
        return self._raw

    def _entity(self, key: Key, raw: Raw) -> Entity:
        made = self._made.get(key)
        if made is None:
            # If two threads make the same entity at once, both get the first one.
            made = self._made.setdefault(key, decode(self._find_class(), raw))
        return made
