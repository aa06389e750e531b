"""`BusinessId`: check digits and forms of the Finnish Business Information System."""

import pytest

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus.model.business_id import check_digit


@pytest.mark.parametrize("value", ["0204819-8", "3221065-1", "1000000-4"])
def test_valid_check_digit_is_accepted(value: str) -> None:
    """The text is kept, and the org-id has the prefix of the Finnish register."""
    business_id = tul.BusinessId(value)
    assert str(business_id) == business_id.value == value
    assert business_id.org_id == f"FI-PRO-{value}"


@pytest.mark.parametrize("digit", "012345679")
def test_every_other_check_digit_is_rejected(digit: str) -> None:
    """One wrong digit is found."""
    assert rejected(tul.BusinessId, f"0204819-{digit}") == ["TSK006"]


@pytest.mark.parametrize("digit", "0123456789")
def test_numbers_without_a_check_digit_are_rejected(digit: str) -> None:
    """Numbers with a remainder of one have no check digit and are never issued."""
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
def test_every_other_form_is_rejected(value: str) -> None:
    """Nothing is stripped, completed or converted; the message quotes the id."""
    assert rejected(tul.BusinessId, value) == ["TSK006"]


@pytest.mark.parametrize(
    ("value", "finding"), [("", "TSK006"), ("  ", "TSK006"), (5, "TSK002"), (None, "TSK002")]
)
def test_finding_is_at_the_id_itself(value: object, finding: str) -> None:
    """In a document a business id is text, so the path has no further part."""
    assert rejected(tul.BusinessId, value) == [finding]


@pytest.mark.parametrize(
    "text", ["02048198", "2048198", "204819-8", "FI02048198", "fi-0204819-8", " 0204819 – 8 "]
)
def test_missing_hyphen_or_zeros_are_suggested(text: str) -> None:
    """Programs store ids as numbers, and tax forms write them without a hyphen."""
    with pytest.raises(tul.InvalidValueError, match='did you mean "0204819-8"'):
        tul.BusinessId(text)


@pytest.mark.parametrize("dash", ["", *"-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"])
def test_any_dash_is_recognised(dash: str) -> None:
    """Word processors replace the hyphen with other dashes."""
    assert tul.BusinessId.intended(f"0204819{dash}8") == "0204819-8"


@pytest.mark.parametrize(
    "text", ["02048199", "00000000", "000000", "x0204819-8", "1", "0" * 500, "abc"]
)
def test_invalid_id_is_not_suggested(text: str) -> None:
    """Only an id with a correct check digit is suggested."""
    with pytest.raises(tul.InvalidValueError, match="correct the form"):
        tul.BusinessId(text)


@pytest.mark.parametrize("blanks", [32, 33])
def test_only_the_beginning_of_a_text_is_searched_for_an_id(blanks: int) -> None:
    """An id within the first forty characters is recognised; a longer text is none."""
    text = " " * (blanks - 1) + "0204819-8"
    assert (tul.BusinessId.intended(text) == "0204819-8") is (blanks == 32)


def test_placeholder_is_no_id() -> None:
    """Seven zeros have a correct check digit, and mean that there is no id."""
    assert check_digit("0000000") == 0
    with pytest.raises(tul.InvalidValueError) as caught:
        tul.BusinessId("0000000-0")
    assert caught.value.findings == tuple(tul.BusinessId.problems("0000000-0"))
    assert [*tul.BusinessId.problems("0204819-8")] == []
