"""Reading and writing any Parquet files."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

import tulevaisuus as tul
from tests.properties.test_documents import ENTITIES, MADE, selections
from tulevaisuus import testing
from tulevaisuus.exchange import read_parquet, to_arrow, write_parquet
from tulevaisuus.formats import to_rows

SEARCHING = settings.get_current_profile_name() != "tests"
SLOW = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40 if SEARCHING else 10)


def is_read_back(portfolio: tul.Portfolio) -> None:
    """Check that a portfolio is written and read without loss."""
    with tempfile.TemporaryDirectory() as folder:
        write_parquet(portfolio, Path(folder, "made"))
        reading = tul.read(Path(folder, "made"))
    assert reading.findings == ()
    assert reading.portfolio == portfolio


@given(MADE)
@SLOW
def test_any_portfolio_is_read_back(portfolio: tul.Portfolio) -> None:
    """It is equal."""
    is_read_back(portfolio)


@given(selections())
@SLOW
def test_parts_of_the_bundle_are_read_back(portfolio: tul.Portfolio) -> None:
    """They are equal, in any order."""
    is_read_back(portfolio)


@given(testing.portfolios())
@SLOW
def test_plausible_portfolios_are_read_back(portfolio: tul.Portfolio) -> None:
    """They follow the rules."""
    is_read_back(portfolio)


@given(ENTITIES)
@SLOW
def test_arrow_tables_equal_rows(entity: tul.Entity) -> None:
    """Tables and cells are those of `to_rows`; the stream yields the same entity."""
    tables = {name: table.to_pylist() for name, table in to_arrow([entity]).items()}
    assert tables == to_rows([entity])
    with tempfile.TemporaryDirectory() as folder:
        write_parquet([entity], Path(folder, "made"))
        assert list(read_parquet(Path(folder, "made"), type(entity))) == [entity]
