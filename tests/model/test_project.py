"""`Project` and `Administration`: regional projects and their administrators over time."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents, elements by their index."""
    findings = rejected(
        tul.Project,
        id="pr",
        name=tul.Text("hanke"),
        short_name="h",
        regions=["05", 5],
        administrations=["turku"],
        participants=["turku", " turku"],
        goals=[1, 9],
        services=["oral_health_care", "oral"],
        themes=[None],
    )
    assert findings == [
        "TSK002 /short_name",
        "TSK002 /regions/1",
        "TSK002 /administrations/0",
        "TSK006 /participants/1",
        "TSK005 /goals/1",
        "TSK005 /services/1",
        "TSK002 /themes/0",
    ]


def test_all_errors_of_an_administration_are_reported() -> None:
    """The organisation of an administration is required, the period is not."""
    assert rejected(tul.Administration, organisation="", period=2023) == [
        "TSK006 /organisation",
        "TSK002 /period",
    ]
    assert tul.Administration("turku").period is None


def test_codes_become_members() -> None:
    """Goals and services may be given as numbers and text, and are stored as members."""
    project = tul.Project(
        id="pr",
        name=tul.Text("a"),
        regions=("05",),
        goals=(1,),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        services=("oral_health_care",),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )
    assert project.goals == (tul.GoalNumber.ACCESS,)
    assert [type(code) for code in project.services or ()] == [tul.ServiceCode]
