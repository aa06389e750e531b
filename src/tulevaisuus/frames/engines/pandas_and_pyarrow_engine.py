"""The engine that runs the rules on frames of pandas and PyArrow, by way of Polars or DuckDB."""

import importlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

import narwhals.stable.v2 as nw

from tulevaisuus import _optional_libraries
from tulevaisuus.frames.engines.duckdb_and_spark_engines import MAX_ROWS_IN_MEMORY, DuckEngine
from tulevaisuus.frames.engines.expressions import LazyFrame
from tulevaisuus.frames.engines.interface import Constant, Engine, InputFrame, Rows, Strategy
from tulevaisuus.frames.engines.pandas_and_pyarrow_columns import (
    ArrowTable,
    arrow_of_pandas,
    names_of_pandas,
    plain_arrow,
    repeated_names,
)
from tulevaisuus.frames.engines.polars_engine import PolarsEngine

__all__ = ["ArrowEngine"]


class ArrowEngine(Engine):
    """PyArrow and pandas, by way of Polars or DuckDB."""

    strategy: Strategy = Strategy.MASKS

    def __init__(self, *, is_pandas: bool, with_polars: bool) -> None:
        """Take whether violations become a pandas frame, and whether Polars or DuckDB runs."""
        self.is_pandas = is_pandas
        self.with_polars = with_polars
        self.kind = "pandas" if is_pandas else "PyArrow"
        self.backend: Engine | None = None
        self.errors: tuple[type[Exception], ...] = ()

    def read_frame(self, native: object) -> InputFrame:
        """Convert the columns to types that all engines have."""
        converted = arrow_of_pandas(native) if self.is_pandas else plain_arrow(native)
        pairs = zip(converted.names, converted.types, strict=True)
        null_columns = [name for name, each in pairs if each == "null"]
        is_empty = converted.table.num_rows == 0
        if self.is_pandas:
            index, duplicate_names = names_of_pandas(native)
        else:
            index, duplicate_names = [], repeated_names(cast("Any", native).column_names)
        frame = self._frame(converted)
        return InputFrame(
            frame,
            null_columns,
            is_empty=is_empty,
            is_small=converted.table.num_rows <= MAX_ROWS_IN_MEMORY,
            decimals=converted.decimals,
            index_names=index,
            duplicate_names=duplicate_names,
        )

    def _frame(self, converted: ArrowTable) -> LazyFrame:
        if self.with_polars:
            self.backend = self.backend or PolarsEngine(is_eager=True)
            self.errors = self.backend.errors
            polars: Any = importlib.import_module("polars")
            return cast("LazyFrame", nw.from_native(polars.from_arrow(converted.table).lazy()))
        if self.backend is None:
            self.connection: Any = _optional_libraries.duckdb().connect()
        relation = self.connection.from_arrow(converted.table)
        self.backend = self.backend or DuckEngine(relation)
        self.errors = self.backend.errors
        self.strategy = Strategy.FILTERS
        return cast("LazyFrame", nw.from_native(relation))

    @property
    def _inner(self) -> Engine:
        """The engine that runs the queries; `read_frame` makes it, before any other call."""
        return cast("Engine", self.backend)

    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Make a table of the inner engine."""
        return self._inner.literal_table(columns, rows)

    def select(
        self,
        frame: LazyFrame,
        names: Sequence[str],
        constants: Mapping[str, str | None],
        days: Collection[str],
    ) -> LazyFrame:
        """Delegate to the inner engine."""
        return self._inner.select(frame, names, constants, days)

    def conditions_that_may_hold(
        self,
        frame: LazyFrame,
        conditions: Mapping[str, nw.Expr],
        columns: Mapping[str, str],
        identifier_conditions: Collection[str] = (),
    ) -> frozenset[str]:
        """Delegate to the inner engine."""
        return self._inner.conditions_that_may_hold(
            frame, conditions, columns, identifier_conditions
        )

    def keep(self, frames: Sequence[LazyFrame]) -> list[LazyFrame | None]:
        """Delegate to the inner engine."""
        return self._inner.keep(frames)

    def stage(self, frame: LazyFrame) -> LazyFrame:
        """Delegate to the inner engine."""
        return self._inner.stage(frame)

    def may_repeat(self, keys: LazyFrame) -> bool:
        """Delegate to the inner engine."""
        return self._inner.may_repeat(keys)

    def concatenate(self, queries: Sequence[LazyFrame]) -> LazyFrame:
        """Delegate to the inner engine."""
        return self._inner.concatenate(queries)

    def summarize(
        self, queries: Sequence[LazyFrame], order: Sequence[str], limit: int
    ) -> tuple[Rows, Rows]:
        """Delegate to the inner engine."""
        return self._inner.summarize(queries, order, limit)

    def to_native_frame(self, frame: LazyFrame) -> object:
        """Return a table of Arrow, or a data frame of pandas."""
        table = frame.collect("pyarrow").to_native()
        return _as_pandas(table) if self.is_pandas else table

    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[Rows]:
        """Run the frames."""
        return self._inner.collect_rows(frames)


def _as_pandas(table: Any) -> object:  # noqa: ANN401 - pyarrow's table
    """Return a data frame with ``None`` for unknown values."""
    frame = table.to_pandas()
    return frame.astype(object).where(frame.notna(), None)
