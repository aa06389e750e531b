"""What a library raises becomes an error of ours that says which one it was."""

from decimal import Decimal
from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus import frames

pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

GRANT = {"id": "g1", "call": "shc-2021", "project": "lappi", "status": "granted"}


def test_a_lazy_frame_that_names_a_missing_column_is_an_error() -> None:
    """The error of Polars names the column; the user's own steps are wrong."""
    given = pl.LazyFrame(GRANT).with_columns(amount_eur=pl.col("amount"))
    with pytest.raises(ValueError, match=r'Polars \(lazy\) cannot run .* "amount"'):
        frames.check(given, tul.Grant)


def test_a_relation_of_a_closed_connection_is_an_error() -> None:
    """Before the check, and when its results are asked for."""
    connection: Any = duckdb.connect()
    values = ", ".join(f"'{cell}' AS {name}" for name, cell in GRANT.items())
    relation = connection.sql(f"SELECT {values}")
    checked = frames.check(relation, tul.Grant, select="TSK301")
    connection.close()
    with pytest.raises(ValueError, match=r"DuckDB cannot run .* closed"):
        frames.check(relation, tul.Grant, select="TSK301")
    with pytest.raises(ValueError, match=r"DuckDB cannot run .* closed"):
        checked.counts()
    with pytest.raises(ValueError, match=r"DuckDB cannot run .* closed"):
        checked.report()
    with pytest.raises(ValueError, match=r"DuckDB cannot run .* closed"):
        _ = checked.violations


@pytest.mark.parametrize(
    ("amount", "scale", "codes"),
    [
        ("0.1", 36, []),
        ("0.1", 37, []),
        ("0.01", 38, []),
        ("0.001", 36, ["TSK012"]),
        ("0.001", 38, ["TSK002"]),
        ("1", 37, []),
    ],
)
def test_decimals_of_any_scale_are_read(amount: str, scale: int, codes: list[str]) -> None:
    """A decimal whose hundredfold its type cannot hold is read as text."""
    cents = pl.Series([Decimal(amount)], dtype=pl.Decimal(38, scale))
    given = pl.DataFrame(GRANT).with_columns(amount_eur=cents)
    checked = frames.check(given, tul.Grant, select=["TSK002", "TSK012"])
    assert [code for code, *_ in checked.counts()] == codes
