# pyright: basic, reportMissingImports=false
"""Check grants on a Spark cluster: read Parquet, check, write the violations back as Parquet.

``python examples/spark_cluster.py grants violations TSK301 TSK302`` starts a cluster of two workers
on this machine. ``spark-submit --master yarn examples/spark_cluster.py s3a://a/grants s3a://a/violations``
runs it on an existing cluster. The workers need no installation: no Python code runs on them.
"""

import os
import sys
from pathlib import Path
from typing import Any

import pyspark
from pyspark.sql import SparkSession

from tulevaisuus import frames


def main(grants: str, violations: str, *rules: str) -> int:
    """Check a folder of Parquet by some or all rules, and return the number of violations."""
    session = _session()
    checked = frames.check({"grants": session.read.parquet(grants)}, select=rules or None)
    for finding in checked.findings:
        sys.stdout.write(f"{finding.path}: {finding.message('en')}\n")
    found: Any = checked.violations
    found.write.mode("overwrite").parquet(violations)
    written = session.read.parquet(violations)
    for row in written.groupBy("code").count().orderBy("code").collect():
        sys.stdout.write(f"{row['code']} {row['count']}\n")
    number: int = written.count()
    session.stop()
    return number


def _session() -> SparkSession:
    """Use the cluster of spark-submit, or start one."""
    builder = SparkSession.builder.appName("grants").config("spark.ui.enabled", "false")
    # Plans are large before Spark optimises them; as text they would fill its memory.
    builder = builder.config("spark.sql.maxPlanStringLength", "10000")
    if "SPARK_ENV_LOADED" not in os.environ:  # spark-submit sets it
        os.environ.setdefault("SPARK_HOME", str(Path(str(pyspark.__file__)).parent))
        builder = builder.master("local-cluster[2,1,1024]")
        builder = builder.config("spark.sql.shuffle.partitions", "4")
    return builder.getOrCreate()


if __name__ == "__main__":
    main(*sys.argv[1:])
