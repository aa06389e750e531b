"""What a library raises becomes an error of ours that says which one it was."""

from decimal import Decimal
from typing import Any

import pytest

import tulevaisuus as tul
from tests.frames.agreement import ENGINES, found_in
from tulevaisuus import frames

pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")
pytest.importorskip("pandas")

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


@pytest.mark.parametrize("engine", ["polars", "lazy", "pyarrow", "pandas", "duckdb"])
@pytest.mark.parametrize(
    ("amount", "precision", "scale", "codes"),
    [
        ("123456789012.25", 38, 23, []),
        ("12345678.5", 38, 24, []),
        ("12345678.5", 38, 30, []),
        ("99.99", 38, 36, []),
        ("0.1", 38, 37, []),
        ("0.01", 38, 38, []),
        ("0.001", 38, 36, ["TSK012"]),
        ("0.001", 38, 38, ["TSK012"]),
        ("1", 38, 37, []),
        ("0", 38, 37, ["TSK012"]),
    ],
)
def test_decimals_of_any_scale_are_read(
    engine: str, amount: str, precision: int, scale: int, codes: list[str]
) -> None:
    """A decimal whose hundredfold its type cannot hold is read as text, on every engine."""
    cents = pa.array([Decimal(amount)], pa.decimal128(precision, scale))
    given = pa.Table.from_pylist([GRANT]).append_column("amount_eur", cents)
    frame = ENGINES[engine]({"grants": given})
    checked = frames.check(frame, select=["TSK002", "TSK012"])
    assert [code for code, *_ in checked.counts()] == codes
    assert [finding.code for finding in checked.report()] == codes


@pytest.mark.parametrize("amount", ["1250.5", "0.5", "1000"])
@pytest.mark.parametrize("scale", [2, 40])
def test_decimals_of_256_bits_are_read(amount: str, scale: int) -> None:
    """A decimal with more digits than the engines have is read as text, without its zeros."""
    cents = pa.array([Decimal(amount)], pa.decimal256(60, scale))
    given = pa.Table.from_pylist([GRANT]).append_column("amount_eur", cents)
    assert frames.check(given, tul.Grant, select=["TSK002", "TSK012"]).counts() == ()


@pytest.mark.parametrize("engine", ["polars", "pyarrow", "pandas", "duckdb"])
def test_floats_of_32_bits_are_calculated_with_64(engine: str) -> None:
    """Their cents are not rounded to 32 bits, and a wrong one is shown as Python shows it."""
    rows = [{**GRANT, "id": f"g{number}"} for number in range(3)]
    amounts = pa.array([0.1, 1.5, 16_777_215.0], pa.float32())
    given = pa.Table.from_pylist(rows).append_column("amount_eur", amounts)
    frame = ENGINES[engine]({"grants": given})
    found = found_in(frames.check(frame, select="TSK012").violations)
    assert [(row[1], row[-1]) for row in found] == [("g0", "0.10000000149011612")]


def test_a_decimal_in_a_column_of_text_is_of_a_wrong_type() -> None:
    """A decimal that is read as text for an amount is no text elsewhere."""
    call = pa.array([Decimal(1)], pa.decimal128(38, 37))
    given = pa.Table.from_pylist([GRANT]).drop_columns("call").append_column("call", call)
    checked = frames.check(given, tul.Grant, select="TSK002")
    assert [(each.code, each.path) for each in checked.findings] == [("TSK002", "/grants/call")]


def test_an_inexact_decimal_is_shown_in_full() -> None:
    """The violation has the digits of the cell, without an exponent."""
    cents = pa.array([Decimal("0.0000000001")], pa.decimal128(38, 37))
    given = pa.Table.from_pylist([GRANT]).append_column("amount_eur", cents)
    checked = frames.check(given, tul.Grant, select="TSK012")
    assert checked.violations.column("value").to_pylist() == ["0.0000000001"]
