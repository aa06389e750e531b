"""Texts in Finnish, Swedish and English; dates and amounts formatted for each language.

Also the error about an unknown language.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, TypeAlias, runtime_checkable

import attrs

from tulevaisuus.findings.lookalike_characters import escape_unprintable
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields

__all__ = [
    "ENGLISH_MONTHS",
    "LANGUAGES",
    "Localizable",
    "LocalizedText",
    "Param",
    "UnknownLanguageError",
    "escape_unprintable",
    "format_value",
    "localize",
    "require_language",
    "split_language",
]

LANGUAGES = ("fi", "sv", "en")
"""The languages of every message."""

ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""The names of the months, from January; Finnish and Swedish dates are written in numbers."""

_MAX_QUOTED = 60
"""The most characters of a wrong language in a message."""

_LANGUAGE_SPEC = re.compile("(?P<language>[A-Za-z]{2,}):?(?P<text_spec>.*)", re.DOTALL)
"""A language in the format of an f-string; one letter is Python's: ``s``, or a fill character."""


class UnknownLanguageError(UnknownCodeError, ValueError):
    """A language that is none of ``fi``, ``sv`` and ``en``."""

    __module__ = "tulevaisuus"  # as users import it

    def __init__(self, language: object, known: Sequence[str]) -> None:
        """Make the message, which lists the known languages."""
        # A long text is cut, and a huge number has no text.
        is_number = isinstance(language, int)
        found = type(language).__name__ if is_number else repr(language)[:_MAX_QUOTED]
        meant = _intended_language(language, known)
        hint = f"did you mean '{meant}'? " if meant else ""
        super().__init__(
            f"unknown language {found}; {hint}use one of {', '.join(known)}", language, known
        )

    def __reduce__(self) -> tuple[type[UnknownLanguageError], tuple[object, ...]]:
        """Pickle the arguments of the constructor."""
        return type(self), (self.key, self.suggestions)


def _intended_language(language: object, known: Sequence[str]) -> str | None:
    """Return the known language of a code in capitals, or with a country: ``SV``, ``sv-FI``."""
    if not isinstance(language, str):
        return None
    code = language[:_MAX_QUOTED].strip().lower().replace("_", "-").partition("-")[0]
    return code if code in known else None


def require_language(language: str) -> None:
    """Check that the language is ``fi``, ``sv`` or ``en``.

    Raises:
        UnknownLanguageError: It is not.
    """
    if language not in LANGUAGES:
        raise UnknownLanguageError(language, LANGUAGES)


@runtime_checkable
class Localizable(Protocol):
    """A value that can be written in each language: `LocalizedText`, `Text`, `Period` ..."""

    def localize(self, language: str) -> str:
        """Return the value as text in a language: ``fi``, ``sv`` or ``en``."""
        ...


Param: TypeAlias = Localizable | str | int | Decimal | dt.date | tuple["Param", ...] | None
"""A value that a message shows; all these types are hashable and can be pickled."""


@attrs.frozen
class LocalizedText(PydanticFields):
    """A phrase of the library in all three languages; it may be a template with ``{names}``.

    Texts in data are `tulevaisuus.Text`, where Swedish and English may be missing.
    """

    fi: str
    sv: str
    en: str

    def localize(self, language: str) -> str:
        """Return the phrase in ``fi``, ``sv`` or ``en``.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        require_language(language)
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]

    def get(self, language: str) -> str:
        """Return the same as `localize`, so that `Text` and `LocalizedText` are used alike."""
        return self.localize(language)

    def fill(self, params: Mapping[str, Param], language: str) -> str:
        """Return the template with the values filled in, formatted for the language."""
        template = self.localize(language)
        return template.format_map(
            {name: localize(value, language) for name, value in params.items()}
        )


def format_value(value: object, spec: str) -> str:
    """Return a value for an f-string: in a language (``f"{text:sv}"``), or padded as text is.

    A width may follow the language: ``f"{text:sv>20}"``. An object that has a name in languages is
    written as its name.

    >>> format_value("a", ">3"), format_value(LocalizedText("a", "b", "c"), "sv>3")
    ('  a', '  b')

    Raises:
        UnknownLanguageError: The format begins with a word, and that is none of the languages.
        TypeError: The value has no text in languages.
    """
    language, text_spec = split_language(spec)
    text = str(value) if language is None else _in_language(value, language)
    return format(text, text_spec)


def split_language(spec: str) -> tuple[str | None, str]:
    """Split the format of an f-string into a language and the format of a text.

    >>> split_language("sv"), split_language("sv:>20"), split_language(">20")
    (('sv', ''), ('sv', '>20'), (None, '>20'))
    """
    match = _LANGUAGE_SPEC.fullmatch(spec)
    return (None, spec) if match is None else (match["language"], match["text_spec"])


def _in_language(value: object, language: str) -> str:
    name = value if isinstance(value, Localizable) else getattr(value, "name", None)
    if isinstance(name, Localizable):
        return name.localize(language)
    require_language(language)
    cls = type(value).__name__
    raise TypeError(
        f"{cls} has no text in languages; format one of its fields, or leave out the language"
    )


def localize(value: Param, language: str) -> str:
    """Format a value for a language.

    A `Decimal` is an amount in euros; the values of a tuple are separated by commas.

    >>> localize(dt.date(2021, 12, 31), "fi"), localize(dt.date(2021, 12, 31), "en")
    ('31.12.2021', '31 December 2021')
    >>> localize(Decimal("11180062.5"), "en")
    '€11,180,062.50'
    """
    # A member of a code list is a `str`, too, but messages show its label, not its code: so this is
    # first. `isinstance(value, Localizable)` takes many times as long on Python 3.11.
    own_localize: Callable[[str], str] | None = getattr(value, "localize", None)
    if own_localize is not None:
        return own_localize(language)
    match value:
        case str():
            return escape_unprintable(value)
        case tuple():
            return ", ".join(localize(element, language) for element in value)
        case dt.date():
            return _localize_date(value, language)
        case Decimal():
            return _localize_amount(value, language)
        case _:
            return str(value)


def _localize_date(date: dt.date, language: str) -> str:
    if language == "en":
        return f"{date.day} {ENGLISH_MONTHS[date.month - 1]} {date.year:04}"
    return f"{date.day}.{date.month}.{date.year:04}"


def _localize_amount(amount: Decimal, language: str) -> str:
    text = f"{amount:,.2f}".removesuffix(".00")
    if language == "en":
        return f"€{text}"
    return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",") + "\N{NO-BREAK SPACE}€"
