"""`Role`: roles in the programme."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """The codes of role levels are part of the document format."""
    assert [level.value for level in tul.Level] == ["national", "regional"]


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(
        tul.Role,
        code="r",
        name=tul.Text("a"),
        level="local",
        organisation=0,
        body="",
        posts_stated=0,
        task="t",
    )
    assert findings == [
        "TSK005 /level",
        "TSK002 /organisation",
        "TSK006 /body",
        "TSK006 /posts_stated",
        "TSK002 /task",
    ]
