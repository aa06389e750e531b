"""Spark finds what Polars finds, and no Python runs in its plan; needs Java and PySpark."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

import tulevaisuus as tul
from tests.frames.agreement import loaded, rows_of, tables_of
from tulevaisuus import frames

pl = pytest.importorskip("polars")
sql = pytest.importorskip("pyspark.sql")

pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")

ROW_RULES = ["TSK005", "TSK006", "TSK012", "TSK014", "TSK101", "TSK301", "TSK302", "TSK308"]
GRANTS: list[dict[str, Any]] = [
    {
        "id": f"g{number}",
        "call": "shc-2021",
        "project": f"p{number % 3}",
        "status": ["granted", "applied"][number % 2],
        "amount_eur": 60_000_000,
        "decided_on": f"202{number % 4}-10-15",
        "usable": {"end": f"202{number % 5}-12-31"},
    }
    for number in range(12)
]
TYPES = {"string": "string", "date32[day]": "date"}


@pytest.fixture
def session() -> Iterator[Any]:
    """Start Spark on this machine."""
    builder: Any = sql.SparkSession.builder.master("local[2]")
    builder = builder.config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield spark
    spark.stop()


@pytest.mark.proof
@pytest.mark.filterwarnings("ignore")
def test_spark_finds_what_polars_finds(session: Any) -> None:  # noqa: ANN401 - pyspark's session
    """The same violations, by expressions of Spark alone."""
    table = tables_of(rows_of(loaded({"grants": GRANTS})))["grants"].drop_columns(["row_number"])
    schema = ", ".join(
        f"{field.name} {TYPES.get(str(field.type), 'decimal(18,2)')}" for field in table.schema
    )
    given = session.createDataFrame(table.to_pandas(), schema=schema)
    violations: Any = frames.check(given, tul.Grant, select=ROW_RULES).violations
    found = sorted(str(tuple(row)) for row in violations.collect())
    polars: Any = frames.check(pl.from_arrow(table), tul.Grant, select=ROW_RULES).violations
    assert found == sorted(str(row) for row in polars.rows())
    assert "Python" not in violations._jdf.queryExecution().toString()
