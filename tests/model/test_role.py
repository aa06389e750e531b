"""What somebody can be in the programme."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_codes_of_documents() -> None:
    """Where a role stands is part of the promise."""
    assert [level.value for level in tul.Level] == ["national", "regional"]


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
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
