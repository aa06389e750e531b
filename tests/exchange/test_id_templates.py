"""Templates of ids, and constants beside cells that say that a value is unknown."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, csv_bytes, read, told
from tulevaisuus.findings import LANGUAGES

ROW = ("shc-2021", "pirsote", "granted")
TABLE = csv_bytes((*GRANTS[1:], "usable"), (*ROW, "1.1.2021-31.12.2022"))


@pytest.mark.parametrize(
    "template", ["{project", "project}", "}{", "{}", "{project!r}", "{project:>10}", "g{}"]
)
def test_a_template_that_is_none_is_rejected(template: str) -> None:
    """A lost brace, or a form that only Python knows, is named with what to write."""
    with pytest.raises(tul.InvalidValueError) as caught:
        read(TABLE, ids=template)
    (finding,) = caught.value.findings
    assert (finding.code, finding.path) == ("TSK006", "/ids")
    assert all("{project}-{call}" in finding.message(each) for each in LANGUAGES)
    assert template in finding.message("en")


@pytest.mark.parametrize(
    ("template", "cls"), [("{project}-{usable}", tul.Grant), ("{regions}", tul.Project)]
)
def test_a_field_of_several_values_makes_no_id(template: str, cls: type[tul.Entity]) -> None:
    """The text of a period or of a list, as Python writes it, would be no id."""
    with pytest.raises(tul.InvalidValueError, match="has several values") as caught:
        read(TABLE, cls, ids=template)
    assert [each.path for each in caught.value.findings] == ["/ids"]


def test_a_day_of_a_period_can_be_part_of_an_id() -> None:
    """One value of a period is one value."""
    assert [*read(TABLE, ids="{project}-{usable.start}").portfolio.grants.keys()] == [
        "pirsote-2021-01-01"
    ]


def test_a_constant_does_not_contradict_what_a_cell_says() -> None:
    """A constant fills empty cells; where a cell says that the value is unknown, it is unknown."""
    data = csv_bytes(GRANTS, ("g1", "", *ROW[1:]), ("g2", "ei tiedossa", *ROW[1:]))
    reading = read(data, constants={"call": "shc-2021"})
    assert [*reading.portfolio.grants.keys()] == ["g1"]
    assert told(reading) == ["TSK003 /grants/1/call B3"]


@pytest.mark.parametrize(
    ("header", "field", "constant"),
    [
        ("usable", "usable", "1.1.2021-31.12.2022"),
        ("usable", "usable.start", "1.1.2021"),
        ("usable.start", "usable.start", "1.1.2021"),
    ],
)
def test_an_unknown_period_stays_unknown(header: str, field: str, constant: str) -> None:
    """This holds for the whole period and for one of its days."""
    data = csv_bytes((*GRANTS, header), ("g1", *ROW, "ei tiedossa"), ("g2", *ROW, ""))
    grants = read(data, constants={field: constant}).portfolio.grants
    assert grants["g1"].usable is None
    assert grants["g2"].usable is not None


def test_another_column_of_the_same_field_still_counts() -> None:
    """If the name is unknown and the code is not, the code is the value."""
    data = csv_bytes(
        (*GRANTS, "project:code"), ("g1", "shc-2021", "ei tiedossa", "granted", "pirsote")
    )
    assert told(read(data)) == []
