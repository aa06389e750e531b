"""Finds characters that are invisible or look like others, and escapes them by their number.

Compare texts by their `skeleton`. Use `escape_unprintable` for every text that people see, and
`escape_lookalikes` where two different texts would look the same.
"""

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["distinguish", "escape_lookalikes", "escape_unprintable", "skeleton"]

_COMMON_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
"""Spaces that Python calls unprintable, although they are common in amounts and names."""

_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001d159\U000e0100-\U000e01ef]"
)
"""Characters that Python calls printable, but that are invisible: fillers, joiners and the like."""

_DASHES = re.compile("[\u00ad\u02d7\u2010-\u2015\u2043\u207b\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]")

_LATIN = str.maketrans(
    # Cyrillic and Greek letters that look like Latin letters (Unicode's confusables.txt).
    "авеѕіјкмнорстухһԁԛԝӏАВЕЅІЈКМНОРСТУХοανρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡ\u2018\u2019\u02bc\u2032",
    "abesijkmhopctyxhdqwlABESIJKMHOPCTYXoavpuABEZHIKMNOPTYXig''''",
)


def skeleton(text: str) -> str:
    """Return the skeleton of a text: texts that look alike have the same skeleton (UTS 39).

    >>> skeleton("gr\N{CYRILLIC SMALL LETTER A}nted"), skeleton("shc\N{NON-BREAKING HYPHEN}2021")
    ('granted', 'shc-2021')
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", _DASHES.sub("-", text)).translate(_LATIN)
    if plain.isprintable() and not _INVISIBLE.search(plain):
        return plain  # true for nearly all texts
    return "".join(
        character
        for character in plain
        if character.isprintable() and not _INVISIBLE.match(character)
    )


def escape_unprintable(text: str) -> str:
    r"""Escape control, bidi and invisible characters, which a terminal would execute or hide.

    >>> escape_unprintable("a\x07b\N{HANGUL FILLER}")
    'a\\u0007b\\u3164'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character
        if character in _COMMON_SPACES
        or (character.isprintable() and not _INVISIBLE.match(character))
        else f"\\u{ord(character):04x}"
        for character in text
    )


def escape_lookalikes(text: str) -> str:
    r"""Escape characters that look like another character, and combining characters.

    >>> escape_lookalikes("gr\N{CYRILLIC SMALL LETTER A}nted")
    'gr\\u0430nted'
    """
    return "".join(
        f"\\u{ord(character):04x}" if _looks_like_another(character) else character
        for character in text
    )


def distinguish(text: str, suggestions: Iterable[str]) -> str:
    r"""Escape look-alike characters in a text that looks the same as one of the suggestions.

    >>> distinguish("gr\N{CYRILLIC SMALL LETTER A}nted", ["granted"])
    'gr\\u0430nted'
    """
    skeletons = {skeleton(suggestion) for suggestion in suggestions}
    return escape_lookalikes(text) if skeleton(text) in skeletons else text


def _looks_like_another(character: str) -> bool:
    return bool(unicodedata.combining(character)) or skeleton(character) != character
