"""How messages describe what was found and what was expected.

The words are in ``texts/tsk0_reading.toml``. That file is only read once something is wrong, so
that valid data costs nothing.
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
"""The most characters of a quoted value."""

_HIDDEN_SPACES = re.compile("[\u00a0\u202f](?![\\d€])|(?<!\\d)[\u00a0\u202f]")


def expected(name: str, /, **values: object) -> "LocalizedText":
    """Return what was expected, in the words of ``[expected.NAME]``.

    >>> expected("at_least", minimum=1).en
    'a whole number of at least 1 and below a trillion (10¹²)'
    """
    return _filled("expected", name, **values)


def found(name: str, /, **values: object) -> "LocalizedText":
    """Return what was found, in the words of ``[found.NAME]``."""
    return _filled("found", name, **values)


def _filled(section: str, name: str, /, **values: object) -> "LocalizedText":
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
        """Return a text of ``[expected]`` under its name in capitals."""
        if not name.isupper():
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return expected(name.lower())


def instance_of(name: str) -> "LocalizedText":
    """Return the words for an expected object of a class.

    >>> instance_of("Period").en
    'a value of type Period'
    """
    return expected("instance", name=name)


def object_of(name: str) -> "LocalizedText":
    """Say that an object of a class was expected, and how one is made, if that is short.

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
    """Return the words for an expected whole number with a lower bound; all have an upper one."""
    return expected("at_least", minimum=minimum)


class NumberLiteral:
    """A number as it was written: one with an exponent, which is not read."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Keep the text; turning a huge exponent into digits could take minutes."""
        self.text: str = text

    def __str__(self) -> str:
        """Return the number as it was written."""
        return self.text


def describe(value: object) -> "LocalizedText":
    """Describe a found value, with its type where that may be wrong.

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
    """Write a found text or number for a message: cut, with invisible characters escaped."""
    if isinstance(value, int) and value.bit_length() > 4 * _MAX_QUOTED:
        return f"≈ 2^{value.bit_length()}"
    from tulevaisuus.findings.lookalike_characters import escape_unprintable

    text = str(value)
    shown = escape_unprintable(text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…")
    if shown.isascii():
        return shown
    # Between digits, and before the euro sign, no-break spaces are usual; elsewhere nobody sees
    # them, and they may be all that is wrong.
    return _HIDDEN_SPACES.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)
