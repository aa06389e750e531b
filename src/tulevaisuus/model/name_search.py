"""Search by name: `fold` makes names comparable, `find_by_name` finds, `suggest_keys` suggests."""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar, cast

from tulevaisuus.findings.expectations import quote
from tulevaisuus.findings.lookalike_characters import distinguish
from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.model.entity import Key, key_repr, key_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.suggestions import Vocabulary  # opened when a name is not found

__all__ = [
    "Keyed",
    "NameIndex",
    "find_by_name",
    "fold",
    "names_of",
    "singular_of",
    "suggest_keys",
    "unknown_code_error",
    "unknown_key",
    "vocabulary_of",
]

_MAX_LISTED = 10
"""How many candidates a message lists; it counts the others."""

_MAX_INTEGER_KEY = 10**9
"""No key is such a large number, and a huge one takes long to convert to text."""

_CACHED_CHARACTERS = 1_000
"""How many folded characters are cached."""

_DASHES = re.compile("[\u2010-\u2015\u2212]")


class Keyed(Protocol):
    """Anything that a register can hold: it has a key."""

    @property
    def key(self) -> Key:
        """What its register finds it by."""
        ...


K = TypeVar("K", bound=Keyed)


def fold(name: str) -> str:
    """Make names comparable: without case, diacritics and extra blanks, with one kind of dash.

    >>> fold("Länsi–Uusimaa")
    'lansi-uusimaa'
    """
    if name.isascii():
        return " ".join(name.casefold().split())
    # Character by character: to normalize a text takes quadratic time in its combining marks.
    return " ".join("".join(map(_fold_character, _DASHES.sub("-", name))).casefold().split())


@functools.lru_cache(_CACHED_CHARACTERS)  # names consist of few different characters
def _fold_character(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character).casefold()
    return "".join(each for each in parts if not unicodedata.combining(each))


class NameIndex:
    """The names of entities, folded once: what `find_by_name` searches.

    It also reads as a mapping of each name to the keys of those that have it.
    """

    __slots__ = ("_by_word", "_vocabulary", "entities", "names")

    def __init__(self, entities: Iterable[Keyed]) -> None:
        """Take the entities; those without names are never found."""
        self.entities: dict[Key, Keyed] = {}
        self.names: dict[str, list[Key]] = {}
        for entity in entities:
            for wording in names_of(entity):
                keys = self.names.setdefault(fold(wording), [])
                if entity.key not in keys:
                    keys.append(entity.key)
                self.entities[entity.key] = entity
        self._by_word: dict[str, list[Key]] | None = None
        self._vocabulary: Vocabulary | None = None

    def keys_with_word(self, word: str) -> list[Key]:
        """Return the keys of entities with a name that contains the word."""
        if self._by_word is None:
            by_word: dict[str, dict[Key, None]] = {}
            for name, keys in self.names.items():
                for part in name.split():
                    by_word.setdefault(part, {}).update(dict.fromkeys(keys))
            order = {key: place for place, key in enumerate(self.entities)}
            self._by_word = {
                part: sorted(keys, key=order.__getitem__) for part, keys in by_word.items()
            }
        return self._by_word.get(word, [])

    def entities_like(self, text: str) -> list[Keyed]:
        """Return the entities that a text may mean, the likeliest first."""
        if self._vocabulary is None:
            self._vocabulary = vocabulary_of(self.entities.values())
        by_code = {key_text(key): entity for key, entity in self.entities.items()}
        return [by_code[code] for code in self._vocabulary.search(text)]


def vocabulary_of(entities: Iterable[Keyed]) -> "Vocabulary":
    """Return the vocabulary of entities, in which suggestions are searched."""
    from tulevaisuus.findings.suggestions import Vocabulary

    return Vocabulary((key_text(entity.key), tuple(names_of(entity))) for entity in entities)


def names_of(entity: Keyed) -> Iterable[str]:
    """Return the names of an entity, none of one that has no names."""
    names: Callable[[], Iterable[str]] | None = getattr(entity, "names", None)
    return names() if callable(names) else ()


