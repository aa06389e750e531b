"""`Source`: where a fact was read."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_all_errors_are_reported() -> None:
    """Every error is reported, in the order of fields in documents."""
    findings = rejected(
        tul.Source,
        id="s",
        publisher="",
        about=None,
        url="www.example.org",
        published="2020-01-24",
        language="english",
    )
    assert findings == [
        "TSK013 /publisher",
        "TSK002 /about",
        "TSK006 /url",
        "TSK002 /published",
        "TSK005 /language",
    ]
