"""The engines that run the rules: how frames of each come in, and how violations leave.

Polars, DuckDB and Spark run the expressions themselves. pandas and PyArrow go through Arrow to
Polars or, where that is not installed, to DuckDB.
"""

import datetime as dt
import enum
import importlib
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, TypeAlias, cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.arrow import Arrow, arrow_of_pandas, names_of_pandas, plain_arrow
from tulevaisuus.frames.expressions import LazyFrame

__all__ = [
    "ArrowEngine",
    "Constant",
    "DuckEngine",
    "Engine",
    "InputFrame",
    "PolarsEngine",
    "SparkEngine",
    "Strategy",
    "engine_of",
]

Constant: TypeAlias = str | int | bool | dt.date | None
"""A cell of a table that we bring along, such as the calls of the facts."""

_TOGETHER = 8
"""So many queries DuckDB runs as one: of more the plan costs more than the run."""

_SAMPLE = 1_000
"""From so many rows, spread over a frame, it is seen whether texts repeat."""

_REPEATS = 4
"""Texts repeat if the sample has so many rows for each of them."""

_TYPES: Mapping[type, tuple[str, str]] = {
    str: ("VARCHAR", "STRING"),
    int: ("BIGINT", "BIGINT"),
    bool: ("BOOLEAN", "BOOLEAN"),
    dt.date: ("DATE", "DATE"),
}
"""What DuckDB and Spark call the types of our columns."""


class InputFrame:
    """A frame as it came in: its rows, and the columns that tell which cells were no cells."""

    def __init__(
        self,
        frame: LazyFrame,
        null_columns: Iterable[str] = (),
        *,
        is_empty: bool = False,
        index: Iterable[str] = (),
        duplicate_names: Iterable[str] = (),
    ) -> None:
        """Take the frame.

        Args:
            frame: The frame.
            null_columns: The columns that hold nothing at all.
            is_empty: Whether it is known to have no rows, so that nothing can be wrong with them.
            index: The names that its index has, and no column.
            duplicate_names: The names that several of its columns had; of these the first is here.
        """
        self.frame: LazyFrame = frame
        self.null_columns: frozenset[str] = frozenset(null_columns)
        self.is_empty: bool = is_empty
        self.index: frozenset[str] = frozenset(index)
        self.duplicate_names: tuple[str, ...] = tuple(duplicate_names)


class Strategy(enum.Enum):
    """How an engine checks the rows of a table by several conditions."""

    MASKS = 1
    """A column of truth for each condition; rows that fail any are kept, and filtered by each."""

    FILTERS = 2
    """A filter of the table for each condition: each scan reads few columns."""

    ONE_PASS = 3
    """One scan, in which the numbers of the conditions become a list that is exploded."""


