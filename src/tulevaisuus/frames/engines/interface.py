"""The interface of an engine: it reads frames of a library, runs queries, and returns rows.

An engine is a library that runs queries, such as Polars or DuckDB, as the checks use it.
"""

import datetime as dt
import enum
import itertools
from abc import ABC, abstractmethod
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame, as_text
from tulevaisuus.rules.checking import Progress

__all__ = ["MAX_SCALE", "Constant", "Engine", "InputFrame", "Rows", "Strategy", "WideDecimal"]

Rows: TypeAlias = list[dict[str, Any]]
"""Rows as dictionaries."""

Constant: TypeAlias = str | int | bool | dt.date | None
"""A cell of a table of our own, such as the calls of the facts."""


MAX_SCALE = 23
"""The most digits after the decimal point with which the queries can calculate: a number of 38
digits then still holds a hundred times the largest amount, its cents."""


class WideDecimal(nw.Decimal):
    """The type of a column of decimals that are given as text: they are too exact to calculate."""


class InputFrame:
    """A given frame, and what is known about its columns."""

    def __init__(
        self,
        frame: LazyFrame,
        null_columns: Iterable[str] = (),
        *,
        is_empty: bool = False,
        is_small: bool = False,
        decimals: Iterable[str] = (),
        index_names: Iterable[str] = (),
        duplicate_names: Iterable[str] = (),
    ) -> None:
        """Take the frame.

        Args:
            frame: The frame.
            null_columns: The columns whose type says that all cells are null.
            is_empty: Whether it is known to have no rows, so that there is nothing to check.
            is_small: Whether it is known to have few rows, so that they fit into memory.
            decimals: The columns that hold the texts of decimals, in the shortest plain form: their
                type is too wide, or has more than `MAX_SCALE` digits after the point.
            index_names: The names of its index, if it has one.
            duplicate_names: The names of repeated columns; only the first of them is in the frame.
        """
        self.frame: LazyFrame = frame
        self.null_columns: frozenset[str] = frozenset(null_columns)
        self.is_empty: bool = is_empty
        self.is_small: bool = is_small
        self.decimals: frozenset[str] = frozenset(decimals)
        self.index_names: frozenset[str] = frozenset(index_names)
        self.duplicate_names: tuple[str, ...] = tuple(duplicate_names)

    def dtypes(self) -> dict[str, Any]:
        """Return the narwhals type of each column; `WideDecimal` for the texts of decimals."""
        schema = self.frame.collect_schema()
        return {**schema, **dict.fromkeys(self.decimals, WideDecimal())}


class Strategy(enum.Enum):
    """How an engine checks the rows of a table by several conditions: what is fastest differs."""

    MASKS = 1
    """A boolean column for each condition, by which rows are filtered."""

    FILTERS = 2
    """A filter of the table for each condition: each scan reads few columns."""

    ONE_PASS = 3
    """One scan, in which the numbers of the conditions become a list that is exploded."""


class Engine(ABC):
    """Runs expressions on frames of one library."""

    kind: str
    """The name of the library."""

    progress: Progress | None = None
    """Called with the number of queries that have run, and of all."""

    strategy: Strategy
    """How the rows of a table are checked."""

    errors: tuple[type[Exception], ...] = ()
    """The exceptions of the library."""

    @contextmanager
    def errors_as_value_errors(self) -> Generator[None]:
        """Raise a `ValueError` in place of an exception of the library."""
        try:
            yield
        except self.errors as error:
            first_line = str(error).strip().partition("\n")[0]
            message = f"{self.kind} cannot run the queries on these frames: {first_line}"
            raise ValueError(message) from error

    @abstractmethod
    def read_frame(self, native: object) -> InputFrame:
        """Wrap a frame of the library as a frame of narwhals."""

    @abstractmethod
    def literal_table(
        self, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Return a table of constants, such as the bundled calls."""

    @abstractmethod
    def to_native_frame(self, frame: LazyFrame) -> object:
        """Return violations as a frame of the library."""

    def concatenate(self, queries: Sequence[LazyFrame]) -> LazyFrame:
        """Return the rows of queries with the same columns; this may run the queries."""
        return nw.concat([*queries], how="vertical")

    def summarize(
        self, queries: Sequence[LazyFrame], order: Sequence[str], limit: int
    ) -> tuple[Rows, Rows]:
        """Return the number of rows for each code and severity, and the first rows in order.

        Args:
            queries: Violations, of the same columns.
            order: The columns that the rows are sorted by, nulls first.
            limit: At least this many of the first rows are returned, if there are as many.
        """
        frame = self.concatenate(queries)
        frames = [frame.group_by("code", "severity").agg(nw.len().alias("number"))]
        if limit:
            frames.append(frame.sort(*order, nulls_last=False).head(limit))
        numbers, *first = self.collect_rows(frames)
        return numbers, [*itertools.chain.from_iterable(first)]

    def select(
        self,
        frame: LazyFrame,
        names: Sequence[str],
        constants: Mapping[str, str | None],
        days: Collection[str],
    ) -> LazyFrame:
        """Return columns of a frame, and columns in which all rows have the same text.

        Args:
            frame: The frame.
            names: The names of the columns to return, in this order.
            constants: The texts of the columns that the frame does not have.
            days: The columns of days to return as text.
        """
        columns = {name: as_text(name) if name in days else nw.col(name) for name in names}
        texts = {name: nw.lit(text, dtype=nw.String) for name, text in constants.items()}
        return frame.select(**(columns | texts))

    def conditions_that_may_hold(
        self,
        frame: LazyFrame,
        conditions: Mapping[str, nw.Expr],
        columns: Mapping[str, str],
        identifier_conditions: Collection[str] = (),
    ) -> frozenset[str]:
        """Return the names of the conditions on a frame that may be true.

        By default all conditions run in one scan: one that never holds needs no query.

        Args:
            frame: The rows.
            conditions: Conditions on all rows together, such as that one of them is wrong.
            columns: For each condition that depends on a single column, the name of this column.
            identifier_conditions: The names of the conditions that are true if a text of their
                column is no identifier.
        """
        del columns, identifier_conditions
        if not conditions:
            return frozenset()
        ((row,),) = self.collect_rows([frame.select(**conditions)])
        return frozenset(name for name, is_true in row.items() if is_true)

    @abstractmethod
    def keep(self, frames: Sequence[LazyFrame]) -> list[LazyFrame | None]:
        """Run queries of few rows and return their results; ``None`` for those without rows."""

    def stage(self, frame: LazyFrame) -> LazyFrame:
        """Run a query of few rows that others read, if it takes less to run it once."""
        return frame

    def has_rows(self, frame: LazyFrame) -> bool:
        """Whether a query has rows."""
        return bool(self.collect_rows([frame.head(1)])[0])

    @abstractmethod
    def may_repeat(self, keys: LazyFrame) -> bool:
        """Whether a text of the column ``key`` may occur twice."""

    @abstractmethod
    def collect_rows(self, frames: Sequence[LazyFrame]) -> list[Rows]:
        """Run frames and return the rows of each."""
