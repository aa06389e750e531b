"""Names are split into words that distinguish them, and words for a type of place."""

import pytest

from tulevaisuus.findings.ignored_words import MAX_NAME, NO_NAME, Name, is_generic, read_name


@pytest.mark.parametrize(
    ("text", "words", "place_types"),
    [
        ("Turun kaupunki", ("turun",), {"municipality"}),
        ("\u00c5bo stad", ("abo",), {"municipality"}),
        ("L\u00e4nsi-Uudenmaan hyvinvointialue", ("lansi-uudenmaan",), {"county"}),
        ("Town of the Hospital District", (), {"municipality", "hospital_district"}),
        ("Kainuu ja Lappi", ("kainuu", "lappi"), set[str]()),
        ("", (), set[str]()),
    ],
)
def test_types_of_place_are_no_words(
    text: str, words: tuple[str, ...], place_types: set[str]
) -> None:
    """What is left are the words of the name, without diacritics and words such as *and*."""
    name = read_name(text)
    assert name == Name(words, frozenset(place_types))
    assert name.text == " ".join(words)
    assert is_generic(text) is (not words)


def test_only_the_beginning_of_a_long_name_is_read() -> None:
    """Two hundred characters are more than any name has."""
    assert MAX_NAME == 200
    assert read_name("x" * 199 + "yz").words == ("x" * 199 + "y",)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Turku", "Turku", True),
        ("Turun kaupunki", "Turku", True),
        ("Turku", "Turun kaupunki", True),
        ("Turun kaupunki", "City of Turku", True),
        ("Kainuun kunta", "Kainuun hyvinvointialue", False),
        ("Kainuun hyvinvointialue", "Kainuun kunta", False),
    ],
)
def test_only_different_types_make_different_places(
    one: str, other: str, *, expected: bool
) -> None:
    """A name without a type may be that of any place; a type in common is enough."""
    assert read_name(one).may_be_same_place(read_name(other)) is expected
    assert read_name(one).may_be_same_place(NO_NAME)
