"""Suggestions for values in place of a code: a part of a label, a number, a hidden space."""

from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus import formats

PROJECT: dict[str, Any] = {"id": "p", "name": {"fi": "Hanke"}, "regions": ["05"]}
GRANT: dict[str, Any] = {"id": "g", "call": "shc-2021", "project": "p", "status": "granted"}


def message(cls: type[tul.Entity], data: dict[str, Any], **wrong: object) -> str:
    """Return the English message of the only finding on a field."""
    with pytest.raises(tul.InvalidValueError) as error:
        formats.structure({**data, **wrong}, cls)
    (finding,) = error.value.findings
    return finding.message("en")


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("perusterveydenhuolto", '"primary_health_care"'),
        ("suun terveydenhuolto", '"oral_health_care"'),
        ("terveydenhuolto", '"primary_health_care, oral_health_care"'),
    ],
)
def test_part_of_a_label_suggests_its_code(text: str, suggested: str) -> None:
    """All words of the text must be in the label, in some form."""
    text_shown = message(tul.Project, PROJECT, services=[text])
    assert text_shown == f'code "{text}" is unknown; did you mean {suggested}?'


@pytest.mark.parametrize("text", ["palo", "x" * 500, "terveydenhuolto avaruudessa", "", "huolto"])
def test_word_in_no_label_has_no_suggestion(text: str) -> None:
    """A word that is in no label, or is too short, has no suggestion."""
    assert "; use one of primary_health_care, " in message(tul.Project, PROJECT, services=[text])


@pytest.mark.parametrize(
    ("cls", "data", "wrong"),
    [
        (tul.Project, PROJECT, {"regions": [5]}),
        (tul.Project, PROJECT, {"services": [3]}),
        (tul.Grant, GRANT, {"recipient": 5}),
        (tul.Grant, GRANT, {"status": 1.5}),
    ],
)
def test_number_in_place_of_a_code_suggests_leading_zeros(
    cls: type[tul.Entity], data: dict[str, Any], wrong: dict[str, object]
) -> None:
    """Spreadsheets drop the leading zeros of codes."""
    expected = "expected a code or an id as text in quotes, with its leading zeros, found number"
    assert message(cls, data, **wrong).startswith(expected)


@pytest.mark.parametrize("value", [True, None, ["05"]])
def test_other_types_are_expected_to_be_text(value: object) -> None:
    """Only for a number are leading zeros suggested."""
    assert message(tul.Grant, GRANT, call=value).startswith("expected text, found ")
    assert message(tul.Grant, GRANT, status=value).startswith("expected text, found ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("myönnetty\N{NO-BREAK SPACE}", '"myönnetty\\u00a0"'),
        ("a\N{NARROW NO-BREAK SPACE}b", '"a\\u202fb"'),
        (
            "11\N{NO-BREAK SPACE}180\N{NO-BREAK SPACE}€",
            '"11\N{NO-BREAK SPACE}180\N{NO-BREAK SPACE}€"',
        ),
    ],
)
def test_hidden_space_is_shown_by_its_code_point(text: str, shown: str) -> None:
    """No-break spaces are usual within amounts; elsewhere they would be invisible."""
    assert shown in message(tul.Grant, GRANT, status=text)
