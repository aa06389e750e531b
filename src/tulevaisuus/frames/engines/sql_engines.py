"""DuckDB and Spark, of which a table of constants is a query."""

import datetime as dt
import uuid
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.base import Constant, Engine, InputFrame, Strategy
from tulevaisuus.frames.engines.expressions import LazyFrame

__all__ = ["DuckEngine", "SparkEngine"]

_TOGETHER = 8
"""The most queries that DuckDB runs as one: of more, the plan costs more than the run."""

_TYPES: Mapping[type, tuple[str, str]] = {
    str: ("VARCHAR", "STRING"),
    int: ("BIGINT", "BIGINT"),
    bool: ("BOOLEAN", "BOOLEAN"),
    dt.date: ("DATE", "DATE"),
}
"""What DuckDB and Spark call the types of our columns."""


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
        self._found = f"tulevaisuus_{uuid.uuid4().hex}"

    def begin(self, columns: Iterable[str]) -> None:
        """Make the temporary table of what is found.

        A statement that makes a table has DuckDB bind each step of each query again, so that it
        comes before them.
        """
        typed = ", ".join(f"{self.name(column)} VARCHAR" for column in columns)
        self.relation.query("nothing", f"CREATE TEMP TABLE {self._found} ({typed})")

    def gather(self, queries: Sequence[LazyFrame]) -> LazyFrame:
        """Run the queries one after the other into a temporary table of the connection.

        One query of them all takes DuckDB minutes to plan, and a relation keeps no result.
        """
        for start in range(0, len(queries), _TOGETHER):
            part = nw.concat([*queries[start : start + _TOGETHER]], how="vertical")
            part.to_native().query("violations", f"INSERT INTO {self._found} FROM violations")
            if self.progress is not None:
                self.progress(min(start + _TOGETHER, len(queries)), len(queries))
        return self.query(f"FROM {self._found}")

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
        """Look at the types, and at one row: one without any is not checked, which is faster."""
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

    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Keep the rows in a temporary table: each query on them would parse them again."""
        name = f"tulevaisuus_{uuid.uuid4().hex}"
        frame = super().literal_table(columns, rows).to_native()
        frame.query("given", f"CREATE TEMP TABLE {name} AS FROM given")
        return self.query(f"FROM {name}")

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


# Not measured: the tests that are measured run without Java and PySpark, which has 400 MB. The
# session `spark`, which `.ci/run` calls, compares it with Polars on documents at every bound.
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
