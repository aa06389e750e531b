"""Spark finds what Polars finds, without Python in its plan; needs Java and PySpark.

``nox -s spark`` installs PySpark and runs these tests.
"""

import importlib
import os
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tulevaisuus as tul
from tests.frames.agreement import ALL, ORDER, found_in, rows_of, tables_of
from tests.frames.dense import dense, together
from tulevaisuus import frames
from tulevaisuus.frames.table_rules.all_rules import table_rules
from tulevaisuus.frames.table_rules.rule_declaration import RowRule

sql = pytest.importorskip("pyspark.sql")
pytest.importorskip("pyarrow")

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.proof,
]

DOCUMENTS = int(os.environ.get("SPARK_DOCUMENTS", "20"))
TABLES = os.environ.get("SPARK_TABLES", "calls grants").split()
MOST_SCANS = 3


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Start Spark on this machine."""
    builder: Any = sql.SparkSession.builder.master("local[2]")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.maxPlanStringLength": "1000000",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    yield spark
    spark.stop()


def test_spark_finds_what_polars_finds(session: Any) -> None:  # noqa: ANN401 - pyspark's session
    """Grants of dense documents, near every bound, have the same violations of all their rules.

    Other tests compare Polars with objects. `SPARK_DOCUMENTS` is the number of documents,
    `SPARK_TABLES` the tables: the plan of all of them takes minutes.
    """
    arrow = tables_of(rows_of(together(map(dense, range(DOCUMENTS)))))
    given = {name: each for name, each in arrow.items() if name in TABLES and each.num_rows}
    order = {name: column for name, column in ORDER.items() if name in given}
    of_spark = {name: session.createDataFrame(each) for name, each in given.items()}
    violations: Any = frames.check(of_spark, order=order, select=ALL).violations
    found = found_in(violations.toArrow())
    polars = found_in(frames.check(given, order=order, select=ALL).violations)
    assert (polars - found, found - polars) == ({}, {})
    assert found


def test_row_rules_scan_a_table_three_times_at_most(session: Any, tmp_path: Path) -> None:  # noqa: ANN401 - pyspark's session
    """The plan of all rules on one row has no operator of Python, and few scans."""
    parquet: Any = importlib.import_module("pyarrow.parquet")
    table = tables_of(rows_of(together(map(dense, range(2)))))["grants"]
    parquet.write_table(table.drop_columns(["row_number"]), tmp_path / "grants.parquet")
    of_rows = {each.code for each in table_rules() if isinstance(each, RowRule)}
    codes = [*of_rows - {each.code for each in table_rules() if not isinstance(each, RowRule)}]
    given = session.read.parquet(str(tmp_path / "grants.parquet"))
    violations: Any = frames.check(given, tul.Grant, select=[*codes, "TSK003", "TSK012"]).violations
    plan = violations._jdf.queryExecution().executedPlan().toString()
    assert 1 <= plan.count("FileScan parquet") <= MOST_SCANS
    assert "Python" not in plan


def test_example_checks_on_a_cluster(
    session: Any,  # noqa: ANN401 - pyspark's session
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The program of the guide starts a cluster, and writes back its findings.

    It runs in the Java of the session before it: to start another one and to load Spark again
    takes longer than the program.
    """
    session.stop()
    parquet: Any = importlib.import_module("pyarrow.parquet")
    portfolio = together(map(dense, range(3)))
    table = tables_of(rows_of(portfolio))["grants"].drop_columns(["row_number"])
    (tmp_path / "grants").mkdir()
    parquet.write_table(table, tmp_path / "grants" / "part.parquet")
    folders = [str(tmp_path / name) for name in ("grants", "violations")]
    rules = ["TSK301", "TSK302", "TSK308", "TSK313"]
    monkeypatch.setattr("sys.argv", ["spark_cluster.py", *folders, *rules])
    runpy.run_path("examples/spark_cluster.py", run_name="__main__")
    counts = frames.check({"grants": table}, select=rules).counts()
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("TSK")]
    assert lines == [f"{code} {number}" for code, _, number in counts]
