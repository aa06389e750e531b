"""Values are written the way of each language, and never in another one."""

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
def test_says_a_value_the_way_of_each_language(value: Param, fi: str, sv: str, en: str) -> None:
    """Days, amounts, lists and phrases read as each language writes them."""
    assert (localize(value, "fi"), localize(value, "sv"), localize(value, "en")) == (fi, sv, en)


def test_words_say_themselves_in_each_language() -> None:
    """A phrase has a wording in each of the three languages."""
    assert [THREE.localize(language) for language in LANGUAGES] == ["yksi", "ett", "one"]


@pytest.mark.parametrize("language", ["", "FI", "de", "fi_FI"])
def test_an_unknown_language_is_an_error(language: str) -> None:
    """No language is guessed: what is none of the three is rejected."""
    with pytest.raises(tul.UnknownLanguageError, match="fi, sv, en"):
        THREE.localize(language)
    with pytest.raises(tul.UnknownLanguageError):
        THREE.fill({}, language)


def test_fills_values_in_without_reading_them_as_templates() -> None:
    """Braces in a found value are text; they neither break nor extend the message."""
    template = LocalizedText(fi="on {found}", sv="är {found}", en="is {found}")
    assert template.fill({"found": "{secret} {0}"}, "en") == "is {secret} {0}"


def test_text_and_period_are_sayable() -> None:
    """The model's own values can stand in messages as they are."""
    assert isinstance(tul.Text("a"), Localizable)
    assert isinstance(tul.Period(DATE), Localizable)
    assert not isinstance("a", Localizable)


@pytest.mark.parametrize("text", ["a\x1b[31m", "a\nb", "\u202ea", "\ud800"])
def test_shows_what_a_terminal_would_act_on(text: str) -> None:
    """A code from a document cannot break the line or command the terminal."""
    assert localize(text, "fi").isprintable()
    assert localize((text, text), "en").isprintable()


def test_shows_what_a_terminal_would_act_on_in_names() -> None:
    """A name from a document cannot break the line or command the terminal either."""
    assert localize(tul.Text("a\x1b[31m\n"), "fi").isprintable()
