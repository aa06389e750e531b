"""`RejectedRows`: the rows that no rule is checked on, as an object made of them would be rejected.

A row of a main table is rejected, as a reader of documents rejects an object, if one of its cells
or a row of its lists is invalid, if a list has an element twice, or if an earlier row has its key.
A row of a list that belongs to no row of the main table is no part of any object.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame, concat, distinct, null_text
from tulevaisuus.frames.engines.interface import Engine
from tulevaisuus.frames.tables.input_table import InputTable
from tulevaisuus.frames.tables.repeated_keys_and_elements import all_but_first, repeated_elements
from tulevaisuus.frames.tables.schemas import SCHEMAS, schemas_of

__all__ = ["RejectedRows"]


class _Rejected(NamedTuple):
    """Why rows of a main table are rejected; ``None`` where it is known that none are for this.

    ``wrong_lists`` has the keys of entities with a wrong list, ``later`` the valid rows whose key
    an earlier valid row has, ``repeated_keys`` all rows whose key an earlier row has.
    """

    wrong_lists: LazyFrame | None = None
    repeated_keys: LazyFrame | None = None
    later: LazyFrame | None = None


class RejectedRows:
    """Finds the rejected rows of the given tables.

    They are looked for once, before the queries of rules: where no row is rejected, these queries
    need not leave any out. ``incomplete`` has the names of the main tables with rejected rows,
    ``with_unreadable_keys`` of those in which the key of such a row cannot be read. An orphan is a
    row of a list that belongs to no entity.
    """

    def __init__(self, engine: Engine, inputs: Mapping[str, InputTable]) -> None:
        """Look at the tables.

        Args:
            engine: The engine that runs the queries.
            inputs: The given tables of data.
        """
        self._engine = engine
        self._inputs = inputs
        # By the name of a table; ``None`` where it is known that there are no such rows.
        self._orphans: dict[str, LazyFrame | None] = {}  # the rows of a list without an entity
        self._repeated: dict[str, LazyFrame | None] = {}  # the repeated elements of a list
        self._rejected: dict[str, _Rejected] = {}  # of a main table
        main_tables = [name for name in inputs if not SCHEMAS[name].is_list]
        for main_table in main_tables:
            self._look_at_lists(main_table)
        for main_table in main_tables:
            self._rejected[main_table] = _Rejected(self._keys_of_wrong_lists(main_table))
            repeated = self._repeated_keys(main_table)
            later = None if repeated is None else self._later_valid_rows(main_table)
            self._rejected[main_table] = self._rejected[main_table]._replace(
                repeated_keys=repeated, later=later
            )
        self.incomplete: frozenset[str] = frozenset(
            main_table for main_table in main_tables if self._has_rejected(main_table)
        )
        self.with_unreadable_keys: frozenset[str] = frozenset(
            main_table for main_table in main_tables if self._has_unreadable_key(main_table)
        )

    def _look_at_lists(self, main_table: str) -> None:
        """Look for rows without an entity, then for repeated elements, in all lists of a table."""
        names = [
            each.name for each in schemas_of(main_table) if each.is_list and self._has(each.name)
        ]
        for name in names:  # outer lists first: inner lists are joined to rows that are no orphans
            if self._can_join(name):
                (self._orphans[name],) = self._engine.keep([self._query_orphans(name)])
        queries: dict[str, LazyFrame] = {}
        for name in names:
            if self._inputs[name].is_readable:
                repeated = repeated_elements(SCHEMAS[name], self.rows(name), self._inputs)
                if repeated is not None:
                    queries[name] = repeated
        self._repeated |= zip(queries, self._engine.keep([*queries.values()]), strict=True)

    def _has(self, name: str) -> bool:
        """Whether a table is given and not known to have no rows."""
        return name in self._inputs and not self._inputs[name].is_empty

    def _can_join(self, name: str) -> bool:
        """Whether the rows of a list can be joined to those of its parent."""
        parent = SCHEMAS[name].parent_table
        if parent not in self._inputs:
            return False
        parent_columns = {*SCHEMAS[parent].table.owner_columns} or {*SCHEMAS[parent].key_columns}
        list_columns = {*SCHEMAS[name].table.owner_columns}
        return parent_columns.isdisjoint(
            self._inputs[parent].unusable_columns
        ) and list_columns.isdisjoint(self._inputs[name].unusable_columns)

    def _query_orphans(self, name: str) -> LazyFrame:
        return self._join_parent(name, "anti").select(
            **{each: nw.col(f"at_{each}") for each in self._inputs[name].key_and_positions},
            place=self._inputs[name].place,
        )

    def _join_parent(self, name: str, how: Literal["semi", "anti"]) -> LazyFrame:
        """Return the rows of a list that have (semi), or lack (anti), a row of their parent."""
        position = self._inputs[name].key_and_positions
        parent = SCHEMAS[name].parent_table
        parent_position = self._inputs[parent].key_and_positions
        parents = self.rows(parent).select(
            **{f"parent_{each}": value for each, value in parent_position.items()}
        )
        rows = self._inputs[name].with_flags.with_columns(
            **{f"at_{each}": value for each, value in position.items()}
        )
        left = [f"at_{each}" for each in parent_position]
        right = [f"parent_{each}" for each in parent_position]
        return rows.join(parents, left_on=left, right_on=right, how=how)

    def orphans(self, name: str) -> LazyFrame | None:
        """Return the keys and places of the orphans of a list; ``None`` if there are none."""
        return self._orphans.get(name)

    def repeated_elements(self, name: str) -> LazyFrame | None:
        """Return the repeated elements of a list; ``None`` if there are none."""
        return self._repeated.get(name)

    def repeated_keys(self, main_table: str) -> LazyFrame | None:
        """Return the rows whose key an earlier row has; ``None`` if there are none."""
        return self._rejected[main_table].repeated_keys

    def rows(self, name: str) -> LazyFrame:
        """Return the rows of a table; of a list, those that belong to an entity."""
        if self._orphans.get(name) is None:
            return self._inputs[name].with_flags
        return self._join_parent(name, "semi")

    def _rows_with_invalid_cells(self, name: str) -> LazyFrame | None:
        """Return the rows of a table with an invalid cell; ``None`` if there are none."""
        if not self._has(name):
            return None
        table_input = self._inputs[name]
        if table_input.lacks_required:
            return self.rows(name)
        is_wrong = table_input.has_invalid_cell
        return None if is_wrong is None else self.rows(name).filter(is_wrong)

    def _keys_of_wrong_lists(self, main_table: str) -> LazyFrame | None:
        """Return the keys of the entities with an invalid list."""
        found: list[LazyFrame] = []
        for schema in schemas_of(main_table):
            rows = self._rows_with_invalid_cells(schema.name) if schema.is_list else None
            if rows is not None:
                found.append(rows.select(listed_key=self._inputs[schema.name].key))
            repeated = self._repeated.get(schema.name)
            if repeated is not None:
                found.append(repeated.select(listed_key="key"))
        if not found:
            return None
        (kept,) = self._engine.keep([distinct(concat(found))])
        return kept

    def _repeated_keys(self, main_table: str) -> LazyFrame | None:
        """Return the rows of a main table whose key an earlier row has."""
        table_input = self._inputs[main_table]
        if not self._has(main_table) or not table_input.is_readable:
            return None
        if not self._engine.may_repeat(table_input.with_flags.select(key=table_input.key)):
            return None
        order = {} if table_input.order is None else {"order": nw.col(table_input.order)}
        rows = table_input.with_flags.select(key=self._readable_key(main_table), **order)
        return self._all_but_first(main_table, rows.filter(~nw.col("key").is_null()))

    def _later_valid_rows(self, main_table: str) -> LazyFrame | None:
        """Return the valid rows of a main table whose key an earlier valid row has."""
        return self._all_but_first(main_table, self.rows_not_rejected(main_table, ()))

    def _all_but_first(self, main_table: str, rows: LazyFrame) -> LazyFrame | None:
        has_order = self._inputs[main_table].order is not None
        later = all_but_first(rows, ["key"], ("order", "key") if has_order else ("key",))
        (kept,) = self._engine.keep([later.select("key", *(["order"] if has_order else []))])
        return kept

    def rows_not_rejected(self, main_table: str, columns: tuple[str, ...] | None) -> LazyFrame:
        """Return the rows of a main table that are not rejected.

        Args:
            main_table: The table; it must be readable.
            columns: Its columns besides ``key``, ``place`` and ``order``; by default all.
        """
        table_input = self._inputs[main_table]
        rows = table_input.rows_with_valid_cells(table_input.with_flags, columns)
        wrong_lists, _, later = self._rejected[main_table]
        if wrong_lists is not None:
            rows = rows.join(wrong_lists, left_on="key", right_on="listed_key", how="anti")
        return rows if later is None else self._first_of_each_key(main_table, rows, later)

    def _first_of_each_key(self, main_table: str, rows: LazyFrame, later: LazyFrame) -> LazyFrame:
        if self._inputs[main_table].order is None:  # nothing but their order tells the rows apart
            nth = nw.col("key").cum_count().over("key", order_by="key")
            return rows.with_columns(nth=nth).filter(nw.col("nth") == 1).drop("nth")
        named = later.select(later_key="key", later_order="order")
        return rows.join(
            named, left_on=["key", "order"], right_on=["later_key", "later_order"], how="anti"
        )

    def _iter_rejected(self, main_table: str) -> Iterator[LazyFrame]:
        """Yield for each reason a frame of rejected rows: their readable key, and their order."""
        table_input = self._inputs[main_table]
        wrong = self._rows_with_invalid_cells(main_table)
        columns = {"key": self._readable_key(main_table)}
        if table_input.order is not None:
            columns["order"] = nw.col(table_input.order)
        if wrong is not None:
            yield wrong.select(**columns)
        wrong_lists, _, later = self._rejected[main_table]
        if wrong_lists is not None and not table_input.lacks_required:
            rows = table_input.rows_with_valid_cells(table_input.with_flags, ()).select(*columns)
            yield rows.join(wrong_lists, left_on="key", right_on="listed_key", how="semi")
        if later is not None:
            yield later.select(*columns)

    def rejected(self, main_table: str) -> LazyFrame:
        """Return the key and order of each rejected row.

        Args:
            main_table: One of the tables in ``incomplete``.
        """
        return concat(self._iter_rejected(main_table))

    def _readable_key(self, main_table: str) -> nw.Expr:
        """Return the text of the key of a row, null if a cell of it is invalid."""
        table_input = self._inputs[main_table]
        is_wrong = table_input.has_invalid_cell_in(table_input.schema.key_columns)
        if is_wrong is None:
            return table_input.key
        return nw.when(is_wrong).then(null_text()).otherwise(table_input.key)

    def _has_rejected(self, main_table: str) -> bool:
        parts = [*self._iter_rejected(main_table)]
        return bool(parts) and self._engine.has_rows(concat(parts))

    def _has_unreadable_key(self, main_table: str) -> bool:
        wrong = self._rows_with_invalid_cells(main_table)
        if wrong is None:
            return False
        keys = wrong.select(key=self._readable_key(main_table))
        return self._engine.has_rows(keys.filter(nw.col("key").is_null()))
