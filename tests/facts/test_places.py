"""`place_of`: the divisions that a municipality belongs to on a day."""

import datetime as dt
from collections.abc import Callable

import pytest

import tulevaisuus as tul

IN_2022, IN_2024 = dt.date(2022, 6, 1), dt.date(2024, 6, 1)


@pytest.mark.parametrize("place", ["853", "Turku", "Åbo", "Turun", tul.municipalities["853"]])
def test_municipality_by_code_name_or_object(place: tul.Municipality | str) -> None:
    """The result is the same for each of them."""
    assert tul.where(place, on=IN_2022) == tul.where("853", on=IN_2022)


def test_divisions_of_a_day() -> None:
    """Districts and catchment areas ended with 2022, collaborative areas began with 2023."""
    before, after = (tul.where("853", on=day) for day in (IN_2022, IN_2024))
    assert (before.on, before.municipality, before.region.code) == (
        IN_2022,
        tul.municipalities["853"],
        "05",
    )
    assert before.maakunta is tul.maakunnat["02"]
    assert before.hospital_district is tul.hospital_districts["03"]
    assert before.catchment_area is tul.areas["TYKS"]
    assert before.collaborative_area is None
    assert (after.hospital_district, after.catchment_area) == (None, None)
    assert after.collaborative_area is tul.areas["4"]


def test_place_prints_as_a_line_with_labels() -> None:
    """Each division has its label, name and code; a format specification sets the language."""
    place = tul.where("853", on=IN_2024)
    assert str(place) == f"{place}" == f"{place:en}"
    assert str(place) == (
        "Turku (853), 1 June 2024; wellbeing services county: Southwest Finland (05); "
        "region (maakunta): Southwest Finland (02); collaborative area: "
        "Western Finland collaborative area (4)"
    )
    assert f"{tul.where('853', on=IN_2022):fi}" == (
        "Turku (853), 1.6.2022; hyvinvointialue: Varsinais-Suomi (05); maakunta: Varsinais-Suomi "
        "(02); sairaanhoitopiiri: Varsinais-Suomen sairaanhoitopiiri (03); erityisvastuualue: "
        "Turun yliopistollisen sairaalan erityisvastuualue (TYKS)"
    )
    assert f"{place:sv}".startswith("Åbo (853), 1.6.2024; välfärdsområde: Egentliga Finland (05); ")
    with pytest.raises(tul.UnknownLanguageError):
        place.localize("no")


def test_a_county_is_a_future_one_before_it_was_established() -> None:
    """Counties exist since 1.7.2021; Helsinki, which is a city, has no such day."""
    eve, day = dt.date(2021, 6, 30), dt.date(2021, 7, 1)
    for language, label in {
        "fi": "tuleva hyvinvointialue (perustettu 1.7.2021)",
        "sv": "framtida välfärdsområde (inrättat 1.7.2021)",
        "en": "future wellbeing services county (established 1 July 2021)",
    }.items():
        assert tul.where("853", on=eve).labelled(language)[0] == (label, tul.regions["05"])
        assert tul.where("853", on=day).labelled(language)[0][0] in label
    assert tul.where("091", on=eve).labelled("en")[0] == ("city", tul.regions["90"])


def test_hospital_district_of_a_municipality_outside_its_region_s() -> None:
    """Punkalaidun belonged to TYKS, unlike the rest of its region."""
    place = tul.where("Punkalaidun", on=IN_2022)
    assert place.catchment_area is tul.areas["TYKS"]
    assert tul.regions[place.region.code].catchment_area == "TAYS"


def test_every_municipality_has_a_place() -> None:
    """In each year its region is that of `region_of`, with the divisions of the day."""
    for day in (tul.FACTS_SINCE, IN_2022, IN_2024):
        for municipality in tul.municipalities.on(day):
            place = tul.where(municipality, on=day)
            assert place.region is tul.region_of(municipality, on=day)
            for division in (place.hospital_district, place.catchment_area):
                assert division is None or day in (division.valid or ())


@pytest.mark.parametrize(
    ("place", "day", "error", "message_part"),
    [
        ("911", IN_2022, tul.UnknownCodeError, "its successor is 541 Nurmes"),
        ("Turku", dt.date(2019, 12, 31), tul.OutsideFactsError, "2020-01-01"),
        ("Varsinais-Suomi", IN_2022, tul.UnknownCodeError, "is region 05"),
        ("Atlantis", IN_2022, tul.UnknownCodeError, "no municipality is called 'Atlantis'$"),
    ],
)
def test_unknown_place_is_an_error(
    place: str, day: dt.date, error: type[Exception], message_part: str
) -> None:
    """The error names a day before the facts, a merged municipality, or another type of place."""
    with pytest.raises(error, match=message_part):
        tul.where(place, on=day)


@pytest.mark.parametrize("look_up", [tul.where, tul.region_of])
def test_entity_of_another_class_is_no_municipality(look_up: Callable[..., object]) -> None:
    """Region 05 is not municipality 05, nor is municipality 005 suggested for it."""
    with pytest.raises(TypeError, match="takes a municipality or its code, not a value of type R"):
        look_up(tul.regions["05"], on=IN_2022)
