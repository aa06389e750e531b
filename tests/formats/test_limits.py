"""How large a document may be."""

import attrs
import pytest

import tulevaisuus as tul


def test_defaults_are_part_of_the_promise() -> None:
    """A release that lowers a limit would refuse documents that were read before."""
    expected = {"bytes": 100_000_000, "depth": 32, "digits": 64, "items": 10_000_000}
    assert attrs.asdict(tul.Limits()) == expected


def test_limits_cannot_change() -> None:
    """Limits are shared, so they are frozen."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        tul.Limits().depth = 5  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]
