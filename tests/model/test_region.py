"""Regions by Statistics Finland's code."""

import datetime as dt

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """What a region is in law is part of the promise."""
    assert [kind.value for kind in tul.RegionKind] == [
        "county",
        "city",
        "joint_authority",
        "autonomous_region",
    ]


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
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


def test_places_on_the_map_count_from_one() -> None:
    """Rows and columns are whole numbers from one on."""
    assert rejected(tul.Tile, 0, 1.0) == ["TSK006 /row", "TSK002 /column"]
    assert tul.Tile(1, 2) == tul.Tile(row=1, column=2)


def test_a_population_is_a_count_on_a_day() -> None:
    """Nobody at all is a count, less than nobody is not."""
    day = dt.date(2022, 12, 31)
    assert rejected(tul.Population, date="2022", count=-1) == ["TSK002 /date", "TSK006 /count"]
    assert tul.Population(day, 0).count == 0


def test_long_names_are_names_with_and_without_their_ending() -> None:
    """The inflected form that an official name begins with is searched for, too."""
    region = tul.Region(
        code="05",
        name=tul.Text("Varsinais-Suomi"),
        long_name=tul.Text(
            "Varsinais-Suomen hyvinvointialue", sv="Egentliga Finlands välfärdsområde"
        ),
    )
    wordings = list(region.names())
    assert wordings[0] == "Varsinais-Suomi"
    assert {"Varsinais-Suomen", "Egentliga Finlands"} < set(wordings)
    assert {"Varsinais-Suomen hyvinvointialue", "Egentliga Finlands välfärdsområde"} < set(wordings)
    assert list(tul.Region(code="91", name=tul.Text("Åland")).names()) == ["Åland"]
