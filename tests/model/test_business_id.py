"""Business ids are what the Business Information System gives out."""

import pytest

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus.model.business_id import check_digit


@pytest.mark.parametrize("value", ["0204819-8", "3221065-1", "1000000-4"])
def test_takes_ids_with_their_check_digit(value: str) -> None:
    """An id is written as it was, and known abroad by its org-id."""
    business_id = tul.BusinessId(value)
    assert str(business_id) == business_id.value == value
    assert business_id.org_id == f"FI-PRO-{value}"


@pytest.mark.parametrize("digit", "012345679")
def test_rejects_every_other_check_digit(digit: str) -> None:
    """One wrong digit is found."""
    assert rejected(tul.BusinessId, f"0204819-{digit}") == ["TSK006"]


@pytest.mark.parametrize("digit", "0123456789")
def test_some_numbers_have_no_check_digit(digit: str) -> None:
    """A remainder of one has none: such a number is never given out."""
    assert check_digit("0000006") is None
    assert rejected(tul.BusinessId, f"0000006-{digit}") == ["TSK006"]


@pytest.mark.parametrize(
    "value",
    [
        "02048198",
        "204819-8",
        "0204819–8",
        " 0204819-8",
        "0204819-8\n",
        "FI02048198",
        "FI-PRO-0204819-8",
        "٠٢٠٤٨١٩-٨",
        "0204819-",
        "x",
    ],
)
def test_rejects_every_other_form(value: str) -> None:
    """Nothing is stripped, completed or taken for another number; the id itself is named."""
    assert rejected(tul.BusinessId, value) == ["TSK006"]


@pytest.mark.parametrize(
    ("value", "finding"), [("", "TSK006"), ("  ", "TSK006"), (5, "TSK002"), (None, "TSK002")]
)
def test_a_finding_points_at_the_id_itself(value: object, finding: str) -> None:
    """In a document a business id is text, so nothing lies under it."""
    assert rejected(tul.BusinessId, value) == [finding]


@pytest.mark.parametrize(
    "text", ["02048198", "2048198", "204819-8", "FI02048198", "fi-0204819-8", " 0204819 – 8 "]
)
def test_what_lost_its_hyphen_or_its_zeros_is_known(text: str) -> None:
    """Programs take ids for numbers, and tax forms write them without a hyphen."""
    with pytest.raises(tul.InvalidValueError, match='did you mean "0204819-8"'):
        tul.BusinessId(text)


@pytest.mark.parametrize("dash", ["", *"-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"])
def test_any_dash_is_understood(dash: str) -> None:
    """Word processors write any of them for the hyphen."""
    assert tul.BusinessId.intended(f"0204819{dash}8") == "0204819-8"


@pytest.mark.parametrize("text", ["02048199", "00000000", "x0204819-8", "1", "0" * 500, "abc"])
def test_what_is_no_id_without_its_form_is_not_suggested(text: str) -> None:
    """Only a valid id is offered."""
    with pytest.raises(tul.InvalidValueError, match="correct the form"):
        tul.BusinessId(text)
