"""The engines DuckDB and Spark: in both, a table of constants is an SQL query."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import narwhals.stable.v2 as nw

from tulevaisuus import _optional_libraries
from tulevaisuus.frames.engines.expressions import LazyFrame
from tulevaisuus.frames.engines.interface import (
    MAX_SCALE,
    Constant,
    Engine,
    InputFrame,
    Rows,
    Strategy,
)

__all__ = ["MAX_ROWS_IN_MEMORY", "DuckEngine", "SparkEngine"]

_MAX_FIRST_ROWS = 999_999
"""The maximum number of rows that DuckDB keeps in order while it counts."""

_MAX_HASHES_AT_ONCE = 4_000_000
"""How many texts have their hashes compared at a time: ten million would take a gigabyte."""

MAX_ROWS_IN_MEMORY = 20_000
"""The maximum number of rows of a query that are kept in memory."""

_COUNTED = ("table", "code", "severity")
"""The columns by which violations are counted."""

_NUMBER_AND_DATE_TYPES: Mapping[type, str] = {int: "BIGINT", bool: "BOOLEAN", dt.date: "DATE"}
"""The names of the types of our columns that DuckDB and Spark share."""


class DuckEngine(Engine):
    """DuckDB; tables of constants are made on the connection of the given relation."""

    kind = "DuckDB"
    strategy = Strategy.FILTERS
    sql_types: Mapping[type, str] = {str: "VARCHAR", **_NUMBER_AND_DATE_TYPES}

    def __init__(self, relation: Any) -> None:  # noqa: ANN401 - duckdb's relation, typed loosely
        """Take a relation of the user's connection."""
        self.relation = relation
        self.errors: tuple[type[Exception], ...] = (_optional_libraries.duckdb().Error,)
        self._violations: LazyFrame | None = None

    def concatenate(self, queries: Sequence[LazyFrame]) -> LazyFrame:
        """Write the results of queries into a table, once: relations do not keep their results."""
        if self._violations is None:
            table = f"tulevaisuus_{uuid.uuid4().hex}"
            names = map(self.quote_name, queries[0].collect_schema().names())
            typed = ", ".join(f"{name} VARCHAR" for name in names)
            self.relation.query("nothing", f"CREATE TEMP TABLE {table} ({typed})")
            for relation in self._one_by_one(queries):
                relation.insert_into(table)
            self._violations = self.query(f"FROM {table}")
        return self._violations

    def _one_by_one(self, queries: Sequence[LazyFrame]) -> Iterator[Any]:
        """Yield the relation of each query, to be run before the next one.

        One query for all would take minutes to plan, and need the memory of all joins together.
        """
        for number, each in enumerate(queries, start=1):
            yield each.to_native()
            if self.progress is not None:
                self.progress(number, len(queries))

    def summarize(
        self, queries: Sequence[LazyFrame], order: Sequence[str], limit: int
    ) -> tuple[Rows, Rows]:
        """Count the rows while the queries run, and keep only the first rows.

        If rows are sorted by one number, rows without a key are only counted: they cannot be found.
        """
        if self._violations is not None:
            return super().summarize(queries, order, limit)
        if not queries:
            return [], []
        names = queries[0].collect_schema().names()
        first = self._sql_for_first_rows(names, order, limit)
        group = ", ".join(map(self.quote_name, _COUNTED))
        columns = f"{group}, count(*) AS number, {first} AS first"
        numbers: Rows = []
        rows: list[tuple[Any, ...]] = []
        for relation in self._one_by_one(queries):
            for *counted, number, listed in relation.aggregate(columns, group).fetchall():
                numbers.append({**dict(zip(_COUNTED, counted, strict=True)), "number": number})
                rows += listed or ()
        positions = [names.index(each) for each in order]
        rows.sort(key=lambda row: [(row[each] is not None, row[each]) for each in positions])
        return numbers, [dict(zip(names, row, strict=True)) for row in rows]

    def _sql_for_first_rows(self, names: Sequence[str], order: Sequence[str], limit: int) -> str:
        """Write the SQL for the first rows, nulls first; a single order column is a number."""
        if not limit:
            return "NULL"
        number = min(limit, _MAX_FIRST_ROWS)
        row = f"row({', '.join(map(self.quote_name, names))})"
        if len(order) == 1:
            has_key = f"FILTER (WHERE {self.quote_name('key')} IS NOT NULL)"
            return f"arg_min({row}, {self.quote_name(order[0])}, {number}) {has_key}"
        columns = [f"{each} IS NOT NULL, {each}" for each in map(self.quote_name, order)]
        return f"arg_min({row}, row({', '.join(columns)}), {number})"

    def keep(self, frames: Sequence[LazyFrame]) -> list[LazyFrame | None]:
        """Write the results into memory or a table: a relation runs again wherever it is used."""
        kept: list[LazyFrame | None] = []
        for each in frames:
            few, has_rows = _in_memory(each.to_native())
            in_memory = None if few is None else _wrap(few)
            kept.append((in_memory or self._write_into_table(each)) if has_rows else None)
        return kept

    def stage(self, frame: LazyFrame) -> LazyFrame:
        """Run the query, and keep its rows."""
        relation = frame.to_native()
        return (
            _wrap(relation.materialize()) if _can_keep(relation) else self._write_into_table(frame)
        )

    def _write_into_table(self, frame: LazyFrame) -> LazyFrame:
        """Write the rows of a query into a temporary table."""
        name = f"tulevaisuus_{uuid.uuid4().hex}"
        frame.to_native().query("given", f"CREATE TEMP TABLE {name} AS FROM given")
        return self.query(f"FROM {name}")

    def may_repeat(self, keys: LazyFrame) -> bool:
        """Compare the hashes of the texts, a part of them at a time; equal hashes are rare."""
        relation = keys.to_native()
        ((count,),) = relation.aggregate("count(*)").fetchall()
        parts = count // _MAX_HASHES_AT_ONCE + 1
        has_equal_hashes = "count(hash(key)) > count(DISTINCT hash(key))"
        for part in range(parts):
            hashes = relation.filter(f"key IS NOT NULL AND hash(key) % {parts} = {part}")
            if hashes.aggregate(has_equal_hashes).fetchall() == [(True,)]:
                return True
        return False

    def read_frame(self, native: object) -> InputFrame:
        """Wrap the relation, and find whether it has rows: empty tables are not checked."""
        relation = cast("Any", native)
        types = dict(zip(relation.columns, map(str, relation.types), strict=True))
        null_columns = [name for name, each in types.items() if each.strip('"') == "NULL"]
        decimals = [name for name, each in types.items() if _is_too_exact(each)]
        if decimals:
            relation = relation.project(f"* REPLACE ({', '.join(map(self._as_text, decimals))})")
        few, has_rows = _in_memory(relation)
        is_small = few is not None
        return InputFrame(
            _wrap(few if is_small else relation),
            null_columns,
            is_empty=not has_rows,
            is_small=is_small,
            decimals=decimals,
        )

    def _as_text(self, column: str) -> str:
        """Write the shortest text of a decimal; DuckDB may leave out the zero before the point."""
        name = self.quote_name(column)
        text = rf"regexp_replace(CAST({name} AS VARCHAR), '^(-?)\.', '\10.')"
        return f"rtrim(rtrim({text}, '0'), '.') AS {name}"

    def quote(self, text: str) -> str:
        """Double the quotes."""
        return "'" + text.replace("'", "''") + "'"

    def quote_name(self, column: str) -> str:
        """Put it into double quotes."""
        return '"' + column.replace('"', '""') + '"'

    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Write a list for each column: DuckDB parses them six times as fast as rows of values.

        The rows are kept: otherwise each query would parse them again.
        """
        listed = [*rows]
        cells = [[row[number] for row in listed] for number in range(len(columns))]
        lists = [
            f"unnest(CAST([{', '.join(map(self._constant, each))}] AS {self.sql_types[type_]}[]))"
            f" AS {self.quote_name(name)}"
            for each, (name, type_) in zip(cells, columns.items(), strict=True)
        ]
        one_row = self.relation.limit(0).aggregate("count(*) AS number")
        return self.stage(_wrap(one_row.project(", ".join(lists))))

    def _constant(self, value: Constant) -> str:
        """Write a constant in SQL, without its type."""
        if isinstance(value, bool | int):
            return str(value).lower()
        return "NULL" if value is None else self.quote(str(value))

    def query(self, sql: str) -> LazyFrame:
        """Run a query on the connection of the relation."""
        return cast("LazyFrame", nw.from_native(self.relation.query("tulevaisuus_anything", sql)))

    def to_native_frame(self, frame: LazyFrame) -> object:
        """Return the relation."""
        return frame.to_native()

    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[Rows]:
        """Run the relations."""
        return [_fetch_rows(each.to_native()) for each in frames]


def _is_too_exact(sql_type: str) -> bool:
    """Whether a type cannot hold a hundred times a decimal: ``DECIMAL(38,37)``."""
    scale = sql_type.removeprefix("DECIMAL(").removesuffix(")").rpartition(",")[2].strip()
    return sql_type.startswith("DECIMAL(") and scale.isdecimal() and int(scale) > MAX_SCALE


def _can_keep(relation: object) -> bool:
    """Whether a relation can be kept in memory: since DuckDB 2.0."""
    return hasattr(type(relation), "materialize")


def _in_memory(relation: Any) -> tuple[Any, bool]:  # noqa: ANN401 - duckdb's relation
    """Return the rows of a relation, kept in memory, and whether there are any.

    DuckDB reads them faster than it plans the query again. The rows are ``None`` if there are many,
    or if this version of DuckDB cannot keep any.
    """
    if not _can_keep(relation):
        return None, bool(relation.limit(1).fetchall())
    first = relation.limit(MAX_ROWS_IN_MEMORY + 1).materialize()
    count = len(first)
    return (first if count <= MAX_ROWS_IN_MEMORY else None), count > 0


def _wrap(relation: Any) -> LazyFrame:  # noqa: ANN401 - as above
    """Wrap a relation as a frame of narwhals."""
    return cast("LazyFrame", nw.from_native(relation))


def _fetch_rows(relation: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - duckdb's relation
    names = relation.columns
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


# Not measured: the tests that are measured run without Java and PySpark, which has 400 MB. The
# session `spark`, which `.ci/run` calls, compares it with Polars on documents at every bound.
class SparkEngine(Engine):  # pragma: no cover
    """Spark: each query on a table is a scan, and no Python runs on its workers."""

    kind = "PySpark"
    strategy = Strategy.ONE_PASS
    sql_types: Mapping[type, str] = {str: "STRING", **_NUMBER_AND_DATE_TYPES}

    def __init__(self, native: Any) -> None:  # noqa: ANN401 - pyspark's data frame, classic or connect
        """Take the session of a data frame."""
        self.session: Any = native.sparkSession

    def read_frame(self, native: object) -> InputFrame:
        """Wrap the data frame; Spark has a type of its own for columns with only nulls."""
        frame = cast("Any", native)
        null_columns = [name for name, each in frame.dtypes if each == "void"]
        return InputFrame(nw.from_native(frame), null_columns)

    def literal(self, value: Constant, sql_type: str) -> str:
        """Write a constant in SQL."""
        if value is None:
            return f"CAST(NULL AS {sql_type})"
        if isinstance(value, bool | int):
            return f"CAST({str(value).lower()} AS {sql_type})"
        return f"CAST({self.quote(str(value))} AS {sql_type})"

    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Write the rows into a query."""
        types = [self.sql_types[each] for each in columns.values()]
        lines = [
            f"({', '.join(map(self.literal, row, types))})"
            for row in [*rows] or [[None] * len(types)]
        ]
        names = ", ".join(map(self.quote_name, columns))
        where = "" if rows else " WHERE 1 = 0"
        return self.query(f"SELECT * FROM (VALUES {', '.join(lines)}) AS t({names}){where}")  # noqa: S608 - all of it is ours, and quoted

    def quote(self, text: str) -> str:
        """Escape the quotes."""
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def quote_name(self, column: str) -> str:
        """Put it into backticks."""
        return f"`{column}`"

    def keep(self, frames: Sequence[LazyFrame]) -> list[LazyFrame | None]:
        """Look whether the queries have rows; they run again wherever they are used."""
        return [each if self.has_rows(each) else None for each in frames]

    def may_repeat(self, keys: LazyFrame) -> bool:
        """Count the rows with each text."""
        counts = keys.group_by("key").agg(nw.len().alias("number"))
        return self.has_rows(counts.filter(nw.col("number") > 1))

    def query(self, sql: str) -> LazyFrame:
        """Run a query in the session."""
        return cast("LazyFrame", nw.from_native(self.session.sql(sql)))

    def to_native_frame(self, frame: LazyFrame) -> object:
        """Return the data frame."""
        return frame.to_native()

    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[Rows]:
        """Run the data frames."""
        return [[row.asDict() for row in each.to_native().collect()] for each in frames]
