"""Invisible characters and look-alikes are shown by their code points."""

import pytest

import tulevaisuus as tul
from tests.helpers import document
from tulevaisuus.findings.lookalike_characters import (
    escape_lookalikes,
    escape_unprintable,
    skeleton,
)

NO_INK = [
    "\u034f",
    "\u115f",
    "\u1160",
    "\u17b4",
    "\u180b",
    "\u200b",
    "\u202e",
    "\u2060",
    "\u2800",
    "\u3164",
    "\ufe0f",
    "\ufeff",
    "\uffa0",
    "\U000e0041",
    "\U000e0101",
    "\x1b",
    "\x85",
]


@pytest.mark.parametrize("character", NO_INK, ids=lambda each: f"U+{ord(each):04X}")
def test_invisible_characters_are_shown_by_code_point(character: str) -> None:
    """Fillers, joiners, variation selectors, tags and controls are written out."""
    assert escape_unprintable(f"a{character}b") == f"a\\u{ord(character):04x}b"


@pytest.mark.parametrize(
    "text", ["granted", "V\u00e4\u00e4r\u00e4 \u2013 fel", "11\u00a0180\u00a0062", "\U0001f600"]
)
def test_visible_characters_are_not_escaped(text: str) -> None:
    """Letters of every script, dashes, and no-break spaces in amounts stay as they are."""
    assert escape_unprintable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gr\u0430nted", "gr\\u0430nted"),
        ("shc\u20112021", "shc\\u20112021"),
        ("La\u0308hi", "La\\u0308hi"),
        ("a\u00a0b", "a\\u00a0b"),
        ("l\u00e4hi-1", "l\u00e4hi-1"),
        ("5 \u00b5g", "5 \\u00b5g"),
    ],
)
def test_lookalikes_are_shown_by_code_point(text: str, shown: str) -> None:
    """A letter of another script, another dash or a loose diacritic is marked, nothing else."""
    assert escape_lookalikes(text) == shown


@pytest.mark.parametrize(
    "dash", "\u00ad\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u2212\ufe58\ufe63\uff0d"
)
def test_every_dash_is_like_a_hyphen(dash: str) -> None:
    """Word processors write any of these dashes."""
    assert skeleton(f"shc{dash}2021") == "shc-2021"


def test_suggestion_shows_how_it_differs_from_the_found_text() -> None:
    """A code, field or key that only looks correct is shown with its wrong characters marked."""
    with pytest.raises(tul.InvalidValueError, match=r'code "gr\\u0430nted" is unknown'):
        tul.Grant(id="g", call="c", project="p", status="gr\u0430nted")  # type: ignore[arg-type]
    with pytest.raises(tul.DocumentError, match=r'field "statu\\u0455"'):
        tul.loads(document(grants=[{"id": "g", "call": "c", "statu\u0455": "granted"}]))
    with pytest.raises(tul.UnknownCodeError, match=r"'shc\\u20112021'; did you mean 'shc-2021'"):
        tul.calls["shc\u20112021"]


@pytest.mark.parametrize("character", NO_INK[:-2], ids=lambda each: f"U+{ord(each):04X}")
def test_texts_that_look_the_same_have_one_skeleton(character: str) -> None:
    """Invisible differences do not change the skeleton."""
    assert skeleton(f"gran{character}ted") == skeleton("gr\u0430nted") == "granted"
