"""Bodies that steer and run the programme."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """What a body can be is part of the promise."""
    assert [kind.value for kind in tul.BodyKind] == [
        "authority",
        "steering_group",
        "coordination_group",
        "secretariat",
        "project_office",
        "unit",
        "department",
        "team",
        "administration",
    ]


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
    findings = rejected(
        tul.Body, id="b ", kind="group", name=1, level="local", organisation="", parent=b"", task=""
    )
    assert findings == [
        "TSK006 /id",
        "TSK005 /kind",
        "TSK002 /name",
        "TSK005 /level",
        "TSK006 /organisation",
        "TSK002 /parent",
        "TSK002 /task",
    ]
