"""Limits are checked when they are made, and readers accept only `Limits`."""

import io
from collections.abc import Callable
from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus import exchange, formats

READERS: dict[str, Callable[[Any], object]] = {
    "read": lambda limits: tul.read(b"{}", limits=limits),
    "read of a mapping": lambda limits: tul.read({}, limits=limits),
    "loads": lambda limits: tul.loads("{}", limits=limits),
    "read_lines": lambda limits: formats.read_lines(io.BytesIO(), tul.Grant, limits=limits),
    "read_rows": lambda limits: formats.read_rows({}, limits=limits),
    "read_table": lambda limits: exchange.read_table(b"", tul.Grant, limits=limits),
    "from_360giving": lambda limits: exchange.from_360giving({}, limits=limits),
}


@pytest.mark.parametrize(
    "name", ["bytes", "depth", "digits", "items", "findings", "lines", "total"]
)
def test_limit_is_a_whole_number_from_zero(name: str) -> None:
    """The error names the limit and the valid values."""
    for wrong in ("1", None, 1.5, True):
        with pytest.raises(TypeError, match=rf"Limits\({name}=…\) takes a whole number"):
            tul.Limits(**{name: wrong})  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match=rf"Limits\({name}=…\) .* at least 0, not -1"):
        tul.Limits(**{name: -1})
    assert getattr(tul.Limits(**{name: 0}), name) == 0


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("wrong", [5, 0, {}])
def test_readers_accept_only_limits(reader: str, wrong: object) -> None:
    """A false value such as zero is not taken for the default."""
    with pytest.raises(TypeError, match="limits takes a Limits"):
        READERS[reader](wrong)
