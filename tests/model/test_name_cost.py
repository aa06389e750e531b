"""Cost of looking up an unknown name, as a number of function calls, which is reproducible."""

import sys
from types import FrameType

import pytest

import tulevaisuus as tul

NAME = "Pohjois-Suomen sosiaali- ja terveydenhuollon kuntayhtymä " + "ab" * 60
"""A long name, not all of it ASCII."""


def calls_of_find(count: int) -> int:
    """Count the calls of a search in a register of as many entities with similar names."""
    names = [tul.Text(f"{NAME} {number}") for number in range(count)]
    register = tul.Register(
        [tul.Organisation(id=f"org-{place}", name=name) for place, name in enumerate(names)]
    )
    calls = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        """Count what is called."""
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        with pytest.raises(tul.UnknownCodeError):
            register.find(f"{NAME} x1")
    finally:
        sys.setprofile(None)
    return calls


def test_search_cost_is_linear_in_the_number_of_names() -> None:
    """Twice the names need twice the calls, and no call for each letter of a name."""
    calls_of_find(1)  # opens what is opened once
    once, twice = calls_of_find(100), calls_of_find(200)
    assert twice < 2.2 * once
    assert twice / 200 < len(NAME) * 1.5
