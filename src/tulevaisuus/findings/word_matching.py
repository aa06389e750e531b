"""How `tulevaisuus.findings.suggestions` compares words of a text with words of known names.

Words are as `fold_name` writes them. Numbers are compared apart from words: another number is
another code, however similar its digits are.
"""

import re
from collections.abc import Iterable, Sequence

__all__ = ["names_with_words", "numbers_fit"]

_MIN_WORD = 4
"""Shorter words, and shorter beginnings of words, begin too many others."""

_MIN_INNER = 6
"""The minimum length of what may also be inside a word, as words are put together in Finnish."""

_MIN_JOINED = 8
"""The minimum length of what may also go over the end of a word: *suunterveydenhuolto*."""

_LONG_WORD = 9
"""From this length on, a word may lose three letters at its end when inflected, else two."""

_MIN_SHORTENED = 2
"""The minimum number of digits of a shortened number: *shc-21* for *shc-2021*."""

_MIN_WORDS_SIMILARITY = 0.6
"""The minimum `difflib` ratio (0-1) of the words of two codes with the same number."""

_DIGITS = re.compile("[0-9]+")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LETTERS_AND_NUMBER = re.compile("[a-z]+[0-9]+")
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def _stem(word: str) -> str:
    """Return the beginning of a word that stays when it is inflected.

    >>> _stem("kotihoito"), _stem("oral")
    ('kotiho', 'oral')
    """
    ending = 3 if len(word) >= _LONG_WORD else 2
    return word[: max(_MIN_WORD, len(word) - ending)]


def names_with_words(words: Sequence[str], names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the codes of the names that contain all words: as they are, else inflected.

    >>> names = [("suun terveydenhuollon palvelut", "oral"), ("neuvolapalvelut", "clinics")]
    >>> names_with_words(["suun", "terveydenhuolto"], names), names_with_words(["neuvolat"], names)
    (['oral'], ['clinics'])

    Args:
        words: The words.
        names: The known names, each with its code.
    """
    whole, inflected = (_WordSearch(each) for each in (words, [*map(_stem, words)]))
    if not words or not whole.is_possible:
        return []
    loosely: dict[str, None] = {}
    exactly: dict[str, None] = {}
    for name, code in names:
        if inflected.fits(name):
            loosely[code] = None
            if whole.fits(name):
                exactly[code] = None
    return [*(exactly or loosely)]


class _WordSearch:
    """Some words, or beginnings of words, that are looked for in names."""

    def __init__(self, stems: Sequence[str]) -> None:
        """Take the words."""
        self.is_possible: bool = all(
            len(stem) >= _MIN_WORD and stem.replace("-", "").isalpha() for stem in stems
        )
        self._beginnings = [f" {stem}" for stem in stems if len(stem) < _MIN_INNER]
        self._parts = [stem for stem in stems if len(stem) >= _MIN_INNER]

    def fits(self, name: str) -> bool:
        """Return whether a name contains all words, also within longer ones."""
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
    """Return whether the numbers of two similar texts allow that one is a slip for the other.

    Equal digits, also in another order, are a slip if the words are similar, too. Of equal words,
    a shortened number and another year are: there are few years, and the other call or grant of
    the same words may be meant. TSK302 is not a misspelt TSK309, nor county-24 a county-21.

    >>> numbers_fit("shc-2022", "shc-2021"), numbers_fit("county-24", "county-21")
    (True, False)
    """
    digits, known_digits = ("".join(_DIGITS.findall(each)) for each in (text, known))
    if not digits or not known_digits:
        return True
    words, known_words = (_NOT_LETTERS.sub("", each) for each in (text, known))
    are_years = all(map(_YEAR.fullmatch, (digits, known_digits)))
    if not words:
        return digits == known_digits and not are_years
    if sorted(digits) == sorted(known_digits) or _is_shortened(text, digits, known_digits):
        return _are_similar(words, known_words)
    return are_years and words == known_words


def _is_shortened(text: str, digits: str, known: str) -> bool:
    """Return whether digits are the end of a year, or the beginning of the number of a longer id.

    Codes without separators, such as TSK302, are always written in full.
    """
    if len(digits) < _MIN_SHORTENED or _LETTERS_AND_NUMBER.fullmatch(text):
        return False
    return known.startswith(digits) or (
        known.endswith(digits) and _YEAR.fullmatch(known) is not None
    )


def _are_similar(words: str, known: str) -> bool:
    from difflib import SequenceMatcher  # slow to import, and only needed for mistakes

    matcher = SequenceMatcher(None, words, known, autojunk=False)
    return known.startswith(words) or matcher.ratio() >= _MIN_WORDS_SIMILARITY
