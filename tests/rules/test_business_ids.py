"""A business id in place of the id of an organisation is explained by its check digit."""

from typing import Any

import pytest

import tulevaisuus as tul
from tests.helpers import document

GRANT: dict[str, Any] = {
    "id": "g1",
    "call": "shc-2021",
    "project": "varsinais-suomi",
    "status": "applied",
}


def message(recipient: str, *business_ids: str, field: str = "recipient") -> str:
    """Return the English message on a reference, in a document with some organisations."""
    organisations = [
        {"id": f"o{number}", "name": {"fi": f"nimi {number}"}, "kind": "other", "business_id": each}
        for number, each in enumerate(business_ids)
    ]
    text = document(organisations=organisations, grants=[{**GRANT, field: recipient}])
    findings = tul.check(tul.read(text.encode()), select="TSK009").findings
    return findings[0].message("en") if findings else ""


@pytest.mark.parametrize(
    "text",
    ["0204819-8", "02048198", "204819-8", "FI02048198", "FI-PRO-0204819-8", "fi-pro-0204819-8"],
)
def test_a_business_id_of_a_known_organisation_leads_to_its_id(text: str) -> None:
    """With or without the scheme, as a VAT number, and without hyphen or zeros."""
    assert message(text).startswith(f'"{text}" is the business id of turku (City of Turku);')


def test_an_organisation_of_the_document_is_known_too() -> None:
    """Its own id is suggested."""
    assert "is the business id of o0 (nimi 0)" in message("1234567-1", "1234567-1")


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("0204819-7", "turku (City of Turku)"),
        ("0204818-8", "turku (City of Turku)"),
        ("0240819-8", "turku (City of Turku)"),
        ("0204891-8", "turku (City of Turku)"),
        ("FI-PRO-0204819-7", "turku (City of Turku)"),
        ("FI02048197", "turku (City of Turku)"),
        ("0204819\u20137", "turku (City of Turku)"),
        ("2345678-1", ""),
        ("0204817-7", ""),
    ],
)
def test_one_wrong_digit_or_two_swapped_ones_are_a_slip(text: str, suggested: str) -> None:
    """The organisation is suggested; with more differences it could be any other."""
    found = message(text)
    assert found.startswith(f'the check digit of the business id "{text}" is wrong; ')
    assert ("did you mean" in found) is bool(suggested)
    assert suggested in found


def test_of_two_similar_business_ids_none_is_suggested() -> None:
    """Both differ by one digit, so neither is certain."""
    assert "did you mean o0" in message("1234567-2", "1234567-1")
    both = ("1234567-1", "4234567-2")
    assert "did you mean" not in message("1234567-2", *both)


@pytest.mark.parametrize(
    "text", ["2345678-0", "0000000-0", "20211221", "12345678", "x0204819-7", "0204819-77"]
)
def test_other_texts_are_references_like_others(text: str) -> None:
    """A valid number of nobody known, eight digits, and longer texts have no wrong check digit."""
    assert "is neither in the document nor in the bundled facts" in message(text)


def test_only_a_reference_to_an_organisation_may_be_a_business_id() -> None:
    """A call is not known by one."""
    assert "business id" not in message("0204819-8", field="call")
    assert "business id" not in message("0204819-7", field="project")
