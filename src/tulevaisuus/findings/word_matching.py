"""Compares the words and numbers of a text with those of known names, for `suggestions`.

Words must be normalised by `normalise_for_search`. Numbers are compared separately from words: a
different number means a different code, even if its digits are similar.
"""

import re
from collections.abc import Iterable, Sequence

from tulevaisuus.findings.lookalike_characters import skeleton

__all__ = ["SEPARATORS", "compact_code", "names_with_words", "numbers_fit"]

_MIN_WORD = 4
"""Shorter words, and shorter stems of words, are at the beginning of too many other words."""

_MIN_INNER = 6
"""A stem of this length may also be found inside a word, because Finnish has compound words."""

_MIN_JOINED = 8
"""A stem of this length may also be found across two words: *suunterveydenhuolto*."""

_LONG_WORD = 9
"""Inflection may change the last three letters of a word of this length, or the last two."""

_MIN_SHORTENED = 2
"""The minimum number of digits of a shortened number: *shc-21* for *shc-2021*."""

_MIN_WORDS_SIMILARITY = 0.6
"""The minimum `difflib` ratio (0-1) of the words of two codes with the same number."""

SEPARATORS = re.compile(r"[\W_]+")
_LETTER_O_IN_NUMBER = re.compile("(?<=[0-9])o|o(?=[0-9])")
_DIGIT_LETTER_DIGIT = re.compile("[0-9][a-z]+[0-9]")
_DIGITS = re.compile("[0-9]+")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LETTERS_AND_NUMBER = re.compile("[a-z]+[0-9]+")
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def _stem(word: str) -> str:
    """Return the beginning of a word that inflection does not change.

    >>> _stem("kotihoito"), _stem("oral")
    ('kotiho', 'oral')
    """
    beginning = word[:-3] if len(word) >= _LONG_WORD else word[:-2]
    return max(word[:_MIN_WORD], beginning, key=len)


def names_with_words(words: Sequence[str], names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the codes of the names that contain all words, if possible without inflection.

    >>> names = [("suun terveydenhuollon palvelut", "oral"), ("neuvolapalvelut", "clinics")]
    >>> names_with_words(["suun", "terveydenhuolto"], names), names_with_words(["neuvolat"], names)
    (['oral'], ['clinics'])

    Args:
        words: The words to find.
        names: The known names, each with its code.
    """
    exact, inflected = (_WordSearch(each) for each in (words, [*map(_stem, words)]))
    if not words or not exact.is_possible:
        return []
    inflected_matches: dict[str, None] = {}
    exact_matches: dict[str, None] = {}
    for name, code in names:
        if inflected.matches(name):
            inflected_matches[code] = None
            if exact.matches(name):
                exact_matches[code] = None
    return [*(exact_matches or inflected_matches)]


class _WordSearch:
    """Searches names for words or stems of words."""

    def __init__(self, stems: Sequence[str]) -> None:
        """Keep the words or stems; `is_possible` is false if one is too short or has digits."""
        self.is_possible: bool = all(
            len(stem) >= _MIN_WORD and stem.replace("-", "").isalpha() for stem in stems
        )
        self._beginnings = [f" {stem}" for stem in stems if len(stem) < _MIN_INNER]
        self._parts = [stem for stem in stems if len(stem) >= _MIN_INNER]

    def matches(self, name: str) -> bool:
        """Return whether a name contains all words, also as parts of longer words."""
        if self._beginnings:
            spaced = f" {name}"
            for beginning in self._beginnings:
                if beginning not in spaced:
                    return False
        for part in self._parts:
            joined = name if len(part) < _MIN_JOINED else name.replace(" ", "")
            if part not in name and part not in joined:
                return False
        return True


def numbers_fit(text: str, known: str) -> bool:
    """Return whether a text may be a misspelling of a similar known text, by their numbers.

    It may be if the words are similar, and the digits are the same in any order or only shortened.
    If the words are equal, the years may differ: a code with another year may be meant. But TSK302
    is not a misspelt TSK309, and county-24 is not a misspelt county-21.

    >>> numbers_fit("shc-2022", "shc-2021"), numbers_fit("county-24", "county-21")
    (True, False)
    """
    if bool(_DIGIT_LETTER_DIGIT.search(text)) != bool(_DIGIT_LETTER_DIGIT.search(known)):
        return False  # FI1C1 of NUTS is not FI-11 of ISO 3166-2
    digits, known_digits = _digits_of(text), _digits_of(known)
    if not digits or not known_digits:
        return True
    words, known_words = (_NOT_LETTERS.sub("", each) for each in (text, known))
    are_years = all(map(_YEAR.fullmatch, (digits, known_digits)))
    if not words:
        return digits == known_digits and not are_years
    if sorted(digits) == sorted(known_digits) or _is_shortened(text, digits, known_digits):
        return _are_similar(words, known_words)
    return are_years and words == known_words


def _digits_of(text: str) -> str:
    return "".join(_DIGITS.findall(text))


def _is_shortened(text: str, digits: str, known: str) -> bool:
    """Return whether digits are the end of a known year or the beginning of a known number.

    Codes without separators, such as TSK302, are always written in full.
    """
    if len(digits) < _MIN_SHORTENED or _LETTERS_AND_NUMBER.fullmatch(text):
        return False
    return known.startswith(digits) or (
        known.endswith(digits) and _YEAR.fullmatch(known) is not None
    )


def _are_similar(words: str, known: str) -> bool:
    from difflib import SequenceMatcher  # slow to import, and only needed for mistakes

    matcher = SequenceMatcher(None, words, known)
    return known.startswith(words) or matcher.ratio() >= _MIN_WORDS_SIMILARITY


def compact_code(text: str) -> str:
    """Return a code without separators; a letter O in a number becomes a zero.

    >>> compact_code("TSK 3O2"), compact_code("shc_2021")
    ('tsk302', 'shc2021')
    """
    plain = SEPARATORS.sub("", skeleton(text).casefold())
    return _LETTER_O_IN_NUMBER.sub("0", plain)
