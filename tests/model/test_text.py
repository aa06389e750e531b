"""A phrase in up to three languages."""

import pytest

import tulevaisuus as tul
from tests.helpers import rejected, rejection

GOAL = tul.Text("Palvelut", sv="Tjänster", en="Services", unofficial=frozenset({tul.Language.EN}))
FINNISH = tul.Text("Palvelut")


@pytest.mark.parametrize(
    ("text", "language", "wording"),
    [
        (GOAL, "fi", "Palvelut"),
        (GOAL, "sv", "Tjänster"),
        (GOAL, tul.Language.EN, "Services"),
        (FINNISH, "sv", "Palvelut"),
        (FINNISH, "en", "Palvelut"),
    ],
)
def test_every_language_gets_a_wording(text: tul.Text, language: str, wording: str) -> None:
    """Each way of asking gives the wording, the Finnish one where there is none."""
    assert text.get(language) == text.localize(language) == f"{text:{language}}" == wording


@pytest.mark.parametrize("language", ["", "FI", "de", "fi-FI", None, ["fi"]])
def test_no_language_is_guessed(language: object) -> None:
    """What is none of the three languages is an error that names them."""
    with pytest.raises(tul.UnknownLanguageError, match="fi, sv, en"):
        GOAL.get(language)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_a_foreign_language_is_unknown_as_a_format() -> None:
    """A format that is meant for strings is applied to the Finnish wording."""
    with pytest.raises(tul.UnknownLanguageError):
        f"{GOAL:de}"
    assert f"{GOAL:>10}" == "  Palvelut"


def test_str_and_the_plain_format_are_finnish() -> None:
    """Without a language the phrase is in the language that it always has."""
    assert str(GOAL) == f"{GOAL}" == "Palvelut"


def test_wordings_are_those_there_are() -> None:
    """No fallback stands in for a wording that is not there."""
    assert GOAL.wordings() == ("Palvelut", "Tjänster", "Services")
    assert tul.Text("Palvelut", en="Services").wordings() == ("Palvelut", "Services")


@pytest.mark.parametrize(
    ("fields", "findings"),
    [
        ({"fi": ""}, ["TSK013 /fi"]),
        ({"fi": " \t\u00a0"}, ["TSK013 /fi"]),
        ({"fi": None}, ["TSK002 /fi"]),
        ({"fi": 5}, ["TSK002 /fi"]),
        ({"fi": b"a"}, ["TSK002 /fi"]),
        ({"fi": "a\ud800"}, ["TSK006 /fi"]),
        ({"fi": "a", "sv": ""}, ["TSK013 /sv"]),
        ({"fi": "", "sv": 1, "en": "\udfff"}, ["TSK013 /fi", "TSK002 /sv", "TSK006 /en"]),
        ({"fi": "a", "unofficial": "en"}, ["TSK002 /unofficial"]),
        ({"fi": "a", "unofficial": ["en", "de"]}, ["TSK005 /unofficial/1"]),
        ({"fi": "a", "unofficial": None}, ["TSK002 /unofficial"]),
    ],
)
def test_rejects_what_is_no_phrase(fields: dict[str, object], findings: list[str]) -> None:
    """Everything that is wrong with a phrase is reported, each at its language."""
    assert rejected(tul.Text, **fields) == findings


def test_unofficial_languages_may_come_as_text() -> None:
    """Codes become members, any collection of them a frozenset."""
    text = tul.Text("a", "b", "c", unofficial=["en", "sv"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert text.unofficial == frozenset({tul.Language.EN, tul.Language.SV})


def test_what_is_wrong_in_a_set_is_told_in_a_stable_order() -> None:
    """A set has no order, so its findings are sorted: the same mistake reads the same each time."""
    codes = {f"x{number}" for number in range(10, 30)}
    messages = [each.message("en") for each in rejection(tul.Text, "a", unofficial=codes)]
    assert messages == sorted(messages)


def test_a_set_of_anything_is_rejected() -> None:
    """Sorting what is wrong in a set meets no error of its own."""
    assert rejected(tul.Text, "a", unofficial={10**5000}) == ["TSK002 /unofficial/0"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_unofficial_wording_is_there(language: str) -> None:
    """A language in which there is no wording cannot have an unofficial one."""
    (finding,) = rejection(tul.Text, "a", unofficial=frozenset({language}))
    assert (finding.code, finding.path) == ("TSK003", "/unofficial")
    assert tul.Language(language).label.get("en") in finding.message("en")
    there = tul.Text("a", **{language: "b"}, unofficial=frozenset({tul.Language(language)}))
    assert there.unofficial == {language}
