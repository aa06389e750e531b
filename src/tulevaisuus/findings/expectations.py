"""How a message names what a value is and what it should have been."""

import datetime as dt
from decimal import Decimal

from tulevaisuus.findings.localization import LocalizedText, escape_unprintable

__all__ = [
    "AMOUNT",
    "BOOLEAN",
    "BUSINESS_ID",
    "CONTRIBUTION",
    "DATE",
    "IDENTIFIER",
    "INTEGER",
    "LIST",
    "OBJECT",
    "PERIOD",
    "TEXT",
    "URL",
    "VERSION",
    "Literal",
    "at_least",
    "describe",
    "entity",
    "quote",
]

_LONGEST = 60
"""A found value is quoted up to so many characters."""

TEXT = LocalizedText(fi="teksti", sv="en text", en="text")
INTEGER = LocalizedText(
    fi="kokonaisluku ilman desimaaleja ja eksponenttia",
    sv="ett heltal utan decimaler och exponent",
    en="a whole number without decimals or exponent",
)
BOOLEAN = LocalizedText(fi="true tai false", sv="true eller false", en="true or false")
LIST = LocalizedText(fi="luettelo", sv="en lista", en="a list")
OBJECT = LocalizedText(fi="objekti", sv="ett objekt", en="an object")
DATE = LocalizedText(
    fi="päivä muodossa VVVV-KK-PP, esimerkiksi 2021-12-31",
    sv="en dag i formen ÅÅÅÅ-MM-DD, till exempel 2021-12-31",
    en="a calendar day as YYYY-MM-DD, for example 2021-12-31",
)
PERIOD = LocalizedText(
    fi="ajanjakso, esimerkiksi 1.1.2020 – 31.12.2023 tai 2020-01-01/2023-12-31",
    sv="en period, till exempel 1.1.2020 – 31.12.2023 eller 2020-01-01/2023-12-31",
    en="a period such as 1.1.2020 – 31.12.2023 or 2020-01-01/2023-12-31",
)
AMOUNT = LocalizedText(
    fi="euromäärä, joka on suurempi kuin nolla ja pienempi kuin biljoona (10¹²) ja jossa on "
    "enintään kaksi desimaalia eikä eksponenttia",
    sv="ett belopp i euro som är större än noll och mindre än en biljon (10¹²), med högst två "
    "decimaler och utan exponent",
    en="euros above zero and below a trillion (10¹²) with at most two decimals and no exponent",
)
CONTRIBUTION = LocalizedText(
    fi="euromäärä, joka on vähintään nolla ja pienempi kuin biljoona (10¹²) ja jossa on "
    "enintään kaksi desimaalia eikä eksponenttia",
    sv="ett belopp i euro som är minst noll och mindre än en biljon (10¹²), med högst två "
    "decimaler och utan exponent",
    en="euros, zero or more and below a trillion (10¹²), with at most two decimals and no exponent",
)
IDENTIFIER = LocalizedText(
    fi="1–200 merkkiä ilman ohjausmerkkejä ja ilman välilyöntejä alussa tai lopussa",
    sv="1–200 tecken utan styrtecken och utan blanksteg i början eller slutet",
    en="1 to 200 characters without control characters or surrounding blanks",
)
URL = LocalizedText(
    fi="osoite, joka alkaa http:// tai https://, ilman välilyöntejä",
    sv="en adress som börjar med http:// eller https://, utan blanksteg",
    en="an address that begins with http:// or https:// and has no blanks",
)
BUSINESS_ID = LocalizedText(
    fi="Y-tunnus muodossa 1234567-1",
    sv="ett FO-nummer i formen 1234567-1",
    en="a business id of seven digits, a hyphen and a check digit, as 1234567-1",
)
VERSION = LocalizedText(
    fi="versio muodossa 1.0, tekstinä",
    sv="en version i formen 1.0, som text",
    en="a version such as 1.0, as text",
)


def entity(name: str) -> LocalizedText:
    """Say that an object of a class was expected.

    >>> entity("Period").en
    'a value of type Period'
    """
    return LocalizedText(
        fi=f"arvo, jonka tyyppi on {name}",
        sv=f"ett värde av typen {name}",
        en=f"a value of type {name}",
    )


def at_least(minimum: int) -> LocalizedText:
    """Say that a whole number has a lower bound, and that there is an upper one."""
    return LocalizedText(
        fi=f"kokonaisluku, joka on vähintään {minimum} ja pienempi kuin biljoona (10¹²)",
        sv=f"ett heltal som är minst {minimum} och mindre än en biljon (10¹²)",
        en=f"a whole number of at least {minimum} and below a trillion (10¹²)",
    )


class Literal:
    """A number as it was written, where that is the mistake: one with an exponent."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Keep the text; turning a huge exponent into digits could take minutes."""
        self.text: str = text

    def __str__(self) -> str:
        """Return the number as it was written."""
        return self.text


def describe(value: object) -> LocalizedText:
    """Say what was found, with its type where that is the mistake.

    >>> describe("12").en, describe(1.9).sv, describe(None).fi
    ('text "12"', 'talet 1.9', 'tyhjä (null)')
    """
    match value:
        case None:
            return LocalizedText(fi="tyhjä (null)", sv="tomt (null)", en="nothing (null)")
        case bool():
            word = str(value).lower()
            return LocalizedText(fi=word, sv=word, en=word)
        case str():
            return LocalizedText(
                fi=f"teksti ”{quote(value)}”",
                sv=f"texten ”{quote(value)}”",
                en=f'text "{quote(value)}"',
            )
        case int() | float() | Decimal() | Literal():
            number = quote(value)
            return LocalizedText(fi=f"luku {number}", sv=f"talet {number}", en=f"number {number}")
        case dict():
            return OBJECT
        case list() | tuple():
            return LIST
        case dt.datetime():
            found = value.isoformat()
            return LocalizedText(fi=f"aika {found}", sv=f"tiden {found}", en=f"time {found}")
        case _:
            return entity(type(value).__name__)


def quote(value: str | float | Decimal | Literal) -> str:
    """Write a found text or number so that it fits into a message.

    It is cut where it is long, and shows what a terminal would not: control and bidi characters.
    """
    if isinstance(value, int) and value.bit_length() > 4 * _LONGEST:
        return f"≈ 2^{value.bit_length()}"
    text = str(value)
    return escape_unprintable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
