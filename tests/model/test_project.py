"""Regional projects, and who administers them when."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents, lists by their index."""
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


def test_an_administration_tells_all_that_is_wrong() -> None:
    """Who administers must be said, when need not."""
    assert rejected(tul.Administration, organisation="", period=2023) == [
        "TSK006 /organisation",
        "TSK002 /period",
    ]
    assert tul.Administration("turku").period is None


def test_codes_become_members() -> None:
    """Goals and services may be given as numbers and text, and are kept as what they mean."""
    project = tul.Project(
        id="pr",
        name=tul.Text("a"),
        regions=("05",),
        goals=(1,),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        services=("oral_health_care",),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )
    assert project.goals == (tul.GoalNumber.ACCESS,)
    assert [type(code) for code in project.services or ()] == [tul.ServiceCode]
