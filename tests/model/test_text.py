"""`Text`: a text in up to three languages."""

import pytest

import tulevaisuus as tul
from tests.helpers import rejected, rejection

GOAL = tul.Text("Palvelut", sv="Tjänster", en="Services", unofficial=frozenset({tul.Language.EN}))
FINNISH = tul.Text("Palvelut")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (GOAL, "fi", "Palvelut"),
        (GOAL, "sv", "Tjänster"),
        (GOAL, tul.Language.EN, "Services"),
        (FINNISH, "sv", "Palvelut"),
        (FINNISH, "en", "Palvelut"),
    ],
)
def test_every_language_has_a_text(text: tul.Text, language: str, expected: str) -> None:
    """A language that is missing is replaced by Finnish."""
    assert text.get(language) == text.localize(language) == f"{text:{language}}" == expected


@pytest.mark.parametrize("language", ["", "FI", "de", "fi-FI", None, ["fi"]])
def test_unknown_language_is_an_error(language: object) -> None:
    """The error lists the three languages."""
    with pytest.raises(tul.UnknownLanguageError, match="fi, sv, en"):
        GOAL.get(language)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_format_of_strings_applies_to_finnish() -> None:
    """A format specification for strings is applied to the Finnish text."""
    with pytest.raises(tul.UnknownLanguageError):
        f"{GOAL:de}"
    assert f"{GOAL:>10}" == "  Palvelut"


def test_str_and_the_plain_format_are_finnish() -> None:
    """Without a language the text is in Finnish, which is always there."""
    assert str(GOAL) == f"{GOAL}" == "Palvelut"


def test_wordings_are_the_given_languages() -> None:
    """A missing language is not replaced."""
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
def test_all_errors_are_reported(fields: dict[str, object], findings: list[str]) -> None:
    """Every error of a text is reported, each at its language."""
    assert rejected(tul.Text, **fields) == findings


def test_unofficial_languages_may_be_codes() -> None:
    """Codes become members, and any collection of them a frozenset."""
    text = tul.Text("a", "b", "c", unofficial=["en", "sv"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert text.unofficial == frozenset({tul.Language.EN, tul.Language.SV})


def test_errors_in_a_set_have_a_stable_order() -> None:
    """A set has no order, so its findings are sorted."""
    codes = {f"x{number}" for number in range(10, 30)}
    messages = [each.message("en") for each in rejection(tul.Text, "a", unofficial=codes)]
    assert messages == sorted(messages)


def test_set_of_any_objects_is_rejected() -> None:
    """Sorting the findings does not fail for objects without an order."""
    assert rejected(tul.Text, "a", unofficial={10**5000}) == ["TSK002 /unofficial/0"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_unofficial_language_must_have_a_text(language: str) -> None:
    """A language that is missing cannot be marked as unofficial."""
    (finding,) = rejection(tul.Text, "a", unofficial=frozenset({language}))
    assert (finding.code, finding.path) == ("TSK003", "/unofficial")
    assert tul.Language(language).label.get("en") in finding.message("en")
    there = tul.Text("a", **{language: "b"}, unofficial=frozenset({tul.Language(language)}))
    assert there.unofficial == {language}
