"""Finds entities by name: `find_by_name` needs the exact name, `suggest_keys` a similar one.

A register is a collection of the entities of one class, by key.
"""

import functools
import math
import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, SupportsIndex, TypeVar, cast

from tulevaisuus.findings.found_values import describe, quote
from tulevaisuus.findings.lookalike_characters import distinguish
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.model.entity import Key, key_repr, key_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.suggestions import Vocabulary  # imported if a name is not found

__all__ = [
    "Keyed",
    "NameIndex",
    "find_by_name",
    "key_if_named",
    "key_named",
    "keys_with_word",
    "names_of",
    "normalise_name",
    "singular_of",
    "suggest_keys",
    "unknown_code_error",
    "unknown_key",
    "vocabulary_of",
]

_MAX_LISTED = 10
"""The maximum number of candidates in a message; it states the number of the others."""

_MAX_INTEGER_KEY = 10**9
"""All keys are smaller, and a huge number takes long to convert to text."""

_CACHED_CHARACTERS = 1_000
"""The maximum number of normalised characters in the cache."""

_SHOWN_AS_SOURCE = (str, int, float, bytes, tuple, type(None))
"""The types of wrong keys that a message shows as Python source text; it describes others."""

_DASHES = re.compile("[\u2010-\u2015\u2212]")


class Keyed(Protocol):
    """An object that a register can contain: it has a key."""

    @property
    def key(self) -> Key:
        """The key in its register."""
        ...


K = TypeVar("K", bound=Keyed)


def normalise_name(name: str) -> str:
    """Normalise a name for comparison: no case, diacritics or extra spaces, one type of dash.

    >>> normalise_name("Länsi–Uusimaa")
    'lansi-uusimaa'
    """
    if name.isascii():
        return " ".join(name.casefold().split())
    # Character by character: normalising a whole text with many combining marks is quadratic.
    return " ".join("".join(map(_fold_character, _DASHES.sub("-", name))).casefold().split())


@functools.lru_cache(_CACHED_CHARACTERS)  # names consist of few different characters
def _fold_character(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character).casefold()
    return "".join(character for character in parts if not unicodedata.combining(character))


class NameIndex:
    """The index that `find_by_name` searches.

    ``names`` maps each normalised name to the keys of all entities with this name.
    """

    __slots__ = ("_by_word", "_vocabulary", "entities", "names")

    def __init__(self, entities: Iterable[Keyed]) -> None:
        """Index the entities by name; entities without names are left out."""
        self.entities: dict[Key, Keyed] = {}
        self.names: dict[str, list[Key]] = {}  # the keys with each normalised name
        for entity in entities:
            for wording in names_of(entity):
                keys = self.names.setdefault(normalise_name(wording), [])
                if entity.key not in keys:
                    keys.append(entity.key)
                self.entities[entity.key] = entity
        self._by_word: dict[str, list[Key]] | None = None  # made at the first search for a word
        self._vocabulary: Vocabulary | None = None

    def keys_with_word(self, word: str) -> list[Key]:
        """Return the keys of entities with a name that contains the word."""
        if self._by_word is None:
            by_word: dict[str, dict[Key, None]] = {}
            for name, keys in self.names.items():
                for part in name.split():
                    by_word.setdefault(part, {}).update(dict.fromkeys(keys))
            order = {key: index for index, key in enumerate(self.entities)}
            self._by_word = {
                part: sorted(keys, key=order.__getitem__) for part, keys in by_word.items()
            }
        return self._by_word.get(word, [])

    @property
    def vocabulary(self) -> "Vocabulary":
        """The vocabulary in which similar names are searched for; made once."""
        if self._vocabulary is None:
            self._vocabulary = vocabulary_of(self.entities.values())
        return self._vocabulary

    def entities_like(self, text: str) -> list[Keyed]:
        """Return the entities that a text may mean, the likeliest first."""
        by_code = {key_text(key): entity for key, entity in self.entities.items()}
        return [by_code[code] for code in self.vocabulary.search(text)]


def vocabulary_of(entities: Iterable[Keyed]) -> "Vocabulary":
    """Return the vocabulary in which similar keys and names of entities are searched."""
    from tulevaisuus.findings.suggestions import Vocabulary

    return Vocabulary((key_text(entity.key), tuple(names_of(entity))) for entity in entities)


def names_of(entity: Keyed) -> Iterable[str]:
    """Return the names of an entity; objects of some classes have none."""
    names: Callable[[], Iterable[str]] | None = getattr(entity, "names", None)
    return names() if callable(names) else ()


def find_by_name(text: str, among: Iterable[Keyed] | NameIndex) -> Key:
    """Return the key of the entity with a name.

    Raises:
        AmbiguousNameError: Several entities have the name or, if none has, a name with that word.
        UnknownCodeError: No entity has the name.
    """
    index = among if isinstance(among, NameIndex) else NameIndex(among)
    key = key_named(text, index)
    if key is not None:
        return key
    if text in index.entities:
        shown = key_repr(text)
        message = f"{shown} is a key, and no name: look it up by [{shown}] or get({shown})"
        raise UnknownCodeError(message, text, (text,))
    any_entity = next(iter(index.entities.values()), None)
    who = "nothing here" if any_entity is None else f"no {_words_for(any_entity)}"
    message = f"{who} is called '{quote(text)}'"
    with_word = (index.entities[key] for key in keys_with_word(text, index))
    raise unknown_code_error(message, text, [*with_word, *index.entities_like(text)])


