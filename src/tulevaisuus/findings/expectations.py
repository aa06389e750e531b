"""Phrases that messages use for the value that was found and the value that was expected.

The phrases are in ``texts/tsk0_reading.toml``. The file is read only when something is wrong, so
valid data does not pay for it.
"""

import datetime as dt
import re
from decimal import Decimal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.localization import LocalizedText

    AMOUNT: LocalizedText
    BOOLEAN: LocalizedText
    BUSINESS_ID: LocalizedText
    CODE: LocalizedText
    CONTRIBUTION: LocalizedText
    DATE: LocalizedText
    IDENTIFIER: LocalizedText
    INTEGER: LocalizedText
    LIST: LocalizedText
    OBJECT: LocalizedText
    PERIOD: LocalizedText
    TEXT: LocalizedText
    URL: LocalizedText
    VERSION: LocalizedText

__all__ = [
    "NumberLiteral",
    "at_least",
    "describe",
    "expected",
    "found",
    "instance_of",
    "object_of",
    "quote",
]

_MAX_QUOTED = 60
"""Longer values are shortened when a message quotes them."""

_HIDDEN_SPACES = re.compile("[\u00a0\u202f](?![\\d€])|(?<!\\d)[\u00a0\u202f]")


def expected(name: str, /, **values: object) -> "LocalizedText":
    """Return the phrase ``[expected.NAME]`` with the values filled in.

    >>> expected("at_least", minimum=1).en
    'a whole number of at least 1 and below a trillion (10¹²)'
    """
    return _phrase("expected", name, **values)


def found(name: str, /, **values: object) -> "LocalizedText":
    """Return the phrase ``[found.NAME]`` with the values filled in."""
    return _phrase("found", name, **values)


def _phrase(section: str, name: str, /, **values: object) -> "LocalizedText":
    """Return a phrase of the catalogue with the values filled in, in all languages."""
    from tulevaisuus.findings.localization import LocalizedText
    from tulevaisuus.findings.text_catalogue import open_catalogue

    text = open_catalogue("tulevaisuus.findings", "tsk0_reading")[section][name]
    if not values:
        return text
    return LocalizedText(
        fi=text.fi.format(**values), sv=text.sv.format(**values), en=text.en.format(**values)
    )


if not TYPE_CHECKING:

    def __getattr__(name: str) -> "LocalizedText":
        """Return the phrase of ``[expected]`` for a name in capitals: `DATE` for ``date``."""
        if not name.isupper():
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return expected(name.lower())


def instance_of(name: str) -> "LocalizedText":
    """Return the phrase for an expected object of a class.

    >>> instance_of("Period").en
    'a value of type Period'
    """
    return expected("instance", name=name)


def object_of(name: str) -> "LocalizedText":
    """Return the same phrase as `instance_of`, with a short example if there is one.

    >>> object_of("BusinessId").en
    'a value of type BusinessId, for example BusinessId("0204819-8")'
    """
    example = _EXAMPLES.get(name)
    return instance_of(name) if example is None else expected("made", name=name, example=example)


_EXAMPLES = {
    "BusinessId": 'BusinessId("0204819-8")',
    "Period": 'Period.parse("1.1.2021–31.12.2023")',
    "Text": 'Text("suomeksi", sv="på svenska")',
}


def at_least(minimum: int) -> "LocalizedText":
    """Return the phrase for an expected whole number with a lower bound."""
    return expected("at_least", minimum=minimum)


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


def describe(value: object) -> "LocalizedText":
    """Return the phrase for a value that was found, with its type where the type may be wrong.

    >>> describe("12").en, describe(1.9).sv, describe(None).fi
    ('text "12"', 'talet 1.9', 'tyhjä (null)')
    """
    match value:
        case None:
            return found("nothing")
        case bool():
            from tulevaisuus.findings.localization import LocalizedText

            word = str(value).lower()
            return LocalizedText(fi=word, sv=word, en=word)
        case str():
            return found("text", value=quote(value))
        case int() | float() | Decimal() | NumberLiteral():
            return found("number", value=quote(value))
        case dict():
            return expected("object")
        case list() | tuple():
            return expected("list")
        case dt.datetime():
            return found("time", value=value.isoformat())
        case _:
            return instance_of(type(value).__name__)


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
