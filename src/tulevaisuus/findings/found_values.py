"""How messages show the value that was found: quoted, shortened, with its type if that matters."""

import datetime as dt
import re
from decimal import Decimal
from enum import Enum

from tulevaisuus.findings.expectations import expected, instance_of, phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.localization import LocalizedText

__all__ = ["NumberLiteral", "describe", "found", "is_missing", "quote"]

_MAX_QUOTED = 60
"""Longer values are shortened when a message quotes them."""

_LIBRARIES = frozenset({"numpy", "pandas", "polars", "pyarrow"})
"""Libraries whose classes messages name together with the library."""

_CLASSES_OF_MISSING_VALUES = frozenset({"MaskedConstant", "NAType", "NaTType"})
"""The names of classes of numpy and pandas that have no other value."""

_CLASSES_WITH_A_MISSING_VALUE = frozenset(
    {"datetime64", "timedelta64", "float16", "float32", "float128", "longdouble"}
)
"""The names of classes of numpy with NaN or NaT; its ``float64`` is a `float`."""

_HIDDEN_SPACES = re.compile("[\u00a0\u202f](?![\\d€])|(?<!\\d)[\u00a0\u202f]")
"""No-break spaces, except those after a digit and before a digit or the euro sign."""


class NumberLiteral:
    """A number with an exponent, kept as text: it is never accepted as a value.

    Writing out the digits of a huge exponent could take minutes.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self.text: str = text

    def __str__(self) -> str:
        """Return the text."""
        return self.text


def found(name: str, /, **values: object) -> "LocalizedText":
    """Return the phrase ``[found.NAME]`` with the values filled in."""
    return phrase("found", name, **values)


def describe(value: object) -> "LocalizedText":
    """Return the phrase for a value that was found, with its type where the type may be wrong.

    >>> describe("12").en, describe(1.9).sv, describe(None).fi
    ('text "12"', 'talet 1.9', 'tyhjä (null)')
    """
    match value:
        case None:
            return found("nothing")
        case bool() | Enum():
            return _in_all_languages(value)
        case str():
            return found("text", value=quote(value))
        case int() | float() | Decimal() | NumberLiteral():
            return found("number", value=quote(value))
        case dict():
            return expected("object")
        case list() | tuple():
            return expected("list")
        case dt.date() if not is_missing(value):
            is_time = isinstance(value, dt.datetime)
            return found("time" if is_time else "day", value=value.isoformat())
        case _:
            return instance_of(_class_name(value))


def _in_all_languages(value: object) -> "LocalizedText":
    """Return a boolean as JSON writes it, or the name of a member of a code list."""
    from tulevaisuus.findings.localization import LocalizedText

    member = f"{type(value).__name__}.{value.name}" if isinstance(value, Enum) else ""
    word = quote(member or str(value).lower())
    return LocalizedText(fi=word, sv=word, en=word)


def is_missing(value: object) -> bool:
    """Return whether a value means missing data in other libraries.

    That is ``NaT``, ``NA`` and NaN of numpy and pandas, also as a `Decimal`, a masked value of
    numpy, and a null of pyarrow.
    """
    cls = type(value)
    if cls.__name__ in _CLASSES_OF_MISSING_VALUES:
        return True
    if isinstance(value, Decimal):
        return value.is_nan()
    if cls.__module__.partition(".")[0] == "pyarrow":
        return getattr(value, "is_valid", True) is False
    is_number = isinstance(value, float) or cls.__name__ in _CLASSES_WITH_A_MISSING_VALUE
    return is_number and bool(value != value)  # noqa: PLR0124 - only a missing value differs from itself


def _class_name(value: object) -> str:
    """Return the name of the class; for numpy, pandas and others, after that of the library.

    Several libraries have a class ``Period`` or ``Series``.
    """
    cls = type(value)
    library = cls.__module__.partition(".")[0]
    return f"{library}.{cls.__name__}" if library in _LIBRARIES else cls.__name__


def quote(value: str | float | Decimal | NumberLiteral) -> str:
    """Return a text or number as messages quote it: shortened, invisible characters escaped."""
    if isinstance(value, int) and value.bit_length() > 4 * _MAX_QUOTED:
        return f"≈ 2^{value.bit_length()}"
    from tulevaisuus.findings.lookalike_characters import escape_unprintable

    text = str(value)
    shown = escape_unprintable(text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…")
    if shown.isascii():
        return shown
    # No-break spaces are usual between digits and before the euro sign. Elsewhere they are escaped:
    # nobody sees them, and they may be the only error.
    return _HIDDEN_SPACES.sub(lambda space: f"\\u{ord(space[0]):04x}", shown)
