"""`engine_of`: chooses the engine that runs the rules on a frame, by the library of the frame.

Polars, DuckDB and Spark run the expressions themselves. pandas and PyArrow go through Arrow to
Polars or, where that is not installed, to DuckDB.
"""

from importlib.util import find_spec
from typing import Any, cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.duckdb_and_spark_engines import DuckEngine, SparkEngine
from tulevaisuus.frames.engines.interface import Engine
from tulevaisuus.frames.engines.pandas_and_pyarrow_engine import ArrowEngine
from tulevaisuus.frames.engines.polars_engine import PolarsEngine

__all__ = ["engine_of"]


def engine_of(native: object) -> Engine | None:
    """Return the engine for a frame; ``None`` if its library is not supported."""
    if nw.dependencies.is_pandas_dataframe(native):
        # Not wrapped by narwhals, which rejects frames with repeated columns.
        return ArrowEngine(is_pandas=True, with_polars=_has_polars())
    if nw.dependencies.is_pyarrow_table(native):
        return ArrowEngine(is_pandas=False, with_polars=_has_polars())
    try:
        wrapped: Any = nw.from_native(cast("Any", native))
    except TypeError:
        return None
    implementation = wrapped.implementation
    if implementation.is_polars():
        return PolarsEngine(is_eager=isinstance(wrapped, nw.DataFrame))
    if implementation.is_duckdb():
        return DuckEngine(native)
    is_spark = implementation.is_pyspark() or implementation.is_pyspark_connect()
    return SparkEngine(native) if is_spark else None


def _has_polars() -> bool:
    return find_spec("polars") is not None
