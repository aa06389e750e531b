"""The front door of the package: every name opens, and only those."""

import pytest

from tulevaisuus import formats


@pytest.mark.parametrize("name", formats.__all__)
def test_every_name_opens(name: str) -> None:
    """What the package promises is there, and shows in completion."""
    assert getattr(formats, name) is not None
    assert name in dir(formats)


def test_no_other_name_opens() -> None:
    """A misspelt name is an `AttributeError` that says so."""
    with pytest.raises(AttributeError, match=r"formats.*'laod'"):
        getattr(formats, "laod")  # noqa: B009 - a type checker would see the mistake
