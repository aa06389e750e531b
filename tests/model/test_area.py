"""Areas that several regions form, and the hospital districts that came before regions."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The two divisions of the country are part of the promise."""
    assert [kind.value for kind in tul.AreaKind] == ["collaborative", "catchment"]


def test_an_area_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
    findings = rejected(
        tul.Area,
        code=4,
        kind="region",
        name=None,
        regions="05",
        university_hospital="",
        valid="2023-",
        aliases=["Länsi"],
    )
    assert findings == [
        "TSK002 /code",
        "TSK005 /kind",
        "TSK002 /name",
        "TSK002 /regions",
        "TSK006 /university_hospital",
        "TSK002 /valid",
        "TSK002 /aliases/0",
    ]


def test_a_hospital_district_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
    findings = rejected(
        tul.HospitalDistrict, code="", name="a", catchment_area=1, valid="2022", aliases=["VSSHP"]
    )
    assert findings == [
        "TSK006 /code",
        "TSK002 /name",
        "TSK002 /catchment_area",
        "TSK002 /valid",
        "TSK002 /aliases/0",
    ]


def test_an_area_is_found_by_its_aliases() -> None:
    """Another name leads to the area as its own does."""
    alias = tul.Alias(scheme="short", value="Länsi")
    area = tul.Area(
        code="4", kind=tul.AreaKind.COLLABORATIVE, name=tul.Text("alue"), aliases=(alias,)
    )
    assert tul.Register([area]).find("länsi") is area
