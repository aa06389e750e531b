"""Frames of every library and objects are judged alike: the cases of all rules, aimed at bounds."""

import pytest

from tests.frames.agreement import ALL, ENGINES, can_be_merged, difference, merged
from tests.rules.cases import BROKEN, SOUND

DOCUMENTS = [*(case.registers for case in BROKEN.values()), *SOUND.values()]
DATA_ONLY = [each for each in DOCUMENTS if can_be_merged(each)]


@pytest.mark.parametrize("engine", ENGINES)
def test_cases_of_all_rules_are_judged_alike(engine: str) -> None:
    """What breaks a rule, and what comes near to it, is found in frames as in objects."""
    pytest.importorskip("polars")
    portfolio = merged(DATA_ONLY)
    assert difference(portfolio, engine, select=ALL) == ({}, {})
