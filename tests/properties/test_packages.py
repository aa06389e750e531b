"""Reading and writing any Data Package."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.exchange.packages import OWN, verdicts, written
from tests.helpers import found
from tests.properties.test_documents import ENTITIES, MADE, portfolio_of, selections
from tulevaisuus import testing
from tulevaisuus.exchange import write_package

FILES = ["datapackage.json", "data/grants.csv", "data/projects_regions.csv"]


SEARCHING = settings.get_current_profile_name() != "tests"


def is_read_back(portfolio: tul.Portfolio, ending: str) -> None:
    """Write a package, read it, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"package{ending}"
        write_package(portfolio, path)
        reading = tul.read(path)
        assert reading.findings == ()
        assert reading.portfolio == portfolio


@given(st.one_of(MADE, selections(), testing.portfolios()), st.sampled_from(["", ".zip"]))
@settings(max_examples=25)
def test_any_portfolio_is_read_back(portfolio: tul.Portfolio, ending: str) -> None:
    """It is equal, with unset and empty fields and any text."""
    is_read_back(portfolio, ending)


@given(st.lists(st.one_of(MADE, selections(), testing.portfolios()), min_size=1, max_size=9))
@settings(
    max_examples=3 if SEARCHING else 1,  # each takes seconds
    suppress_health_check=[HealthCheck.too_slow],
)
def test_validator_accepts_any_package(portfolios: list[tul.Portfolio]) -> None:
    """Frictionless finds nothing; one process of it validates several."""
    pytest.importorskip("frictionless", reason="it has no wheels for this Python")
    with tempfile.TemporaryDirectory() as folder:
        packages = [Path(folder) / str(place) for place in range(len(portfolios))]
        for portfolio, package in zip(portfolios, packages, strict=True):
            write_package(portfolio, package)
        validated = verdicts(*packages)
        assert [valid for valid, _ in validated] == [True] * len(portfolios), validated


@given(ENTITIES)
@settings(max_examples=25)
def test_any_entity_is_read_back(entity: tul.Entity) -> None:
    """It is equal, with any text that a field accepts."""
    if isinstance(entity, tul.Programme):
        is_read_back(tul.Portfolio(programme=entity), "")
    else:
        is_read_back(portfolio_of({entity.plural: tul.Register([entity])}), "")


@given(
    st.sampled_from(FILES),
    st.integers(0, 400),
    st.integers(0, 30),
    st.one_of(st.binary(max_size=6), st.sampled_from([b",", b'"', b"\n", b";", b"../", b"\x00"])),
)
@settings(max_examples=25)
def test_any_change_is_read(file: str, start: int, length: int, put: bytes) -> None:
    """Whatever is changed in a file: entities, or findings with a location, and no exception."""
    with tempfile.TemporaryDirectory() as folder:
        package = written(Path(folder), OWN)
        data = (package / file).read_bytes()
        (package / file).write_bytes(data[:start] + put + data[start + length :])
        reading = tul.read(package)
        assert found(reading.findings) is not None
        assert all(finding.location for finding in reading.findings)
        assert not (reading.ok and reading.rejected)
        assert isinstance(tul.check(reading), tul.Report)
