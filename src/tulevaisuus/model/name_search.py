"""Search by name: `fold` makes names comparable, `find_by_name` finds, `suggest_keys` suggests."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar, cast

from tulevaisuus.findings.errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.findings.expectations import quote
from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.entity import Key, key_repr, key_text

__all__ = [
    "Keyed",
    "NameIndex",
    "find_by_name",
    "fold",
    "singular_of",
    "suggest_keys",
    "unknown_key",
]

_FEW = 10
"""A message lists so many candidates; the rest are counted."""

_LONGEST = 200
"""Suggestions are made from the beginning of a text: no name is longer."""

_MOST = 3
"""So many suggestions are of use."""

_ALIKE = 0.7
"""How alike two names are that one may be a slip of the other, from 0 to 1."""

_CASE_ENDING = 5
"""The longest ending that an inflected name adds: *Pirkanmaa* + *-ltakin*."""

_GENERIC = re.compile(
    r"(?:hyvinvointialue|valfardsomrade|sairaanhoitopiiri|sjukvardsdistrikt|kuntayhtym|samkommun"
    r"|kaupun[kg]|kunta|kunna|kommun|maakun(?:ta|na)|landskap)[a-z]*"
    r"|hva|vfo|shp|ky|stads?|city|town|municipality|region|county|wellbeing|services|of|the"
)
"""Words that say of what kind a place is, in any inflection: they name none."""

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BETWEEN_WORDS = re.compile(r"[\s#/|,;:()\[\]\"]+|(?<!\S)-(?!\S)")


class Keyed(Protocol):
    """Anything that a register can hold: it has a key."""

    @property
    def key(self) -> Key:
        """What its register finds it by."""
        ...


K = TypeVar("K", bound=Keyed)


def fold(name: str) -> str:
    """Make names comparable: case, diacritics, dashes and runs of blanks apart.

    >>> fold("Länsi–Uusimaa")
    'lansi-uusimaa'
    """
    # Sign by sign: to normalize a whole text takes time with the square of its combining marks.
    plain = (each if each.isascii() else _plain(each) for each in _DASHES.sub("-", name))
    return " ".join("".join(plain).casefold().split())


def _plain(sign: str) -> str:
    signs = unicodedata.normalize("NFKD", sign).casefold()
    return "".join(each for each in signs if not unicodedata.combining(each))


class NameIndex:
    """The names of entities, folded once: what `find_by_name` searches.

    It also reads as a mapping of each name to the keys of those that have it.
    """

    __slots__ = ("_by_word", "entities", "longest", "names")

    def __init__(self, entities: Iterable[Keyed]) -> None:
        """Take the entities; those without names stay unfound."""
        self.entities: dict[Key, Keyed] = {}
        self.names: dict[str, list[Key]] = {}
        for entity in entities:
            for wording in wordings_of(entity):
                keys = self.names.setdefault(fold(wording), [])
                if entity.key not in keys:
                    keys.append(entity.key)
                self.entities[entity.key] = entity
        self.longest: int = max((name.count(" ") + 1 for name in self.names), default=0)
        self._by_word: dict[str, list[Key]] | None = None

    def with_word(self, word: str) -> list[Key]:
        """Return the keys of those that have a name with the word in it."""
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


def wordings_of(entity: Keyed) -> Iterable[str]:
    """Return the names of an entity, none of one that has no names."""
    wordings: Callable[[], Iterable[str]] | None = getattr(entity, "wordings", None)
    return () if wordings is None else wordings()


def find_by_name(text: str, among: Iterable[Keyed] | NameIndex) -> Key:
    """Return the key of the one entity with that name.

    A name of several is an `AmbiguousNameError`, an unknown one an `UnknownCodeError`.
    """
    index = among if isinstance(among, NameIndex) else NameIndex(among)
    wanted = fold(text)
    found = index.names.get(wanted, [])
    if len(found) == 1:
        return found[0]
    candidates = found or ([] if _GENERIC.fullmatch(wanted) else index.with_word(wanted))
    if len(candidates) > 1:
        raise _ambiguous(text, {key: index.entities[key] for key in candidates})
    message = f"nothing here is called '{quote(text)}'"
    raise unknown(message, text, [*candidates, *suggest_keys(text, index)])


def suggest_keys(text: str, among: Iterable[Keyed] | NameIndex) -> tuple[Key, ...]:
    """Return the keys of those whose names a text may mean, the likeliest first.

    Whole names inside the text come first, then names of which a word is an inflected form, then
    names that look alike. Words such as *kaupunki* or *stad* do not count.

    >>> from tulevaisuus import municipalities
    >>> suggest_keys("Turun kaupunki", municipalities)[0], suggest_keys("kunta", municipalities)
    ('853', ())
    """
    index = among if isinstance(among, NameIndex) else NameIndex(among)
    words = [
        word
        for word in _BETWEEN_WORDS.split(fold(text[:_LONGEST]))
        if word and not _GENERIC.fullmatch(word)
    ]
    for search in (_contained, _inflected, _alike):
        keys = dict.fromkeys(key for name in search(words, index) for key in index.names[name])
        if keys:
            return tuple(keys)[:_MOST]
    return ()


def _contained(words: list[str], index: NameIndex) -> Iterator[str]:
    """Return the names that stand in the text as they are, the longest first."""
    for length in range(min(index.longest, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            name = " ".join(words[first : first + length])
            if name in index.names:
                yield name


def _inflected(words: list[str], index: NameIndex) -> list[str]:
    """Return the names of which a word may be an inflected form, the most alike first.

    Finnish changes the last letters of a name and adds an ending: *Turku*, *Turun*; *Lahti*,
    *Lahdessa*. So all of the name but two letters must be there, and little beside it.
    """
    found: list[tuple[float, int, str]] = []
    for word in words:
        for name in index.names:
            shared = _shared(word, name)
            extra = len(word) - shared
            if shared >= max(3, len(name) - 2) and extra <= _CASE_ENDING:
                found.append((-shared / len(name), extra, name))
    return [name for _, _, name in sorted(found)]


def _shared(one: str, other: str) -> int:
    """Return how many letters two words share at their beginnings."""
    pairs = enumerate(zip(one, other, strict=False))
    return next(
        (place for place, (first, second) in pairs if first != second), min(len(one), len(other))
    )


def _alike(words: list[str], index: NameIndex) -> Iterator[str]:
    """Return the names that look like the text: a letter or two wrong, not merely of its length."""
    from difflib import SequenceMatcher  # only a mistake needs it

    text = " ".join(words)
    for name in suggest(text, index.names) if words else ():
        if SequenceMatcher(None, text, name).ratio() >= _ALIKE:
            yield name


def unknown_key(key: object, entities: Iterable[Keyed]) -> UnknownCodeError:
    """Make the error for a key that is not there, and suggest near ones."""
    held = list(entities)
    known = {key_text(entity.key): entity.key for entity in held}
    one = singular_of(held[0]) if held else "entity"
    intended = [known[text] for text in suggest(quote(key_repr(key).strip("'")), known)]
    return unknown(f"there is no {one} {key_repr(key)}", key, intended)


def singular_of(entity: object) -> str:
    """Return what messages call an entity of the kind: ``grant``."""
    return cast("str", getattr(entity, "singular", type(entity).__name__))


def unknown(message: str, key: object, intended: Iterable[Key]) -> UnknownCodeError:
    """Make the error for something that is not there, with the keys that may be meant."""
    keys = tuple(dict.fromkeys(intended))[:_FEW]
    if keys:
        message += f"; did you mean {' or '.join(map(key_repr, keys))}?"
    return UnknownCodeError(message, key, tuple(map(key_text, keys)))


def _ambiguous(text: str, candidates: Mapping[Key, Keyed]) -> AmbiguousNameError:
    listed = [
        f"{key_repr(key)} ({escape_unprintable(quote(next(iter(wordings_of(entity)))))})"
        for key, entity in [*candidates.items()][:_FEW]
    ]
    if len(candidates) > _FEW:
        listed.append(f"or {len(candidates) - _FEW} others")
    message = f"'{quote(text)}' may be {', '.join(listed)}; look it up by its key"
    return AmbiguousNameError(message, text, tuple(map(key_text, candidates))[:_FEW])
