"""Words in the cells of tables that have a meaning, such as *Yhteensä* (total) and *ei tiedossa*.

They are in ``data/words_in_cells.toml``; the labels of code lists are in ``tulevaisuus.model``.
"""

import functools
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias, cast

from tulevaisuus._text_files import read_text
from tulevaisuus.exchange.csv_and_excel.header_meanings import normalise
from tulevaisuus.findings.localization import LANGUAGES

__all__ = ["code_synonyms", "means_unknown", "word_to_write", "words_meaning"]

_Words: TypeAlias = Mapping[str, list[str]]
"""The words of one meaning, by language."""

_MAX_WORD_LENGTH = 20
"""Every word for an unknown value is shorter."""


@functools.cache
def words_meaning(name: str) -> Mapping[str, str]:
    """Return the words with a special meaning, such as ``sum``, by their normalised form.

    >>> sorted(words_meaning("none"))
    ['ei mitaan', 'inget', 'none']
    """
    return _normalise_all(_file().words[name])


def word_to_write(name: str, language: str) -> str:
    """Return the word that is written for a special meaning, such as ``none``."""
    return _file().words[name][language][0]


def means_unknown(value: object) -> bool:
    """Return whether the text of a cell means that the value is unknown.

    >>> means_unknown("Ei tiedossa"), means_unknown("Turku")
    (True, False)
    """
    is_word = isinstance(value, str) and len(value) < _MAX_WORD_LENGTH and not value[:1].isdigit()
    return is_word and normalise(cast("str", value)) in words_meaning("unknown")


@functools.cache
def code_synonyms(code_list: str) -> Mapping[str, str]:
    """Return the codes that the words of officials mean, by the normalised form of the word."""
    codes = _file().codes.get(code_list, {})
    return {word: code for code, words in codes.items() for word in _normalise_all(words)}


def _normalise_all(words: _Words) -> dict[str, str]:
    """Return the words of all languages by their normalised form."""
    return {normalise(word): word for language in LANGUAGES for word in words[language]}


class _File(NamedTuple):
    """The words of the file by special meaning, and those for codes by code list and code."""

    words: Mapping[str, _Words]
    codes: Mapping[str, Mapping[str, _Words]]


@functools.cache
def _file() -> _File:
    import tomllib  # only tables need it

    return _File(**tomllib.loads(read_text("tulevaisuus.exchange", "data", "words_in_cells.toml")))
