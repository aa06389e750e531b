"""`Tables`: the tables of one check, and the bundled facts that are added to them.

The bundled facts are entities that the library contains, such as the calls for applications.

Tables with data of any size are only queried. Code lists are small, and are read into memory.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from tulevaisuus.formats.reading_result import Rejected
from tulevaisuus.formats.row_writing_and_columns import cell_type, to_rows
from tulevaisuus.frames.engines.expressions import LazyFrame
from tulevaisuus.frames.engines.interface import Constant, Engine
from tulevaisuus.frames.tables.input_table import InputTable
from tulevaisuus.frames.tables.rejected_rows import RejectedRows
from tulevaisuus.frames.tables.schemas import SCHEMAS
from tulevaisuus.model.field_types import Money
from tulevaisuus.rules.lookups import Context

__all__ = ["DATA_REGISTERS", "Tables"]

DATA_REGISTERS = ("organisations", "projects", "grants", "centres", "bodies", "posts", "sources")
"""The registers with data of any size; all others are code lists, read into memory."""

_CENTS = 100


class Tables:
    """The tables of one check.

    ``rejected`` finds the rows that no rule is checked on. ``context`` has the code lists: the
    given ones, merged with the reference, which is by default the bundled facts. If
    ``is_numbered``, the order columns contain the numbers of rows, and violations have them, too.
    ``unreadable_objects`` are the objects of code lists that could not be read.
    """

    def __init__(
        self,
        engine: Engine,
        inputs: Mapping[str, InputTable],
        context: Context,
        given_lists: frozenset[str] = frozenset(),
    ) -> None:
        """Take the tables to check.

        Args:
            engine: The engine that runs the queries.
            inputs: The given tables of data.
            context: The given code lists, merged with the reference.
            given_lists: The names of the given code lists.
        """
        self.engine = engine
        self.given_lists = given_lists
        self.inputs = inputs
        self.rejected: RejectedRows = RejectedRows(engine, inputs)
        self.context = context
        self.is_numbered = False
        self.unreadable_objects: tuple[Rejected, ...] = ()
        self._cache: dict[object, LazyFrame] = {}
        """Queries that several rules share, by a name of ours."""

    def has(self, *names: str) -> bool:
        """Whether tables are given and can be read."""
        return all(name in self.inputs and self.inputs[name].is_readable for name in names)

    def cached(self, name: object, make: Callable[[], LazyFrame]) -> LazyFrame:
        """Return a frame from the cache, or make it: several rules share it."""
        if name not in self._cache:
            self._cache[name] = make()
        return self._cache[name]

    def rows_to_check(self, name: str, columns: Sequence[str] | None = None) -> LazyFrame:
        """Return the rows of a given table that rules check: those that have not been rejected.

        Of the table of a list, these are the elements that belong to such a row.

        Args:
            name: The name of the table.
            columns: The columns besides ``key``, ``place`` and ``order``; by default all. DuckDB
                plans a query of few columns much faster.
        """
        wanted = None if columns is None else tuple(columns)
        return self.cached(
            ("rows_to_check", name, wanted), lambda: self._rows_to_check(name, wanted)
        )

    def staged(self, name: str, frame: LazyFrame) -> LazyFrame:
        """Return rows of a table or, if it is small, their copy, if the engine reads it faster."""
        return self.engine.stage(frame) if self.inputs[name].given.is_small else frame

    def _rows_to_check(self, name: str, columns: tuple[str, ...] | None) -> LazyFrame:
        if columns is None or not self.inputs[name].given.is_small:
            return self.staged(name, self._unstaged_rows_to_check(name, columns))
        place = ("key", "place", *(("order",) if self.inputs[name].order is not None else ()))
        return self.rows_to_check(name).select(*place, *columns)

    def _unstaged_rows_to_check(self, name: str, columns: tuple[str, ...] | None) -> LazyFrame:
        main_table = SCHEMAS[name].main_table
        if main_table == name:
            return self.rejected.rows_not_rejected(name, columns)
        rows = self.inputs[name].rows_with_valid_cells(self.rejected.rows(name), columns)
        if main_table not in self.rejected.incomplete or not self.has(main_table):
            return rows
        entities = self.rows_to_check(main_table, ()).select(entity_key="key")
        return rows.join(entities, left_on="key", right_on="entity_key", how="semi")

    def with_flags(self, name: str) -> LazyFrame:
        """Return the rows of a given table, unchanged."""
        return self.inputs[name].with_flags

    def order_of(self, name: str) -> tuple[str, ...]:
        """Return the columns of valid rows that give their order."""
        return ("key",) if self.inputs[name].order is None else ("order", "key")

    def row_columns(self, name: str) -> tuple[str, ...]:
        """Return the columns of valid rows that identify a row of the table."""
        return ("key",) if self.inputs[name].order is None else ("key", "order")

    def row_numbers(self, main_table: str) -> LazyFrame:
        """Return the keys of a main table, and the number of the first row of each."""
        return self.cached(("row_numbers", main_table), lambda: self._row_numbers(main_table))

    def _row_numbers(self, main_table: str) -> LazyFrame:
        table_input = self.inputs[main_table]
        number = nw.lit(None, dtype=nw.Int64)
        if table_input.order is not None:
            number = nw.col(table_input.order)
        rows = table_input.with_flags.select(numbered_key=table_input.key, row_number=number)
        return rows.group_by("numbered_key").agg(nw.col("row_number").min())

    def literal_table(
        self, name: object, columns: Mapping[str, type], rows: Iterable[Sequence[Constant]]
    ) -> LazyFrame:
        """Return a table that is not given, such as the calls of the facts; it is made once."""
        return self.cached(("constants", name), lambda: self.engine.literal_table(columns, [*rows]))

    def with_reference(self, name: str, columns: Sequence[str]) -> LazyFrame:
        """Return the rows of a table of data: the given ones, then those that only the facts have.

        Args:
            name: The name of the table; rows of a list come with the entity that they belong to.
            columns: Its columns to return, besides ``key``.
        """
        return self.cached(
            ("with_reference", name, tuple(columns)), lambda: self._with_reference(name, columns)
        )

    def _with_reference(self, name: str, columns: Sequence[str]) -> LazyFrame:
        main_table = SCHEMAS[name].main_table
        facts = self.facts(name, columns)
        if main_table not in self.inputs:
            return facts
        table_input = self.inputs[main_table]
        given_keys = table_input.with_flags.select(given_key=table_input.key)
        facts = facts.join(given_keys, left_on="key", right_on="given_key", how="anti")
        if not self.has(main_table, name):
            return facts
        given = self.rows_to_check(name, columns).select("key", *columns)
        return self.staged(name, nw.concat([given, facts], how="vertical"))

    def facts(self, name: str, columns: Sequence[str]) -> LazyFrame:
        """Return the rows of a table of data that come from the reference.

        Args:
            name: The table.
            columns: Its columns to return, besides ``key``.
        """
        schema = SCHEMAS[name]
        reference = getattr(self.context.reference, schema.main_table)
        rejected = {key for register, key in self.context.rejected if register == schema.main_table}
        kept = [entity for entity in reference if entity.key not in rejected]
        rows = to_rows(kept).get(name, [])
        types = {"key": str, **{column: _column_type(name, column) for column in columns}}
        keys = schema.key_columns
        lines = [
            (" ".join(str(row[key]) for key in keys), *(_constant(row[each]) for each in columns))
            for row in rows
        ]
        return self.literal_table(("facts", name, tuple(columns)), types, lines)


def _column_type(table: str, column: str) -> type:
    schema = SCHEMAS[table].table
    if column in schema.columns:
        field_type = schema.columns[column][1]
        return int if isinstance(field_type, Money) else cell_type(field_type)
    return schema.types()[column]


def _constant(cell: Any) -> Constant:  # noqa: ANN401 - any cell of a row
    """Return a cell as our frames hold it: amounts in cents."""
    if isinstance(cell, str | int | bool | dt.date) or cell is None:
        return cell
    return int(cell * _CENTS)
