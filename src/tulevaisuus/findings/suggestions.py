"""Suggests known codes and names for a text that is not a known code or name.

Exact relations come first: the same text in look-alike characters, a known name within the text, a
number without its leading zeros, an inflected name, words of a name. If none of them applies, texts
with similar letters and fitting numbers are suggested. A maakunta is a part of an older division of
the country, such as Uusimaa.
"""

import copy
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from operator import itemgetter
from typing import NamedTuple

import attrs

from tulevaisuus.findings.ignored_words import MAX_NAME, NO_NAME, Name, read_name
from tulevaisuus.findings.localization import Localizable
from tulevaisuus.findings.lookalike_characters import escape_unprintable, skeleton
from tulevaisuus.findings.word_matching import (
    SEPARATORS,
    compact_code,
    names_with_words,
    numbers_fit,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from difflib import SequenceMatcher  # slow to import, and only needed for mistakes

__all__ = ["NamedCode", "Vocabulary", "suggest"]

_MAX_COMPARED = 40
"""Only so many characters of a text are compared: comparing is slow, and codes are shorter."""

_MAX_WORDS = 6
"""The maximum number of words of a name within a text; generic words do not count."""

_MAX_CANDIDATES = 5
"""How many texts are compared in full: the texts with the most letters in common."""

_MIN_NUMBER_SIMILARITY, _MIN_CODE_SIMILARITY, _MIN_NAME_SIMILARITY = 0.6, 0.7, 0.8
"""The minimum `difflib` ratio (0-1); higher for names, because many names end alike.

It is lower for codes with digits, because `numbers_fit` compares them exactly.
"""

_MAX_VOCABULARY_SIZE = 200_000
"""A larger vocabulary (in characters) is not searched for similar texts: it would take too long."""

_MIN_STEM = 3
_CASE_ENDING = re.compile(
    "[a-z]{0,2}(?:n|en|in|on|un|an|ssa|sta|lla|lta|lle|na|ksi|s)|[a-z]{0,2}(?=$)"
)
"""An inflectional ending, after `normalise_for_search`: *Tur-un*, *Lah-dessa*, *Åbo-s*."""

_DIGITS = re.compile("[0-9]+")
_YEARS = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_LEADING_ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")
_ZERO_DECIMALS = re.compile(r"[.,]0+$")
"""Spreadsheet programs add decimals to a code that they read as a number: ``91.0``."""

_CODE_PREFIXES = {"mk": ("region", 2), "ku": ("municipality", 3)}
"""Statistics Finland's prefixes of codes, with the type of place and the number of digits.

MK is a *maakunta* and KU a *kunta*: MK02 is no county 02, and MK020 no municipality 020.
"""

_DIGIT_AND_LETTER = re.compile("[0-9][a-z]")


@attrs.frozen
class NamedCode:
    """A suggested code with the name of its entity: people know names better than codes."""

    code: str
    name: Localizable | None = None

    def localize(self, language: str) -> str:
        """Return the code and the name in a language: ``853 (Turku)``."""
        code = escape_unprintable(self.code)
        if self.name is None:
            return code
        name = escape_unprintable(self.name.localize(language))
        return f"{code} ({name if len(name) <= _MAX_COMPARED else f'{name[:_MAX_COMPARED]}…'})"

    def __str__(self) -> str:
        """Return only the code, as programs need it."""
        return self.code


class _Candidate(NamedTuple):
    """A known text, and its code."""

    text: str
    code: str
    name: Name
    min_similarity: float


class Vocabulary:
    """Codes with their names; `search` finds the codes that a text may mean.

    Most searches are look-ups in a dict; only a search for similar texts goes through all names.
    ``size`` is the number of characters of all names. ``characters_compared`` is the number of
    characters that all searches for similar texts have compared so far.

    >>> places = Vocabulary([("091", ["Helsinki", "Helsingfors"]), ("853", ["Turku"])])
    >>> places.search("91"), places.search("Helsingfors stad"), places.search("Oslo")
    (('091',), ('091',), ())
    """

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Index the codes, each with its names; earlier codes are suggested first."""
        self.size: int = 0
        self.characters_compared: int = 0
        # Codes, and names with their codes, by what is looked up in a text:
        self._by_skeleton: defaultdict[str, list[str]] = defaultdict(list)  # without look-alikes
        self._by_number: defaultdict[str, list[str]] = defaultdict(list)  # without leading zeros
        self._by_year: defaultdict[str, list[str]] = defaultdict(list)  # each year in a code
        self._by_compact_code: defaultdict[str, list[str]] = defaultdict(list)  # without separators
        # The words of a name.
        self._by_name: defaultdict[str, list[tuple[Name, str]]] = defaultdict(list)
        # A name without its ending.
        self._by_stem: defaultdict[str, list[tuple[Name, str]]] = defaultdict(list)
        # The part after a hyphen.
        self._by_last_part: defaultdict[str, list[tuple[Name, str]]] = defaultdict(list)
        self._place_types: defaultdict[str, set[str]] = defaultdict(set)  # by code
        # For each text that is compared, with its code and name, the minimum similarity.
        self._texts: dict[tuple[str, str, Name], float] = {}
        # Made of `_texts` at the first search in all.
        self._candidates: list[_Candidate] | None = None
        for code, names in entries:
            self._add(code, names)

    def _add(self, code: str, names: Iterable[str]) -> None:
        normalised = skeleton(code[:MAX_NAME]).casefold()
        self._by_skeleton[normalised].append(code)
        if _DIGITS.search(normalised):
            self._by_number[_LEADING_ZEROS.sub("", normalised)].append(code)
            for year in _YEARS.findall(normalised):
                self._by_year[year].append(code)
        self._by_compact_code[SEPARATORS.sub("", normalised)].append(code)
        if not normalised.isdecimal():  # similar numbers are no evidence of a typing error
            similarity = _MIN_NUMBER_SIMILARITY if _DIGITS.search(code) else _MIN_CODE_SIMILARITY
            self._texts[normalised[:_MAX_COMPARED], code, NO_NAME] = similarity
        for text in names:
            name = read_name(text)
            self._place_types[code] |= name.place_types
            if _DIGITS.search(text):  # a name may be a code of another list: FI-19
                self._by_compact_code[compact_code(text[:MAX_NAME])].append(code)
            if name.words:
                self._by_name[name.text].append((name, code))
                stem = max(name.text[:_MIN_STEM], name.text[:-2], key=len)
                self._by_stem[stem].append((name, code))
                last_part = name.text.rpartition("-")[2]
                if not last_part.isdecimal():  # the last year of a period is not a name
                    self._by_last_part[last_part].append((name, code))
                self._texts[name.text[:_MAX_COMPARED], code, name] = _MIN_NAME_SIMILARITY
        self.size += len(normalised) + sum(map(len, names))

    def with_own_count(self) -> "Vocabulary":
        """Return a vocabulary of the same names, in which no characters are compared yet.

        Both share what was indexed, so that several documents can be searched for at once.
        """
        other = copy.copy(self)
        other.characters_compared = 0
        return other

    def search(self, text: str, *, limit: int = 3, similar: bool = True) -> tuple[str, ...]:
        """Return the codes that a text may mean, the likeliest first.

        Args:
            text: The text that is not a known code or name.
            limit: The maximum number of codes to return.
            similar: Whether to search for similar texts, too; that goes through all names.

        """
        name = read_name(text) if self._by_name else NO_NAME
        codes = (
            self._by_skeleton.get(skeleton(text[:MAX_NAME]).casefold())
            or self._by_compact_code.get(compact_code(text[:MAX_NAME]))
            or self._find_contained_names(name)
            or self._find_number(text)
            or self._find_inflected_names(name)
            or (similar and self.size <= _MAX_VOCABULARY_SIZE and self._find_in_all(text, name))
            or ()
        )
        return tuple(dict.fromkeys(codes))[:limit]

    def _find_contained_names(self, name: Name) -> list[str]:
        """Return the codes of the longest known names within a name.

        ``Pohjanmaa - Österbotten`` contains two names of one region. ``Vaasa-Vasa`` is not a known
        name, but both parts are known names of the same place.
        """
        longest = min(_MAX_WORDS, len(name.words))
        for count in range(longest, 0, -1):
            phrases = map(" ".join, _consecutive(name.words, count))
            codes = [code for phrase in phrases for code in self._codes_named(phrase, name)]
            if codes:
                return codes
        same_last_part = self._by_last_part.get(name.text, ())
        return self._find_both_parts(name) or [
            code for known, code in same_last_part if known.may_be_same_place(name)
        ]

    def _codes_named(self, text: str, name: Name) -> Iterator[str]:
        """Return the codes with exactly this name, unless the types of place differ."""
        return (
            code for known, code in self._by_name.get(text, ()) if known.may_be_same_place(name)
        )

    def _find_both_parts(self, name: Name) -> list[str]:
        """Return the codes that all parts of a word with a hyphen name: ``Vaasa-Vasa``."""
        for word in name.words:
            codes_by_part = [{*self._codes_named(part, name)} for part in word.split("-")]
            shared = set[str].intersection(*codes_by_part)
            if shared:  # empty for a word without a hyphen: whole words were looked up before
                return sorted(shared)
        return []

    def _find_number(self, text: str) -> Sequence[str]:
        """Return the codes with the same number, ignoring leading zeros and text around it."""
        normalised = _ZERO_DECIMALS.sub("", skeleton(text[:MAX_NAME]).casefold())
        numbers = _DIGITS.findall(normalised)
        # FI-19 is a code of ISO 3166-2, not "19", and FI1C one of NUTS.
        if (
            len(numbers) != 1
            or normalised.startswith("fi-")
            or _DIGIT_AND_LETTER.search(normalised)
        ):
            return []
        (number,) = numbers
        place_types, digits = _place_types_before(normalised)
        for key in (normalised, number):
            padded = self._padded(key, place_types, digits)
            if padded:
                return padded
        return self._find_without_one_digit(normalised) or _few(self._by_year.get(normalised, ()))

    def _padded(self, key: str, place_types: frozenset[str], digits: int | None) -> list[str]:
        """Return the codes that are a number with leading zeros, of a place and a length."""
        return [
            code
            for code in self._by_number.get(_LEADING_ZEROS.sub("", key), ())
            if len(code) >= len(key)
            and digits in {None, len(code)}
            and self._may_be_of(place_types, code)
        ]

    def _may_be_of(self, place_types: frozenset[str], code: str) -> bool:
        """Return whether the place of a code can be of one of some types; without types it can."""
        own = self._place_types.get(code)
        return not place_types or not own or not place_types.isdisjoint(own)

    def _find_without_one_digit(self, number: str) -> list[str]:
        """Return the codes for a number with one digit too many, unless too many codes fit."""
        if not number.isdecimal() or len(number) > _MAX_COMPARED:
            return []
        shorter = dict.fromkeys(map("".join, combinations(number, len(number) - 1)))
        codes = [
            code
            for shorter_number in reversed(shorter)
            for code in self._by_skeleton.get(shorter_number, ())
        ]
        return codes if len(codes) <= len(number) - 2 else []

    def _find_inflected_names(self, name: Name) -> list[str]:
        """Return the codes of names that occur in an inflected form.

        Finnish changes the end of a name and adds an ending: *Turku*, *Turun*; *Lahti*,
        *Lahdessa*. So a word must begin with all letters of the name except the last two, and the
        rest must be a case ending.
        """
        scored: list[tuple[float, str]] = []
        for word in name.words[:_MAX_WORDS]:
            for cut in range(_MIN_STEM, len(word) + 1):
                if _CASE_ENDING.fullmatch(word[cut:]):
                    named = self._by_stem.get(word[:cut], ())
                    scored += [
                        (cut / len(known.text), code)
                        for known, code in named
                        if known.may_be_same_place(name)
                    ]
        return [code for _, code in sorted(scored, reverse=True)]

    def _find_in_all(self, text: str, name: Name) -> Sequence[str]:
        """Search all names: for the words of the text, then for similar letters."""
        self.characters_compared += self.size
        names = ((text, code) for text, code, known in self._texts if known.may_be_same_place(name))
        words = name.words[:_MAX_WORDS]
        first_word = f"{skeleton(text[:_MAX_COMPARED]).casefold()}_"  # hospital(_district)
        longer = [code for known, code, _ in self._texts if known.startswith(first_word)]
        return (
            _few(names_with_words(words, names)) or _few(longer) or self._find_similar(text, name)
        )

    def _queries(self, text: str, name: Name) -> Iterator[tuple[str, bool]]:
        """Yield texts to compare, and whether with names; else with codes."""
        yield name.text, True
        # "Vaasan kaupunki" and "socialt arbete" are names, not misspelt codes.
        is_name = self._by_name and " " in text.strip() and not _DIGITS.search(text)
        if not name.place_types and not is_name:
            yield skeleton(text[:_MAX_COMPARED]).casefold(), False

    def _find_similar(self, text: str, name: Name) -> list[str]:
        """Return the codes with the most similar codes or names, the most similar first.

        Counting letters is fast and leaves a few candidates; only these are compared in full.
        """
        from difflib import SequenceMatcher  # slow to import, and only needed for mistakes

        if self._candidates is None:
            self._candidates = [
                _Candidate(known, code, known_name, min_similarity)
                for (known, code, known_name), min_similarity in self._texts.items()
            ]
        self.characters_compared += self.size
        ratios: dict[str, float] = {}
        for query, is_name in self._queries(text, name):
            matcher = SequenceMatcher(None, b=query[:_MAX_COMPARED])
            candidates = (
                candidate for candidate in self._candidates if bool(candidate.name.words) is is_name
            )
            for candidate in _best_candidates(matcher, candidates):
                self.characters_compared += len(query[:_MAX_COMPARED]) * len(candidate.text)
                matcher.set_seq1(candidate.text)
                ratio = matcher.ratio()
                if (
                    ratio >= candidate.min_similarity
                    and candidate.name.may_be_same_place(name)
                    and numbers_fit(query, candidate.text)
                ):
                    ratios[candidate.code] = max(ratio, ratios.get(candidate.code, ratio))
        return sorted(ratios, key=lambda code: (ratios[code], code), reverse=True)


def _place_types_before(number: str) -> tuple[frozenset[str], int | None]:
    """Return the types of place that the words before a number name: ``maakunta 02``, ``MK02``.

    After a prefix of Statistics Finland, also return how many digits such a code has.
    """
    words = _DIGITS.split(number)[0]
    prefix = _CODE_PREFIXES.get(words.strip())
    if prefix is None:
        return read_name(words.replace("_", " ")).place_types, None
    place_type, digits = prefix
    return frozenset({place_type}), digits


def _few(codes: Sequence[str]) -> Sequence[str]:
    """Return the codes if they are few; many codes would not help as suggestions."""
    return codes if len(codes) <= _MAX_CANDIDATES else ()


def _consecutive(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """Return all runs of so many consecutive words."""
    return zip(*(words[start:] for start in range(count)), strict=False)


def _best_candidates(
    matcher: "SequenceMatcher[str]", candidates: Iterable[_Candidate]
) -> list[_Candidate]:
    """Return the candidates with the most letters in common: an upper bound of the ratio."""
    possible: list[tuple[float, _Candidate]] = []
    for candidate in candidates:
        matcher.set_seq1(candidate.text)
        highest_ratio = matcher.quick_ratio()
        if highest_ratio >= candidate.min_similarity:
            possible.append((highest_ratio, candidate))
    possible.sort(key=itemgetter(0), reverse=True)
    return [candidate for _, candidate in possible[:_MAX_CANDIDATES]]


def suggest(text: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return the known codes that a text may mean, the likeliest first.

    >>> suggest("recipent", ["recipient", "amount_eur"])
    ('recipient',)
    """
    return Vocabulary((code, ()) for code in known).search(text, limit=limit)