def find_by_name(text: str, among: Iterable[Keyed] | NameIndex) -> Key:
    """Return the key of the one entity with that name.

    A name that several have is an `AmbiguousNameError`, an unknown one an `UnknownCodeError`.
    """
    index = among if isinstance(among, NameIndex) else NameIndex(among)
    wanted = fold(text)
    found = index.names.get(wanted, [])
    if len(found) == 1:
        return found[0]
    from tulevaisuus.findings.suggestions import is_generic

    candidates = found or ([] if is_generic(text) else index.keys_with_word(wanted))
    if len(candidates) > 1:
        raise _ambiguous(text, {key: index.entities[key] for key in candidates})
    message = f"nothing here is called '{quote(text)}'"
    suggested = [*(index.entities[key] for key in candidates), *index.entities_like(text)]
    raise unknown_code_error(message, text, suggested)


def suggest_keys(text: str, among: Iterable[Keyed] | NameIndex) -> tuple[Key, ...]:
    """Return the keys of the entities that a text may mean, the likeliest first.

    Words such as *kaupunki* or *stad* do not count: see `tulevaisuus.findings.suggestions`.

    >>> from tulevaisuus import municipalities
    >>> suggest_keys("Turun kaupunki", municipalities)[0], suggest_keys("kunta", municipalities)
    ('853', ())
    """
    index = among if isinstance(among, NameIndex) else NameIndex(among)
    return tuple(entity.key for entity in index.entities_like(text))


def unknown_key(key: object, entities: Iterable[Keyed]) -> UnknownCodeError:
    """Make the error for an unknown key, with similar ones."""
    held = list(entities)
    one = singular_of(held[0]) if held else "entity"
    is_pair = isinstance(key, tuple)
    comparable = {
        key_text(each.key): each for each in held if isinstance(each.key, tuple) == is_pair
    }
    codes = vocabulary_of(comparable.values()).search(_search_text(key))
    shown = distinguish(key, codes) if isinstance(key, str) else key
    suggested = [comparable[code] for code in codes]
    return unknown_code_error(f"there is no {one} {key_repr(shown)}", key, suggested)


def _search_text(key: object) -> str:
    """Write a wrong key as text for the search; empty if it is of a type that no key has."""
    if isinstance(key, str):
        return str(key)
    if isinstance(key, tuple):
        return " ".join(map(_search_text, cast("tuple[object, ...]", key)))
    if isinstance(key, int) and not isinstance(key, bool) and abs(key) < _MAX_INTEGER_KEY:
        return str(int(key))
    if isinstance(key, float) and key.is_integer() and abs(key) < _MAX_INTEGER_KEY:
        return str(int(key))  # what a data frame makes of a column of codes
    return ""


def singular_of(entity: object) -> str:
    """Return the word for an entity of this class in messages: ``grant``."""
    return cast("str", getattr(entity, "singular", type(entity).__name__))


def unknown_code_error(message: str, key: object, suggested: Iterable[Keyed]) -> UnknownCodeError:
    """Make the error for an unknown key or name, with the suggested entities."""
    found = {entity.key: entity for entity in [*suggested][:_MAX_LISTED]}
    if found:
        message += f"; did you mean {' or '.join(map(_shown, found.values()))}?"
    return UnknownCodeError(message, key, tuple(map(key_text, found)))


def _shown(entity: Keyed) -> str:
    """Write a key with the first name of the entity, which people know better."""
    name = next(iter(names_of(entity)), None)
    key = key_repr(entity.key)
    return key if name is None else f"{key} ({quote(name)})"


def _ambiguous(text: str, candidates: Mapping[Key, Keyed]) -> AmbiguousNameError:
    listed = [_shown(entity) for entity in [*candidates.values()][:_MAX_LISTED]]
    if len(candidates) > _MAX_LISTED:
        listed.append(f"or {len(candidates) - _MAX_LISTED} others")
    message = f"'{quote(text)}' may be {', '.join(listed)}; look it up by its key"
    return AmbiguousNameError(message, text, tuple(map(key_text, candidates))[:_MAX_LISTED])
