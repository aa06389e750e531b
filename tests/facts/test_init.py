"""The front door of the facts: every name opens, and only those."""

import pytest

from tulevaisuus import facts


@pytest.mark.parametrize("name", facts.__all__)
def test_every_name_opens(name: str) -> None:
    """What the package promises is there, and shows in completion."""
    assert getattr(facts, name) is not None
    assert name in dir(facts)


def test_no_other_name_opens() -> None:
    """A misspelt name is an `AttributeError` that says so."""
    with pytest.raises(AttributeError, match=r"facts.*'region'"):
        getattr(facts, "region")  # noqa: B009 - a type checker would see the mistake
