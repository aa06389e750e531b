"""Values in messages follow the conventions of each language."""

import datetime as dt
from decimal import Decimal

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, Localizable, LocalizedText, Param, localize

THREE = LocalizedText(fi="yksi", sv="ett", en="one")
DATE = dt.date(2021, 1, 2)


@pytest.mark.parametrize(
    ("value", "fi", "sv", "en"),
    [
        ("05", "05", "05", "05"),
        (3, "3", "3", "3"),
        (DATE, "2.1.2021", "2.1.2021", "2 January 2021"),
        (dt.date(2023, 12, 31), "31.12.2023", "31.12.2023", "31 December 2023"),
        (Decimal(5), "5\xa0€", "5\xa0€", "€5"),
        (
            Decimal("11180062.5"),
            "11\xa0180\xa0062,50\xa0€",
            "11\xa0180\xa0062,50\xa0€",
            "€11,180,062.50",
        ),
        (Decimal("1000.00"), "1\xa0000\xa0€", "1\xa0000\xa0€", "€1,000"),
        (Decimal("0.07"), "0,07\xa0€", "0,07\xa0€", "€0.07"),
        (THREE, "yksi", "ett", "one"),
        (tul.Text("Palvelut", sv="Tjänster"), "Palvelut", "Tjänster", "Palvelut"),
        (
            tul.Period(DATE, DATE),
            "2.1.2021–2.1.2021",
            "2.1.2021–2.1.2021",
            "2 January 2021 to 2 January 2021",
        ),
        (("a", THREE, DATE), "a, yksi, 2.1.2021", "a, ett, 2.1.2021", "a, one, 2 January 2021"),
        ((), "", "", ""),
        (tul.Severity.ERROR, "error", "error", "error"),
        (tul.GoalNumber.COSTS, "5", "5", "5"),
    ],
)
def test_localize_follows_the_conventions_of_the_language(
    value: Param, fi: str, sv: str, en: str
) -> None:
    """Dates, amounts, lists and texts are written as each language writes them."""
    assert (localize(value, "fi"), localize(value, "sv"), localize(value, "en")) == (fi, sv, en)


def test_localized_text_has_a_text_in_each_language() -> None:
    """The text of the requested language is returned."""
    assert [THREE.localize(language) for language in LANGUAGES] == ["yksi", "ett", "one"]


@pytest.mark.parametrize("language", ["", "FI", "de", "fi_FI"])
def test_an_unknown_language_is_an_error(language: str) -> None:
    """A language other than the three is rejected."""
    with pytest.raises(tul.UnknownLanguageError, match="fi, sv, en"):
        THREE.localize(language)
    with pytest.raises(tul.UnknownLanguageError):
        THREE.fill({}, language)


def test_braces_in_values_are_not_placeholders() -> None:
    """Braces in a found value are plain text: they neither break nor extend the message."""
    template = LocalizedText(fi="on {found}", sv="är {found}", en="is {found}")
    assert template.fill({"found": "{secret} {0}"}, "en") == "is {secret} {0}"


def test_text_and_period_can_be_localized() -> None:
    """Values of the model can be used as parameters of a message."""
    assert isinstance(tul.Text("a"), Localizable)
    assert isinstance(tul.Period(DATE), Localizable)
    assert not isinstance("a", Localizable)


@pytest.mark.parametrize("text", ["a\x1b[31m", "a\nb", "\u202ea", "\ud800"])
def test_control_characters_in_codes_are_escaped(text: str) -> None:
    """A code from a document cannot break the line or send commands to the terminal."""
    assert localize(text, "fi").isprintable()
    assert localize((text, text), "en").isprintable()


def test_control_characters_in_names_are_escaped() -> None:
    """A name from a document cannot break the line or send commands to the terminal."""
    assert localize(tul.Text("a\x1b[31m\n"), "fi").isprintable()
