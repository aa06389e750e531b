"""`Area`: collaborative areas of several regions, and former hospital districts."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of the two divisions are part of the document format."""
    assert [kind.value for kind in tul.AreaKind] == ["collaborative", "catchment"]


def test_all_errors_of_an_area_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
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


def test_all_errors_of_a_hospital_district_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
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


def test_area_is_found_by_its_aliases() -> None:
    """An alias finds the area as its name does."""
    alias = tul.Alias(scheme="short", value="Länsi")
    area = tul.Area(
        code="4", kind=tul.AreaKind.COLLABORATIVE, name=tul.Text("alue"), aliases=(alias,)
    )
    assert tul.Register([area]).find("länsi") is area