def key_named(text: str, index: NameIndex) -> Key | None:
    """Return the key of the entity with a name, or ``None``.

    Similar names are not searched for: that takes milliseconds, and the names of whole tables are
    looked up.

    Raises:
        AmbiguousNameError: Several entities have the name or, if none has, a name with that word.
    """
    keys = index.names.get(normalise_name(text), [])
    if len(keys) == 1:
        return keys[0]
    candidates = keys or keys_with_word(text, index)
    if len(candidates) > 1:
        raise _ambiguous(text, {key: index.entities[key] for key in candidates})
    return None


def key_if_named(text: str, index: NameIndex) -> Key | None:
    """Return the key of the entity with a name, or ``None`` if none or several have it."""
    try:
        return key_named(text, index)
    except AmbiguousNameError:
        return None


def keys_with_word(text: str, index: NameIndex) -> list[Key]:
    """Return the keys of entities with a name that contains a word; generic words have none."""
    from tulevaisuus.findings.ignored_words import is_generic

    return [] if is_generic(text) else index.keys_with_word(normalise_name(text))


def suggest_keys(text: str, among: Iterable[Keyed] | NameIndex) -> tuple[Key, ...]:
    """Return the keys of the entities that a text may mean, the likeliest first.

    Generic words such as *kaupunki* or *stad* are ignored: see `tulevaisuus.findings.suggestions`.

    >>> from tulevaisuus import municipalities
    >>> suggest_keys("Turun kaupunki", municipalities)[0], suggest_keys("kunta", municipalities)
    ('853', ())
    """
    index = among if isinstance(among, NameIndex) else NameIndex(among)
    return tuple(entity.key for entity in index.entities_like(text))


def unknown_key(key: object, entities: Iterable[Keyed]) -> UnknownCodeError:
    """Make the error for an unknown key; it suggests similar keys."""
    known = list(entities)
    singular = _words_for(known[0]) if known else "entity"
    is_pair = isinstance(key, tuple)
    comparable = {
        key_text(entity.key): entity for entity in known if isinstance(entity.key, tuple) == is_pair
    }
    codes = vocabulary_of(comparable.values()).search(_search_text(key))
    shown = distinguish(key, codes) if isinstance(key, str) else key
    suggested = [comparable[code] for code in codes]
    is_shown = issubclass(type(key), _SHOWN_AS_SOURCE)
    which = key_repr(shown) if is_shown else f"whose key is {describe(key).en}"
    message = f"there is no {singular} {which}"
    if known and not comparable and isinstance(key, str):
        message += f"; keys here are like {key_repr(_pair_with(key, known))}"
    return unknown_code_error(message, key, suggested)


def _pair_with(part: str, entities: Sequence[Keyed]) -> Key:
    """Return the key, a pair, that has a text as one of its parts; else the first key."""
    keys = (entity.key for entity in entities)
    alike = (key for key in keys if part in cast("tuple[object, ...]", key))
    return next(alike, entities[0].key)


def _search_text(key: object) -> str:
    """Return an unknown key as text for the search; empty if no key has its type."""
    if isinstance(key, str):
        return str(key)
    if isinstance(key, tuple):
        parts = cast("tuple[object, ...]", key)[:3]  # a key has two parts at most
        return " ".join(_search_text(part) for part in parts if not isinstance(part, tuple))
    number = key if isinstance(key, int | float) else _as_number(key)
    if not isinstance(key, bool) and abs(number) < _MAX_INTEGER_KEY:  # never true for NaN
        # Data frames convert a column of codes to floats or to whole numbers of numpy.
        return str(int(number)) if number == int(number) else ""
    return ""


def _as_number(key: object) -> float:
    """Return an object that Python accepts as an index, such as a number of numpy; else NaN."""
    try:
        return operator.index(cast("SupportsIndex", key))
    except TypeError:
        return math.nan


def singular_of(entity: object) -> str:
    """Return the name of the class in messages: ``grant``."""
    return cast("str", getattr(entity, "singular", type(entity).__name__))


def _words_for(entity: object) -> str:
    """Return the name of the class in a sentence: ``hospital district``."""
    return singular_of(entity).replace("_", " ")


def unknown_code_error(message: str, key: object, suggested: Iterable[Keyed]) -> UnknownCodeError:
    """Make the error for an unknown key or name, with the suggested entities."""
    by_key = {entity.key: entity for entity in [*suggested][:_MAX_LISTED]}
    if by_key:
        message += f"; did you mean {' or '.join(map(_key_with_name, by_key.values()))}?"
    return UnknownCodeError(message, key, tuple(map(key_text, by_key)))


def _key_with_name(entity: Keyed) -> str:
    """Return the key and the first name of an entity: people know names better than keys."""
    name = next(iter(names_of(entity)), None)
    key = key_repr(entity.key)
    return key if name is None else f"{key} ({quote(name)})"


def _ambiguous(text: str, candidates: Mapping[Key, Keyed]) -> AmbiguousNameError:
    listed = [_key_with_name(entity) for entity in [*candidates.values()][:_MAX_LISTED]]
    if len(candidates) > _MAX_LISTED:
        listed.append(f"or {len(candidates) - _MAX_LISTED} others")
    message = f"'{quote(text)}' may be {', '.join(listed)}; look it up by its key"
    return AmbiguousNameError(message, text, tuple(map(key_text, candidates))[:_MAX_LISTED])
