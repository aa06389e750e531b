"""`Body`: steering groups, agencies and other bodies of the programme."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of body kinds are part of the document format."""
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


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
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
