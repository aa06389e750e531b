"""Templates of ids, and constants for empty cells."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, codes_and_cells, csv_bytes, read
from tulevaisuus.findings import LANGUAGES

ROW = ("shc-2021", "pirsote", "granted")
TABLE = csv_bytes((*GRANTS[1:], "usable"), (*ROW, "1.1.2021-31.12.2022"))


@pytest.mark.parametrize(
    "template", ["{project", "project}", "}{", "{}", "{project!r}", "{project:>10}", "g{}"]
)
def test_invalid_template_is_rejected(template: str) -> None:
    """The error on a missing brace or a Python format shows a valid template."""
    with pytest.raises(tul.InvalidValueError) as caught:
        read(TABLE, ids=template)
    (finding,) = caught.value.findings
    assert (finding.code, finding.path) == ("TSK006", "/ids")
    assert all("{project}-{call}" in finding.message(each) for each in LANGUAGES)
    assert template in finding.message("en")


@pytest.mark.parametrize(
    ("template", "cls"), [("{project}-{usable}", tul.Grant), ("{regions}", tul.Project)]
)
def test_field_of_several_values_cannot_be_used(template: str, cls: type[tul.Entity]) -> None:
    """The text of a period or a list would not be an id."""
    with pytest.raises(tul.InvalidValueError, match="has several values") as caught:
        read(TABLE, cls, ids=template)
    assert [each.path for each in caught.value.findings] == ["/ids"]


def test_date_of_a_period_can_be_used() -> None:
    """It is a single value."""
    assert [*read(TABLE, ids="{project}-{usable.start}").portfolio.grants.keys()] == [
        "pirsote-2021-01-01"
    ]


def test_constant_does_not_replace_an_unknown_value() -> None:
    """A constant fills empty cells; where a cell states that it is unknown, it stays so."""
    data = csv_bytes(GRANTS, ("g1", "", *ROW[1:]), ("g2", "ei tiedossa", *ROW[1:]))
    reading = read(data, constants={"call": "shc-2021"})
    assert [*reading.portfolio.grants.keys()] == ["g1"]
    assert codes_and_cells(reading) == ["TSK003 /grants/1/call B3"]


@pytest.mark.parametrize(
    ("header", "field", "constant"),
    [
        ("usable", "usable", "1.1.2021-31.12.2022"),
        ("usable", "usable.start", "1.1.2021"),
        ("usable.start", "usable.start", "1.1.2021"),
    ],
)
def test_unknown_period_stays_unknown(header: str, field: str, constant: str) -> None:
    """It is so for the whole period and for one of its dates."""
    data = csv_bytes((*GRANTS, header), ("g1", *ROW, "ei tiedossa"), ("g2", *ROW, ""))
    grants = read(data, constants={field: constant}).portfolio.grants
    assert grants["g1"].usable is None
    assert grants["g2"].usable is not None


def test_other_column_of_the_same_field_is_read() -> None:
    """If the name is unknown and the code is not, the value is the code."""
    data = csv_bytes(
        (*GRANTS, "project:code"), ("g1", "shc-2021", "ei tiedossa", "granted", "pirsote")
    )
    assert codes_and_cells(read(data)) == []