class Engine(ABC):
    """What runs expressions on frames of one library."""

    kind: str
    """What the library is called."""

    @property
    @abstractmethod
    def strategy(self) -> Strategy:
        """How the rows of a table are checked."""

    @abstractmethod
    def read_frame(self, native: object) -> InputFrame:
        """Return a frame of the library as one that narwhals drives."""

    @abstractmethod
    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Return a table that we bring along."""

    @abstractmethod
    def to_native_frame(self, frame: LazyFrame) -> object:
        """Return violations as a frame of the library."""

    def gather(self, queries: Sequence[LazyFrame]) -> LazyFrame:
        """Return the rows of queries of the same columns; they may run."""
        return nw.concat([*queries], how="vertical")

    def ever_true(
        self, frame: LazyFrame, conditions: Mapping[str, nw.Expr], columns: Mapping[str, str]
    ) -> frozenset[str]:
        """Return the names of the conditions that may hold for some row.

        Where rows are in memory they are looked at; elsewhere all names are returned.

        Args:
            frame: The rows.
            conditions: Conditions by their names.
            columns: The column of each condition that depends on one column alone.
        """
        del frame, columns
        return frozenset(conditions)

    @abstractmethod
    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[list[dict[str, Any]]]:
        """Run frames and return the rows of each."""


class PolarsEngine(Engine):
    """Polars; an eager frame is read lazily, and its violations are collected."""

    strategy = Strategy.MASKS

    def __init__(self, *, is_eager: bool) -> None:
        """Take whether violations leave collected."""
        self.is_eager = is_eager
        self.kind = "Polars" if is_eager else "Polars (lazy)"
        self.pl: Any = importlib.import_module("polars")

    def read_frame(self, native: object) -> InputFrame:
        """Look at the types: a column of nothing has a type of its own."""
        lazy = cast("Any", native).lazy()
        schema = lazy.collect_schema()
        null_columns = [name for name, dtype in schema.items() if dtype == self.pl.Null]
        is_empty = self.is_eager and len(cast("Any", native)) == 0
        return InputFrame(nw.from_native(lazy), null_columns, is_empty=is_empty)

    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Make a frame of the rows."""
        pl = self.pl
        types = {str: pl.String, int: pl.Int64, bool: pl.Boolean, dt.date: pl.Date}
        schema = {name: types[each] for name, each in columns.items()}
        return cast("LazyFrame", nw.from_native(pl.LazyFrame([*rows], schema=schema, orient="row")))

    def ever_true(
        self, frame: LazyFrame, conditions: Mapping[str, nw.Expr], columns: Mapping[str, str]
    ) -> frozenset[str]:
        """Run the conditions if the frames are eager: what never holds needs no query.

        Texts that repeat are looked at once, as patterns cost more than it takes to group texts.
        """
        if not self.is_eager or not conditions:
            return frozenset(conditions)
        repeated = self._repeated_texts(frame, {*columns.values()})
        parts: dict[str | None, dict[str, nw.Expr]] = {}
        for name, each in conditions.items():
            column = columns.get(name)
            parts.setdefault(column if column in repeated else None, {})[name] = each.any()
        frames = [
            (frame if column is None else frame.select(column).unique(column)).select(**held)
            for column, held in parts.items()
        ]
        rows = [row for (row,) in self.collect_rows(frames)]
        return frozenset(name for row in rows for name, holds in row.items() if holds)

    def _repeated_texts(self, frame: LazyFrame, columns: Iterable[str]) -> frozenset[str]:
        """Return the columns whose texts repeat, as a sample of their rows has it."""
        pl = self.pl
        lazy = frame.to_native()
        schema = lazy.collect_schema()
        texts = [pl.col(name) for name in columns if schema[name] == pl.String]
        count = lazy.select(pl.len()).collect().item()
        sample = lazy.select(texts).gather_every(max(count // _SAMPLE, 1)).collect()
        return frozenset(
            series.name for series in sample if series.n_unique() * _REPEATS < len(series)
        )

    def to_native_frame(self, frame: LazyFrame) -> object:
        """Collect the violations if the frames were eager."""
        lazy = frame.to_native()
        return lazy.collect() if self.is_eager else lazy

    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[list[dict[str, Any]]]:
        """Run all frames at once, so that what they share runs once."""
        collected = self.pl.collect_all([each.to_native() for each in frames])
        return [each.to_dicts() for each in collected]


class _SqlEngine(Engine):
    """An engine of which a table of constants is a query."""

    dialect: int

    def literal(self, value: Constant, sql_type: str) -> str:
        """Write a constant in SQL."""
        if value is None:
            return f"CAST(NULL AS {sql_type})"
        if isinstance(value, bool | int):
            return f"CAST({str(value).lower()} AS {sql_type})"
        return f"CAST({self.quoted(str(value))} AS {sql_type})"

    @abstractmethod
    def quoted(self, text: str) -> str:
        """Write a text in SQL."""

    @abstractmethod
    def name(self, column: str) -> str:
        """Write the name of a column in SQL."""

    @abstractmethod
    def query(self, sql: str) -> LazyFrame:
        """Run a query on the connection of the user."""

    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Write the rows into a query."""
        types = [_TYPES[each][self.dialect] for each in columns.values()]
        lines = [
            f"({', '.join(map(self.literal, row, types))})"
            for row in [*rows] or [[None] * len(types)]
        ]
        names = ", ".join(map(self.name, columns))
        where = "" if rows else " WHERE 1 = 0"
        return self.query(f"SELECT * FROM (VALUES {', '.join(lines)}) AS t({names}){where}")  # noqa: S608 - all of it is ours, and quoted


class DuckEngine(_SqlEngine):
    """DuckDB; tables of constants are made on the connection that the relation has."""

    kind = "DuckDB"
    strategy = Strategy.FILTERS
    dialect = 0

    def __init__(self, relation: Any) -> None:  # noqa: ANN401 - duckdb's relation, typed loosely
        """Take a relation of the user's connection."""
        self.relation = relation

    def gather(self, queries: Sequence[LazyFrame]) -> LazyFrame:
        """Run the queries one after the other into a temporary table of the connection.

        One query of them all takes DuckDB minutes to plan, and a relation keeps no result.
        """
        first, *_ = queries
        name = f"tulevaisuus_{uuid.uuid4().hex}"
        first.to_native().query(
            "violations", f"CREATE TEMP TABLE {name} AS FROM violations LIMIT 0"
        )
        for start in range(0, len(queries), _TOGETHER):
            part = nw.concat([*queries[start : start + _TOGETHER]], how="vertical")
            part.to_native().query("violations", f"INSERT INTO {name} FROM violations")
        return self.query(f"FROM {name}")

    def ever_true(
        self, frame: LazyFrame, conditions: Mapping[str, nw.Expr], columns: Mapping[str, str]
    ) -> frozenset[str]:
        """Run the conditions in one scan: what never holds needs no query."""
        del columns
        if not conditions:
            return frozenset()
        held = frame.select(**{name: each.any() for name, each in conditions.items()})
        (row,) = _fetched(held.to_native())
        return frozenset(name for name, holds in row.items() if holds)

    def read_frame(self, native: object) -> InputFrame:
        """Look at the types, and at one row: a table without any is not judged, which is faster."""
        relation = cast("Any", native)
        is_empty = not relation.limit(1).fetchall()
        types = zip(relation.columns, map(str, relation.types), strict=True)
        null_columns = [name for name, each in types if each.strip('"') == "NULL"]
        return InputFrame(nw.from_native(relation), null_columns, is_empty=is_empty)

    def quoted(self, text: str) -> str:
        """Double the quotes."""
        return "'" + text.replace("'", "''") + "'"

    def name(self, column: str) -> str:
        """Put it into double quotes."""
        return f'"{column}"'

    def query(self, sql: str) -> LazyFrame:
        """Run a query where the relation is."""
        return cast("LazyFrame", nw.from_native(self.relation.query("tulevaisuus_anything", sql)))

    def to_native_frame(self, frame: LazyFrame) -> object:
        """Return the relation."""
        return frame.to_native()

    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[list[dict[str, Any]]]:
        """Run the relations."""
        return [_fetched(each.to_native()) for each in frames]


def _fetched(relation: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - duckdb's relation
    names = relation.columns
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


# Not measured: it needs Java and PySpark, which most machines lack; tests/frames/test_spark.py
# runs it where both are there.
class SparkEngine(_SqlEngine):  # pragma: no cover
    """Spark, of which each look at a table is a scan; no Python runs on its workers."""

    kind = "PySpark"
    dialect = 1
    strategy = Strategy.ONE_PASS

    def __init__(self, native: Any) -> None:  # noqa: ANN401 - pyspark's data frame, classic or connect
        """Take the session of a data frame."""
        self.session: Any = native.sparkSession

    def read_frame(self, native: object) -> InputFrame:
        """Look at the types: a column of nothing has a type of its own."""
        frame = cast("Any", native)
        null_columns = [name for name, each in frame.dtypes if each == "void"]
        return InputFrame(nw.from_native(frame), null_columns)

    def quoted(self, text: str) -> str:
        """Escape the quotes."""
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def name(self, column: str) -> str:
        """Put it into backticks."""
        return f"`{column}`"

    def query(self, sql: str) -> LazyFrame:
        """Run a query in the session."""
        return cast("LazyFrame", nw.from_native(self.session.sql(sql)))

    def to_native_frame(self, frame: LazyFrame) -> object:
        """Return the data frame."""
        return frame.to_native()

    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[list[dict[str, Any]]]:
        """Run the data frames."""
        return [[row.asDict() for row in each.to_native().collect()] for each in frames]


class ArrowEngine(Engine):
    """PyArrow and pandas, by way of Polars or DuckDB."""

    @property
    def strategy(self) -> Strategy:
        """The strategy of the engine behind."""
        return Strategy.FILTERS if self.backend is None else self.backend.strategy

    def __init__(self, *, is_pandas: bool) -> None:
        """Take in which form violations leave."""
        self.is_pandas = is_pandas
        self.kind = "pandas" if is_pandas else "PyArrow"
        self.backend: Engine | None = None

    def read_frame(self, native: object) -> InputFrame:
        """Bring Arrow's columns into a form that the engines share."""
        table = arrow_of_pandas(native) if self.is_pandas else plain_arrow(native)
        pairs = zip(table.names, table.types, strict=True)
        null_columns = [name for name, each in pairs if each == "null"]
        is_empty = table.table.num_rows == 0
        index, duplicate_names = names_of_pandas(native) if self.is_pandas else ([], [])
        frame = self._frame(table)
        return InputFrame(
            frame, null_columns, is_empty=is_empty, index=index, duplicate_names=duplicate_names
        )

    def _frame(self, table: Arrow) -> LazyFrame:
        if find_spec("polars") is not None:
            self.backend = self.backend or PolarsEngine(is_eager=True)
            polars: Any = importlib.import_module("polars")
            return cast("LazyFrame", nw.from_native(polars.from_arrow(table.table).lazy()))
        duckdb: Any = importlib.import_module("duckdb")
        if self.backend is None:
            self.connection: Any = duckdb.connect()
        relation = self.connection.from_arrow(table.table)
        self.backend = self.backend or DuckEngine(relation)
        return cast("LazyFrame", nw.from_native(relation))

    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Make a table of the inner engine."""
        return cast("Engine", self.backend).literal_table(columns, rows)

    def ever_true(
        self, frame: LazyFrame, conditions: Mapping[str, nw.Expr], columns: Mapping[str, str]
    ) -> frozenset[str]:
        """Ask the engine behind."""
        return cast("Engine", self.backend).ever_true(frame, conditions, columns)

    def gather(self, queries: Sequence[LazyFrame]) -> LazyFrame:
        """Ask the engine behind."""
        return cast("Engine", self.backend).gather(queries)

    def to_native_frame(self, frame: LazyFrame) -> object:
        """Return a table of Arrow, or a data frame of pandas."""
        table = frame.collect("pyarrow").to_native()
        return _as_pandas(table) if self.is_pandas else table

    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[list[dict[str, Any]]]:
        """Run the frames."""
        return cast("Engine", self.backend).collect_rows(frames)


def _as_pandas(table: Any) -> object:  # noqa: ANN401 - pyarrow's table
    """Return a data frame in which what is not known is ``None``."""
    frame = table.to_pandas()
    return frame.astype(object).where(frame.notna(), None)


def engine_of(native: object) -> Engine | None:
    """Return the engine of a frame; ``None`` if it is a frame of none."""
    if nw.dependencies.is_pandas_dataframe(native):
        return ArrowEngine(is_pandas=True)  # narwhals rejects one with a name that comes twice
    try:
        wrapped: Any = nw.from_native(cast("Any", native))
    except TypeError:
        return None
    implementation = wrapped.implementation
    if implementation.is_polars():
        return PolarsEngine(is_eager=isinstance(wrapped, nw.DataFrame))
    if implementation.is_duckdb():
        return DuckEngine(native)
    if implementation.is_pyarrow():
        return ArrowEngine(is_pandas=False)
    is_spark = implementation.is_pyspark() or implementation.is_pyspark_connect()
    return SparkEngine(native) if is_spark else None
