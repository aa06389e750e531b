"""Splits names into words, without the words that do not tell names apart: *stad*, *and*."""

import itertools
import re
import unicodedata
from typing import NamedTuple

from tulevaisuus.findings.lookalike_characters import skeleton

__all__ = ["MAX_NAME", "NO_NAME", "Name", "is_generic", "normalise_for_search", "read_name"]

MAX_NAME = 200
"""Only so many characters of a name are read."""

_GENERIC_WORDS = {
    "municipality": "kaupunki kaupungi kunta kunna stad kommun city municipality town",
    "county": "hyvinvointialue hyvinvointialuee hva välfärdsområde wellbeing services county",
    "hospital_district": "sairaanhoitopiiri shp sjukvårdsdistrikt svd hospital district",
    "joint_authority": "kuntayhtymä ky samkommun samk",
    "region": "maakunta maakunna landskap",
    "council": "liitto liito förbund",
}
"""Words for a type of place or organisation, by type; they do not say which place is meant.

With the Finnish words there are the stems that their case endings follow (*kaupunki*, but
*kaupungi-n*), and abbreviations in Finnish and Swedish: *hva*, *shp*, *svd*, *ky*, *samk*.
"""

_ENDINGS = "n a ä s en ssa ssä sta stä an än on lla llä lta ltä lle et na nä ksi"
"""Finnish case endings that may follow such a word, and the Swedish and English genitive *s*."""

_STOP_WORDS = frozenset({"ja", "och", "and", "of", "the", "i", "in", "for"})
"""Words that do not tell names apart."""


def normalise_for_search(name: str) -> str:
    """Normalise a name for comparison: without case, diacritics, look-alikes and extra spaces.

    >>> normalise_for_search("Länsi\N{EN DASH}Uusimaa")
    'lansi-uusimaa'
    """
    # The skeleton of a text has ordinary letters in place of those that look like them.
    plain = unicodedata.normalize("NFKD", skeleton(name[:MAX_NAME])).casefold()
    return " ".join("".join(itertools.filterfalse(unicodedata.combining, plain)).split())


def _any_of(words: str) -> str:
    """Return a pattern for any of some words, normalised as the names that it is compared to."""
    return f"(?:{'|'.join(normalise_for_search(words).split())})"


_GENERIC = re.compile(
    "|".join(
        f"(?P<{place_type}>{_any_of(words)}{_any_of(_ENDINGS)}?)"
        for place_type, words in _GENERIC_WORDS.items()
    )
)
"""A generic word; the name of the group that matches is the type of place."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def is_generic(text: str) -> bool:
    """Return whether a text names no place, but at most its type: *hyvinvointialueella*, *the*."""
    return not read_name(text).words


class Name(NamedTuple):
    """A name split into the words that tell it from other names, and types of place.

    *Turun kaupunki* has the word *turun* and the type of place ``municipality``. Organisations of a
    place, such as councils, are types of place as well.
    """

    words: tuple[str, ...]
    place_types: frozenset[str]

    @property
    def text(self) -> str:
        """The words, separated by spaces."""
        return " ".join(self.words)

    def may_be_same_place(self, other: "Name") -> bool:
        """Return whether both can be the same place: they do not name different types."""
        return (
            not self.place_types
            or not other.place_types
            or not self.place_types.isdisjoint(other.place_types)
        )


NO_NAME = Name((), frozenset())
"""A name without words, for texts that are codes."""


def read_name(text: str) -> Name:
    """Split a name into its normalised words and the types of place in it.

    >>> read_name("Turun kaupunki")
    Name(words=('turun',), place_types=frozenset({'municipality'}))
    """
    words: list[str] = []
    place_types: set[str] = set()
    for word in _WORD.findall(normalise_for_search(text)):
        generic = _GENERIC.fullmatch(word)
        if generic is not None and generic.lastgroup is not None:
            place_types.add(generic.lastgroup)
        elif word not in _STOP_WORDS:
            words.append(word)
    return Name(tuple(words), frozenset(place_types))
