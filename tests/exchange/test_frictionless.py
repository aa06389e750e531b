"""The official validator of Frictionless accepts our packages."""

from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.exchange.packages import OWN, verdicts
from tulevaisuus.exchange import write_package

pytest.importorskip("frictionless", reason="it has no wheels for this Python")


def test_packages_are_valid(tmp_path: Path) -> None:
    """Packages of the example and of the facts are valid; one with an error is not."""
    portfolios = {
        "own": OWN,
        "example": tul.load("examples/varsinais-suomi.json"),
        "bundle": tul.reference,
        "broken": OWN,
    }
    for name, portfolio in portfolios.items():
        write_package(portfolio, tmp_path / name)
    file = tmp_path / "broken" / "data" / "grants.csv"
    file.write_bytes(file.read_bytes().replace(b"granted", b"given", 1))
    valid = verdicts(*(tmp_path / name for name in portfolios))
    assert [each for each, _ in valid] == [True, True, True, False], valid
