"""Counts the elements of lists: all of them, and those that meet a condition."""

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame, is_true
from tulevaisuus.frames.tables.tables_with_facts import Tables

__all__ = ["list_is_known", "rows_of_list", "with_counts"]


def rows_of_list(tables: Tables, main_table: str, field: str) -> LazyFrame:
    """Return the rows of a list, such as the goals of projects: one row for each element.

    Lists of entities that were rejected as invalid are left out.
    """
    return tables.rows_to_check(f"{main_table}_{field}")


def with_counts(
    tables: Tables,
    main_table: str,
    field: str,
    conditions: Mapping[str, nw.Expr],
    frame: LazyFrame | None = None,
) -> LazyFrame:
    """Return a row for each entity, with the number of elements that its list has.

    The column ``{field}_count`` has the number of all elements; it is zero if the list is empty or
    unknown. A further column for each condition has the number of elements that meet it.

    Args:
        tables: The tables.
        main_table: The name of the table of the entities.
        field: The name of the list.
        conditions: The names of the further columns, each with a condition on rows of the list.
        frame: The rows of the entities, to which the columns are added. By default those of the
            table, with the columns ``key`` and ``{field}_known``.
    """
    rows = rows_of_list(tables, main_table, field)
    ones_and_zeros = {
        f"{field}_count": nw.lit(1),
        **{
            name: nw.when(is_true(where)).then(nw.lit(1)).otherwise(nw.lit(0))
            for name, where in conditions.items()
        },
    }
    marked = rows.select("key", **ones_and_zeros)
    sums = marked.group_by("key").agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in ones_and_zeros)
    )
    sums = sums.rename({"key": "counted_key"})
    entities = tables.rows_to_check(main_table, (f"{field}_known",)) if frame is None else frame
    joined = entities.join(sums, left_on="key", right_on="counted_key", how="left")
    return joined.with_columns(*(nw.col(name).fill_null(0) for name in ones_and_zeros))


def list_is_known(field: str) -> nw.Expr:
    """Return the condition that a list is known: a known list without elements is really empty.

    It is known if the column ``{field}_known`` is true, or if it has elements.
    """
    return is_true(nw.col(f"{field}_known")) | (nw.col(f"{field}_count") > 0)
