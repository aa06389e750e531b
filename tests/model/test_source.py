"""Where facts were read."""

import tulevaisuus as tul
from tests.helpers import rejected


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is reported, in the order of documents."""
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
