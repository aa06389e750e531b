"""Names of hospital districts and municipalities in place of the id of an organisation."""

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import Finding

GRANT = {"id": "g", "call": "shc-2021", "project": "varsinais-suomi", "status": "granted"}


def found(recipient: str, *, reference: tul.Portfolio | None = None, **members: object) -> Finding:
    """Return the finding on the recipient of a grant."""
    document = {"format": "tulevaisuus", "format_version": "1.0", **members}
    reading = tul.read({**document, "grants": [{**GRANT, "recipient": recipient}]})
    report = tul.check(reading, select="TSK009", reference=reference)
    (finding,) = (each for each in report if each.path.endswith("/recipient"))
    return finding


@pytest.mark.parametrize(
    "name",
    [
        *("Lapin sairaanhoitopiiri", "Lapin shp", "lapin sairaanhoitopiirin kuntayhtymä"),
        "Lapplands sjukvårdsdistrikt",
    ],
)
def test_hospital_district_is_named_with_its_region(name: str) -> None:
    """The message has its class, its region, and what to do."""
    message = found(name).message("en")
    assert message.startswith(f'"{name}": hospital district, region 21 (Lapland), which is neither')
    assert 'add it to "organisations" of the document' in message
    assert "such as county-21 (Wellbeing services county of Lapland)" in message


@pytest.mark.parametrize("name", ["Vantaan kaupunki", "Vanda stad", "Vantaa"])
def test_municipality_is_named_with_its_region(name: str) -> None:
    """The message is so in each language."""
    finding = found(name)
    assert finding.message("fi").startswith(f"”{name}”: kunta, alue 04 (Vantaa ja Kerava); ")
    assert finding.message("sv").startswith(f"”{name}”: kommun, region 04 (Vanda och Kervo); ")
    assert "county-04" in finding.message("fi")


def test_district_of_several_regions_names_all() -> None:
    """HUS was the hospital district of five counties; three organisations are suggested."""
    message = found("Helsingin ja Uudenmaan sairaanhoitopiiri").message("en")
    assert "region 01 (East Uusimaa), 02 (Central Uusimaa), 03 (West Uusimaa), 04 " in message
    assert message.count("county-") == 3


def test_known_organisation_is_suggested() -> None:
    """The City of Turku and two hospital districts are organisations of the facts."""
    assert "did you mean turku (City of Turku)?" in found("Turun kaupunki").message("en")
    assert "did you mean vsshp" in found("Varsinais-Suomen shp").message("en")


@pytest.mark.parametrize("name", ["Vantaan yliopisto", "Atlantiksen sairaanhoitopiiri", "x"])
def test_name_within_another_is_not_a_municipality(name: str) -> None:
    """A university in a town is not the town; an unknown district is not one, either."""
    assert f'what "{name}" refers to is neither in the document' in found(name).message("en")


def test_without_organisations_nothing_is_suggested() -> None:
    """Without the facts only the municipality of the document is known."""
    municipality = {"code": "999", "name": {"fi": "Uusi"}, "region": "21"}
    finding = found("Uusi", reference=tul.Portfolio(), municipalities=[municipality])
    assert "region" not in finding.message("en")


@pytest.mark.parametrize(
    ("name", "message_part"),
    [
        ("Lapin sairaanhoitopiiri", "is hospital district 21"),
        ("Vantaan kaupunki", "is municipality 092"),
        ("Vantaan yliopisto", "no organisation is called 'Vantaan yliopisto'$"),
    ],
)
def test_find_names_the_other_register(name: str, message_part: str) -> None:
    """`find` of another register names the one that has the name."""
    with pytest.raises(tul.UnknownCodeError, match=message_part):
        tul.organisations.find(name)
