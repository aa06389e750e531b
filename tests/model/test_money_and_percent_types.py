"""`Percent`: above zero, at most a hundred, with two decimals at most."""

from decimal import Decimal

import jsonschema
import pytest

import tulevaisuus as tul
from tests.helpers import rejection
from tulevaisuus import formats
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.money_and_percent_types import Percent

PERCENT = Percent()
SHARE = {"population": 1, "population_of_all": 2, "sharing": 1, "counted_on": "2018-12-31"}


@pytest.mark.parametrize("value", [Decimal("24.22"), Decimal("0.01"), Decimal(100), 7])
def test_valid_percentages(value: Decimal | int) -> None:
    """Whole numbers, two decimals and one hundred are accepted unchanged."""
    assert PERCENT.validate(value) == value


@pytest.mark.parametrize(
    "value", [0, 101, Decimal("100.01"), Decimal(-1), Decimal("3.253923"), Decimal("NaN")]
)
def test_invalid_percentages(value: Decimal | int) -> None:
    """Zero, more than a hundred, a third decimal and other types are rejected."""
    with pytest.raises(InvalidValueError) as caught:
        PERCENT.validate(value)
    (finding,) = caught.value.findings
    assert finding.code == "TSK006"
    assert "a percentage above zero and at most 100" in finding.message("en")


def test_constructor_names_the_python_type() -> None:
    """A text is rejected; the message names the valid types."""
    (finding,) = rejection(
        tul.MaximumShare,
        percent="24,22",
        population=1,
        population_of_all=2,
        sharing=1,
        counted_on=tul.FACTS_SINCE,
    )
    assert (finding.code, finding.path) == ("TSK002", "/percent")
    assert "a percentage as a decimal.Decimal or an int" in finding.message("en")


@pytest.mark.parametrize("value", [24.22, 100])
def test_schema_and_reader_accept_a_percentage(value: float) -> None:
    """What the schema allows is read, and written unchanged."""
    document = {**SHARE, "percent": value}
    jsonschema.validate(document, formats.schema(tul.MaximumShare))
    share = formats.structure(document, tul.MaximumShare)
    assert formats.unstructure(share) == document


@pytest.mark.parametrize("value", [0, 101])
def test_schema_and_reader_reject_the_same_values(value: int) -> None:
    """What the schema forbids is not read."""
    document = {**SHARE, "percent": value}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, formats.schema(tul.MaximumShare))
    with pytest.raises(tul.InvalidValueError):
        formats.structure(document, tul.MaximumShare)


def test_samples_are_valid() -> None:
    """The samples of the type for tests are valid."""
    assert [PERCENT.validate(each) for each in PERCENT.samples()] == list(PERCENT.samples())


def test_json_schema_and_fast_reader_of_percent() -> None:
    """The schema has the bounds; the fast reader leaves every value to the full check."""
    assert PERCENT.json_schema() == {
        "description": PERCENT.expected.en,
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": 100,
    }
    assert PERCENT.fast_read(repr) == ()
