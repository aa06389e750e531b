"""`Region`: wellbeing services counties and other regions by Statistics Finland's code."""

import datetime as dt

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of region kinds are part of the document format."""
    assert [kind.value for kind in tul.RegionKind] == [
        "county",
        "city",
        "joint_authority",
        "autonomous_region",
    ]


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(
        tul.Region,
        code=5,
        name=tul.Text("a"),
        kind="hva",
        in_programme="yes",
        established="2021-07-01",
        collaborative_area=4,
        business_id="0204819-8",
        aliases=["Varha"],
        tile=(1, 2),
        population=[497800],
    )
    assert findings == [
        "TSK002 /code",
        "TSK005 /kind",
        "TSK002 /in_programme",
        "TSK002 /established",
        "TSK002 /collaborative_area",
        "TSK002 /business_id",
        "TSK002 /aliases/0",
        "TSK002 /tile",
        "TSK002 /population/0",
    ]


def test_map_positions_count_from_one() -> None:
    """Rows and columns are whole numbers from one."""
    assert rejected(tul.Tile, 0, 1.0) == ["TSK006 /row", "TSK002 /column"]
    assert tul.Tile(1, 2) == tul.Tile(row=1, column=2)


def test_population_is_not_negative() -> None:
    """A population of zero is valid, a negative one is not."""
    day = dt.date(2022, 12, 31)
    assert rejected(tul.Population, date="2022", count=-1) == ["TSK002 /date", "TSK006 /count"]
    assert tul.Population(day, 0).count == 0


def test_long_names_are_names_with_and_without_their_ending() -> None:
    """The inflected form that an official name begins with is a name, too."""
    region = tul.Region(
        code="05",
        name=tul.Text("Varsinais-Suomi"),
        long_name=tul.Text(
            "Varsinais-Suomen hyvinvointialue", sv="Egentliga Finlands välfärdsområde"
        ),
    )
    names = list(region.names())
    assert names[0] == "Varsinais-Suomi"
    assert {"Varsinais-Suomen", "Egentliga Finlands"} < set(names)
    assert {"Varsinais-Suomen hyvinvointialue", "Egentliga Finlands välfärdsområde"} < set(names)
    assert list(tul.Region(code="91", name=tul.Text("Åland")).names()) == ["Åland"]
