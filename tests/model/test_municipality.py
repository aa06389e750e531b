"""Municipalities, those that merged away among them."""

import datetime as dt

import tulevaisuus as tul
from tests.helpers import rejected


def test_tells_all_that_is_wrong() -> None:
    """Every mistake is told, in the order of documents; a code is text, never a number."""
    findings = rejected(
        tul.Municipality,
        code=853,
        name="Turku",
        region=None,
        maakunta=2,
        valid=dt.date(2020, 12, 31),
        successor="",
    )
    assert findings == [
        "TSK002 /code",
        "TSK002 /name",
        "TSK002 /region",
        "TSK002 /maakunta",
        "TSK002 /valid",
        "TSK006 /successor",
    ]


def test_a_code_keeps_its_noughts() -> None:
    """A code is text: 005 is not 5."""
    municipality = tul.Municipality(code="005", name=tul.Text("Alajärvi"), region="14")
    register = tul.Register([municipality])
    assert "005" in register
    assert "5" not in register
    assert 5 not in register
