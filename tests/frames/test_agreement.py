"""Forms and functions of rules agree on the cases of all rules; other engines: tests/properties."""

import pytest

from tests.frames.agreement import (
    ALL,
    ORDER,
    can_be_merged,
    difference,
    expected,
    found_in,
    frames_of,
    merged,
)
from tests.rules.cases import BROKEN, SOUND
from tulevaisuus import frames
from tulevaisuus.frames.engines import PolarsEngine

DOCUMENTS = [*(case.registers for case in BROKEN.values()), *SOUND.values()]
PORTFOLIO = merged(each for each in DOCUMENTS if can_be_merged(each))

pytest.importorskip("polars")


def test_forms_agree_with_functions() -> None:
    """What breaks a rule, and what comes near to it, is found in frames as in objects."""
    assert difference(PORTFOLIO, "polars", select=ALL) == ({}, {})


def test_one_pass_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each look at a table is a scan, rows are judged by all rules at once."""
    monkeypatch.setattr(PolarsEngine, "scans_are_expensive", True)
    given = frames_of(PORTFOLIO, "polars")
    found = found_in(frames.check(given, order=ORDER, select=ALL, ignore="TSK009").violations)
    objects = expected(PORTFOLIO, select=ALL, ignore="TSK009")
    assert (objects - found, found - objects) == ({}, {})
